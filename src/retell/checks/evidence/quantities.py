"""Stage 6, beside the checks: a text in, its numbers and dates out as values, however they are written.

`1,700` is 1700, `four` is 4, `$360 million` is 360000000, `two dozen` is 24, `noon` is 12:00, `2022–23` is two years.
The word "one" alone is no number here: in prose it is mostly a pronoun. Offsets are 0-based characters of the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.story.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal["number", "percent", "ordinal", "clock", "day", "month", "weekday", "year", "decade"]
Value: TypeAlias = tuple[Kind, Decimal]

FEW = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
UNITS = {word: value for value, word in enumerate(FEW + TEENS)}
TENS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
ORDINALS = (
    {IRREGULAR.get(word, f"{word}th"): value for word, value in UNITS.items() if value}
    | {"twelfth": 12}
    | {f"{word[:-1]}ieth": value for word, value in TENS.items()}
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"Sept": 9}
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | SHORT_MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(sorted(SHORT_MONTHS, reverse=True))})\.)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_UNITS, _TENS = "|".join(UNITS), "|".join(TENS)
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[\s-](?:{_UNITS})\b)?|(?:{_UNITS}))\b"
_BELOW_THOUSAND = (
    rf"(?:(?:(?:an?|{_BELOW_HUNDRED})\s(?:hundred|dozen)\b(?:\s(?:and\s)?{_BELOW_HUNDRED})?)|{_BELOW_HUNDRED})"
)
_BIG = r"(?:thousand|million|billion)"
_WORDS = (
    rf"(?:(?:an?|{_BELOW_THOUSAND})[\s-]{_BIG}\b"
    rf"(?:,?\s(?:and\s)?{_BELOW_THOUSAND}(?:\s{_BIG}\b)?)*|half\san?\s(?:dozen|hundred|{_BIG})\b|{_BELOW_THOUSAND})"
)
# what starts with a figure, with a capital of a month or a day, or with a letter of a number; looked at in that order
TOKEN = re.compile(
    rf"""(?<!\w)(?<!\d[.,])(?:(?=\d)(?:
      (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\w)
    | (?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d)(?!\d)(?:\s*(?P<half>[ap])\.?m\b)?
    | (?P<hour>(?:0?[1-9]|1[0-2])(?:[.][0-5]\d)?)\s*(?P<hourhalf>[ap])\.?m\b
    | (?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month1>{_MONTH})(?:,?\s+(?P<year1>{_YEAR}))?(?!\w)
    | (?P<decade>\d{{3}}0)'?s\b
    | (?P<year>{_YEAR})(?:\s?[–/-]\s?(?P<upto>(?:\d\d)?\d\d)(?![\w-]))?(?![.,]?\d)\b
      (?!%|\s(?:per\s?cent|dozen|hundred|{_BIG}))
    | (?P<rank>\d{{1,9}})(?:st|nd|rd|th)\b
    | (?P<figure>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)
      (?:\s?(?P<percent>%|per\s?cent\b)|[\s-](?P<scale>dozen|hundred|{_BIG})\b)?
    )|(?=[A-Z])(?:
      (?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year2>{_YEAR}))?(?!\w)
    | (?P<month3>{_MONTH})(?:,?\s+(?P<year3>{_YEAR}))?(?!\w)
    | (?P<weekday>{"|".join(WEEKDAYS)})s?\b
    )|(?=[aefhmnostzAEFHMNOSTZ])(?i:
      (?P<noon>noon|midday|midnight)\b
    | (?:(?P<ordertens>{_TENS})[\s-])?(?P<ordinal>{"|".join(ORDINALS)})\b
    | (?P<words>{_WORDS})(?:\s(?P<wordpercent>per\s?cent)\b)?
    ))""",
    re.VERBOSE,
)

DIGIT, LETTERS, RUN = re.compile(r"\d"), re.compile("[a-z]+"), re.compile(r"\d+|[A-Za-z]+")
TELLING = frozenset(
    {*UNITS, *TENS, *SCALES, *ORDINALS, "half", "noon", "midday", "midnight", "percent", "cent"}
    | {name.lower() for name in (*MONTH_NUMBERS, *WEEKDAYS)}
    | {f"{day.lower()}s" for day in WEEKDAYS}
) - {"one"}
FIRST = TELLING | {"one", "a", "an"}
"""The words that a quantity can begin with."""


class Quantity(msgspec.Struct, frozen=True):
    """One number or date: its kind, its value, and where in the text it stands."""

    kind: Kind
    value: Decimal
    start: int
    end: int

    @property
    def meaning(self) -> Value:
        """What it is compared by; `1700` may be a year or a number, and only its reader knows."""
        return ("number" if self.kind == "year" else self.kind), self.value


def quantities(text: str) -> list[Quantity]:
    """Give the quantities of a text in order; a date gives one for each of its parts."""
    if not DIGIT.search(text) and TELLING.isdisjoint(LETTERS.findall(text.lower())):
        return []  # most texts have none, and this is told quickly
    return [
        Quantity(kind, Decimal(value), match.start(), match.end())
        for match in _tokens(text)
        for kind, value in _read(match)
    ]


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Find each quantity; their pattern is slow, and is tried only where one can begin."""
    at = 0
    for run in RUN.finditer(text):
        may_begin = run.start() >= at and (not run[0][0].isalpha() or run[0].lower() in FIRST)
        if may_begin and (match := TOKEN.match(text, run.start())):
            at = match.end()
            yield match


