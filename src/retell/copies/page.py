"""What is read of a saved file, whatever its format: blocks of lines, and what each seems to be."""

from __future__ import annotations

from typing import Literal

import msgspec

from retell.problems import RetellError

Role = Literal["", "heading", "caption", "menu", "note", "byline"]
MOST_TEXT, MOST_LINES, MOST_TAGS = 1_000_000, 30_000, 150_000
"""Characters, lines and tags that one file may have: twenty-five times a long article, fifteen times a long page."""

PLAIN = "plain text"
SAVE_ALONE = "save its text alone"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Raised figures stay so: most are the numbers of notes."""


class Block(msgspec.Struct, frozen=True):
    """What stands together, with white space around it: its lines, and what the page's own marks say that it is."""

    lines: tuple[str, ...]
    role: Role = ""


class Page(msgspec.Struct, frozen=True):
    """A saved file as it was read: its blocks, what kind of file it is, and what there is to say of the reading.

    `tags` is how many tags of HTML or XML were read, 0 where there are none.
    """

    blocks: tuple[Block, ...]
    kind: str
    remarks: tuple[str, ...] = ()
    tags: int = 0

    @property
    def text(self) -> str:
        """All its lines, and a blank one between two blocks."""
        return "\n\n".join("\n".join(block.lines) for block in self.blocks)


class UnreadError(RetellError):
    """Why a file was not read, in a few words that follow its name, and what helps."""

    def __init__(self, reason: str, help_text: str = "") -> None:
        """Take what the file is, as in "is a PDF with a password"."""
        super().__init__(reason)
        self.reason = reason
        self.help = help_text


class TooLargeError(UnreadError):
    """A file has more of something than any article needs."""


def too_much(kind: str, most: int, what: str) -> TooLargeError:
    """Return what is raised where a file, of a kind such as "plain text", has more of something than it may."""
    return TooLargeError(f"is {kind} of more than {most:,} {what}", SAVE_ALONE)


def blocks_of(text: str, kind: str = PLAIN) -> tuple[Block, ...]:
    """Cut a text into blocks at its blank lines, and at what ends a page; raises TooLargeError."""
    if len(text) > MOST_TEXT:
        raise too_much(kind, MOST_TEXT, "characters")
    cut = text.splitlines()  # at a form feed, too
    if len(cut) > MOST_LINES:
        raise too_much(kind, MOST_LINES, "lines")
    blocks, lines = [], []
    for line in cut:
        if line.strip():
            lines.append(line)
        elif lines:
            blocks.append(Block(tuple(lines)))
            lines = []
    return (*blocks, Block(tuple(lines))) if lines else tuple(blocks)
