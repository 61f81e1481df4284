"""Stage 9: the example that comes with retell in, a new story's folder out, whole or not at all.

The example stands in `example/`. The authors' pages, which come with the shipped story, and the schemas are added.
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from retell.library import shipped_root
from retell.problems import RetellError
from retell.schema import schema_files

EXAMPLE = Path(__file__).parent / "example"
PAGES = ("story/README.md", "cards/README.md")


def example_files() -> dict[str, bytes]:
    """Give every file of a new story, by its place in it."""
    files = {
        path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in sorted(EXAMPLE.rglob("*")) if path.is_file()
    }
    return {**files, **{page: (shipped_root() / page).read_bytes() for page in PAGES}, **schema_files()}


def write_folder(target: Path, files: dict[str, bytes]) -> None:
    """Write files into a new or empty folder; raises RetellError, in one line, and then it is as it was.

    They are written beside the folder, or within it where it is there already, and put into place in one move.
    """
    try:
        there = target.exists() or target.is_symlink()
        if there and (not target.is_dir() or any(target.iterdir())):
            raise RetellError(f"{target} is there already and not an empty folder: give a new name")
        part = (target if there else target.parent) / f".retell-{secrets.token_hex(4)}.part"
    except OSError as error:
        raise RetellError(f"{target} cannot be used: {error.strerror}") from None
    try:
        _write_all(part, files)
        _move(part, target, there=there)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, FileNotFoundError) and not there:
            raise RetellError(f"{target} cannot be written: there is no folder {target.parent}") from None
        if isinstance(error, OSError):
            raise RetellError(f"{target} cannot be written: {error.strerror}") from None
        raise


def _write_all(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for place, data in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _move(part: Path, target: Path, *, there: bool) -> None:
    if not there:
        part.rename(target)
        return
    moved: list[Path] = []
    try:
        for child in sorted(part.iterdir()):
            moved.append(child.rename(target / child.name))
        part.rmdir()
    except BaseException:
        for path in moved:
            with suppress(OSError):
                shutil.rmtree(path)
        raise
