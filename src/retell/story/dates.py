"""Read dates that are only partly known: their first and last minute, and how they are said.

Written as EDTF of level 1 has them (https://www.loc.gov/standards/datetime/), with hours alone as in ISO 8601:
`1775-04-19T05`, `2023-09`, `2020`, `2022-12/2023-01`, `1775~`, `177X`, `../1775`, `-0043`; or in English: `5 March
2019`. Nothing is ever made more exact than it was written.
"""

from __future__ import annotations

import re

import msgspec

from retell.story.instants import MINUTES_A_DAY, Instant, days_in

# not the calendar module's month names, which speak the reader's language
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
MARKS = {"": "", "~": "about ", "?": "possibly ", "%": "possibly about "}
OPEN, UNKNOWN = "..", ""
EARLIEST, LATEST = Instant(-(10**9)), Instant(10**9)
YEAR = r"Y-?[1-9]\d{4,8}|-?\d{4}|-?\d{3}X|-?\d\dXX"
CLOCK = r"T\d\d(?::\d\d(?::\d\d)?)?(?:Z|[+-]\d\d(?::\d\d)?)?"
PART = rf"(?:{YEAR})(?:-(?:\d\d|XX)(?:-(?:\d\d|XX)(?:{CLOCK})?)?)?[~?%]?"
WRITTEN = re.compile(
    rf"(?P<year>{YEAR})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)"
    r"(?:T(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?P<zone>Z|[+-]\d\d(?::\d\d)?)?)?)?)?(?P<mark>[~?%]?)",
    re.ASCII,
)
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|Sept)\.?"
IN_ENGLISH = (
    rf"(?:(?P<day>\d\d?)(?:st|nd|rd|th)? )?{_MONTH},? (?P<year>\d{{4}})",
    rf"{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    r"(?P<about>c\.|ca\.|circa|about) ?(?P<year>\d{4})",
    r"(?:the )?(?P<decade>\d{3})0s",
    r"(?P<before>\d{1,4}) (?:BCE?|B\.C\.)",
    r"AD (?P<year>\d{1,4})|(?P<era>\d{1,4}) (?:AD|CE)",
)


class Part(msgspec.Struct, frozen=True):
    """One end of a range, or a date that is none; what was not written is None.

    `year` counts 1 BC as 0. `unknown` is how many digits of it are: of 177X one, and the year is 1770. `minute` counts
    from midnight, with `to_the_minute` or else the beginning of an hour. `month` may be a season, 21 to 24.
    """

    year: int
    unknown: int = 0
    month: int | None = None
    day: int | None = None
    minute: int | None = None
    to_the_minute: bool = False
    zone: str = ""
    mark: str = ""

    @property
    def first(self) -> Instant:
        """The first minute that it can mean."""
        if self.month and self.month in SEASONS:
            return Instant(self.year, (self.month - 20) * 3)
        return Instant(self._years[0], self.month or 1, self.day or 1, self.minute or 0)

    @property
    def last(self) -> Instant:
        """The last minute that it can mean."""
        if self.month and self.month in SEASONS:
            year, month = (self.year + 1, 2) if self.month == 24 else (self.year, (self.month - 20) * 3 + 2)
            return Instant(year, month, days_in(year, month), MINUTES_A_DAY - 1)
        year, month = self._years[1], self.month or 12
        minute = MINUTES_A_DAY - 1 if self.minute is None else self.minute + (0 if self.to_the_minute else 59)
        return Instant(year, month, self.day or days_in(year, month), minute)

    @property
    def _years(self) -> tuple[int, int]:
        """Its first and last year; the digits of years before our era count backwards."""
        more = 10**self.unknown - 1
        return (self.year - more, self.year) if self.year < 0 else (self.year, self.year + more)

    @property
    def era(self) -> str:
        """The year in words: `1775`, `AD 14`, `44 BC`, `the 1770s`, `the 1700s`."""
        first, last = self._years
        if not self.unknown:
            return _year(first)
        if first >= 100:
            return f"the {first}s"
        return f"AD {max(first, 1)}–{last}" if first >= 0 else f"{1 - first}–{1 - last} BC"

    @property
    def month_and_day(self) -> str:
        """`19 April`, `April`, `spring` or nothing."""
        if not self.month:
            return ""
        month = SEASONS.get(self.month) or MONTHS[self.month - 1]
        return f"{self.day} {month}" if self.day else month

    @property
    def clock(self) -> str:
        """`5 a.m.`, `5:30 p.m. UTC`, `noon` or nothing."""
        if self.minute is None:
            return ""
        hour, minute = divmod(self.minute, 60)
        zone = f" UTC{'' if self.zone == 'Z' else self.zone.replace('-', '−')}" if self.zone else ""
        if not minute and hour in (0, 12):
            return ("noon" if hour else "midnight") + zone
        minutes = f":{minute:02}" if self.to_the_minute and minute else ""
        return f"{(hour - 1) % 12 + 1}{minutes} {'p.m.' if hour >= 12 else 'a.m.'}{zone}"

    def __str__(self) -> str:
        """Return it in words."""
        day = " ".join(filter(None, (self.month_and_day, self.era)))
        return MARKS[self.mark] + ", ".join(filter(None, (day, self.clock)))

    @property
    def exactness(self) -> tuple[bool, ...]:
        """What of it was written: two ends that are alike in this can share what they have in common."""
        return (bool(self.unknown or self.mark), self.month is None, self.day is None, self.minute is None)


