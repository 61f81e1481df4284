"""Find each article's paragraphs, by their numbers, in a folder of files that a reader saved.

Any file may hold any article, under any name: its paragraphs are known by their fingerprints. Where two files hold
one, the fuller counts, paragraph by paragraph. A file that cannot be read hides nothing of the others.
"""

from __future__ import annotations

from itertools import accumulate, islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from retell.copies.folder import Room, list_files
from retell.copies.held import Copy, Holding, SavedFile
from retell.copies.matching import AS_SAVED, IN_PIECES, MOST_STEPS_SHIPPED, TOGETHER, Finder, Steps
from retell.copies.text import settle
from retell.files.folder import shorten
from retell.files.rules import TOO_LARGE
from retell.problems import Location, Rule
from retell.story.documents import ENDING
from retell.story.library import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retell.problems import Problem
    from retell.story.cards import Source
    from retell.story.documents import ShippedText
    from retell.story.library import Entry, Library

MOST_PARAGRAPHS, MOST_CHARACTERS = 3_000, 20_000
"""Paragraphs of all articles that are looked for, and characters of one."""
MOST_EXPLAINED = 12
"""So many articles and paragraphs that are missing are looked for more closely, to say what the copies have instead."""
NOTHING_SHIPPED: Mapping[str, ShippedText] = MappingProxyType({})
COPY_MISSING = Rule(
    "copy-missing",
    "The copies hold each source.",
    level="warning",
    message="no copy of '{key}': no file in {path} holds a paragraph of it",
    help="{looks}what cites it cannot be looked into",
)
TEXT_MISSING = COPY_MISSING.saying(
    "{path} holds no paragraph of '{key}'", "'retell fingerprint {path}' prints the fingerprints for its card"
)
COPY_DIFFERS = Rule(
    "copy-differs",
    "Each paragraph of a source stands in a copy, as its source card's fingerprint has it.",
    level="warning",
    message="paragraph {number} of '{key}' does not stand in {path}",
    help="{difference}; what cites it cannot be looked into",
)
COPY_UNREAD = Rule(
    "copy-unread",
    "Each file among the copies can be read.",
    level="warning",
    message="{path} {reason}; it was not read",
    help="{help}",
)
_LARGE = msgspec.structs.replace(TOO_LARGE, level="warning")  # of one file: the others are read
COPY_TOO_LARGE = _LARGE.saying("{path} {reason}; it was not read", "{help}")
PARAGRAPH_TOO_LONG = _LARGE.saying(
    "paragraph {number} of '{key}' has more than {most:,} characters in {path}",
    "part it in two, in the copy and on the card; what cites it cannot be looked into",
)
TOO_MANY_PARAGRAPHS = TOO_LARGE.saying(
    "the sources up to this one have more than {most:,} paragraphs", "copies of the sources from here are not read"
)


def hold(
    sources: Mapping[str, Source], folder: Path | None, shipped: Mapping[str, ShippedText] = NOTHING_SHIPPED
) -> Holding:
    """Find the articles' paragraphs in all files of a folder, or one file, and in the texts that came with the story.

    Articles and texts are by key. Raises RetellError when there is no such folder or file.
    """
    files, passed_over = list_files(folder, sources) if folder else ([], [])
    files = [*(SavedFile(Path(f"{key}{ENDING}"), each.shown, only=key) for key, each in shipped.items()), *files]
    wanted = _wanted(sources)
    room = Room(shipped)
    shared = Steps(MOST_STEPS_SHIPPED)
    finders = [(file, Finder(page, shared if file.only else None)) for file in files if (page := room.read(file))]
    there: set[tuple[str, int]] = set()
    too_long: dict[str, dict[int, str]] = {}
    for ways in (AS_SAVED, IN_PIECES):
        missing = {print_ for print_, places in wanted.items() if not there.issuperset(places)}
        for file, finder in finders:
            for print_, text in finder.find(missing, min(ways, TOGETHER) if file.only else ways).items():
                for key, number in wanted[print_]:
                    if file.only not in ("", key):
                        continue
                    there.add((key, number))
                    if len(text) > MOST_CHARACTERS:
                        too_long.setdefault(key, {})[number] = file.shown
                    else:
                        file.held.setdefault(key, {})[number] = text
    return Holding(folder, _copies(sources, files), tuple(files), tuple(passed_over), too_long)


