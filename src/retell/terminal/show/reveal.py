"""Reveal the lines of a step on the screen, in time with a pace: by phrases, by words, or all of them at once.

What stands between two breaths comes at once and rests for its words. Accounts that stand side by side are told one
after the other. The lines are laid out, and room is made for them, before the first word appears.
"""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Protocol

import msgspec
from rich.cells import cell_len

from retell.terminal.input.keys import Ask
from retell.terminal.layout.lines import Line, Piece, count_paced, weigh
from retell.terminal.show.held import Held
from retell.terminal.show.options import PHRASES, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retell.terminal.input.keys import Keyboard
    from retell.terminal.show.footer import Part
    from retell.terminal.show.pace import Pace
    from retell.terminal.show.screen import Screen


class Clock(Protocol):
    """What time it is."""

    def now(self) -> float:
        """Return the time in seconds."""


class Host(Protocol):
    """Who deals with what the reader asks for while a text is revealed."""

    @property
    def pace(self) -> Pace:
        """The pace now."""

    @property
    def leaves(self) -> bool:
        """Whether the reader goes elsewhere, and the rest of a text is not told."""

    def beneath(self) -> Sequence[Part]:
        """Return what stands beneath a text that is being told."""

    def attend(self, asked: Ask) -> bool:
        """Do what the reader asks for; return whether the screen changed, so that the text must be laid out again."""

    def turn(self, unread: int) -> Ask:
        """Wait at a full window, in which a number of words have come at once; return what the reader asks for."""


class Placed(msgspec.Struct, frozen=True):
    """A piece and where it stands in its text: row and column, both 0-based."""

    row: int
    column: int
    piece: Piece


class Reveal:
    """Reveals the text of a step."""

    def __init__(self, screen: Screen, keyboard: Keyboard, clock: Clock, host: Host, way: str = PHRASES) -> None:
        """Take where to show, where keys come from, the time, who attends to the reader, and how much comes at once."""
        self._screen = screen
        self._keyboard = keyboard
        self._clock = clock
        self._host = host
        self._way = way
        self._hurried: Ask | None = None
        self._due = 0.0  # until when what was told before a resize rests
        self._stale = False  # the window does not hold what it should
        self.held = Held(screen)

    def tell(self, lay_out: Callable[[], list[Line]], *, at_once: bool = False) -> Ask | None:
        """Reveal what is laid out, or show it `at_once`, and stop before a line would leave the window unseen.

        Returns the wish that made it come at once, if it was hurried, or None; after any wish but GO_ON at a stop the
        rest is left out.
        """
        self._begin(lay_out)
        while self._row < len(self._lines) and self._hurried not in LEAVING:
            rest = self._lines[self._row :]
            fitting = self._screen.fitting(rest)
            if not fitting:
                if not any(line.pieces for line in rest):
                    self._screen.owe(len(rest))
                    break
                if not self._stop():
                    break
            elif at_once or self._hurried or not self._host.pace.words_a_minute:
                self._show(fitting)
            else:
                self._tell(fitting)
        return self._hurried

    @property
    def unread(self) -> int:
        """How many words came at once since the reader last had time to look."""
        told = sum(map(_count_words, self._lines[self._since : self._row]))
        return told - (0 if self._hurried else self._timed)

    def wait(self, seconds: float) -> Ask | None:
        """Wait, unless the reader asks for what comes next; return what they asked for that must wait until then."""
        self._hurried = None
        until = self._clock.now() + seconds
        while not self._hurried and self._clock.now() < until:
            self._rest(until)
            if self._stale and self.held.is_outdated:
                self.held.redraw()
            self._stale = False
        return self._hurried

    def _begin(self, lay_out: Callable[[], list[Line]]) -> None:
        self._hurried, self._stale, self._due = None, False, 0.0
        self._lay_out = lay_out
        self._lay()
        self._row = self._since = self._known = self._timed = 0
        self._breath = self._before[-1] / (weigh(self._lines) or 1)

    def _lay(self) -> None:
        """Lay the text out; of each line it is known how many words stand before it."""
        self._lines = self.held.add(self._lay_out)
        self._before = [0, *accumulate(count_paced([line]) for line in self._lines)]

    def _show(self, lines: Sequence[Line]) -> None:
        self._screen.show(lines)
        self._row += len(lines)

    def _tell(self, lines: Sequence[Line]) -> None:
        """Tell lines for which the window has room, in time."""
        told = self._before[self._row]
        size = self._screen.size
        self._screen.make_room(len(lines), self._host.beneath())
        due, self._due = max(self._clock.now(), self._due), 0.0
        for phrase in _phrases(lines, self._way):
            for placed in phrase:
                self._screen.place(placed.row, placed.column, placed.piece)
            words = sum(placed.piece.weight > 0 for placed in phrase)
            told += words
            if self._hurried or told <= self._known:
                continue
            self._timed += words
            weight = sum(placed.piece.weight for placed in phrase)
            due, changed = self._rest(due + weight * self._host.pace.seconds(self._breath))
            while self._stale and not changed:
                changed = not self._still_fits(lines, size)
                due, changed = (due, True) if changed else self._rest(due)
            if self._hurried in LEAVING:
                self._screen.break_line()
                return
            if changed:
                self._again(told)
                self._due = due
                return
        self._screen.end_block()
        self._row += len(lines)

    def _still_fits(self, lines: Sequence[Line], size: tuple[int, int]) -> bool:
        """Return whether lines stand in the window as they did, although its size has changed."""
        columns, rows = self._screen.size
        wide = max(cell_len(line.text) for line in lines)
        self._stale = rows < size[1] or wide > columns or self.held.is_outdated
        return not self._stale

    def _stop(self) -> bool:
        """Let the reader look at a full window; False when they go elsewhere instead of on."""
        while True:
            asked = self._host.turn(self.unread)
            if asked in AFRESH:
                self._stale = True
            elif asked in LEAVING or asked is Ask.GO_ON:
                break
            elif self._host.attend(asked):
                self._row = self._since
                return not self._host.leaves
            elif self._host.leaves:
                asked = Ask.SCENE_ON
                break
        self._hurried = None if asked is Ask.GO_ON else asked
        if self._stale and not self._hurried:
            self._again(self._before[self._row])
        self._since, self._timed = self._row, 0
        return not self._hurried

    def _rest(self, due: float) -> tuple[float, bool]:
        """Wait until a moment; return it, later by what the reader did meanwhile, and whether all has changed."""
        changed = False
        while not (self._hurried or changed or self._stale) and (left := due - self._clock.now()) > 0:
            asked = self._keyboard.read(left)
            if asked in LEAVING or asked in FORWARD:
                self._hurried = None if self._keyboard.held else asked
            elif asked in AFRESH:
                self._stale, changed = True, asked is Ask.REDRAW
            elif asked:
                begun = self._clock.now()
                changed = self._host.attend(asked)
                self._stale = self.held.is_resized
                self._hurried = Ask.SCENE_ON if self._host.leaves else None
                due = max(due, begun) + self._clock.now() - begun  # the program itself may have stood still
        return due, changed

    def _again(self, words: int) -> None:
        """Lay the text out again and tell it from its beginning; what is known comes at once."""
        self.held.drop()
        if self._stale:
            self.held.redraw(self._row + self._screen.block)
        else:
            self._screen.break_line()
        self._stale = False
        self._lay()
        self._known = words
        self._row = self._since = self._timed = 0


