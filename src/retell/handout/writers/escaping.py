"""Escape a text so that CommonMark, GFM and Pandoc show it as it is.

The escapes are those of https://spec.commonmark.org/0.31.2/#backslash-escapes; what Pandoc reads besides is in
https://pandoc.org/MANUAL.html#pandocs-markdown
"""

from __future__ import annotations

import re

from retell.story.typography import isolate, set_line

# "$" sets mathematics on GitHub and in Pandoc; "==" marks words in Obsidian and others; the rest is Pandoc's alone:
# citations, superscripts, attributes, and the marks that it sets as print does. A pattern that begins with a set of
# characters is found several times as fast.
SPECIAL = re.compile(
    r"""[\\`*_\[\]<>|~$@^{"&.=-](?:(?<![&.=-])|(?<=&)(?=[#\w])|(?<=-)(?=-)|(?<==)(?==)|(?<=\.)(?=\.\.))"""
)
# a list, numbered in Pandoc's ways as well, a heading, a rule; a definition or the caption of a table
LINE_START = re.compile(
    r"^(?:[-+=#:]|\(?(?:\d+|[a-z]|[ivxlcdm]+)[.)](?=\s|$)|\(?(?:[A-Z]|[IVXLCDM]+)\)(?=\s|$)"
    r"|[IVXLCDM]{2,}\.(?=\s|$)|[A-Z]\.$|[Tt]able:)"
)
BARE_ADDRESS = re.compile(r":(?=//)|(?<=www)\.")
BACKTICKS = re.compile("`+")
CLOSING_HASHES = re.compile(r"#+$")
# Pandoc makes a box to tick of it, escaped or not: https://pandoc.org/MANUAL.html#extension-task_lists
TASK = re.compile(r"^(?=\\\[[ xX]\\\] )")
# GitHub sets a picture in place of a name between colons, escaped or not:
# https://docs.github.com/get-started/writing-on-github#using-emojis
EMOJI = re.compile(r"(?<=:)(?=(?:[+-]1|100|1234|[0-9]*[a-z][a-z0-9_+-]*):)")
WORD_JOINER = "\u2060"  # has no width
AUTOLINK = re.compile(r"https?://(?:[^\s<>\\&%`]|&(?![#\w]+;))+")  # what every parser shows as it is


def escape(text: str) -> str:
    """Return a text escaped for the inside of a line of Markdown or a table's cell, with quotation marks set."""
    return isolate(escape_set(set_line(text)))


def escape_set(text: str) -> str:
    """Return a text escaped for Markdown, its quotation marks and white space being set already."""
    return SPECIAL.sub(_escaped, text)


def escape_line(text: str) -> str:
    """Do the same, and keep GitHub from making a picture of a name, or a link of an address with our escapes in it."""
    escaped = isolate(escape_set(EMOJI.sub(WORD_JOINER, text) if ":" in text else text))
    return BARE_ADDRESS.sub(_escaped, escaped) if "://" in text or "www." in text else escaped


def heading(text: str) -> str:
    """Return a text escaped for a Markdown heading, which would lose a last `#`."""
    return CLOSING_HASHES.sub(lambda match: "\\#" * len(match[0]), escape_line(text))


def at_line_start(markdown: str) -> str:
    """Keep a line of Markdown from being read as a list, a heading, a definition, a caption or a rule."""
    return LINE_START.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", markdown)


def at_item_start(markdown: str) -> str:
    """Keep the first line of a list's item from being read as a task to tick off."""
    return TASK.sub(WORD_JOINER, markdown)


def address(url: str) -> str:
    """Set an address as a link to itself; one with marks that parsers read in their own ways has its text beside it."""
    if AUTOLINK.fullmatch(url):
        return f"<{url}>"
    target = url.replace("\\", "\\\\").replace("&", "&amp;").replace("*", "\\*")
    return f"[{escape_set(url)}](<{target}>)"


def code(text: str) -> str:
    """Set a text as code, as it is; https://spec.commonmark.org/0.31.2/#code-spans says between how many backticks."""
    fence = "`" * (1 + max(map(len, BACKTICKS.findall(text)), default=0))
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
