"""Stage 5, beside figures: moments and phases in, the rows of a timeline out, and where their days stand on a line."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from retell.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.figures import Moment, PhaseSpan

DIVISIONS = (1, 2, 3, 6, *(12 * step * 10**power for power in range(4) for step in (1, 2, 5)))  # months
DAYS_A_MONTH = 30.44


class Row(NamedTuple):
    """A bar of the timeline: a phase's, or a scene's with its number; its date in words, its first and last day."""

    number: int | None
    title: str
    when: str
    first: date
    last: date


def rows(moments: Sequence[Moment], spans: Sequence[PhaseSpan]) -> list[Row]:
    """Give each phase and, below it, its scenes."""
    found = []
    for span in spans:
        found.append(Row(None, span.title, span.when, span.first, span.last))
        scenes = (each for each in moments if each.phase == span.id)
        found += [Row(each.number, each.title, each.when, each.first, each.last) for each in scenes]
    return found


class Scale(NamedTuple):
    """A line of some length, for the days from the first to the last; its unit is the drawing's."""

    first: date
    last: date
    length: float

    @classmethod
    def over(cls, given: Sequence[Row], length: float) -> Scale:
        """Give the scale of these rows, from the beginning of a month."""
        return cls(min(row.first for row in given).replace(day=1), max(row.last for row in given), length)

    @property
    def day(self) -> float:
        """How long a day is."""
        return self.length / ((self.last - self.first).days + 1)

    def start(self, day: date) -> float:
        """Give where a day begins."""
        return (day - self.first).days * self.day

    def end(self, day: date) -> float:
        """Give where a day ends."""
        return self.start(day) + self.day

    def divisions(self, letter: float) -> list[tuple[float, str]]:
        """Give where years begin, or months where their names have room, and the names; a letter is so wide."""
        for months in DIVISIONS:
            in_months = months < 12
            room = len("May 2001" if in_months else "2001") + 2
            if months * DAYS_A_MONTH * self.day < (room - 1) * letter:
                continue
            named = [(self.start(day), _name(day, in_months=in_months)) for day in self._beginnings(months)]
            gaps = (later[0] - earlier[0] for earlier, later in pairwise(named))
            if named and min(gaps, default=room * letter) >= room * letter - letter:
                return [(start, name) for start, name in named if start + len(name) * letter <= self.length]
        return []

    def _beginnings(self, months: int) -> Iterator[date]:
        """Give the first days of all periods of so many months that begin on the line."""
        whole = self.first.year * 12 + self.first.month - 1 + (self.first.day > 1)
        for month in range(-(-whole // months) * months, self.last.year * 12 + self.last.month, months):
            yield date(month // 12, month % 12 + 1, 1)


def _name(day: date, *, in_months: bool) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}" if in_months else str(day.year)
