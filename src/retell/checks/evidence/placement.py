"""Check that a statement rests on the right paragraphs: that another would not bear it far better than one of them.

Words are compared by their stems, alone and two side by side, and by the rows of `synonyms`; names and numbers count as
well. All weigh the more the fewer paragraphs have them, as in `copies.search`. What two tellings of one thing share is
mostly little; so only a wide difference is told. A story tells a thing more than once: what its other statements say of
a paragraph counts as well, for less than the paragraph's own words.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
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
TOLD_SHARE = 0.65  # of a word that not the paragraph has, but another statement that cites it
MOST_CITED = 4  # paragraphs of a statement whose words may be of each of them
OTHER_ARTICLE = 0.7  # two articles may tell the same, and one of them be cited
TIMES = 1.0  # so many times what the cited paragraph has another must add
FAR_MORE = 3.2
MUCH_MORE = 6.6  # where the articles are spoken of, or a cited paragraph is so short that it can share little
ROUNDING = 1e-6
FEWEST_CITED = 12
FEWEST_WORDS, FEWEST_FOREIGN = 4, 6
LEAST_SHARED, FEWEST_SHARED = 1.1, 2  # a word, and the row that it stands in
FOREIGN = ((0.15, 0.15), (0.25, 0.3))
"""Of a claim's words so many stand in no article and no other statement, and of its weight the cited have less."""
FEWEST_PARAGRAPHS = 20  # of fewer nobody can say which words are foreign to them
NONE: Counter[Paragraph] = Counter()
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
    """How much of a term of a claim each paragraph has, of the cited ones and of all, and how much it weighs."""

    cited: dict[Paragraph, float]
    everywhere: dict[Paragraph, float]
    weight: float


