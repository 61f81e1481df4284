"""The forms of dates: days, months, years, decades, eras, weekdays.

Each style of British, American and older print: `10 November 2020`, `Nov. 10`, `the 10th of November`, `the tenth of
November`, `10-12 November`, `10.11.2020`, `22d February`, `1774/5`, `'94`, `the nineties`, `44 BC`, `MDCCLXXV`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.evidence.forms import END, Form, Said, compiled, group, said
from retell.checks.evidence.nearby import ahead
from retell.checks.evidence.number_words import ORDINALS, TENS
from retell.story.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OLDER = {"Jany": 1, "Feby": 2, "Febry": 2, "Augt": 8, "Septr": 9, "Octr": 10, "Novr": 11, "Decr": 12}
SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"Sept": 9} | OLDER
MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH_NUMBERS |= {name.lower(): number for name, number in SHORT_MONTHS.items()}
ALSO_WORDS = ("may", "march")
DECADES = {f"{word[:-1]}ies": value for word, value in TENS.items()}
CENTURY_WORDS = {"seventeen": 1700, "eighteen": 1800, "nineteen": 1900}
FEASTS = {
    "new year's day": 101,
    "may day": 501,
    "bastille day": 714,
    "christmas eve": 1224,
    "christmas day": 1225,
    "boxing day": 1226,
    "new year's eve": 1231,
}
POUNDS = re.compile(r"(?:£\d+|\bpounds?),? $")
OF_AN_AGE = re.compile(r"\b(?:his|her|their|my|our|your)(?: (?:early|mid|late))?[ -]$", re.IGNORECASE)
PENCE = re.compile(r"\.? (?:and )?\d{1,2}d\b|\.(?! [A-Z]|$)")
CENTURIES = (1700, 1800, 1900, 2000)


def _cased(names: Iterable[str]) -> str:
    """Return the pattern of names as they are printed: with a capital, or all in capitals."""
    forms = sorted({form for name in names for form in (name, name.upper())}, key=len, reverse=True)
    return f"(?:{'|'.join(forms)})"


_FULL = _cased(MONTHS)
_SHORT = rf"{_cased(SHORT_MONTHS)}\b\.?"
_MONTH = rf"(?:{_FULL}\b|{_SHORT})"
_YEAR = r"(?:1\d|20|21)\d\d"
_IN_WORDS = "|".join([f"{tens}[ -]{unit}" for tens in ("twenty", "thirty") for unit in list(ORDINALS)[:9]])
_IN_WORDS += "|" + "|".join(word for word, value in ORDINALS.items() if value <= 30)
_DAY = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:\s?(?i:st|nd|rd|th)|d)?|(?i:{_IN_WORDS}))"
_JOINT = r"(?:\s?[/-]\s?|,\s|,?\s(?i:(?:and|or|to|until|till|through)\s(?:the\s)?))"
_DAYS = rf"{_DAY}\b(?:{_JOINT}{_DAY}\b)*"
_DAYS_BEHIND = rf"{_DAY}\b(?:{_JOINT}{_DAY}\b(?!\s(?:of\s)?{_MONTH}))*"
_BEFORE_A_MONTH = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|early|late|mid|last|this|next|during|from|to|and|or|through|before|after"
    r"|between|every|each|that|around|about|end|beginning)[ -]|[-,;(]\s?)$",
    re.IGNORECASE,
)


def _days(match: re.Match[str]) -> Iterator[Said]:
    """Read days with their month and, where it stands there, their year."""
    yield from _of_month(match["days"], match["month"])
    if match["year"]:
        yield said("year", int(match["year"]))


def _of_month(days: str, name: str) -> Iterator[Said]:
    month = MONTH_NUMBERS[name.rstrip(".").lower()]
    yield said("month", month)
    for day in re.findall(_DAY, days):
        yield said("day", month * 100 + _number(day))


def _number(day: str) -> int:
    if day[0].isdigit():
        return int(re.match(r"\d+", day)[0])  # type: ignore[index]  # it begins with one
    tens, _, unit = day.lower().replace(" ", "-").rpartition("-")
    return TENS.get(tens, 0) + ORDINALS[unit]


def _month(match: re.Match[str]) -> Iterator[Said]:
    """Read a month that stands without a day; "may" and "march" are words where no date is near."""
    name = match["month"].rstrip(".").lower()
    if name in ALSO_WORDS and not match["year"] and not _BEFORE_A_MONTH.search(match.string[: match.start()][-12:]):
        return
    yield said("month", MONTH_NUMBERS[name])
    if match["year"]:
        yield said("year", int(match["year"]))


def _iso(match: re.Match[str]) -> Iterator[Said]:
    year, month, day = map(int, match[0].split("-"))
    yield from (said("month", month), said("day", month * 100 + day), said("year", year))


def _in_figures(match: re.Match[str]) -> Iterator[Said]:
    """Read `10.11.2020` and `10/11/2020`; with slashes either may be the month, and a year may have two figures."""
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    slashed = match["mark"] == "/"
    pairs = [(first, second)] + ([(second, first)] if slashed else [])
    days = [month * 100 + day for day, month in pairs if 0 < month <= 12 and 0 < day <= 31]
    if not days:
        yield Said("unread", (("unread", match[0]),))
        return
    yield said("month", *[day // 100 for day in days])
    yield said("day", *days)
    yield said("year", *([int(year)] if len(year) == 4 else [century + int(year) for century in CENTURIES]))


def _years(match: re.Match[str]) -> Iterator[Said]:
    """Read a year, or two of them joined: 2022-23, 2019-2021, 1774/5."""
    year, upto = match["year"], match["upto"] or ""
    last = int(year[: 4 - len(upto)] + upto)
    yield from (said("year", value) for value in sorted({int(year), max(int(year), last)}))


def _decade(match: re.Match[str]) -> Iterator[Said]:
    """Read `the 1990s`, `the 90s`; `her nineties` is an age, and between pounds and pence 10s are shillings."""
    written = match["decade"].lower()
    value = int(written) if written.isdigit() else DECADES[written]
    if ahead(POUNDS, match.string, match.start()) or PENCE.match(match.string, match.end()):
        yield said("number", value)
        return
    if ahead(OF_AN_AGE, match.string, match.start()):
        yield said("decade", value)
        return
    century = CENTURY_WORDS.get(group(match, "century").lower(), 0)
    values = [value + century] if value >= 100 or century else [century + value for century in CENTURIES]
    yield said("decade", *values)


def _short_year(match: re.Match[str]) -> Iterator[Said]:
    yield said("year", *[century + int(match["year"]) for century in CENTURIES])


def _era(match: re.Match[str]) -> Iterator[Said]:
    """Read a year of an era; before the common era it is negative."""
    before = (match["era"] or "").replace(".", "").startswith("B")
    yield said("year", int(match["year"].replace(",", "")) * (-1 if before else 1))


def _weekday(match: re.Match[str]) -> Iterator[Said]:
    yield said("weekday", WEEKDAYS.index(match["weekday"].capitalize()))


def _feast(match: re.Match[str]) -> Iterator[Said]:
    """Read a day that has a name: Christmas Eve, May Day."""
    day = FEASTS[match["feast"].lower()]
    yield from (said("month", day // 100), said("day", day))


def _instant(match: re.Match[str]) -> Iterator[Said]:
    """Read `the 19th instant`: a day of the month in which it is written."""
    yield said("ordinal", _number(match["day"]))


_CENTURY = "|".join(CENTURY_WORDS)
_ERA = r"(?P<era>B\.?C\.?E\.?|B\.?C\.?|C\.E\.|CE|A\.D\.|AD)"
FROM_A_FIGURE = (
    Form("iso", compiled(rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\w)"), _iso),
    Form(
        "in figures",
        compiled(rf"(?P<first>\d\d?)(?P<mark>[./])(?P<second>\d\d?)(?P=mark)(?P<year>{_YEAR}|\d\d){END}"),
        _in_figures,
    ),
    Form(
        "day and month",
        compiled(
            rf"(?P<days>{_DAYS})(?:\sday)?\s(?i:of\s)?(?P<month>{_MONTH})(?:,?\s(?i:of\s)?(?P<year>{_YEAR}))?(?!\w)"
        ),
        _days,
    ),
    Form("instant", compiled(rf"(?P<day>{_DAY})\s(?i:(?:of\s)?(?:inst(?:ant)?|ult(?:imo)?|prox(?:imo)?)\b)"), _instant),
    Form("era", compiled(rf"(?P<year>\d[\d,]*)\s?{_ERA}(?!\w)"), _era),
    Form("decade", compiled(r"(?P<decade>\d{3}0|\d0)'?s\b"), _decade),
    Form(
        "year",
        compiled(
            rf"(?P<year>{_YEAR})(?:\s?[/-]\s?(?P<upto>(?:\d\d)?\d\d|(?<=/)\d)(?![\w/-]))?{END}"
            r"(?!\s?%|[ -](?i:per\s?cent|pct|dozen|hundred|thousand|million|billion|trillion)|(?:\s\d{3})+(?!\d))"
        ),
        _years,
    ),
)
FROM_A_WORD = (
    Form("feast", compiled(rf"(?P<feast>(?i:{'|'.join(FEASTS)}))\b".replace(" ", r"\s")), _feast),
    Form(
        "month and day",
        compiled(
            rf"(?P<month>{_MONTH})\s(?i:the\s)?(?P<days>{_DAYS_BEHIND})(?![\d:]|[.,]\d|\s?[ap]\.?m\b)"
            rf"(?:[.,]?\s(?P<year>{_YEAR}))?(?!\w)"
        ),
        _days,
    ),
    Form(
        "month",
        compiled(
            rf"(?:(?P<month>{_FULL}|{_SHORT}(?=,?\s{_YEAR})|{_cased(SHORT_MONTHS)}\.)"
            rf"(?:,?\s(?:of\s)?(?P<year>{_YEAR}))?)(?!\w)"
        ),
        _month,
    ),
    Form("weekday", compiled(rf"(?P<weekday>{_cased(WEEKDAYS)})(?:s|'s|S)?\b"), _weekday),
    Form("era", compiled(r"(?P<era>A\.D\.|AD)\s?(?P<year>\d{1,4})(?!\w)"), _era),
    Form(
        "decade",
        compiled(rf"(?:(?P<century>(?i:{_CENTURY}))[ -])?(?P<decade>(?i:{'|'.join(DECADES)}))\b"),
        _decade,
    ),
    Form(
        "day in words",
        compiled(
            rf"(?P<days>(?i:{_IN_WORDS})\b(?:{_JOINT}{_DAY}\b)*)(?:\sday)?\s(?i:of\s)?(?P<month>{_MONTH})"
            rf"(?:,?\s(?:of\s)?(?P<year>{_YEAR}))?(?!\w)"
        ),
        _days,
    ),
    Form("instant", compiled(rf"(?P<day>(?i:{_IN_WORDS}))\s(?i:inst(?:ant)?|ult(?:imo)?)\b"), _instant),
)
SHORTENED = (FROM_A_FIGURE[5], Form("short year", compiled(r"(?P<year>\d\d)(?![\w'])"), _short_year))
"""What two figures behind an apostrophe are."""
OPENERS = frozenset(
    {name.lower() for name in (*MONTHS, *SHORT_MONTHS, *WEEKDAYS)}
    | {f"{day.lower()}s" for day in WEEKDAYS}
    | {*DECADES, *CENTURY_WORDS, *ORDINALS, *(name.split()[0].partition("'")[0] for name in FEASTS)}
    | {"ad", "a", "twenty", "thirty"}
)
