"""Check that a number counts in a claim what it counts in the article: two civilians, four officers, not the reverse.

The word behind a number, or the next one, is what it counts. It is told only where the cited paragraphs count the same
with other numbers alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.evidence.nouns import BEHIND, COUNTING, counted
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion
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
THAN = re.compile(r"\bthan $")


def _alone(number: Quantity, cited: Sequence[Paragraph]) -> bool:
    """Return whether a paragraph has a number with nothing behind it that it counts: it may count anything."""
    return any(
        not counted(paragraph.text, each)
        for paragraph in cited
        for each in paragraph.numbers
        if each.kind in COUNTING and not set(each.bears).isdisjoint(number.readings)
    )


def check(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Yield the numbers of a claim that count what the cited paragraphs count with other numbers."""
    for part in assertion.parts:
        for number in part.quantities:
            if THAN.search(part.span.text, 0, number.start):
                continue
            for noun in counted(part.span.text, number)[:1]:
                there = [(paragraph, values) for paragraph in cited if (values := paragraph.counts.get(noun))]
                if (
                    there
                    and all(values.isdisjoint(number.readings) for _, values in there)
                    and not _alone(number, cited)
                ):
                    (place,) = assertion.locate_within(part, [number.start])
                    paragraph = there[0][0]
                    behind = BEHIND.match(part.span.text, number.end)
                    word = behind["first"] if behind else noun
                    shown = f"{part.span.text[number.start : number.end]} {word}"
                    yield COUNTED_OTHERWISE.at(
                        place, shown=shown, number=paragraph.number, key=paragraph.key, counted=f"'{word}'"
                    )