class Index:
    """The words, names and numbers of all paragraphs, and how much each weighs."""

    def __init__(self, witness: Witness, told: Sequence[Assertion] = ()) -> None:
        """Take the paragraphs of the articles that a reader has, and what the story tells of them."""
        self._witness = witness
        self._paragraphs = [each for copy in witness.paragraphs.values() for each in copy.values()]
        self._told_of = told

    @cached_property
    def _postings(self) -> dict[Term, dict[Paragraph, float]]:
        """The paragraphs that have each term, in their order."""
        postings: dict[Term, dict[Paragraph, float]] = defaultdict(dict)
        for paragraph in self._paragraphs:
            for term in self._terms(paragraph.text, paragraph.named, paragraph.values):
                postings[term][paragraph] = 1.0
        return postings

    @cached_property
    def _told(self) -> dict[Term, Counter[Paragraph]]:
        """In how many statements that cite a paragraph each term stands that the paragraph itself has not."""
        told: dict[Term, Counter[Paragraph]] = defaultdict(Counter)
        for assertion in self._told_of:
            of = self._may_tell(assertion)
            for term in self._terms_of(assertion) if of else ():
                if not _is_a_pair(term):
                    told[term].update(each for each in of if each not in self._postings.get(term, ()))
        return told

    def _may_tell(self, assertion: Assertion) -> list[Paragraph]:
        """Return the paragraphs that a statement cites, if they are so few that its words may be of each."""
        numbers = [(citation.key, number) for citation in assertion.citations for number in citation.paragraphs]
        if len(numbers) > MOST_CITED:
            return []
        paragraphs = self._witness.paragraphs
        return [paragraphs[key][number] for key, number in numbers if number in paragraphs.get(key, {})]

    @cached_property
    def _weights(self) -> dict[Term, float]:
        """The weight of each term; none is there that no paragraph has and no other statement, for it is of one alone.

        Nor is one of an article's own name.
        """
        whole = len(self._paragraphs)
        counted = {term: len(standing) for term, standing in self._postings.items()}
        for term, told in self._told.items():
            counted[term] = counted.get(term, 0) + len(told)
        return {
            term: math.log(1 + (whole - n + 0.5) / (n + 0.5))
            for term, n in counted.items()
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
        better = self._better(assertion, weights, cited)
        if better and better.by > (MUCH_MORE if _shares_little(own, better.cited) else FAR_MORE):
            other, instead_of = better.other, better.cited
            said = {"number": other.number, "key": other.key, "cited": instead_of.number, "of": instead_of.key}
            yield MISPLACED.at(assertion.locate(assertion.parts[0]), **said)
            return
        about_texts = ABOUT_TEXTS.search(own) is not None
        if assertion.parts[0].trail == ("meaning",):
            return
        shared = [weights[term] for term in weights if any(each in self._postings.get(term, ()) for each in cited)]
        if sum(shared) < LEAST_SHARED and len(shared) <= FEWEST_SHARED:
            many = len(stems(words_of(own)) - self._outlets) > FEWEST_WORDS
            nothing = many and not about_texts and not DENIES.search(own)
        else:
            nothing = not about_texts and self._is_foreign(assertion, sum(shared))
        if nothing:
            yield NOTHING_SHARED.at(assertion.locate(assertion.parts[0]))

    def _is_foreign(self, assertion: Assertion, shared: float) -> bool:
        """Return whether a claim is of other things: many of its words stand nowhere, and few in what it cites."""
        if len(self._paragraphs) < FEWEST_PARAGRAPHS:
            return False
        terms, weights = self._terms_of(assertion), self._weights
        words = [term for term in terms if isinstance(term, str) and term.isalpha()]
        own = bool(self._may_tell(assertion))
        unheard = sum(word not in self._postings and self._told.get(word, NONE).total() <= own for word in words) / max(
            len(words), 1
        )
        most = max(weights.values(), default=0.0)
        whole = sum(weights.get(term, most) * share for term, share in terms.items() if not _is_a_pair(term))
        return len(words) >= FEWEST_FOREIGN and any(
            unheard >= least and shared < whole * most_shared for least, most_shared in FOREIGN
        )

    def _weighed(self, assertion: Assertion) -> dict[Term, float]:
        """Return how much each term of a claim weighs that any paragraph or other statement has."""
        terms, weights = self._terms_of(assertion), self._weights
        return {term: share * weights[term] for term, share in terms.items() if term in weights}

    def _terms_of(self, assertion: Assertion) -> dict[Term, float]:
        text = " ".join([part.span.text for part in assertion.parts])
        values = [value for part in assertion.parts for number in part.quantities for value in number.readings]
        return self._terms(without_numbers(assertion), self._witness.names.in_text(text), values)

    def _standing(self, term: Term, weight: float, own: Sequence[Paragraph], cited: Sequence[Paragraph]) -> Standing:
        """Return where a term of a claim stands; what the claim itself tells of `own` paragraphs is no evidence."""
        there = self._postings.get(term, {})
        told = self._told.get(term)
        if told:
            others = {each: TOLD_SHARE for each, times in told.items() if times > (each in own)}
            there = {**others, **there}
        return Standing({each: there[each] for each in cited if each in there}, there, weight)

    def _better(self, assertion: Assertion, weights: Mapping[Term, float], cited: Sequence[Paragraph]) -> Better | None:
        """Return the paragraph that would add most in the place of a cited one, beside what that one has.

        None where none can add so much that it is told.
        """
        told = self._may_tell(assertion)
        stand = [self._standing(term, weight, told, cited) for term, weight in weights.items()]
        own = dict.fromkeys(cited, 0.0)
        for term in stand:
            for each, share in term.cited.items():
                own[each] += share * term.weight
        missing = sum(term.weight * (1 - max(term.cited.values(), default=0.0)) for term in stand)
        wanting = [each for each in cited if missing + own[each] - TIMES * own[each] > FAR_MORE - ROUNDING]
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
        for each, gains in gained.items():
            have = max((share for other, share in term.cited.items() if other is not each), default=0.0)
            if have == 1.0:
                continue  # whatever is put in its place, another cited one has it
            for other, share in term.everywhere.items():
                if share > have:
                    gains[other] = gains.get(other, 0.0) + (share - have) * term.weight
    return gained


def _is_a_pair(term: Term) -> bool:
    return isinstance(term, str) and " " in term


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
