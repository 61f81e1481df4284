"""Check that a number counts in a claim what it counts in the article: two civilians, four officers, not the reverse.

The word behind a number, or the next one, is what it counts. It is told only where the cited paragraphs count the same
with other numbers alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.evidence.nearby import ahead
from retell.checks.evidence.nouns import BEHIND, COUNTING, counted
from retell.copies.search import stem
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.quantities import Quantity
    from retell.problems import Problem

COUNTED_OTHERWISE = Rule(
    "counted-otherwise",
    "A number counts in a claim what it counts in a cited paragraph.",
    "warning",
    message="'{shown}' here, and ¶{number} of {key} counts {counted} otherwise",
    help="correct it, or say what it is that is counted",
)
OTHER_MONEY = COUNTED_OTHERWISE.saying(
    "'{shown}' here, and ¶{number} of {key} has that sum in {other}s", COUNTED_OTHERWISE.help
)
OTHER_FATE = COUNTED_OTHERWISE.saying(
    "'{shown}' here, and ¶{number} of {key} has that number beside '{other}'", COUNTED_OTHERWISE.help
)
THAN = re.compile(r"\bthan $")
MONEY_AHEAD = {
    "$": "dollar",
    "£": "pound",
    "€": "euro",
    "¥": "yen",
    "₽": "ruble",
    "₼": "manat",
    "֏": "dram",
    "₹": "rupee",
}
MONEY_BEHIND = re.compile(
    r"\s(?:(?:U\.?S\.?|American|Canadian|Australian|British|Turkish|Iranian|Russian) )?"
    r"(dollar|pound|euro|yen|ruble|rouble|manat|dram|rupee|franc|lira|rial|yuan|shilling|mark)s?\b"
)
FATES = (
    "killed dead died slain fell fallen",
    "wounded injured hurt",
    "captured imprisoned arrested detained prisoners",
    "missing",
    "born",
    "freed released rescued saved",
)
FATE = {word: row for row in FATES for word in row.split()}
OF_A_FATE = frozenset(map(stem, FATE))
_FATE = rf"(?P<fate>{'|'.join(FATE)})"
FATE_AHEAD = re.compile(rf"\b{_FATE} (?:(?:about|some|nearly|over|almost|only|at least) )?$", re.IGNORECASE)
FATE_BEHIND = re.compile(rf"[^,.;:()\d]{{0,40}}?\b{_FATE}\b", re.IGNORECASE)
REACH = 24
LEAST_COUNTED = 3  # one and two stand beside everything


def _alone(number: Quantity, cited: Sequence[Paragraph]) -> bool:
    """Return whether a paragraph has a number with nothing behind it, or "wounded": it may count anything."""
    return any(
        OF_A_FATE.issuperset(counted(paragraph.text, each))
        for paragraph in cited
        for each in paragraph.numbers
        if each.kind in COUNTING and not each.bears.isdisjoint(number.readings)
    )


def check(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Yield the numbers of a claim that count what the cited paragraphs count with other numbers."""
    for part in assertion.parts:
        for number in part.quantities:
            yield from _check_money(assertion, part, number, cited)
            fate = _fate(part.span.text, number)
            fates = list(_fates(number, cited)) if fate else []
            if fates and all(FATE[found] != FATE[fate] for _, found in fates):
                yield _of_another_fate(assertion, part, number, fate, fates[0])
            elif (
                number.kind != "amount" and not ahead(THAN, part.span.text, number.start) and not _alone(number, cited)
            ):
                yield from _check_noun(assertion, part, number, cited)


def _check_money(assertion: Assertion, part: Part, number: Quantity, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Yield that a claim has a sum in one money, and its paragraphs have it in others alone."""
    if not (money := _money(part.span.text, number)):
        return
    there = [
        (paragraph, other)
        for paragraph in cited
        for each in paragraph.numbers
        if not each.bears.isdisjoint(number.readings) and (other := _money(paragraph.text, each))
    ]
    if there and all(other != money for _, other in there):
        (place,) = assertion.locate_within(part, [number.start])
        paragraph, other = there[0]
        shown = f"{part.span.text[number.start : number.end]} {money}s"
        yield OTHER_MONEY.at(place, shown=shown, number=paragraph.number, key=paragraph.key, other=other)


def _money(text: str, number: Quantity) -> str:
    """Return the money in which a sum is given, in the singular, or nothing."""
    behind = MONEY_BEHIND.match(text, number.end)
    return MONEY_AHEAD.get(text[number.start - 1 : number.start], behind[1].replace("rou", "ru") if behind else "")


def _check_noun(assertion: Assertion, part: Part, number: Quantity, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    for noun in counted(part.span.text, number)[:1]:
        there = [(paragraph, values) for paragraph in cited if (values := paragraph.counts.get(noun))]
        if there and all(values.isdisjoint(number.readings) for _, values in there):
            (place,) = assertion.locate_within(part, [number.start])
            paragraph = there[0][0]
            behind = BEHIND.match(part.span.text, number.end)
            word = behind["first"] if behind else noun
            shown = f"{part.span.text[number.start : number.end]} {word}"
            yield COUNTED_OTHERWISE.at(
                place, shown=shown, number=paragraph.number, key=paragraph.key, counted=f"'{word}'"
            )


def _of_another_fate(
    assertion: Assertion, part: Part, number: Quantity, fate: str, there: tuple[Paragraph, str]
) -> Problem:
    """Return that a number stands beside 'killed' in a claim, and only beside 'wounded' in its paragraphs."""
    paragraph, other = there
    (place,) = assertion.locate_within(part, [number.start])
    shown = f"{part.span.text[number.start : number.end]} … {fate}"
    return OTHER_FATE.at(place, shown=shown, number=paragraph.number, key=paragraph.key, other=other)


def _fates(number: Quantity, cited: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Yield what became of as many people in the cited paragraphs, and in which; in a table its column says it."""
    for paragraph in cited:
        yield from [(paragraph, head) for value, head in paragraph.columns if head in FATE and value in number.readings]
        for each in paragraph.numbers:
            found = _fate(paragraph.text, each) if not each.bears.isdisjoint(number.readings) else ""
            if found:
                yield paragraph, found


def _fate(text: str, number: Quantity) -> str:
    """Return what became of as many people, by the word before the number or behind it in its clause, or nothing."""
    if all(kind != "number" or int(value) < LEAST_COUNTED for kind, value in number.readings):
        return ""
    found = FATE_AHEAD.search(text, max(0, number.start - REACH), number.start) or FATE_BEHIND.match(text, number.end)
    return found["fate"].lower() if found else ""
