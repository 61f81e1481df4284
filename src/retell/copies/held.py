"""What a reader has of the articles: copies, the files that they stand in, and all of it together."""

from __future__ import annotations

from pathlib import Path

import msgspec

from retell.copies.page import Page


class Copy(msgspec.Struct, frozen=True):
    """One article as the reader has it: each paragraph that was found, by its number from 1.

    `paragraphs` are settled for the rules, `printed` as they were saved.
    """

    key: str
    paragraphs: dict[int, str]
    printed: dict[int, str] = {}


class SavedFile(msgspec.Struct):
    """One file of the reader's: how it is shown to them, what was read of it or why nothing was, what it holds.

    `held` has the text of each paragraph that was found, by its article's key and its number; `too_large` says that it
    was not read for its size. A text that came with the story is the copy of one source alone, `only`.
    """

    path: Path
    shown: str
    page: Page | None = None
    unread: str = ""
    help: str = ""
    too_large: bool = False
    only: str = ""
    held: dict[str, dict[int, str]] = msgspec.field(default_factory=dict)

    def numbers(self, key: str) -> list[int]:
        """Return the numbers of an article's paragraphs that it holds."""
        return sorted(self.held.get(key, ()))


class Holding(msgspec.Struct, frozen=True):
    """All that a reader has: the copies by key, the files, and the names of those that are of no kind that is read.

    Without a folder of their own they have what came with the story. `too_long` has the file of each paragraph that was
    found and is longer than one may be, by article and number.
    """

    folder: Path | None
    copies: dict[str, Copy]
    files: tuple[SavedFile, ...]
    passed_over: tuple[str, ...]
    too_long: dict[str, dict[int, str]] = {}
