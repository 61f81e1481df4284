"""Set texts in columns of a terminal, where a character may be one or two cells wide, or none; and count in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len, chop_cells

from retell.files.characters import BREAKABLE, NEVER_FIRST, OPENING_MARKS, is_mark

FAR = 8  # times the width: more characters than that are never in a line
IN_ADDRESSES = "?&=#-_.%~"  # before which an address may be broken


def fill(widths: Iterable[int], room: int) -> Iterator[int]:
    """Yield which words begin a line, by number, of words of these widths with a space between them.

    No line is wider than the room, but for a word that is.
    """
    used = -1
    for number, wide in enumerate(widths):
        if used < 0 or used + 1 + wide > room:
            yield number
            used = -1
        used += 1 + wide


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return a text in lines of at most `width` columns, each behind what stands before the first or the rest of them.

    Only a word that is wider than a line is broken.
    """
    room = max(width - max(cell_len(first), cell_len(rest)), 1)
    words = [
        part
        for word in BREAKABLE.split(text.strip())
        if word
        for part in (chop_columns(word, room) if cell_len(word) > room else [word])
    ]
    starts = fill(map(cell_len, words), room)
    lines = (" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)]))
    return [(rest if number else first) + line for number, line in enumerate(lines)]


def chop(word: str, fitting: Callable[[str], int]) -> Iterator[str]:
    """Yield a word in parts that each have room; `fitting` returns how many characters of a text have.

    No part begins with a mark that closes, ends or divides a sentence, or ends with one that opens, unless all would.
    An address is broken behind a slash or before another of its marks, so that the words in it stay whole.
    """
    is_address = "/" in word
    while (most := fitting(word)) < len(word):
        end = _end_in_address(word, most) if is_address else 0
        end = end or next((at for at in range(most, 0, -1) if _may_break(word, at)), max(most, 1))
        yield word[:end]
        word = word[end:]
    yield word


def _end_in_address(word: str, most: int) -> int:
    """Return where an address may be broken that leaves no half of the room free; 0 where nowhere."""
    places = range(most, most // 2, -1)
    behind = next((at for at in places if word[at - 1] == "/"), 0)
    return behind or next((at for at in places if word[at] in IN_ADDRESSES), 0)


def _may_break(word: str, at: int) -> bool:
    return not (word[at] in NEVER_FIRST or is_mark(word[at]) or word[at - 1] in OPENING_MARKS)


def chop_columns(word: str, width: int) -> list[str]:
    """Return a word in parts of at most `width` columns; a character that is wider stands by itself."""
    return list(chop(word, lambda rest: _fitting(rest, width)))


def _fitting(text: str, width: int) -> int:
    """Return how many characters of a text are in its first `width` columns; marks on a letter take none."""
    looked_at = width + 2
    while True:
        parts = [part for part in chop_cells(text[:looked_at], width) if part]
        if len(parts) > 1 or looked_at >= min(len(text), width * FAR):
            return len(parts[0]) if parts else 0
        looked_at *= 2


def shorten(lines: Sequence[str], most: int, width: int) -> list[str]:
    """Return at most so many lines of a width in columns, the last of them cut where there are more."""
    if len(lines) <= most:
        return list(lines)
    words = lines[most - 1].split(" ")
    while len(words) > 1 and cell_len(" ".join([*words, "…"])) > width:
        words.pop()
    return [*lines[: most - 1], " ".join([*words, "…"])]


def first_words(text: str, most: int) -> str:
    """Return at most so many words of a text, and a mark where there are more."""
    words = text.split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")


def plural(number: int, noun: str) -> str:
    """Return a number with its noun: `1 scene`, `2 scenes`."""
    return f"{number} {several(number, noun)}"


def several(number: int, noun: str) -> str:
    """Return the noun, in the plural unless the number is 1."""
    return noun if number == 1 else f"{noun}s"
