"""Read the passages of the handouts that are ours and no story's, from Markdown of our own, as blocks of a document."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from retell.handout.tree import (
    Block,
    BulletList,
    Cell,
    Code,
    Emphasis,
    NumberedList,
    Paragraph,
    Row,
    Strong,
    Table,
    WritingLines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retell.handout.tree import Run

PASSAGES = Path(__file__).parent / "templates"
NAME = re.compile(r"<!-- ([\w-]+) -->")
VALUE = re.compile(r"\{(\w+)\}")


def passage(name: str, **values: str) -> tuple[Block, ...]:
    """Return a passage's blocks; `{word}` in it is a value, which is only text, whatever it holds.

    Raises KeyError where there is no such passage, or where it names a value that is not given.
    """
    return tuple(_blocks(_passages()[name], values))


@cache
def _passages() -> dict[str, list[SyntaxTreeNode]]:
    """Return the nodes of all passages by the passages' names, which stand before them in comments."""
    parser = MarkdownIt("commonmark").enable("table")
    found: dict[str, list[SyntaxTreeNode]] = {}
    for path in sorted(PASSAGES.glob("*.md")):
        name = ""
        for node in SyntaxTreeNode(parser.parse(path.read_text("utf-8"))).children:
            if node.type == "html_block" and (named := NAME.match(node.content)):
                name = named[1]
            else:
                found.setdefault(name, []).append(node)
    return found


def _blocks(nodes: Iterable[SyntaxTreeNode], values: Mapping[str, str]) -> Iterator[Block]:
    for node in nodes:
        if node.type == "paragraph":
            yield Paragraph(_runs(node, values))
        elif node.type in ("bullet_list", "ordered_list"):
            items = tuple(tuple(_blocks(item.children, values)) for item in node.children)
            yield BulletList(items) if node.type == "bullet_list" else NumberedList(items)
        elif node.type == "table":
            head, *rows = [row for part in node.children for row in part.children]
            yield Table(_cells(head, values), tuple(Row(_cells(row, values)) for row in rows))
        elif node.type == "hr":
            yield WritingLines(1)
        else:
            raise ValueError(f"a passage has no {node.type}")


def _cells(row: SyntaxTreeNode, values: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(Cell(_runs(cell, values)) for cell in row.children)


def _runs(node: SyntaxTreeNode, values: Mapping[str, str]) -> tuple[Run, ...]:
    return tuple(_run(child, values) for inline in node.children for child in inline.children)


def _run(node: SyntaxTreeNode, values: Mapping[str, str]) -> Run:
    if node.type == "softbreak":
        return " "
    text = VALUE.sub(lambda named: values[named[1]], node.content or "".join(each.content for each in node.children))
    styles: dict[str, type[Strong | Emphasis | Code]] = {"strong": Strong, "em": Emphasis, "code_inline": Code}
    return styles[node.type](text) if node.type in styles else text
