"""Stage 8: the library in, the content of the student's handout out, as data for a template; answers stay behind."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import msgspec

from retell.figures.map import PlaceMap, place_map
from retell.figures.timeline import Moment, moments
from retell.handout.grid import BlankGrid, blank, fill_grid
from retell.script.excerpt import excerpt
from retell.script.resolver import StoryFigures, articles, resolve, scenes_of, title_page, write_script
from retell.script.steps import Article, Step, Stretch, TitleStep, VoicesStep, ranges
from retell.story.model import Question, Skill
from retell.story.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.figures.voices import Balance
    from retell.story.lesson import Lesson
    from retell.story.library import Library
    from retell.story.model import Place, Source

SKILLS: dict[Skill, str] = {
    "sourcing": "Sourcing: who wrote this, when, and for whom?",
    "context": "Context: what else was happening?",
    "close-reading": "Close reading: which word, and whose is it?",
    "corroboration": "Corroboration: which articles agree, and which are silent?",
}

FEWEST_PLACES = 3  # fewer lie nowhere in particular


class ListedArticle(msgspec.Struct, frozen=True):
    """Of an article, what a student may see; its cautions are for the teacher."""

    key: str
    code: str
    genre: str
    summary: str
    url: str
    worked_out: tuple[str, ...]


class Listed(msgspec.Struct, frozen=True):
    """An article as the handout lists it: what is known of it, and the names of what our copy does not say."""

    article: ListedArticle
    headline: str
    known: tuple[str, ...]
    missing: tuple[str, ...]
    published: str


class Word(msgspec.Struct, frozen=True):
    """A term and its meaning."""

    term: str
    meaning: tuple[Stretch, ...]


class Asked(msgspec.Struct, frozen=True):
    """A question, with its own number and that of the scene that it belongs to."""

    number: int
    scene: int
    ask: str


class Dated(msgspec.Struct, frozen=True):
    """A line of the timeline with its gist resolved."""

    moment: Moment
    gist: tuple[Stretch, ...]


class Gist(msgspec.Struct, frozen=True):
    """A scene in one or two sentences; a scene without a date has none."""

    number: int
    title: str
    when: str
    gist: tuple[Stretch, ...]


class Part(msgspec.Struct, frozen=True):
    """What a packet holds of the story: its title, its scenes' numbers in words, and how many scenes the story has."""

    title: str
    scenes: str
    of: int


class StudentEdition(msgspec.Struct, frozen=True):
    """What a student's handout holds: no answer, no stance, no misconception; no type of it has a field for one.

    `part` is None for the whole story. A short one has no narration: its steps are accounts alone.
    """

    title: TitleStep
    edition: str
    short: bool
    part: Part | None
    articles: tuple[Listed, ...]
    words: tuple[Word, ...]
    places: tuple[Place, ...]
    speakers: tuple[tuple[str, str], ...]
    timeline: tuple[Dated, ...]
    gists: tuple[Gist, ...]
    steps: tuple[Step, ...]
    questions: tuple[tuple[str, tuple[Asked, ...]], ...]
    grid: BlankGrid | None
    task: str
    map: PlaceMap | None
    starters: tuple[str, ...]
    unknown: tuple[tuple[Stretch, ...], ...]

    @property
    def heading(self) -> str:
        """The title, with that of the part."""
        return ": ".join(filter(None, (self.title.title, self.part.title if self.part else "")))

    @property
    def heard(self) -> Balance | None:
        """Who speaks in the story and how often, where a scene shows it."""
        return next((step.balance for step in self.steps if isinstance(step, VoicesStep)), None)


