"""Read dates that are only partly known: their first and last day, and how they are said.

Written as ISO 8601 reduced precision and ranges, a subset of EDTF level 0 (https://www.loc.gov/standards/datetime/):
`2023-04-23`, `2023-09`, `2020`, `2022-12/2023-01`. Nothing is ever made more exact than it was written.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
# not the calendar module's month names, which speak the reader's language
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


class When(msgspec.Struct, frozen=True):
    """A date or a range as written, with its first and last possible day."""

    text: str
    first: date
    last: date

    def __str__(self) -> str:
        """Return the date in words: `23 April 2023`, `September 2023`, `December 2022 – January 2023`."""
        start, _, end = self.text.partition("/")
        if not end:
            return _words(start)
        if start[:4] == end[:4] and len(start) == len(end) > 4:
            return f"{_words(start).rsplit(' ', 1)[0]} – {_words(end)}"
        between = "–" if len(start) == len(end) == 4 else " – "
        return f"{_words(start)}{between}{_words(end)}"


def parse_when(text: str) -> When:
    """Read a date or range; raises ValueError, with a sentence for the author, when it is none."""
    start, slash, end = text.partition("/")
    first, last = _days(start)
    if slash:
        _, last = _days(end)
        if last < first:
            raise ValueError(f"'{text}' ends before it starts")
    return When(text, first, last)


def shorten(words: str) -> str:
    """Shorten the months of a date in words to three letters: `23 Apr 2023`."""
    return " ".join(word[:3] if word in MONTHS else word for word in words.split())


def _days(part: str) -> tuple[date, date]:
    match = PART.fullmatch(part)
    if match is None:
        raise ValueError(f"'{part}' is no date: write 2023, 2023-04 or 2023-04-23, and a range with '/'")
    year, month, day = (int(number) if number else None for number in match.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueError(f"'{part}' is no day of the calendar") from None
    if day:
        return first, first
    if month in (None, 12):
        return first, first.replace(month=12, day=31)
    return first, first.replace(month=first.month + 1) - timedelta(days=1)


def _words(part: str) -> str:
    year, _, rest = part.partition("-")
    month, _, day = rest.partition("-")
    return " ".join(filter(None, (day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year)))
