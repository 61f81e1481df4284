"""Find what the numbers of a text count: the word behind each, or the next one, by its stem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.copies.search import COMMON, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.checks.evidence.forms import Value
    from retell.checks.evidence.quantities import Quantity

BEHIND = re.compile(r"[\s-](?:of\s)?(?:(?P<first>[a-z]{3,})(?:[\s-](?P<second>[a-z]{3,}))?)")
AHEAD = re.compile(r"(?P<word>[a-z]{3,}ed) (?:(?:about|some|nearly|over|almost|only|at least) )?$")
MOST_AHEAD = 30
IRREGULAR = {"men": "man", "women": "woman", "children": "child", "people": "person", "lives": "life", "feet": "foot"}
COUNTING = ("number", "amount")
NOTHING = COMMON | {"more", "less", "fewer", "other", "others", "most", "hundred", "thousand", "million", "per"}


def counted(text: str, number: Quantity) -> list[str]:
    """Return the stems of the one or two words behind a number, the nearest first."""
    match = BEHIND.match(text, number.end) if number.kind in COUNTING else None
    found = [match["first"], match["second"]] if match else []
    return [stem(IRREGULAR.get(word, word)) for word in found if word and word not in NOTHING]


def counts_in(text: str, numbers: Sequence[Quantity]) -> dict[str, set[Value]]:
    """Return what a text counts, by its stem, and with which numbers."""
    found: dict[str, set[Value]] = {}
    for number in numbers:
        for noun in counted(text, number):
            found.setdefault(noun, set()).update(number.bears)
    for number in numbers if found else ():  # "killed about fourteen of them" counts what "two killed" does
        before = AHEAD.search(text, max(0, number.start - MOST_AHEAD), number.start)
        if before and stem(before["word"]) in found:
            found[stem(before["word"])].update(number.bears)
    return found
