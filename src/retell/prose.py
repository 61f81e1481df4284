"""Stage 2: the text of one field in, spans and claims out: emphasis, quotations, and Pandoc's citations.

`*words*` are emphasis, "words" a quotation, `[@key, para. 6; @other, paras. 6-7]` a citation. A citation covers the
text since the citation before it; that stretch is a **claim**. A backslash takes the next mark literally.
Citation syntax: https://pandoc.org/MANUAL.html#citation-syntax
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["plain", "emphasis", "quotation"]

GROUP = re.compile(r"\[@([^\[\]]*)(\]?)")
ITEM = re.compile(r"\s*@(?P<key>[\w.-]*\w)?\s*(?:,\s*(?P<locator>.*?))?\s*", re.DOTALL)
LOCATOR = re.compile(r"(?:para(?:graph)?s?\.?|¶¶?)\s*(?P<numbers>\d[\d\s,–-]*)", re.IGNORECASE)
RANGE = re.compile(r"(\d+)(?:\s*[-–]+\s*(\d+))?")
MARK = re.compile(r"\\(?P<literal>[\\*\"“”\[\]])|(?P<star>\*)|(?P<open>“)|(?P<close>”)|(?P<straight>\")")
TRAILING = re.compile(r"\s*[.,;:!?…)”’]+(?=\s|$)")
WORD = re.compile(r"\S*\w\S*")
MOST_PARAGRAPHS = 1000
HELP_CITATION = (
    "a citation is written [@key, para. 6], [@key, paras. 6-7] or [@key, paras. 3, 6]; join several with ';'"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One article cited: its key, the paragraphs (none: the article as a whole), and where in the text it stands."""

    key: str
    paragraphs: tuple[int, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, and at which character (0-based)."""

    rule: str
    offset: int
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of visible text in one style; a quotation's span holds its quotation marks. Offset is 0-based."""

    text: str
    style: Style = "plain"
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text and the citations that cover it; `tail` is the punctuation that follows the citation."""

    spans: tuple[Span, ...]
    citations: tuple[Citation, ...]
    tail: str
    offset: int

    @property
    def text(self) -> str:
        """The visible text, without its citations."""
        return "".join(span.text for span in self.spans) + self.tail

    @property
    def quotations(self) -> tuple[Span, ...]:
        """The quoted fragments, marks and all."""
        return tuple(span for span in self.spans if span.style == "quotation")


class Prose:
    """The text of one field; it is parsed when its claims are first asked for."""

    def __init__(self, text: str) -> None:
        """Take the text as the author typed it."""
        self.text = text

    def __repr__(self) -> str:
        """Show the text."""
        return f"Prose({self.text!r})"

    def __eq__(self, other: object) -> bool:
        """Two proses are the same when their texts are."""
        return isinstance(other, Prose) and other.text == self.text

    def __hash__(self) -> int:
        """Hash the text."""
        return hash(self.text)

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.text.strip())

    @cached_property
    def _parsed(self) -> tuple[tuple[Claim, ...], tuple[Fault, ...]]:
        return _parse(self.text)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The stretches of the text in order, each with its citations (none where the author gave none)."""
        return self._parsed[0]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the marks and citations, in order."""
        return self._parsed[1]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the text, in order."""
        return tuple(citation for claim in self.claims for citation in claim.citations)

    @property
    def plain(self) -> str:
        """The visible text without citations."""
        return " ".join(claim.text for claim in self.claims)

    @property
    def words(self) -> int:
        """How many words a reader sees; cheap, and done without parsing."""
        return count_words(GROUP.sub("", self.text))


class Locators:
    """The value of a `cite:` field, `@key, para. 6; @other, paras. 2-3`, as citations and faults."""

    def __init__(self, text: str) -> None:
        """Take the text as the author typed it; the square brackets may be there or not."""
        self.text = text
        faults: list[Fault] = []
        inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
        self.citations = _citations(inside, 1 if inside is not text else 0, faults)
        self.faults = tuple(faults)

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.text.strip())


def count_words(text: str) -> int:
    """Count the words of a visible text; a dash that stands alone is no word."""
    return len(WORD.findall(text))


def set_quotes(text: str) -> str:
    """Set straight quotation marks and apostrophes as print does: “ ”, ‘ and ’."""
    if '"' in text:
        text = re.sub(r'"([^"]*)"', r"“\1”", text)
    if "'" not in text:
        return text
    return re.sub(r"(^|(?<=[\s(“\"—–]))'(?=\w)", "‘", text).replace("'", "’")