class When(msgspec.Struct, frozen=True):
    """A date or a range as written, with its first and last possible minute; an open range reaches very far."""

    text: str
    first: Instant
    last: Instant
    parts: tuple[Part | None, ...]

    @property
    def is_day(self) -> bool:
        """Whether it is one day, or a time of one."""
        return self.first[:3] == self.last[:3]

    @property
    def drawn(self) -> tuple[Instant, Instant]:
        """Its first and last minute as far as they are written: of an open range its known end."""
        known = [part for part in self.parts if part]
        return known[0].first, known[-1].last

    @property
    def has_hours(self) -> bool:
        """Whether a time of day is written."""
        return any(part and part.minute is not None for part in self.parts)

    def __str__(self) -> str:
        """Return the date in words: `23 April 2023`, `September 2023`, `December 2022 – January 2023`, `about 1775`."""
        start, end = self.parts[0], self.parts[-1]
        if start is None or end is None:
            return _open(self.text, self.drawn_part)
        return str(start) if len(self.parts) == 1 else _range(start, end)

    @property
    def drawn_part(self) -> Part:
        """The end of an open range that is known."""
        return next(part for part in self.parts if part)


def parse_when(text: str) -> When:
    """Read a date or range; raises ValueError, with a sentence for the author, when it is none."""
    start, slash, end = text.partition("/")
    if not slash:
        part = _part(start)
        return When(text if WRITTEN.fullmatch(text) else _from_english(text), part.first, part.last, (part,))
    parts = tuple([None if each in (OPEN, UNKNOWN) else _part(each) for each in (start, end)])
    if not any(parts):
        raise ValueError(_no_date(text))
    first, last = parts[0].first if parts[0] else EARLIEST, parts[1].last if parts[1] else LATEST
    if last < first:
        raise ValueError(f"'{text}' ends before it starts")
    return When(text, first, last, parts)


def shorten(words: str) -> str:
    """Shorten the months of a date in words to three letters: `23 Apr 2023`."""
    return " ".join(word[:3] if word in MONTHS else word for word in words.split())


