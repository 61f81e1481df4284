"""Find each article's paragraphs, by their numbers, in a folder of files that a reader saved.

Any file may hold any article, under any name: its paragraphs are known by their fingerprints. Where two files hold
one, the fuller counts, paragraph by paragraph. A file that cannot be read hides nothing of the others.
"""

from __future__ import annotations

import os
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retell.copies.held import Copy, Holding, SavedFile
from retell.copies.matching import Finder
from retell.copies.page import TooLargeError, UnreadError
from retell.copies.readers.opening import MOST_BYTES as MOST_OF_A_FILE
from retell.copies.readers.opening import PDF_SECONDS, read_page
from retell.copies.readers.pdf import seconds_taken
from retell.copies.text import settle
from retell.files.folder import shorten
from retell.files.rules import TOO_LARGE
from retell.problems import Location, RetellError, Rule
from retell.story.library import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retell.copies.page import Page
    from retell.problems import Problem
    from retell.story.cards import Source
    from retell.story.library import Entry, Library

READ = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx"))
UNREAD = frozenset((".doc", ".rtf", ".odt", ".webarchive"))  # tried all the same: a name says little
APART = "keep the copies of the articles in a folder of their own"
MOST_FILES = 200
MOST_BYTES = 64 * 2**20
MOST_TEXT, MOST_LINES, MOST_TAGS, MOST_PDF_SECONDS = 3_000_000, 200_000, 1_000_000, 5.0
"""What all files have together: characters, lines and tags that are read, and seconds that all PDFs may take."""
MOST_PARAGRAPHS, MOST_CHARACTERS = 5_000, 20_000
"""Paragraphs of all articles that are looked for, and characters of one."""
MOST_EXPLAINED = 12
"""So many articles and paragraphs that are missing are looked for more closely, to say what the copies have instead."""
COPY_MISSING = Rule(
    "copy-missing",
    "The copies hold each article.",
    level="warning",
    message="no copy of '{key}': no file in {path} holds a paragraph of it",
    help="{looks}what cites it cannot be looked into",
)
COPY_DIFFERS = Rule(
    "copy-differs",
    "Each paragraph of an article stands in a copy, as its source card's fingerprint has it.",
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
    "the articles up to this one have more than {most:,} paragraphs", "copies of the articles from here are not read"
)


def hold(sources: Mapping[str, Source], folder: Path) -> Holding:
    """Read all files of a folder, or one file, and find the articles' paragraphs in them; the articles are by key.

    Raises RetellError when there is no such folder or file.
    """
    files, passed_over = _list(folder, sources)
    wanted = _wanted(sources)
    room = _Room()
    finders = [(file, Finder(page)) for file in files if (page := room.read(file))]
    there: set[str] = set()
    too_long: dict[str, dict[int, str]] = {}
    for thoroughly in (False, True):
        missing = wanted.keys() - there
        for file, finder in finders:
            for print_, text in finder.find(missing, thoroughly=thoroughly).items():
                there.add(print_)
                for key, number in wanted[print_]:
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


class _Room:
    """What may still be read of all files."""

    def __init__(self) -> None:
        self._text, self._lines, self._tags = MOST_TEXT, MOST_LINES, MOST_TAGS
        self._pdfs_end = seconds_taken() + MOST_PDF_SECONDS

    def read(self, file: SavedFile) -> Page | None:
        """Read a file, or note why that cannot be done."""
        if file.unread:
            return None
        try:
            page = read_page(file.path, min(PDF_SECONDS, self._pdfs_end - seconds_taken()))
            self._take(page)
        except UnreadError as error:
            file.unread, file.help, file.too_large = error.reason, error.help, isinstance(error, TooLargeError)
            return None
        file.page = page
        return page

    def _take(self, page: Page) -> None:
        """Raise TooLargeError where there is no room for a page."""
        lines = sum(len(block.lines) for block in page.blocks)
        text = sum(len(line) for block in page.blocks for line in block.lines)
        for had, left, most, what in (
            (text, self._text, MOST_TEXT, "characters"),
            (lines, self._lines, MOST_LINES, "lines"),
            (page.tags, self._tags, MOST_TAGS, "tags"),
        ):
            if had > left:
                raise TooLargeError(f"has more than is left of the {most:,} {what} that are read of all files", APART)
        self._text, self._lines, self._tags = self._text - text, self._lines - lines, self._tags - page.tags


def read_copies(library: Library, folder: Path) -> tuple[dict[str, Copy], list[Problem]]:
    """Return the copies by key, and a problem for each article, paragraph and file that was not found or read.

    Raises RetellError when there is no such folder or file.
    """
    holding = hold(forms(library.sources), folder)
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
        looks = difference.looks(holding, source) if explained > 0 else ""
        yield COPY_MISSING.at(Location(source.file.name), key=source.id, path=shorten(holding.folder), looks=looks)
    if copy is None:
        return
    there = {*copy.paragraphs, *too_long}
    missing = (n for n, print_ in enumerate(source.form.paragraphs, 1) if print_ and n not in there)
    for more, number in enumerate(missing):
        shown, what = shorten(holding.folder), difference.ELSEWHERE
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


def _list(folder: Path, keys: Iterable[str]) -> tuple[list[SavedFile], list[str]]:
    """Return the files of a folder that may be copies, those named like an article first, and the others' names."""
    if not folder.is_dir():
        if not folder.exists() and not folder.is_symlink():
            raise RetellError(f"no folder of copies: {folder}")
        return [SavedFile(folder, shorten(folder))], []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise RetellError(f"the folder of copies {folder} cannot be read: {error.strerror}") from None
    seen = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
    likely = [entry for entry in seen if os.path.splitext(entry.name)[1].lower() in READ | UNREAD]  # noqa: PTH122
    known = {*keys}
    likely.sort(key=lambda entry: (entry.name.removesuffix(".txt") not in known, entry.name.split(".")[0] not in known))
    others = [entry.name for entry in seen if entry not in likely and not entry.is_dir()]
    left, files = MOST_BYTES, []
    for number, entry in enumerate(likely):
        file = SavedFile(folder / entry.name, shorten(folder / entry.name))
        files.append(file)
        left -= min(_size(entry), MOST_OF_A_FILE)
        if number >= MOST_FILES or left < 0:
            file.unread = f"is one file more than is read of a folder: {MOST_FILES} files, {MOST_BYTES // 2**20} MiB"
            file.help, file.too_large = APART, True
            return files, [*others, *(each.name for each in likely[number + 1 :])]
    return files, others


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size if entry.is_file() else 0
    except OSError:
        return 0
