"""Check that a claim would not fit its paragraphs far better with two of those whom it names exchanged.

What stands beside a name, "Armenia … host", "Russia … alliance", is held against what stands beside the names of that
side in the cited paragraphs and in the story's other statements on them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retell.checks.evidence.actors import ACTORS_EXCHANGED
from retell.checks.evidence.nearby import ahead
from retell.checks.evidence.polarity import LEAST_LETTERS, WEAK
from retell.checks.evidence.retold import places_of
from retell.checks.evidence.synonyms import rows
from retell.copies.search import stem
from retell.story.mentions import set_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.retold import Tellings
    from retell.checks.evidence.witness import Witness
    from retell.files.yamlfile import Trail
    from retell.problems import Problem

EXCHANGED = ACTORS_EXCHANGED.saying(
    "with {one} and {other} exchanged, this is what is told elsewhere of what it cites",
    "say who did it as the source does, or cite the paragraph that says otherwise",
)
STOP = "."
JOINS = ("and", "or", "but")
AGENT = re.compile(r"\bby (?:the |an? )?$")
PATIENT = re.compile(
    r"(?:'s? (?:\w+ ){0,2})? (?:(?:has|have|had|could|would|must|to) )?(?:not )?(?:was|were|is|are|be|been|being)\b"
)
"""In the passive voice whoever does it stands behind the verb, and tells nothing of its place."""
TOKEN = re.compile(r"[^\W\d_]+|[.;:?!]")
BESIDE = 3  # words on either side of a name that tell what is said of it
LEAST_OF_BOTH, LEAST_OF_ONE = 2, 3  # more words that stand beside the other of two, than beside the right one
OF_NO_WEIGHT = WEAK | frozenset(
    re.findall(
        r"\w+",
        "under over between before after against about through into than other both each one two also "
        "prime minister president government ministry foreign deputy secretary leader leaders capital office "
        "met meet meets meeting talks fought fight fighting agreed agree signed exchanged exchange war wars peace "
        "again since still already until here there such itself",
    )
)
TOGETHER = re.compile(r"^\W*(?:'s)?\W*(?:\w+ ){0,2}(?:and|or|nor)(?: \w+){0,2} $")
"""What is said of "Armenia and its neighbour Azerbaijan" is said of both."""

Key: TypeAlias = "tuple[str, Trail, int | None]"
Feature: TypeAlias = "tuple[str, bool, str | int]"
"""A side, whether a word stands behind its name, and the word's stem or a row of its synonyms."""


class Beside(NamedTuple):
    """A word beside a name: the side, whether it stands behind, and what it is compared by."""

    side: str
    behind: bool
    terms: frozenset[str | int]

    def features(self, side: str) -> list[Feature]:
        """Return what would stand beside a side if the word did."""
        return [(side, self.behind, term) for term in self.terms]


@lru_cache(maxsize=2**13)
def _terms(word: str) -> frozenset[str | int]:
    found = stem(word)
    return frozenset([found, *rows().get(found, ())])


def beside(text: str, witness: Witness) -> Iterator[Beside]:
    """Yield the words beside each name of a side."""
    names = witness.names.placed(text)
    if not names:
        return
    flat = set_alike(text)
    tokens: list[tuple[str, str]] = []  # a side, or a word
    at = 0
    for name in names:
        tokens += _words(flat[at : name.start])
        turned = ahead(AGENT, flat, name.start) or PATIENT.match(flat, name.end)
        tokens.append((STOP if turned else witness.side(name.card), ""))
        at = name.end
    tokens += _words(flat[at:])
    for here, (side, _) in enumerate(tokens):
        if side not in ("", STOP):
            for behind, step in ((True, 1), (False, -1)):
                place = here + step
                left = BESIDE
                while 0 <= place < len(tokens) and left and not tokens[place][0]:
                    yield Beside(side, behind, _terms(tokens[place][1]))
                    place, left = place + step, left - 1


