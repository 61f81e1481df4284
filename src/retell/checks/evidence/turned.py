"""Check that a claim does not turn its article round: more for fewer, before for after, granted for denied.

Of each pair of contraries the claim has one and the cited paragraphs have only the other, in a sentence that speaks of
the same. A word of more or less beside a number is held against what stands beside that number in the article.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from retell.checks.evidence.contraries import COUNTED, borne, pairs
from retell.checks.evidence.denials import NOT
from retell.checks.evidence.nearby import ahead
from retell.checks.evidence.placement import ABOUT_TEXTS
from retell.checks.evidence.terms import stems
from retell.checks.evidence.typography import even
from retell.copies.search import stem
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.quantities import Quantity
    from retell.problems import Problem

TURNED = Rule(
    "turned-round",
    "A claim says more or fewer, before or after, asked or refused as the source does.",
    "warning",
    message="'{word}' here, and {other} in ¶{number} of {key}",
    help="say it as the source does, or cite the paragraph that says otherwise",
)
_NOT = r"(?:not|never|hardly|scarcely) (?:be |have been |number |count )?"
UP = rf"{_NOT}(?:fewer|less) than|more than|over|above|at least|no (?:fewer|less) than|upwards? of|exceed(?:s|ed|ing)?"
DOWN = rf"{_NOT}more than|fewer than|less than|under|below|up to|at most|no more than|as many as|as much as"
NEARLY = r"nearly|almost|close to|just under|not quite"
BESIDE = re.compile(
    rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN})|(?P<nearly>{NEARLY})) (?:(?:an?|the|some|about|its|his|US|of) )*[$£€]?$",
    re.IGNORECASE,
)
BEHIND_UP = re.compile(r"^(?:\+| (?:[\w-]+ )?or more\b| (?:[\w-]+ )?and more\b|-plus\b)")
BEHIND_DOWN = re.compile(r"^ (?:[\w-]+ )?or (?:fewer|less)\b")
WORD = re.compile(r"[^\W\d_]+")
OF_AMOUNT = re.compile(r"\b(?:at|as|how|so|too) $", re.IGNORECASE)  # "at most" is no most
GOES_ON = re.compile(r"[ ,’'-]*\w")  # "And before?" goes on with nothing
NEAR = 5  # characters before a word, for OF_AMOUNT
_OF_ORDER = "before after first last earlier later until since early late both neither north south east west"
OF_ORDER = frozenset(words_of(_OF_ORDER))
TWO_EVENTS = ("before", "after")
REACH = 32
LEAST_SHARED = 2
NOTHING = "nothing of the kind"
MOST_PLACES = 30  # of one number in what is cited


def check(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Yield the words of a claim of which the cited paragraphs have only the contrary."""
    if not cited:
        return
    yield from _check_amounts(assertion, cited)
    yield from _check_words(assertion, cited)


