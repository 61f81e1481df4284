"""Find each article's paragraphs, by their numbers, in a folder of files that a reader saved.

Any file may hold any article, under any name: its paragraphs are known by their fingerprints. Where two files hold
one, the fuller counts, paragraph by paragraph. A file that cannot be read hides nothing of the others.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from retell.copies.held import Copy, Holding, SavedFile
from retell.copies.matching import Finder
from retell.copies.page import Page, UnreadError, blocks_of
from retell.copies.readers.opening import MOST_BYTES as MOST_OF_A_FILE
from retell.copies.readers.opening import read_page
from retell.copies.text import settle
from retell.files.folder import shorten
from retell.problems import Location, RetellError, Rule
from retell.story.documents import ENDING
from retell.story.library import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retell.problems import Problem
    from retell.story.cards import Source
    from retell.story.documents import ShippedText
    from retell.story.library import Library

READ = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx"))
UNREAD = frozenset((".doc", ".rtf", ".odt", ".webarchive"))  # tried all the same: a name says little
MOST_FILES = 200
MOST_BYTES = 64 * 2**20
NOTHING_SHIPPED: Mapping[str, ShippedText] = MappingProxyType({})
COPY_MISSING = Rule(
    "copy-missing",
    "The copies hold each article.",
    level="warning",
    message="no copy of '{key}': no file in {path} holds a paragraph of it",
    help="{looks}what cites it cannot be looked into",
)
TEXT_MISSING = COPY_MISSING.saying(
    "{path} holds no paragraph of '{key}'", "'retell fingerprint {path}' prints the fingerprints for its card"
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


def hold(
    sources: Mapping[str, Source], folder: Path | None, shipped: Mapping[str, ShippedText] = NOTHING_SHIPPED
) -> Holding:
    """Find the articles' paragraphs in all files of a folder, or one file, and in the texts that came with the story.

    Articles and texts are by key. Raises RetellError when there is no such folder or file.
    """
    files, passed_over = _list(folder, sources) if folder else ([], [])
    files = [*_shipped(shipped), *files]
    wanted: dict[str, list[tuple[str, int]]] = {}
    for key, source in sources.items():
        for number, print_ in enumerate(source.paragraphs, 1):
            if print_:
                wanted.setdefault(print_, []).append((key, number))
    finders = [(file, Finder(page)) for file in files if (page := _read(file))]
    for thoroughly in (False, True):
        there = {place for file in files for place in file.held}
        missing = {print_ for print_, places in wanted.items() if not there.issuperset(places)}
        for file, finder in finders:
            for print_, text in finder.find(missing, thoroughly=thoroughly).items():
                places = (place for place in wanted[print_] if file.only in ("", place[0]))
                file.held |= dict.fromkeys(places, text)
    return Holding(folder, _copies(sources, files), tuple(files), tuple(passed_over))


def _shipped(texts: Mapping[str, ShippedText]) -> Iterator[SavedFile]:
    for key, each in texts.items():
        page = Page(blocks_of(each.text), "plain text")
        yield SavedFile(Path(f"{key}{ENDING}"), each.shown, page, only=key)


def _read(file: SavedFile) -> Page | None:
    """Read a file, or note why that cannot be done."""
    if not file.unread and file.page is None:
        try:
            file.page = read_page(file.path)
        except UnreadError as error:
            file.unread, file.help = error.reason, error.help
    return file.page


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
    from retell.copies import difference  # noqa: PLC0415 - whole copies do not wait for it

    for file in holding.files:
        if file.unread:
            yield COPY_UNREAD.at(Location(file.shown), path=file.shown, reason=file.unread, help=file.help)
    for source in library.sources.values():
        copy = holding.copies.get(source.id)
        if copy is None:
            place = Location(source.file.name)
            if source.id in library.documents:
                yield TEXT_MISSING.at(place, key=source.id, path=library.documents[source.id].shown)
            elif holding.folder is not None:
                looks = difference.looks(holding, source)
                yield COPY_MISSING.at(place, key=source.id, path=shorten(holding.folder), looks=looks)
            continue
        missing = [n for n, print_ in enumerate(source.form.paragraphs, 1) if print_ and n not in copy.paragraphs]
        for number in missing:
            place = source.file.locate(("paragraphs", number - 1))
            shown, what = difference.explain(library, holding, source.id, number)
            yield COPY_DIFFERS.at(place, number=number, key=source.id, path=shown, difference=what)


def _copies(keys: Iterable[str], files: Iterable[SavedFile]) -> dict[str, Copy]:
    """Return each article as the reader has it; of two files with a paragraph the fuller one counts."""
    copies = {}
    for key in keys:
        printed: dict[int, str] = {}
        for file in sorted(files, key=lambda each: -len(each.numbers(key))):
            for number in file.numbers(key):
                printed.setdefault(number, file.held[key, number])
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
            file.help = "keep the copies of the sources in a folder of their own"
            return files, [*others, *(each.name for each in likely[number + 1 :])]
    return files, others


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size if entry.is_file() else 0
    except OSError:
        return 0
