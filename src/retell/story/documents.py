"""Read the texts that travel with a story: documents/KEY.txt, each of a source in the public domain."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retell.files import rules as of_files
from retell.files.decoding import NotTextError, decode
from retell.problems import Location, nearest
from retell.story import rules
from retell.story.cards import PUBLIC_DOMAIN
from retell.story.filenames import second_copies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retell.files.folder import Folder, StoryFile
    from retell.problems import Problem
    from retell.story.cards import Source

FOLDER, ENDING = "documents", ".txt"
MOST_TEXTS = 40
TOO_MANY_TEXTS = of_files.TOO_LARGE.saying(
    "a story has at most {most} texts in documents/", "keep the others among your own copies"
)


class ShippedText(msgspec.Struct, frozen=True):
    """The text of a source that travels with its story, and how its file is shown to the user."""

    shown: str
    text: str


def read_documents(
    folder: Folder, sources: Mapping[str, Source], problems: list[Problem], unsure: frozenset[str] = frozenset()
) -> dict[str, ShippedText]:
    """Return the texts of documents/ by the keys of their sources; what cannot be one is added to the problems.

    The rights of a source that is `unsure`, whose card could not be read whole, are not asked for. Raises RetellError
    when the story holds more than a story may.
    """
    try:
        files = folder.files(FOLDER)
    except OSError as error:
        place = Location(str(Path(folder.shown, FOLDER)))
        problems.append(rules.UNREADABLE_FOLDER.at(place, reason=error.strerror))
        return {}
    if len(files) > MOST_TEXTS:
        place = Location(str(Path(folder.shown, FOLDER)))
        problems.append(TOO_MANY_TEXTS.at(place, most=MOST_TEXTS))
        files = files[:MOST_TEXTS]
    copied = second_copies((file.name for file in files), ENDING)
    found = {}
    for file in files:
        if file.name in copied:
            problems.append(rules.SECOND_COPY.at(Location(file.shown), file=copied[file.name]))
        elif problem := _misplaced(file, sources, unsure):
            problems.append(problem)
        elif isinstance(text := _read(file), str):
            found[file.stem] = ShippedText(file.shown, text)
        else:
            problems.append(text)
    return found


def _misplaced(file: StoryFile, sources: Mapping[str, Source], unsure: frozenset[str]) -> Problem | None:
    """Return why a file has no place in documents/, or None."""
    place, key = Location(file.shown), file.stem
    if file.suffix != ENDING:
        return rules.NO_DOCUMENT.at(place, ending=ENDING)
    if key not in sources:
        return rules.DOCUMENT_OF_NOTHING.at(place, key=key, nearest=nearest(key, sources))
    if sources[key].rights != PUBLIC_DOMAIN and key not in unsure:
        return rules.SHIPPED_DOCUMENT.at(place, key=key)
    return None


def _read(file: StoryFile) -> str | Problem:
    place = Location(file.shown)
    try:
        return decode(file.read_bytes())
    except OSError as error:
        rule = of_files.FILE_TOO_LARGE if error.errno == errno.EFBIG else of_files.UNREADABLE
        return rule.at(place, reason=error.strerror)
    except NotTextError as error:
        return of_files.NOT_TEXT.at(place, reason=error.reason, help=error.help)
