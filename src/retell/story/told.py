"""The type of a story that can be told: everything that it names is there, so nothing has to be asked for twice."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retell.story.articles import Article, articles_of
from retell.story.cards import Dispute, Place, Source, Term, Voice
from retell.story.kinds import Noun, together
from retell.story.lesson import Lesson
from retell.story.library import Library, forms
from retell.story.mentions import Names, names_of_cards
from retell.story.model import Scene, Story
from retell.story.texts import contents, disputes_in, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from retell.story.citations import Citation
    from retell.story.documents import ShippedText
    from retell.story.form import Kind
    from retell.story.model import Beat
    from retell.story.texts import Text

NEVER_TOLD = ("claim",)  # a dispute's rows of the grid are for the class


class ToldScene(Scene, frozen=True, kw_only=True):
    """A scene with its id, its number in the story's list (from 1; 0: not listed) and its file's text."""

    id: str
    number: int
    typed: str


class Told(msgspec.Struct, frozen=True, dict=True):
    """A story that passed, or a part of it: its story.yaml, its scenes in order, and the cards that they need, by id.

    Every name in it leads to a card and every citation to a paragraph. `checks.fit` makes it; `script` makes one of a
    part, and for a preview one that has stand-ins.
    """

    root: Path
    story: Story
    scenes: tuple[ToldScene, ...]
    lesson: Lesson
    sources: dict[str, Source]
    voices: dict[str, Voice]
    places: dict[str, Place]
    terms: dict[str, Term]
    disputes: dict[str, Dispute]
    documents: dict[str, ShippedText] = {}
    whole: Told | None = None  # the story that this is a part of

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles in the order of their codes."""
        return articles_of(self.sources)

    @cached_property
    def noun(self) -> Noun:
        """What its sources are called together."""
        return together(article.noun for article in self.articles)

    @cached_property
    def names(self) -> dict[Kind, Names]:
        """The names of its voices, places and terms; those of a part are found as in the whole story."""
        if self.whole is None:
            return names_of_cards(self.voices, self.places, self.terms)
        cards: dict[Kind, Collection[str]] = {"voices": self.voices, "places": self.places, "terms": self.terms}
        return {kind: names.of(cards[kind]) for kind, names in self.whole.names.items()}

    @cached_property
    def told_first(self) -> dict[str, ToldScene]:
        """The first scene that tells each dispute, by the id of the dispute, in the order of telling."""
        first: dict[str, ToldScene] = {}
        for scene in self.scenes:
            for name in disputes_in([scene]):
                first.setdefault(name, scene)
        return first

    @property
    def told_disputes(self) -> dict[str, Dispute]:
        """The disputes that the scenes tell, by id, in the order of telling."""
        return {name: self.disputes[name] for name in self.told_first}

    @cached_property
    def _texts(self) -> dict[int, tuple[Beat, list[Text]]]:
        """The texts of each beat that was asked for, by its identity: a telling asks for them again and again."""
        return {}

    def texts_of(self, beat: Beat) -> list[Text]:
        """Return the texts of a beat and of the dispute that it tells."""
        if id(beat) not in self._texts:
            own = contents(beat)
            told = [texts(self.disputes[naming.card]) for naming in own.namings if naming.kind == "disputes"]
            found = [*own.texts, *(text for each in told for text in each if text.role not in NEVER_TOLD)]
            self._texts[id(beat)] = beat, found
        return self._texts[id(beat)][1]

    def cited_in(self, scene: Scene) -> Iterator[Citation]:
        """Yield every citation that a scene rests on: its gist, its beats and the disputes they tell."""
        yield from scene.gist.citations
        for beat in scene.beats:
            for text in self.texts_of(beat):
                yield from text.citations

    def citations(self) -> Iterator[Citation]:
        """Yield every citation of the scenes, the disputes, the terms and the lesson."""
        for part in (*self.scenes, *self.disputes.values(), *self.terms.values(), self.lesson):
            for text in texts(part):
                yield from text.citations


def unpack(library: Library, story: Story, scenes: Iterable[str]) -> Told:
    """Return what was read without its files, and of the scenes those that are named; the library must have passed."""
    listed = {name: number for number, name in enumerate(story.scenes, 1)}
    entries = [library.scenes[name] for name in scenes]
    return Told(
        root=library.root,
        story=story,
        scenes=tuple(
            ToldScene(
                id=entry.id,
                number=listed.get(entry.id, 0),
                typed=entry.file.text,
                **msgspec.structs.asdict(entry.form),
            )
            for entry in entries
        ),
        lesson=library.lesson.form if library.lesson else Lesson(),
        sources=forms(library.sources),
        voices=forms(library.voices),
        places=forms(library.places),
        terms=forms(library.terms),
        disputes=forms(library.disputes),
        documents=library.documents,
    )
