"""Stage 6: whether a quarrel is told from more than one side, and whether one side always has the first word.

Rules: one-sided-dispute, same-side-first (a warning). The press is a side of its own here; a voice of side `other`
stands for itself. The figures of same-side-first are ours: two thirds leave room for chance, and below three disputes
any order favours somebody.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from retell.balance import camp, side_name, told_disputes
from retell.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.library import Entry, Library
    from retell.model import Dispute

FEWEST_DISPUTES = 3
MOST_OPENED = Fraction(2, 3)
HELP_ONE_SIDED = "add a position of another side, or say in 'silent:' who is not heard"


def check(library: Library) -> Iterator[Problem]:
    """Give the problems of this family."""
    for dispute in library.disputes.values():
        yield from _one_sided(library, dispute)
    yield from _same_side_first(library)


def _one_sided(library: Library, dispute: Entry[Dispute]) -> Iterator[Problem]:
    sides = _sides(library, dispute)
    voices = {position.voice for position in dispute.form.positions}
    if len(voices) > 1 and len(set(sides)) == 1 and not (dispute.form.silent or "").strip():
        place = dispute.file.locate(("positions",), key=True)
        message = f"every position here is of one side, {side_name(sides[0])}, and nobody is said to be silent"
        yield Problem("one-sided-dispute", place, message, HELP_ONE_SIDED)


def _same_side_first(library: Library) -> Iterator[Problem]:
    disputes = told_disputes(library)
    sides = [_sides(library, dispute) for dispute in disputes]
    if library.story is None or len(disputes) < FEWEST_DISPUTES or not all(sides):
        return
    ((first, times),) = Counter(each[0] for each in sides).most_common(1)
    if Fraction(times, len(disputes)) > MOST_OPENED:
        others = [d.id for d, each in zip(disputes, sides, strict=True) if each[0] == first and len(set(each)) > 1]
        place = library.story.file.locate(("scenes",), key=True)
        opener = side_name(first) if first not in library.voices else library.voices[first].form.name
        message = f"in {times} of {len(disputes)} disputes {opener} speaks first"
        help_text = f"let another side's position stand first in one of: {', '.join(others)}" if others else ""
        yield Problem("same-side-first", place, message, help_text, "warning")


def _sides(library: Library, dispute: Entry[Dispute]) -> list[str]:
    """Give the side of each position in order; none where a part of the card or of a voice's card cannot be read."""
    voices = [library.voices.get(position.voice) for position in dispute.form.positions]
    files = [dispute.file, *(voice.file for voice in voices if voice)]
    unread = any(problem.rule != "unprintable-character" for file in files for problem in file.problems)
    if unread or not all(voices):
        return []
    return [camp(library, position.voice) for position in dispute.form.positions]
