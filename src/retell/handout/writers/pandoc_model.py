"""A document as blocks of Pandoc's own model: https://hackage.haskell.org/package/pandoc-types"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from retell.handout import tree
from retell.handout.writers.citation_styles import Notes, locator
from retell.handout.writers.column_widths import column_widths
from retell.story.typography import right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from retell.handout.choices import Cite
    from retell.story.told import Told

    Node = dict[str, Any]

NOTHING: list[Any] = ["", [], []]  # no name, no classes, no attributes
FEW_COLUMNS = 4  # whose boxes are for a sentence, not for a word
LONG_TABLE = 10  # rows; one so long may go on on the next page
CLOSE = 3  # the level of headings whose next line stays with them
PICTURE_WIDTH, PICTURE_BESIDE = "10cm", "7cm"  # alone, and in a column of two


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
    for number, word in enumerate(tree.keep_codes(text).split(" ")):
        if number:
            yield node("Space")
        if word:
            yield node("Str", word)


def _styled(style: str, block: Node) -> Node:
    """Return a block in a style of the reference document."""
    return node("Div", [["", [], [["custom-style", style]]], [block]])


EMPTY = node("Para", [node("Str", "\N{NO-BREAK SPACE}")])


class PandocModel:
    """Makes the blocks of one document, its citations in one style."""

    def __init__(self, cite: Cite, told: Told, section_end: Callable[[int], str]) -> None:
        """Take the style, the story whose articles are cited, and what ends a section of so many columns."""
        self._cite = cite
        self._section_end = section_end
        self._notes = Notes(told)
        self._keys = {article.code: article.key for article in told.articles}
        self._of_run: dict[type, Callable[..., list[Node]]] = {
            str: lambda run: list(_words(run)),
            tree.Emphasis: lambda run: [node("Emph", list(_words(run.text)))],
            tree.Strong: _strong,
            tree.Code: lambda run: [node("Code", [NOTHING, run.text])],
            tree.Address: lambda run: [node("Link", [NOTHING, [node("Str", run.url)], [run.url, ""]])],
            tree.Citation: self._citation,
            tree.Stretches: lambda run: self._line(tree.tell(run.stretches, after_stop=cite == "footnotes")),
        }
        self._of_block: dict[type, Callable[..., list[Node]]] = {
            tree.Heading: lambda block: [_heading(block)],
            tree.Paragraph: lambda block: [self._para(block.runs)],
            tree.Quotation: lambda block: [node("BlockQuote", self._plain(block.blocks))],
            tree.BulletList: lambda block: [node("BulletList", [self._item(item) for item in block.items])],
            tree.NumberedList: lambda block: [self._numbered_list(block)],
            tree.Table: lambda block: [self._table(block), _space()],
            tree.Figure: lambda block: [_figure(block)],
            tree.WritingLines: lambda block: _writing_lines(block.count),
            tree.Blanks: lambda block: [self._para((" ".join(f"{label}: {'_' * n}" for label, n in block.labels),))],
            tree.PageBreak: lambda block: [],
            tree.Numbered: self._numbered,
            tree.Box: self._box,
        }

    def blocks(self, document: tree.Document) -> list[Node]:
        """Return the blocks of a document; what belongs together on paper is kept on one page."""
        return self._flow((*document.blocks, tree.Paragraph(document.closing)))

    def _flow(self, blocks: Sequence[tree.Block], *, tied: bool = False) -> list[Node]:
        """Return blocks, a paragraph with what it belongs to; those that are tied stay on one page."""
        found: list[Node] = []
        for i, block in enumerate(blocks):
            before, following = blocks[i - 1] if i else None, blocks[i + 1 : i + 3]
            if isinstance(block, tree.Heading) and isinstance(before, tree.PageBreak):
                found.append(_styled("Section On A New Page", self._para((block.text,))))
            elif isinstance(block, tree.Heading) and following and _is_in_columns(following[0]):
                found += [self._end_section(1), _heading(block)]
            elif isinstance(block, tree.Paragraph) and following and (tied or _is_kept(before, following)):
                found.append(_styled("Kept With Next", self._para(block.runs)))
            elif isinstance(block, tree.Table) and isinstance(before, tree.BulletList | tree.NumberedList):
                found += [_space(kept=True), *self._of_block[tree.Table](block)]
            elif isinstance(block, tree.NumberedList) and _is_asked(block):
                found.append(self._numbered_list(block, kept=isinstance(before, tree.Heading) and before.level < CLOSE))
            else:
                found += self._of_block[type(block)](block)
        return found

    def _numbered_list(self, block: tree.NumberedList, *, kept: bool = False) -> Node:
        """Return a numbered list; what is to be answered stays with the lines for it, or kept, all on one page."""
        last = block.items[-1]
        items = [self._item(item, kept=kept and item is not last) for item in block.items]
        return node("OrderedList", [[block.first, node("Decimal"), node("Period")], items])

    def _box(self, box: tree.Box) -> list[Node]:
        """Return what belongs together; a box of names and words is set in two columns, in small letters."""
        if not _is_in_columns(box):
            return self._flow(box.blocks, tied=True)
        return [*chain.from_iterable(map(self._in_column, box.blocks)), self._end_section(2)]

    def _end_section(self, columns: int) -> Node:
        return node("RawBlock", ["openxml", self._section_end(columns)])

    def _in_column(self, block: tree.Block) -> list[Node]:
        if isinstance(block, tree.Figure):
            return [_figure(block, PICTURE_BESIDE)]
        if isinstance(block, tree.BulletList):
            return [_styled("Name In A List", each) for item in block.items for each in self._plain(item)]
        return [_styled("Title Of A List", each) for each in self._plain((block,))]

    def _plain(self, blocks: Iterable[tree.Block]) -> list[Node]:
        return [made for block in blocks for made in self._of_block[type(block)](block)]

    def _line(self, runs: Iterable[tree.Run]) -> list[Node]:
        return [made for run in runs for made in self._of_run[type(run)](run)]

    def _para(self, runs: Iterable[tree.Run]) -> Node:
        return node("Para", self._line(runs))

    def _item(self, item: tuple[tree.Block, ...], *, kept: bool = False) -> list[Node]:
        first, rest = item[0], item[1:]
        assert isinstance(first, tree.Paragraph), "an item begins with a paragraph"
        if not any(isinstance(block, tree.WritingLines) for block in rest):
            return [node("Plain", self._line(first.runs)), *self._plain(rest)]
        lines = [
            made
            for block in rest
            for made in (
                _writing_lines(block.count, kept=kept)
                if isinstance(block, tree.WritingLines)
                else self._plain((block,))
            )
        ]
        return [_styled("Kept With Next", self._para(first.runs)), *lines]

    def _numbered(self, block: tree.Numbered) -> list[Node]:
        label = _strong(tree.Strong(block.label))
        return [_styled("Numbered Paragraph", node("Para", [*label, node("Str", "\t"), *self._line(block.runs)]))]

    def _citation(self, run: tree.Citation) -> list[Node]:
        if self._cite == "footnotes":
            return [node("Note", [self._para(self._notes.note(each))]) for each in run.references]
        if self._cite == "pandoc":
            cited = [_cited(self._keys[each.code], locator(each)) for each in run.references]
            return [node("Cite", [cited, [node("Str", "; ".join(map(str, run.references)))]])]
        links: list[Node] = []
        for each in run.references:
            links.append(node("Str", "; " if links else "["))
            text = [node("Str", _unbroken(str(each)))]
            links.append(node("Link", [NOTHING, text, [f"#{tree.source_anchor(each.code)}", ""]]))
        return [*links, node("Str", "]")]

    def _table(self, table: tree.Table) -> Node:
        """Return a table; the rows of a group, or of one that a page can hold, stay on one page."""
        widths = column_widths([table.head, *(row.cells for row in table.rows if not row.title)])
        columns = [[node("AlignDefault"), node("ColWidth", width / sum(widths))] for width in widths]
        head = [NOTHING, [self._row(table.head, "Table Head", "Table Head")]]
        whole = len(table.rows) < LONG_TABLE or any(row.title for row in table.rows)
        box = "Large Box To Write In" if len(widths) <= FEW_COLUMNS else "Box To Write In"
        rows = []
        for row, following in zip(table.rows, (*table.rows[1:], None), strict=True):
            if row.title:
                rows.append(self._title(row, len(widths)))
                continue
            kept = "Kept " if whole and following and not following.title else ""
            rows.append(self._row(row.cells, f"{kept}Cell", kept + box))
        return node("Table", [NOTHING, [None, []], columns, head, [[NOTHING, 0, [], rows]], [NOTHING, []]])

    def _title(self, row: tree.Row, columns: int) -> list[Any]:
        (cell,) = row.cells
        return [NOTHING, [[NOTHING, node("AlignDefault"), 1, columns, [self._cell(cell, "Row Title", "")]]]]

    def _row(self, cells: tuple[tree.Cell, ...], style: str, box: str) -> list[Any]:
        made = (self._cell(cell, style, box) for cell in cells)
        return [NOTHING, [[NOTHING, node("AlignDefault"), 1, 1, [each]] for each in made]]

    def _cell(self, cell: tree.Cell, style: str, box: str) -> Node:
        if not cell.runs:
            return _styled(box, self._para((" ",)))
        line = self._line(cell.runs)
        if cell.language:
            line = [node("Span", [["", [], [["lang", cell.language]]], line])]
        return _styled(style, node("Para", line))


def _unbroken(code: str) -> str:
    """Return a code that no line of Word's parts, not at a comma or within a range either."""
    return code.replace(" ", "\N{NO-BREAK SPACE}").replace("–", "\N{WORD JOINER}–\N{WORD JOINER}")


