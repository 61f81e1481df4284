"""The document of which a handout is written: blocks that hold runs of text, the same for every format.

Every text in it is as a reader sees it, with quotation marks set and single spaces. What a format needs to show it so,
a writer adds: nothing in a text is ever a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

import msgspec

from retell.files.characters import PAUSES, STOPS, is_mark
from retell.script.steps import Stretch
from retell.story.prose import Span
from retell.story.references import Reference

CLOSING = re.compile(rf"[{STOPS}{PAUSES})”’]+")
LETTER = re.compile(r"\w")
CODE = re.compile(r"\b([A-Z]{1,3}) (?=¶)")
WHO_AND_WHERE = "who-and-where"  # the kind of a box that has names and words, set small in two columns


class Emphasis(msgspec.Struct, frozen=True, gc=False):
    """Words that are stressed, or a title."""

    text: str


class Strong(msgspec.Struct, frozen=True, gc=False):
    """Words that are found at a glance; `anchor`, where it is given, is a name that links lead to."""

    text: str
    anchor: str = ""


class Code(msgspec.Struct, frozen=True, gc=False):
    """What a person types, or the name of a file."""

    text: str


class Address(msgspec.Struct, frozen=True, gc=False):
    """An address of the web, shown as it is and led to."""

    url: str


class Citation(msgspec.Struct, frozen=True, gc=False):
    """What a text rests on; how it is set is a matter of the format and of the style of citations."""

    references: tuple[Reference, ...]


class Stretches(msgspec.Struct, frozen=True, gc=False):
    """Claims, one after the other, each with what it rests on."""

    stretches: tuple[Stretch, ...]


Run: TypeAlias = str | Emphasis | Strong | Code | Address | Citation | Stretches
Runs: TypeAlias = tuple[Run, ...]


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A heading; level 2 begins a section, for 1 is the document's title."""

    level: int
    text: str


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph."""

    runs: Runs


class Quotation(msgspec.Struct, frozen=True, gc=False):
    """Somebody's own words, set apart."""

    blocks: tuple[Block, ...]


class BulletList(msgspec.Struct, frozen=True, gc=False):
    """A list without an order; an item begins with a paragraph."""

    items: tuple[tuple[Block, ...], ...]


class NumberedList(msgspec.Struct, frozen=True, gc=False):
    """A list whose items are numbered from `first`; an item begins with a paragraph."""

    items: tuple[tuple[Block, ...], ...]
    first: int = 1


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell of a table. One without runs is a box to write in.

    `language` is that of its text by the tag of BCP 47, where it is not the document's.
    """

    runs: Runs = ()
    language: str = ""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A row of a table. A title has one cell, over all columns, and stands above the rows of its group."""

    cells: tuple[Cell, ...]
    title: bool = False


class Table(msgspec.Struct, frozen=True, gc=False):
    """A table with a row of headers; every row that is no title has as many cells as that."""

    head: tuple[Cell, ...]
    rows: tuple[Row, ...]


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A drawing: the name of its file, what it shows in words, and the SVG itself."""

    name: str
    alternative: str
    svg: str


class WritingLines(msgspec.Struct, frozen=True, gc=False):
    """Empty lines for a student's hand."""

    count: int


class Blanks(msgspec.Struct, frozen=True, gc=False):
    """Labels, each with room for a word or two beside it; the width is in letters."""

    labels: tuple[tuple[str, int], ...]


class PageBreak(msgspec.Struct, frozen=True, gc=False):
    """On paper, what follows begins a page."""


class Numbered(msgspec.Struct, frozen=True, gc=False):
    """A paragraph of a numbered text, with its number in the margin; `marked` is one that the story cites."""

    label: str
    runs: Runs
    marked: bool = False


class Box(msgspec.Struct, frozen=True, gc=False):
    """Blocks that belong together and stay on one page, with a frame; `kind` is one word that says what they are."""

    kind: str
    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | Quotation
    | BulletList
    | NumberedList
    | Table
    | Figure
    | WritingLines
    | Blanks
    | PageBreak
    | Numbered
    | Box
)


class Document(msgspec.Struct, frozen=True, gc=False):
    """A whole document: its title, its blocks, and its last line, which says what it is an edition of.

    A roomy one is set in larger letters, with more space between them.
    """

    title: str
    blocks: tuple[Block, ...]
    closing: Runs
    roomy: bool = False


def paragraph(*runs: Run) -> Paragraph:
    """Return a paragraph of these runs."""
    return Paragraph(runs)


def bullets(items: Iterable[Runs]) -> BulletList:
    """Return a list whose items are one paragraph each."""
    return BulletList(tuple((Paragraph(runs),) for runs in items))


def row(*texts: str) -> Row:
    """Return a row of plain texts."""
    return Row(cells(*texts))


def cells(*texts: str) -> tuple[Cell, ...]:
    """Return cells of plain texts."""
    return tuple(Cell((text,)) for text in texts)


def figures_in(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Yield the figures of a document in their order."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Quotation | Box):
            yield from figures_in(block.blocks)
        elif isinstance(block, BulletList | NumberedList):
            for item in block.items:
                yield from figures_in(item)


def keep_codes(text: str) -> str:
    """Return a text with the codes in it as paper needs them: no line ends behind an article's letter."""
    return CODE.sub("\\1\N{NO-BREAK SPACE}", text)


def source_anchor(code: str) -> str:
    """Return the name of an article's place in the list of sources, which codes lead to."""
    return f"source-{code.lower()}"


def tell(stretches: Iterable[Stretch], *, after_stop: bool = False) -> Iterator[Run]:
    """Yield the runs of claims, a space between two of them.

    A citation stands before the punctuation that ends its claim, `… at noon [C ¶6].`, or with `after_stop` behind it.
    """
    between = False
    for stretch in stretches:
        if between:
            yield " "
        between = True
        spans, references = stretch.spans, stretch.references
        if not references:
            yield from _spans(spans)
        elif after_stop:
            yield from _spans(spans)
            yield Citation(references)
        elif len(spans) > 1 and CLOSING.fullmatch(spans[-1].text):
            yield from _spans(spans[:-1])
            yield " "
            yield Citation(references)
            yield spans[-1].text
        else:
            yield from _spans(spans)
            yield " "
            yield Citation(references)


def _spans(spans: tuple[Span, ...]) -> Iterator[Run]:
    """Yield spans; neighbours of one style become one, and emphasis begins and ends at a letter, with its marks."""
    if len(spans) == 1 and spans[0].style != "emphasis":
        yield spans[0].text
        return
    for style, run in groupby(spans, key=lambda span: span.style):
        text = "".join([span.text for span in run])
        if style == "emphasis" and (first := LETTER.search(text)):
            last = LETTER.search(text[::-1])
            end = len(text) - last.start() if last else len(text)
            while end < len(text) and is_mark(text[end]):
                end += 1
            yield from filter(None, (text[: first.start()], Emphasis(text[first.start() : end]), text[end:]))
        else:
            yield text