def _part(text: str) -> Part:
    match = WRITTEN.fullmatch(text) or WRITTEN.fullmatch(_from_english(text))
    if match is None:
        raise ValueError(_no_date(text))
    digits = match["year"].removeprefix("Y")
    number = {name: int(match[name]) for name in ("month", "day", "hour", "minute") if (match[name] or "XX") != "XX"}
    clock = number.get("hour", -1) * 60 + number.get("minute", 0)
    part = Part(
        year=int(digits.replace("X", "0")),
        unknown=digits.count("X"),
        month=number.get("month"),
        day=number.get("day"),
        minute=clock if "hour" in number else None,
        to_the_minute="minute" in number,
        zone=match["zone"] or "",
        mark=match["mark"],
    )
    if not _is_in_calendar(part) or int(match["second"] or 0) > 59 or number.get("minute", 0) > 59:
        raise ValueError(f"'{text}' is no {'time' if 'hour' in number else 'day'} of the calendar")
    return part


def _is_in_calendar(part: Part) -> bool:
    if part.month is None:
        return part.day is None
    if part.month in SEASONS:
        return part.day is None and not part.unknown
    if not 1 <= part.month <= 12 or (part.minute or 0) >= MINUTES_A_DAY or (part.minute is not None and not part.day):
        return False
    return part.day is None or (not part.unknown and 1 <= part.day <= days_in(part.year, part.month))


def _from_english(text: str) -> str:
    """Return a date in English as EDTF writes it, and any other text as it is."""
    match = next((found for form in IN_ENGLISH if (found := re.fullmatch(form, text, re.ASCII | re.IGNORECASE))), None)
    if match is None:
        return text
    said = match.groupdict()
    if said.get("decade"):
        return f"{said['decade']}X"
    year = 1 - int(said["before"]) if said.get("before") else int(said.get("year") or said.get("era") or 0)
    month = next((i for i, name in enumerate(MONTHS, 1) if name[:3] == (said.get("month") or "")[:3].title()), 0)
    day = int(said.get("day") or 0)
    written = f"{'-' * (year < 0)}{abs(year):04}" + f"-{month:02}" * bool(month) + f"-{day:02}" * bool(day)
    return written + "~" * bool(said.get("about"))


def _no_date(text: str) -> str:
    """Say how a date is written, by the year that the text seems to name."""
    found = re.search(r"(?<!\d)\d{4}(?!\d)", text, re.ASCII)
    year = found[0] if found else "2023"
    return f"'{text}' is no date: write {year}, {year}-04, {year}-04-23 or {year}-04-23T05, and a range with '/'"


def _year(number: int) -> str:
    if number <= 0:
        return f"{1 - number:,} BC" if number < -9998 else f"{1 - number} BC"
    return f"AD {number}" if number < 100 else str(number)


def _open(text: str, known: Part) -> str:
    """Say an open range, or one of which an end is unknown."""
    start, _, end = text.partition("/")
    if OPEN in (start, end):
        return f"{known} or {'earlier' if start == OPEN else 'later'}"
    return f"{known} to an unknown date" if start else f"an unknown date to {known}"


def _range(start: Part, end: Part) -> str:
    """Say a range; what its ends have in common is said once."""
    alike = start.exactness == end.exactness and not start.exactness[0]
    if alike and start.month is None:
        first, last = str(start), str(end)
        if start.year <= 0 and end.year <= 0:
            first = first.removesuffix(" BC")
        elif start.year <= 0 or end.year < 100:
            return f"{first} – {last}" if start.year <= 0 else f"{first}–{end.year}"
        return f"{first}–{last}"
    if alike and start.minute is not None and start.first[:3] == end.first[:3] and start.zone == end.zone:
        return f"{str(start).removesuffix(start.clock)}{_hours(start, end)}"
    if alike and start.minute is None and start.year == end.year:
        return f"{start.month_and_day} – {end}"
    return f"{start} – {end}"


def _hours(start: Part, end: Part) -> str:
    """Say two times of one day: `5–7 a.m.`, `5 a.m. – 3 p.m.`."""
    first, half = start.clock.split(" ", 1) if " " in start.clock else (start.clock, "")
    return f"{first}–{end.clock}" if half and end.clock.endswith(half) else f"{start.clock} – {end.clock}"
