"""A program of its own: the names of bad stories in (none: all), what each command says of them out, as lines of JSON.

A command that computes for more than MOST_SECONDS ends the program.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import resource
import signal
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from retell.cli import main
from tests.hostile.stories import BadStory, bad_stories, put

MOST_SECONDS = 5.0
ALWAYS = ("check", "read --pace instant", "handout -o -")
TOLD = ("sources", "voices")
FORMS = ("check --format json", "check --format github", "voices --format json")
LARGE = 1000


def commands(bad: BadStory) -> tuple[str, ...]:
    """Give the commands that a story meets: a large one that cannot be told only the check, which reads all of it."""
    if bad.times > LARGE and bad.tells is None:
        return ALWAYS[:1]
    told = TOLD if bad.tells or bad.make or bad.rename else ()
    return (*ALWAYS, *told, *(FORMS if bad.rename or "escape" in bad.name else ()))


class Said(NamedTuple):
    """What a command says of a story: exit code, standard output and error."""

    story: str
    command: str
    code: int | str | None
    out: str
    err: str


def say(name: str, command: str) -> Said:
    """Run a command on the story in the current folder, in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    sys.argv, sys.stdout, sys.stderr = ["retell", "--story", ".", *command.split()], out, err
    code: int | str | None = None
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    written = (stream.buffer.getvalue().decode(errors="replace") for stream in (out, err))
    return Said(name, command, code, *written)


def look(root: Path) -> list[tuple[bytes, int, int]]:
    """Give the name, size and time of each file of a story."""
    paths = sorted(os.fsencode(path) for path in root.rglob("*"))
    return [(path, (found := os.lstat(path)).st_size, found.st_mtime_ns) for path in paths]


def tell(bad: BadStory, folder: Path) -> None:
    """Run every command on a story, in a folder that it must leave as it is."""
    root = folder / "story-of-a-stranger"
    put(bad, root)
    os.chdir(root)
    before = look(root)
    for command in commands(bad):
        sys.stderr.write(f"{bad.name}: {command}\n")
        sys.stdout.write(json.dumps(say(bad.name, command)) + "\n")
    assert look(root) == before, f"something was written: {bad.name}"
    os.chdir(folder)
    gc.unfreeze()  # each command freezes what it has read, which is never seen again
    gc.collect()


def most_bytes() -> int:
    """Give the most memory that this program has had; what the system says of a child counts its parent in."""
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8")) if status.exists() else None
    if peak:
        return int(peak[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    wanted = set(sys.argv[1:])
    for each in bad_stories():
        if not wanted or each.name in wanted:
            with tempfile.TemporaryDirectory() as made:
                tell(each, Path(made).resolve())
                os.chdir("/")
    sys.stdout.write(json.dumps(most_bytes()) + "\n")