def _check_amounts(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    for part in assertion.parts:
        for number in part.quantities:
            word = _beside(even(part.span.text), number)
            if not word:
                continue
            standing = (
                (paragraph, _beside(paragraph.text, each))
                for paragraph in cited
                for each in paragraph.numbers
                if not each.bears.isdisjoint(number.readings)
            )
            there = list(islice(standing, MOST_PLACES))
            if there and all(_differs(word, each) for _, each in there):
                paragraph, other = there[0]
                (place,) = assertion.locate_within(part, [number.start])
                yield TURNED.at(
                    place,
                    word=word,
                    number=paragraph.number,
                    key=paragraph.key,
                    other=f"'{other}'" if other else NOTHING,
                )


def _differs(one: str, other: str) -> bool:
    """Return whether two words beside a number say different things of it; "over" may be of time."""
    if not other:
        # "over the winter" and "under the treaty" count nothing
        return one.lower() not in ("over", "under", "above", "below") and not re.fullmatch(NEARLY, one, re.IGNORECASE)
    kinds = [re.fullmatch(UP, word, re.IGNORECASE) is not None for word in (one, other)]
    return kinds[0] != kinds[1]


def _beside(text: str, number: Quantity) -> str:
    """Return the word of more or less beside a number, or nothing."""
    before = BESIDE.search(text[max(0, number.start - REACH) : number.start])
    if before:
        return before["up"] or before["down"] or before["nearly"]
    behind = text[number.end : number.end + REACH]
    return "at least" if BEHIND_UP.search(behind) else "at most" if BEHIND_DOWN.search(behind) else ""


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Return all words that are looked for in a claim."""
    return frozenset(pairs()) | frozenset(borne())


def _check_words(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    suspected = {word for word in _known() & assertion.words if _may_be_turned(word, assertion.words, cited)}
    denied = bool(suspected and assertion.may_deny and NOT.search(assertion.own))
    if denied:
        suspected &= OF_ORDER
    for part in (part for part in assertion.parts if suspected and not part.quoted):
        for match in WORD.finditer(part.span.text):
            word, text, at = match[0].lower(), part.span.text, match.start()
            if word not in suspected or ahead(OF_AMOUNT, text, at):
                continue
            found = None if denied else _unborne(word, assertion, cited)
            found = found or _contrary(word, text[match.end() :], assertion.words, cited)
            if found:
                (place,) = assertion.locate_within(part, [match.start()])
                paragraph, other = found
                yield TURNED.at(place, word=match[0], number=paragraph.number, key=paragraph.key, other=other)
                return


def _may_be_turned(word: str, told: set[str], cited: Sequence[Paragraph]) -> bool:
    """Return whether no cited paragraph has what a word rests on, or one has its contrary and none the word."""
    needed = borne().get(word)
    if needed and all(needed.isdisjoint(paragraph.stemmed) for paragraph in cited):
        return True
    return any(_have_the_contrary(mine, theirs, told, cited) for mine, theirs in pairs().get(word, ()))


def _have_the_contrary(
    mine: frozenset[str], theirs: frozenset[str], told: set[str], cited: Sequence[Paragraph]
) -> bool:
    """Return whether paragraphs have a word of the other side and none of mine, which is told alone."""
    there = [paragraph.vocabulary for paragraph in cited]
    return (
        theirs.isdisjoint(told)
        and all(mine.isdisjoint(words) for words in there)
        and not all(theirs.isdisjoint(words) for words in there)
    )


def _unborne(word: str, assertion: Assertion, cited: Sequence[Paragraph]) -> tuple[Paragraph, str] | None:
    """Return the first cited paragraph where none has a word of the kind, nor is one quoted."""
    needed = borne().get(word)
    if word in COUNTED and assertion.counts:
        return None
    if not needed or ABOUT_TEXTS.search(assertion.own) or any(needed & paragraph.stemmed for paragraph in cited):
        return None
    quoted = {stem(each) for part in assertion.parts if part.quoted for each in part.words}
    denied = "not" in needed and any(paragraph.bare.denied for paragraph in cited)
    return None if denied or needed & quoted else (cited[0], NOTHING)


def _contrary(word: str, behind: str, told: set[str], cited: Sequence[Paragraph]) -> tuple[Paragraph, str] | None:
    """Return where the cited paragraphs have only the contrary of a word, with what stands behind it."""
    near = stems(words_of(re.split("[.;:?!]", behind[:REACH])[0])) if word in TWO_EVENTS else set()
    if (word in OF_ORDER and not GOES_ON.match(behind)) or (word in TWO_EVENTS and not near):
        return None
    for mine, theirs in pairs().get(word, ()):
        if _have_the_contrary(mine, theirs, told, cited):
            return _in_a_sentence(theirs, stems(told) - set(map(stem, mine)), near, cited)
    return None


def _in_a_sentence(
    theirs: frozenset[str], content: set[str], behind: set[str], cited: Sequence[Paragraph]
) -> tuple[Paragraph, str] | None:
    """Return where a contrary stands in a sentence that speaks of the same, and the word.

    What comes behind a 'before' is one of two events: where the sentence has no word of it, another is meant.
    """
    for paragraph in cited:
        for words in paragraph.sentences:
            other = next((word for word in words if word in theirs), None)
            if other and len(content & stems(words)) >= LEAST_SHARED and (not behind or behind & stems(words)):
                return paragraph, f"'{other}'"
    return None
