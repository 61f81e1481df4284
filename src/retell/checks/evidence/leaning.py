"""Find what a note or a source card leans on: the paragraphs that it names, or those of its scene or article."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.fragments import SENTENCE_END
from retell.checks.narrator import as_typed
from retell.checks.statements import LOCATORS, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.checks.statements import Statement
    from retell.problems import Location
    from retell.story.citations import Citation

# what its author knows from elsewhere, or from a picture, no paragraph has
OUTSIDE = re.compile(
    r"\b(?:other (?:papers?|coverage|sources?|sites?)|elsewhere|usual(?:ly)?|our own|caption|picture|photo\w*|map)\b",
    re.I,
)
SEVERAL = re.compile(r"\b(?:articles|texts|papers|reports|sources|documents)\b", re.I)
SUMMARY = "summary"
DATING = "worked-out"  # where a card says how its article was dated
CLOSING = re.compile(r"[^.;:,()]*\((?P<named>[^()]*¶[^()]*)\)")
"""The rest of a clause, and the paragraphs in brackets that end it."""


class Leaning(NamedTuple):
    """A note or a text of a source card, as it is typed, and the paragraphs that it may lean on."""

    typed: str
    statement: Statement
    paragraphs: list[Paragraph]
    witness: Witness

    def locate(self, at: int) -> Location:
        """Return the place of a character."""
        return self.statement.file.locate(self.statement.trail, at)

    @property
    def is_a_note(self) -> bool:
        """Whether it is a note, and no card's."""
        return self.statement.kind == "note"

    @property
    def field(self) -> object:
        """The field that it stands in."""
        return self.statement.trail[0]

    @property
    def own(self) -> str:
        """The article that a ¶ without a letter is of: the card's own, or the first that the note's beat cites."""
        noted = self.is_a_note and self.statement.citations
        return self.statement.citations[0].key if noted else self.statement.part

    def sentence(self, at: int) -> tuple[int, int]:
        """Return where the sentence around a place begins and ends."""
        ends = _sentence_ends(self.typed)
        behind = bisect_right(ends, at)
        return ends[behind - 1], ends[behind]

    def near(self, at: int) -> list[Paragraph] | None:
        """Return the paragraphs that a place leans on: those that end its clause, else those of its sentence.

        To those of a sentence belong the ones that its note cites. None where it names none, and so may lean on any.
        """
        start, end = self.sentence(at)
        closing = CLOSING.match(self.typed, at, end)
        numbers = set(self._named(*(closing.span("named") if closing else (start, end))))
        if not numbers:
            return None
        if not closing and self.is_a_note:
            numbers |= {(each.key, number) for each in self.statement.citations for number in each.paragraphs}
        if not closing and self.field == DATING:
            return self.paragraphs
        return [each for each in self.paragraphs if (each.key, each.number) in numbers]

    def _named(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        return named(self.typed, self.own, self.witness, start, end)

    @property
    def keys(self) -> set[str]:
        """The articles that it is of: its own, those it names, and those that its beat cites."""
        articles = set(self.witness.codes.values())
        if SEVERAL.search(self.typed):
            return articles
        told = self.witness.names.in_text(self.typed)
        keys = {key for key, head in self.witness.heads.items() if told & head.named & self.witness.outlets}
        return keys | self.beats | ({self.own} & articles)

    @property
    def beats(self) -> set[str]:
        """The articles that its beat cites, and those of the paragraphs and letters that it names."""
        codes = self.witness.codes
        keys = {codes[code] for code in re.findall(r"\b[A-Z]\b", self.typed) if code in codes}
        return keys | {each.key for each in self.statement.citations}

    def is_looked_at(self, at: int) -> bool:
        """Return whether the sentence around a place rests on paragraphs: of a card, that it names one or sums up."""
        start, end = self.sentence(at)
        sentence = self.typed[start:end]
        leans = self.is_a_note or self.field in (DATING, SUMMARY) or LOCATORS.search(sentence) is not None
        return leans and not OUTSIDE.search(sentence)


def lean(statement: Statement, scene: Sequence[Citation], witness: Witness) -> Leaning | None:
    """Return what a text leans on: a card on its article, a note on what its scene cites and on what it names.

    None where the reader's copies lack a part of that, so that nobody can say what does not stand there.
    """
    typed = as_typed(statement.file, statement.trail)
    leaning = Leaning(typed, statement, [], witness)
    keys = {key for key, _ in named(typed, leaning.own, witness, 0, len(typed))}
    keys |= set() if leaning.is_a_note else {leaning.own}
    wanted = {(key, number) for key in keys for number in range(1, witness.lengths.get(key, 0) + 1)}
    if leaning.is_a_note:
        wanted |= {(citation.key, number) for citation in scene for number in citation.paragraphs}
    if any(number not in witness.paragraphs.get(key, {}) for key, number in wanted):
        return None
    return leaning._replace(paragraphs=[witness.paragraphs[key][number] for key, number in sorted(wanted)])


def named(typed: str, own: str, witness: Witness, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the article and number of each paragraph that a stretch of a text names, `own` the one of a bare ¶6."""
    for match in LOCATORS.finditer(typed, start, end):
        key = witness.codes.get(match[1] or "", own)
        yield from ((key, number) for number in numbers_of(match))


@lru_cache(maxsize=1)
def _sentence_ends(typed: str) -> list[int]:
    return [0, *(match.end() for match in SENTENCE_END.finditer(typed)), len(typed)]
