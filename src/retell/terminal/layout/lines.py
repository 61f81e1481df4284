"""Set words in lines of a width in columns, each with the time that it takes to read.

A line is made of pieces. A piece with a weight is revealed in time, at the pace of its weight (1 for a word, more where
a reader breathes); the others appear with the piece before them. Widths are in columns.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len

from retell.files.characters import BREAKABLE, PAUSES, STOPS
from retell.story.columns import chop_columns, fill
from retell.story.prose import Span
from retell.story.typography import END_OF_ISOLATE, ISOLATE, right_to_left
from retell.terminal.layout.ascii import ASCII

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.story.references import Reference

# how long a reader breathes at a mark and between two paragraphs of a beat, in words of no breath
BREATHS = {**dict.fromkeys(f"{PAUSES}–—", 0.5), **dict.fromkeys(STOPS, 1.0)}
PARAGRAPH = 1.0
CLOSING = "”’)*"
BETWEEN_WORDS = re.compile("(?<![A-Z]) | (?!¶)")  # a code such as C ¶6 stays in one line
SHORTEST_END = 10  # columns of a paragraph's last line, where the break before it can be moved
IN_ASCII = str.maketrans(ASCII)


class Piece(msgspec.Struct, frozen=True):
    """Text in one style, how much of the reader's time it takes (0: none of its own), and what ends with it.

    Where a claim ends, `references` holds what it rests on; a link is where a piece leads; `turn` says which of the
    accounts that stand side by side it belongs to, from 1.
    """

    text: str
    style: str = ""
    weight: float = 0.0
    references: tuple[Reference, ...] = ()
    link: str = ""
    turn: int = 0


class Line(msgspec.Struct, frozen=True):
    """One line of the screen, without its line end.

    `target` is the number of the step that it leads to, if to any; what is `kept` with the next line, as a heading is,
    never stands last in a window.
    """

    pieces: tuple[Piece, ...] = ()
    target: int | None = None
    kept: bool = False

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(piece.text for piece in self.pieces)


BLANK = Line()


def weigh(lines: Iterable[Line]) -> float:
    """Return the time that lines take, in words of no breath."""
    return sum(piece.weight for line in lines for piece in line.pieces)


def count_paced(lines: Iterable[Line]) -> int:
    """Count the words that lines reveal."""
    return sum(piece.weight > 0 for line in lines for piece in line.pieces)


def cut_words(spans: Iterable[Span], style: str, *, paced: bool) -> list[tuple[Piece, ...]]:
    """Cut spans into words; a word that two styles meet in stays one word."""
    cut: list[list[Piece]] = []
    open_word = False
    for span in spans:
        for i, part in enumerate(BETWEEN_WORDS.split(span.text)):
            if i > 0:
                open_word = False
            if not part:
                continue
            piece = Piece(part, style or span.style)
            if open_word:
                cut[-1].append(piece)
            else:
                cut.append([piece])
            open_word = True
    words = list(map(tuple, cut))
    return [_weighed(word) for word in words] if paced else words


def cut_marked(spans: Iterable[Span]) -> list[tuple[Piece, ...]]:
    """Cut the spans of a source's text into words, those that are stressed being marked."""
    return [
        tuple(msgspec.structs.replace(piece, style="marked") if piece.style == "emphasis" else piece for piece in word)
        for word in cut_words(spans, "", paced=False)
    ]


def _weighed(word: tuple[Piece, ...]) -> tuple[Piece, ...]:
    if not _is_word(word):
        return word
    text = "".join(piece.text for piece in word).rstrip(CLOSING)
    last = word[-1]
    return (*word[:-1], Piece(last.text, last.style, 1.0 + BREATHS.get(text[-1:], 0.0)))


def wrap(words: Sequence[tuple[Piece, ...]], width: int) -> list[Line]:
    """Fill lines of at most `width` columns; only a word wider than that is broken.

    Where the last line would be a short word, words of the line before join it.
    """
    parts = list(chain.from_iterable(_broken(word, width) for word in words))
    widths = [sum(cell_len(piece.text) for piece in part) for part in parts]
    starts = _moved(list(fill(widths, width)), widths, width, [_is_word(part) for part in parts])
    return [_joined(parts[start:end]) for start, end in pairwise([*starts, len(parts)])]


def _moved(starts: list[int], widths: Sequence[int], width: int, may_begin: Sequence[bool]) -> list[int]:
    """Move the last break back for as long as too little stands behind it and more than that before it.

    A line never begins with a dash that stands between two words.
    """
    while len(starts) > 1 and starts[-1] - starts[-2] > 1 and may_begin[starts[-1] - 1]:
        last, before = _length(widths[starts[-1] :]), _length(widths[starts[-2] : starts[-1]])
        moved = 1 + widths[starts[-1] - 1]
        if last >= SHORTEST_END or last + moved > min(width, before - moved):
            break
        starts[-1] -= 1
    return starts


