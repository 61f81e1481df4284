"""What a drawing's sheet is made of, how wide its words are, and how they are set in lines.

A sheet is 8 cm wide on paper; its unit is then a point (1/72 inch), so that a letter of six units can still be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, takewhile
from typing import Literal

import msgspec
from rich.cells import cell_len

from retell.figures.labelling import Box
from retell.story.columns import chop

WIDTH = 227.0  # 8 cm in points
MARGIN = 4.0
LARGE, SMALL = 7.5, 6.5  # sizes of letters
LEADING = 1.25  # a line's height for a letter's
# how wide letters are for their size: as in DejaVu Sans, the widest of the usual sans serif typefaces, or a little more
NARROW_LETTERS, NARROW = frozenset("fijlrtIJ.,:;!|/·'’()- "), 0.41
WIDE_LETTERS, WIDE = frozenset("mwMW%@&—…"), 1.0
SMALL_LETTER, CAPITAL, OTHER_SCRIPT, DOUBLE = 0.64, 0.79, 0.8, 1.1
BOLD = 1.12
FIRST_OF_OTHER_SCRIPTS = "\u0370"  # where Latin letters and their accents end
BLACK, GREY, LIGHT = "#000", "#555", "#ccc"


class Words(msgspec.Struct, frozen=True):
    """A line of text: a point of its base line, its parts, each with its language (or none), its size.

    The point is its start, its middle or its end.
    """

    x: float
    y: float
    parts: tuple[tuple[str, str], ...]
    size: float = LARGE
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"

    @property
    def box(self) -> Box:
        """The ground that it covers, by estimate."""
        wide = sum(measure(text, self.size, bold=self.bold) for text, _ in self.parts)
        left = self.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return Box(left, self.y - self.size * 0.8, left + wide, self.y + self.size * 0.25)


class Bar(msgspec.Struct, frozen=True):
    """A rectangle, filled."""

    x: float
    y: float
    width: float
    height: float
    fill: str = BLACK


class Stroke(msgspec.Struct, frozen=True):
    """A straight line; `dashes` are the lengths of its dashes and gaps (none: it is whole)."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.6
    dashes: str = ""
    colour: str = BLACK


class Dot(msgspec.Struct, frozen=True):
    """A disc."""

    x: float
    y: float
    radius: float = 2.2


class Sheet(msgspec.Struct, frozen=True):
    """All that is drawn, and how high it is."""

    height: float
    words: tuple[Words, ...] = ()
    bars: tuple[Bar, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    dots: tuple[Dot, ...] = ()


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is."""
    return sum(map(_letter, text)) * size * (BOLD if bold else 1.0)


def _letter(char: str) -> float:
    if char in NARROW_LETTERS:
        return NARROW
    if char in WIDE_LETTERS:
        return WIDE
    if char >= FIRST_OF_OTHER_SCRIPTS:
        return (0, OTHER_SCRIPT, DOUBLE)[cell_len(char)]
    return CAPITAL if char.isupper() else SMALL_LETTER


def set_lines(  # noqa: PLR0913 - where, how wide and how
    text: str,
    x: float,
    y: float,
    width: float,
    *,
    size: float = LARGE,
    bold: bool = False,
    language: str = "",
) -> list[Words]:
    """Set a text in lines from a first base line on; a word that is wider than the line is broken."""
    lines: list[str] = []
    for word in _broken(text.split(), width, size, bold):
        if lines and measure(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [Words(x, y + i * size * LEADING, ((line, language),), size, bold) for i, line in enumerate(lines)]


def _broken(words: Iterable[str], width: float, size: float, bold: bool) -> Iterable[str]:
    def fitting(text: str) -> int:
        wide = accumulate(measure(char, size, bold=bold) for char in text)
        return max(sum(1 for _ in takewhile(lambda used: used <= width, wide)), 1)

    for word in words:
        yield from chop(word, fitting)


def below(words: Iterable[Words], y: float) -> float:
    """Return the base line that follows the last of some words, or `y` where there are none."""
    return max((each.y + each.size * LEADING for each in words), default=y)
