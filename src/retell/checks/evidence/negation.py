"""The rule on a 'not' that only one side has, the claim or the article.

Rule: negation-differs. Where the claim quotes the article, or follows it for five words or more, both deny or neither
does. A negation counts on one side when it stands inside that stretch or right before it, and is missed on the other
when there is none in the stretch nor shortly before it in the sentence, for one 'not' can reach over several words.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from retell.checks.evidence.denials import Bare, has_negation, may_deny, strip
from retell.checks.evidence.paragraph import FOLLOWED, runs_of
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

Stretch: TypeAlias = tuple[int, int, list[tuple[Bare, int]]]
"""From which word of a claim to which, and the places in the articles where it stands."""
SHOWN_WORDS = 6
HELP_FOLLOWED = "say it as the source does, or cite the paragraph that says otherwise"
NEGATION_DIFFERS = Rule(
    "negation-differs",
    "What is quoted, or follows a source for five words, has a 'not' just where the source has one.",
    level="warning",
    message="the source denies what {shown} says here",
    help=HELP_FOLLOWED,
)
NOT_QUOTED = NEGATION_DIFFERS.saying(NEGATION_DIFFERS.message, "quote the 'not' as well, or choose another fragment")
DENIED_HERE_ALONE = NEGATION_DIFFERS.saying("this denies {shown}, and the source does not", HELP_FOLLOWED)


def check(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield the stretches of a claim that only one side denies; cited paragraphs are those without the cards."""
    denies = has_negation(assertion.words)
    if not denies and not any(paragraph.bare.denied for paragraph in cited):
        return
    runs = chain.from_iterable([runs_of(part.words) for part in assertion.parts])
    if not denies and not assertion.quotes and witness.runs.keys().isdisjoint(runs):
        return  # most claims follow no article
    told = Bare([], [], [], [])
    for part in assertion.parts:
        for piece in part.pieces:
            start = len(told.words)
            _append(told, strip(piece))
            stretches = _quoted(told, start, cited) if part.quoted else _followed(told, start, cited, witness)
            for first, last, sides in stretches:
                length = 0 if part.quoted else last - first  # word for word, it has every 'not' inside it
                if all(denier := _denier(told, first, bare, at, length) for bare, at in sides):
                    yield _problem(assertion, part, told.words[first:last], denier)
                    break


def check_denials(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Yield the quotations that the article gives only as what somebody denies, and the claim as said."""
    if may_deny(assertion.own, assertion.words):
        return
    for part in assertion.parts:
        words = [words_of(piece) for piece in part.pieces] if part.quoted else []
        longest = max(words, key=len, default=[])
        run = " ".join(longest)
        there = [paragraph for paragraph in cited if run and f" {run} " in paragraph.line]
        if there and all(paragraph.denies(run) for paragraph in there):
            yield _problem(assertion, part, longest, "article")


def _append(told: Bare, piece: Bare) -> None:
    """Add a piece to what the claim has said so far."""
    start = len(told.words)
    told.words.extend(piece.words)
    for mine, more in ((told.denied, piece.denied), (told.sentences, piece.sentences), (told.clauses, piece.clauses)):
        mine.extend(start + at for at in more)


def _quoted(told: Bare, start: int, cited: Sequence[Paragraph]) -> Iterator[Stretch]:
    """Yield what is quoted from `start` on, if it stands in a cited paragraph word for word, and where."""
    end = len(told.words)
    words = told.words[start:]
    inside = [at - start for at in told.denied if start < at < end]
    sides = [
        (paragraph.bare, at)
        for paragraph in (cited if words else ())
        for at in paragraph.standing(words)
        if inside == [place - at for place in paragraph.bare.denied if at < place < at + len(words)]
    ]
    if sides:
        yield start, end, sides


def _followed(told: Bare, start: int, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Stretch]:
    """Yield each longest stretch from `start` on that stands in a cited paragraph, and where."""
    end = len(told.words)
    first = start if not witness.runs.keys().isdisjoint(runs_of(told.words[start:])) else end
    while first + FOLLOWED <= end:
        run = tuple(told.words[first : first + FOLLOWED])
        sides = [(paragraph.bare, at) for paragraph, at in witness.runs.get(run, ()) if paragraph in cited]
        if sides:
            last = max(_end(told, first, end, bare, at) for bare, at in sides)
            yield first, last, [(bare, at) for bare, at in sides if _end(told, first, end, bare, at) == last]
            first = last - FOLLOWED
        first += 1


def _end(told: Bare, first: int, end: int, bare: Bare, at: int) -> int:
    """Return where a stretch ends that starts at `first` in the claim and at `at` in the article."""
    last = first
    while last < end and at < len(bare.words) and told.words[last] == bare.words[at]:
        last, at = last + 1, at + 1
    return last


def _denier(told: Bare, first: int, bare: Bare, at: int, length: int) -> str:
    """Return which side alone denies a stretch, or nothing."""
    if bare.denies(at, at + length) and not told.may_deny(first, first + length):
        return "article"
    if told.denies(first, first + length) and not bare.may_deny(at, at + length):
        return "claim"
    return ""


def _problem(assertion: Assertion, part: Part, words: Sequence[str], denier: str) -> Problem:
    shown = f"“{' '.join(words[:SHOWN_WORDS])}{' …' if len(words) > SHOWN_WORDS else ''}”"
    in_the_article = NOT_QUOTED if part.quoted else NEGATION_DIFFERS
    rule = in_the_article if denier == "article" else DENIED_HERE_ALONE
    return rule.at(assertion.locate(part), shown=shown)
