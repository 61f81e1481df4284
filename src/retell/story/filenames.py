"""Find the files of a story by their names, and note each that is misnamed.

What an author meant to be read is not passed over in silence: an ending that a text editor added, capitals, a card in
no kind's folder. Such a file is read under the name that it should have, so that nothing calls it unknown as well.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec

from retell.problems import Location, Problem, nearest
from retell.story import rules
from retell.story.form import Kind
from retell.story.model import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.files.folder import Folder, StoryFile
    from retell.problems import Rule

KINDS = get_args(Kind)
SCENE_NAME = re.compile(rf"(?:\d+-)?(?P<id>{NAME})")
HELP_HIDDEN = "to see the '.txt', let your computer show the endings of file names"
ENDING = re.compile(r"(?P<stem>.+?)(?P<ending>\.ya?ml(?P<text>\.txt)?[ .]*)", re.IGNORECASE | re.DOTALL)
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
REFUSED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\..*)?|.*[<>:\"/\\|?*\x00-\x1f].*|.*[. ]",
    re.IGNORECASE | re.DOTALL,
)
LEAST_COPIED = 3  # letters of a name that a second copy's has in it
# where that name ends, and is no part of a longer word; "noon_conflict-20260101" is Nextcloud's
END_OF_NAME = r"(?!\w)|(?=_(?:conflict|copy|backup|bak|old))"
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
    others = [file for file in files if file.name not in found]
    for file in others:
        if named := ENDING.fullmatch(file.name):
            name = f"{named['stem']}.yaml"
            problems.append(_misnamed(file, named, name, there=name in found))
            found.setdefault(name, msgspec.structs.replace(file, name=name))
    left = {file.name: file for file in others if not ENDING.fullmatch(file.name)} | found
    for name, original in second_copies(left).items():
        problems.append(rules.SECOND_COPY.at(Location(left[name].shown), file=original))
        found.pop(name, None)
    for name, file in found.items():
        if SCENE_NAME.fullmatch(file.stem) and is_refused_by_windows(name):
            problems.append(rules.REFUSED_NAME.at(Location(file.shown), better=f"the-{name}"))
    return [found[name] for name in sorted(found)]


def slug(text: str) -> str:
    """Return a text as the name of a card or a scene; nothing where it has neither Latin letters nor digits."""
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def is_refused_by_windows(name: str) -> bool:
    """Return whether no file can have a name on Windows: it is a device's there, or has a mark that none may have."""
    return REFUSED.fullmatch(name) is not None


def second_copies(names: Iterable[str], ending: str = ".yaml") -> dict[str, str]:
    """Return which names are those of second copies, as programs make them beside a file, and of which file.

    Such a name is none that a file of a story may have, and has the name of a file that is there in it.
    """
    listed = [*names]
    stems = {name: name.removesuffix(ending) for name in listed if name.endswith(ending)}
    well = {name: stem for name, stem in stems.items() if SCENE_NAME.fullmatch(stem)}
    found = {}
    for name in listed if len(well) < len(listed) else ():
        if name not in well:
            originals = (each for each in well if _is_copied(name, each, stems.get(name, ""), ending))
            found[name] = max(originals, key=len, default="")
    return {name: original for name, original in found.items() if original}


def _is_copied(name: str, original: str, stem: str, ending: str) -> bool:
    """Return whether a name has another in it, whole, or is that of the file by which Word holds another open."""
    inside = original.removesuffix(ending) if stem else original
    if len(inside) < LEAST_COPIED:
        return False
    if inside not in (stem or name):
        return name == f"~${original[2:]}"
    return re.search(rf"(?<![\w-]){re.escape(inside)}(?:{END_OF_NAME})", stem or name) is not None


def _misnamed(file: StoryFile, named: re.Match[str], name: str, *, there: bool) -> Problem:
    help_text = f"{name} is there as well: keep one of the two" if there else f"rename it to {name}"
    if named["text"]:
        help_text += f"; {HELP_HIDDEN}"
    return rules.NAME_ENDING.at(Location(file.shown), ending=named["ending"], help=help_text)


def ill_named(rule: Rule, file: StoryFile, example: str) -> Problem:
    """Return the problem of a scene or a card whose file's name is none, and whether Windows would refuse it."""
    refused = ", and Windows refuses it" if is_refused_by_windows(file.stem) else ""
    return rule.at(Location(file.shown), refused=refused, example=example)


def mislaid_cards(folder: Folder, problems: list[Problem]) -> list[StoryFile]:
    """Return the cards that stand in cards/ itself; a folder there of no kind of card is added to the problems.

    What is in either would never be read.
    """
    mislaid: set[str] = set()
    for name, is_folder in folder.entries("cards").items():
        if not is_folder and ENDING.fullmatch(name):
            mislaid.add(name)
        elif is_folder and name not in KINDS:
            place = Location(str(Path(folder.shown, "cards", name)))
            problems.append(rules.NO_KIND.at(place, name=name, nearest=nearest(name, KINDS)))
    return [_well_named(file) for file in folder.files("cards") if file.name in mislaid] if mislaid else []


def _well_named(file: StoryFile) -> StoryFile:
    named = ENDING.fullmatch(file.name)
    return msgspec.structs.replace(file, name=f"{named['stem']}.yaml") if named else file


def kind_of(data: object) -> Kind | None:
    """Return the kind of card that some data seem to be, by the fields which each kind needs; None where none fits."""
    from retell.story.cards import CARDS  # noqa: PLC0415 - only a mislaid card needs them

    shares = {kind: _share(form, data) for kind, form in CARDS.items()} if isinstance(data, dict) else {}
    best = max(shares, key=lambda kind: shares[kind], default=None)
    return best if best and shares[best] >= LEAST_OF_A_KIND else None


def _share(form: type[msgspec.Struct], data: dict[str, object]) -> float:
    needed = [field.encode_name for field in msgspec.structs.fields(form) if field.required]
    return sum(name in data for name in needed) / len(needed)


def misplaced(file: StoryFile, kind: str | None) -> Problem:
    """Return the problem of a card that stands in cards/ itself."""
    goal = f"cards/{kind}/{file.name}" if kind else f"the folder of its kind in cards/: {', '.join(KINDS)}"
    return rules.MISPLACED_CARD.at(Location(file.shown), goal=goal)
