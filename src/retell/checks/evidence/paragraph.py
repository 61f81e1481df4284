"""Prepare one paragraph of a reader's copies, once, for what the rules look for in it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from retell.checks.evidence import denials, fragments
from retell.checks.evidence.nouns import counts_in
from retell.checks.evidence.quantities import Quantity, quantities
from retell.copies.search import stem
from retell.copies.text import ANY_WORD, bare_letters, normalise, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.card_names import AllNames
    from retell.checks.evidence.forms import Value

REMEMBERED = 3
FIGURE = re.compile(r"(?<!\S)\d+(?:,\d{3})*(?!\S)")
MOST_ABOVE = 12  # rows of a table under its head
LEAST_COLUMNS, MOST_IN_A_ROW = 2, 12
A_WHOLE_DAY = 150  # a paragraph of more words may have both halves of a day
FOLLOWED = 5
MOST_DENIED = 50  # places of one run of words that are looked at
PRONOUN = re.compile(r"\b(?:he|she|him|his|her|He|She|His|Her)\b")


class Paragraph:
    """One paragraph of an article (number 0: what its card says of it), with what the rules look for in it."""

    def __init__(self, key: str, number: int, text: str, names: AllNames) -> None:
        """Take the paragraph's article, number and text."""
        self.key = key
        self.number = number
        self.text = text
        self.above: tuple[Paragraph, ...] = ()
        self.answering: frozenset[str] = frozenset()
        self._names = names

    @property
    def before(self) -> tuple[Paragraph, ...]:
        """The few paragraphs before it in which somebody was named whom it calls "he" or "she", the nearest first."""
        return self.above[:REMEMBERED]

    @cached_property
    def columns(self) -> list[tuple[Value, str]]:
        """Of a row of a table its figures, each with the word at the head of its column; else nothing."""
        figures = FIGURE.findall(self.text) if len(self.words) <= MOST_IN_A_ROW else []
        if len(figures) < LEAST_COLUMNS:
            return []
        heads = [above.words for above in self.above if not above.numbers and len(above.words) == len(figures)]
        values: list[Value] = [("number", Decimal(figure.replace(",", ""))) for figure in figures]
        return list(zip(values, heads[0], strict=True)) if heads else []

    @cached_property
    def words(self) -> list[str]:
        """Its words, as they are compared."""
        return words_of(self.text)

    @cached_property
    def vocabulary(self) -> set[str]:
        """Its words, each once."""
        return set(self.words)

    @cached_property
    def line(self) -> str:
        """Its words in one line, with a space at either end, so that a run of words is a part of it."""
        return f" {' '.join(self.words)} "

    @cached_property
    def folded(self) -> str:
        """Its text in small letters without accents, with its signs."""
        return bare_letters(normalise(self.text))

    @cached_property
    def _may_deny(self) -> bool:
        return denials.may_deny(self.folded, self.vocabulary)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each of its words begins in `folded`."""
        return [word.start() for word in ANY_WORD.finditer(self.folded)]

    def denies(self, run: str) -> bool:
        """Return whether somebody denies a run of its words, parted by spaces, each time that it stands here."""
        if not self._may_deny:
            return False
        found = islice(re.finditer(rf"(?= {re.escape(run)} )", self.line), MOST_DENIED)
        at = [each.start() for each in found]
        return all(denials.is_denied(self.folded, self._starts[self.line.count(" ", 0, each)]) for each in at)

    @cached_property
    def values(self) -> set[Value]:
        """Its numbers and dates."""
        exact = {each.readings[0] for each in self.numbers if each.kind == "clock" and len(each.readings) == 1}
        if len(self.words) > A_WHOLE_DAY:
            exact = set()
        return {
            value
            for each in self.numbers
            # "at 2 o'clock" is of the half of the day that another "two in the morning" has
            if each.kind != "clock" or len(each.readings) == 1 or exact.isdisjoint(each.readings)
            for value in each.bears
        }

    @cached_property
    def stemmed(self) -> set[str]:
        """The stems of its words."""
        return {stem(word) for word in self.vocabulary}

    @cached_property
    def sentences(self) -> list[list[str]]:
        """The words of each of its sentences."""
        ends = [0, *fragments.sentence_ends(self.text), len(self.text)]
        return [words_of(self.text[start:end]) for start, end in pairwise(ends)]

    @cached_property
    def numbers(self) -> list[Quantity]:
        """Its numbers and dates, in order."""
        return quantities(self.text)

    @cached_property
    def counts(self) -> dict[str, set[Value]]:
        """What it counts, and with which numbers."""
        return counts_in(self.text, self.numbers)

    @cached_property
    def named(self) -> set[str]:
        """The cards that it names, the voice that it goes on to call "he" or "she", and who answers in an interview."""
        return self.own_names | self._antecedents() | self.answering

    @cached_property
    def own_names(self) -> set[str]:
        """The cards whose names stand in it."""
        return self._names.in_article(self.text)

    @cached_property
    def speaking(self) -> set[str]:
        """The voices that speak in it."""
        return self._names.speaking(self.text)

    def _antecedents(self) -> set[str]:
        if not PRONOUN.search(self.text):
            return set()
        for earlier in self.before:
            if voices := {card for card in earlier.own_names if card.startswith("voices/")}:
                return voices
        return set()

    @cached_property
    def bare(self) -> denials.Bare:
        """Its words without the negations."""
        return denials.strip(self.text)

    @cached_property
    def signed(self) -> tuple[str, list[int]]:
        """Its words and signs in one line, and where in that line its sentences end."""
        parts, ends, at, length = [], [], 0, 1
        for end in (*fragments.sentence_ends(self.text), len(self.text)):
            tokens = fragments.signed(self.text[at:end])
            parts += tokens
            length += sum(map(len, tokens)) + len(tokens)
            ends.append(length - 1)
            at = end
        return f" {' '.join(parts)} ", ends[:-1]

    def standing(self, words: Sequence[str]) -> Iterator[int]:
        """Yield each place where a run of words stands, negations left aside."""
        for at, word in enumerate(self.bare.words):
            if word == words[0] and self.bare.words[at : at + len(words)] == words:
                yield at


def runs_of(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield each FOLLOWED words that follow one another."""
    return zip(*[words[at:] for at in range(FOLLOWED)], strict=False)


class Head(Paragraph):
    """The title and outlet of an article: they name, and bear out nothing else of what a paragraph is cited for."""

    @property
    def values(self) -> set[Value]:
        """No numbers and dates: the day of publication is that of no event."""
        return set()
