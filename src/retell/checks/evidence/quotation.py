"""Check that every quoted fragment stands word for word in a cited paragraph.

An ellipsis, or the quoter's own words in square brackets, splits a fragment; its pieces
keep their order.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from retell.checks.evidence import fragments
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.fragments import Fault, Fragment
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

NEAR_ENOUGH = 0.6
SHOWN_WORDS = 6
MARKS = "“”\"«»‹›„‚‘’'`「」『』＂″"
QUOTATION_NOT_FOUND = Rule(
    "quotation-not-found",
    "A quoted fragment stands word for word in a cited paragraph.",
    message="{shown} does not stand in a cited paragraph",
    help="quote the source's own words, or drop the quotation marks",
)
QUOTED_ELSEWHERE = QUOTATION_NOT_FOUND.saying(QUOTATION_NOT_FOUND.message, "it is in ¶{number} of {key}")
FAULTS = {
    "wordless": QUOTATION_NOT_FOUND.saying("{shown} quotes no word", "quote the words that matter, or drop the marks"),
    "single words": QUOTATION_NOT_FOUND.saying(
        "{shown} is put together of single words", "quote two words or more between one ellipsis and the next"
    ),
    "sentences": QUOTATION_NOT_FOUND.saying(
        "{shown} joins pieces of several sentences as if they were one",
        "quote each by itself, or begin the later piece with its own capital",
    ),
}
QUOTED_NEARLY = QUOTATION_NOT_FOUND.saying(QUOTATION_NOT_FOUND.message, "in ¶{number} of {key}: {differing}")


def check(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield the quotations of a claim that stand in no cited paragraph."""
    for part in assertion.parts:
        if not part.quoted:
            continue
        fragment = fragments.read(part.span.text)
        if fragment.fault:
            yield FAULTS[fragment.fault].at(assertion.locate(part), shown=_shown(part))
            continue
        if any(_fault(fragment, paragraph) is None for paragraph in cited):
            continue
        faults = {_fault(fragment, paragraph) for paragraph in (*cited, *witness.joined(cited))}
        if None in faults:
            continue
        if "sentences" in faults:
            yield FAULTS["sentences"].at(assertion.locate(part), shown=_shown(part))
        else:
            yield _not_found(assertion, part, fragment, cited, witness)


def _fault(fragment: Fragment, paragraph: Paragraph) -> Fault | None:
    found = fragments.find(fragment, *paragraph.signed)
    return found if isinstance(found, str) else None


def _not_found(
    assertion: Assertion, part: Part, fragment: Fragment, cited: Sequence[Paragraph], witness: Witness
) -> Problem:
    place, shown = assertion.locate(part), _shown(part)
    for paragraph in witness.elsewhere(assertion.citations):
        if paragraph not in cited and _fault(fragment, paragraph) is None:
            return QUOTED_ELSEWHERE.at(place, shown=shown, number=paragraph.number, key=paragraph.key)
    near = _nearest([word for piece in part.pieces for word in words_of(piece)], cited)
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
            _difference(" ".join(words[a:b]), " ".join(window[c:d][:SHOWN_WORDS]))
            for tag, a, b, c, d in changes
            if tag != "equal"
        ]
        if differing:
            return paragraph, "; ".join(differing[:3])
    return None


def _difference(quoted: str, printed: str) -> str:
    """Say what stands in a source in place of some quoted words."""
    if not printed:
        return f"no '{quoted}'"
    return f"'{printed}', not '{quoted}'" if quoted else f"'{printed}' as well"


def _shown(part: Part) -> str:
    words = part.span.text.strip(MARKS).split()
    return f"“{' '.join(words[:SHOWN_WORDS])}{' …' if len(words) > SHOWN_WORDS else ''}”"
