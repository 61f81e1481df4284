"""Reads a handout back as CommonMark with GFM's tables: what it shows, and how it is built."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from retell.handout.writers.escaping import WORD_JOINER
from retell.story.typography import END_OF_ISOLATE, ISOLATE

PARSER = MarkdownIt("gfm-like", {"linkify": False})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def html(markdown: str) -> str:
    """The page that a browser would get."""
    return str(PARSER.render(markdown))


NOT_SEEN = dict.fromkeys(map(ord, (ISOLATE, END_OF_ISOLATE, WORD_JOINER)))


def visible(markdown: str) -> str:
    """The text that a reader sees, in one line."""
    reader = _Text()
    reader.feed(html(markdown))
    reader.close()
    return " ".join("".join(reader.parts).translate(NOT_SEEN).split())


def tokens(markdown: str) -> list[Token]:
    """The blocks."""
    return PARSER.parse(markdown)


def structure(markdown: str) -> list[str]:
    """Every block and every mark inside a line, without the words."""
    found: list[str] = []
    for token in tokens(markdown):
        found.append(f"{token.type} {token.tag}")
        found.extend(child.type for child in token.children or () if child.type not in ("text", "text_special"))
    return found


def headings(markdown: str) -> list[tuple[int, str]]:
    """Level and visible text of every heading."""
    blocks = tokens(markdown)
    return [
        (int(token.tag[1]), "".join(child.content for child in blocks[i + 1].children or ()))
        for i, token in enumerate(blocks)
        if token.type == "heading_open"
    ]
