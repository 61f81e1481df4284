"""Count time: minutes of days in years of any era, and the weekdays of both calendars."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

YEARS, DAYS = 400, 146_097  # after so many years, so many days, the Gregorian calendar begins anew
MINUTES_A_DAY = 24 * 60
LAST_OF_TWO_CALENDARS = 1752  # the year in which Britain and its colonies went over; France and Spain did in 1582


class Instant(NamedTuple):
    """A minute of a day; the year 0 is 1 BC, and the minute is counted from midnight."""

    year: int
    month: int = 1
    day: int = 1
    minute: int = 0

    @property
    def day_number(self) -> int:
        """The number of its day; that of 1 January of the year 1 is 1, and those before it are negative or 0."""
        rounds, year = divmod(self.year - 1, YEARS)
        return date(year + 1, self.month, self.day).toordinal() + rounds * DAYS

    @property
    def days(self) -> float:
        """The number of its day, and how much of the day has passed."""
        return self.day_number + self.minute / MINUTES_A_DAY

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays that it may be, Monday 0: while two calendars were in use both, each by its own count."""
        gregorian, julian = (self.day_number - 1) % 7, (self.day_number - 1 - self._ahead()) % 7
        if self.year > LAST_OF_TWO_CALENDARS:
            return (gregorian,)
        return (julian,) if self.year < 1582 else (gregorian, julian)

    def __str__(self) -> str:
        """Write its day as `1775-04-19`."""
        return f"{'-' * (self.year < 0)}{abs(self.year):04}-{self.month:02}-{self.day:02}"

    def _ahead(self) -> int:
        """Return by how many days a date of the Julian calendar names an earlier day if it is read as Gregorian."""
        century = (self.year - (self.month < 3)) // 100
        return -(century - century // 4 - 2)


def on_day(number: int) -> Instant:
    """Return the beginning of the day with this number."""
    rounds, rest = divmod(number - 1, DAYS)
    day = date.fromordinal(rest + 1)
    return Instant(day.year + rounds * YEARS, day.month, day.day)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    following = Instant(year + month // 12, month % 12 + 1)
    return following.day_number - Instant(year, month).day_number
