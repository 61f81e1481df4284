"""Put lines and control sequences on a reader's terminal: what is told stays, what is no part of it goes away.

While a text is revealed, room for it is made first, with the footer beneath: nothing moves under the reader's eye.
Elsewhere the cursor waits in the first column of a footer, so that all of it can be erased, however a resized window
has broken it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.cells import cell_len

from retell.terminal.layout.frame import NOTES_FROM, Frame
from retell.terminal.layout.lines import Piece
from retell.terminal.show import footer
from retell.terminal.show.window import GNU_SCREEN, has_alternate_screen, kind_of, reader_window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO

    from retell.terminal.layout.lines import Line
    from retell.terminal.show.window import Window

# ECMA-48: erase in page (ED), cursor up (CUU), to a column (CHA), to a place (CUP); xterm: the alternate screen
ERASE_BELOW, ERASE_ALL, HOME = "\x1b[J", "\x1b[2J", "\x1b[H"
UP, DOWN, TO_COLUMN, TO_ROW = "\x1b[{}A", "\x1b[{}B", "\x1b[{}G", "\x1b[{};1H"
BACKGROUND = "\x1b]11;?\x1b\\"  # xterm: asks which colour the background has
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
ENTER_ALTERNATE, LEAVE_ALTERNATE = "\x1b[?1049h", "\x1b[?1049l"
# xterm's alternate scroll mode: on the alternate screen the wheel is sent as arrow keys, and the mouse still selects;
# saved before and restored after, for it is the reader's own setting
ENTER_SCROLL, LEAVE_SCROLL = "\x1b[?1007s\x1b[?1007h", "\x1b[?1007r"
# terminals whose terminfo entries have no alternate screen (smcup); they know of no links (OSC 8) either
OLD_KINDS = frozenset({"ansi", "cons25", "linux", "vt52", "vt100", "vt102", "vt220", GNU_SCREEN})


class Screen:
    """A reader's terminal; `leave` gives it back with the cursor on a fresh line."""

    def __init__(
        self,
        window: Window,
        *,
        width: int | None = None,
        kind: str = "",
        has_alternate: Callable[[], bool] = lambda: True,
    ) -> None:
        """Take the window, a width in columns if the reader fixed one, and the terminal's kind, as TERM names it.

        Where a kind like that has an alternate screen, it is asked once whether this terminal `has_alternate`.
        """
        self._window = window
        self._fixed = width
        self._able = None if kind not in OLD_KINDS else False
        self._has_alternate = has_alternate
        self._away = False
        self._block = 0  # rows of the room that was made for a text, while it is being told
        self._row = self._column = 0  # where in it the cursor stands; column -1: behind what was written last
        self._deepest = -1  # the last row of it that has text
        self._marked = self._hidden = False
        self._unseen = 0  # lines since the reader last had time to look
        self._owed = 0
        self._asked = False

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

    def ask_background(self) -> None:
        """Ask the terminal for its background, if no theme was named; `take_theme` reads the answer."""
        if self._able is not False and self._window.themeless:
            self._asked = True
            self._write(BACKGROUND)

    def take_theme(self, answer: Callable[[], str]) -> None:
        """Take the theme that `answer` makes of what the terminal says, if it was asked and has not answered yet."""
        if self._asked:
            self._asked = False
            self._window.wear(answer())

    @property
    def block(self) -> int:
        """The rows of the room that was made for the text that is being told."""
        return self._block

    def fitting(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return those first lines for which there is room; none that is to stand with the next one is the last."""
        room = self.room
        if room >= len(lines):
            return lines
        cut = max(room, 0)
        while cut and lines[cut - 1].kept:
            cut -= 1
        return lines[: cut if cut or self._unseen else room]

    def see(self) -> None:
        """Note that the reader had time to look at all that the window shows."""
        self._unseen = 0

    def owe(self, lines: int) -> None:
        """Leave so many blank lines, for which there is no room, to whatever comes next."""
        self._owed = lines

    def show(self, lines: Sequence[Line]) -> None:
        """Print lines at once, the first where the cursor stands."""
        if lines:
            self.unmark()
            self._pay()
            self._unseen += len(lines)
            self._window.show(lines)

    def turn_page(self) -> bool:
        """Let all that was told go up out of the window, which stays in the scrollback, and begin at the top.

        False where the reader had no time to look at it, and what comes stands under it.
        """
        if self._unseen:
            return False
        self.unmark()
        self._owed = 0
        self._write("\n" * (self.height - 1) + HOME)
        return True

    def clear(self) -> None:
        """Empty the window, for what it held is shown again."""
        self._block = self._unseen = self._owed = 0
        self._marked = False
        self._write(HOME + ERASE_BELOW)

    def make_room(self, rows: int, parts: Sequence[footer.Part]) -> None:
        """Scroll until a text of so many rows has room, show the footer beneath it, and hide the cursor."""
        self.unmark()
        self._pay()
        self._block, self._row, self._deepest, self._column = rows, 0, -1, 0
        self._hidden = True
        self._write(HIDE_CURSOR + "\n" * rows + self._footer(parts) + "\r" + UP.format(rows))
        self._marked = True

    def place(self, row: int, column: int, piece: Piece) -> None:
        """Write a piece at a row and a column of the room that was made (both 0-based)."""
        self._go_to(row, column)
        self._column = -1  # first, for a signal may come in between
        self._deepest = max(self._deepest, row)
        self._write(self._window.style(piece.text, piece.style))
        self._column = column + cell_len(piece.text)

    def end_block(self) -> None:
        """Go to the footer's row, below the room that was made: all of it has been filled."""
        self._go_to(self._block, 0)
        self._unseen += self._block
        self._block = 0

    def break_off(self) -> None:
        """Leave the room that was made where it is not filled: go to the line below the last one that was."""
        if self._block:
            self._go_to(max(self._deepest, 0), 0)
            self._unseen += self._deepest + 1
            self._block, self._marked = 0, False
            self._write("\n" * (self._deepest >= 0) + "\r" + ERASE_BELOW)

    def break_line(self) -> None:
        """Go to a fresh line, if the cursor is not on one."""
        self.break_off()
        self.unmark()

    def mark(self, parts: Sequence[footer.Part]) -> None:
        """Show a footer: below the text that is being told, or where the cursor stands."""
        if self._block:
            row = self._row
            self._go_to(self._block, 0)
            self._write(ERASE_BELOW + self._footer(parts))
            self._go_to(row, 0)
            return
        self.unmark()
        self._marked = self._hidden = True
        self._write(HIDE_CURSOR + self._footer(parts) + "\r")

    def unmark(self) -> None:
        """Take the footer away: it is no part of the story."""
        if self._marked:
            self._marked = False
            self._write("\r" + ERASE_BELOW)

    def enter_panel(self) -> bool:
        """Go to the alternate screen; False where there is none, and what comes stands in the stream."""
        if self._able is None:
            self._able = self._has_alternate()
        if not self._able:
            self.break_line()
            return False
        self._away = True
        self._write(ENTER_ALTERNATE + ENTER_SCROLL + HIDE_CURSOR)
        return True

    def draw_panel(self, lines: Sequence[Line], parts: Sequence[footer.Part]) -> None:
        """Draw the alternate screen anew, with a footer in the last row; without one, go on in the stream."""
        if not self._away:
            self.show(lines)
            self.mark(parts)
            return
        self._write(HOME + ERASE_ALL)
        self._window.show(lines, links=True)
        self.mark_panel(parts)

    def mark_panel(self, parts: Sequence[footer.Part]) -> None:
        """Show another footer beneath a panel."""
        if not self._away:
            self.mark(parts)
            return
        self._write(TO_ROW.format(self.height) + ERASE_BELOW + self._footer(parts))

    def leave_panel(self) -> None:
        """Go back to the screen as it was."""
        if self._away:
            self._write(LEAVE_SCROLL + SHOW_CURSOR * (not self._hidden) + LEAVE_ALTERNATE)
            self._away = False

    def go_below(self) -> None:
        """Go to a fresh line under all that the screen shows, where nothing is known of the cursor any more."""
        self._write(TO_ROW.format(self.height) + "\n")
        self._block = self._unseen = 0
        self._marked = False

    def begin_afresh(self) -> None:
        """Go to a fresh line after others may have written; a footer that still stands there goes away."""
        self._write("\r\n" * bool(self._block) + "\r" + ERASE_BELOW)
        self._block = self._unseen = 0
        self._marked = False

    def leave(self) -> None:
        """Restore the screen; a terminal that has gone away needs nothing."""
        with suppress(OSError):
            self.leave_panel()
            self.break_line()
            self._write(SHOW_CURSOR * self._hidden)
            self._hidden = False

    def _pay(self) -> None:
        owed, self._owed = self._owed, 0
        self._unseen += owed
        self._write("\n" * owed)

    def _footer(self, parts: Sequence[footer.Part]) -> str:
        """Set a footer where the text begins, or further left where the window is narrow."""
        wide = min(self.width, self._window.size[0])
        left = Frame(wide, page=True).margin if wide >= NOTES_FROM else 1
        return self._window.dress([Piece(" " * left + footer.fit(parts, wide - left - 1), "quiet")])

    def _go_to(self, row: int, column: int) -> None:
        """Go to a row and a column of the room that was made."""
        if row != self._row:
            self._write((UP if row < self._row else DOWN).format(abs(row - self._row)))
            self._row = row
        if column != self._column:
            self._write(TO_COLUMN.format(column + 1))
            self._column = column

    def _write(self, sequence: str) -> None:
        if sequence:
            self._window.write(sequence)


def reader_screen(stream: TextIO, environment: Mapping[str, str], width: int | None = None) -> Screen:
    """Return the screen of the terminal that a reader sits at, which has a width in columns if they fixed one."""
    window, kind = reader_window(stream, environment), kind_of(environment)
    return Screen(window, width=width, kind=kind, has_alternate=lambda: has_alternate_screen(environment))
