"""Gather what the student's handout holds, as data; what is for the teacher alone stays behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.figures.map import PlaceMap, place_map
from retell.figures.timeline import moments
from retell.figures.voices import by_name, is_outlet
from retell.handout.excerpts import Excerpts
from retell.handout.grid import BlankGrid, Grid, blank, fill_grid, keep_shown
from retell.handout.questions import Asked, numbered_questions
from retell.script.excerpt import FOR_STUDENTS, Length, excerpt
from retell.script.resolver import StoryFigures, resolve, scenes_of, write_script
from retell.script.selection import of_kind
from retell.script.steps import AccountsStep, Step, Stretch, VoicesStep
from retell.script.titlepage import TitleStep, title_page
from retell.story.articles import MISSING, Article, facts_of, where_of
from retell.story.cards import PUBLIC_DOMAIN
from retell.story.columns import several
from retell.story.kinds import Noun, together
from retell.story.references import ranges
from retell.story.typography import set_line
from retell.story.uses import visible_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retell.figures.voices import Balance
    from retell.story.cards import Place, Source
    from retell.story.told import Told

FEWEST_PLACES = 3  # fewer lie nowhere in particular
MOST_WORDS = 6  # that a short handout explains
MOST_WITH_SUPPORT = 3  # questions


class ListedArticle(msgspec.Struct, frozen=True):
    """Of an article, what a student may see; its cautions are for the teacher."""

    key: str
    code: str
    genre: str
    summary: str
    url: str
    worked_out: tuple[str, ...]
    noun: Noun
    is_free: bool


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
    timeline: tuple[Gist, ...]
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
    def noun(self) -> Noun:
        """What its sources are called together."""
        return noun_of_listed(self.articles)

    @property
    def heard(self) -> Balance | None:
        """Who speaks in the story and how often, where a scene shows it."""
        return next((step.balance for step in of_kind(self.steps, VoicesStep)), None)


def student_edition(
    told: Told, parts: Sequence[str] = (), length: Length = "full", *, support: bool = False
) -> StudentEdition:
    """Gather the student's handout, of the whole story or of parts as `scenes_of` knows them.

    Raises UnknownNameError when the story has no such part.
    """
    return edition_of(excerpt(told, parts, length, support=support), told, parts, length, support=support)


def edition_of(
    told: Told, whole: Told, parts: Sequence[str], length: Length, *, support: bool = False
) -> StudentEdition:
    """Gather the student's handout of an excerpt of these parts and this length."""
    part = _part_of(whole, parts)
    asked = numbered_questions(told, MOST_WITH_SUPPORT if support else None)
    grid = None if length == "packet" else grid_of(told, length)
    excerpts = Excerpts(told)
    return StudentEdition(
        title=title_page(told.story),
        edition=str(told.story.edition),
        length=length,
        part=part,
        articles=listed_articles(told),
        words=_words(told, length),
        places=tuple(sorted(told.places.values(), key=lambda place: place.name.casefold())),
        speakers=_speakers(told),
        timeline=timeline_of(told),
        gists=_gists(told),
        # the last step, the articles, stands under Sources
        steps=write_script(told, figures=StoryFigures(told, whole))[:-1],
        questions=tuple((skill, excerpts.beside(pairs)) for skill, pairs in asked),
        grid=blank(grid, half_filled=support),
        task=set_line(told.lesson.task) if part is None else "",  # it is on the whole story
        map=map_of(told),
        starters=tuple(map(set_line, told.lesson.starters)),
        unknown=unknown_of(told),
        support=support,
    )


def grid_of(told: Told, length: Length) -> Grid | None:
    """Return the grid of an excerpt; a short one asks for no paragraph that it does not show."""
    grid = fill_grid(told, events=length == "full")
    return keep_shown(grid, told) if length == "short" else grid


def _speakers(told: Told) -> tuple[tuple[str, str], ...]:
    """Return who speaks and who that is, by the names shown; a paper is introduced among the sources."""
    voices = by_name(each for each in told.voices.values() if not is_outlet(each, told.sources.values()))
    return tuple((voice.name, voice.role) for voice in voices)


def timeline_of(told: Told) -> tuple[Gist, ...]:
    """Return the lines of the timeline: the scenes that have a moment in it, in short."""
    dated = {moment.number for moment in moments(told)}
    return tuple(gist for gist in _gists(told) if gist.number in dated)


def unknown_of(told: Told) -> tuple[tuple[Stretch, ...], ...]:
    """Return what the articles leave open."""
    return tuple(resolve(told, each.what) for each in told.lesson.unknown)


def _words(told: Told, length: Length) -> tuple[Word, ...]:
    """Return the words that are explained, by the alphabet; outside a full handout the first few that are used."""
    used = list(told.terms)
    if length != "full":
        texts = "\n".join(visible_texts(told, FOR_STUDENTS))
        used = told.names["terms"].found_in(texts)[:MOST_WORDS]
    entries = sorted((told.terms[name] for name in used), key=lambda entry: entry.term.casefold())
    return tuple(Word(entry.term, resolve(told, entry.meaning)) for entry in entries)


def _part_of(told: Told, parts: Sequence[str]) -> Part | None:
    """Return what a packet covers, scenes and phases by their titles; None for the whole story."""
    if not parts:
        return None
    chosen = {part: scenes_of(told, part) for part in parts}
    numbers = sorted({scene.number for scenes in chosen.values() for scene in scenes})
    phases = {phase.id: phase.title for phase in told.story.phases}
    titles = dict.fromkeys(phases[part] if part in phases else scenes[0].title for part, scenes in chosen.items())
    scenes = f"{several(len(numbers), 'scene')} {ranges(numbers)}"
    return Part(set_line(" · ".join(titles)), scenes, len(told.story.scenes))


def map_of(told: Told) -> PlaceMap | None:
    """Return the map, where there are places enough."""
    drawn = place_map(told)
    return drawn if len(drawn.places) >= FEWEST_PLACES else None


def _gists(told: Told) -> tuple[Gist, ...]:
    """Return the scenes in short."""
    return tuple(
        Gist(scene.number, set_line(scene.title), str(scene.when or ""), resolve(told, scene.gist))
        for scene in told.scenes
    )


def listed_articles(told: Told) -> tuple[Listed, ...]:
    """Return the articles in the order of their codes."""
    return tuple(_listed(article, told.sources[article.key]) for article in told.articles)


def noun_of_listed(articles: Iterable[Listed]) -> Noun:
    """Return what sources are called together."""
    return together(each.article.noun for each in articles)


def _listed(article: Article, source: Source) -> Listed:
    """Sort what an article's card says into what is known and what is not."""
    facts = facts_of(source)
    outlet = "outlet" if "outlet" in facts else "author"
    known = (facts["author"], facts.get("outlet") or where_of(source), facts["date"])
    said = {outlet: source.container_title if outlet == "outlet" else facts["author"], "date": facts["date"]}
    unpublished = [name for name, fact in said.items() if not fact]
    published = [str(fact) for fact in said.values() if fact]
    if unpublished and (published or outlet == "outlet"):
        published.append(f"{' and '.join(unpublished)} {MISSING}")
    return Listed(
        article=ListedArticle(
            article.key,
            article.code,
            set_line(source.genre),
            article.summary,
            article.url,
            article.worked_out,
            article.noun,
            source.rights == PUBLIC_DOMAIN,
        ),
        headline=source.title or facts.get("title", ""),
        known=tuple(filter(None, known)),
        missing=tuple(name for name, fact in facts.items() if not fact),
        published=", ".join(published),
    )
