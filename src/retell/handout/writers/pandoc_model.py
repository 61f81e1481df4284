"""A document as blocks of Pandoc's own model: https://hackage.haskell.org/package/pandoc-types"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from retell.handout.tree import (
    Address,
    Blanks,
    Block,
    Box,
    BulletList,
    Citation,
    Code,
    Emphasis,
    Figure,
    Heading,
    Numbered,
    NumberedList,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Stretches,
    Strong,
    Table,
    WritingLines,
    keep_codes,
    source_anchor,
    tell,
)
from retell.handout.writers.citation_styles import Notes, locator
from retell.story.typography import right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from retell.handout.choices import Cite
    from retell.handout.tree import Cell, Document, Run
    from retell.story.told import Told

    Node = dict[str, Any]

NOTHING: list[Any] = ["", [], []]  # no name, no classes, no attributes
ROOM_TO_WRITE = 9  # characters that a column is given which is empty
LINE = 76  # characters beside each other on a page
LONGEST_WORD = 20  # for which a column has room whole: an address is broken where it has to be
MARGINS = 3  # what the margins of a cell take of them
CLOSE = 3  # the level of headings whose next line stays with them
PICTURE_WIDTH = "10cm"


def node(kind: str, content: Any = None) -> Node:
    """Return a node of the model."""
    return {"t": kind} if content is None else {"t": kind, "c": content}


def inlines(text: str) -> Node:
    """Return a text as metadata that stands for itself."""
    return node("MetaInlines", list(_words(text)))


def _words(text: str) -> Iterator[Node]:
    """Yield a text as words and spaces; those that are read from right to left are marked so (w:rtl in Word)."""
    at = 0
    for run in right_to_left(text):
        yield from _plain_words(text[at : run.start()])
        yield node("Span", [["", [], [["dir", "rtl"]]], [*_plain_words(run[0])]])
        at = run.end()
    yield from _plain_words(text[at:])


def _plain_words(text: str) -> Iterator[Node]:
    for number, word in enumerate(keep_codes(text).split(" ")):
        if number:
            yield node("Space")
        if word:
            yield node("Str", word)


def _styled(style: str, block: Node) -> Node:
    """Return a block in a style of the reference document."""
    return node("Div", [["", [], [["custom-style", style]]], [block]])


class PandocModel:
    """Makes the blocks of one document, its citations in one style."""

    def __init__(self, cite: Cite, told: Told) -> None:
        """Take the style, and the story whose articles are cited."""
        self._cite = cite
        self._notes = Notes(told)
        self._keys = {article.code: article.key for article in told.articles}
        self._of_run: dict[type, Callable[..., list[Node]]] = {
            str: lambda run: list(_words(run)),
            Emphasis: lambda run: [node("Emph", list(_words(run.text)))],
            Strong: _strong,
            Code: lambda run: [node("Code", [NOTHING, run.text])],
            Address: lambda run: [node("Link", [NOTHING, [node("Str", run.url)], [run.url, ""]])],
            Citation: self._citation,
            Stretches: lambda run: self._line(tell(run.stretches, after_stop=cite == "footnotes")),
        }
        self._of_block: dict[type, Callable[..., list[Node]]] = {
            Heading: lambda block: [_heading(block)],
            Paragraph: lambda block: [self._para(block.runs)],
            Quotation: lambda block: [node("BlockQuote", self._plain(block.blocks))],
            BulletList: lambda block: [node("BulletList", self._items(block.items))],
            NumberedList: lambda block: [
                node("OrderedList", [[block.first, node("Decimal"), node("Period")], self._items(block.items)])
            ],
            Table: lambda block: [self._table(block)],
            Figure: lambda block: [_figure(block)],
            WritingLines: lambda block: [_styled("Writing Line", self._para((" ",)))] * block.count,
            Blanks: lambda block: [self._para((" ".join(f"{label}: {'_' * n}" for label, n in block.labels),))],
            PageBreak: lambda block: [],
            Numbered: self._numbered,
            Box: lambda block: self._plain(block.blocks),
        }

    def blocks(self, document: Document) -> list[Node]:
        """Return the blocks of a document; what belongs together on paper is kept on one page."""
        found: list[Node] = []
        before: Block | None = None
        for block, following in pairwise((*document.blocks, Paragraph(document.closing), None)):
            assert block is not None, "only the last one is followed by nothing"
            if isinstance(block, Heading) and isinstance(before, PageBreak):
                found.append(_styled("Section On A New Page", self._para((block.text,))))
            elif isinstance(block, Paragraph) and _is_kept(before, following):
                found.append(_styled("Kept With Next", self._para(block.runs)))
            else:
                found += self._of_block[type(block)](block)
            before = block
        return found

    def _plain(self, blocks: Iterable[Block]) -> list[Node]:
        return [made for block in blocks for made in self._of_block[type(block)](block)]

    def _line(self, runs: Iterable[Run]) -> list[Node]:
        return [made for run in runs for made in self._of_run[type(run)](run)]

    def _para(self, runs: Iterable[Run]) -> Node:
        return node("Para", self._line(runs))

    def _items(self, items: tuple[tuple[Block, ...], ...]) -> list[list[Node]]:
        return [self._item(item) for item in items]

    def _item(self, item: tuple[Block, ...]) -> list[Node]:
        first, rest = item[0], item[1:]
        assert isinstance(first, Paragraph), "an item begins with a paragraph"
        return [node("Plain", self._line(first.runs)), *self._plain(rest)]

    def _numbered(self, block: Numbered) -> list[Node]:
        label = _strong(Strong(block.label))
        return [_styled("Numbered Paragraph", node("Para", [*label, node("Str", "\t"), *self._line(block.runs)]))]

    def _citation(self, run: Citation) -> list[Node]:
        if self._cite == "footnotes":
            return [node("Note", [self._para(self._notes.note(each))]) for each in run.references]
        if self._cite == "pandoc":
            cited = [_cited(self._keys[each.code], locator(each)) for each in run.references]
            return [node("Cite", [cited, [node("Str", "; ".join(map(str, run.references)))]])]
        links: list[Node] = []
        for each in run.references:
            links.append(node("Str", "; " if links else "["))
            text = [node("Str", keep_codes(str(each)))]
            links.append(node("Link", [NOTHING, text, [f"#{source_anchor(each.code)}", ""]]))
        return [*links, node("Str", "]")]

    def _table(self, table: Table) -> Node:
        widths = column_widths([table.head, *(row.cells for row in table.rows if not row.title)])
        columns = [[node("AlignDefault"), node("ColWidth", width / sum(widths))] for width in widths]
        head = [NOTHING, [self._row(Row(table.head), "Table Head")]]
        rows = [self._title(row, len(widths)) if row.title else self._row(row) for row in table.rows]
        return node("Table", [NOTHING, [None, []], columns, head, [[NOTHING, 0, [], rows]], [NOTHING, []]])

    def _title(self, row: Row, columns: int) -> list[Any]:
        (cell,) = row.cells
        return [NOTHING, [[NOTHING, node("AlignDefault"), 1, columns, [self._cell(cell, "Row Title")]]]]

    def _row(self, row: Row, style: str = "") -> list[Any]:
        return [NOTHING, [[NOTHING, node("AlignDefault"), 1, 1, [self._cell(cell, style)]] for cell in row.cells]]

    def _cell(self, cell: Cell, style: str) -> Node:
        if not cell.runs and not style:
            return _styled("Box To Write In", self._para((" ",)))
        line = self._line(cell.runs)
        if cell.language:
            line = [node("Span", [["", [], [["lang", cell.language]]], line])]
        return _styled(style, node("Para", line)) if style else node("Plain", line)


def _heading(block: Heading) -> Node:
    """Return a heading; the document's title has a style of its own, so that a section is of the first level."""
    return node("Header", [block.level - 1, NOTHING, list(_words(block.text))])