def _features_there(paragraph: Paragraph, witness: Witness) -> frozenset[Feature]:
    return frozenset([feature for word in beside(paragraph.text, witness) for feature in word.features(word.side)])


class Exchanges:
    """What stands beside the names of each side, in paragraphs and in what a story tells of them."""

    def __init__(self, tellings: Tellings, witness: Witness) -> None:
        """Take the statements of a story and the paragraphs."""
        self._tellings = tellings
        self._witness = witness
        self._read: dict[str, list[Beside]] = {}
        self._told: dict[tuple[str, int], dict[Feature, Key | None]] = {}

    def check(self, assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
        """Yield two sides of a claim that its paragraphs and the other statements on them have the other way round."""
        texts = [part.span.text for part in assertion.parts]
        named = {self._witness.side(name.card) for text in texts for name in self._witness.names.placed(text)}
        sides = sorted(named - self._witness.press)
        if len(sides) < len(("one", "other")):
            return
        told = [word for text in texts for word in self._beside(text)]
        wanted = set(chain.from_iterable([word.features(side) for word in told for side in sides]))
        there = wanted & frozenset().union(*[self._witness.once(_features_there, paragraph) for paragraph in cited])
        for place in places_of(assertion):
            told_there, own = self._told_of(place), assertion.key
            there |= {feature for feature in wanted if told_there.get(feature, own) != own}
        together = _together(assertion, self._witness)
        for pair in combinations(sides, 2):
            if pair not in together and _fits_better(told, dict(zip(pair, reversed(pair), strict=True)), there):
                yield EXCHANGED.at(assertion.locate(assertion.parts[0]), one=pair[0], other=pair[1])
                return

    def _beside(self, text: str) -> list[Beside]:
        """Return the words beside each name of a statement's text, which is read once for all that cite the same."""
        if text not in self._read:
            self._read[text] = list(beside(text, self._witness))
        return self._read[text]

    def _told_of(self, place: tuple[str, int]) -> dict[Feature, Key | None]:
        """Return what the statements on a paragraph have beside names, and which has it; None where several do."""
        if place not in self._told:
            found: dict[Feature, Key | None] = {}
            for telling in self._tellings.citing(place):
                own = telling.assertion.key
                for word in self._beside(telling.part.span.text):
                    for feature in word.features(word.side):
                        found[feature] = own if found.get(feature, own) == own else None
            self._told[place] = found
        return self._told[place]


def _fits_better(told: Sequence[Beside], exchanged: Mapping[str, str], there: set[Feature]) -> bool:
    """Return whether more of what stands beside two sides stands beside the other one in the evidence."""
    as_told = 0
    turned: list[str] = []
    for word in told:
        if word.side in exchanged:
            here = not there.isdisjoint(word.features(word.side))
            beyond = not there.isdisjoint(word.features(exchanged[word.side]))
            as_told += here and not beyond
            turned += [word.side] if beyond and not here else []
    enough = LEAST_OF_BOTH if len(set(turned)) > 1 else LEAST_OF_ONE
    return len(turned) - as_told >= enough and len(turned) > 2 * as_told


def _together(assertion: Assertion, witness: Witness) -> set[tuple[str, ...]]:
    """Return the sides that an "and" joins."""
    found: set[tuple[str, ...]] = set()
    for text in (part.span.text for part in assertion.parts):
        for one, other in pairwise(witness.names.placed(text)):
            if TOGETHER.match(set_alike(text)[one.end : other.start]):
                found.add(tuple(sorted((witness.side(one.card), witness.side(other.card)))))
    return found


def _words(text: str) -> list[tuple[str, str]]:
    return [
        (STOP, "") if not word[0].isalpha() or word in JOINS else ("", word)
        for word in TOKEN.findall(text)
        if word in JOINS
        or not (word[0].isupper() or word in OF_NO_WEIGHT or len(word) < LEAST_LETTERS)
        or not word.isalpha()
    ]
