"""Draw a timeline: a bar for each scene and phase, on one line of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from retell.figures.scale import NOT_TO_SCALE, Scale
from retell.figures.timeline import Row, rows
from retell.story.dates import shorten
from retell.terminal.layout.lines import BLANK, Line, Piece, in_ascii, set_labelled, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.figures.timeline import Moment, PhaseSpan

SIDE_BY_SIDE = 56  # columns from which titles stand beside their bars; below, above them
MOST_TITLE_COLUMNS = 30
MOST_COLUMNS = 120
GAP = 2  # columns between a title and its bar
SCENE, PHASE = "█", "░"
LINE, DIVISION = "─", "┬"
MARK, HERE = "▶", "you are here"
WITHOUT_DATE = 2  # how many pieces a bar has that had no room for its date


def draw_timeline(  # noqa: PLR0913 - the last three are named, and may be left out
    moments: Sequence[Moment],
    spans: Sequence[PhaseSpan],
    width: int,
    *,
    here: int | None = None,
    plain: bool = False,
    ascii: bool = False,
) -> list[Line]:
    """Draw the phases and scenes of a story on one scale of time, for a width in columns.

    `here` is the number of the scene that the reader is in. `plain` says the same in words.
    """
    found = rows(moments, spans)
    if not found:
        return []
    lines = list(_tell(found, width, here)) if plain else _draw(found, width, here)
    return in_ascii(lines) if ascii else lines


def _draw(found: Sequence[Row], width: int, here: int | None) -> list[Line]:
    drawing = _Drawing(found, width, here)
    lines = [*drawing.axis(), *(line for row in found for line in drawing.row(row)), *drawing.remark()]
    is_there = here is not None and any(row.number == here for row in found)
    return [*lines, BLANK, Line((Piece(f"{MARK} {HERE}", "cite"),))] if is_there else lines


class _Drawing:
    """Rows for one width, on one scale of time."""

    def __init__(self, found: Sequence[Row], width: int, here: int | None) -> None:
        self._here = here
        self._width = min(width, MOST_COLUMNS)
        self._beside = width >= SIDE_BY_SIDE
        titles = max(cell_len(row.title) + cell_len(self._label(row)) for row in found)
        self._start = min(titles, MOST_TITLE_COLUMNS, self._width // 2) + GAP if self._beside else 0
        self._columns = self._width - self._start
        self._scale = Scale.over(found, self._columns)

    def axis(self) -> list[Line]:
        """Draw the line of time, with the names of its divisions above it."""
        names, line = " " * self._columns, LINE * self._columns
        for start, name in self._scale.divisions(letter=1):
            column = int(start)
            names = names[:column] + name + names[column + len(name) :]
            line = line[:column] + DIVISION + line[column + 1 :]
        left = " " * self._start
        return [Line((Piece(left + names.rstrip()),)), Line((Piece(left), Piece(line, "quiet")))]

    def remark(self) -> list[Line]:
        """Say where the line is not to scale."""
        return [] if self._scale.is_to_scale else set_text(NOT_TO_SCALE, self._width, "quiet")

    def row(self, row: Row) -> list[Line]:
        """Draw a bar and its title: beside it, or where that leaves too little room, above it."""
        style = "scene" if row.number in (None, self._here) else ""
        label = self._label(row)
        room = self._start - GAP if self._beside else self._width
        first, *others = set_labelled(label, row.title, room, style, style)
        when = shorten(row.when)
        if not self._beside:
            whens = set_text(when, room, "quiet", indent=cell_len(label))
            return [first, *others, *whens, Line(tuple(self._bar(row, "")))]
        filler = Piece(" " * (self._start - cell_len(first.text)))
        bar = self._bar(row, when)
        below = set_text(when, self._width, "quiet", indent=self._start) if len(bar) == WITHOUT_DATE else []
        return [Line((*first.pieces, filler, *bar)), *others, *below]

    def _bar(self, row: Row, label: str) -> list[Piece]:
        """Draw a bar with its date behind it, or before it, or, where neither has room, alone."""
        start = min(int(self._scale.start(row.first)), self._columns - 1)
        end = max(start + 1, round(self._scale.end(row.last)))
        bar = Piece((SCENE if row.number else PHASE) * (end - start), "cite")
        room = cell_len(label) + 1
        if label and end + room <= self._columns:
            return [Piece(" " * start), bar, Piece(f" {label}", "quiet")]
        if label and room <= start:
            return [Piece(" " * (start - room)), Piece(f"{label} ", "quiet"), bar]
        return [Piece(" " * start), bar]

    def _label(self, row: Row) -> str:
        """Return what stands before a title: whether the reader is there, and the scene's number."""
        return f"{MARK if row.number == self._here else ' '} {row.number:>2}  " if row.number else ""


def _tell(found: Sequence[Row], width: int, here: int | None) -> Iterator[Line]:
    for row in found:
        if row.number is None:
            yield from set_text(", ".join(filter(None, (row.title, row.when))), width, "scene")
        else:
            said = f"Scene {row.number} ({row.when}): {row.title}{f' ({HERE})' * (row.number == here)}"
            yield from set_text(said, width, indent=2, hang=2)
