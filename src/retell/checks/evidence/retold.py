"""Check that a story does not contradict itself: what two of its statements tell of one paragraph, both tell alike.

A gist, an answer and the narration tell much of a thing twice. It warns where one of two that cite the same paragraph
has a 'not' beside a word that the other has among the same words without one, or the contrary of the other's word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING

from retell.checks.evidence.contraries import pairs
from retell.checks.evidence.polarity import Word, words
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
        return tuple(chain.from_iterable(words(self.text)))

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
        for assertion in told:
            tellings = [Telling(assertion, part) for part in assertion.parts]
            for place in _places(assertion):
                self._citing[place].extend(tellings)

    def check(self, assertion: Assertion) -> Iterator[Problem]:
        """Yield the first word of a statement that another turns round."""
        if not assertion.may_deny and pairs().keys().isdisjoint(assertion.words):
            return
        for part in assertion.parts:
            if part.quoted:
                continue
            others = self._others(assertion)
            mine = Telling(assertion, part)
            for at, word in enumerate(mine.words):
                found = self._denied(mine, at, others) or _turned(mine, at, others)
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

    def texts_beside(self, assertion: Assertion) -> list[str]:
        """Return the texts of the other statements that cite a paragraph of this one."""
        return [each.part.span.text for each in self._others(assertion)]

    def _others(self, assertion: Assertion) -> list[Telling]:
        """Return the parts of the other statements that cite a paragraph of this one, in their order."""
        found = {id(each): each for place in _places(assertion) for each in self._citing[place]}
        return [each for each in found.values() if each.assertion.key != assertion.key]

    def _denied(self, mine: Telling, at: int, others: Sequence[Telling]) -> tuple[Rule, Telling, str] | None:
        """Return another telling that says, among the same words, a word that this one denies."""
        word = mine.words[at]
        named = mine.part.span.text[word.place].isupper()
        if not 0 < word.denied <= NEXT or named or not OPEN.isdisjoint(mine.vocabulary):
            return None
        around = _around(mine.words, at)
        for other in others:
            if word.stem not in other.stems or other.mood != mine.mood or not OPEN.isdisjoint(other.vocabulary):
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
        return len(sides - {""}) < len(("one", "other"))

    def _before(self, telling: Telling, end: int) -> str:
        names = [name for name in self._witness.names.placed(telling.part.span.text) if name.end <= end]
        return self._witness.side(names[-1].card) if names else ""


def _places(assertion: Assertion) -> Iterator[tuple[str, int]]:
    for citation in assertion.citations:
        yield from ((citation.key, number) for number in citation.paragraphs or (0,))


def _around(there: Sequence[Word], at: int) -> set[str]:
    return {each.stem for each in there[max(0, at - AROUND) : at + AROUND + 1]}


def _turned(mine: Telling, at: int, others: Sequence[Telling]) -> tuple[Rule, Telling, str] | None:
    """Return another telling that has, among the same words, the contrary of a word of this one."""
    shown = WORD.match(mine.text, mine.words[at].place)
    if not shown:
        return None
    for same, contrary in pairs().get(shown[0], ()):
        around = _around(mine.words, at)
        for other in others:
            if same & other.vocabulary or contrary & mine.vocabulary or not contrary & other.vocabulary:
                continue
            for here, each in enumerate(other.words):
                said = WORD.match(other.text, each.place)
                if not said or said[0] not in contrary or len(around & _around(other.words, here)) < LEAST_TURNED:
                    continue
                if shown[0] not in TWO_EVENTS or _next(mine, at) == _next(other, here) != "":
                    return TOLD_OTHERWISE, other, said[0]
    return None


def _next(telling: Telling, at: int) -> str:
    """Return the word behind one in its clause, or nothing."""
    one, *behind = telling.words[at : at + 2]
    ends = not behind or STOP.search(telling.part.span.text, one.place, behind[0].place)
    return "" if ends else behind[0].stem
