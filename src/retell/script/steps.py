"""What a script is made of: the steps of a telling, with all that a reader sees of each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import msgspec

from retell.story.prose import Span, count_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.figures.map import PlaceMap
    from retell.figures.timeline import Moment, PhaseSpan
    from retell.figures.voices import Balance
    from retell.story.articles import Article
    from retell.story.references import Reference

MARK_WORDS = 2  # what is read of a place on the map, of a side's bar: its name and its mark


class Stretch(msgspec.Struct, frozen=True):
    """A claim as it is told: its spans, the punctuation that ends it, and what it rests on."""

    spans: tuple[Span, ...]
    references: tuple[Reference, ...]

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(span.text for span in self.spans)


class Point(msgspec.Struct, frozen=True):
    """Where in the story a step stands: the scene's id and number (from 1), and the beat's number (from 0)."""

    scene: str = ""
    number: int = 0
    beat: int = 0


class Step(msgspec.Struct, frozen=True, dict=True):
    """Ancestor of all steps; each says of itself what is read in it, what it names and what it rests on."""

    is_beat: ClassVar[bool] = True  # a reader may stop at it and look at what it rests on
    place: Point

    @property
    def note(self) -> str:
        """How something in it was worked out."""
        return ""

    @property
    def paced(self) -> tuple[str, ...]:
        """The texts that are read at the reader's pace."""
        return ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts in which a card may be named."""
        return self.paced

    @property
    def claims(self) -> tuple[Stretch, ...]:
        """What it says of articles, claim by claim."""
        return ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it rests on, in the order of its claims."""
        return tuple(reference for claim in self.claims for reference in claim.references)

    @cached_property
    def words(self) -> int:
        """How many words of it are read at the reader's pace."""
        return sum(map(count_words, self.paced))

    @cached_property
    def words_at_once(self) -> int:
        """How many words of it come at once, beside those; citations are not read."""
        return count_words(f"How we know: {self.note}") if self.note else 0


class PhaseStep(Step, frozen=True):
    """A phase begins; a frame (opening, close) is no part of the story proper."""

    title: str
    span: str
    frame: bool
    is_beat: ClassVar[bool] = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Its title."""
        return (self.title,)


class SceneStep(Step, frozen=True):
    """A scene begins; `only` names the source it rests on alone, `article: C`, or nothing; `phase` is a title.

    It `asks` where it has questions.
    """

    title: str
    when: str
    where: str
    only: str
    of: int
    phase: str = ""
    asks: bool = False
    is_beat: ClassVar[bool] = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Its title and its place."""
        return (self.title, self.where)


class SayStep(Step, frozen=True):
    """Narration."""

    stretches: tuple[Stretch, ...]
    note: str

    @property
    def paced(self) -> tuple[str, ...]:
        """All of it."""
        return tuple(stretch.text for stretch in self.stretches)

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it, and the note."""
        return (*self.paced, self.note)

    @property
    def claims(self) -> tuple[Stretch, ...]:
        """Its stretches."""
        return self.stretches


class QuoteStep(Step, frozen=True):
    """A quotation; the speaker's name and role."""

    lead: str
    quote: str
    speaker: str
    role: str
    references: tuple[Reference, ...]
    note: str

    @property
    def claims(self) -> tuple[Stretch, ...]:
        """What leads to it, and the quotation."""
        return (Stretch((Span(self.lead), Span(f" {self.quote}", "quotation")), self.references),)

    @property
    def paced(self) -> tuple[str, ...]:
        """What leads to it, and the quotation."""
        return (self.lead, self.quote)

    @property
    def texts(self) -> tuple[str, ...]:
        """That, the speaker and the note."""
        return (*self.paced, self.speaker, self.note)

    @cached_property
    def words_at_once(self) -> int:
        """Those of the note and of the speaker's name."""
        return super().words_at_once + count_words(self.speaker)


class Account(msgspec.Struct, frozen=True):
    """One position of a dispute."""

    voice: str
    stretches: tuple[Stretch, ...]


class AccountsStep(Step, frozen=True):
    """A dispute, its accounts side by side; `among` is what the sources are called in which somebody is not heard."""

    question: str
    accounts: tuple[Account, ...]
    notice: str
    silent: str
    among: str = "articles"

    @property
    def labelled(self) -> tuple[tuple[str, str], ...]:
        """What is told after the accounts, each with its label."""
        labelled = (("To notice:", self.notice), ("Not heard:", self.silent))
        return tuple(each for each in labelled if each[1])

    @property
    def claims(self) -> tuple[Stretch, ...]:
        """Those of all accounts."""
        return tuple(stretch for account in self.accounts for stretch in account.stretches)

    @property
    def paced(self) -> tuple[str, ...]:
        """The question, the accounts, and what is told after them."""
        told = (" ".join(labelled) for labelled in self.labelled)
        return (self.question, *(claim.text for claim in self.claims), *told)

    @property
    def texts(self) -> tuple[str, ...]:
        """The same without labels, and who gives an account."""
        told = (claim.text for claim in self.claims)
        return (self.question, *told, self.notice, self.silent, *(account.voice for account in self.accounts))

    @cached_property
    def words_at_once(self) -> int:
        """Those of the voices' names."""
        return sum(count_words(account.voice) for account in self.accounts)


class AsideStep(Step, frozen=True):
    """The narrator's own voice."""

    text: str

    @property
    def paced(self) -> tuple[str, ...]:
        """All of it."""
        return (self.text,)


class TimelineStep(Step, frozen=True):
    """The timeline, drawn in the story."""

    moments: tuple[Moment, ...]
    spans: tuple[PhaseSpan, ...] = ()

    @cached_property
    def words_at_once(self) -> int:
        """Those of the scenes' titles."""
        return sum(count_words(moment.title) for moment in self.moments)


class MapStep(Step, frozen=True):
    """The map, drawn in the story: how many places it has, and what lays it out, once it is drawn."""

    places: int
    lay_out: Callable[[], PlaceMap]

    @cached_property
    def map(self) -> PlaceMap:
        """The map as it is drawn."""
        return self.lay_out()

    @cached_property
    def words_at_once(self) -> int:
        """A name and a mark for each place."""
        return MARK_WORDS * self.places


class VoicesStep(Step, frozen=True):
    """Who speaks how often, drawn in the story: how many sides the voices have, and what counts the turns of each.

    They are counted where the step is drawn, for no reader waits at the title page for the end of the story.
    """

    sides: int
    count: Callable[[], Balance]

    @property
    def balance(self) -> Balance:
        """Who speaks how often."""
        return self.count()

    @cached_property
    def words_at_once(self) -> int:
        """A name and a bar for each side."""
        return MARK_WORDS * self.sides


class PauseStep(Step, frozen=True):
    """Silence, in seconds."""

    seconds: float
    is_beat: ClassVar[bool] = False


class SourcesStep(Step, frozen=True):
    """The articles, at the end."""

    articles: tuple[Article, ...]
    is_beat: ClassVar[bool] = False
