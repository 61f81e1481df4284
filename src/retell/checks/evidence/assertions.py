"""Find everything that a library asserts, each assertion with the paragraphs that must bear it out."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from retell.checks.evidence.denials import may_deny
from retell.checks.evidence.fragments import ELLIPSIS
from retell.checks.evidence.quantities import Quantity, quantities
from retell.checks.marks import spans, split
from retell.checks.narrator import as_typed
from retell.copies.text import words_of
from retell.files.characters import TO_SPACES
from retell.story.prose import Prose, Span, typed_indexes
from retell.story.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Location
    from retell.story.citations import Citation
    from retell.story.library import Library
    from retell.story.texts import Text

GAP = re.compile(rf"{ELLIPSIS.pattern}|\[[^\]]*\]")


class Part(msgspec.Struct, frozen=True, dict=True):
    """A span of an assertion, the field that it stands in, and the numbers and dates of our own words in it.

    Those of a quotation are its speaker's.
    """

    trail: Trail
    span: Span
    quoted: bool
    quantities: list[Quantity]

    @property
    def pieces(self) -> list[str]:
        """Its text, a quotation cut at each ellipsis and at the quoter's own words in square brackets."""
        return GAP.split(self.span.text) if self.quoted else [self.span.text]

    @cached_property
    def words(self) -> list[str]:
        """Its words, as they are compared with an article's."""
        return words_of(self.span.text)

    @cached_property
    def may_deny(self) -> bool:
        """Whether a word of it may deny something."""
        return may_deny(self.span.text, self.words)


class Assertion(msgspec.Struct, frozen=True):
    """One claim: its parts, what it cites, the notes that say how something in it was worked out, and who speaks."""

    file: YamlFile
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    note: str
    speaker: str = ""
    offset: int | None = None

    @property
    def key(self) -> tuple[str, Trail, int | None]:
        """Where it stands, as a statement says it too."""
        return self.file.name, self.parts[-1].trail, self.offset

    @property
    def own(self) -> str:
        """What it says in our own words."""
        return " ".join([part.span.text for part in self.parts if not part.quoted])

    @property
    def quotes(self) -> bool:
        """Whether a part of it is somebody else's words."""
        return any(part.quoted for part in self.parts)

    @property
    def counts(self) -> bool:
        """Whether a part of it has a number or date of our own words."""
        return any(part.quantities for part in self.parts)

    def locate(self, part: Part) -> Location:
        """Return the place where a part begins."""
        return self.file.locate(part.trail, part.span.offset)

    def locate_within(self, part: Part, indexes: Iterable[int]) -> list[Location]:
        """Return the places of characters of a part, by their indexes in its span's text."""
        wanted = list(indexes)
        typed = list(typed_indexes(as_typed(self.file, part.trail), part.span)) if wanted else []
        return [self.file.locate(part.trail, typed[index]) for index in wanted]


class Speech(msgspec.Struct, frozen=True):
    """Somebody who is said to speak, by a quotation or a position, and where: the voice's id and what is cited."""

    file: YamlFile
    trail: Trail
    voice: str
    citations: tuple[Citation, ...]


def assertions(library: Library) -> Iterator[Assertion]:
    """Yield every cited claim of scenes, disputes and terms, and every quotation."""
    for entry in library.entries():
        found = list(texts(entry.form))
        notes = " ".join(text.plain for text in found if text.role == "note")
        for _, group in groupby(found, key=lambda text: text.trail[:-1]):
            yield from _assertions(entry.file, list(group), notes)


def marked(library: Library) -> Iterator[tuple[Assertion, bool]]:
    """Yield each claim of a dispute that students mark, with who says it (True) and with who says otherwise."""
    for entry in library.disputes.values():
        for i, claim in enumerate(entry.form.claims):
            part = _part(("claims", i, "claim"), Span(claim.claim))
            for locators, said in ((claim.says, True), (claim.otherwise, False)):
                if locators is not None and locators.citations:
                    yield Assertion(entry.file, (part,), locators.citations, ""), said


def speeches(library: Library) -> Iterator[Speech]:
    """Yield every speaker of a quotation and of a position."""
    for file, naming in library.namings():
        if naming.kind == "voices":
            yield Speech(file, naming.trail, naming.card, naming.citations)


def _assertions(file: YamlFile, group: list[Text], notes: str) -> Iterator[Assertion]:
    """Yield what the texts of one group of fields assert, such as those of a beat; all notes of its file are given."""
    for text in group:
        # a beat has its own note; a gist or an answer may lean on any of its scene's
        note = text.note if text.trail[0] == "beats" else notes
        if isinstance(text.value, Prose):
            for claim in text.value.claims:
                if claim.citations:
                    parts = tuple([_part(text.trail, span) for span in split(claim, text.value.text)])
                    yield Assertion(file, parts, claim.citations, note, text.speaker, claim.offset)
        elif text.role == "quote" and text.citations:
            leads = [(other.trail, other.plain) for other in group if other.role == "lead"]
            parts = tuple([_part(at, span) for at, lead in leads for span in spans(Span(" ".join(lead.split())), lead)])
            quote = _part(text.trail, Span(text.plain, "quotation"))
            yield Assertion(file, (*parts, quote), text.citations, note, text.speaker)


def _part(trail: Trail, span: Span) -> Part:
    quoted = span.style == "quotation"
    if not span.text.isascii():
        span = Span(span.text.translate(TO_SPACES), span.style, span.offset)
    return Part(trail, span, quoted, [] if quoted else quantities(span.text))
