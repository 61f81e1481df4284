"""Decide what has room where on a screen, and set texts in lines of a reader's measure; widths are in columns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len

from retell.figures import TITLES
from retell.story.prose import Span
from retell.terminal.layout.lines import BLANK, Line, Piece, cut_words, indent_line, set_text, wrap

MEASURE = 68  # design: lines of at most 68 characters
NOTES_FROM = 100  # design: from 100 columns up, citations stand in the margin
GAP = 3
NARROW, WIDE_ENOUGH = 36, 60  # columns; fewer have none to spare for their edges, or one, or two
TITLE_ROWS = 18  # that a title page takes, about
WIDEST_ROW = 100
BAR = "│ "  # stands at the left of another's words
POINTER = "↳ "  # stands before what is told about a passage


class Frame(msgspec.Struct, frozen=True):
    """What a drawing needs to know of the screen: its width, and whether things may stand side by side.

    Another's words stand behind a bar where it is `barred`. A `page` stands in the middle of the screen; other drawings
    begin at its left; on a `low` one no line is left blank for its looks. `stacked` accounts stand one under the other.
    `named` are the codes of the articles whose outlets stand in the margin already, `above` counts the blank lines over
    a title, and `minutes` is how long the story takes at the reader's pace, for the title page.
    """

    width: int
    columns: bool = True
    barred: bool = True
    minutes: int = 0
    page: bool = False
    low: bool = False
    stacked: bool = False
    above: int = 1
    named: frozenset[str] = frozenset()

    @property
    def margin(self) -> int:
        """The columns that stay free on the left of a text."""
        block = self.across if self.notes_wide else self.measure
        return max(self._edge, (self.width - block) // 2) if self.page else self._edge

    @property
    def measure(self) -> int:
        """The columns that a text has."""
        return min(MEASURE, self.width - self._right) - self._edge

    @property
    def notes_wide(self) -> int:
        """How wide the margin is in which notes stand; 0 where they have no room."""
        return WIDEST_ROW - 2 * self._edge - self.measure - GAP if self.columns and self.width >= NOTES_FROM else 0

    @property
    def notes(self) -> int:
        """The column at which notes in the margin begin."""
        return self.margin + self.measure + GAP

    @property
    def across(self) -> int:
        """The columns of what may be wider than a text: with the margin where notes stand, if there is one."""
        if self.page and not self.notes_wide:
            return self.measure
        return self.room

    @property
    def room(self) -> int:
        """The columns of a figure."""
        return min(WIDEST_ROW, self.width) - self._edge - self._right

    @property
    def airy(self) -> bool:
        """Whether the page has blank lines for its looks."""
        return self.page and self.width >= WIDE_ENOUGH and not self.low

    @property
    def _edge(self) -> int:
        """The columns that stay free at an edge of the screen, at least."""
        return 2 if self.width >= WIDE_ENOUGH else int(self.width >= NARROW)

    @property
    def _right(self) -> int:
        """The columns that stay free at the right, at least: on a page, and in a panel."""
        return self._edge if self.page or not self.columns else 0

    def figure(self, name: str, lines: Sequence[Line]) -> list[Line]:
        """Set a figure under its title; nothing where there is nothing to draw."""
        left = max(self._edge, (self.width - self.room) // 2) if self.page else self._edge
        title = set_text(TITLES[name], self.room, "scene")
        return [*(indent_line(line, left) for line in [*title, *lines]), BLANK] if lines else []

    def text(self, text: str, style: str = "", *, indent: int = 0, paced: bool = False) -> list[Line]:
        """Set a text in one style; with `paced` it is revealed in time."""
        return self.set(cut_words([Span(text)], style, paced=paced), indent=indent)

    def labelled(self, label: str, text: str, style: str = "", *, indent: int = 0) -> list[Line]:
        """Set a text with a label before its first line, and the other lines under the text."""
        first, *others = self.text(text, style, indent=indent + len(label)) or [BLANK]
        before = Piece(" " * (self.margin + indent) + label, style)
        return [Line((before, *first.pieces[1:])) if self.margin + indent + len(label) else first, *others]

    def centred(self, text: str, style: str = "") -> list[Line]:
        """Set a text in the middle of a page; elsewhere as any other."""
        lines = wrap(cut_words([Span(text)], style, paced=False), max(self.measure, 1))
        free = [(self.across - cell_len(line.text)) // 2 if self.page else 0 for line in lines]
        return [indent_line(line, self.margin + before) for before, line in zip(free, lines, strict=True)]

    def hung(self, text: str, style: str = "", *, paced: bool = False) -> list[Line]:
        """Set what is told about a passage, set apart from it by a mark under which nothing stands."""
        if not self.barred:
            return self.text(text, style, paced=paced)
        first, *others = self.text(text, style, indent=len(POINTER), paced=paced) or [BLANK]
        mark = Piece(" " * self.margin + POINTER, style)
        return [Line((mark, *first.pieces[1:])), *others]

    def set(self, words: Sequence[tuple[Piece, ...]], *, indent: int = 0) -> list[Line]:
        """Set words that are cut and styled already."""
        left = self.margin + indent
        return [indent_line(line, left) for line in wrap(words, max(self.measure - indent, 1))]


def title_frame(width: int, rows: int = 0) -> Frame:
    """Return the frame of a title page: in the middle of a window, and in its upper half where it is high."""
    above = max(1, (rows - TITLE_ROWS) // 3)
    return Frame(width, columns=False, page=True, above=above)
