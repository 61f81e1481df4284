"""Limit how much of a story is held against copies: no stranger's story keeps the check busy for long."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from retell.files.rules import TOO_LARGE
from retell.problems import Location, StoryUnfitError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from retell.checks.statements import Statement
    from retell.copies.held import Copy
    from retell.story.library import Library

MOST_STATEMENTS, MOST_CHARACTERS = 4_000, 1_000_000
"""How much a story has that is held against copies: statements, and characters of all its texts."""
MOST_COMPARED = 1_000_000_000
"""Of all statements: the characters of each, times those of it and of the paragraphs that it rests on."""
TOO_MUCH_TO_HOLD = TOO_LARGE.saying(
    "this story has more than {most:,} {what}, and is not held against copies",
    "check its parts as stories of their own, or without copies",
)
TOO_MUCH_TO_COMPARE = TOO_LARGE.saying(
    "the statements up to this one are too long to be compared with all paragraphs that they cite",
    "make its text shorter, let it cite fewer paragraphs, or check without copies",
)


def confirm_size(library: Library, listed: Sequence[Statement]) -> None:
    """Raise StoryUnfitError for a story that has too many statements or too long texts."""
    if not library.story:
        return
    characters = sum(len(text.plain) for _, text in library.texts())
    for has, most, what in (
        (len(listed), MOST_STATEMENTS, "statements"),
        (characters, MOST_CHARACTERS, "characters in its texts"),
    ):
        if has > most:
            raise StoryUnfitError([TOO_MUCH_TO_HOLD.at(Location(library.story.file.name), most=most, what=what)])


def confirm_comparisons(listed: Sequence[Statement], copies: dict[str, Copy]) -> None:
    """Raise StoryUnfitError for a story whose statements have too much to be compared with.

    A note rests on all that its scene cites, and what a card says on its article.
    """
    lengths = {key: {0: sum(map(len, copy.paragraphs.values())), **_lengths(copy)} for key, copy in copies.items()}
    of_parts: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for statement in listed:
        for citation in statement.citations:
            of_parts[statement.part][citation.key].update(citation.paragraphs or (0,))
    of_notes = {part: _sum(lengths, cited) for part, cited in of_parts.items()}
    compared = 0
    for statement in listed:
        if statement.kind == "note":
            rests_on = of_notes.get(statement.part, 0)
        else:
            rests_on = sum(_sum(lengths, {each.key: each.paragraphs or (0,)}) for each in statement.citations)
            rests_on += lengths.get(statement.part, {}).get(0, 0)
        compared += len(statement.text) * (len(statement.text) + rests_on)
        if compared > MOST_COMPARED:
            raise StoryUnfitError([TOO_MUCH_TO_COMPARE.at(statement.place)])


def _lengths(copy: Copy) -> dict[int, int]:
    return {number: len(text) for number, text in copy.paragraphs.items()}


def _sum(lengths: Mapping[str, Mapping[int, int]], cited: Mapping[str, Collection[int]]) -> int:
    """Return how many characters the cited paragraphs have; 0 is a whole article."""
    return sum(lengths.get(key, {}).get(number, 0) for key, numbers in cited.items() for number in numbers)
