"""A program of its own: a folder and a command in; the command killed at each step of its writing; how many steps out.

    python -m tests.hostile.killed FOLDER RETELL-ARGUMENT...

The command runs once, up to the moment at which it begins to write. From there a child goes on for so many steps (a
step is a call of what is written in C, the system's calls among them) and is killed; then the folder is put back as it
was, and the next child goes one step further, until one has come to its end. After each, every file of the folder must
be as before, or whole as the last child leaves it, or one of those that are not yet in their place; a new folder is
whole or not there.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from retell.cli import main
from retell.files import atomic as writing

MOST_STEPS = 20_000
Files = dict[str, bytes]


def run(folder: Path, arguments: list[str]) -> None:
    """Run the command, and where it begins to write, try its end with every death."""

    def begin(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename == writing.__file__:
            sys.setprofile(None)
            try_every_death(folder)

    sys.argv = ["retell", *arguments]
    sys.setprofile(begin)
    main()


def try_every_death(folder: Path) -> None:
    """Go on in one child after the other; only the last of them, and no parent, comes back from here."""
    before = files_in(folder)
    found: list[tuple[int, Files]] = []
    for step in range(1, MOST_STEPS):
        child = os.fork()
        if not child:
            die_at(step)
            return
        status = os.waitpid(child, 0)[1]
        after = files_in(folder)
        if status == 0:
            for steps, left in found:
                assert_whole(steps, before, left, after)
            sys.stdout.write(f"{step}\n")
            sys.stdout.flush()
            os._exit(0)
        assert os.WIFSIGNALED(status), f"the command failed: {status}"
        if not found or found[-1][1] != after:
            found.append((step, after))
        put_back(folder, before)
    raise AssertionError("it has more steps than can be tried")


def die_at(step: int) -> None:
    """Count from here on, and kill this process at the given step."""
    steps = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal steps
        steps += event == "c_call"
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def assert_whole(step: int, before: Files, left: Files, after: Files) -> None:
    """Say by an AssertionError that a file is half written, or that a new folder has only some of its files."""
    for name in before.keys() - left.keys():
        raise AssertionError(f"killed at step {step}: {name} is gone")
    for name, data in left.items():
        assert data in (before.get(name), after.get(name)), f"killed at step {step}: {name} is half written"
    had, new = ({name.split("/")[0] for name in files if "/" in name} for files in (before, left))
    for folder in new - had:
        whole = {name for name in after if name.startswith(f"{folder}/")}
        assert whole <= left.keys(), f"killed at step {step}: {folder} has only some of its files"


def files_in(folder: Path) -> Files:
    """Give the files of a folder by their places in it, without those that are not in theirs yet."""
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        place.as_posix(): path.read_bytes()
        for place, path in found.items()
        if not any(part.startswith(".retell-") for part in place.parts)
    }


def put_back(folder: Path, before: Files) -> None:
    """Empty a folder and give it its files again."""
    shutil.rmtree(folder)
    folder.mkdir()
    for name, data in before.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2:])