def student_edition(library: Library, parts: Sequence[str] = (), *, short: bool = False) -> StudentEdition:
    """Gather the student's handout, of the whole story or of parts as `scenes_of` knows them.

    The library must have passed the check. Raises UnknownNameError when the story has no such part.
    """
    whole, part = library, _part_of(library, parts)
    library = excerpt(whole, parts, short=short)
    assert library.story is not None, "only a whole story makes a handout"
    lesson = library.lesson.form if library.lesson else None
    return StudentEdition(
        title=title_page(library.story.form),
        edition=str(library.story.form.edition),
        short=short,
        part=part,
        articles=tuple(_listed(article, library.sources[article.key].form) for article in articles(library)),
        words=tuple(
            Word(entry.form.term, resolve(library, entry.form.meaning))
            for entry in sorted(library.terms.values(), key=lambda entry: entry.form.term.casefold())
        ),
        places=tuple(
            sorted((entry.form for entry in library.places.values()), key=lambda place: place.name.casefold())
        ),
        speakers=tuple(
            (entry.form.name, entry.form.role) for entry in library.voices.values() if entry.form.side != "press"
        ),
        timeline=tuple(Dated(moment, resolve(library, moment.gist)) for moment in moments(library)),
        gists=_gists(library),
        # the last step, the articles, stands under Sources
        steps=write_script(library, figures=StoryFigures(library, whole))[:-1],
        questions=tuple((skill, tuple(asked for asked, _ in pairs)) for skill, pairs in numbered_questions(library)),
        grid=blank(fill_grid(library, short=short)),
        task=_task(lesson, part),
        map=_map(library),
        starters=tuple(map(set_line, lesson.starters)) if lesson else (),
        unknown=tuple(resolve(library, unknown.what) for unknown in lesson.unknown) if lesson else (),
    )


def _part_of(library: Library, parts: Sequence[str]) -> Part | None:
    """Name the scenes and phases that a packet is of, by their titles; None for the whole story."""
    assert library.story is not None, "only a whole story has parts"
    if not parts:
        return None
    chosen = {part: scenes_of(library, part) for part in parts}
    numbers = sorted({number for scenes in chosen.values() for number, _ in scenes})
    phases = {phase.id: phase.title for phase in library.story.form.phases}
    titles = dict.fromkeys(
        phases[part] if part in phases else scenes[0][1].form.title for part, scenes in chosen.items()
    )
    scenes = f"scene{'s' if len(numbers) > 1 else ''} {ranges(numbers)}"
    return Part(set_line(" · ".join(titles)), scenes, len(library.story.form.scenes))


def numbered_questions(library: Library) -> tuple[tuple[str, tuple[tuple[Asked, Question], ...]], ...]:
    """Give the questions of all told scenes under the skill that they train, numbered, in the order of telling."""
    of_skill: dict[Skill, list[tuple[int, Question]]] = {skill: [] for skill in SKILLS}
    for scene_number, scene in library.numbered():
        for question in scene.form.questions:
            of_skill[question.skill].append((scene_number, question))
    number = count(1)
    return tuple(
        (SKILLS[skill], tuple((Asked(next(number), scene, q.ask.plain), q) for scene, q in questions))
        for skill, questions in of_skill.items()
        if questions
    )


def _map(library: Library) -> PlaceMap | None:
    drawn = place_map(library)
    return drawn if len(drawn.places) >= FEWEST_PLACES else None


def _gists(library: Library) -> tuple[Gist, ...]:
    """Give the scenes in short; those that tell only of whole articles are left out where there are others."""
    gists = tuple(
        Gist(number, set_line(scene.form.title), str(scene.form.when or ""), resolve(library, scene.form.gist))
        for number, scene in library.numbered()
    )
    return tuple(filter(_rests_on_paragraphs, gists)) or gists


def _rests_on_paragraphs(gist: Gist) -> bool:
    return any(reference.paragraphs for stretch in gist.gist for reference in stretch.references)


def _task(lesson: Lesson | None, part: Part | None) -> str:
    """Give the writing task; it is on the whole story, so a packet has none."""
    return set_line(lesson.task or "") if lesson and part is None else ""


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
        article=ListedArticle(
            article.key, article.code, article.genre, article.summary, article.url, article.worked_out
        ),
        headline=source.title or "",
        known=tuple(filter(None, known)),
        missing=tuple(name for name, fact in (*facts.items(), ("address", source.url)) if not fact),
        published=", ".join(published),
    )
