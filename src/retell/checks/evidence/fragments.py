"""Find a quoted fragment in a paragraph: word for word, in order, with what the quoter left out or put in brackets.

An ellipsis in any form (…, ..., . . ., [...]) leaves words out, of one sentence unless what stands around it begins
another. Brackets hold the quoter's own words, [sic] and [the miller], or a changed letter, [T]he and sep[a]ratists.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from retell.checks.evidence.denials import NEGATIONS
from retell.copies.text import ANY_WORD, bare_letters, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

Fault: TypeAlias = Literal["missing", "wordless", "single words", "sentences"]
ELLIPSIS = re.compile(r"\[\s*(?:…|⋯|\.\s?\.\s?\.)\s*\]|…\.?|⋯|\.(?:\s?\.){2,3}")
BRACKET = re.compile(r"(?P<before>[\w'’]*)\[(?P<own>[^\[\]]*)\](?P<after>[\w'’]*)")
SIGN = r"[$£€¥₽₼֏₹%?]|(?:(?<=\s)|^)-(?=\d)|[\u2600-\u27bf\U0001f000-\U0001faff]"
SIGNED = re.compile(rf"{ANY_WORD.pattern}|{SIGN}")
LEAST_WORDS = 2
MOST_REPLACED = 8  # words that brackets may stand for
MOST_CHANGED = 4  # letters that brackets in a word may stand for
SHORT = (
    "Mr Dr St Lt Jr Sr Co vs No",
    "Mrs Gen Col Maj Sgt Rev Inc Ltd Jan Feb Mar Apr Aug Sep Oct Nov Dec",
    "Sept Capt Prof",
)
NOT_SHORT = "".join(rf"(?<!\b(?:{'|'.join(words.split())}))" for words in ("A", *SHORT)).replace(r"\b(?:A)", r"\b[A-Z]")
SENTENCE_END = re.compile(rf"{NOT_SHORT}[.?!]['\")\]]*(?=\s+['\"(\[]*[A-Z0-9])")


class Segment(NamedTuple):
    """What stands between two ellipses: its pattern, how many words it has, and whether a sentence begins with it."""

    pattern: re.Pattern[str]
    words: int
    begins: bool


class Fragment(NamedTuple):
    """A quoted fragment as it may be read; of two readings one takes what is in brackets for the article's."""

    readings: tuple[tuple[Segment, ...], ...]

    @property
    def fault(self) -> Fault | None:
        """What is wrong with it before it is looked for anywhere."""
        counts = [[segment.words for segment in segments] for segments in self.readings]
        if not sum(counts[0]):
            return "wordless"
        if all(len(words) > 1 and min(words) < LEAST_WORDS for words in counts):
            return "single words"
        return None


@lru_cache(maxsize=4096)
def read(text: str) -> Fragment:
    """Read a quotation, with its marks or without."""
    readings = {tuple(_segments(text, gaps=gaps)): None for gaps in (True, False)}
    return Fragment(tuple(readings))


def signed(text: str) -> list[str]:
    """Cut a text into words and the signs that change what they say."""
    return SIGNED.findall(bare_letters(normalise(text)))


def find(fragment: Fragment, line: str, ends: list[int]) -> tuple[int, int] | Fault:
    """Return from where to where a fragment stands in a line of signed words, or what is wrong.

    `ends` are the places of the line where its sentences end.
    """
    fault: Fault = "missing"
    for segments in fragment.readings:
        if not segments or not any(segment.words for segment in segments):
            continue
        for match in segments[0].pattern.finditer(line):
            end = _follow(segments[1:], line, match.end(), ends)
            if isinstance(end, int):
                return match.start(), end
            fault = "sentences" if end == "sentences" else fault
    return fault


def _follow(segments: tuple[Segment, ...], line: str, at: int, ends: list[int]) -> int | Fault:
    """Return where the last segment ends; each stands behind the one before it, and in its sentence."""
    for segment in segments:
        match = segment.pattern.search(line, at)
        if match is None:
            return "missing"
        if not segment.begins and any(at <= end <= match.start() for end in ends):
            return "sentences"
        at = match.end()
    return at


def _segments(text: str, *, gaps: bool) -> Iterator[Segment]:
    at, begins = 0, False
    for cut in (*ELLIPSIS.finditer(text), None):
        piece = text[at : cut.start() if cut else len(text)]
        tokens, words = _tokens(piece, gaps=gaps)
        if tokens:
            capital = re.match(r"[\s'\"“”‘’*\[(]*[A-Z]", piece) is not None
            pattern = re.compile(rf" {' '.join(tokens).replace(f' {GAP} ', GAP)}(?= )")
            yield Segment(pattern, words, begins or capital)
        ended = bool(re.search(r"[.?!]['\"”’)]*\s*$", piece)) or (cut is not None and cut[0].count(".") > 3)
        begins = ended or (begins and not tokens)
        at = cut.end() if cut else at


GAP = rf"(?: \S+){{0,{MOST_REPLACED}}}? "


def _tokens(piece: str, *, gaps: bool) -> tuple[list[str], int]:
    """Return the patterns of a piece's words; brackets in a word change it, brackets by themselves stand for words."""
    tokens: list[str] = []
    at = 0
    for bracket in BRACKET.finditer(piece):
        tokens += map(re.escape, signed(piece[at : bracket.start()]))
        before, own, after = bracket["before"], bracket["own"], bracket["after"]
        if before or after:
            changed = [*map(re.escape, signed(before)), *map(re.escape, signed(after))]
            tokens.append(
                rf"\S{{0,{MOST_CHANGED}}}".join(
                    ["", *changed] if not before else [*changed, ""] if not after else changed
                )
            )
        elif gaps and NEGATIONS.isdisjoint(own.lower().split()):
            tokens += [GAP] if tokens and tokens[-1] != GAP else []
        else:
            tokens += map(re.escape, signed(own))
        at = bracket.end()
    tokens += map(re.escape, signed(piece[at:]))
    while tokens and tokens[-1] in (GAP, r"\?"):
        tokens.pop()
    return tokens, sum(1 for token in tokens if token != GAP and re.search(r"\w", token))


def sentence_ends(text: str) -> list[int]:
    """Return where in a settled text its sentences end."""
    return [match.end() for match in SENTENCE_END.finditer(text)]
