"""Find everything that a library asserts, each assertion with the paragraphs that must bear it out."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from retell.checks.evidence.denials import may_deny
from retell.checks.evidence.fragments import ELLIPSIS
from retell.checks.evidence.quantities import quantities
from retell.checks.marks import spans, split
from retell.checks.narrator import as_typed
from retell.copies.search import stem
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


class Part:
    """A span of an assertion, the field that it stands in, its words, and the numbers and dates in our own words.

    Those of a quotation are its speaker's. Its words are as they are compared with an article's.
    """

    __slots__ = ("quantities", "quoted", "span", "trail", "words")

    def __init__(self, trail: Trail, span: Span) -> None:
        """Read the span of a field."""
        if not span.text.isascii():
            span = Span(span.text.translate(TO_SPACES), span.style, span.offset)
        self.trail = trail
        self.span = span
        self.quoted = span.style == "quotation"
        self.words = words_of(span.text)
        self.quantities = [] if self.quoted else quantities(span.text)

    @property
    def pieces(self) -> list[str]:
        """Its text, a quotation cut at each ellipsis and at the quoter's own words in square brackets."""
        return GAP.split(self.span.text) if self.quoted else [self.span.text]


class Assertion:
    """One claim, read once for all rules.

    It has its parts, what it cites, the notes that say how something in it was worked out, and who speaks; what it says
    in our `own` words, whether it `quotes` somebody or `counts` something, all its `words`, each once, and their stems;
    and whether one of them may deny something. Its `key` is where it stands, as a statement says it too.
    """

    __slots__ = (
        "citations", "counts", "file", "key", "may_deny", "note", "offset", "own", "parts", "quotes", "speaker",
        "stems", "words",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917 - one row of a table
        self,
        file: YamlFile,
        parts: tuple[Part, ...],
        citations: tuple[Citation, ...],
        note: str,
        speaker: str = "",
        offset: int | None = None,
    ) -> None:
        """Take the parts, and read what the rules ask of all of them together."""
        self.file = file
        self.parts = parts
        self.citations = citations
        self.note = note
        self.speaker = speaker
        self.offset = offset
        self.key = (file.name, parts[-1].trail, offset)
        own = [part for part in parts if not part.quoted]
        self.own = own[0].span.text if len(own) == 1 else " ".join([part.span.text for part in own])
        self.quotes = len(own) < len(parts)
        self.counts = any(part.quantities for part in own)
        self.words = set(parts[0].words) if len(parts) == 1 else {word for part in parts for word in part.words}
        self.stems = set(map(stem, self.words))
        self.may_deny = any(may_deny(part.span.text, part.words) for part in parts)

    def locate(self, part: Part) -> Location:
        """Return the place where a part begins."""
        return self.file.locate(part.trail, part.span.offset)

    def locate_within(self, part: Part, indexes: Iterable[int]) -> list[Location]:
        """Return the places of characters of a part, by their indexes in its span's text."""
        return [self.file.locate(part.trail, _typed(self.file, part)[index]) for index in indexes]


@lru_cache(maxsize=1)
def _typed(file: YamlFile, part: Part) -> list[int]:
    """Return for each character of a part its index in its field as typed: a long part may have many problems."""
    return list(typed_indexes(as_typed(file, part.trail), part.span))


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
            part = Part(("claims", i, "claim"), Span(claim.claim))
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
                    parts = tuple([Part(text.trail, span) for span in split(claim, text.value.text)])
                    yield Assertion(file, parts, claim.citations, note, text.speaker, claim.offset)
        elif text.role == "quote" and text.citations:
            leads = [(other.trail, other.plain) for other in group if other.role == "lead"]
            parts = tuple([Part(at, span) for at, lead in leads for span in spans(Span(" ".join(lead.split())), lead)])
            quote = Part(text.trail, Span(text.plain, "quotation"))
            yield Assertion(file, (*parts, quote), text.citations, note, text.speaker)
