"""Gather what the student's handout holds, as data; what is for the teacher alone stays behind."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import msgspec

from retell.figures.map import PlaceMap, place_map
from retell.figures.timeline import Moment, moments
from retell.handout.grid import BlankGrid, blank, fill_grid
from retell.script.excerpt import FOR_STUDENTS, Length, excerpt
from retell.script.resolver import StoryFigures, articles, resolve, scenes_of, title_page, write_script
from retell.script.steps import AccountsStep, Article, Step, Stretch, TitleStep, VoicesStep, ranges
from retell.story.mentions import term_names, visible_texts
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
MOST_WORDS = 6  # that a short handout explains
MOST_WITH_SUPPORT = 3  # questions
FEWEST_LINES, MOST_LINES = 2, 3  # under a question
WORDS_IN_A_LINE = 18


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
    """A question, with its own number and that of the scene that it belongs to, and how many lines it needs."""

    number: int
    scene: int
    ask: str
    lines: int


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

    `part` is None for the whole story. `common` marks the packet for everyone, which tells `disputes` besides. A short
    one has of the narration only the story's opening. With `support` it asks less and gives more.
    """

    title: TitleStep
    edition: str
    length: Length
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
    disputes: tuple[AccountsStep, ...] = ()
    support: bool = False
    common: bool = False

    @property
    def heading(self) -> str:
        """The title, with that of the part."""
        return ": ".join(filter(None, (self.title.title, self.part.title if self.part else "")))

    @property
    def heard(self) -> Balance | None:
        """Who speaks in the story and how often, where a scene shows it."""
        return next((step.balance for step in self.steps if isinstance(step, VoicesStep)), None)


def student_edition(
    library: Library, parts: Sequence[str] = (), length: Length = "full", *, support: bool = False
) -> StudentEdition:
    """Gather the student's handout, of the whole story or of parts as `scenes_of` knows them.

    The library must have passed the check. Raises UnknownNameError when the story has no such part.
    """
    return edition_of(excerpt(library, parts, length), library, parts, length, support=support)


def edition_of(
    library: Library, whole: Library, parts: Sequence[str], length: Length, *, support: bool = False
) -> StudentEdition:
    """Gather the student's handout of an excerpt of these parts and this length."""
    assert library.story is not None, "only a whole story makes a handout"
    lesson = library.lesson.form if library.lesson else None
    part = _part_of(whole, parts)
    asked = numbered_questions(library, MOST_WITH_SUPPORT if support else None)
    grid = None if length == "packet" else fill_grid(library, events=length == "full")
    return StudentEdition(
        title=title_page(library.story.form),
        edition=str(library.story.form.edition),
        length=length,
        part=part,
        articles=listed_articles(library),
        words=_words(library, length),
        places=tuple(
            sorted((entry.form for entry in library.places.values()), key=lambda place: place.name.casefold())
        ),
        speakers=tuple(
            (entry.form.name, entry.form.role) for entry in library.voices.values() if entry.form.side != "press"
        ),
        timeline=timeline_of(library),
        gists=_gists(library),
        # the last step, the articles, stands under Sources
        steps=write_script(library, figures=StoryFigures(library, whole))[:-1],
        questions=tuple((skill, tuple(each for each, _ in pairs)) for skill, pairs in asked),
        grid=blank(grid, half_filled=support),
        task=task_of(lesson) if part is None else "",
        map=map_of(library),
        starters=tuple(map(set_line, lesson.starters)) if lesson else (),
        unknown=unknown_of(library),
        support=support,
    )


def timeline_of(library: Library) -> tuple[Dated, ...]:
    """Return the lines of the timeline."""
    return tuple(Dated(moment, resolve(library, moment.gist)) for moment in moments(library))


def unknown_of(library: Library) -> tuple[tuple[Stretch, ...], ...]:
    """Return what the articles leave open."""
    return tuple(resolve(library, each.what) for each in library.lesson.form.unknown) if library.lesson else ()


def _words(library: Library, length: Length) -> tuple[Word, ...]:
    """Return the words that are explained, by the alphabet; outside a full handout the first few that are used."""
    used = list(library.terms)
    if length != "full":
        texts = "\n".join(visible_texts(library, FOR_STUDENTS))
        used = [name for name in term_names(library).found_in(texts) if name in library.terms][:MOST_WORDS]
    entries = sorted((library.terms[name] for name in used), key=lambda entry: entry.form.term.casefold())
    return tuple(Word(entry.form.term, resolve(library, entry.form.meaning)) for entry in entries)


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


def numbered_questions(
    library: Library, most: int | None = None
) -> tuple[tuple[str, tuple[tuple[Asked, Question], ...]], ...]:
    """Return the questions of all told scenes under the skill that they train, numbered, in the order of telling.

    At most so many are returned, the first of as many skills as there are.
    """
    of_skill: dict[Skill, list[tuple[int, Question]]] = {skill: [] for skill in SKILLS}
    for scene_number, scene in library.numbered():
        for question in scene.form.questions:
            of_skill[question.skill].append((scene_number, question))
    if most is not None:
        left = [skill for skill in SKILLS if of_skill[skill]][:most]
        of_skill = {skill: of_skill[skill][:1] for skill in left}
    number = count(1)
    return tuple(
        (
            SKILLS[skill],
            tuple((Asked(next(number), scene, q.ask.plain, _lines_for(q)), q) for scene, q in questions),
        )
        for skill, questions in of_skill.items()
        if questions
    )


def _lines_for(question: Question) -> int:
    """Return how many lines a question needs, by the words of its model answer; a student's is shorter."""
    return min(MOST_LINES, max(FEWEST_LINES, round(question.answer.words / WORDS_IN_A_LINE)))


def map_of(library: Library) -> PlaceMap | None:
    """Return the map, where there are places enough."""
    drawn = place_map(library)
    return drawn if len(drawn.places) >= FEWEST_PLACES else None


def _gists(library: Library) -> tuple[Gist, ...]:
    """Return the scenes in short."""
    return tuple(
        Gist(number, set_line(scene.form.title), str(scene.form.when or ""), resolve(library, scene.form.gist))
        for number, scene in library.numbered()
    )


def task_of(lesson: Lesson | None) -> str:
    """Return the writing task; it is on the whole story, so a part has none."""
    return set_line(lesson.task or "") if lesson else ""


def listed_articles(library: Library) -> tuple[Listed, ...]:
    """Return the articles in the order of their codes."""
    return tuple(_listed(article, library.sources[article.key].form) for article in articles(library))


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
