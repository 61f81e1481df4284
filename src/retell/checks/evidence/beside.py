"""Check that a time or a name stands, in a long paragraph, where the paragraph tells what the claim tells of it.

A paragraph of a thousand words has many times and names. It warns where no word of the claim stands near the one that
it has, and several stand together elsewhere, near another of the kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.names import capitals_of, is_kind
from retell.checks.evidence.nearby import ahead
from retell.checks.evidence.number_words import TENS, UNITS
from retell.checks.evidence.synonyms import rows
from retell.checks.evidence.terms import stems
from retell.checks.evidence.turned import TURNED
from retell.copies.search import stem
from retell.copies.text import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

BESIDE_ANOTHER = TURNED.saying(
    "¶{number} of {key} has '{word}' only where it tells of something else",
    "correct it, or cite the paragraph that tells this of it",
)
WORD = re.compile(r"[^\W\d_]+")
TITLE = re.compile(r"\b(?P<word>[A-Z][a-z]+)\.? $")
AROUND = 30  # words on either side
SIGNED = 15  # words from either end within which a name signs the whole
LONG = 4 * AROUND  # words of a paragraph in which two places are far apart
LEAST_TOGETHER = 2  # words of the claim that stand together elsewhere
MOST_LOOKED_FOR = 8  # times and names of one claim
_OF_TIMES = (
    "about around morning noon afternoon evening night midnight day hour hours clock past half quarter until time"
)
OF_TIMES = stems(words_of(_OF_TIMES)) | {stem(word) for word in (*UNITS, *TENS)}


class Words(NamedTuple):
    """The words of a paragraph: where each begins, and which of them have a stem or are of a row of synonyms."""

    starts: list[int]
    having: dict[str | int, list[int]]

    def of(self, wanted: Iterable[str]) -> list[tuple[int, str]]:
        """Return, in order, which words of it are these or used for them."""
        by_stem = rows()
        terms = ((word, term) for word in wanted for term in (word, *by_stem.get(word, ())))
        return sorted((index, word) for word, term in terms for index in self.having.get(term, ()))

    def is_at_an_end(self, at: int) -> bool:
        """Return whether a place is at either end, where somebody signs for all of it."""
        return at <= self.starts[:SIGNED][-1] or at >= self.starts[-SIGNED:][0]


class Found(NamedTuple):
    """A time or name of a claim: its part, where it begins there, how it is printed, and where a paragraph has it."""

    part: Part
    start: int
    shown: str
    there: tuple[int, ...]
    others: tuple[int, ...]


def check(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield the first time or name of a claim that its one long paragraph has beside other things alone."""
    if len(cited) != 1 or len(cited[0].words) < LONG:
        return
    (paragraph,) = cited
    words = witness.once(_words, paragraph)
    sought = chain(_times(assertion, paragraph), _names(assertion, paragraph, witness, words))
    all_found = list(islice(sought, MOST_LOOKED_FOR))
    content = stems(words_of(witness.names.left_out(assertion.own))) - OF_TIMES if all_found else set()
    content = {word for word in content if not is_kind(word)}
    for found in all_found:
        wanted = content - stems(words_of(found.shown))
        if len(wanted) < LEAST_TOGETHER or not found.there or not found.others:
            continue
        told = words.of(wanted)
        if any(_together(told, at, words) for at in found.there):
            continue
        if any(_together(told, at, words) >= LEAST_TOGETHER for at in found.others):
            (where,) = assertion.locate_within(found.part, [found.start])
            yield BESIDE_ANOTHER.at(where, word=found.shown, number=paragraph.number, key=paragraph.key)
            return


def _times(assertion: Assertion, paragraph: Paragraph) -> Iterator[Found]:
    clocks = [each for each in paragraph.numbers if each.kind == "clock"]
    for part in assertion.parts:
        for number in part.quantities:
            if any(kind == "clock" for kind, _ in number.readings):
                same = {each for each in clocks if not each.bears.isdisjoint(number.readings)}
                others = tuple([each.start for each in clocks if each not in same])
                shown = part.span.text[number.start : number.end]
                yield Found(part, number.start, shown, tuple([each.start for each in same]), others)


def _names(assertion: Assertion, paragraph: Paragraph, witness: Witness, words: Words) -> Iterator[Found]:
    """Yield the people of a claim, by two names or a title; a place or a state is named wherever something goes on."""
    standing = witness.once(_standing, paragraph)
    for part in (part for part in assertion.parts if not part.quoted):
        for name in capitals_of(part.span.text).names:
            titled = ahead(TITLE, part.span.text, name.start)
            if any(card.startswith("places/") for card in witness.names.in_text(name.text)) or not (
                " " in name.text or (titled and is_kind(titled["word"]))
            ):
                continue
            last = words_of(name.text)[-1]
            there = tuple([at for word, at, _ in standing if word == last])
            others = tuple([at for word, at, kind in standing if word != last and not kind])
            if not any(map(words.is_at_an_end, there)):
                yield Found(part, name.start, name.text, there, others)


def _standing(paragraph: Paragraph, _: Witness) -> list[tuple[str, int, bool]]:
    """Return the words of each name of a paragraph, with the place of the name, and whether it is a kind's."""
    names = capitals_of(paragraph.text).names
    return [(word, name.start, is_kind(word)) for name in names for word in words_of(name.text)]


def _words(paragraph: Paragraph, _: Witness) -> Words:
    by_stem = rows()
    starts: list[int] = []
    having: dict[str | int, list[int]] = {}
    for index, match in enumerate(WORD.finditer(paragraph.text)):
        starts.append(match.start())
        word = stem(match[0].lower())
        for term in (word, *by_stem.get(word, ())):
            having.setdefault(term, []).append(index)
    return Words(starts, having)


def _together(told: Sequence[tuple[int, str]], at: int, words: Words) -> int:
    """Return how many of the words that are told stand around a place."""
    here = bisect_left(words.starts, at)
    first, last = bisect_left(told, (here - AROUND, "")), bisect_left(told, (here + AROUND + 1, ""))
    return len({word for _, word in told[first:last]})
