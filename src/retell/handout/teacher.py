"""Stage 8: the library in, the content of the teacher's edition out: the student's, and what only a teacher reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.handout.grid import Grid, fill_grid
from retell.handout.student import Asked, Listed, StudentEdition, numbered_questions, student_edition
from retell.script.excerpt import excerpt
from retell.script.resolver import resolve
from retell.script.steps import Stretch
from retell.story.invocation import call
from retell.story.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.story.library import Library
    from retell.story.model import Phase


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


class Mistaken(msgspec.Struct, frozen=True):
    """What students may think, the number of the scene in which it comes up (0: none), and what the articles say."""

    think: str
    scene: int
    says: tuple[Stretch, ...]


class TeacherEdition(msgspec.Struct, frozen=True):
    """What the teacher's file holds: the student's handout, and beside it all that must not reach a student.

    `call` is how a command line begins that tells this story.
    """

    student: StudentEdition
    aims: tuple[str, ...]
    sensitivity: tuple[str, ...]
    outlets: tuple[Outlet, ...]
    questions: tuple[tuple[str, tuple[Answered, ...]], ...]
    misconceptions: tuple[Mistaken, ...]
    grid: Grid | None
    phases: tuple[str, ...]
    frames: bool
    call: str

    @property
    def heading(self) -> str:
        """The student's, and for whom this is."""
        return f"{self.student.heading} (for the teacher)"


def teacher_edition(library: Library, parts: Sequence[str] = (), *, short: bool = False) -> TeacherEdition:
    """Gather the teacher's edition of the handout that `student_edition` gives for the same wishes.

    The library must have passed the check. Raises UnknownNameError when the story has no such part.
    """
    chosen = excerpt(library, parts, short=short)
    student = student_edition(library, parts, short=short)
    lesson = chosen.lesson.form if chosen.lesson else None
    return TeacherEdition(
        student=student,
        aims=tuple(map(set_line, lesson.aims)) if lesson else (),
        sensitivity=tuple(map(set_line, lesson.sensitivity)) if lesson else (),
        outlets=tuple(_outlet(chosen, listed) for listed in student.articles),
        questions=tuple(
            (skill, tuple(Answered(asked, resolve(chosen, question.answer)) for asked, question in pairs))
            for skill, pairs in numbered_questions(chosen)
        ),
        misconceptions=_misconceptions(chosen),
        grid=fill_grid(chosen, short=short),
        phases=tuple(set_line(phase.title) for phase in own_phases(library)),
        frames=bool(frames(library)),
        call=call(library.root),
    )


def own_phases(library: Library) -> tuple[Phase, ...]:
    """Give the told phases that are the story's own."""
    return tuple(phase for phase in _told_phases(library) if not phase.frame)


def frames(library: Library) -> tuple[Phase, ...]:
    """Give the told phases that frame the story: an opening, a close."""
    return tuple(phase for phase in _told_phases(library) if phase.frame)


def _told_phases(library: Library) -> list[Phase]:
    assert library.story is not None, "only a whole story has phases"
    told = {scene.form.phase for scene in library.told()}
    return [phase for phase in library.story.form.phases if phase.id in told]


def _outlet(library: Library, listed: Listed) -> Outlet:
    source = library.sources[listed.article.key].form
    return Outlet(listed, set_line(source.stance), set_line(source.leaves_out), tuple(map(set_line, source.cautions)))


def _misconceptions(library: Library) -> tuple[Mistaken, ...]:
    if library.lesson is None:
        return ()
    number_of = {scene.id: number for number, scene in library.numbered()}
    return tuple(
        Mistaken(set_line(entry.think), number_of.get(entry.scene or "", 0), resolve(library, entry.says))
        for entry in library.lesson.form.misconceptions
    )
