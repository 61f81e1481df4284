"""Check that a statement rests on the right paragraphs: that another would not bear it far better than one of them.

Words are compared by their stems, alone and two side by side, and by the rows of `synonyms`; names and numbers count as
well. All weigh the more the fewer paragraphs have them. Only a wide difference is told. What other statements say of a
paragraph counts as well, for less than its own words.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.company import Company
from retell.checks.evidence.denials import MAY_DENY as DENIES
from retell.checks.evidence.odds import Signs, log_odds
from retell.checks.evidence.terms import Term, is_a_pair, share_of, stems, terms_of, weight_of, without_numbers
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.files.yamlfile import Trail
    from retell.problems import Problem

MISPLACED = Rule(
    "misplaced-citation",
    "A statement shares words with each paragraph that it cites, and no other has far more of them.",
    "warning",
    message="¶{number} of {key} has more of this than ¶{cited} of {of}",
    help="cite ¶{number}, or make plain what in ¶{cited} bears this out",
)
CITED_APART = MISPLACED.saying(
    "¶{cited} of {of} has little of this, and others that cite the rest of it do not cite that paragraph",
    "make plain what in ¶{cited} bears this out, or cite another paragraph",
)
NOTHING_SHARED = MISPLACED.saying(
    "what is cited has hardly a word, name or number of this", "cite the paragraph that bears it out, or leave it out"
)
TOLD_SHARE = 0.65  # of a word that not the paragraph has, but another statement that cites it
MOST_CITED = 4  # paragraphs of a statement whose words may be of each of them
OTHER_ARTICLE = 0.7  # two articles may tell the same, and one of them be cited
WRONG = 4.2  # the logarithm of the odds from which a citation is told of
SELDOM_TOLD, IN_FEW_WORDS = 0.5, 2.0  # so much more where a story cites its paragraphs once
FEWEST_CITED = 12  # words of a paragraph so short that it shares little
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


class Doubt(NamedTuple):
    """How likely a citation is wrong, and the paragraph of its article, or of another, that has more of the claim."""

    by: float
    cited: Paragraph
    other: Paragraph | None


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
        paragraphs = self._cited_by(statement)
        return paragraphs if len(paragraphs) <= MOST_CITED else []

    def _cited_by(self, statement: Assertion) -> list[Paragraph]:
        """Return the paragraphs that a statement cites and a reader has."""
        numbers = [(citation.key, number) for citation in statement.citations for number in citation.paragraphs]
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

    def check(self, assertion: Assertion, cited: Sequence[Paragraph], *, denied: bool = False) -> Iterator[Problem]:
        """Yield a problem where a claim, or who denies it, seems to rest on the wrong paragraph."""
        if not cited:
            return
        weights = self._weighed(assertion)
        doubt = self._doubt(assertion, weights, cited, denied=denied)
        if doubt.by > self._wrong(assertion) and not self._says_what_is_missing(assertion):
            place = assertion.locate(assertion.parts[0])
            said = {"cited": doubt.cited.number, "of": doubt.cited.key}
            if doubt.other:
                yield MISPLACED.at(place, number=doubt.other.number, key=doubt.other.key, **said)
            else:
                yield CITED_APART.at(place, **said)
        elif assertion.parts[0].trail != ("meaning",):
            there = frozenset().union(*[self._terms[each].intersection(weights) for each in cited])
            nothing = self._shares_nothing(assertion, weight_of(there, weights), len(there))
            if nothing and not ABOUT_TEXTS.search(assertion.own):
                yield NOTHING_SHARED.at(assertion.locate(assertion.parts[0]))

    def _wrong(self, assertion: Assertion) -> float:
        """Return from which odds on a citation is told of; of a paragraph cited once, few words tell little."""
        if self._company.is_told_again:
            return WRONG
        return WRONG + (SELDOM_TOLD if len(stems(words_of(assertion.own))) >= FEWEST_WORDS else IN_FEW_WORDS)

    def _says_what_is_missing(self, assertion: Assertion) -> bool:
        """Return whether a claim is that a source does not have a thing, which another may have."""
        own = assertion.own
        if not DENIES.search(own):
            return False
        return ABOUT_TEXTS.search(own) is not None or self._witness.names_an_outlet(assertion)

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

    def _doubt(
        self, assertion: Assertion, weights: Mapping[Term, float], cited: Sequence[Paragraph], *, denied: bool
    ) -> Doubt:
        """Return which cited paragraph is most likely the wrong one, and how likely."""
        scores = self._scores(weights, self._may_tell(assertion), cited)
        best = self._best(scores, cited)
        return max(
            [self._doubt_of(each, cited, scores, best, denied=denied) for each in cited],
            key=lambda doubt: (doubt.by, doubt.cited.number),
        )

    def _doubt_of(
        self,
        cited: Paragraph,
        others: Sequence[Paragraph],
        scores: Mapping[Paragraph, float],
        best: Mapping[str, Paragraph],
        *,
        denied: bool,
    ) -> Doubt:
        """Return how likely a citation is wrong."""
        own = scores[cited]
        inside = best.get(cited.key)
        here = scores[inside] if inside else 0.0
        other = max(
            best.values(), key=lambda each: scores[each] * (1.0 if each is inside else OTHER_ARTICLE), default=None
        )
        there = scores[other] * (1.0 if other is inside else OTHER_ARTICLE) if other else 0.0
        signs = Signs(
            own,
            here,
            there,
            beside=sum([each.key == cited.key for each in others]),
            lack=self._company.lack(cited, others) if len(others) > 1 else 0.0,
            alone=len(others) == 1,
            once=self._company.is_told_again and self._company.times[cited] <= 1,
            denied=denied,
        )
        return Doubt(log_odds(signs), cited, other if there > own else None)

    @cached_property
    def _company(self) -> Company:
        """Which paragraphs the statements cite together."""
        return Company([self._cited_by(statement) for statement in self._statements])

    def _scores(
        self, weights: Mapping[Term, float], mine: Sequence[Paragraph], cited: Sequence[Paragraph]
    ) -> dict[Paragraph, float]:
        """Return how much of a claim each paragraph has; what the claim itself says of `mine` is no evidence.

        Of what others say only that counts which is said of a paragraph that has a word of the claim itself.
        """
        scores: dict[Paragraph, float] = defaultdict(float)
        for term, weight in weights.items():
            for paragraph in self._postings.get(term, ()):
                scores[paragraph] += weight
        scores.update({paragraph: 0.0 for paragraph in cited if paragraph not in scores})
        for term, weight in weights.items():
            told = TOLD_SHARE * weight
            for paragraph, times in self._told.get(term, NONE).items():
                if paragraph in scores and (times > 1 or paragraph not in mine):
                    scores[paragraph] += told
        return scores

    @staticmethod
    def _best(scores: Mapping[Paragraph, float], cited: Sequence[Paragraph]) -> dict[str, Paragraph]:
        """Return of each article the paragraph that has most of a claim and is not cited."""
        best: dict[str, Paragraph] = {}
        for paragraph, score in scores.items():
            if (paragraph.key not in best or score > scores[best[paragraph.key]]) and paragraph not in cited:
                best[paragraph.key] = paragraph
        return best
