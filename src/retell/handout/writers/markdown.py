"""Write a document as Markdown: CommonMark with GFM's tables, which Pandoc reads the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout import tree
from retell.handout.writers.citation_styles import CODES
from retell.handout.writers.escaping import address, at_item_start, at_line_start, code, escape_line, heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retell.handout.writers.citation_styles import CitingStyle

LINE = "_" * 40  # a line to write on
ROOM_TO_WRITE = "\N{NO-BREAK SPACE}" * 12  # so wide is a box to write in; Markdown has no other way to say it
BESIDE_A_TITLE = tree.Cell(("",))  # for a table of Markdown has no cell over several columns
APART = "<!-- -->"  # between two lists, which would be read as one


def write_markdown(document: tree.Document, style: CitingStyle = CODES, folder: str = "figures") -> str:
    """Return a document as Markdown, its citations in a style made for it.

    `folder` is where the files of its figures stand, as a link from the document names it.
    """
    return "".join(_pieces(document, style, folder))


def _pieces(document: tree.Document, style: CitingStyle, folder: str) -> Iterator[str]:
    """Yield the text in pieces."""
    writer = _Writer(style, folder)
    yield style.before(document.title)
    if not style.titled:
        yield f"# {heading(document.title)}\n\n"
    for lines in writer.blocks((*document.blocks, tree.Paragraph(document.closing))):
        yield "\n".join(lines)
        yield "\n"
    if after := style.after():
        yield f"\n{after}\n"


class _Writer:
    """Writes blocks in one style of citations."""

    def __init__(self, style: CitingStyle, folder: str) -> None:
        self._of_run: dict[type, Callable[..., str]] = {
            str: escape_line,
            tree.Emphasis: lambda run: f"*{escape_line(run.text)}*",
            tree.Strong: lambda run: f"**{escape_line(run.text)}**",
            tree.Code: lambda run: code(run.text),
            tree.Address: lambda run: address(run.url),
            tree.Citation: lambda run: style.cite(run.references),
            tree.Stretches: lambda run: self.line(tree.tell(run.stretches, after_stop=style.after_stop)),
        }
        self._of_block: dict[type, Callable[..., list[str]]] = {
            tree.Heading: lambda block: [f"{'#' * block.level} {heading(block.text)}"],
            tree.Paragraph: lambda block: [at_line_start(self.line(block.runs))],
            tree.Quotation: self._quotation,
            tree.BulletList: lambda block: self._list(block.items, ["-"] * len(block.items)),
            tree.NumberedList: self._numbered_list,
            tree.Table: self._table,
            tree.Figure: lambda block: [f"![{escape_line(block.alternative)}]({folder}/{block.name}.svg)"],
            tree.WritingLines: lambda block: "\n\n".join([LINE] * block.count).split("\n"),
            tree.Blanks: lambda block: [" ".join(f"{label}: {'_' * letters}" for label, letters in block.labels)],
            tree.PageBreak: lambda block: [],
            tree.Numbered: lambda block: [f"**{escape_line(block.label)}** {self.line(block.runs)}"],
            tree.Box: lambda block: [line for lines in self.blocks(block.blocks) for line in lines],
        }

    def line(self, runs: Iterable[tree.Run]) -> str:
        """Write runs in a line."""
        of_run = self._of_run
        return "".join([of_run[type(run)](run) for run in runs])

    def blocks(self, blocks: Iterable[tree.Block]) -> Iterator[list[str]]:
        """Yield the lines of each block, with an empty one before all but the first."""
        before: tree.Block | None = None
        for block in blocks:
            if lines := self._of_block[type(block)](block):
                if before is not None:
                    lists = isinstance(block, tree.BulletList | tree.NumberedList) and type(before) is type(block)
                    yield ["", APART, ""] if lists else [""]
                yield lines
                before = block

    def _quotation(self, block: tree.Quotation) -> list[str]:
        lines = (line for lines in self.blocks(block.blocks) for line in lines)
        return [f"> {line}" if line else ">" for line in lines]

    def _numbered_list(self, block: tree.NumberedList) -> list[str]:
        return self._list(block.items, [f"{number}." for number, _ in enumerate(block.items, block.first)])

    def _list(self, items: Iterable[tuple[tree.Block, ...]], marks: list[str]) -> list[str]:
        """Write items; where one has more than a paragraph and a list under it, all stand apart."""
        loose = any(not isinstance(block, tree.BulletList) for item in items for block in item[1:])
        lines: list[str] = []
        for mark, item in zip(marks, items, strict=True):
            if loose and lines:
                lines.append("")
            first, *rest = (line for block in self._item(item, loose=loose) for line in block)
            lines.append(f"{mark} {first}")
            lines += [f"{' ' * (len(mark) + 1)}{line}" if line else "" for line in rest]
        return lines

    def _item(self, blocks: tuple[tree.Block, ...], *, loose: bool) -> Iterator[list[str]]:
        first = blocks[0]
        assert isinstance(first, tree.Paragraph), "an item begins with a paragraph"
        yield [at_item_start(at_line_start(self.line(first.runs)))]
        for block in blocks[1:]:
            if loose:
                yield [""]
            yield self._of_block[type(block)](block)

    def _table(self, block: tree.Table) -> list[str]:
        return [
            self._row(tuple(cell if cell.runs else BESIDE_A_TITLE for cell in block.head)),
            f"|{'---|' * len(block.head)}",
            *(self._row((*row.cells, *[BESIDE_A_TITLE] * (len(block.head) - len(row.cells)))) for row in block.rows),
        ]

    def _row(self, cells: tuple[tree.Cell, ...]) -> str:
        texts = [self.line(cell.runs) if cell.runs else ROOM_TO_WRITE for cell in cells]
        return f"|{''.join([f' {text} |' if text else ' |' for text in texts])}"
