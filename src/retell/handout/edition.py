"""Stage 8: the library in, the content of a handout out, as data for a template; answers stay where they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from retell.figures import Moment, timeline
from retell.model import Skill
from retell.names import place_names, term_names, visible_texts
from retell.script import articles, resolve, title_page, write_script
from retell.steps import Article, Step, Stretch, TitleStep

if TYPE_CHECKING:
    from retell.library import Library
    from retell.model import Place, Source

SKILLS: dict[Skill, str] = {
    "sourcing": "Sourcing: who wrote this, when, and for whom?",
    "context": "Context: what else was happening?",
    "close-reading": "Close reading: which word, and whose is it?",
    "corroboration": "Corroboration: which articles agree, and which are silent?",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as the handout lists it: what is known of it, and the names of what our copy does not say."""

    article: Article
    headline: str
    known: tuple[str, ...]
    missing: tuple[str, ...]
    published: str


@dataclass(frozen=True, slots=True)
class Word:
    """A term and its meaning."""

    term: str
    meaning: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with its own number and that of the scene that it belongs to."""

    number: int
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
    articles: tuple[Listed, ...]
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
        title=title_page(library.story.form),
        edition=str(library.story.form.edition),
        articles=tuple(_listed(article, library.sources[article.key].form) for article in articles(library)),
        words=tuple(
            Word(entry.form.term, resolve(library, entry.form.meaning))
            for entry in sorted(library.terms.values(), key=lambda entry: entry.form.term.casefold())
            if entry.id in terms
        ),
        places=tuple(
            sorted(
                (entry.form for entry in library.places.values() if entry.id in places),
                key=lambda place: place.name.casefold(),
            )
        ),
        speakers=tuple(
            (entry.form.name, entry.form.role) for entry in library.voices.values() if entry.form.side != "press"
        ),
        timeline=tuple(Dated(moment, resolve(library, moment.gist)) for moment in timeline(library)),
        steps=write_script(library)[:-1],  # the last step, the articles, stands under Sources
        questions=_questions(library),
    )


def _listed(article: Article, source: Source) -> Listed:
    """Sort what an article's card says into what is known and what is not."""
    authors = ", ".join(author.literal for author in source.author)
    date = str(source.issued or "")
    facts = {"author": authors, "headline": source.title, "outlet": source.container_title, "date": date}
    known = (authors, article.outlet if source.container_title else "", date)
    unpublished = [name for name in ("outlet", "date") if not facts[name]]
    published = [str(facts[name]) for name in ("outlet", "date") if facts[name]]
    if unpublished:
        published.append(f"{' and '.join(unpublished)} not in our copy")
    return Listed(
        article=article,
        headline=source.title or "",
        known=tuple(filter(None, known)),
        missing=tuple(name for name, fact in (*facts.items(), ("address", source.url)) if not fact),
        published=", ".join(published),
    )


def _questions(library: Library) -> tuple[tuple[str, tuple[Asked, ...]], ...]:
    """Give the questions of all told scenes under the skill that they train, in the order of telling."""
    asked: dict[Skill, list[tuple[int, str]]] = {skill: [] for skill in SKILLS}
    for scene_number, scene in enumerate(library.told(), 1):
        for question in scene.form.questions:
            asked[question.skill].append((scene_number, question.ask.plain))
    number = count(1)
    return tuple(
        (SKILLS[skill], tuple(Asked(next(number), scene, ask) for scene, ask in questions))
        for skill, questions in asked.items()
        if questions
    )
