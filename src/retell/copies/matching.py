"""Find the paragraphs on a saved page that have given fingerprints, wherever they stand.

A paragraph is a line, or lines that were wrapped. Where some are not found so, it is tried again without the marks of
the program that saved the page; with what a page's end or an advertisement put between its lines left out; and with
its sentences one by one, where two paragraphs were run together.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from retell.copies import cleaning, lines
from retell.copies.fingerprints import FINGERPRINT_DIGITS, fold, fold_as_before

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from retell.copies.page import Block, Page

MOST_LINES = 600  # of a paragraph: 6,000 words at 72 columns
MOST_PIECES = 60  # lines or sentences of a paragraph between which something else stands
MOST_WAYS = 40  # in which lines are left out of one paragraph
MOST_STEPS = 400_000  # pieces of text that are added to a digest in each way of looking at a file; about 0.4 s
MOST_STEPS_APART = 200_000
MOST_STEPS_SHIPPED = 3_000_000  # in all ways of looking at all texts that came with a story; about 3 s
AS_SAVED, TOGETHER, IN_PIECES = 1, 3, 5  # so many of the ways in which a file is looked at
MOST_UNITS = 40_000
MOST_ADDED = 12  # words beside a paragraph in its line that are an addition to it; more are another paragraph
ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
MOST_FOLDED = 2**24  # bytes: compatibility forms can be eighteen times as long (UAX #15)
Found: TypeAlias = "dict[str, str]"
"""The text of each paragraph that was found, by its fingerprint."""


class _Unit(msgspec.Struct, frozen=True):
    """A piece of a text that a paragraph is made of: a line or a sentence; `folded` is empty between two blocks."""

    text: str
    folded: bytes
    doubtful: bool = False
    line: int = -1  # of which a sentence is


class Steps(msgspec.Struct):
    """How many steps are left to all files that share them."""

    left: int


class Finder:
    """One saved page, in which paragraphs are looked for."""

    def __init__(self, page: Page, shared: Steps | None = None) -> None:
        """Take the page, and the steps that it shares with others; a page of the reader's own shares none."""
        self._page, self._shared = page, shared

    def find(self, wanted: Collection[str], ways: int = IN_PIECES) -> Found:
        """Return the paragraphs that have the wanted fingerprints.

        They are looked for AS_SAVED, then TOGETHER, with the marks of other programs taken out, then IN_PIECES.
        """
        found: Found = {}
        for look in self._ways[:ways]:
            missing = set(wanted) - found.keys()
            if not missing:
                break
            found |= look(missing)
        return found

    @property
    def _ways(self) -> tuple[Callable[[set[str]], Found], ...]:
        return (
            lambda wanted: self._search(self._plain, wanted),
            lambda wanted: self._search(self._as_before, wanted),
            lambda wanted: self._search(self._cleaned, wanted),
            lambda wanted: self._search(list(_units(map(cleaning.clean_boldly, self._page.blocks), fold)), wanted),
            lambda wanted: self._search_apart(_in_lines(self._cleaned), wanted),
            lambda wanted: self._search_apart(_in_sentences(self._cleaned), wanted),
        )

    @cached_property
    def _plain(self) -> list[_Unit]:
        return list(_units(self._page.blocks, fold))

    @cached_property
    def _cleaned(self) -> list[_Unit]:
        return list(_units(map(cleaning.clean, self._page.blocks), fold))

    @cached_property
    def _as_before(self) -> list[_Unit]:
        return list(_units(self._page.blocks, fold_as_before))

    @cached_property
    def _known(self) -> set[str]:
        return lines.vocabulary(unit.text for unit in self._plain)

    def _search(self, units: list[_Unit], wanted: set[str]) -> Found:
        """Return the paragraphs whose lines stand together."""
        found: Found = {}
        shared = self._shared or Steps(MOST_STEPS)
        at, left = 0, min(MOST_STEPS, shared.left)
        while at < len(units):
            print_, end, steps = _run(units, at, wanted, MOST_LINES if left > 0 else 1)
            left -= steps
            shared.left -= steps
            if print_:
                found.setdefault(print_, self._join(units[at:end]))
            at = end if print_ else at + 1
        return found

    def _search_apart(self, units: list[_Unit], wanted: set[str]) -> Found:
        """Return the paragraphs whose pieces follow each other with others between them."""
        found: Found = {}
        left = MOST_STEPS_APART
        for at, unit in enumerate(units):
            if unit.doubtful or left < 0 or wanted <= found.keys():
                continue
            print_, kept, steps = _run_apart(units, at, wanted)
            left -= steps
            if print_ and not _is_longer(units, kept):
                found.setdefault(print_, self._join(kept))
        return found

    def _join(self, units: Sequence[_Unit]) -> str:
        return lines.join([unit.text for unit in units], self._known if len(units) > 1 else ())


