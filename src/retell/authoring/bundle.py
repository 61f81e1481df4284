"""Pack a story's folder as a zip that a stranger can read: always the same bytes for the same story."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from retell.authoring.stubs import TYPED
from retell.files.characters import visible
from retell.files.yamlfile import YamlFile
from retell.problems import RetellError
from retell.story.cards import CARDS
from retell.story.documents import ENDING, FOLDER
from retell.story.filenames import second_copies
from retell.story.library import open_folder

if TYPE_CHECKING:
    from pathlib import Path

    from retell.files.folder import Folder, StoryFile

WRITTEN = ("story", "story/.schema", "cards", "cards/.schema", *(f"cards/{kind}" for kind in CARDS))
PARTS = {**dict.fromkeys(WRITTEN, (".yaml", ".md", ".json")), FOLDER: (ENDING,)}
"""The folders of a story, and how the names of those files end that are packed."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
ORDINARY_FILE = 0o100644 << 16
UNIX = 3


def pack(root: Path) -> bytes:
    """Return a zip of a story's scenes and cards, their pages, schemas and documents.

    A reader's copies of articles are left out; what stands in documents/ the check has found to be nobody's.

    The files are not compressed: programs differ in how they do that, and the bytes would differ with them. Raises
    RetellError when a file cannot be read.
    """
    stream = io.BytesIO()
    with closing(open_folder(root)) as folder, ZipFile(stream, "w", ZIP_STORED) as archive:
        found = {f"{part}/{file.name}": file for part in PARTS for file in _files(folder, part)}
        for place, file in sorted(found.items()):
            if not place.isprintable():
                raise RetellError(f"the name of {visible(file.shown)} is one that not every system can read: rename it")
            info = ZipInfo(place, FIRST_DAY)
            info.create_system, info.external_attr = UNIX, ORDINARY_FILE
            archive.writestr(info, _without_typed(_read(file)))
    return stream.getvalue()


def _files(folder: Folder, part: str) -> list[StoryFile]:
    try:
        files = folder.files(part)
    except OSError as error:
        raise RetellError(f"{folder.shown}/{part} cannot be read: {error.strerror}") from None
    left_over = second_copies(file.name for file in files)
    return [file for file in files if file.suffix in PARTS[part] and file.name not in left_over]


def _without_typed(raw: bytes) -> bytes:
    """Return a file without the comments that hold an article's own words, see `stubs`; all else as it is."""
    typed = TYPED.encode()
    if typed not in raw:
        return raw
    left = b"".join(line for line in raw.splitlines(keepends=True) if not line.lstrip(b" \t").startswith(typed))
    return left if YamlFile("", left.decode()).data == YamlFile("", raw.decode()).data else raw


def _read(file: StoryFile) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RetellError(f"{file.shown} cannot be read: {error.strerror}") from None
