"""Write a document as one web page that loads nothing: its style and its figures stand inside it.

The page is for a screen, for a screen reader and for a printer: https://www.w3.org/TR/WCAG22/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from retell.handout import tree
from retell.handout.templating import TEMPLATES, our_templates
from retell.story.typography import isolate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from retell.handout.choices import Paper

# a paste into a school's system drops the page's style, and the system's own takes borders away; not what stands inline
FRAME = ' style="border:1px solid"'
# boxes to write in, a word in many columns or a sentence in few
SMALL_BOX, LARGE_BOX = f' class="box" height="32" width="11%"{FRAME}', f' class="box large" height="64"{FRAME}'
FEW_COLUMNS = 4
LINE = "<p>&nbsp;</p>\n<hr />\n"  # the paragraph keeps lines apart in a paste without the style
SECTION = 2  # the level of a heading that the contents list
NOT_PLAIN = re.compile(r"[^\w ,.:()'–—’“”-]")
LINKED = re.compile("https?://")  # addresses that a reader may be led to


def write_page(document: tree.Document, paper: Paper | None = None) -> str:
    """Return a document as a page of HTML, for paper of this size, or for that of the printer."""
    blocks = document.blocks
    first = next((i for i, block in enumerate(blocks) if _is_section(block)), len(blocks))
    writer = _Writer()
    header, main = writer.blocks(blocks[:first]), writer.blocks(blocks[first:])
    return (
        our_templates()
        .get_template("page.html.j2")
        .render(
            title=document.title,
            foot=Markup(_css_string(document.title)),
            paper=paper,
            roomy=document.roomy,
            style=Markup((TEMPLATES / "page.css").read_text("utf-8")),
            contents=writer.contents,
            header=Markup(f"<h1>{shown(document.title)}</h1>\n{header}"),
            main=Markup(main),
            footer=Markup(writer.block(tree.Paragraph(document.closing))),
        )
    )


def escape(text: str) -> str:
    """Return a text escaped for HTML, attributes included."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def shown(text: str) -> str:
    """Return a text escaped for HTML, its words from right to left set apart from what is beside them."""
    return isolate(escape(text), "<bdi>", "</bdi>")


def _is_section(block: tree.Block) -> bool:
    return isinstance(block, tree.Heading) and block.level == SECTION


