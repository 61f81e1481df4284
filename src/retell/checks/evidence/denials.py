"""Take the negations out of a text's words, and keep where each negation, sentence and clause stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from retell.copies.text import WORD, bare_letters, normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

RIGHT_BEFORE = 2
REACH = 8
NEGATIONS = frozenset(("not", "no", "never", "nor", "neither", "without", "nothing", "nobody", "none"))
BREAKS = ".?!;:,"
FURTHEST = 600  # characters behind the word that denies
SENTENCE = re.compile(r"(?<!\b\w)(?<!\bmr)(?<!\bmrs)(?<!\bdr)(?<!\bst)[.?!]['\")]*\s")
MARK_OR_WORD = re.compile(rf"{WORD.pattern}|[{BREAKS}](?=['\s]|$)")
IRREGULAR = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall"}
NEGATIVE = NEGATIONS.union(IRREGULAR)

_ALONE = (
    "deny denies denied denying doubt doubts doubted doubtful dispute disputes disputed disputing reject rejects "
    "rejected rejecting refute refutes refuted refuting dismiss dismisses dismissed dismissing nonsense false "
    "untrue unlikely"
)
_DENIERS = (
    r"no (?:evidence|proof|sign|indication|suggestion|truth|question)|(?:not|\w+n't|never) (?:\w+ )?(?:true"
    r"|the case|clear|certain|sure|proven|believed?|think|thought|say|said|claim|claimed|mean|confirm|confirmed)"
    rf"|{'|'.join(_ALONE.split())}|rul(?:e|es|ed|ing) out|wrong to \w+|(?:a|an) (?:lie|myth|mistake|error|invention)"
    r"|far from \w+ing|refus(?:e|es|ed) to (?:say|confirm|accept|believe)"
)
_NOT_TWICE = (  # "no doubt", "without a doubt" and "does not deny" deny nothing
    r"(?<!\bno )(?<!\bnot )(?<!n't )(?<!\bnever )(?<!\bnobody )(?<!\bno one )(?<!\blittle )"
    r"(?<!\bbeyond )(?<!\bbeyond a )(?<!\bbeyond any )(?<!\bwithout )(?<!\bwithout a )(?<!\bwithout any )\b"
)
# what is denied follows "that", "whether" and the like; "rejected it as …" has the denier's own words behind it
DENIED = re.compile(
    rf"{_NOT_TWICE}(?:{_DENIERS})\b(?:\W+\w+){{0,4}}?\W+(?:that|whether|if|of|any|having)\b"
    r"(?:(?! (?:as|but|saying|adding|calling)\b)[^;])*$"
    rf"|\b(?:not|\w+n't|never|nobody|no one|none)(?! only| just| merely| (?:{'|'.join(_ALONE.split())})\b)"
    r"(?: \w+){1,2} (?:that|whether)\b[^;,]*$"
    rf"|{_NOT_TWICE}(?:{_DENIERS})\b[\W]*$"
)
NOT = re.compile(r"\b(?:not|no|never|nor|neither|nobody|nothing|none|without|cannot)\b|n't\b", re.IGNORECASE)
MAY_DENY = re.compile(
    rf"\b(?:{_DENIERS}|not|no|never|nor|neither|nobody|nothing|none|without|cannot)\b|n't\b", re.IGNORECASE
)


_BESIDE_OTHERS = "cannot rule rules ruled ruling wrong lie myth mistake error invention far refuse refuses refused"
DENYING = NEGATIONS.union(_ALONE.split(), _BESIDE_OTHERS.split())
"""Without one of these words, or a "n't", MAY_DENY finds nothing."""


class Bare(msgspec.Struct, frozen=True):
    """Words without their negations, and before which of them (by index) one stood, or a sentence or clause began."""

    words: list[str]
    denied: list[int]
    sentences: list[int]
    clauses: list[int]

    def denies(self, start: int, end: int) -> bool:
        """Return whether a negation stands in a stretch or right before it, in the same clause."""
        return self._has(start, end, RIGHT_BEFORE, self.clauses)

    def may_deny(self, start: int, end: int) -> bool:
        """Return whether a negation stands in a stretch or before it, in the same sentence."""
        return self._has(start, end, REACH, self.sentences)

    def _has(self, start: int, end: int, reach: int, breaks: list[int]) -> bool:
        begun = max((at for at in breaks if at <= start), default=0)
        first = max(start - reach + 1, begun)
        return any(first <= at < end or at == start for at in self.denied)


def strip(text: str) -> Bare:
    """Take the negations out of the words of a text; `don't` is `do` and a negation after it."""
    bare = Bare([], [], [], [])
    for word in MARK_OR_WORD.findall(bare_letters(normalise(text))):
        if word in NEGATIONS:
            bare.denied.append(len(bare.words))
        elif word in IRREGULAR or word.endswith("n't"):
            bare.words.append(IRREGULAR.get(word, word[:-3]))
            bare.denied.append(len(bare.words))
        elif word[0] in BREAKS:
            if bare.denied[-1:] == [len(bare.words)]:
                bare.denied[-1] -= 1  # "or not," denies nothing that follows
            bare.clauses.append(len(bare.words))
            if word[0] != ",":
                bare.sentences.append(len(bare.words))
        else:
            bare.words.append(word)
    return bare


def is_denied(text: str, at: int) -> bool:
    """Return whether somebody denies what stands at a place of a text."""
    begins = _begins(text)
    begun = begins[bisect_right(begins, at) - 1]
    return DENIED.search(text[max(begun, at - FURTHEST) : at]) is not None


@lru_cache(maxsize=2)
def _begins(text: str) -> list[int]:
    """Return where the sentences of a text begin: a paragraph is asked about many of its places."""
    return [0, *(match.end() for match in SENTENCE.finditer(text))]


def may_deny(text: str, words: Iterable[str]) -> bool:
    """Return whether a text of these words may deny something; most have no word that could."""
    if DENYING.isdisjoint(words) and "'t" not in text and "'T" not in text:
        return False
    return MAY_DENY.search(text) is not None


def has_negation(words: Collection[str]) -> bool:
    """Return whether one of these words denies."""
    return not NEGATIVE.isdisjoint(words) or any(word.endswith("n't") for word in words if "'" in word)
