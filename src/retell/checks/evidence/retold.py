"""Check that a story does not contradict itself: two statements that cite one paragraph say the same of it.

A gist, an answer and the narration tell much of a thing twice. It warns where one of two that cite the same paragraph
has a 'not' beside a word that the other has among the same words without one, or the contrary of the other's word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from retell.checks.evidence.contraries import pairs
from retell.checks.evidence.polarity import Word, words_told
from retell.checks.evidence.turned import TWO_EVENTS
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

TOLD_OTHERWISE = Rule(
    "told-otherwise",
    "What a story tells twice of one paragraph it tells alike.",
    "warning",
    message="'{word}' here, and on the same paragraph '{other}' in {file}, “{shown}”",
    help="say it alike in both places, as the source does",
)
DENIED_ELSEWHERE = TOLD_OTHERWISE.saying(
    "this denies '{word}', and on the same paragraph {file}, “{shown}”, does not", TOLD_OTHERWISE.help
)
NEXT = 2  # so soon behind a 'not' a word is denied by it
AROUND = 5  # words on either side that are compared
LEAST_SHARED = 3  # of those, with the word itself
LEAST_TURNED = 2
SHOWN_WORDS = 6
MOST_COMPARED = 40  # parts of other statements on one paragraph
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
MOODS = (frozenset(["must", "should", "shall"]), frozenset(["can", "could", "may", "might"]))
OPEN = frozenset(["if", "whether", "when", "how", "why", "unless"])
STOP = re.compile(r"[.,;:?!]")


class Telling:
    """A part of a statement, and its words, read when they are asked for."""

    def __init__(self, assertion: Assertion, part: Part) -> None:
        """Take the statement and its part."""
        self.assertion = assertion
        self.part = part

    @cached_property
    def text(self) -> str:
        """Its text in small letters."""
        return self.part.span.text.lower()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words that carry the sense."""
        return words_told(self.part.span.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of these words."""
        return frozenset([word.stem for word in self.words])

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(self.part.words)

    @cached_property
    def mood(self) -> tuple[bool, ...]:
        """Whether it tells of a duty, and whether of what may be: these deny nothing that is."""
        return tuple([not each.isdisjoint(self.vocabulary) for each in MOODS])


class Tellings:
    """All statements of a story, by the paragraphs that they cite."""

    def __init__(self, told: Iterable[Assertion], witness: Witness) -> None:
        """Take the statements."""
        self._witness = witness
        self._citing: dict[tuple[str, int], list[Telling]] = defaultdict(list)
        self._with_contraries: dict[tuple[str, int], set[str]] = defaultdict(set)
        for assertion in told:
            tellings = [Telling(assertion, part) for part in assertion.parts]
            for place in places_of(assertion):
                self._citing[place].extend(tellings)
                self._with_contraries[place] |= pairs().keys() & assertion.words

    def check(self, assertion: Assertion) -> Iterator[Problem]:
        """Yield the first word of a statement that another turns round."""
        turned = self._may_be_turned(assertion)
        if not assertion.may_deny and not turned:
            return
        others = self._others(assertion)
        for part in assertion.parts:
            if part.quoted:
                continue
            mine = Telling(assertion, part)
            for at, word in enumerate(mine.words):
                found = self._denied(mine, at, others) or (_turned(mine, at, others) if turned else None)
                if found:
                    rule, other, said = found
                    (place,) = assertion.locate_within(part, [word.place])
                    begins = WORD.match(part.span.text, word.place)
                    yield rule.at(
                        place,
                        word=begins[0] if begins else "",
                        other=said,
                        shown=" ".join([*other.part.span.text.split()[:SHOWN_WORDS], "…"]),
                        file=PurePath(other.assertion.file.name).name,
                    )
                    return

    def citing(self, place: tuple[str, int]) -> Sequence[Telling]:
        """Return the parts of all statements that cite a paragraph."""
        return self._citing[place]

    def _may_be_turned(self, assertion: Assertion) -> bool:
        """Return whether a statement on a paragraph of this one has the contrary of a word."""
        words = pairs().keys() & assertion.words
        theirs = set().union(*[self._with_contraries[place] for place in places_of(assertion)]) if words else set()
        return any(not contrary.isdisjoint(theirs) for word in words for _, contrary in pairs()[word])

    def _others(self, assertion: Assertion) -> list[Telling]:
        """Return the parts of other statements that cite a paragraph of this one, in their order: the first of many."""
        found: dict[Telling, None] = {}
        for place in places_of(assertion):
            there = (each for each in self._citing[place] if each.assertion.key != assertion.key)
            found.update(dict.fromkeys(islice(there, MOST_COMPARED)))
        return list(found)

    def _denied(self, mine: Telling, at: int, others: Sequence[Telling]) -> tuple[Rule, Telling, str] | None:
        """Return another telling that says, among the same words, a word that this one denies."""
        word = mine.words[at]
        named = mine.part.span.text[word.place].isupper()
        if not 0 < word.denied <= NEXT or named or not OPEN.isdisjoint(mine.vocabulary):
            return None
        around = _around(mine.words, at)
        for other in others:
            if word.stem not in other.assertion.stems or word.stem not in other.stems:
                continue
            if other.mood != mine.mood or not OPEN.isdisjoint(other.vocabulary):
                continue
            there = [here for here, each in enumerate(other.words) if each.stem == word.stem]
            if any(other.words[here].turned for here in there):
                continue
            if word.denied > 1 and mine.words[at - 1].stem not in other.stems:
                continue
            shared = max(len(around & _around(other.words, here)) for here in there)
            if shared >= LEAST_SHARED and self._by_the_same(mine, at, other, there[0]):
                return DENIED_ELSEWHERE, other, ""
        return None

    def _by_the_same(self, mine: Telling, at: int, other: Telling, here: int) -> bool:
        """Return whether the last that is named before a word is not somebody else in the other telling."""
        sides = {self._before(mine, mine.words[at].place), self._before(other, other.words[here].place)}
        return len(sides - {""}) < 2

    def _before(self, telling: Telling, end: int) -> str:
        names = [name for name in self._witness.names.placed(telling.part.span.text) if name.end <= end]
        return self._witness.side(names[-1].card) if names else ""


def places_of(assertion: Assertion) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs that a statement cites, by article and number; 0 is a whole article."""
    for citation in assertion.citations:
        yield from ((citation.key, number) for number in citation.paragraphs or (0,))


def _around(there: Sequence[Word], at: int) -> set[str]:
    return {each.stem for each in there[max(0, at - AROUND) : at + AROUND + 1]}


def _turned(mine: Telling, at: int, others: Sequence[Telling]) -> tuple[Rule, Telling, str] | None:
    """Return another telling that has, among the same words, the contrary of a word of this one."""
    match = WORD.match(mine.text, mine.words[at].place)
    shown = match[0] if match else ""
    for same, contrary in pairs().get(shown, ()):
        if contrary & mine.vocabulary:
            continue
        around = _around(mine.words, at)
        for other in others:
            if contrary.isdisjoint(other.assertion.words) or not _has_instead(other.vocabulary, same, contrary):
                continue
            for here, each in enumerate(other.words):
                said = WORD.match(other.text, each.place)
                if not said or said[0] not in contrary or len(around & _around(other.words, here)) < LEAST_TURNED:
                    continue
                if shown not in TWO_EVENTS or _next(mine, at) == _next(other, here) != "":
                    return TOLD_OTHERWISE, other, said[0]
    return None


def _has_instead(words: frozenset[str], same: frozenset[str], contrary: frozenset[str]) -> bool:
    return words.isdisjoint(same) and not words.isdisjoint(contrary)


def _next(telling: Telling, at: int) -> str:
    """Return the word behind one in its clause, or nothing."""
    one, *behind = telling.words[at : at + 2]
    ends = not behind or STOP.search(telling.part.span.text, one.place, behind[0].place)
    return "" if ends else behind[0].stem