class _Writer:
    """Writes blocks; `contents` are the names and titles of the sections that it wrote."""

    def __init__(self) -> None:
        self.contents: list[tuple[str, str]] = []
        self._of_run: dict[type, Callable[..., str]] = {
            str: lambda run: shown(tree.keep_codes(run)),
            tree.Emphasis: lambda run: f"<em>{shown(tree.keep_codes(run.text))}</em>",
            tree.Strong: lambda run: f"<strong{_attribute('id', run.anchor)}>{shown(run.text)}</strong>",
            tree.Code: lambda run: f"<code>{escape(run.text)}</code>",
            tree.Address: _address,
            tree.Citation: _citation,
            tree.Stretches: lambda run: self.line(tree.tell(run.stretches)),
        }
        self._of_block: dict[type, Callable[..., str]] = {
            tree.Heading: self._heading,
            tree.Paragraph: lambda block: f"<p>{self.line(block.runs)}</p>\n",
            tree.Quotation: lambda block: f"<blockquote>\n{self.blocks(block.blocks)}</blockquote>\n",
            tree.BulletList: lambda block: f"<ul>\n{self._items(block.items)}</ul>\n",
            tree.NumberedList: lambda block: f"<ol{_start(block.first)}>\n{self._items(block.items)}</ol>\n",
            tree.Table: self._table,
            tree.Figure: lambda block: f"<figure>{block.svg}</figure>\n",
            tree.WritingLines: lambda block: f'<div class="lines">\n{LINE * block.count}</div>\n',
            tree.Blanks: lambda block: f"<p>{' '.join(_blank(*each) for each in block.labels)}</p>\n",
            tree.PageBreak: lambda block: '<div class="page-break"></div>\n',
            tree.Numbered: self._numbered,
            tree.Box: lambda block: f'<div class="box {block.kind}"{FRAME}>\n{self.blocks(block.blocks)}</div>\n',
        }

    def line(self, runs: Iterable[tree.Run]) -> str:
        """Write runs in a line."""
        of_run = self._of_run
        return "".join([of_run[type(run)](run) for run in runs])

    def blocks(self, blocks: Iterable[tree.Block]) -> str:
        """Write blocks one after the other."""
        return "".join(map(self.block, blocks))

    def block(self, block: tree.Block) -> str:
        """Write a block, with the end of its line."""
        return self._of_block[type(block)](block)

    def _heading(self, block: tree.Heading) -> str:
        name = ""
        if _is_section(block):
            name = re.sub(r"\W+", "-", block.text.lower()).strip("-") or "section"
            name += f"-{len(self.contents) + 1}" if name in dict(self.contents) or name == "section" else ""
            self.contents.append((name, block.text))
        return f"<h{block.level}{_attribute('id', name)}>{shown(block.text)}</h{block.level}>\n"

    def _items(self, items: tuple[tuple[tree.Block, ...], ...]) -> str:
        """Write items; where one has more than a paragraph and a list under it, each has its paragraphs as such."""
        loose = any(not isinstance(block, tree.BulletList) for item in items for block in item[1:])
        return "".join(f"<li>\n{self.blocks(item)}</li>\n" if loose else self._tight(item) for item in items)

    def _tight(self, item: tuple[tree.Block, ...]) -> str:
        first, rest = item[0], item[1:]
        assert isinstance(first, tree.Paragraph), "an item begins with a paragraph"
        under = f"\n{self.blocks(rest)}" if rest else ""
        return f"<li>{self.line(first.runs)}{under}</li>\n"

    def _table(self, block: tree.Table) -> str:
        head = "".join(map(self._head, block.head))
        bodies: list[str] = []
        for row in block.rows:
            if row.title or not bodies:
                bodies.append("")
            box = LARGE_BOX if len(block.head) <= FEW_COLUMNS else SMALL_BOX
            bodies[-1] += self._title(row, len(block.head)) if row.title else self._row(row, box)
        body = "".join(f"<tbody>\n{rows}</tbody>\n" for rows in bodies)
        return f'<table border="1" cellpadding="4">\n<thead>\n<tr>\n{head}</tr>\n</thead>\n{body}</table>\n'

    def _head(self, cell: tree.Cell) -> str:
        """Set the head of a column; the corner above a column of labels is no header."""
        return f'<th scope="col"{FRAME}>{self.line(cell.runs)}</th>\n' if cell.runs else f"<td{FRAME}></td>\n"

    def _title(self, row: tree.Row, columns: int) -> str:
        """Set the title of a group of rows over all columns."""
        (cell,) = row.cells
        return (
            f'<tr class="title">\n<th scope="rowgroup" colspan="{columns}"{FRAME}>{self.line(cell.runs)}</th>\n</tr>\n'
        )

    def _row(self, row: tree.Row, box: str) -> str:
        cells = "".join(self._cell(cell) if cell.runs else f"<td{box}>&nbsp;</td>\n" for cell in row.cells)
        return f"<tr>\n{cells}</tr>\n"

    def _cell(self, cell: tree.Cell) -> str:
        return f"<td{_attribute('lang', cell.language)}{FRAME}>{self.line(cell.runs)}</td>\n"

    def _numbered(self, block: tree.Numbered) -> str:
        kind = "numbered cited" if block.marked else "numbered"
        return f'<p class="{kind}"><span class="number">{shown(block.label)}</span> {self.line(block.runs)}</p>\n'


def _css_string(text: str) -> str:
    """Return a text as a string of CSS, in which nothing of it is a mark of CSS or of HTML."""
    return f'"{NOT_PLAIN.sub(lambda mark: f"{chr(92)}{ord(mark[0]):x} ", text)}"'


def _citation(run: tree.Citation) -> str:
    """Write codes, each under a link to its source that holds no text.

    Where a part of the page is pasted, in Google Docs or Moodle, names are lost, and a link would lead nowhere; then
    the code is left.
    """
    codes = (
        f'<span class="code">{escape(tree.keep_codes(str(each)))}'
        f'<a href="#{tree.source_anchor(each.code)}" aria-label="source {escape(each.code)}"></a></span>'
        for each in run.references
    )
    return f"[{'; '.join(codes)}]"


def _address(run: tree.Address) -> str:
    url = escape(run.url)
    return f'<a href="{url}">{url}</a>' if LINKED.match(run.url) else url


def _blank(label: str, letters: int) -> str:
    return f'<span class="blank">{escape(label)}: {"_" * letters}</span>'


def _start(first: int) -> str:
    return _attribute("start", str(first) if first != 1 else "")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""
