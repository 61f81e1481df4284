"""Check that a statement rests on the right paragraphs: that another would not bear it far better than one of them.

Words are compared by their stems, alone and two side by side, and by the rows of `synonyms`; names and numbers count as
well. All weigh the more the fewer paragraphs have them, as in `copies.search`. What two tellings of one thing share is
mostly little; so only a wide difference is told. A story tells a thing more than once: what its other statements say of
a paragraph counts as well, for less than the paragraph's own words.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.denials import MAY_DENY as DENIES
from retell.checks.evidence.terms import Term, is_a_pair, share_of, stems, terms_of, without_numbers
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.files.yamlfile import Trail
    from retell.problems import Problem

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
TOLD_SHARE = 0.65  # of a word that not the paragraph has, but another statement that cites it
MOST_CITED = 4  # paragraphs of a statement whose words may be of each of them
OTHER_ARTICLE = 0.7  # two articles may tell the same, and one of them be cited
TIMES = 1.0  # so many times what the cited paragraph has another must add
FAR_MORE = 3.2
MUCH_MORE = 6.6  # where the articles are spoken of, or a cited paragraph is so short that it can share little
ROUNDING = 1e-6
FEWEST_CITED = 12
FEWEST_WORDS, FEWEST_FOREIGN = 4, 5
LEAST_SHARED, FEWEST_SHARED = 1.1, 2  # a word, and the row that it stands in
FOREIGN = ((0.15, 0.15), (0.25, 0.3))
"""Of a claim's words so many stand in no article and no other statement, and of its weight the cited have less."""
FEWEST_PARAGRAPHS = 20  # of fewer nobody can say which words are foreign to them
NONE: Mapping[Paragraph, int] = MappingProxyType({})
ABOUT_TEXTS = re.compile(
    r"\b(?:articles?|texts?|words?|papers?|newspapers?|read(?:s|ings?|ers?)?"
    r"|quot(?:es?|ed|ations?)|stor(?:y|ies)|you)\b"
)
"""What is said of the articles themselves shares no words with them."""


class Better(NamedTuple):
    """Another paragraph that would bear a claim better than a cited one, and by how much."""

    by: float
    cited: Paragraph
    other: Paragraph


