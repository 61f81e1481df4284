"""Read the text of a field: its emphasis, its quotations, and the citations that cover its claims.

`*words*` are emphasis, "words" a quotation, `[@key, para. 6; @other, paras. 6-7]` a citation. A citation covers the
text since the citation before it; that stretch is a **claim**. A backslash takes the next mark literally.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.files.characters import PAUSES, STOPS, UNSPACED
from retell.story import rules
from retell.story.citations import HELP_CITATION, Citation, Fault, read_citations
from retell.story.typography import set_quotes, with_single_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.problems import Rule

Style: TypeAlias = Literal["plain", "emphasis", "quotation"]

GROUP = re.compile(r"\[(?<!\\\[)@([^\[\]]*)(\]?)")  # a pattern that begins with a plain character is found faster
STRAY = re.compile(r"(?<!\\)\[(?!@)[^\[\]]*(?:@\w|\bpara|¶)|\(@[\w.-]+, *(?:para|¶)")
CLOSED_BY = {"“": '”"', '"': '"”', "«": "»", "»": "«", "„": '“”"', "「": "」", "『": "』", "＂": "＂"}
"""Which marks open a quotation, and which close it: in print it stands in “ ” whichever were typed."""
QUOTATION_MARKS = "".join(dict.fromkeys("".join([*CLOSED_BY, *CLOSED_BY.values()])))
MARK = re.compile(rf"[\\*{QUOTATION_MARKS}]")
LITERAL = f"\\*[]{QUOTATION_MARKS}"
"""What a backslash takes literally."""
# a script without spaces has none behind its full stop either
TRAILING = re.compile(rf"\s*(?:[{STOPS}{PAUSES})”’]+(?=\s|$)|[。，、．！？；：｡؟।॥።）]+(?=[^\W_]))+")
WORD = re.compile(r"[^\W_]\S*")
ANY_WORD = rf"[{UNSPACED}](?<=\w)|[^\W_{UNSPACED}][^\s{UNSPACED}]*"  # this reads a text once
# how such letters begin in UTF-8, and others: Python compiles sets of bytes ten times as fast
MAY_BE_UNSPACED = re.compile(rb"[\xe0\xe1\xe3-\xf4]|\xe2[^\x80-\x82]")


class Span(msgspec.Struct, frozen=True):
    """A run of visible text in one style; a quotation's span holds its quotation marks. Offset is 0-based."""

    text: str
    style: Style = "plain"
    offset: int = 0


class CitedText(msgspec.Struct, frozen=True):
    """A stretch of text and the citations that cover it; `tail` is the punctuation that follows the citation."""

    spans: tuple[Span, ...]
    citations: tuple[Citation, ...]
    tail: str
    offset: int

    @property
    def text(self) -> str:
        """The visible text, without its citations."""
        if len(self.spans) == 1:
            return self.spans[0].text + self.tail
        return "".join([span.text for span in self.spans]) + self.tail

    @property
    def quotations(self) -> tuple[Span, ...]:
        """The quoted fragments, marks and all."""
        return tuple([span for span in self.spans if span.style == "quotation"])