def _parse(text: str) -> tuple[tuple[Claim, ...], tuple[Fault, ...]]:
    faults: list[Fault] = []
    claims: list[Claim] = []
    at = 0
    for group in GROUP.finditer(text):
        if text[group.start() - 1 : group.start()] == "\\":
            continue
        stretch = text[at : group.start()]
        if group[2]:
            citations = _citations("@" + group[1], group.start() + 1, faults)
        else:
            citations = ()
            faults.append(Fault("malformed-citation", group.start(), "this citation is never closed", "add the ']'"))
        _add_claim(claims, stretch, at, citations, faults)
        at = group.end()
    _add_claim(claims, text[at:], at, (), faults)
    return tuple(claims), tuple(sorted(faults, key=lambda fault: fault.offset))


def _add_claim(
    claims: list[Claim], stretch: str, offset: int, citations: tuple[Citation, ...], faults: list[Fault]
) -> None:
    """Add a stretch as a claim; punctuation at its start, or all of it, belongs to the claim before."""
    if claims and (tail := TRAILING.match(stretch)):
        claims[-1] = _with(claims[-1], tail[0].strip(), ())
        stretch, offset = stretch[tail.end() :], offset + tail.end()
    if not stretch.strip():
        if citations and claims:
            claims[-1] = _with(claims[-1], "", citations)
        elif citations:
            faults.append(Fault("malformed-citation", citations[0].offset, "this citation has no text before it"))
        return
    lead = len(stretch) - len(stretch.lstrip())
    spans = _spans(stretch.strip(), offset + lead, faults)
    claims.append(Claim(spans, citations, "", offset + lead))


def _with(claim: Claim, tail: str, citations: tuple[Citation, ...]) -> Claim:
    return Claim(claim.spans, claim.citations + citations, claim.tail + tail, claim.offset)


def _citations(text: str, offset: int, faults: list[Fault]) -> tuple[Citation, ...]:
    citations = []
    for part in text.split(";"):
        start = offset + len(part) - len(part.lstrip())
        item = ITEM.fullmatch(part)
        paragraphs = _paragraphs(item["locator"]) if item else None
        if item is None or item["key"] is None:
            faults.append(Fault("malformed-citation", start, "here a citation should stand", HELP_CITATION))
        elif paragraphs is None:
            place = offset + item.start("locator")
            message = f"'{item['locator']}' says no paragraph"
            faults.append(Fault("malformed-citation", place, message, HELP_CITATION))
        else:
            citations.append(Citation(item["key"], paragraphs, start))
        offset += len(part) + 1
    return tuple(citations)


def _paragraphs(locator: str | None) -> tuple[int, ...] | None:
    """Read `para. 6`, `paras. 6-7` or `paras. 3, 6`; nothing is the whole article, None what cannot be read."""
    if locator is None:
        return ()
    match = LOCATOR.fullmatch(locator.strip())
    if match is None:
        return None
    numbers: list[int] = []
    for part in match["numbers"].split(","):
        found = RANGE.fullmatch(part.strip())
        if found is None or len(found[1]) > 6 or len(found[2] or "") > 6:
            return None
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first or last - first > MOST_PARAGRAPHS:
            return None
        numbers.extend(range(first, last + 1))
    return tuple(dict.fromkeys(numbers))


def _spans(text: str, offset: int, faults: list[Fault]) -> tuple[Span, ...]:
    """Cut a stretch into plain, emphasised and quoted spans; white space becomes single spaces."""
    cutter = _Cutter(offset)
    at = 0
    for mark in MARK.finditer(text):
        cutter.add(text[at : mark.start()])
        cutter.take(mark)
        at = mark.end()
    cutter.add(text[at:])
    if cutter.style != "plain":
        name = "quotation" if cutter.style == "quotation" else "emphasis"
        help_text = f"every mark that opens {name} needs one that closes it, before the citation"
        faults.append(Fault("unclosed-mark", offset + cutter.start, f"this {name} is never closed", help_text))
    cutter.close(len(text))
    return tuple(cutter.spans)


class _Cutter:
    """Cuts one stretch at its marks. Inside a quotation an asterisk is the speaker's, not ours."""

    def __init__(self, offset: int) -> None:
        self.spans: list[Span] = []
        self.style: Style = "plain"
        self.start = 0
        self._offset = offset
        self._parts: list[str] = []

    def add(self, text: str) -> None:
        self._parts.append(text)

    def take(self, mark: re.Match[str]) -> None:
        if mark["literal"]:
            self.add(mark["literal"])
        elif mark["star"]:
            self._star(mark)
        elif self.style == "quotation" and not mark["open"]:
            self.add("”")
            self.close(mark.end())
            self.style = "plain"
        else:
            self.close(mark.start())
            self.add("“")
            self.style = "quotation"

    def close(self, upto: int) -> None:
        shown = set_quotes(re.sub(r"\s+", " ", "".join(self._parts)))
        if shown:
            self.spans.append(Span(shown, self.style, self._offset + self.start))
        self._parts, self.start = [], upto

    def _star(self, mark: re.Match[str]) -> None:
        if self.style == "quotation":
            self.add("*")
            return
        self.close(mark.start())
        self.style = "plain" if self.style == "emphasis" else "emphasis"
