"""Find what is quoted in other marks than “ ”: ‘ ’, « », „ “, 「 」 and the like are somebody's words as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.story.prose import Span, typed_indexes
from retell.story.typography import SHORTENED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.story.prose import CitedText

APOSTROPHES = "‘’'‛`´"
OTHER = (  # compiled when a text may have one
    r"«[^«»]+»|»[^«»]+«|‹[^‹›]+›|„[^„“”]+[“”\"]|‚[^‚‘’]+[‘’]|「[^「」]+」|『[^『』]+』|《[^《》]+》|〈[^〈〉]+〉|＂[^＂]+＂|“[^“”]+”|″[^″]+″"
    rf"|``[^`]+?[{APOSTROPHES}]{{2}}|[{APOSTROPHES}]{{2}}[^\s{APOSTROPHES}][^`]*?[{APOSTROPHES}]{{2}}"
    rf"|(?<![\w’'])[‘'‛`]{SHORTENED}(?=\w|…)(?:[^‘’'`“”\"]|[’'](?=\w))*?[\w.,!?…][’'`´](?!\w)"
)
MAYBE = re.compile(r"[«»‹„‚‛「『《〈＂“″`‘']")  # one set, for which Python looks fast


def _may_quote(text: str) -> bool:
    return bool(MAYBE.search(text)) or "’’" in text


def other_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where a text without “ ” quotes somebody in other marks."""
    if _may_quote(text):
        yield from (match.span() for match in re.finditer(OTHER, text, re.IGNORECASE))


def quotes(claim: CitedText) -> bool:
    """Return whether a claim may quote somebody, in whatever marks."""
    return any(span.style == "quotation" or _may_quote(span.text) for span in claim.spans)


def spans(span: Span, typed: str) -> Iterator[Span]:
    """Yield a span of the narrator's own in pieces, what is quoted in other marks by itself; `typed` is its field."""
    found = [] if span.style == "quotation" else list(other_quotations(span.text))
    if not found:
        yield span
        return
    places = list(typed_indexes(typed, span))
    at = 0
    for start, end in found:
        if start > at:
            yield Span(span.text[at:start], span.style, places[at])
        yield Span(span.text[start:end], "quotation", places[start])
        at = end
    if at < len(span.text):
        yield Span(span.text[at:], span.style, places[at])


def split(claim: CitedText, typed: str) -> tuple[Span, ...]:
    """Return the spans of a claim, whatever marks its quotations stand in."""
    return tuple([piece for span in claim.spans for piece in spans(span, typed)])
