"""Hold the lines of a panel, and which of them the window shows: in one column, or in two where it is wide."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby, zip_longest

from msgspec import structs
from rich.cells import cell_len

from retell.terminal.input.keys import Ask
from retell.terminal.layout.lines import BLANK, Line, Piece, indent_line

CHOSEN, LEFT = "▶", "•"
"""Before the line that is chosen; where the reader came from, once another one is."""
ENDS = {Ask.FIRST: 0, Ask.CONTENTS: 0, Ask.LAST: 1}
LINES = {Ask.DOWN: 1, Ask.UP: -1}
PAGES = {Ask.GO_ON: 1, Ask.PAGE_DOWN: 1, Ask.BACK: -1, Ask.PAGE_UP: -1}


class Page:
    """The lines of a panel, and which of them the window shows; where they lead somewhere, which is chosen."""

    def __init__(
        self, lines: Sequence[Line], rows: int, *, left: int = 0, beside: int = 0, from_the_end: bool = False
    ) -> None:
        """Take the lines and how many rows there are for them.

        `left` columns stay free before them; `beside` is where from there a second column of them begins.
        """
        self._lines = _without_end(lines)
        self._left, self._beside = left, beside
        self._height = max(1, rows)
        self._rows = self._height * (2 if beside else 1)
        self._choices = [i for i, line in enumerate(self._lines) if line.target is not None]
        here = (i for i in self._choices if CHOSEN in self._lines[i].text)
        self._here = next(here, self._choices[0] if self._choices else None)
        self._top = len(self._lines) if from_the_end else 0
        self._words = ""  # that are looked for
        self._found = self._top - 1  # the line where they were found last
        self._keep_in()

    def like(self, other: Page) -> Page:
        """Go to about the place where another page of the same panel is, for a window of another size."""
        self._top = other._top * len(self._lines) // len(other._lines)
        self._words = other._words
        self._keep_in()
        return self

    @property
    def shown(self) -> list[Line]:
        """The lines that the window shows."""
        lines = self._lines[self._top : self._top + self._rows]
        lines = [self._marked(self._top + i, line) for i, line in enumerate(lines)]
        left, right = lines[: self._height], lines[self._height :]
        rows = zip_longest(left, right, fillvalue=BLANK)
        return [indent_line(_side_by_side(*row, self._beside), self._left) for row in rows]

    def _marked(self, at: int, line: Line) -> Line:
        line = _chosen(line) if at == self._here else _left(line)
        return _with_words(line, self._words) if self._words else line

    @property
    def at_end(self) -> bool:
        """Return whether the last line is shown."""
        return self._top + self._rows >= len(self._lines)

    @property
    def is_choice(self) -> bool:
        """Return whether lines lead somewhere."""
        return self._here is not None

    @property
    def choice(self) -> int | None:
        """The step to which the chosen line leads."""
        return None if self._here is None else self._lines[self._here].target

    def move(self, asked: Ask) -> bool:
        """Scroll, or choose another line; return whether that is what was asked for."""
        if asked in ENDS:
            self._top = ENDS[asked] * len(self._lines)
            self._here = self._choices[-ENDS[asked]] if self._choices else None
        elif asked in LINES and self._here is not None:
            at = self._choices.index(self._here) + LINES[asked]
            self._here = self._choices[max(0, min(at, len(self._choices) - 1))]
        elif asked in LINES or asked in PAGES:
            lines = LINES.get(asked, 0) + self._rows * PAGES.get(asked, 0)
            self._top += lines
            if self._here is not None:
                aim = self._here + lines
                self._here = min(self._choices, key=lambda at: abs(at - aim))
        else:
            return False
        self._keep_in()
        return True

    def choose(self, number: str) -> None:
        """Choose the line that begins with a number, where there is one."""
        self._here = next((i for i in self._choices if number in self._lines[i].text.split()[:2]), self._here)
        self._keep_in()

    def find(self, words: str) -> bool:
        """Show the next line that has some words, from the first again where there is none further on; is there one?

        They may begin on one line and end on the next.
        """
        self._words = words.lower()
        texts = [line.text.strip().lower() for line in self._lines]
        ends = list(accumulate(len(text) + 1 for text in texts))
        places = re.finditer(re.escape(self._words), " ".join(texts)) if words else ()
        found = [bisect_right(ends, place.start()) for place in places]
        if not found:
            return False
        self._found = next((i for i in found if i > self._found), found[0])
        if not self._top <= self._found < self._top + self._rows:
            self._top = self._found
        if self._found in self._choices:
            self._here = self._found
        self._keep_in()
        return True

    @property
    def place(self) -> str:
        """Which of the lines the window shows, where it does not show all."""
        length = len(self._lines)
        return f"{self._top + 1}–{min(self._top + self._rows, length)} of {length}" if length > self._rows else ""

    def _keep_in(self) -> None:
        if self._here is not None:
            self._top = min(max(self._top, self._here - self._rows + 1), self._here)
        self._top = max(0, min(self._top, len(self._lines) - self._rows))


def _without_end(lines: Sequence[Line]) -> Sequence[Line]:
    while lines and not lines[-1].pieces:
        lines = lines[:-1]
    return lines or [BLANK]


def _chosen(line: Line) -> Line:
    """Mark the line that is chosen, in the columns that stand free before it."""
    text = line.text.lstrip(f" {CHOSEN}")
    indent = max(2, len(line.text) - len(text))
    return Line((Piece(f"{CHOSEN:<{indent}}{text}", "title"),), line.target)


def _left(line: Line) -> Line:
    """Mark the line from which the reader has gone to another one, so that one alone looks chosen."""
    if line.target is None or CHOSEN not in line.text:
        return line
    pieces = (structs.replace(piece, text=piece.text.replace(CHOSEN, LEFT)) for piece in line.pieces)
    return Line(tuple(pieces), line.target)


def _with_words(line: Line, words: str) -> Line:
    """Mark some words in a line, which are in small letters."""
    text = line.text.lower()
    marked = {at for place in re.finditer(re.escape(words), text) for at in range(*place.span())}
    pieces, begun = [], 0
    for piece in line.pieces:
        for found, run in groupby(range(begun, begun + len(piece.text)), key=marked.__contains__):
            at = list(run)
            part = piece.text[at[0] - begun : at[-1] + 1 - begun]
            pieces.append(structs.replace(piece, text=part, style="marked" if found else piece.style))
        begun += len(piece.text)
    return Line(tuple(pieces), line.target)


def _side_by_side(left: Line, right: Line, column: int) -> Line:
    if not right.pieces:
        return left
    return Line((*left.pieces, Piece(" " * (column - cell_len(left.text))), *right.pieces))
