"""Stage 9: the lines of a step and a pace in, its words on the screen in time out.

The lines are laid out before the first word appears, and again when the window changes while they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from retell.terminal.keys import Ask
from retell.terminal.lines import Line, Piece, count_paced, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retell.terminal.keys import Keyboard
    from retell.terminal.pace import Pace
    from retell.terminal.screen import Screen

LINE_END = Piece("\n")


class Clock(Protocol):
    """What time it is."""

    def now(self) -> float:
        """Give the time in seconds."""


class Attendant(Protocol):
    """Who deals with what the reader asks for while a text is revealed."""

    @property
    def pace(self) -> Pace:
        """The pace now."""

    def attend(self, asked: Ask) -> bool:
        """Do what the reader asks for; True when the screen is not as it was, and the text must be laid out again."""


class Reveal:
    """Reveals the words of a step one by one."""

    def __init__(self, screen: Screen, keyboard: Keyboard, clock: Clock, attendant: Attendant) -> None:
        """Take where to show, where keys come from, the time, and who attends to the reader."""
        self._screen = screen
        self._keyboard = keyboard
        self._clock = clock
        self._attendant = attendant
        self._hurried: Ask | None = None
        self._resized = False

    def tell(self, lay_out: Callable[[], list[Line]]) -> Ask | None:
        """Reveal what is laid out; gives the wish that made it come at once, if it was hurried, or None."""
        self._hurried, self._resized = None, False
        lines = lay_out()
        course, at = _course(lines), 0
        count, weight = count_paced(lines), weigh(lines)
        due = self._clock.now()
        while at < len(course) and not self._hurried and self._attendant.pace.words_a_minute:
            piece = course[at]
            if self._resized and not self._screen.has_room(piece.text):
                course, at = self._again(course[:at], lay_out)
                continue
            at += 1
            if piece is LINE_END:
                self._screen.end_line()
                if self._resized:
                    course, at = self._again(course[:at], lay_out)
                continue
            self._screen.put(piece)
            if piece.weight:
                due, changed = self._wait(due + piece.weight * self._attendant.pace.seconds(count) / weight)
                if changed:
                    course, at = self._again(course[:at], lay_out)
        self._screen.show(_lines(course[at:]))
        return self._hurried

    def wait(self, seconds: float) -> Ask | None:
        """Wait, unless the reader asks for what comes next; gives what they asked for that must wait until then."""
        self._hurried = None
        self._wait(self._clock.now() + seconds)
        return self._hurried

    def _wait(self, due: float) -> tuple[float, bool]:
        """Wait until a moment; gives it, later by what the reader did meanwhile, and whether all has changed."""
        changed = False
        while not self._hurried and not changed and (left := due - self._clock.now()) > 0:
            asked = self._keyboard.read(left)
            if asked in (Ask.GO_ON, Ask.BACK):
                self._hurried = asked
            elif asked is Ask.RESIZED:
                self._resized = True
            elif asked:
                begun = self._clock.now()
                changed = self._attendant.attend(asked)
                due = max(due, begun) + self._clock.now() - begun  # the program itself may have stood still
        return due, changed

    def _again(self, told: Sequence[Piece], lay_out: Callable[[], list[Line]]) -> tuple[list[Piece], int]:
        """Lay a text out again and go on, on a fresh line: a line that was broken off begins again.

        Where the words have another order now, as accounts have side by side, all that was told is told again.
        """
        self._resized = False
        self._screen.break_line()
        course = _course(lay_out())
        at = _same(told, course)
        if at is None:
            at = _after_words(course, sum(piece.weight > 0 for piece in told))
            *whole, begun = _lines(course[:at]) or [Line()]
            self._screen.show(whole)
        elif told and told[-1] is not LINE_END:
            begun = _lines(course[:at])[-1]
        else:
            at, begun = _next_word(course, at)
        for piece in begun.pieces:
            self._screen.put(piece)
        return course, at


def _course(lines: Sequence[Line]) -> list[Piece]:
    """Give the pieces of lines in the order in which they appear."""
    return [piece for line in lines for piece in (*line.pieces, LINE_END)]


def _lines(course: Sequence[Piece]) -> list[Line]:
    """Give the lines that pieces make; the last may have no end yet."""
    lines: list[Line] = []
    pieces: list[Piece] = []
    for piece in course:
        if piece is LINE_END:
            lines.append(Line(tuple(pieces)))
            pieces = []
        else:
            pieces.append(piece)
    return [*lines, Line(tuple(pieces))] if pieces else lines


def _same(told: Sequence[Piece], course: Sequence[Piece]) -> int | None:
    """Give how many pieces of a course say just what was told, or None when it begins otherwise."""
    wanted = _visible(told)
    seen = ""
    for at, piece in enumerate(course):
        if seen == wanted:
            return at
        seen += "".join(piece.text.split())
        if not wanted.startswith(seen):
            return None
    return None


def _visible(pieces: Sequence[Piece]) -> str:
    return "".join("".join(piece.text.split()) for piece in pieces)


def _after_words(course: Sequence[Piece], words: int) -> int:
    """Give how many pieces of a course hold so many words."""
    for at, piece in enumerate(course):
        if not words:
            return at
        words -= piece.weight > 0
    return len(course)


def _next_word(course: Sequence[Piece], at: int) -> tuple[int, Line]:
    """Give where the next word of a course stands, and what stands before the first word of its line."""
    while at < len(course) and course[at].text.isspace():
        at += 1
    first = next((i + 1 for i in reversed(range(at)) if course[i] is LINE_END), 0)
    before = course[first : first + 1] if first < at else []
    return at, Line(tuple(piece for piece in before if piece.text.isspace()))