def _units(blocks: Iterable[Block], fold_line: Callable[[str], bytes]) -> Iterator[_Unit]:
    """Yield the lines of blocks, and an empty unit behind each block."""
    folded = 0
    for block in blocks:
        for line in block.lines:
            bare = cleaning.LABELLED.sub("", line, count=1)
            unit = _Unit(bare, fold_line(bare))
            folded += len(unit.folded)
            if folded > MOST_FOLDED:
                return
            if unit.folded:
                yield unit
        yield _Unit("", b"")


def _in_lines(units: list[_Unit]) -> list[_Unit]:
    """Return the lines without what parts blocks, those marked that may not be the article's."""
    whole = [unit for unit in units if unit.folded]
    doubtful = lines.doubtful([unit.text for unit in whole])
    return [_Unit(unit.text, unit.folded, i in doubtful) for i, unit in enumerate(whole)]


def _in_sentences(units: list[_Unit]) -> list[_Unit]:
    whole = [unit for unit in units if unit.folded]
    parts = ((text, i) for i, unit in enumerate(whole) for text in lines.sentences(unit.text))
    cut = [*islice(parts, MOST_UNITS)]
    doubtful = lines.doubtful([text for text, _ in cut])
    return [_Unit(text, fold(text), at in doubtful and not ENDED.search(text), i) for at, (text, i) in enumerate(cut)]


def _is_longer(units: list[_Unit], kept: list[_Unit]) -> bool:
    """Return whether sentences were found in a line that has a few words more: then the paragraph was added to."""
    touched = {unit.line for unit in kept} - {-1}
    more = [unit.text for unit in units if unit.line in touched and unit not in kept and ENDED.search(unit.text)]
    return 0 < len(" ".join(more).split()) < MOST_ADDED


def _run(units: list[_Unit], at: int, wanted: set[str], most: int) -> tuple[str, int, int]:
    """Return the fingerprint of the paragraph that begins here, or "", where it ends, and the steps that took."""
    digest = hashlib.sha256()
    for end in range(at, min(at + most, len(units))):
        if not units[end].folded:
            return "", end, end + 1 - at
        digest.update(units[end].folded)
        if (print_ := _short(digest)) in wanted:
            return print_, end + 1, end + 1 - at
    return "", 0, most


def _run_apart(units: list[_Unit], at: int, wanted: set[str]) -> tuple[str, list[_Unit], int]:
    """Return the fingerprint of the paragraph that begins here, or "", its pieces, and the steps that took."""
    steps = 0
    ways = [(hashlib.sha256(), [*units[:0]])]
    for unit in units[at : at + MOST_PIECES]:
        longer = []
        for digest, kept in ways:
            more = digest.copy()
            more.update(unit.folded)
            longer.append((more, [*kept, unit]))
            if (print_ := _short(more)) in wanted:
                return print_, [*kept, unit], steps
        steps += len(ways)
        # those that leave out the fewest come first
        ways = sorted([*longer, *ways], key=lambda way: -len(way[1]))[:MOST_WAYS] if unit.doubtful else longer
    return "", [], steps


def _short(digest: hashlib._Hash) -> str:
    return digest.hexdigest()[:FINGERPRINT_DIGITS]
