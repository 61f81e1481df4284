"""Check that a time or a name stands, in a long paragraph, where the paragraph tells what the claim tells of it.

A paragraph of a thousand words has many times and names. It warns where no word of the claim stands near the one that
it has, and several stand together elsewhere, near another of the kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.names import capitals_of, is_kind
from retell.checks.evidence.number_words import TENS, UNITS
from retell.checks.evidence.synonyms import rows
from retell.checks.evidence.terms import stems
from retell.checks.evidence.turned import TURNED
from retell.copies.search import stem
from retell.copies.text import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_OF_TIMES = (
    "about around morning noon afternoon evening night midnight day hour hours clock past half quarter until time"
)
OF_TIMES = stems(words_of(_OF_TIMES)) | {stem(word) for word in (*UNITS, *TENS)}


class Place(NamedTuple):
    """A word of a paragraph: where it begins, and its stem and rows of synonyms."""

    start: int
    terms: frozenset[str | int]


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
    content = stems(words_of(witness.names.left_out(assertion.own))) - OF_TIMES
    content = {word for word in content if not is_kind(word)}
    places = witness.once(_places, paragraph)
    for found in (*_times(assertion, paragraph), *_names(assertion, paragraph, witness, places)):
        wanted = content - stems(words_of(found.shown))
        if len(wanted) < LEAST_TOGETHER or not found.there or not found.others:
            continue
        if any(_shared(wanted, at, places) for at in found.there):
            continue
        if max(_shared(wanted, at, places) for at in found.others) >= LEAST_TOGETHER:
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


def _names(assertion: Assertion, paragraph: Paragraph, witness: Witness, places: Sequence[Place]) -> Iterator[Found]:
    """Yield the people of a claim, by two names or a title; a place or a state is named wherever something goes on."""
    standing = witness.once(_standing, paragraph)
    for part in (part for part in assertion.parts if not part.quoted):
        for name in capitals_of(part.span.text).names:
            titled = TITLE.search(part.span.text, 0, name.start)
            if any(card.startswith("places/") for card in witness.names.in_text(name.text)) or not (
                " " in name.text or (titled and is_kind(titled["word"]))
            ):
                continue
            last = words_of(name.text)[-1]
            there = tuple([at for word, at in standing if word == last])
            others = tuple([at for word, at in standing if word != last and not is_kind(word)])
            if not any(_signs(at, places) for at in there):
                yield Found(part, name.start, name.text, there, others)


def _standing(paragraph: Paragraph, _: Witness) -> list[tuple[str, int]]:
    """Return the words of each name of a paragraph, with the place of the name."""
    return [(word, name.start) for name in capitals_of(paragraph.text).names for word in words_of(name.text)]


def _places(paragraph: Paragraph, _: Witness) -> list[Place]:
    by_stem = rows()
    words = [(stem(match[0].lower()), match.start()) for match in WORD.finditer(paragraph.text)]
    return [Place(start, frozenset([word, *by_stem.get(word, ())])) for word, start in words]


def _signs(at: int, places: Sequence[Place]) -> bool:
    """Return whether a place is at either end of a paragraph, where somebody signs for all of it."""
    return at <= places[min(SIGNED, len(places)) - 1].start or at >= places[-min(SIGNED, len(places))].start


def _shared(wanted: set[str], at: int, places: Sequence[Place]) -> int:
    """Return how many of these words, or words used for them, stand around a place."""
    here = bisect_left(places, at, key=lambda place: place.start)
    there = frozenset().union(*[place.terms for place in places[max(0, here - AROUND) : here + AROUND + 1]])
    by_stem = rows()
    return sum(1 for word in wanted if word in there or not there.isdisjoint(by_stem.get(word, ())))
