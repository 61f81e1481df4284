"""Lay time out on a line: to scale, or with long stretches shortened where most scenes would stand in one place."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retell.story.dates import MONTHS
from retell.story.instants import MINUTES_A_DAY, Instant, on_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retell.figures.timeline import Row

Division: TypeAlias = "tuple[int, Callable[[Instant], str], float, Iterator[Instant]]"
NOT_TO_SCALE = "Not to scale: long stretches of time are drawn shorter."
DAYS_A_MONTH = 30.44
HOURS = (1, 2, 3, 6, 12)
DAYS = (1, 2, 5, 10)
MONTHS_APART = (1, 2, 3, 6, *(12 * step * 10**power for power in range(6) for step in (1, 2, 5)))
BY_MONTHS = 45  # days from which a line begins with a month
APART = 1 / 40  # of a line: scenes that begin nearer to each other seem to begin together
PRESSED = 0.5  # the share of scenes' beginnings that may seem to be those of others before
LEAST = 0.6  # the share of a line not to scale that its stretches have in equal parts, at least


class Scale(NamedTuple):
    """A line of some length; its unit is the drawing's. `knots` are days and where they stand, in order."""

    length: float
    knots: tuple[tuple[float, float], ...]
    named: tuple[Instant, ...] = ()
    has_hours: bool = False

    @classmethod
    def over(cls, given: Sequence[Row], length: float) -> Scale:
        """Return the scale of these rows, from the beginning of a month, of a day or, where there are hours, of one."""
        earliest, end = min(row.first for row in given), max(map(_end, given))
        first = earliest._replace(minute=earliest.minute // 60 * 60)
        if end - first.days >= BY_MONTHS or not _has_hours(given):
            first = earliest._replace(day=1, minute=0)
        to_scale = cls(length, ((first.days, 0.0), (end, length)), (), _has_hours(given))
        begin = {row.first for row in given if row.number is not None}
        places = [int(to_scale.start(instant) / length / APART) for instant in begin]
        if len(begin) < 3 or len(set(places)) > len(begin) * PRESSED:
            return to_scale
        return cls(length, _shortened(given, length), tuple(sorted({row.first for row in given})))

    @property
    def is_to_scale(self) -> bool:
        """Whether every day is as long as every other."""
        return not self.named

    def start(self, instant: Instant) -> float:
        """Return where a minute stands."""
        return self._place(instant.days)

    def end(self, instant: Instant) -> float:
        """Return where a minute ends."""
        return self._place(instant.days + 1 / MINUTES_A_DAY)

    def _place(self, day: float) -> float:
        at = min(max(bisect_right(self.knots, (day, float("inf"))), 1), len(self.knots) - 1)
        (before, left), (after, right) = self.knots[at - 1], self.knots[at]
        return left + (day - before) * ((right - left) / (after - before))

    def divisions(self, letter: float) -> list[tuple[float, str]]:
        """Return where years, months, days or hours begin, as fine as their names have room; a letter is so wide."""
        if not self.is_to_scale:
            return self._of_rows(letter)
        (first, _), (end, length) = self.knots[0], self.knots[-1]
        a_day = length / (end - first)
        for wide, name, days, beginnings in self._periods(first, end):
            if days * a_day < (wide + 1) * letter:
                continue
            named = [(self.start(each), name(each)) for each in beginnings]
            gaps = (later[0] - earlier[0] for earlier, later in pairwise(named))
            room = (wide + 2) * letter
            if named and min(gaps, default=room) >= room - letter:
                return [(start, name) for start, name in named if start + len(name) * letter <= self.length]
        return []

    def _periods(self, first: float, end: float) -> Iterator[Division]:
        """Yield the kinds of divisions, finest first: how wide a name is, and which, how many days apart, and where."""
        if self.has_hours and end - first < BY_MONTHS:
            for hours in HOURS:
                yield len("11 a.m."), _hour, hours / 24, _hours(first, end, hours)
            for days in DAYS:
                yield len("19 Apr"), _day, days, (on_day(day) for day in range(-int(-first // 1), int(end), days))
        years = max(len(_year(on_day(int(day // 1)))) for day in (first, end))
        for months in MONTHS_APART:
            wide = max(len("2001"), years) + len("May ") * (months < 12)
            yield wide, _month if months < 12 else _year, months * DAYS_A_MONTH, _months(first, end, months)

    def _of_rows(self, letter: float) -> list[tuple[float, str]]:
        """Name where rows begin, as many as have room; the day of an hour only where it is another."""
        found: list[tuple[float, str]] = []
        free, day = 0.0, (0, 0, 0)
        for instant in self.named:
            start, name = self.start(instant), _full_name(instant, same_day=instant[:3] == day)
            if start >= free and start + len(name) * letter <= self.length:
                found.append((start, name))
                free, day = start + (len(name) + 1) * letter, instant[:3]
        return found


def _has_hours(given: Sequence[Row]) -> bool:
    return any(row.first.minute or row.last.minute != MINUTES_A_DAY - 1 for row in given)


def _end(row: Row) -> float:
    return row.last.days + 1 / MINUTES_A_DAY


def _shortened(given: Sequence[Row], length: float) -> tuple[tuple[float, float], ...]:
    """Return a line in which every stretch between two ends of rows has room, the long ones more of it."""
    edges = sorted({edge for row in given for edge in (row.first.days, _end(row))})
    whole, least = edges[-1] - edges[0], LEAST / (len(edges) - 1)
    shares = [max((after - before) / whole, least) for before, after in pairwise(edges)]
    place, knots = 0.0, [(edges[0], 0.0)]
    for edge, share in zip(edges[1:], shares, strict=True):
        place += share * length / sum(shares)
        knots.append((edge, place))
    return tuple(knots)


def _hours(first: float, end: float, apart: int) -> Iterator[Instant]:
    for hour in range(-int(-first * 24 // apart) * apart, int(end * 24) + 1, apart):
        yield on_day(hour // 24)._replace(minute=hour % 24 * 60)


def _months(first: float, end: float, apart: int) -> Iterator[Instant]:
    """Yield the first days of all periods of so many months that begin on the line."""
    begin, last = on_day(int(first // 1)), on_day(int(end) - 1)
    whole = begin.year * 12 + begin.month - 1 + (begin.day > 1)
    for month in range(-(-whole // apart) * apart, last.year * 12 + last.month, apart):
        yield Instant(month // 12, month % 12 + 1)


def _hour(instant: Instant) -> str:
    return _clock(instant.minute) if instant.minute else _day(instant)


def _month(instant: Instant) -> str:
    return f"{MONTHS[instant.month - 1][:3]} {_year(instant)}"


def _full_name(instant: Instant, *, same_day: bool) -> str:
    if instant[1:] == (1, 1, 0):
        return _year(instant)
    if same_day:
        return _clock(instant.minute)
    day = f"{instant.day} " * (instant.day > 1 or bool(instant.minute)) + f"{MONTHS[instant.month - 1][:3]} "
    return day + _year(instant) + (f", {_clock(instant.minute)}" if instant.minute else "")


def _day(instant: Instant) -> str:
    return f"{instant.day} {MONTHS[instant.month - 1][:3]}"


def _year(instant: Instant) -> str:
    return str(instant.year) if instant.year > 0 else f"{1 - instant.year} BC"


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    minutes = f":{rest:02}" if rest else ""
    return f"{(hour - 1) % 12 + 1}{minutes} {'p.m.' if hour >= 12 else 'a.m.'}"
