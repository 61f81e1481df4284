"""Put the questions of a story under the skills that they train, numbered, each with the lines that it needs."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import msgspec

from retell.story.model import Question, Skill

if TYPE_CHECKING:
    from retell.story.told import Told

SKILLS: dict[Skill, str] = {
    "sourcing": "Sourcing: who wrote this, when, and for whom?",
    "context": "Context: what else was happening?",
    "close-reading": "Close reading: which word, and whose is it?",
    "corroboration": "Corroboration: which {sources} agree, and which are silent?",
}
FEWEST_LINES, MOST_LINES = 2, 3  # under a question
WORDS_IN_A_LINE = 18


class Excerpt(msgspec.Struct, frozen=True):
    """A paragraph of a document, or some sentences of it; without a text it was printed at an earlier question."""

    label: str
    text: str
    question: int


class Asked(msgspec.Struct, frozen=True):
    """A question, its number and its scene's, how many lines it needs, and excerpts of what answers it."""

    number: int
    scene: int
    ask: str
    lines: int
    beside: tuple[Excerpt, ...] = ()


def numbered_questions(
    told: Told, most: int | None = None
) -> tuple[tuple[str, tuple[tuple[Asked, Question], ...]], ...]:
    """Return the questions of all told scenes under the skill that they train, numbered, in the order of telling.

    At most so many are returned, the first of as many skills as there are.
    """
    of_skill: dict[Skill, list[tuple[int, Question]]] = {skill: [] for skill in SKILLS}
    for scene in told.scenes:
        for question in scene.questions:
            of_skill[question.skill].append((scene.number, question))
    if most is not None:
        left = [skill for skill in SKILLS if of_skill[skill]][:most]
        of_skill = {skill: of_skill[skill][:1] for skill in left}
    number = count(1)
    return tuple(
        (
            SKILLS[skill].format_map(told.noun.values),
            tuple((Asked(next(number), scene, q.ask.plain, _lines_for(q)), q) for scene, q in questions),
        )
        for skill, questions in of_skill.items()
        if questions
    )


def _lines_for(question: Question) -> int:
    """Return how many lines a question needs, by the words of its model answer; a student's is shorter."""
    return min(MOST_LINES, max(FEWEST_LINES, round(question.answer.words / WORDS_IN_A_LINE)))
