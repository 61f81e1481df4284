"""Draw the balance as a bar for each side, behind its name and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout.drawings.sheet import GREY, LARGE, MARGIN, WIDTH, Bar, Sheet, Words, below, measure, set_lines

if TYPE_CHECKING:
    from retell.figures.voices import Balance

NAMES = 85.0  # how wide the column of names is
BAR_HEIGHT = 6.5
GAP = 4.0


def voices_sheet(found: Balance) -> Sheet:
    """Draw how often each side speaks."""
    numbers = [f"{share.times} ({found.part(share)})" for share in found.sides]
    column = max(measure(number, LARGE) for number in numbers)
    left = MARGIN + NAMES + column + GAP * 2
    words: list[Words] = []
    bars: list[Bar] = []
    base = MARGIN + LARGE
    for share, number in zip(found.sides, numbers, strict=True):
        names = set_lines(share.name, MARGIN, base, NAMES)
        words += [*names, Words(MARGIN + NAMES + GAP, base, ((number, ""),))]
        wide = (WIDTH - MARGIN - left) * share.times / found.sides[0].times
        bars.append(Bar(left, base - BAR_HEIGHT + 0.5, wide, BAR_HEIGHT, GREY))
        base = below(names, base) + 2
    return Sheet(base - LARGE + MARGIN, tuple(words), tuple(bars))
