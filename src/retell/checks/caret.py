"""Cut a line of a file to the columns that there are for it, around the character that a problem is about."""

from __future__ import annotations

import re

from rich.cells import cell_len

from retell.files.characters import is_mark, visible
from retell.story.typography import right_to_left

WORD = re.compile(r"\s*\S+|\s+")
ELLIPSIS = "…"
LEAST_ROOM = 8
FAR = 8  # times the room: what is further from the caret is never looked at


def excerpt(line: str, column: int, room: int) -> tuple[str, str]:
    """Return a line, made printable and at most `room` columns wide, and what of it stands before a column (1-based).

    What is left out at either end has a "…" in its place. Only a word that is wider than the room is broken, and never
    between a letter and its marks.
    """
    room = max(room, LEAST_ROOM)
    at = min(column - 1, len(line))
    begin = max(0, at - FAR * room)
    typed, at = line[begin : at + FAR * room].replace("\t", " "), at - begin
    shown, before = visible(typed), visible(typed[:at])
    after = shown[len(before) :] if shown.startswith(before) else visible(typed[at:])
    after = after.rstrip()
    if cell_len(before) + cell_len(after) < room:  # a caret behind the end of the line has room, too
        return before + after, before
    left, right = _pieces(before, after, room)
    return left + right, left


def shown_together(line: str, at: int) -> tuple[int, int]:
    """Return from where to where a line holds what a caret points at: nothing wider than the character, as a rule.

    Of words from right to left it is all that stand together: where among them a character is shown, only the terminal
    knows.
    """
    return next((run.span() for run in right_to_left(line) if run.start() <= at < run.end()), (at, at))


def _pieces(before: str, after: str, room: int) -> tuple[str, str]:
    """Return what is kept before the caret and behind it, with the marks of what is left out."""
    here = re.search(r"\S*$", before)
    start = here.start() if here else len(before)
    end = re.match(r"\S*", after).end()  # type: ignore[union-attr]  # it matches nothing too
    room -= 2  # for what may be left out on both sides
    if cell_len(before[start:] + after[:end]) > room:  # a word wider than the room, or a text without spaces
        left, right = _backward(before, room // 2), _forward(after, room - room // 2)
        left, right = _backward(before, room - cell_len(right)), _forward(after, room - cell_len(left))
        return _marked(before, left, after, right)
    words_before = [match[0] for match in re.finditer(r"\S+\s*|\s+", before[:start])]
    words_after = [match[0] for match in WORD.finditer(after[end:])]
    left, right = before[start:], after[:end]
    for share in (room // 2, room):
        left = _grow(words_before, left, share - cell_len(right), first=True)
        right = _grow(words_after, right, room - cell_len(left), first=False)
    return _marked(before, left, after, right)


def _grow(words: list[str], kept: str, room: int, *, first: bool) -> str:
    """Return what is kept with as many words more as there is room for; they are taken off the list."""
    while words and cell_len(words[-1 if first else 0] + kept) <= room:
        kept = words.pop() + kept if first else kept + words.pop(0)
    return kept


def _backward(text: str, room: int) -> str:
    """Return as much of the end of a text as there is room for; it begins with no mark of a letter that is left out."""
    start = len(text)
    while start and cell_len(text[start - 1 :]) <= room:
        start -= 1
    while start < len(text) and start and is_mark(text[start]):
        start += 1
    return text[start:]


def _forward(text: str, room: int) -> str:
    """Return as much of a text as there is room for, with the marks of its last letter."""
    end = 0
    while end < len(text) and cell_len(text[: end + 1]) <= room:
        end += 1
    return text[:end]


def _marked(before: str, left: str, after: str, right: str) -> tuple[str, str]:
    opening = ELLIPSIS if len(left) < len(before) else ""
    return opening + left, right + (ELLIPSIS if len(right) < len(after) else "")
