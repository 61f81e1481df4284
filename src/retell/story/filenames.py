"""Find the files of a story by their names, and note each that is misnamed.

What an author meant to be read is not passed over in silence: an ending that a text editor added, capitals, a card in
no kind's folder. Such a file is read under the name that it should have, so that nothing calls it unknown as well.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retell.problems import Location, Problem, nearest
from retell.story import rules
from retell.story.cards import CARDS
from retell.story.model import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.files.folder import Folder, StoryFile
    from retell.story.form import Kind

SCENE_NAME = re.compile(rf"(?:\d+-)?(?P<id>{NAME})")
HELP_HIDDEN = "to see the '.txt', let your computer show the endings of file names"
ENDING = re.compile(r"(?P<stem>.+?)(?P<ending>\.ya?ml(?P<text>\.txt)?)", re.IGNORECASE | re.DOTALL)
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\..*)?", re.IGNORECASE | re.DOTALL
)
LEAST_COPIED = 3  # letters of a name that a second copy's begins or ends with
LEAST_OF_A_KIND = 0.5  # so much of the fields that a kind of card needs tell that a card is of it


def yaml_files(folder: Folder, part: str, problems: list[Problem]) -> list[StoryFile]:
    """Return the YAML files of one part of a story, by name, each once and with the name that it should have.

    That the part cannot be listed is added to the problems, and so is each name with another ending.
    """
    try:
        files = folder.files(part)
    except OSError as error:
        place = Location(str(Path(folder.shown, part)))
        problems.append(rules.UNREADABLE_FOLDER.at(place, reason=error.strerror))
        return []
    found = {file.name: file for file in files if file.name.endswith(".yaml")}
    for file in files if len(found) < len(files) else ():
        named = None if file.name in found else ENDING.fullmatch(file.name)
        if named:
            name = f"{named['stem']}.yaml"
            problems.append(_misnamed(file, named, name, there=name in found))
            found.setdefault(name, msgspec.structs.replace(file, name=name))
    copies = second_copies([name.removesuffix(".yaml") for name in found])
    for stem, original in copies.items():
        file = found.pop(f"{stem}.yaml")
        problems.append(rules.SECOND_COPY.at(Location(file.shown), file=f"{original}.yaml"))
    return [found[name] for name in sorted(found)]


def is_refused_by_systems(name: str) -> bool:
    """Return whether Windows keeps a name, whatever its ending, for a device: no file there can have it."""
    return DEVICE.fullmatch(name) is not None


def second_copies(stems: Iterable[str]) -> dict[str, str]:
    """Return which names, without their endings, are those of second copies, and of what.

    Such a name is none that a file of a story may have, and begins or ends with the name of a file that is there.
    """
    names = [*stems]
    well = [name for name in names if SCENE_NAME.fullmatch(name)]
    found = {}
    for name in names if len(well) < len(names) else ():
        originals = [] if name in well else [each for each in well if _is_copied(name, each)]
        if originals:
            found[name] = max(originals, key=len)
    return found


def _is_copied(name: str, original: str) -> bool:
    """Return whether a name begins or ends with another, and something that no name of a story has stands between."""
    if len(original) < LEAST_COPIED:
        return False
    if name.startswith(original):
        return not (name[len(original)].isalnum() or name[len(original)] == "_")
    return name.endswith(f" {original}")


def _misnamed(file: StoryFile, named: re.Match[str], name: str, *, there: bool) -> Problem:
    help_text = f"{name} is there as well: keep one of the two" if there else f"rename it to {name}"
    if named["text"]:
        help_text += f"; {HELP_HIDDEN}"
    return rules.NAME_ENDING.at(Location(file.shown), ending=named["ending"], help=help_text)


def mislaid_cards(folder: Folder, problems: list[Problem]) -> list[StoryFile]:
    """Return the cards that stand in cards/ itself; a folder there of no kind of card is added to the problems.

    What is in either would never be read.
    """
    mislaid: set[str] = set()
    for name, is_folder in folder.entries("cards").items():
        if not is_folder and ENDING.fullmatch(name):
            mislaid.add(name)
        elif is_folder and name not in CARDS:
            place = Location(str(Path(folder.shown, "cards", name)))
            problems.append(rules.NO_KIND.at(place, name=name, nearest=nearest(name, CARDS)))
    return [_well_named(file) for file in folder.files("cards") if file.name in mislaid] if mislaid else []


def _well_named(file: StoryFile) -> StoryFile:
    named = ENDING.fullmatch(file.name)
    return msgspec.structs.replace(file, name=f"{named['stem']}.yaml") if named else file


def kind_of(data: object) -> Kind | None:
    """Return the kind of card that some data seem to be, by the fields which each kind needs; None where none fits."""
    shares = {kind: _share(form, data) for kind, form in CARDS.items()} if isinstance(data, dict) else {}
    best = max(shares, key=lambda kind: shares[kind], default=None)
    return best if best and shares[best] >= LEAST_OF_A_KIND else None


def _share(form: type[msgspec.Struct], data: dict[str, object]) -> float:
    needed = [field.encode_name for field in msgspec.structs.fields(form) if field.required]
    return sum(name in data for name in needed) / len(needed)


def misplaced(file: StoryFile, kind: str | None) -> Problem:
    """Return the problem of a card that stands in cards/ itself."""
    goal = f"cards/{kind}/{file.name}" if kind else f"the folder of its kind in cards/: {', '.join(CARDS)}"
    return rules.MISPLACED_CARD.at(Location(file.shown), goal=goal)
