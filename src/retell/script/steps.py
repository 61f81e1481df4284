"""Stage 7: what a script is made of: the Steps of a telling, with all that a reader sees of each; frozen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from retell.figures.map import PlaceMap
from retell.figures.timeline import Moment, PhaseSpan
from retell.story.prose import Span, count_words

if TYPE_CHECKING:
    from retell.figures.voices import Balance

LABEL_WORDS = 2  # what to notice and who is silent are told after "To notice:" and "Not heard:"


def ranges(numbers: Iterable[int]) -> str:
    """Write paragraph numbers as readers see them: `3, 6–8`; order is kept."""
    return _ranges(tuple(numbers))


@lru_cache(maxsize=4096)  # a story cites the same paragraphs again and again
def _ranges(numbers: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


class Reference(msgspec.Struct, frozen=True):
    """One article cited: its code, the paragraphs (none: the article as a whole), and the name of its outlet."""

    code: str
    paragraphs: tuple[int, ...]
    outlet: str = ""

    def __str__(self) -> str:
        """Say it as readers see it: `C ¶3, 6–7`."""
        return f"{self.code} ¶{ranges(self.paragraphs)}" if self.paragraphs else self.code


class Stretch(msgspec.Struct, frozen=True):
    """A claim as it is told: its spans, the punctuation that ends it, and what it rests on."""

    spans: tuple[Span, ...]
    references: tuple[Reference, ...]

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(span.text for span in self.spans)


class Place(msgspec.Struct, frozen=True):
    """Where in the story a step stands: the scene's id and number (from 1), and the beat's number (from 0)."""

    scene: str = ""
    number: int = 0
    beat: int = 0


class TitleStep(msgspec.Struct, frozen=True):
    """The title page, but for the length: it needs only story.yaml, and so is shown while the rest is read."""

    title: str
    subtitle: str
    question: str
    about: str


class LengthStep(msgspec.Struct, frozen=True):
    """The last line of the title page: how many words are told at the reader's pace, in how many scenes."""

    words: int
    scenes: int


class PhaseStep(msgspec.Struct, frozen=True):
    """A phase begins; a frame (opening, close) is no part of the story proper."""

    place: Place
    title: str
    span: str
    frame: bool


class SceneStep(msgspec.Struct, frozen=True):
    """A scene begins; `only` is the code of the article it rests on alone, or nothing."""

    place: Place
    title: str
    when: str
    where: str
    only: str
    of: int


class SayStep(msgspec.Struct, frozen=True):
    """Narration."""

    place: Place
    stretches: tuple[Stretch, ...]
    note: str


class QuoteStep(msgspec.Struct, frozen=True):
    """A quotation; the speaker's name and role."""

    place: Place
    lead: str
    quote: str
    speaker: str
    role: str
    references: tuple[Reference, ...]
    note: str


class Account(msgspec.Struct, frozen=True):
    """One position of a dispute."""

    voice: str
    stretches: tuple[Stretch, ...]


class AccountsStep(msgspec.Struct, frozen=True):
    """A dispute, its accounts side by side."""

    place: Place
    question: str
    accounts: tuple[Account, ...]
    notice: str
    silent: str


class AsideStep(msgspec.Struct, frozen=True):
    """The narrator's own voice."""

    place: Place
    text: str


class TimelineStep(msgspec.Struct, frozen=True):
    """The timeline, drawn in the story."""

    place: Place
    moments: tuple[Moment, ...]
    spans: tuple[PhaseSpan, ...] = ()


class MapStep(msgspec.Struct, frozen=True):
    """The map, drawn in the story."""

    place: Place
    map: PlaceMap


class VoicesStep(msgspec.Struct, frozen=True):
    """Who speaks how often, drawn in the story."""

    place: Place
    balance: Balance


class PauseStep(msgspec.Struct, frozen=True):
    """Silence, in seconds."""

    place: Place
    seconds: float


class Article(msgspec.Struct, frozen=True):
    """One of the articles, as a reader needs it; what nobody saw says so."""

    key: str
    code: str
    title: str
    outlet: str
    date: str
    genre: str
    summary: str
    url: str
    worked_out: tuple[str, ...]
    cautions: tuple[str, ...] = ()


class SourcesStep(msgspec.Struct, frozen=True):
    """The articles, at the end."""

    articles: tuple[Article, ...]


Step: TypeAlias = (
    PhaseStep
    | SceneStep
    | SayStep
    | QuoteStep
    | AccountsStep
    | AsideStep
    | TimelineStep
    | MapStep
    | VoicesStep
    | PauseStep
    | SourcesStep
)


def count_told(step: Step) -> int:
    """Count the words of a step that are told at the reader's pace."""
    if isinstance(step, SayStep):
        return _count(step.stretches)
    if isinstance(step, QuoteStep):
        return count_words(step.lead) + count_words(step.quote)
    if isinstance(step, AsideStep):
        return count_words(step.text)
    if isinstance(step, AccountsStep):
        labelled = sum(LABEL_WORDS + count_words(text) for text in (step.notice, step.silent) if text)
        return count_words(step.question) + sum(_count(account.stretches) for account in step.accounts) + labelled
    return 0


def _count(stretches: Iterable[Stretch]) -> int:
    return sum(count_words(stretch.text) for stretch in stretches)
