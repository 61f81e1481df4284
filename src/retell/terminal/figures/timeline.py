"""Stage 8, beneath page: moments and phases in, a timeline to scale out: a bar for each, on one line of years."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from retell.dates import MONTHS, shorten
from retell.terminal.lines import BLANK, Line, Piece, in_ascii, set_labelled, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.figures import Moment, PhaseSpan

SIDE_BY_SIDE = 56  # columns from which titles stand beside their bars; below, above them
MOST_TITLE_COLUMNS = 30
MOST_COLUMNS = 120
GAP = 2  # columns between a title and its bar
SCENE, PHASE = "█", "░"
LINE, DIVISION = "─", "┬"
MARK, HERE = "▶", "you are here"
DIVISIONS = (1, 2, 3, 6, *(12 * step * 10**power for power in range(4) for step in (1, 2, 5)))  # months
DAYS_A_MONTH = 30.44


class Scale(NamedTuple):
    """So many columns for the days from the first to the last."""

    first: date
    last: date
    columns: int

    def column(self, day: date) -> float:
        """Give where a day begins."""
        return (day - self.first).days * self.columns / ((self.last - self.first).days + 1)

    def bar(self, first: date, last: date) -> tuple[int, int]:
        """Give the first column of a bar and the one behind it; a bar is a column wide or more."""
        start = min(int(self.column(first)), self.columns - 1)
        return start, max(start + 1, round(self.column(last) + self.columns / ((self.last - self.first).days + 1)))

    def divisions(self) -> list[tuple[int, str]]:
        """Give the columns where years, or months where they have room, begin, and their names."""
        days_a_column = ((self.last - self.first).days + 1) / self.columns
        for months in DIVISIONS:
            in_months = months < 12
            room = len("May 2001" if in_months else "2001") + 2
            if months * DAYS_A_MONTH < (room - 1) * days_a_column:
                continue
            beginnings = _beginnings(self.first, self.last, months)
            named = [(int(self.column(day)), _name(day, in_months=in_months)) for day in beginnings]
            if named and min((later[0] - earlier[0] for earlier, later in pairwise(named)), default=room) >= room:
                return [(column, name) for column, name in named if column + cell_len(name) <= self.columns]
        return []


def _beginnings(first: date, last: date, months: int) -> Iterator[date]:
    """Give the first days of all periods of so many months that begin between two days."""
    whole = first.year * 12 + first.month - 1 + (first.day > 1)
    for month in range(-(-whole // months) * months, last.year * 12 + last.month, months):
        yield date(month // 12, month % 12 + 1, 1)


def _name(day: date, *, in_months: bool) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}" if in_months else str(day.year)


def draw_timeline(  # noqa: PLR0913 - the last three are named, and may be left out
    moments: Sequence[Moment],
    spans: Sequence[PhaseSpan],
    width: int,
    *,
    here: int | None = None,
    plain: bool = False,
    ascii: bool = False,
) -> list[Line]:
    """Draw the phases and scenes of a story on one scale of time, for so many columns.

    `here` is the number of the scene that the reader is in. `plain` says the same in words.
    """
    rows = _rows(moments, spans, here)
    if not rows:
        return []
    lines = list(_tell(rows, width)) if plain else _draw(rows, width)
    return in_ascii(lines) if ascii else lines


class _Row(NamedTuple):
    """A bar of the drawing: a phase's, or a scene's with its number."""

    number: int | None
    title: str
    when: str
    first: date
    last: date
    here: bool = False


def _rows(moments: Sequence[Moment], spans: Sequence[PhaseSpan], here: int | None) -> list[_Row]:
    """Give each phase and, below it, its scenes."""
    rows = []
    for span in spans:
        rows.append(_Row(None, span.title, span.when, span.first, span.last))
        rows += [
            _Row(each.number, each.title, each.when, each.first, each.last, here=each.number == here)
            for each in moments
            if each.phase == span.title
        ]
    return rows


def _draw(rows: Sequence[_Row], width: int) -> list[Line]:
    drawing = _Drawing(rows, width)
    lines = [*drawing.axis(), *(line for row in rows for line in drawing.row(row))]
    return [*lines, BLANK, Line((Piece(f"{MARK} {HERE}", "cite"),))] if any(row.here for row in rows) else lines


class _Drawing:
    """Rows for one width, on one scale of time."""

    def __init__(self, rows: Sequence[_Row], width: int) -> None:
        self._width = min(width, MOST_COLUMNS)
        self._beside = width >= SIDE_BY_SIDE
        titles = max(cell_len(row.title) + cell_len(_label(row)) for row in rows)
        self._start = min(titles, MOST_TITLE_COLUMNS, self._width // 2) + GAP if self._beside else 0
        first, last = min(row.first for row in rows), max(row.last for row in rows)
        self._scale = Scale(first.replace(day=1), last, self._width - self._start)

    def axis(self) -> list[Line]:
        """Draw the line of years, with their names above it."""
        names, line = " " * self._scale.columns, LINE * self._scale.columns
        for column, name in self._scale.divisions():
            names = names[:column] + name + names[column + len(name) :]
            line = line[:column] + DIVISION + line[column + 1 :]
        left = " " * self._start
        return [Line((Piece(left + names.rstrip()),)), Line((Piece(left), Piece(line, "quiet")))]

    def row(self, row: _Row) -> list[Line]:
        """Draw a bar and its title: beside it, or where that leaves too little room, above it."""
        style = "scene" if row.here or not row.number else ""
        label = _label(row)
        room = self._start - GAP if self._beside else self._width
        first, *others = set_labelled(label, row.title, room, style, style)
        if self._beside:
            filler = Piece(" " * (self._start - cell_len(first.text)))
            return [Line((*first.pieces, filler, *self._bar(row, shorten(row.when)))), *others]
        whens = set_text(shorten(row.when), room, "quiet", indent=cell_len(label))
        return [first, *others, *whens, Line(tuple(self._bar(row, "")))]

    def _bar(self, row: _Row, label: str) -> list[Piece]:
        """Draw a bar with its date behind it, or before it, or, where neither has room, alone."""
        start, end = self._scale.bar(row.first, row.last)
        bar = Piece((SCENE if row.number else PHASE) * (end - start), "cite")
        room = cell_len(label) + 1
        if label and end + room <= self._scale.columns:
            return [Piece(" " * start), bar, Piece(f" {label}", "quiet")]
        if label and room <= start:
            return [Piece(" " * (start - room)), Piece(f"{label} ", "quiet"), bar]
        return [Piece(" " * start), bar]


def _label(row: _Row) -> str:
    """Give what stands before a title: whether the reader is there, and the scene's number."""
    return f"{MARK if row.here else ' '} {row.number:>2}  " if row.number else ""


def _tell(rows: Sequence[_Row], width: int) -> Iterator[Line]:
    for row in rows:
        if row.number is None:
            yield from set_text(", ".join(filter(None, (row.title, row.when))), width, "scene")
        else:
            said = f"Scene {row.number} ({row.when}): {row.title}{f' ({HERE})' * row.here}"
            yield from set_text(said, width, indent=2, hang=2)
