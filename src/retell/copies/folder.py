"""Read a reader's saved files, within what all of them may hold together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from retell.copies.held import SavedFile
from retell.copies.page import PLAIN, Page, TooLargeError, UnreadError, blocks_of
from retell.copies.readers.opening import MOST_BYTES as MOST_OF_A_FILE
from retell.copies.readers.opening import PDF_SECONDS, read_page
from retell.files.folder import shorten
from retell.problems import RetellError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from retell.story.documents import ShippedText

READ = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx"))
UNREAD = frozenset((".doc", ".rtf", ".odt", ".webarchive"))  # tried all the same: a name says little
MOST_FILES = 200
MOST_BYTES = 64 * 2**20
MOST_TEXT, MOST_LINES, MOST_TAGS, MOST_PDF_SECONDS = 2_000_000, 100_000, 600_000, 5.0
"""What all files have together: characters, lines and tags that are read, and seconds that all PDFs may take."""
APART = "keep the copies of the sources in a folder of their own"


def seconds_taken() -> float:
    """Return how long the system has computed for the PDFs that were read; always 0 on Windows, which does not say."""
    times = os.times()
    return times.children_user + times.children_system


class Room:
    """What may still be read of all files."""

    def __init__(self, shipped: Mapping[str, ShippedText]) -> None:
        """Take the texts that came with the story, by key."""
        self._shipped = shipped
        self._text, self._lines, self._tags = MOST_TEXT, MOST_LINES, MOST_TAGS
        self._pdfs_end = seconds_taken() + MOST_PDF_SECONDS

    def read(self, file: SavedFile) -> Page | None:
        """Read a file, or note why that cannot be done."""
        if file.unread:
            return None
        try:
            page = self._open(file)
            self._take(page)
        except UnreadError as error:
            file.unread, file.help, file.too_large = error.reason, error.help, isinstance(error, TooLargeError)
            return None
        file.page = page
        return page

    def _open(self, file: SavedFile) -> Page:
        if file.only:
            return Page(blocks_of(self._shipped[file.only].text), PLAIN)
        return read_page(file.path, min(PDF_SECONDS, self._pdfs_end - seconds_taken()))

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


def list_files(folder: Path, keys: Iterable[str]) -> tuple[list[SavedFile], list[str]]:
    """Return the files of a folder that may be copies, those named like an article first, and the others' names.

    Raises RetellError where there is no such folder or file.
    """
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
