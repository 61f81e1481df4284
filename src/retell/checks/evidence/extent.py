"""Limit how much of a story is held against copies: no stranger's story keeps the check busy for long."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from retell.files.rules import TOO_LARGE
from retell.problems import Location, StoryUnfitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.checks.statements import Statement
    from retell.copies.held import Copy
    from retell.story.citations import Citation
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
    whole = {key: sum(map(len, copy.paragraphs.values())) for key, copy in copies.items()}

    def length(citation: Citation) -> int:
        if not citation.paragraphs or citation.key not in copies:
            return whole.get(citation.key, 0)
        return sum(len(copies[citation.key].paragraphs.get(number, "")) for number in citation.paragraphs)

    lengths = [sum(map(length, statement.citations)) for statement in listed]
    of_parts: Counter[str] = Counter()
    for statement, cited in zip(listed, lengths, strict=True):
        of_parts[statement.part] += cited
    compared = 0
    for statement, cited in zip(listed, lengths, strict=True):
        rests_on = of_parts[statement.part] if statement.kind == "note" else cited + whole.get(statement.part, 0)
        compared += len(statement.text) * (len(statement.text) + rests_on)
        if compared > MOST_COMPARED:
            raise StoryUnfitError([TOO_MUCH_TO_COMPARE.at(statement.place)])
