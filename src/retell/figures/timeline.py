"""Find when each scene and each phase is, and where their days stand on a line."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from retell.story.dates import MONTHS
from retell.story.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.story.model import Phase
    from retell.story.prose import Prose
    from retell.story.told import Told

DIVISIONS = (1, 2, 3, 6, *(12 * step * 10**power for power in range(4) for step in (1, 2, 5)))  # months
DAYS_A_MONTH = 30.44


class Moment(msgspec.Struct, frozen=True):
    """One line of the timeline: when, in words; which scene tells it, by number (from 1) and title; its gist.

    `phase` is the id of its phase; `first` and `last` are the first and the last day that `when` can mean.
    """

    when: str
    number: int
    title: str
    phase: str
    gist: Prose
    first: date
    last: date


class PhaseSpan(msgspec.Struct, frozen=True):
    """When a phase is: in words, and as its first and last day."""

    id: str
    title: str
    when: str
    first: date
    last: date


def moments(told: Told) -> tuple[Moment, ...]:
    """Return the dated scenes of the story's own phases, in the order of telling."""
    frames = {phase.id for phase in told.story.phases if phase.frame}
    return tuple(
        Moment(
            str(scene.when),
            scene.number,
            set_line(scene.title),
            scene.phase,
            scene.gist,
            scene.when.first,
            scene.when.last,
        )
        for scene in told.scenes
        if scene.when and scene.phase not in frames
    )


def phase_spans(told: Told) -> tuple[PhaseSpan, ...]:
    """Return when the story's own phases are, in their order; one that gives no dates lasts as long as its scenes."""
    found = (_phase_span(told, phase) for phase in told.story.phases if not phase.frame)
    return tuple(span for span in found if span)


def _phase_span(told: Told, phase: Phase) -> PhaseSpan | None:
    title = set_line(phase.title)
    if phase.span:
        return PhaseSpan(phase.id, title, str(phase.span), phase.span.first, phase.span.last)
    dated = [scene.when for scene in told.scenes if scene.phase == phase.id and scene.when]
    if not dated:
        return None
    return PhaseSpan(phase.id, title, "", min(when.first for when in dated), max(when.last for when in dated))


class Row(NamedTuple):
    """A bar of the timeline: a phase's, or a scene's with its number; its date in words, its first and last day."""

    number: int | None
    title: str
    when: str
    first: date
    last: date


def rows(moments: Sequence[Moment], spans: Sequence[PhaseSpan]) -> list[Row]:
    """Return each phase and, below it, its scenes."""
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
        """Return the scale of these rows, from the beginning of a month."""
        return cls(min(row.first for row in given).replace(day=1), max(row.last for row in given), length)

    @property
    def day(self) -> float:
        """How long a day is."""
        return self.length / ((self.last - self.first).days + 1)

    def start(self, day: date) -> float:
        """Return where a day begins."""
        return (day - self.first).days * self.day

    def end(self, day: date) -> float:
        """Return where a day ends."""
        return self.start(day) + self.day

    def divisions(self, letter: float) -> list[tuple[float, str]]:
        """Return where years begin, or months where their names have room, and the names; a letter is so wide."""
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
        """Yield the first days of all periods of so many months that begin on the line."""
        whole = self.first.year * 12 + self.first.month - 1 + (self.first.day > 1)
        for month in range(-(-whole // months) * months, self.last.year * 12 + self.last.month, months):
            yield date(month // 12, month % 12 + 1, 1)


def _name(day: date, *, in_months: bool) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}" if in_months else str(day.year)
