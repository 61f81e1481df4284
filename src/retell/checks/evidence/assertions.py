"""Stage 6: a Library in, everything that it asserts out, one by one, each with the paragraphs that must bear it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from retell.checks.evidence.fragments import ELLIPSIS
from retell.checks.evidence.quantities import Quantity, quantities
from retell.checks.marks import spans, split
from retell.checks.narrator import as_typed
from retell.copies.text import words_of
from retell.story.model import Quote, Say
from retell.story.prose import Span, typed_indexes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Location
    from retell.story.citations import Citation
    from retell.story.library import Entry, Library, Passage
    from retell.story.model import Scene

GAP = re.compile(rf"{ELLIPSIS.pattern}|\[[^\]]*\]")


class Part(msgspec.Struct, frozen=True):
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

    @property
    def words(self) -> list[str]:
        """Its words, as they are compared with an article's."""
        return words_of(self.span.text)


class Assertion(msgspec.Struct, frozen=True):
    """One claim: its parts, what it cites, the notes that say how something in it was worked out, and who speaks."""

    file: YamlFile
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    note: str
    speaker: str = ""

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
        """Give the place where a part begins."""
        return self.file.locate(part.trail, part.span.offset)

    def locate_within(self, part: Part, indexes: Iterable[int]) -> list[Location]:
        """Give the places of characters of a part, by their indexes in its span's text."""
        typed = list(typed_indexes(as_typed(self.file, part.trail), part.span))
        return [self.file.locate(part.trail, typed[index]) for index in indexes]


class Speech(msgspec.Struct, frozen=True):
    """Somebody who is said to speak, by a quotation or a position, and where: the voice's id and what is cited."""

    file: YamlFile
    trail: Trail
    voice: str
    citations: tuple[Citation, ...]


def assertions(library: Library) -> Iterator[Assertion]:
    """Give every cited claim of scenes, disputes and terms, and every quotation."""
    notes = {id(scene.file): _notes(scene) for scene in library.scenes.values()}
    speakers = {
        id(dispute.file): [each.voice for each in dispute.form.positions] for dispute in library.disputes.values()
    }
    for passage in library.passages():
        yield from _claims(passage, notes.get(id(passage.file), {}), speakers.get(id(passage.file), []))
    for scene in library.scenes.values():
        for i, beat in enumerate(scene.form.beats):
            if isinstance(beat, Quote) and beat.quote and beat.cite.citations:
                lead = spans(Span(" ".join(beat.lead.split())), beat.lead)
                parts = [_part(("beats", i, "lead"), span) for span in lead]
                parts.append(_part(("beats", i, "quote"), Span(beat.quote, "quotation")))
                yield Assertion(scene.file, tuple(parts), beat.cite.citations, beat.note or "", beat.by)


def speeches(library: Library) -> Iterator[Speech]:
    """Give every speaker of a quotation and of a position."""
    for scene in library.scenes.values():
        for i, beat in enumerate(scene.form.beats):
            if isinstance(beat, Quote):
                yield Speech(scene.file, ("beats", i, "by"), beat.by, beat.cite.citations)
    for dispute in library.disputes.values():
        for i, position in enumerate(dispute.form.positions):
            yield Speech(dispute.file, ("positions", i, "voice"), position.voice, position.says.citations)


def _claims(passage: Passage, notes: dict[object, str], speakers: list[str]) -> Iterator[Assertion]:
    # a beat has its own note; a gist or an answer may lean on any of its scene's
    beat = passage.trail[1] if passage.trail[0] == "beats" else None
    note = notes.get(beat, "") if beat is not None else " ".join(notes.values())
    position = passage.trail[1] if passage.kind == "position" else None
    speaker = speakers[position] if isinstance(position, int) and position < len(speakers) else ""
    for claim in passage.prose.claims:
        if claim.citations:
            parts = tuple([_part(passage.trail, span) for span in split(claim, passage.prose.text)])
            yield Assertion(passage.file, parts, claim.citations, note, speaker)


def _notes(scene: Entry[Scene]) -> dict[object, str]:
    return {i: beat.note for i, beat in enumerate(scene.form.beats) if isinstance(beat, Say | Quote) and beat.note}


def _part(trail: Trail, span: Span) -> Part:
    quoted = span.style == "quotation"
    return Part(trail, span, quoted, [] if quoted else quantities(span.text))
