"""Gather what the teacher's edition holds: the student's, and what only a teacher reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from retell.handout.grid import Grid
from retell.handout.questions import Asked, numbered_questions
from retell.handout.student import (
    MOST_WITH_SUPPORT,
    Listed,
    StudentEdition,
    edition_of,
    grid_of,
)
from retell.script.excerpt import Length, excerpt
from retell.script.resolver import resolve
from retell.script.steps import Stretch
from retell.story.invocation import call
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.story.model import Phase
    from retell.story.told import Told


class Outlet(msgspec.Struct, frozen=True):
    """How an article leans, what it leaves out, and what a reader should be careful about."""

    listed: Listed
    stance: str
    leaves_out: str
    cautions: tuple[str, ...]


class Answered(msgspec.Struct, frozen=True):
    """A question and its model answer."""

    asked: Asked
    answer: tuple[Stretch, ...]


Answers: TypeAlias = tuple[tuple[str, tuple[Answered, ...]], ...]


class Mistaken(msgspec.Struct, frozen=True):
    """What students may think, the number of the scene in which it comes up (0: none), and what the articles say."""

    think: str
    scene: int
    says: tuple[Stretch, ...]


class Marked(msgspec.Struct, frozen=True):
    """A sample paragraph for the writing task: how good it is, and why."""

    quality: str
    paragraph: tuple[Stretch, ...]
    why: str


class TeacherEdition(msgspec.Struct, frozen=True):
    """What the teacher's file holds: the student's handout, and beside it all that must not reach a student.

    `disputed` is whether the story tells a dispute; `call` is how a command line begins that tells this story.
    """

    student: StudentEdition
    aims: tuple[str, ...]
    sensitivity: tuple[str, ...]
    outlets: tuple[Outlet, ...]
    questions: Answers
    misconceptions: tuple[Mistaken, ...]
    grid: Grid | None
    look_up: tuple[str, ...]
    samples: tuple[Marked, ...]
    phases: tuple[str, ...]
    frames: bool
    disputed: bool
    call: str

    @property
    def heading(self) -> str:
        """The student's, and for whom this is."""
        return f"{self.student.heading} (for the teacher)"


def teacher_edition(
    told: Told, parts: Sequence[str] = (), length: Length = "full", *, support: bool = False
) -> TeacherEdition:
    """Gather the teacher's edition of the handout that `student_edition` gathers for the same choices.

    Raises UnknownNameError when the story has no such part.
    """
    chosen = excerpt(told, parts, length, support=support)
    student = edition_of(chosen, told, parts, length, support=support)
    return TeacherEdition(
        student=student,
        aims=tuple(map(set_line, chosen.lesson.aims)),
        sensitivity=tuple(map(set_line, chosen.lesson.sensitivity)),
        outlets=tuple(_outlet(chosen, listed) for listed in student.articles),
        questions=answers(chosen, MOST_WITH_SUPPORT if support else None),
        misconceptions=_misconceptions(chosen),
        grid=grid_of(chosen, length),
        look_up=tuple(map(set_line, chosen.lesson.look_up)),
        samples=tuple(
            Marked(set_line(each.quality), resolve(chosen, each.paragraph), set_line(each.why))
            for each in chosen.lesson.samples
        ),
        phases=tuple(set_line(phase.title) for phase in phases_of(told)),
        frames=bool(phases_of(told, frame=True)),
        disputed=bool(told.told_disputes),
        call=call(told.root),
    )


def answers(told: Told, most: int | None = None) -> Answers:
    """Return the questions of an excerpt with their answers, in the numbers of the students' handout of it."""
    return tuple(
        (skill, tuple(Answered(asked, resolve(told, question.answer)) for asked, question in pairs))
        for skill, pairs in numbered_questions(told, most)
    )


def phases_of(told: Told, *, frame: bool = False) -> list[Phase]:
    """Return the told phases that are the story's own, or those that frame it: an opening, a close."""
    phases = {scene.phase for scene in told.scenes}
    return [phase for phase in told.story.phases if phase.id in phases and phase.frame == frame]


def _outlet(told: Told, listed: Listed) -> Outlet:
    source = told.sources[listed.article.key]
    return Outlet(listed, set_line(source.stance), set_line(source.leaves_out), tuple(map(set_line, source.cautions)))


def _misconceptions(told: Told) -> tuple[Mistaken, ...]:
    number_of = {scene.id: scene.number for scene in told.scenes}
    return tuple(
        Mistaken(set_line(entry.think), number_of.get(entry.scene or "", 0), resolve(told, entry.says))
        for entry in told.lesson.misconceptions
    )