def _is_word(part: Iterable[Piece]) -> bool:
    return any(char.isalnum() for piece in part for char in piece.text)


def _length(widths: Sequence[int]) -> int:
    """Return how long a line of words is, in columns."""
    return sum(widths) + len(widths) - 1


def _joined(words: Sequence[tuple[Piece, ...]]) -> Line:
    """Set words in a line; a space inside one style keeps it, so that an underline or a colour is not cut."""
    pieces: list[Piece] = []
    for word in words:
        if pieces:
            pieces.append(Piece(" ", word[0].style if pieces[-1].style == word[0].style else ""))
        pieces += word
    return Line(tuple(_isolated(pieces)))


def _isolated(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a line, the words in it that are read from right to left set apart from all beside them."""
    text = "".join([piece.text for piece in pieces])
    runs = [run.span() for run in right_to_left(text)]
    at = 0
    for piece in pieces if runs else ():
        marks = [(start - at, ISOLATE) for start, _ in runs] + [(end - at, END_OF_ISOLATE) for _, end in runs]
        shown = piece.text
        for place, mark in sorted(marks, reverse=True):
            if (0 < place <= len(piece.text)) if mark == END_OF_ISOLATE else (0 <= place < len(piece.text)):
                shown = shown[:place] + mark + shown[place:]
        at += len(piece.text)
        yield msgspec.structs.replace(piece, text=shown)
    yield from () if runs else pieces


def _broken(word: tuple[Piece, ...], width: int) -> Iterable[tuple[Piece, ...]]:
    """Break a word that is wider than the line, and no other."""
    if sum(cell_len(piece.text) for piece in word) <= width:
        return [word]
    parts: list[tuple[Piece, ...]] = []
    left = list(word)
    for part in chop_columns("".join(piece.text for piece in word), width):
        pieces, room = [], len(part)
        while left and len(left[0].text) <= room:
            room -= len(left[0].text)
            pieces.append(left.pop(0))
        if room:
            pieces.append(Piece(left[0].text[:room], left[0].style, link=left[0].link))
            left[0] = msgspec.structs.replace(left[0], text=left[0].text[room:])
        parts.append(tuple(pieces))
    return parts


def end_claim(words: list[tuple[Piece, ...]], references: tuple[Reference, ...]) -> list[tuple[Piece, ...]]:
    """Note at the last of these words what they rest on."""
    if not words:
        return words
    *before, last = words[-1]
    return [*words[:-1], (*before, msgspec.structs.replace(last, references=references))]


def breathe_after(lines: list[Line]) -> list[Line]:
    """Let the reader breathe as after a paragraph, at the last word that the lines reveal."""
    for row in reversed(range(len(lines))):
        pieces = list(lines[row].pieces)
        for column in reversed(range(len(pieces))):
            if weight := pieces[column].weight:
                pieces[column] = msgspec.structs.replace(pieces[column], weight=weight + PARAGRAPH)
                return [*lines[:row], with_pieces(lines[row], pieces), *lines[row + 1 :]]
    return lines


def with_pieces(line: Line, pieces: Iterable[Piece]) -> Line:
    """Return a line with other pieces."""
    return msgspec.structs.replace(line, pieces=tuple(pieces))


def keep(lines: Iterable[Line]) -> list[Line]:
    """Keep lines with the one that follows them."""
    return [msgspec.structs.replace(line, kept=True) for line in lines]


def indent_line(line: Line, columns: int) -> Line:
    """Move a line to the right, unless it is blank."""
    return with_pieces(line, (Piece(" " * columns), *line.pieces)) if columns and line.pieces else line


def set_text(text: str, width: int, style: str = "", *, indent: int = 0, hang: int = 0) -> list[Line]:
    """Set a text in lines of at most `width` columns, moved to the right, those after the first by `hang` more."""
    lines = wrap(cut_words([Span(text)], style, paced=False), max(1, width - indent - hang))
    return [indent_line(line, indent + hang * (number > 0)) for number, line in enumerate(lines)]


def set_labelled(label: str, text: str, width: int, style: str = "", label_style: str = "") -> list[Line]:
    """Set a text behind a label, its further lines under its first; where a word has no room there, below the label."""
    if max(map(cell_len, BREAKABLE.split(text)), default=0) > width - cell_len(label):
        return [Line((Piece(label.rstrip(), label_style),)), *set_text(text, width, style)]
    first, *others = set_text(text, width - cell_len(label), style) or [BLANK]
    return [Line((Piece(label, label_style), *first.pieces)), *(indent_line(line, cell_len(label)) for line in others)]


def in_ascii(lines: Iterable[Line]) -> list[Line]:
    """Return lines drawn with ASCII characters alone, each as wide as before; letters stay as they are."""
    return [
        with_pieces(line, (Piece(piece.text.translate(IN_ASCII), piece.style, piece.weight) for piece in line.pieces))
        for line in lines
    ]