def _heading(block: tree.Heading) -> Node:
    """Return a heading; the document's title has a style of its own, so that a section is of the first level."""
    return node("Header", [block.level - 1, NOTHING, list(_words(block.text))])


def _strong(run: tree.Strong) -> list[Node]:
    strong = node("Strong", list(_words(run.text)))
    return [node("Span", [[run.anchor, [], []], [strong]])] if run.anchor else [strong]


def _writing_lines(count: int, *, kept: bool = False) -> list[Node]:
    """Return lines to write on, which stay together; kept, they stay with what follows as well."""
    styles = [*["Kept Writing Line"] * (count - 1), "Kept Writing Line" if kept else "Writing Line"]
    return [*(_styled(style, EMPTY) for style in styles), _space(kept=kept)]


def _space(*, kept: bool = False) -> Node:
    """Return a low line that keeps a table or lines apart from what follows."""
    return _styled("Kept Space" if kept else "Space", EMPTY)


def _figure(block: tree.Figure, width: str = PICTURE_WIDTH) -> Node:
    size = ["", [], [["width", width]]]
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


def _is_kept(before: tree.Block | None, following: Sequence[tree.Block]) -> bool:
    """Return whether a paragraph stays with what follows: under a heading, or above a table, a list or lines.

    One that stands above such a line stays with it as well.
    """
    if isinstance(before, tree.Heading) and before.level >= CLOSE:
        return True
    tied = tree.Table | tree.BulletList | tree.NumberedList | tree.Quotation | tree.WritingLines
    return any(isinstance(each, tied) for each in following) and isinstance(following[0], tied | tree.Paragraph)


def _is_in_columns(block: tree.Block) -> bool:
    return isinstance(block, tree.Box) and block.kind == tree.WHO_AND_WHERE


def _is_asked(block: tree.NumberedList) -> bool:
    return any(isinstance(each, tree.WritingLines) for item in block.items for each in item)
