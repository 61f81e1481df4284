"""Put lines and control sequences on a reader's terminal: what is told stays, what is no part of it goes away.

The cursor waits in the first column of a footer, so that all of it can be erased, however a resized window
has broken it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.cells import cell_len

from retell.terminal.layout.lines import Piece
from retell.terminal.show import footer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.terminal.layout.lines import Line
    from retell.terminal.show.window import Window

# ECMA-48: erase in page (ED), cursor up (CUU), to a column (CHA), to a place (CUP); xterm: the alternate screen
ERASE_BELOW, ERASE_ALL, HOME = "\x1b[J", "\x1b[2J", "\x1b[H"
UP, TO_COLUMN, TO_ROW = "\x1b[A", "\x1b[{}G", "\x1b[{};1H"
ENTER_ALTERNATE, LEAVE_ALTERNATE = "\x1b[?1049h", "\x1b[?1049l"
# terminals whose terminfo entries have no alternate screen (smcup); they know of no links (OSC 8) either
OLD_KINDS = frozenset({"ansi", "cons25", "linux", "vt52", "vt100", "vt102", "vt220"})


class Screen:
    """A reader's terminal; `leave` gives it back with the cursor on a fresh line."""

    def __init__(self, window: Window, *, width: int | None = None, kind: str = "") -> None:
        """Take the window, a width in columns if the reader fixed one, and the terminal's kind, as TERM names it."""
        self._window = window
        self._fixed = width
        self._able = kind not in OLD_KINDS
        self._away = False
        self._column = 0
        self._marked = False
        self._unseen = 0  # lines since the reader last had time to look
        self._owed = 0

    @property
    def width(self) -> int:
        """The columns that lines have now."""
        return self._fixed or self._window.size[0]

    @property
    def height(self) -> int:
        """The rows that the window has now."""
        return self._window.size[1]

    @property
    def size(self) -> tuple[int, int]:
        """The columns and rows now."""
        return self.width, self.height

    @property
    def room(self) -> int:
        """The lines that can come before one would leave the window unseen; the last row is the footer's."""
        room = self.height - 1 - self._unseen - self._owed
        return room if self._unseen else max(1, room)

    def see(self) -> None:
        """Note that the reader had time to look at all that the window shows."""
        self._unseen = 0

    def owe(self, lines: int) -> None:
        """Leave so many blank lines, for which there is no room, to whatever comes next."""
        self._owed = lines

    @property
    def is_line_begun(self) -> bool:
        """Say whether something stands on the cursor's line."""
        return bool(self._column)

    def has_room(self, text: str) -> bool:
        """Say whether a text fits the line on which the cursor stands."""
        return self._column + cell_len(text.rstrip()) <= self.width

    def show(self, lines: Sequence[Line]) -> None:
        """Print lines at once, the first where the cursor stands."""
        if lines:
            self._erase_mark()
            self._pay()
            self._unseen += len(lines)
            self._window.show(lines)
            self._column = 0

    def put(self, piece: Piece) -> None:
        """Print a piece of a line."""
        self._pay()
        self._column += cell_len(piece.text)  # first, for a signal may come in between
        self._write(self._window.dress([piece]))

    def end_line(self) -> None:
        """Go to the next line."""
        self._write("\n")
        self._column = 0
        self._unseen += 1
        self._erase_mark()

    def break_line(self) -> None:
        """Go to a fresh line, if the cursor is not on one."""
        self._erase_mark()
        if self._column:
            self.end_line()

    def mark(self, parts: Sequence[footer.Part]) -> None:
        """Show a footer, or an announcement beneath the line that is being told."""
        self._erase_mark()
        text = Piece(" " + footer.fit(parts, min(self.width, self._window.size[0]) - 2), "quiet")
        self._marked = True
        self._write("\n" * bool(self._column) + self._window.dress([text]))
        self._write("\r" + (UP + TO_COLUMN.format(self._column + 1) if self._column else ""))

    def unmark(self) -> None:
        """Take the footer away: it is no part of the story."""
        self._erase_mark()

    def enter_panel(self) -> bool:
        """Go to the alternate screen; False where there is none, and what comes stands in the stream."""
        if not self._able:
            self.break_line()
            return False
        self._away = True
        self._write(ENTER_ALTERNATE)
        return True

    def draw_panel(self, lines: Sequence[Line], parts: Sequence[footer.Part]) -> None:
        """Draw the alternate screen anew, with a footer in the last row; without one, go on in the stream."""
        if not self._away:
            self.show(lines)
            self.mark(parts)
            return
        self._write(HOME + ERASE_ALL)
        self._window.show(lines, links=True)
        below = Piece(footer.fit(parts, self._window.size[0] - 1), "quiet")
        self._write(TO_ROW.format(self.height) + self._window.dress([below]))

    def leave_panel(self) -> None:
        """Go back to the screen as it was."""
        if self._away:
            self._write(LEAVE_ALTERNATE)
            self._away = False

    def go_below(self) -> None:
        """Go to a fresh line under all that the screen shows, where nothing is known of the cursor any more."""
        self._write(TO_ROW.format(self.height))
        self._write("\n")
        self._column = self._unseen = 0
        self._marked = False

    def begin_afresh(self) -> None:
        """Go to a fresh line after others may have written; a footer that still stands there goes away."""
        self._write("\r\n" * bool(self._column) + "\r" + ERASE_BELOW)
        self._column = self._unseen = 0
        self._marked = False

    def leave(self) -> None:
        """Hand the screen back; a terminal that has gone away needs nothing."""
        with suppress(OSError):
            self.leave_panel()
            self.break_line()

    def _pay(self) -> None:
        owed, self._owed = self._owed, 0
        for _ in range(owed):
            self.end_line()

    def _erase_mark(self) -> None:
        if self._marked:
            self._marked = False
            if self._column:
                self._write("\r\n" + ERASE_BELOW + UP + TO_COLUMN.format(self._column + 1))
            else:
                self._write("\r" + ERASE_BELOW)

    def _write(self, sequence: str) -> None:
        self._window.write(sequence)
