"""Take out of a saved text what the program that saved it added: marks of links, notes and lists.

Emphasis is no trouble: a fingerprint drops its signs.
"""

from __future__ import annotations

import html
import re

from retell.copies.page import Block

LINK = re.compile(r"\[([^\][]{0,2000})\]\(<?(?:https?:|mailto:|www\.|[/#.])[^)\s]{0,2000}>?(?:\s+\"[^\"]{0,200}\")?\)")
REFERENCE = re.compile(r"\[([^\][]{2,2000})\]\[\w{0,40}\]")
IMAGE = re.compile(r"!\[[^\][]{0,2000}\]\([^)]{0,2000}\)")
ADDRESS = re.compile(
    r"\s?(?:<(?:https?|mailto):[^>\s]{1,2000}>|\((?:https?|mailto):[^)\s]{1,2000}\)|https?://\S{1,2000})"
)
NOTE = re.compile(r"\[(?:\^?\d{1,3}|[a-z]|note \d{1,3}|citation needed|edit)\]")
RAISED_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
GLUED_NOTE = re.compile(
    r"(?<=[^\W\d_]{3}[.,;:!?’”\"'])\d{1,3}(?=\s|$)|(?<=[^\W\d_]{3}[.,;:!?][’”\"'])\d{1,3}(?=\s|$)", re.MULTILINE
)
QUOTING = re.compile(r"^[ \t]*(?:[>|][ \t]?){1,8}", re.MULTILINE)
LABEL = re.compile(
    r"^\s*(?:[•·▪‣◦*+–—-]\s+|\[\d{1,4}\]\s*|\(?\d{1,3}[.)]\s+|(?:[A-Z]{1,2} )?¶ ?\d{1,4}[.:]?\s+|\#{1,6}\s+)"
)
LABELLED = re.compile(r"^\s*\[(\d{1,6})\]\s*(?=\S)")
"""A number that a paragraph has in front of it, as `retell fingerprint` prints it."""
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