def _wanted(sources: Mapping[str, Source]) -> dict[str, list[tuple[str, int]]]:
    """Return the fingerprints that are looked for, with the articles and numbers of their paragraphs."""
    wanted: dict[str, list[tuple[str, int]]] = {}
    for key in islice(sources, _looked_for(sources)):
        for number, print_ in enumerate(sources[key].paragraphs, 1):
            if print_:
                wanted.setdefault(print_, []).append((key, number))
    return wanted


def _looked_for(sources: Mapping[str, Source]) -> int:
    """Return how many articles are looked for: those that have no more paragraphs together than are looked for."""
    together = accumulate(len(source.paragraphs) for source in sources.values())
    return sum(paragraphs <= MOST_PARAGRAPHS for paragraphs in together)


def hold_for(library: Library, folder: Path | None) -> Holding:
    """Return what there is of a library's articles, see `hold`."""
    return hold(forms(library.sources), folder, library.documents)


def read_copies(library: Library, folder: Path | None) -> tuple[dict[str, Copy], list[Problem]]:
    """Return the copies by key, and a problem for each article, paragraph and file that was not found or read.

    Raises RetellError when there is no such folder or file.
    """
    holding = hold_for(library, folder)
    return holding.copies, list(problems_of(library, holding))


def problems_of(library: Library, holding: Holding) -> Iterator[Problem]:
    """Yield what is missing in a reader's copies, and why."""
    for file in holding.files:
        if file.unread:
            rule = COPY_TOO_LARGE if file.too_large else COPY_UNREAD
            yield rule.at(Location(file.shown), path=file.shown, reason=file.unread, help=file.help)
    looked_for, explained = _looked_for(forms(library.sources)), 0
    for at, source in enumerate(library.sources.values()):
        if at == looked_for:
            yield TOO_MANY_PARAGRAPHS.at(source.file.locate(("paragraphs",)), most=MOST_PARAGRAPHS)
            return
        for problem in _missing(library, holding, source, MOST_EXPLAINED - explained):
            explained += 1
            yield problem


def _missing(library: Library, holding: Holding, source: Entry[Source], explained: int) -> Iterator[Problem]:
    """Yield what is missing of an article, the first few with what the copies have instead."""
    from retell.copies import difference  # noqa: PLC0415 - whole copies do not wait for it

    too_long = holding.too_long.get(source.id, {})
    for number, shown in too_long.items():
        place = source.file.locate(("paragraphs", number - 1))
        yield PARAGRAPH_TOO_LONG.at(place, number=number, key=source.id, path=shown, most=MOST_CHARACTERS)
    copy = holding.copies.get(source.id)
    if copy is None and not too_long:
        place = Location(source.file.name)
        if source.id in library.documents:
            yield TEXT_MISSING.at(place, key=source.id, path=library.documents[source.id].shown)
        elif holding.folder is not None:
            looks = difference.looks(holding, source) if explained > 0 else ""
            yield COPY_MISSING.at(place, key=source.id, path=shorten(holding.folder), looks=looks)
    if copy is None:
        return
    there = {*copy.paragraphs, *too_long}
    missing = (n for n, print_ in enumerate(source.form.paragraphs, 1) if print_ and n not in there)
    for more, number in enumerate(missing):
        shown, what = "your copy", difference.ELSEWHERE
        if more < explained:
            shown, what = difference.explain(library, holding, source.id, number)
        place = source.file.locate(("paragraphs", number - 1))
        yield COPY_DIFFERS.at(place, number=number, key=source.id, path=shown, difference=what)


def _copies(keys: Iterable[str], files: Iterable[SavedFile]) -> dict[str, Copy]:
    """Return each article as the reader has it; of two files with a paragraph the fuller one counts."""
    copies = {}
    for key in keys:
        printed: dict[int, str] = {}
        for file in sorted(files, key=lambda each: -len(each.numbers(key))):
            for number in file.numbers(key):
                printed.setdefault(number, file.held[key][number])
        if printed:
            settled = {number: settle(text) for number, text in sorted(printed.items())}
            copies[key] = Copy(key, settled, dict(sorted(printed.items())))
    return copies
