"""Check that a statement rests on the right paragraphs: that another would not bear it far better than one of them.

Words are compared by their stems, alone and two side by side, and by the rows of `synonyms`; names and numbers count as
well. All weigh the more the fewer paragraphs have them, as in `copies.search`. What two tellings of one thing share is
mostly little; so only a wide difference is told.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retell.checks.evidence.denials import MAY_DENY as DENIES
from retell.checks.evidence.synonyms import rows
from retell.copies.search import COMMON, stem
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.forms import Kind
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

Term: TypeAlias = "str | int | tuple[Kind, Decimal | str]"
"""A stem, two of them side by side, the number of a row of synonyms, a card that is named, or a number."""


MISPLACED = Rule(
    "misplaced-citation",
    "A statement shares words with each paragraph that it cites, and no other has far more of them.",
    "warning",
    message="¶{number} of {key} has far more of this than ¶{cited} of {of}",
    help="cite ¶{number}, or make plain what in ¶{cited} bears this out",
)
NOTHING_SHARED = MISPLACED.saying(
    "what is cited has hardly a word, name or number of this", "cite the paragraph that bears it out, or leave it out"
)
# measured on the statements of one story, with one locator of each moved, tuned on half of them and tried on the other:
# of those that were right one in forty is warned of; with the other rules, three in four of the others
PAIR_SHARE, ROW_SHARE = 0.4, 0.8
OTHER_ARTICLE = 0.6  # two articles may tell the same, and one of them be cited
TIMES = 2.5  # so many times what the cited paragraph has another must add
FAR_MORE = 4.1
MUCH_MORE = 6.6  # where the articles are spoken of, or a cited paragraph is so short that it can share little
ROUNDING = 1e-6
FEWEST_CITED = 12
FEWEST_WORDS = 4
LEAST_SHARED, FEWEST_SHARED = 1.1, 2  # a word, and the row that it stands in
ABOUT_TEXTS = re.compile(
    r"\b(?:articles?|texts?|words?|papers?|newspapers?|read(?:s|ings?|ers?)?"
    r"|quot(?:es?|ed|ations?)|stor(?:y|ies)|you)\b"
)
"""What is said of the articles themselves shares no words with them."""


AMERICAN = re.compile(r"is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)")
"""Recognise and recognize are one word."""


class Better(NamedTuple):
    """Another paragraph that would bear a claim better than a cited one, and by how much."""

    by: float
    cited: Paragraph
    other: Paragraph


class Index:
    """The words, names and numbers of all paragraphs, and how much each weighs."""

    def __init__(self, witness: Witness) -> None:
        """Take the paragraphs of the articles that a reader has."""
        self._witness = witness
        self._paragraphs = [each for copy in witness.paragraphs.values() for each in copy.values()]

    @cached_property
    def _terms(self) -> dict[Paragraph, frozenset[Term]]:
        """The terms of each paragraph."""
        return {each: frozenset(self._terms_of(each.text, each.named, each.values)) for each in self._paragraphs}

    @cached_property
    def _postings(self) -> dict[Term, list[Paragraph]]:
        """The paragraphs that have each term, in their order."""
        postings: dict[Term, list[Paragraph]] = defaultdict(list)
        for paragraph, terms in self._terms.items():
            for term in terms:
                postings[term].append(paragraph)
        return postings

    @cached_property
    def _weights(self) -> dict[Term, float]:
        """The weight of each term; none is there that no paragraph has, for then it is a word of ours.

        Nor is one of an article's own name.
        """
        whole = len(self._paragraphs)
        return {
            term: _share(term) * math.log(1 + (whole - n + 0.5) / (n + 0.5))
            for term, n in ((term, len(standing)) for term, standing in self._postings.items())
            if term not in self._outlets
        }

    @cached_property
    def _outlets(self) -> set[Term]:
        """The articles' own names: a statement may name its article, which no paragraph does."""
        found: set[Term] = set()
        for head in self._witness.heads.values():
            found.update(stems(head.words), head.named)
        return found

    def _terms_of(self, text: str, named: Iterable[Term], values: Iterable[Term]) -> Iterable[Term]:
        """Return what a text has to be compared by: no word that is a part of a name counts itself."""
        words = list(map(_of_word, words_of(self._witness.names.left_out(text))))
        pairs = [f"{one} {other}" for (one, _), (other, _) in pairwise(words)]
        return chain(named, values, chain.from_iterable([terms for _, terms in words]), pairs)

    def check(self, assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
        """Yield a problem where a claim seems to rest on the wrong paragraph."""
        if not cited:
            return
        weights = self._weighed(assertion)
        shared = {each: weights.keys() & self._terms[each] for each in cited}
        there = set().union(*shared.values())
        better = self._better(weights, shared, there)
        if better and better.by > (MUCH_MORE if _shares_little(assertion.own, better.cited) else FAR_MORE):
            other, instead_of = better.other, better.cited
            said = {"number": other.number, "key": other.key, "cited": instead_of.number, "of": instead_of.key}
            yield MISPLACED.at(assertion.locate(assertion.parts[0]), **said)
            return
        enough = len(there) > FEWEST_SHARED or _sum(weights, there) >= LEAST_SHARED
        if enough or assertion.parts[0].trail == ("meaning",):
            return
        own = assertion.own
        many = len(stems(words_of(own)) - self._outlets) > FEWEST_WORDS
        if many and not ABOUT_TEXTS.search(own) and not DENIES.search(own):
            yield NOTHING_SHARED.at(assertion.locate(assertion.parts[0]))

    def _weighed(self, assertion: Assertion) -> dict[Term, float]:
        """Return how much each term of a claim weighs that any paragraph has."""
        text = " ".join([part.span.text for part in assertion.parts])
        values = [value for part in assertion.parts for number in part.quantities for value in number.readings]
        terms = self._terms_of(without_numbers(assertion), self._witness.names.in_text(text), values)
        weights = self._weights
        return {term: weights[term] for term in terms if term in weights}

    def _better(
        self, weights: Mapping[Term, float], shared: Mapping[Paragraph, set[Term]], there: set[Term]
    ) -> Better | None:
        """Return the paragraph that would add most in the place of a cited one, beside what that one has.

        The terms that a claim shares with each cited paragraph are given, and those that it shares with any. None where
        no paragraph can add so much that it is told.
        """
        own = {each: _sum(weights, terms) for each, terms in shared.items()}
        missing = _sum(weights, weights.keys() - there)
        wanting = [each for each in shared if missing - TIMES * own[each] > FAR_MORE - ROUNDING]
        found = [
            Better(
                (gain - gains[each]) * (1.0 if other.key == each.key else OTHER_ARTICLE) - TIMES * own[each],
                each,
                other,
            )
            for each, gains in (self._gained(weights, shared, wanting) if wanting else {}).items()
            for other, gain in gains.items()
            if other not in own
        ]
        return max(found, key=lambda better: better.by, default=None)

    def _gained(
        self, weights: Mapping[Term, float], shared: Mapping[Paragraph, set[Term]], wanting: Sequence[Paragraph]
    ) -> dict[Paragraph, dict[Paragraph, float]]:
        """Return for each of these cited paragraphs what each paragraph, itself too, has in its place of the claim."""
        gained = {each: {each: 0.0} for each in wanting}
        for term, weight in weights.items():
            cited = [each for each, terms in shared.items() if term in terms]
            if len(cited) > 1:
                continue  # whichever is taken away, another cited one has it
            for each in cited or wanting:
                gains = gained.get(each, {})
                for other in self._postings[term]:
                    gains[other] = gains.get(other, 0.0) + weight
        return gained


def _sum(weights: Mapping[Term, float], terms: AbstractSet[Term]) -> float:
    """Return what some of these terms weigh together; in their order, so that it is the same each time."""
    return sum([weight for term, weight in weights.items() if term in terms])


def _share(term: Term) -> float:
    """Return for how much of its weight a term counts."""
    if isinstance(term, str):
        return PAIR_SHARE if " " in term else 1.0
    return ROW_SHARE if isinstance(term, int) else 1.0


def _shares_little(own: str, cited: Paragraph) -> bool:
    """Return whether a claim of the articles themselves, or a paragraph so short, shares few words at best."""
    return len(cited.words) < FEWEST_CITED or ABOUT_TEXTS.search(own) is not None


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
    return {_of_word(word)[0] for word in words if word not in COMMON}


@lru_cache(maxsize=2**14)
def _of_word(word: str) -> tuple[str, tuple[Term, ...]]:
    """Return the stem of a word, and the terms that it brings by itself."""
    found = stem(AMERICAN.sub("iz", word))
    return found, (*(() if word in COMMON else (found,)), *rows().get(found, ()))