class Index:
    """The words, names and numbers of all paragraphs, and how much each weighs."""

    def __init__(self, witness: Witness, told: Sequence[Assertion] = ()) -> None:
        """Take the paragraphs of the articles that a reader has, and what the story tells of them."""
        self._witness = witness
        self._statements = told
        self._read: dict[tuple[str, Trail, int | None], tuple[Term, ...]] = {}
        self._paragraphs = [each for copy in witness.paragraphs.values() for each in copy.values()]

    @cached_property
    def _terms(self) -> dict[Paragraph, frozenset[Term]]:
        """The terms of each paragraph."""
        return {
            each: frozenset([*each.named, *each.values, *terms_of(self._words(each.text))]) for each in self._paragraphs
        }

    def _words(self, text: str) -> list[str]:
        """Return the words of a text; none that is a part of a name counts itself."""
        return words_of(self._witness.names.left_out(text))

    @cached_property
    def _postings(self) -> dict[Term, list[Paragraph]]:
        """The paragraphs that have each term, in their order."""
        postings: dict[Term, list[Paragraph]] = defaultdict(list)
        for paragraph, terms in self._terms.items():
            for term in terms:
                postings[term].append(paragraph)
        return postings

    @cached_property
    def _told(self) -> dict[Term, dict[Paragraph, int]]:
        """In how many statements that cite a paragraph each term stands that the paragraph itself has not."""
        told: dict[Term, dict[Paragraph, int]] = defaultdict(dict)
        for statement in self._statements:
            for paragraph in self._may_tell(statement):
                for term in set(self._terms_in(statement)) - self._terms[paragraph]:
                    if not is_a_pair(term):
                        told[term][paragraph] = told[term].get(paragraph, 0) + 1
        return dict(told)

    def _may_tell(self, statement: Assertion) -> list[Paragraph]:
        """Return the paragraphs that a statement cites, if they are so few that its words may be of each."""
        numbers = [(citation.key, number) for citation in statement.citations for number in citation.paragraphs]
        if len(numbers) > MOST_CITED:
            return []
        paragraphs = self._witness.paragraphs
        return [paragraphs[key][number] for key, number in numbers if number in paragraphs.get(key, {})]

    @cached_property
    def _weights(self) -> dict[Term, float]:
        """The weight of each term; none is there that no paragraph has and no statement that cites one.

        Nor is one of an article's own name.
        """
        whole = len(self._paragraphs)
        return {
            term: share_of(term) * math.log(1 + (whole - n + 0.5) / (n + 0.5))
            for term in {**self._postings, **self._told}
            if term not in self._outlets
            for n in (len(self._postings.get(term, ())) + len(self._told.get(term, ())),)
        }

    @cached_property
    def _outlets(self) -> set[Term]:
        """The articles' own names: a statement may name its article, which no paragraph does."""
        found: set[Term] = set()
        for head in self._witness.heads.values():
            found.update(stems(head.words), head.named)
        return found

    def check(self, assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
        """Yield a problem where a claim seems to rest on the wrong paragraph."""
        if not cited:
            return
        weights = self._weighed(assertion)
        better = self._better(assertion, weights, cited)
        wanted = MUCH_MORE if better and _shares_little(assertion.own, better.cited) else FAR_MORE
        if better and better.by > wanted and not self._says_what_is_missing(assertion):
            other, instead_of = better.other, better.cited
            said = {"number": other.number, "key": other.key, "cited": instead_of.number, "of": instead_of.key}
            yield MISPLACED.at(assertion.locate(assertion.parts[0]), **said)
        elif assertion.parts[0].trail != ("meaning",):
            there = frozenset().union(*[self._terms[each].intersection(weights) for each in cited])
            nothing = self._shares_nothing(assertion, _sum(weights, there), len(there))
            if nothing and not ABOUT_TEXTS.search(assertion.own):
                yield NOTHING_SHARED.at(assertion.locate(assertion.parts[0]))

    def _says_what_is_missing(self, assertion: Assertion) -> bool:
        """Return whether a claim is that a source does not have a thing, which another may have."""
        return DENIES.search(assertion.own) is not None and self._witness.names_an_outlet(assertion)

    def _shares_nothing(self, assertion: Assertion, shared: float, terms: int) -> bool:
        """Return whether a claim shares hardly a word with what it cites, by their weight and number."""
        if shared >= LEAST_SHARED or terms > FEWEST_SHARED:
            return self._is_foreign(assertion, shared)
        own = assertion.own
        return len(stems(words_of(own)) - self._outlets) > FEWEST_WORDS and not DENIES.search(own)

    def _is_foreign(self, assertion: Assertion, shared: float) -> bool:
        """Return whether a claim is of other things: many of its words stand nowhere, and few in what it cites."""
        if len(self._paragraphs) < FEWEST_PARAGRAPHS:
            return False
        terms = set(self._terms_in(assertion))
        words = [term for term in terms if isinstance(term, str) and term.isalpha()]
        if len(words) < FEWEST_FOREIGN:
            return False
        own = bool(self._may_tell(assertion))
        unheard = sum([not self._is_heard(word, by_others=own) for word in words])
        most_shared = [most for least, most in FOREIGN if unheard >= least * len(words)]
        if not most_shared:
            return False
        weights, most = self._weights, self._most
        whole = sum([weights.get(term, share_of(term) * most) for term in terms if not is_a_pair(term)])
        return shared < whole * max(most_shared)

    def _is_heard(self, word: str, *, by_others: bool) -> bool:
        """Return whether a word stands in an article or a statement; `by_others` is whether one more has to have it."""
        return word in self._postings or sum(self._told.get(word, NONE).values()) > by_others

    @cached_property
    def _most(self) -> float:
        """What the rarest term weighs."""
        return max(self._weights.values(), default=0.0)

    def _terms_in(self, assertion: Assertion) -> tuple[Term, ...]:
        """Return what a claim has to be compared by, which is read once."""
        if assertion.key not in self._read:
            text = " ".join([part.span.text for part in assertion.parts])
            values = [value for part in assertion.parts for number in part.quantities for value in number.readings]
            words = self._words(without_numbers(assertion))
            self._read[assertion.key] = (*self._witness.names.in_text(text), *values, *terms_of(words))
        return self._read[assertion.key]

    def _weighed(self, assertion: Assertion) -> dict[Term, float]:
        """Return how much each term of a claim weighs that any paragraph or other statement has."""
        weights = self._weights
        return {term: weights[term] for term in self._terms_in(assertion) if term in weights}

    def _better(self, assertion: Assertion, weights: Mapping[Term, float], cited: Sequence[Paragraph]) -> Better | None:
        """Return the paragraph that would add most in the place of a cited one, beside what that one has.

        None where no paragraph can add so much that it is told.
        """
        mine = self._may_tell(assertion)
        shares = {each: self._shares(each, weights, mine) for each in cited}
        whole = sum(weights.values())
        found: list[Better] = []
        for each, own in shares.items():
            must = TIMES * sum([weights[term] * share for term, share in own.items()])
            if whole < must + FAR_MORE - ROUNDING:
                continue
            rest = [shares[other] for other in cited if other is not each]
            left = {
                term: weight * (1.0 - max([there.get(term, 0.0) for there in rest], default=0.0))
                for term, weight in weights.items()
            }
            lost = sum([max(0.0, left[term] - weights[term] * (1.0 - share)) for term, share in own.items()])
            for other in self._candidates(left, lost + must + FAR_MORE) - shares.keys():
                there = self._shares(other, weights, mine)
                gain = sum([max(0.0, left[term] - weights[term] * (1.0 - share)) for term, share in there.items()])
                by = (gain - lost) * (1.0 if other.key == each.key else OTHER_ARTICLE) - must
                found.append(Better(by, each, other))
        return max(found, key=lambda better: (better.by, better.cited.number, -better.other.number), default=None)

    def _candidates(self, weights: Mapping[Term, float], least: float) -> set[Paragraph]:
        """Return the paragraphs that may have so much of these terms: that have not the commonest alone."""
        found: set[Paragraph] = set()
        if sum(weights.values()) < least - ROUNDING:
            return found
        common = 0.0
        for term in sorted(weights, key=lambda term: len(self._postings.get(term, ())), reverse=True):
            common += weights[term]
            if common >= least - ROUNDING:
                found.update(self._postings.get(term, ()), self._told.get(term, ()))
        return found

    def _shares(self, paragraph: Paragraph, terms: Iterable[Term], mine: Sequence[Paragraph]) -> dict[Term, float]:
        """Return how much of each term a paragraph has; what a claim itself says of `mine` is no evidence."""
        there, told, own = self._terms[paragraph], self._told, paragraph in mine
        return {
            term: 1.0 if term in there else TOLD_SHARE
            for term in terms
            if term in there or (term in told and told[term].get(paragraph, 0) > own)
        }


def _sum(weights: Mapping[Term, float], terms: AbstractSet[Term]) -> float:
    """Return what some of these terms weigh together; in their order, so that it is the same each time."""
    return sum([weight for term, weight in weights.items() if term in terms])


def _shares_little(own: str, cited: Paragraph) -> bool:
    """Return whether a claim of the articles themselves, or a paragraph so short, shares few words at best."""
    return len(cited.words) < FEWEST_CITED or ABOUT_TEXTS.search(own) is not None
