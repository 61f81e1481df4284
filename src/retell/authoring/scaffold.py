"""Start a new story's folder from the example that comes with retell, whole or not at all.

The example stands in `example/`. The authors' pages, which come with the shipped story, and the schemas are added.
"""

from __future__ import annotations

import re
from pathlib import Path

from retell.authoring.schema import schema_files, write_settings
from retell.authoring.storynames import names_of
from retell.files.atomic import write_file, write_folder
from retell.problems import RetellError
from retell.story.invocation import quote
from retell.story.library import shipped_root

EXAMPLE = Path(__file__).parent / "example"
PAGES = ("story/README.md", "cards/README.md")
SETTINGS = ".vscode/settings.json"
FOLDER = re.compile(r"(?<=(?:new|eck|ack) )lesson$|(?<=--story )lesson\b|\blesson(?=/|\.zip)", re.MULTILINE)
"""The folder of the story in commands and paths: that of `retell new`, of `check` and of `pack` ends its line."""


def example_files(name: str = "lesson") -> dict[str, bytes]:
    """Return every file of a new story, by its place in it; its pages speak of the story's own folder."""
    files = {
        path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in sorted(EXAMPLE.rglob("*")) if path.is_file()
    }
    pages = {page: _page((shipped_root() / page).read_text("utf-8"), quote(Path(name))).encode() for page in PAGES}
    return {**files, **pages, **schema_files(names_of(EXAMPLE)), SETTINGS: write_settings().encode()}


def _page(text: str, name: str) -> str:
    """Return a page with the name of a story's folder wherever a command or a path has one."""
    return FOLDER.sub(lambda _: name, text)


def renew_schemas(root: Path) -> list[str]:
    """Write the schemas of a story anew, so that they offer its names, and the settings where there are none.

    Returns their places. Raises RetellError where one cannot be written.
    """
    files = schema_files(names_of(root))
    for place, data in files.items():
        if not (root / place).parent.is_dir():
            folder = (root / place).parent
            near = {Path(each).name: content for each, content in files.items() if (root / each).parent == folder}
            write_folder(folder, near, story=root)
        else:
            write_file(root / place, data, force=True, story=root)
    if not (root / SETTINGS).exists() and not (root / SETTINGS).parent.exists():
        write_folder((root / SETTINGS).parent, {Path(SETTINGS).name: write_settings().encode()}, story=root)
    return [*files]


def keep_schemas(root: Path) -> None:
    """Renew the schemas of a story that has its own: those of the shipped one are for every story."""
    own = root.resolve() != shipped_root().resolve()
    if own and all((root / part / ".schema").is_dir() for part in ("story", "cards")):
        renew_schemas(root)


def begin_story(target: Path) -> None:
    """Write a new story into a new or empty folder; raises RetellError, in one line, and then it is as it was."""
    try:
        there = target.exists() or target.is_symlink()
        if there and (not target.is_dir() or any(target.iterdir())):
            raise RetellError(f"{target} is there already and not an empty folder: give a new name")
    except OSError as error:
        raise RetellError(f"{target} cannot be used: {error.strerror}") from None
    write_folder(target, example_files(target.resolve().name or "lesson"), force=there)
