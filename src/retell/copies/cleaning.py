"""Take out of a saved text what the program that saved it added: marks of links, notes and lists.

Emphasis is no trouble: a fingerprint drops its signs. What is taken out for an article is surely a mark; where a
paragraph is only looked for, its fingerprint decides, and more is tried.
"""

from __future__ import annotations

import html
import re

from retell.copies.page import Block

LINK = re.compile(
    r"\[([^\][]{0,2000})\]\(<?(?:https?:|mailto:|www\.|[/#.])[^)\s\[]{0,2000}>?(?:\s+\"[^\"]{0,200}\")?\)"
)
REFERENCE = re.compile(r"\[([^\][]{2,2000})\]\[\w{0,40}\]")
IMAGE = re.compile(r"!\[[^\][]{0,2000}\]\([^)]{0,2000}\)")
ADDRESS = re.compile(
    r"[ \t]?(?:<(?:https?|mailto):[^>\s]{1,2000}>|\((?:https?|mailto):[^)\s]{1,2000}\)|https?://\S{1,2000})"
)
NOTE = re.compile(r"\[(?:\^?\d{1,3}|[a-z]|note \d{1,3}|citation needed|edit)\]")
RAISED_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
GLUED_NOTE = re.compile(
    r"(?<=[^\W\d_]{3}[.,;:!?’”\"'])\d{1,3}(?=\s|$)|(?<=[^\W\d_]{3}[.,;:!?][’”\"'])\d{1,3}(?=\s|$)", re.MULTILINE
)
QUOTING = re.compile(r"^[ \t]*(?:[>|][ \t]?){1,8}", re.MULTILINE)
LABEL = re.compile(
    r"^\s*(?:[•·▪‣◦*+–—-]\s+|\[\d{1,4}\]\s*|\(?\d{1,3}[.)]\s+|\d{1,4}(?:: |\t)\s*|\#{1,6}\s+|"
    r"(?:(?:[A-Z]{1,2} )?[¶§]|[Pp]ara(?:graph)?\.?) ?\d{1,4}[.:]?\s+)"
)
LABELLED = re.compile(r"^\s*\[(\d{1,6})\]\s*(?=\S)")
"""A number that a paragraph has in front of it, as `retell fingerprint` prints it."""
LIKELY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"</?[A-Za-z][^<>]{0,2000}>"), ""),
    (re.compile(r"\[\[(?:[^\][|]{1,2000}(?:\||\]\[))?([^\][|]{1,2000})\]\]"), r"\1"),  # a wiki's links, and Org mode's
    (re.compile(r"\[([^\][]{1,2000})\]\{[^{}]{0,200}\}"), r"\1"),  # Pandoc's spans
    (re.compile(r"(?:link:)?https?://[^\s\][]{1,2000}\[([^\][]{1,2000})\]"), r"\1"),  # AsciiDoc's links
    (re.compile(r"\[ ?\d{1,3} ?\]|\{\d{1,3}\}|[ \t]?\(\d{1,3}\)"), ""),
    (re.compile(r"^\s*(?:[a-z]|[ivxl]{1,6})[.)]\s+"), ""),
    (re.compile("º"), "°"),
    (re.compile(r"(\d)-(\d/\d)"), r"\1 \2"),
)
"""What a saving program may have put there, or the author: only a fingerprint tells."""
NUMBERED_LINE = re.compile(r"\s*\d{1,5}(?:\s+|$)")
SPACES = re.compile(r"[ \t]{2,}")
MOST = 2**20  # characters; a longer text is no article's


def clean(block: Block) -> Block:
    """Return a block without the marks; the lines stay where they are, but for those that have nothing left."""
    text = "\n".join(block.lines)
    if len(text) > MOST:
        return block
    text = QUOTING.sub("", html.unescape(text) if "&" in text else text)
    if "[" in text:
        text = NOTE.sub("", REFERENCE.sub(r"\1", LINK.sub(r"\1", IMAGE.sub("", LABELLED.sub("", text)))))
    if "http" in text or "mailto" in text:
        text = ADDRESS.sub("", text)
    text = GLUED_NOTE.sub("", RAISED_NOTE.sub("", LABEL.sub("", text, count=1)))
    return Block(tuple(SPACES.sub(" ", line) for line in text.split("\n") if line.strip()), block.role)


def clean_boldly(block: Block) -> Block:
    """Return a block without what may be a mark, too: markup of other programs, and a number before each line."""
    text = "\n".join(block.lines)
    if len(text) > MOST:
        return block
    for mark, instead in LIKELY:
        text = mark.sub(instead, text)
    lines = tuple(line for line in text.split("\n") if line.strip())
    if len(lines) > 1 and all(map(NUMBERED_LINE.match, lines)):
        lines = tuple(NUMBERED_LINE.sub("", line, count=1) for line in lines)
    return clean(Block(lines, block.role)) if lines else block
