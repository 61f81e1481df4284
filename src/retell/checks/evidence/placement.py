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
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retell.checks.evidence.denials import MAY_DENY as DENIES
from retell.checks.evidence.synonyms import rows
from retell.copies.search import COMMON, stem
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Standing(NamedTuple):
    """Where a term of a claim stands: in which of the cited paragraphs, in which of all, and how much it weighs."""

    cited: list[Paragraph]
    everywhere: dict[Paragraph, None]
    weight: float


class Index:
    """The words, names and numbers of all paragraphs, and how much each weighs."""

    def __init__(self, witness: Witness) -> None:
        """Take the paragraphs of the articles that a reader has."""
        self._witness = witness
        self._paragraphs = [each for copy in witness.paragraphs.values() for each in copy.values()]

    @cached_property
    def _postings(self) -> dict[Term, dict[Paragraph, None]]:
        """The paragraphs that have each term, in their order."""
        postings: dict[Term, dict[Paragraph, None]] = defaultdict(dict)
        for paragraph in self._paragraphs:
            for term in self._terms(paragraph.text, paragraph.named, paragraph.values):
                postings[term][paragraph] = None
        return postings

    @cached_property
    def _weights(self) -> dict[Term, float]:
        """The weight of each term; none is there that no paragraph has, for then it is a word of ours.

        Nor is one of an article's own name.
        """
        whole = len(self._paragraphs)
        return {
            term: math.log(1 + (whole - n + 0.5) / (n + 0.5))
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

    def _terms(self, text: str, named: Iterable[str], values: Iterable[Term]) -> dict[Term, float]:
        """Return what a text has to be compared by, and its share: no word that is a part of a name counts itself."""
        words = words_of(self._witness.names.left_out(text))
        found: dict[Term, float] = dict.fromkeys(named, 1.0)
        found.update(dict.fromkeys(values, 1.0))
        stemmed = list(map(_stem, words))
        by_row = rows()
        for word, each in zip(words, stemmed, strict=True):
            if word not in COMMON:
                found[each] = 1.0
            for row in by_row.get(each, ()):
                found[row] = ROW_SHARE
        for one, other in pairwise(stemmed):
            found[f"{one} {other}"] = PAIR_SHARE
        return found

    def check(self, assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
        """Yield a problem where a claim seems to rest on the wrong paragraph."""
        own = assertion.own
        if not cited:
            return
        weights = self._weighed(assertion)
        better = self._better(weights, cited)
        if better and better.by > (MUCH_MORE if _shares_little(own, better.cited) else FAR_MORE):
            other, instead_of = better.other, better.cited
            said = {"number": other.number, "key": other.key, "cited": instead_of.number, "of": instead_of.key}
            yield MISPLACED.at(assertion.locate(assertion.parts[0]), **said)
            return
        shared = [weights[term] for term in weights if any(each in self._postings[term] for each in cited)]
        if sum(shared) >= LEAST_SHARED or len(shared) > FEWEST_SHARED or assertion.parts[0].trail == ("meaning",):
            return
        many = len(stems(words_of(own)) - self._outlets) > FEWEST_WORDS
        if many and not ABOUT_TEXTS.search(own) and not DENIES.search(own):
            yield NOTHING_SHARED.at(assertion.locate(assertion.parts[0]))

    def _weighed(self, assertion: Assertion) -> dict[Term, float]:
        """Return how much each term of a claim weighs that any paragraph has."""
        text = " ".join([part.span.text for part in assertion.parts])
        values = [value for part in assertion.parts for number in part.quantities for value in number.readings]
        terms = self._terms(without_numbers(assertion), self._witness.names.in_text(text), values)
        weights = self._weights
        return {term: share * weights[term] for term, share in terms.items() if term in weights}

    def _better(self, weights: Mapping[Term, float], cited: Sequence[Paragraph]) -> Better | None:
        """Return the paragraph that would add most in the place of a cited one, beside what that one has.

        None where none can add so much that it is told.
        """
        stand = [
            Standing([each for each in cited if each in there], there, weights[term])
            for term, there in ((term, self._postings[term]) for term in weights)
        ]
        own = dict.fromkeys(cited, 0.0)
        for term in stand:
            for each in term.cited:
                own[each] += term.weight
        missing = sum(term.weight for term in stand if not term.cited)
        wanting = [each for each in cited if missing - TIMES * own[each] > FAR_MORE - ROUNDING]
        gained = _gained(stand, wanting) if wanting else {}
        found = [
            Better(
                (gain - gains[each]) * (1.0 if other.key == each.key else OTHER_ARTICLE) - TIMES * own[each],
                each,
                other,
            )
            for each, gains in gained.items()
            for other, gain in gains.items()
            if other not in own
        ]
        return max(found, key=lambda better: better.by, default=None)


def _shares_little(own: str, cited: Paragraph) -> bool:
    """Return whether a claim of the articles themselves, or a paragraph so short, shares few words at best."""
    return len(cited.words) < FEWEST_CITED or ABOUT_TEXTS.search(own) is not None


def _gained(stand: Sequence[Standing], wanting: Sequence[Paragraph]) -> dict[Paragraph, dict[Paragraph, float]]:
    """Return for each of these cited paragraphs what each paragraph, itself too, has in its place of the claim."""
    gained = {each: {each: 0.0} for each in wanting}
    for term in stand:
        if len(term.cited) > 1:
            continue  # whichever is taken away, another cited one has it
        for each in term.cited or wanting:
            gains = gained.get(each, {})
            for other in term.everywhere:
                gains[other] = gains.get(other, 0.0) + term.weight
    return gained


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
    return {_stem(word) for word in words if word not in COMMON}


@lru_cache(maxsize=2**14)
def _stem(word: str) -> str:
    return stem(AMERICAN.sub("iz", word))
