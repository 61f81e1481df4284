"""Start a new story's folder from the example that comes with retell, whole or not at all.

The example stands in `example/`. The authors' pages, which come with the shipped story, and the schemas are added.
"""

from __future__ import annotations

from pathlib import Path

from retell.authoring.schema import schema_files
from retell.files.atomic import write_folder
from retell.problems import RetellError
from retell.story.library import shipped_root

EXAMPLE = Path(__file__).parent / "example"
PAGES = ("story/README.md", "cards/README.md")


def example_files() -> dict[str, bytes]:
    """Return every file of a new story, by its place in it."""
    files = {
        path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in sorted(EXAMPLE.rglob("*")) if path.is_file()
    }
    return {**files, **{page: (shipped_root() / page).read_bytes() for page in PAGES}, **schema_files()}


def begin_story(target: Path) -> None:
    """Write a new story into a new or empty folder; raises RetellError, in one line, and then it is as it was."""
    try:
        there = target.exists() or target.is_symlink()
        if there and (not target.is_dir() or any(target.iterdir())):
            raise RetellError(f"{target} is there already and not an empty folder: give a new name")
    except OSError as error:
        raise RetellError(f"{target} cannot be used: {error.strerror}") from None
    write_folder(target, example_files(), force=there)
