"""Check that a statement rests on the right paragraph: that it shares words with it, and no other bears it far better.

Words are compared by their stems, and weigh the more the fewer paragraphs have them. What two tellings of one thing
share is mostly little; so only a wide difference is told.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retell.checks.evidence.denials import MAY_DENY as DENIES
from retell.copies.search import COMMON, stem
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.forms import Kind
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

Term: TypeAlias = "str | tuple[Kind, Decimal | str]"
"""A stem, a card that is named, or a number."""


MISPLACED = Rule(
    "misplaced-citation",
    "A statement shares words with what it cites, and no other paragraph of the article has far more of them.",
    "warning",
    message="¶{number} of {key} has far more of this than what is cited",
    help="cite ¶{number}, or make plain what in the cited paragraph bears this out",
)
NOTHING_SHARED = MISPLACED.saying(
    "what is cited has hardly a word, name or number of this", "cite the paragraph that bears it out, or leave it out"
)
# measured on two tellings of one story, of 300 statements each, with one locator of each moved: of those that were
# right one in a hundred is warned of, of the others two in three
FEWEST_WORDS = 4
FAR_MORE = 0.25
MUCH_MORE = 0.55  # that another paragraph has and all that is cited has not
SOME_MORE = 0.35  # where a cited paragraph has nothing at all
LEAST_SHARED, FEWEST_SHARED = 1.0, 1
ABOUT_TEXTS = re.compile(
    r"\b(?:articles?|texts?|words?|papers?|newspapers?|read(?:s|ings?|ers?)?"
    r"|quot(?:es?|ed|ations?)|stor(?:y|ies)|you)\b"
)
"""What is said of the articles themselves shares no words with them."""


AMERICAN = re.compile(r"is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)")
"""Recognise and recognize are one word."""


class Support(NamedTuple):
    """How a statement's words stand in what it cites: their share of 1, and that of the paragraph with most of them.

    `shared` is how much the terms weigh that it shares with all that it cites, `terms` how many they are; `idle` are
    the cited paragraphs that add nothing, `gain` is what another paragraph adds to them.
    """

    words: int
    shared: float
    cited: float
    best: float
    paragraph: Paragraph | None
    idle: tuple[Paragraph, ...]
    gain: float
    terms: int


class Index:
    """The stems, names and numbers of all paragraphs, and how much each weighs."""

    def __init__(self, witness: Witness) -> None:
        """Take the paragraphs of the articles that a reader has."""
        self._witness = witness

    @cached_property
    def _postings(self) -> dict[Term, list[Paragraph]]:
        postings: dict[Term, list[Paragraph]] = defaultdict(list)
        for copy in self._witness.paragraphs.values():
            for paragraph in copy.values():
                terms: set[Term] = {*stems(paragraph.words), *paragraph.named, *paragraph.values}
                for term in terms:
                    postings[term].append(paragraph)
        return postings

    @cached_property
    def _weights(self) -> dict[Term, float]:
        """The weight of each term; none is there that no paragraph has, for then it is a word of ours."""
        counts = {term: len(standing) for term, standing in self._postings.items()}
        return {term: math.log(1 + (self._count - n + 0.5) / (n + 0.5)) for term, n in counts.items()}

    @cached_property
    def _count(self) -> int:
        return sum(map(len, self._witness.paragraphs.values()))

    @cached_property
    def _outlets(self) -> set[str]:
        """The words of the articles' own names: a statement may name its article, which no paragraph does."""
        return {each for head in self._witness.heads.values() for each in stems(head.words)}

    def check(self, assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
        """Yield a problem where a claim seems to rest on the wrong paragraph."""
        own = assertion.own
        if not cited or assertion.parts[0].trail == ("meaning",) or ABOUT_TEXTS.search(own) or DENIES.search(own):
            return
        found = self.support(assertion, cited)
        if found.words < FEWEST_WORDS:
            return
        far_more = found.best - found.cited > FAR_MORE or found.gain > MUCH_MORE
        if found.paragraph and (far_more or (found.idle and found.gain > SOME_MORE)):
            place = assertion.locate(assertion.parts[0])
            yield MISPLACED.at(place, number=found.paragraph.number, key=found.paragraph.key)
        elif found.words > FEWEST_WORDS and found.shared < LEAST_SHARED and found.terms <= FEWEST_SHARED:
            yield NOTHING_SHARED.at(assertion.locate(assertion.parts[0]))

    def support(self, assertion: Assertion, cited: Sequence[Paragraph]) -> Support:
        """Return how far the cited paragraphs bear a claim, and which other of their articles does so most."""
        text = " ".join([part.span.text for part in assertion.parts])
        words = stems(words_of(without_numbers(assertion))) - self._outlets
        terms: set[Term] = {*words, *self._witness.names.in_text(text)}
        terms |= {value for part in assertion.parts for number in part.quantities for value in number.readings}
        weights = {term: self._weights[term] for term in terms if term in self._weights}
        scores: dict[Paragraph, float] = defaultdict(float)
        keys = {paragraph.key for paragraph in cited}
        shared: set[Term] = set()
        for term, weight in weights.items():
            for paragraph in self._postings[term]:
                if paragraph.key in keys:
                    scores[paragraph] += weight
                if paragraph in cited:
                    shared.add(term)
        whole, mine = sum(weights.values()) or 1.0, sum(weights[term] for term in shared)
        others = [paragraph for paragraph in scores if paragraph not in cited]
        best = max(others, key=scores.__getitem__, default=None)
        idle = tuple([paragraph for paragraph in cited if scores.get(paragraph, 0.0) == 0.0])
        gains: dict[Paragraph, float] = defaultdict(float)
        for term in weights.keys() - shared:
            for paragraph in self._postings[term]:
                if paragraph.key in keys:
                    gains[paragraph] += weights[term] / whole
        bested = scores[best] / whole if best else 0.0
        gain = max(gains.values(), default=0.0)
        return Support(len(words), mine, mine / whole, bested, best, idle, gain, len(shared))


def without_numbers(assertion: Assertion) -> str:
    """Return the text of a claim without its numbers: "half" and "50 per cent" are compared by what they say."""
    return " ".join([_blanked(part) for part in assertion.parts])


def _blanked(part: Part) -> str:
    text = part.span.text
    for number in part.quantities:
        text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return text


def stems(words: Iterable[str]) -> set[str]:
    """Return the stems of words that are not in every sentence."""
    return {stem(AMERICAN.sub("iz", word)) for word in words if word not in COMMON}
