"""A terminal emulator: pyte's, with the alternate screen of xterm (DECSET 1049), which pyte leaves out."""

from __future__ import annotations

from typing import Any

import pyte

ALTERNATE = 1049


class _Scrolling(pyte.Screen):
    """A screen that keeps the lines that scroll away; pyte's own with a history is slow."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.gone: list[str] = []

    def set_margins(self, top: int | None = None, bottom: int | None = None, private: bool = False) -> None:
        """Set the rows that scroll, unless it is modes that are restored (xterm's XTRESTORE), which pyte lacks."""
        if not private:
            super().set_margins(top, bottom)

    def index(self) -> None:
        if self.cursor.y == self.lines - 1:
            row = self.buffer[0]
            self.gone.append("".join(row[x].data for x in range(self.columns)))
        super().index()


class Emulator:
    """A screen of so many columns and rows that reads what a program writes."""

    def __init__(self, columns: int, rows: int) -> None:
        self.main = _Scrolling(columns, rows)
        self._other: pyte.Screen | None = None
        self._stream = pyte.Stream(self.main)
        self._rest = ""

    @property
    def screen(self) -> Any:
        """Give the screen that is seen: the main one, or the alternate one."""
        return self._other or self.main

    @property
    def alternate(self) -> bool:
        return self._other is not None

    @property
    def cursor(self) -> Any:
        return self.screen.cursor

    @property
    def display(self) -> list[str]:
        return list(self.screen.display)

    @property
    def told(self) -> list[str]:
        """Give all lines of the main screen, those that have scrolled away first."""
        return [line.rstrip() for line in (*self.main.gone, *self.main.display)]

    def feed(self, text: str) -> None:
        enter, leave = f"\x1b[?{ALTERNATE}h", f"\x1b[?{ALTERNATE}l"
        text = self._rest + text
        while True:
            wanted = leave if self.alternate else enter
            before, found, after = text.partition(wanted)
            if not found:
                break
            self._stream.feed(before)
            self._other = None if self.alternate else _Scrolling(self.main.columns, self.main.lines)
            self._stream = pyte.Stream(self.screen)
            text = after
        keep = max((size for size in range(1, len(wanted)) if text.endswith(wanted[:size])), default=0)
        self._rest = text[len(text) - keep :]
        self._stream.feed(text[: len(text) - keep])

    def resize(self, columns: int, rows: int) -> None:
        for screen in filter(None, (self.main, self._other)):
            _resize(screen, columns, rows)

    def state(self) -> tuple[Any, ...]:
        """Give all that is seen: characters, styles, and where the cursor is."""
        screen = self.screen
        cells = [[row[x] for x in range(screen.columns)] for row in (screen.buffer[y] for y in range(screen.lines))]
        return cells, self.cursor.x, self.cursor.y, self.alternate


def _resize(screen: Any, columns: int, rows: int) -> None:
    """Keep the cursor's line, as terminals do: pyte's own way may leave the cursor below the screen."""
    hidden = max(0, screen.cursor.y - rows + 1)
    y = screen.cursor.y - hidden
    screen.cursor.y = screen.lines - 1
    for _ in range(hidden):
        screen.index()
    for row in range(rows, screen.lines):
        screen.buffer.pop(row, None)
    for line in screen.buffer.values():
        for x in range(columns, screen.columns):
            line.pop(x, None)
    screen.lines, screen.columns, screen.margins = rows, columns, None
    screen.cursor.x, screen.cursor.y = min(screen.cursor.x, columns - 1), y
