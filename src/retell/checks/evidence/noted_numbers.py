"""Check the numbers and dates of notes and source cards: each stands in what the text leans on, a date whole.

A note may also lean on the day of publication, and on a sum of two numbers of the paragraphs that it names. A small
number that counts what the writer puts together is nobody's but the writer's.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from retell.checks.evidence import grounds
from retell.checks.evidence.facts import MOST_TOLD, TOLD
from retell.checks.evidence.number_words import UNITS
from retell.checks.evidence.quantities import quantities
from retell.checks.statements import LOCATORS
from retell.problems import Rule
from retell.story.dates import MONTHS
from retell.story.instants import days_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retell.checks.evidence.forms import Kind, Value
    from retell.checks.evidence.leaning import Leaning
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.quantities import Quantity
    from retell.problems import Problem

NOT_THERE = Rule(
    "grounds-not-found",
    "A number or quotation of a note or a source card stands in the paragraph that it names.",
    "warning",
    message="no paragraph that this leans on has {shown}",
    help="correct it, or name the paragraph (¶6) that has it",
)
NO_SUCH_DAY = NOT_THERE.saying("there is no {shown}", "correct it")
A_SLIP = NOT_THERE.saying("{shown} is all but {other}, the date of {key}", "correct it, or say what day it is")
OTHER_SPAN = NOT_THERE.saying("{shown} is not {span} {other}, the date of {key}", "correct one of them")
QUOTED = re.compile(r'"[^"]+"|“[^”]+”')
NUMBERED = re.compile(r"\b[Pp]ara(?:graph)?s?\.? \d+(?:(?:, | and |-)\d+)*")
LAST_YEAR = re.compile(r"\b(?:last|previous) (?:year|\w+day|[A-Z][a-z]+)\b")
OF_A_TEXT = re.compile(
    r"\b(?:(?:is|are|was|were) (?:from|of)|published|written|printed|appeared)\b[^,.;:()]{0,20}$", re.IGNORECASE
)
THESE_TEXTS = re.compile(r" (?:\w+ )?(?:articles?|texts?|papers?|sources?|documents?|reports?)\b")
THE = re.compile(r"\b(?:the|these|those|all|our) $", re.I)
RATE = re.compile(r" (?:times|fold|per)\b")  # a quarter of an hour is four times an hour: anybody can reckon it
FEWEST = 12  # smaller numbers in words count what the writer puts together
SUM = re.compile(r"(\d[\d,]*) ?(?:\+|plus|and|-|−|minus|less) ?(\d[\d,]*)")
_MONTH = "|".join(MONTHS)
TOO_LATE = re.compile(rf"\b(?:(?P<day>\d{{2,3}}) (?:{_MONTH})\b|(?:{_MONTH}) (?P<after>\d\d)\b(?!\d|:))")
DAYS_OF_MONTH = 31
SPAN = re.compile(
    rf"\b(?P<many>\d+|a|{'|'.join(UNITS)}) (?P<unit>day|week|month|year)s? (?P<way>before|earlier|after|later)\b"
)
DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
OF_DATES = ("day", "month", "year")


def check(leaning: Leaning) -> Iterator[Problem]:
    """Yield the numbers and dates of a note or card that what it leans on does not have."""
    own = _without(leaning.typed, LOCATORS, NUMBERED, QUOTED)
    for match in TOO_LATE.finditer(own):
        if int(match["day"] or match["after"]) > DAYS_OF_MONTH:
            yield NO_SUCH_DAY.at(leaning.locate(match.start()), shown=f"'{match[0]}'")
            return
    for start, group in groupby(quantities(own), key=lambda number: number.start):
        numbers = list(group)
        dated = [number for number in numbers if number.kind in OF_DATES]
        found = _of_date(dated, leaning) if len(dated) > 1 else _of_number(numbers[0], own, leaning)
        if found:
            rule, said = found
            yield rule.at(leaning.locate(start), shown=f"'{leaning.typed[start : numbers[0].end]}'", **said)


def _of_date(date: Sequence[Quantity], leaning: Leaning) -> tuple[Rule, dict[str, str]] | None:
    """Return what is wrong with a date of two or three parts, if something is."""
    parts = {each.kind: each.value for each in date}
    start = date[0].start
    day = int(parts.get("day", 0))
    if day and day % 100 > days_in(int(parts.get("year", 2000)), day // 100):
        return NO_SUCH_DAY, {}
    values = {each.readings[0] for each in date}
    if not leaning.is_looked_at(start):
        return _against_cards(parts, values, start, leaning) if len(parts) == len(OF_DATES) else None
    published = [leaning.witness.published(key) for key in leaning.keys]
    if any(values <= each for each in published) or (len(date) > len(parts) and values <= set().union(*published)):
        return None  # "5 and 8 March" may be of two articles
    if not OF_A_TEXT.search(leaning.typed, 0, start):
        near = leaning.near(start)
        there = leaning.paragraphs if near is None else near
        if any(_has(values, paragraph, leaning) for paragraph in there) or values <= _by_weekdays(leaning):
            return None
    return NOT_THERE, {}


def _has(values: set[Value], paragraph: Paragraph, leaning: Leaning) -> bool:
    """Return whether a paragraph has a date; one without its year is in the year before its article."""
    missing = values - paragraph.values
    if not missing or len(missing) == len(values):
        return not missing
    months = {value for value in values if value[0] == "month"}
    return missing <= set(grounds.before(months, leaning.witness.issued(paragraph.key)))


def _by_weekdays(leaning: Leaning) -> set[Value]:
    """Return the days of the weekdays of a text before the dates of its articles."""
    written = {value for number in quantities(leaning.typed) for value in number.readings if value[0] == "weekday"}
    issued = [leaning.witness.issued(key) for key in leaning.keys] if written else []
    return {value for when in issued for value in grounds.before(written, when)}


def _against_cards(
    parts: Mapping[Kind, Decimal | str], values: set[Value], start: int, leaning: Leaning
) -> tuple[Rule, dict[str, str]] | None:
    """Return where a date from elsewhere is an article's but for its month or its year, or is not so long before it.

    Nobody can look it up; but such a slip shows.
    """
    month_and_day = divmod(int(parts["day"]), 100)
    for key in sorted(leaning.keys):
        issued = leaning.witness.issued(key)
        if issued is None or not issued.is_day:
            continue
        first, year = issued.first, int(parts["year"])
        alike = (year == first.year, month_and_day[0] == first.month, month_and_day[1] == first.day)
        span = SPAN.search(leaning.typed, start, leaning.sentence(start)[1])
        known = {"other": str(issued), "key": key}
        if alike in ((True, False, True), (False, True, True)):
            return A_SLIP, known
        if span and key == leaning.own:
            many = int(span["many"]) if span["many"].isdigit() else UNITS.get(span["many"], 1)
            apart = first.day_number - type(first)(year, *month_and_day).day_number
            apart = apart if span["way"] in ("before", "earlier") else -apart
            if abs(apart / DAYS[span["unit"]] - many) > (span["unit"] != "day"):
                return OTHER_SPAN, {**known, "span": span[0]}
    return None


def _of_number(number: Quantity, own: str, leaning: Leaning) -> tuple[Rule, dict[str, str]] | None:
    """Return that a number stands in nothing that its text leans on, if so it is."""
    small = _is_small(number)
    if (
        not number.asks
        or (small and RATE.match(own, number.end))
        or (small and own[number.start].isdigit() and not leaning.near(number.start))
        or (not small and number.kind in ("ordinal", "percent", "times"))
    ):
        return None
    near = leaning.near(number.start)
    if small and number.value not in (len(near or ()), *_counts_of(number, own, leaning)):
        told = TOLD.match(own, number.end)
        if THE.search(own, 0, number.start) and THESE_TEXTS.match(own, number.end):
            return NOT_THERE, {}
        if (near is None and not leaning.is_looked_at(number.start) and not told) or number.value == 1:
            return None
    elif small or not leaning.is_looked_at(number.start):
        return None
    return None if _bears(number, near, leaning) else (NOT_THERE, {})


def _bears(number: Quantity, near: list[Paragraph] | None, leaning: Leaning) -> bool:
    """Return whether a number stands in these paragraphs, or without any in all, or can be worked out."""
    there = leaning.paragraphs if near is None else near
    values = set().union(*[each.values for each in there])
    if not _is_small(number):
        values = values.union(*[leaning.witness.published(key) for key in leaning.keys])
        return not values.isdisjoint(number.readings) or not _worked_out(leaning).isdisjoint(number.readings)
    return not (values | _sums(near or ())).isdisjoint(number.readings)


def _counts_of(number: Quantity, own: str, leaning: Leaning) -> tuple[int, ...]:
    """Return how many there may be of what the writer counts: of all articles, or of a few things."""
    if THESE_TEXTS.match(own, number.end):
        return len(leaning.witness.lengths), len(leaning.keys)
    return tuple(range(1, MOST_TOLD + 1 if TOLD.match(own, number.end) else MOST_TOLD))


def _sums(paragraphs: Iterable[Paragraph]) -> set[Value]:
    """Return the sums of two of the small numbers that paragraphs count with."""
    small = [each.value for paragraph in paragraphs for each in paragraph.numbers if _is_small(each)]
    return {("number", Decimal(one) + Decimal(other)) for one, other in combinations(small, 2)}


def _is_small(number: Quantity) -> bool:
    return isinstance(number.value, Decimal) and number.kind == "number" and number.asks and number.value <= FEWEST


def _worked_out(leaning: Leaning) -> set[Value]:
    """Return the days of weekdays and the years of months before an article's date, and sums of two numbers."""
    witness, typed = leaning.witness, leaning.typed
    written = {value for number in quantities(_without(typed, LOCATORS, NUMBERED)) for value in number.readings}
    keys = {citation.key for citation in leaning.statement.citations}
    months = {value for value in written if value[0] == "month"}
    found = {value for key in keys for value in grounds.before(written - months, witness.issued(key))}
    found |= {value for key in keys for value in grounds.before(months, witness.issued(key)) if value[0] == "number"}
    if LAST_YEAR.search(typed):
        found |= {("number", Decimal(issued.first.year - 1)) for key in keys if (issued := witness.issued(key))}
    for sum_ in SUM.finditer(typed):
        terms = [Decimal(number.replace(",", "")) for number in sum_.groups()]
        found |= {("number", terms[0] + terms[1]), ("number", terms[0] - terms[1])}
    return found


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    """Return a text with what patterns find blanked out."""
    for pattern in patterns:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text