class Prose:
    """The text of one field, parsed once.

    `claims` are its stretches in order, each with its citations (none where the author gave none); `faults` what is
    wrong with its marks and citations, in order.
    """

    __slots__ = ("claims", "faults", "text")

    def __init__(self, text: str) -> None:
        """Take the text as the author typed it."""
        self.text = text
        self.claims, self.faults = _parse(text)

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

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the text, in order."""
        if len(self.claims) == 1:
            return self.claims[0].citations
        return tuple([citation for claim in self.claims for citation in claim.citations])

    @property
    def plain(self) -> str:
        """The visible text without citations."""
        return " ".join([claim.text for claim in self.claims])

    @property
    def words(self) -> int:
        """How many words a reader sees; cheap, and done without parsing."""
        return count_words(GROUP.sub(" ", self.text))


def count_words(text: str) -> int:
    """Count the words of a visible text, and the letters of scripts without spaces; a dash alone is no word."""
    if not text.isascii() and MAY_BE_UNSPACED.search(text.encode("utf-8", "surrogatepass")):
        return len(re.findall(ANY_WORD, text))
    return len(WORD.findall(text))


def typed_indexes(typed: str, span: Span) -> Iterator[int]:
    """Yield for each character of a span its index in the text as typed, which has escapes and all its white space."""
    at = span.offset
    for char in span.text:
        while (
            at < len(typed)
            and typed[at] != char
            and (typed[at] == "\\" or (typed[at].isspace() and not char.isspace()))
        ):
            at += 1
        yield at
        at += 1


def _parse(text: str) -> tuple[tuple[CitedText, ...], tuple[Fault, ...]]:
    faults: list[Fault] = []
    claims: list[CitedText] = []
    at = 0
    for group in GROUP.finditer(text):
        stretch = text[at : group.start()]
        if group[2]:
            citations = read_citations("@" + group[1], group.start() + 1, faults)
        else:
            citations = ()
            faults.append(Fault(rules.UNCLOSED_CITATION, group.start()))
        _add_claim(claims, stretch, at, citations, faults)
        at = group.end()
    _add_claim(claims, text[at:], at, (), faults)
    return tuple(claims), tuple(_without_echoes(sorted(faults, key=lambda fault: fault.offset))) if faults else ()


def _without_echoes(faults: list[Fault]) -> list[Fault]:
    """Leave out what an unclosed mark causes further on: the marks after it seem unpaired too."""
    marks = [fault for fault in faults if fault.rule.same(rules.UNCLOSED_MARK)]
    first = {fault.rule is rules.UNCLOSED_EMPHASIS: fault for fault in reversed(marks)}
    return [fault for fault in faults if not fault.rule.same(rules.UNCLOSED_MARK) or fault in first.values()]


def _add_claim(
    claims: list[CitedText], stretch: str, offset: int, citations: tuple[Citation, ...], faults: list[Fault]
) -> None:
    """Add a stretch as a claim; punctuation at its start, or all of it, belongs to the claim before."""
    if claims and (tail := TRAILING.match(stretch)):
        claims[-1] = _with(claims[-1], tail[0].strip(), ())
        stretch, offset = stretch[tail.end() :], offset + tail.end()
    if not stretch.strip():
        if citations and claims:
            claims[-1] = _with(claims[-1], "", citations)
        elif citations:
            faults.append(Fault(rules.NOTHING_BEFORE, citations[0].offset))
        return
    if ("[" in stretch or "(@" in stretch) and (stray := STRAY.search(stretch)):
        faults.append(Fault(rules.STRAY_CITATION, offset + stray.start(), {"help": HELP_CITATION}))
    lead = len(stretch) - len(stretch.lstrip())
    spans = _spans(stretch.strip(), offset + lead, faults)
    if citations and not any(char.isalnum() for span in spans for char in span.text):
        faults.append(Fault(rules.NO_WORD_BEFORE, citations[0].offset))
    claims.append(CitedText(spans, citations, "", offset + lead))


def _with(claim: CitedText, tail: str, citations: tuple[Citation, ...]) -> CitedText:
    return CitedText(claim.spans, claim.citations + citations, claim.tail + tail, claim.offset)


def _spans(text: str, offset: int, faults: list[Fault]) -> tuple[Span, ...]:
    """Cut a stretch into plain, emphasised and quoted spans; white space becomes single spaces."""
    if not MARK.search(text):
        return (Span(set_quotes(with_single_spaces(text)), "plain", offset),)
    cutter = _Cutter(offset)
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() < at:
            continue  # it was taken literally
        cutter.add(text[at : mark.start()])
        at = mark.end()
        if mark[0] != "\\":
            cutter.take(mark)
        elif text[at : at + 1] and text[at] in LITERAL:
            cutter.add(text[at])
            at += 1
        else:
            cutter.add(mark[0])
    cutter.add(text[at:])
    cutter.finish(len(text))
    faults.extend(cutter.faults)
    return tuple(cutter.spans)


def _is_arrow(mark: re.Match[str]) -> bool:
    """Return whether a » opens nothing, for no « comes behind it: a step on a way, as in "File » Save"."""
    return mark[0] == "»" and not re.compile("[^«»]*«").match(mark.string, mark.end())


class _Cutter:
    """Cuts one stretch at its marks. Inside a quotation an asterisk is the speaker's, not ours."""

    def __init__(self, offset: int) -> None:
        self.spans: list[Span] = []
        self.faults: list[Fault] = []
        self._offset = offset
        self._start = 0
        self._parts: list[str] = []
        self._emphasis: int | None = None
        self._quotation: int | None = None
        self._closing = ""

    def add(self, text: str) -> None:
        self._parts.append(text)

    def take(self, mark: re.Match[str]) -> None:
        """Take one mark: it opens or closes a style, or is a character like any other."""
        if mark[0] == "*" and self._quotation is not None:
            self.add(mark[0])
        elif mark[0] == "*":
            self._close(mark.end())
            self._emphasis = mark.start() if self._emphasis is None else None
        elif self._quotation is not None and mark[0] in self._closing:
            self.add("”")
            self._close(mark.end())
            self._quotation = None
        elif (self._quotation is not None and not (mark[0] == "“" and '"' in self._closing)) or _is_arrow(mark):
            self.add(mark[0])  # somebody's words within another's
        elif mark[0] not in CLOSED_BY:
            self._fault(mark.start(), rules.UNOPENED_MARK)
            self.add(mark[0])
        else:
            self._end_quotation()
            self._close(mark.start())
            self._quotation, self._closing = mark.start(), CLOSED_BY[mark[0]]
            self.add("“")

    def finish(self, length: int) -> None:
        self._end_quotation()
        self._close(length)
        if self._emphasis is not None:
            self._fault(self._emphasis, rules.UNCLOSED_EMPHASIS)

    def _end_quotation(self) -> None:
        """End a quotation that nothing closes; how far it was meant to go is unknown, so it is told as plain text."""
        if self._quotation is not None:
            self._fault(self._quotation, rules.UNCLOSED_MARK)
        self._quotation = None

    def _close(self, upto: int) -> None:
        """End a span; a mark whose fault is known opens none."""
        style: Style = "quotation" if self._quotation is not None else "emphasis"
        if style == "emphasis" and self._emphasis is None:
            style = "plain"
        before = self.spans[-1].text[-1] if self.spans else ""  # it decides which way an apostrophe turns
        shown = set_quotes(before + with_single_spaces("".join(self._parts)))[len(before) :]
        if shown:
            self.spans.append(Span(shown, style, self._offset + self._start))
        self._parts, self._start = [], upto

    def _fault(self, at: int, rule: Rule) -> None:
        self.faults.append(Fault(rule, self._offset + at))