def _read(match: re.Match[str]) -> Iterator[tuple[Kind, Decimal | int]]:
    if match["figure"]:
        value = Decimal(match["figure"].replace(",", "")) * SCALES.get(match["scale"], 1)
        yield ("percent" if match["percent"] else "number"), value
    elif match["words"]:
        yield from _in_words(match)
    elif match["rank"] or match["ordinal"]:
        yield "ordinal", int(match["rank"] or _ordinal(match))
    elif match["weekday"]:
        yield "weekday", WEEKDAYS.index(match["weekday"])
    elif match["clock"] or match["hour"] or match["noon"]:
        yield "clock", _clock(match)
    else:
        yield from _date(match)


def _ordinal(match: re.Match[str]) -> int:
    return TENS.get((match["ordertens"] or "").lower(), 0) + ORDINALS[match["ordinal"].lower()]


def _clock(match: re.Match[str]) -> int:
    """Give the minutes since midnight."""
    if match["noon"]:
        return 0 if match["noon"].lower() == "midnight" else 12 * 60
    parts = re.split("[:.]", match["clock"] or match["hour"])
    hours, minutes = int(parts[0]), int(parts[1] if len(parts) > 1 else 0)
    if half := match["half"] or match["hourhalf"]:
        hours = hours % 12 + (12 if half == "p" else 0)
    return hours * 60 + minutes


def _date(match: re.Match[str]) -> Iterator[tuple[Kind, int]]:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        yield from (("month", month), ("day", month * 100 + day), ("year", year))
    elif match["decade"]:
        yield "decade", int(match["decade"])
    elif match["year"]:
        upto = match["year"][: 4 - len(match["upto"] or "")] + (match["upto"] or "")
        yield from (("year", year) for year in sorted({int(match["year"]), max(int(match["year"]), int(upto))}))
    else:
        name = match["month1"] or match["month2"] or match["month3"]
        month = MONTH_NUMBERS[name.rstrip(".")]
        yield "month", month
        if written := match["day1"] or match["day2"]:
            yield "day", month * 100 + int(written)
        if written := match["year1"] or match["year2"] or match["year3"]:
            yield "year", int(written)


def _in_words(match: re.Match[str]) -> Iterator[tuple[Kind, Decimal | int]]:
    """Read a number in words; "one" alone is none."""
    words = [word for word in re.split(r"[\s,-]+", match["words"].lower()) if word not in ("a", "an", "and")]
    if words == ["one"] and not match["wordpercent"]:
        return
    total, part, half = 0, 0, words[0] == "half"
    for word in words[half:]:
        scale = SCALES.get(word)
        if scale is None:
            part += UNITS.get(word, 0) + TENS.get(word, 0)
        elif scale < 1000:
            part = (part or 1) * scale
        else:
            total, part = total + (part or 1) * scale, 0
    yield ("percent" if match["wordpercent"] else "number"), Decimal(total + part) / (2 if half else 1)