FORWARD = frozenset({Ask.GO_ON, Ask.DOWN, Ask.PAGE_DOWN, Ask.NEXT})
BACKWARD = frozenset({Ask.BACK, Ask.UP, Ask.PAGE_UP, Ask.PREVIOUS})
AFRESH = frozenset({Ask.RESIZED, Ask.REDRAW})
LEAVING = BACKWARD | {Ask.SCENE_BACK, Ask.SCENE_ON, Ask.RESTART}
"""What leads away from a text: the rest of it is not told."""


def _phrases(lines: Sequence[Line], way: str) -> Iterator[list[Placed]]:
    """Yield what comes at once, in the order of reading: accounts side by side one after the other."""
    phrase: list[Placed] = []
    for placed in _in_order(lines):
        phrase.append(placed)
        weight = placed.piece.weight
        if weight and (way == WORDS or (way == PHRASES and weight > 1)):
            yield phrase
            phrase = []
    if phrase:
        yield phrase


def _in_order(lines: Sequence[Line]) -> Iterator[Placed]:
    """Yield the pieces of lines in the order of reading; the indents are there already."""
    rows = enumerate(lines)
    for beside, group in groupby(rows, key=lambda row: any(piece.turn for piece in row[1].pieces)):
        placed = [each for row, line in group for each in _placed(row, line)]
        yield from sorted(placed, key=lambda each: each.piece.turn) if beside else placed


def _placed(row: int, line: Line) -> Iterator[Placed]:
    column = 0
    for piece in line.pieces:
        if column or not piece.text.isspace():
            yield Placed(row, column, piece)
        column += cell_len(piece.text)


def _count_words(line: Line) -> int:
    return sum(any(char.isalnum() for char in word) for word in line.text.split())