def _strong(run: Strong) -> list[Node]:
    strong = node("Strong", list(_words(run.text)))
    return [node("Span", [[run.anchor, [], []], [strong]])] if run.anchor else [strong]


def _figure(block: Figure) -> Node:
    size = ["", [], [["width", PICTURE_WIDTH]]]
    return node("Para", [node("Image", [size, list(_words(block.alternative)), [f"{block.name}.png", ""]])])


def _cited(key: str, place: str) -> Node:
    """Return a citation; braces keep Pandoc from guessing where the paragraphs end."""
    return {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": list(_words(f", {{{place}}}")) if place else [],
        "citationMode": node("NormalCitation"),
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _is_kept(before: Block | None, following: Block | None) -> bool:
    """Return whether a paragraph stays with what follows: a line above a table or a list, or under a heading."""
    if isinstance(following, Table | BulletList | NumberedList | Quotation):
        return True
    return isinstance(before, Heading) and before.level >= CLOSE


def column_widths(rows: Sequence[tuple[Cell, ...]]) -> list[int]:
    """Share a line among columns: each has room for its words, and the rest goes where texts are longer."""
    texts = [[plain(cell.runs) for cell in column] for column in zip(*rows, strict=True)]
    least = [max((len(word) for cell in cells for word in cell.split()), default=0) for cells in texts]
    least = [min(longest, LONGEST_WORD) + MARGINS for longest in least]
    least = [max(fewest, ROOM_TO_WRITE * (not any(cells[1:]))) for fewest, cells in zip(least, texts, strict=True)]
    longest = [max(map(len, cells)) + MARGINS for cells in texts]
    wished = [max(0, more - less) for more, less in zip(longest, least, strict=True)]
    share = min(1.0, max(0, LINE - sum(least)) / (sum(wished) or 1))
    return [less + round(share * wish) for less, wish in zip(least, wished, strict=True)]


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs as codes have it."""
    return "".join(map(_plain_run, runs))


def _plain_run(run: Run) -> str:
    if isinstance(run, str):
        return run
    if isinstance(run, Stretches):
        return plain(tell(run.stretches))
    if isinstance(run, Citation):
        return f"[{'; '.join(map(str, run.references))}]"
    return run.url if isinstance(run, Address) else run.text
