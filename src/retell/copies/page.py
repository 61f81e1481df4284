"""What is read of a saved file, whatever its format: blocks of lines, and what each seems to be."""

from __future__ import annotations

from typing import Literal

import msgspec

from retell.problems import RetellError

Role = Literal["", "heading", "caption", "menu", "note", "byline"]
MOST_TEXT, MOST_LINES = 2**20, 30_000
"""Characters and lines of text that are read of one file: twenty-five times a long article."""

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Raised figures stay so: most are the numbers of notes."""


class Block(msgspec.Struct, frozen=True):
    """What stands together, with white space around it: its lines, and what the page's own marks say that it is."""

    lines: tuple[str, ...]
    role: Role = ""


class Page(msgspec.Struct, frozen=True):
    """A saved file as it was read: its blocks, what kind of file it is, and what there is to say of the reading."""

    blocks: tuple[Block, ...]
    kind: str
    remarks: tuple[str, ...] = ()

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


def blocks_of(text: str, role: Role = "") -> tuple[Block, ...]:
    """Cut a text into blocks at its blank lines, and at what ends a page."""
    blocks, lines = [], []
    for line in text[:MOST_TEXT].splitlines()[:MOST_LINES]:  # at a form feed, too
        if line.strip():
            lines.append(line)
        elif lines:
            blocks.append(Block(tuple(lines), role))
            lines = []
    return (*blocks, Block(tuple(lines), role)) if lines else tuple(blocks)
