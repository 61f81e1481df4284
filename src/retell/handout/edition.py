"""Stage 8: the library in, the content of a handout out, as data for a template; answers stay where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retell.figures import Moment, timeline
from retell.model import Skill
from retell.names import place_names, term_names, visible_texts
from retell.prose import set_quotes
from retell.script import articles, resolve, title_page, write_script
from retell.steps import Article, Step, Stretch, TitleStep

if TYPE_CHECKING:
    from retell.library import Library
    from retell.model import Place

SKILLS: dict[Skill, str] = {
    "sourcing": "Sourcing: who wrote this, when, and for whom?",
    "context": "Context: what else was happening?",
    "close-reading": "Close reading: which word, and whose is it?",
    "corroboration": "Corroboration: which articles agree, and which are silent?",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A term and its meaning."""

    term: str
    meaning: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with the number of the scene that it belongs to."""

    scene: int
    ask: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of the timeline with its gist resolved."""

    moment: Moment
    gist: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class StudentEdition:
    """What a student's handout holds: no answer, no stance."""

    title: TitleStep
    edition: str
    articles: tuple[Article, ...]
    words: tuple[Word, ...]
    places: tuple[Place, ...]
    speakers: tuple[tuple[str, str], ...]
    timeline: tuple[Dated, ...]
    steps: tuple[Step, ...]
    questions: tuple[tuple[str, tuple[Asked, ...]], ...]


def student_edition(library: Library) -> StudentEdition:
    """Gather the student's handout; the library must have passed the check."""
    assert library.story is not None, "only a whole story makes a handout"
    text = "\n".join(visible_texts(library))
    terms = set(term_names(library).found_in(text))
    where = {scene.form.where for scene in library.told()}
    places = where | set(place_names(library).found_in(text))
    return StudentEdition(
        title=title_page(library),
        edition=str(library.story.form.edition),
        articles=articles(library),
        words=tuple(
            Word(entry.form.term, resolve(library, entry.form.meaning))
            for entry in library.terms.values()
            if entry.id in terms
        ),
        places=tuple(entry.form for entry in library.places.values() if entry.id in places),
        speakers=tuple(
            (entry.form.name, entry.form.role) for entry in library.voices.values() if entry.form.side != "press"
        ),
        timeline=tuple(Dated(moment, resolve(library, moment.gist)) for moment in timeline(library)),
        steps=write_script(library)[:-1],  # the last step, the articles, stands under Sources
        questions=_questions(library),
    )


def _questions(library: Library) -> tuple[tuple[str, tuple[Asked, ...]], ...]:
    """Give the questions of all told scenes under the skill that they train, in the order of telling."""
    asked: dict[Skill, list[Asked]] = {skill: [] for skill in SKILLS}
    for number, scene in enumerate(library.told(), 1):
        for question in scene.form.questions:
            asked[question.skill].append(Asked(number, set_quotes(question.ask.plain)))
    return tuple((SKILLS[skill], tuple(questions)) for skill, questions in asked.items() if questions)
