"""Decide what has room where on a screen, and set texts in lines of a reader's measure; widths are in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.figures import TITLES
from retell.story.prose import Span
from retell.terminal.layout.lines import BLANK, Line, Piece, cut_words, indent_line, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

MEASURE = 68  # design: lines of at most 68 characters
NOTES_FROM = 100  # design: from 100 columns up, citations stand in the margin
GAP = 3
WIDEST_ROW = 100
STYLES = {
    "": "",
    "plain": "",
    "emphasis": "italic",
    "quotation": "",
    "title": "bold",
    "phase": "bold reverse",
    "scene": "bold",
    "quote": "bold",
    "speaker": "bold",
    "aside": "italic magenta",
    "cite": "cyan",
    "marked": "bold underline",
    "quiet": "dim",
}


class Frame(msgspec.Struct, frozen=True):
    """What a drawing needs to know of the screen: its width, and whether things may stand side by side.

    `minutes` is how long the story takes at the reader's pace, for the title page.
    """

    width: int
    columns: bool = True
    minutes: int = 0

    @property
    def margin(self) -> int:
        """The columns that stay free on the left."""
        return 2 if self.width >= 60 else 0

    @property
    def measure(self) -> int:
        """The columns that a text has."""
        return min(MEASURE, self.width) - self.margin

    @property
    def notes(self) -> int:
        """The column at which notes in the margin begin, or 0 where they have no room."""
        return MEASURE + GAP if self.columns and self.width >= NOTES_FROM else 0

    @property
    def room(self) -> int:
        """The columns of a figure."""
        return min(WIDEST_ROW, self.width) - self.margin

    def figure(self, name: str, lines: Sequence[Line]) -> list[Line]:
        """Set a figure under its title; nothing where there is nothing to draw."""
        title = self.text(TITLES[name], "scene")
        return [*title, *(indent_line(line, self.margin) for line in lines), BLANK] if lines else []

    def text(self, text: str, style: str = "", *, indent: int = 0, paced: bool = False) -> list[Line]:
        """Set a text in one style; with `paced` it is revealed in time."""
        return self.set(cut_words([Span(text)], style, paced=paced), indent=indent)

    def labelled(self, label: str, text: str, style: str = "", *, indent: int = 0) -> list[Line]:
        """Set a text with a label before its first line, and the other lines under the text."""
        first, *others = self.text(text, style, indent=indent + len(label)) or [BLANK]
        before = Piece(" " * (self.margin + indent) + label, style)
        return [Line((before, *first.pieces[1:])) if self.margin + indent + len(label) else first, *others]

    def set(self, words: Sequence[tuple[Piece, ...]], *, indent: int = 0) -> list[Line]:
        """Set words that are cut and styled already."""
        left = self.margin + indent
        return [indent_line(line, left) for line in wrap(words, max(self.measure - indent, 1))]
