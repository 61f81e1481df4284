"""Count the words that a story gives to each side: in narration and in positions, phase by phase.

A statement of narration counts for the side of the first voice that it names, a quotation with its lead for the side of
its voice, a position for the side of the voice that holds it. A statement that names no voice is the narrator's own.
What it cannot see: who is only meant (`she said`), who is named second, whether a side is told of or told against.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from retell.figures.voices import side_name
from retell.story.prose import Prose, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.story.mentions import Names
    from retell.story.texts import Text
    from retell.story.told import Told

NARRATOR = ""


class SideWords(msgspec.Struct, frozen=True):
    """The words of one side, by phase id, without zeros; the narrator's own have no side and no name."""

    id: str
    name: str
    narration: dict[str, int]
    positions: dict[str, int]

    @property
    def total(self) -> int:
        """The words of all phases, in narration and in positions."""
        return sum(self.narration.values()) + sum(self.positions.values())

    def of(self, phase: str) -> int:
        """Return the words of one phase, in narration and in positions."""
        return self.narration.get(phase, 0) + self.positions.get(phase, 0)


def side_words(told: Told) -> tuple[SideWords, ...]:
    """Return the words of every side that has any, the most first, the narrator's own last."""
    names = told.names["voices"]
    narration: dict[str, Counter[str]] = {}
    positions: dict[str, Counter[str]] = {}
    for scene in told.scenes:
        for beat in scene.beats:
            for text in told.texts_of(beat):
                counted = positions if text.role == "says" else narration
                for voice, words in _counted(text, names):
                    counted.setdefault(_side(told, voice), Counter())[scene.phase] += words
    sides = {**narration, **positions}
    found = (
        SideWords(
            side,
            side_name(side, told.story.sides) if side else "",
            dict(narration.get(side, {})),
            dict(positions.get(side, {})),
        )
        for side in sides
    )
    return tuple(sorted(found, key=lambda words: (words.id == NARRATOR, -words.total, words.name)))


def _counted(text: Text, names: Names) -> Iterator[tuple[str, int]]:
    """Yield the voice of each statement of narration, or nothing, or that of a quotation or position, and its words."""
    if isinstance(text.value, Prose) and text.role == "say":
        for claim in text.value.claims:
            yield next(iter(names.found_in(claim.text)), NARRATOR), count_words(claim.text)
    elif text.role in ("quote", "lead", "says"):
        yield text.speaker, text.words


def _side(told: Told, voice: str) -> str:
    return told.voices[voice].side if voice else NARRATOR
