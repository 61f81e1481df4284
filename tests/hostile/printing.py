"""Claims and citations printed as an author types them, so that what was parsed can be held against what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from retell.story.prose import CitedText, Style

MARKS = re.compile(r'([\\*"“”\[\]])')


class Cited(NamedTuple):
    """An article and its paragraphs; none is the whole article."""

    key: str
    paragraphs: tuple[int, ...]


class Told(NamedTuple):
    """A claim: runs of text with their styles, what it cites, and the punctuation behind that."""

    spans: tuple[tuple[Style, str], ...]
    cited: tuple[Cited, ...]
    tail: str


def meant(claim: CitedText) -> Told:
    """Give a parsed claim without the places of its parts."""
    spans = tuple((span.style, span.text) for span in claim.spans)
    return Told(spans, tuple(Cited(found.key, found.paragraphs) for found in claim.citations), claim.tail)


def print_prose(claims: Iterable[Told]) -> str:
    return " ".join(map(_print_claim, claims))


def print_citations(cited: Iterable[Cited]) -> str:
    return "; ".join(map(_print_citation, cited))


def _print_claim(claim: Told) -> str:
    text = "".join(_print_span(style, span) for style, span in claim.spans)
    return f"{text} [{print_citations(claim.cited)}]{claim.tail}" if claim.cited else text


def _print_span(style: Style, text: str) -> str:
    if style == "quotation":
        return f'"{_escape(text[1:-1])}"'
    return f"*{_escape(text)}*" if style == "emphasis" else _escape(text)


def _escape(text: str) -> str:
    return MARKS.sub(r"\\\1", text)


def _print_citation(cited: Cited) -> str:
    if not cited.paragraphs:
        return f"@{cited.key}"
    runs = [
        [number for _, number in run] for _, run in groupby(enumerate(cited.paragraphs), lambda pair: pair[1] - pair[0])
    ]
    listed = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"@{cited.key}, para{'s' * (len(cited.paragraphs) > 1)}. {listed}"
