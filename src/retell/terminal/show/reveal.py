"""Reveal the lines of a step on the screen, in time with a pace.

The lines are laid out before the first word appears, and again when the window changes while they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from retell.terminal.input.keys import Ask
from retell.terminal.layout.lines import Line, Piece, count_paced, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retell.terminal.input.keys import Keyboard
    from retell.terminal.show.pace import Pace
    from retell.terminal.show.screen import Screen

LINE_END = Piece("\n")


class Clock(Protocol):
    """What time it is."""

    def now(self) -> float:
        """Return the time in seconds."""


class Attendant(Protocol):
    """Who deals with what the reader asks for while a text is revealed."""

    @property
    def pace(self) -> Pace:
        """The pace now."""

    def attend(self, asked: Ask) -> bool:
        """Do what the reader asks for; True when the screen is not as it was, and the text must be laid out again."""

    def turn(self, unread: int) -> Ask:
        """Wait at a full window, in which so many words have come at once; returns what the reader asks for."""


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

    def tell(self, lay_out: Callable[[], list[Line]], *, at_once: bool = False) -> Ask | None:
        """Reveal what is laid out, or show it `at_once`, and stop before a line would leave the window unseen.

        Returns the wish that made it come at once, if it was hurried, or None; after BACK or RESTART at a stop the rest
        is left out.
        """
        self._begin(lay_out)
        due = self._clock.now()
        while self._at < len(self._course):
            if self._is_full():
                if all(piece is LINE_END for piece in self._course[self._at :]):
                    self._screen.owe(len(self._course) - self._at)
                    break
                if not self._stop():
                    break
                due = self._clock.now()
            elif at_once or self._hurried or not self._attendant.pace.words_a_minute:
                self._show_window()
            else:
                due = self._put(due)
        return self._hurried

    @property
    def unread(self) -> int:
        """How many words came at once since the reader last had time to look."""
        told = _lines(self._course[self._since : self._at])
        return sum(map(_words, told)) - (0 if self._hurried else self._timed)

    def _begin(self, lay_out: Callable[[], list[Line]]) -> None:
        self._hurried, self._resized = None, False
        self._lay_out = lay_out
        lines = lay_out()
        self._course = _course(lines)
        self._at = self._since = self._known = self._timed = 0
        self._breath = count_paced(lines) / (weigh(lines) or 1)

    def _is_full(self) -> bool:
        return self._screen.room <= 0 and not self._screen.is_line_begun

    def _show_window(self) -> None:
        """Show the lines for which there is room; of a line that is begun, its end."""
        ends = [i + 1 for i in range(self._at, len(self._course)) if self._course[i] is LINE_END]
        end = ends[0 if self._screen.is_line_begun else min(self._screen.room, len(ends)) - 1]
        self._screen.show(_lines(self._course[self._at : end]))
        self._at = end

    def _put(self, due: float) -> float:
        """Put one piece and wait; returns the moment at which the next is due."""
        piece = self._course[self._at]
        if self._resized and not self._screen.has_room(piece.text):
            self._again(self._at)
            return due
        self._at += 1
        if piece is LINE_END:
            self._screen.end_line()
            if self._resized:
                self._again(self._at)
            return due
        self._screen.put(piece)
        if piece.weight and self._at > self._known:
            self._timed += 1
            due, changed = self._wait(due + piece.weight * self._attendant.pace.seconds(self._breath))
            if changed:
                self._again(self._at)
        return due

    def _stop(self) -> bool:
        """Let the reader look at a full window; False when they go back, or to the start, instead of on."""
        while True:
            asked = self._attendant.turn(self.unread)
            if asked is Ask.RESIZED:
                self._resized = True
            elif asked in (Ask.GO_ON, Ask.BACK, Ask.RESTART):
                break
            elif self._attendant.attend(asked):
                self._again(self._since)
                return True
        self._hurried = None if asked is Ask.GO_ON else asked
        self._since, self._timed = self._at, 0
        if self._resized and not self._hurried:
            self._again(self._at)
        return not self._hurried

    def wait(self, seconds: float) -> Ask | None:
        """Wait, unless the reader asks for what comes next; returns what they asked for that must wait until then."""
        self._hurried = None
        self._wait(self._clock.now() + seconds)
        return self._hurried

    def _wait(self, due: float) -> tuple[float, bool]:
        """Wait until a moment; returns it, later by what the reader did meanwhile, and whether all has changed."""
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

    def _again(self, at: int) -> None:
        """Lay the text out again and go on from a piece, on a fresh line: a line that was broken off begins again.

        Where the words have another order now, as accounts have side by side, all that was told is told again. What the
        reader knows already comes at once.
        """
        self._resized = False
        self._screen.break_line()
        told, words = self._course[:at], sum(piece.weight > 0 for piece in self._course[: self._at])
        self._course = _course(self._lay_out())
        self._known = _after_words(self._course, words)
        same = _same(told, self._course)
        if same is None:
            self._at, begun = 0, Line()
        elif told and told[-1] is not LINE_END:
            self._at, begun = same, _lines(self._course[:same])[-1]
        else:
            self._at, begun = _next_word(self._course, same)
        self._since, self._timed = self._at, 0
        for piece in begun.pieces:
            self._screen.put(piece)


def _course(lines: Sequence[Line]) -> list[Piece]:
    """Return the pieces of lines in the order in which they appear."""
    return [piece for line in lines for piece in (*line.pieces, LINE_END)]


def _lines(course: Sequence[Piece]) -> list[Line]:
    """Return the lines that pieces make; the last may have no end yet."""
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
    """Return how many pieces of a course say just what was told, or None when it begins otherwise."""
    wanted = _visible(told)
    seen = ""
    for at, piece in enumerate(course):
        if seen == wanted:
            return at
        seen += "".join(piece.text.split())
        if not wanted.startswith(seen):
            return None
    return None


def _words(line: Line) -> int:
    return sum(any(char.isalnum() for char in word) for word in line.text.split())


def _visible(pieces: Sequence[Piece]) -> str:
    return "".join("".join(piece.text.split()) for piece in pieces)


def _after_words(course: Sequence[Piece], words: int) -> int:
    """Return how many pieces of a course hold so many words."""
    for at, piece in enumerate(course):
        if not words:
            return at
        words -= piece.weight > 0
    return len(course)


def _next_word(course: Sequence[Piece], at: int) -> tuple[int, Line]:
    """Return where the next word of a course stands, and what stands before the first word of its line."""
    while at < len(course) and course[at].text.isspace():
        at += 1
    first = next((i + 1 for i in reversed(range(at)) if course[i] is LINE_END), 0)
    before = course[first : first + 1] if first < at else []
    return at, Line(tuple(piece for piece in before if piece.text.isspace()))
