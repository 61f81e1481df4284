"""What texts are compared by: the stems of their words, alone and two side by side, and rows of synonyms.

The cards that a text names are terms as well, and its numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeAlias

from retell.checks.evidence.synonyms import rows
from retell.copies.search import COMMON, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set
    from decimal import Decimal

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.forms import Kind

Term: TypeAlias = "str | int | tuple[Kind, Decimal | str]"
"""A stem, two of them side by side, the number of a row of synonyms, a card that is named, or a number."""
PAIR_SHARE, ROW_SHARE = 0.4, 0.8  # how much two words side by side count, and a row of synonyms
AMERICAN = re.compile(r"is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)")
"""Recognise and recognize are one word."""


def share_of(term: Term) -> float:
    """Return for how much of its weight a term counts."""
    if isinstance(term, str):
        return PAIR_SHARE if " " in term else 1.0
    return ROW_SHARE if isinstance(term, int) else 1.0


def is_a_pair(term: Term) -> bool:
    """Return whether a term is two stems side by side."""
    return isinstance(term, str) and " " in term


def weight_of(terms: Set[Term], weights: Mapping[Term, float]) -> float:
    """Return what some terms weigh together; in the order of the weights, so that it is the same each time."""
    return sum([weight for term, weight in weights.items() if term in terms])


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


def terms_of(words: Iterable[str]) -> Iterable[Term]:
    """Return what the words of a text have to be compared by: each, its rows of synonyms, and two side by side."""
    read = list(map(_of_word, words))
    pairs = [f"{one} {other}" for (one, _), (other, _) in pairwise(read)]
    return chain(chain.from_iterable([terms for _, terms in read]), pairs)
