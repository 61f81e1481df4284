"""Check that every quoted fragment stands word for word in a cited paragraph.

An ellipsis, or the quoter's own words in square brackets, splits a fragment; its pieces
keep their order.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.witness import Paragraph, Witness
    from retell.problems import Problem

NEAR_ENOUGH = 0.6
SHOWN_WORDS = 6
QUOTATION_NOT_FOUND = Rule(
    "quotation-not-found",
    "A quoted fragment stands word for word in a cited paragraph.",
    message="{shown} does not stand in a cited paragraph",
    help="quote the article's own words, or drop the quotation marks",
)
QUOTED_ELSEWHERE = QUOTATION_NOT_FOUND.saying(QUOTATION_NOT_FOUND.message, "it is in ¶{number} of {key}")
QUOTED_NEARLY = QUOTATION_NOT_FOUND.saying(QUOTATION_NOT_FOUND.message, "in ¶{number} of {key}, {differing}")


def check(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield the quotations of a claim that stand in no cited paragraph."""
    for part in assertion.parts:
        if part.quoted:
            pieces = [words for piece in part.pieces if (words := words_of(piece))]
            if not any(stands_in(pieces, paragraph) for paragraph in cited):
                yield _not_found(assertion, part, pieces, cited, witness)


def stands_in(pieces: Sequence[Sequence[str]], paragraph: Paragraph) -> bool:
    """Return whether all pieces stand in a paragraph, word for word and in their order."""
    at = 0
    for piece in pieces:
        found = paragraph.line.find(f" {' '.join(piece)} ", at)
        if found < 0:
            return False
        at = found + len(" ".join(piece)) + 1
    return True


def _not_found(
    assertion: Assertion, part: Part, pieces: list[list[str]], cited: Sequence[Paragraph], witness: Witness
) -> Problem:
    place, shown = assertion.locate(part), _shown(part)
    for paragraph in witness.elsewhere(assertion.citations):
        if stands_in(pieces, paragraph):
            return QUOTED_ELSEWHERE.at(place, shown=shown, number=paragraph.number, key=paragraph.key)
    near = _nearest([word for piece in pieces for word in piece], cited)
    if near is None:
        return QUOTATION_NOT_FOUND.at(place, shown=shown)
    paragraph, differing = near
    return QUOTED_NEARLY.at(place, shown=shown, number=paragraph.number, key=paragraph.key, differing=differing)


def _nearest(words: list[str], cited: Sequence[Paragraph]) -> tuple[Paragraph, str] | None:
    """Return a cited paragraph in which the fragment nearly stands, and which words differ; None where it does not."""
    for paragraph in cited:
        if len(set(words) & paragraph.vocabulary) < NEAR_ENOUGH * len(set(words)):
            continue
        matcher = SequenceMatcher(None, words, paragraph.words, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks or sum(block.size for block in blocks) < NEAR_ENOUGH * len(words):
            continue
        start = max(0, blocks[0].b - blocks[0].a)
        window = paragraph.words[start : blocks[-1].b + blocks[-1].size + len(words) - blocks[-1].a - blocks[-1].size]
        if len(window) > 2 * len(words):
            continue
        changes = SequenceMatcher(None, words, window, autojunk=False).get_opcodes()
        differing = [
            f"'{' '.join(words[a:b]) or '…'}' is there '{' '.join(window[c:d][:SHOWN_WORDS]) or '…'}'"
            for tag, a, b, c, d in changes
            if tag != "equal"
        ]
        if differing:
            return paragraph, "; ".join(differing[:3])
    return None


def _shown(part: Part) -> str:
    words = part.span.text.strip("“”").split()
    return f"“{' '.join(words[:SHOWN_WORDS])}{' …' if len(words) > SHOWN_WORDS else ''}”"
