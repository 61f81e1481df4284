"""Know what the window holds since a page was turned, and show it again where its size has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.terminal.layout.lines import Line
    from retell.terminal.show.screen import Screen


class Text(msgspec.Struct, frozen=True):
    """A text that was told: what lays it out, and the lines in which it was told."""

    lay_out: Callable[[], list[Line]]
    lines: list[Line]


class Held:
    """The texts that the window holds, the last of which may not be told to its end."""

    def __init__(self, screen: Screen) -> None:
        """Take the screen; it holds nothing yet."""
        self._screen = screen
        self._size = screen.size
        self._texts: list[Text] = []

    @property
    def is_resized(self) -> bool:
        """Return whether the window has another size than what it holds was laid out for."""
        return self._screen.size != self._size

    @property
    def is_outdated(self) -> bool:
        """Return whether what was told last would be laid out in other lines now."""
        return self.is_resized and bool(self._texts) and self._texts[-1].lay_out() != self._texts[-1].lines

    def turn_page(self) -> None:
        """Begin at the top of a clean window."""
        if self._screen.turn_page():
            self._texts = []

    def add(self, lay_out: Callable[[], list[Line]]) -> list[Line]:
        """Note that a text is told from now on; return its lines."""
        lines = lay_out()
        self._size = self._screen.size
        self._texts.append(Text(lay_out, lines))
        return lines

    def drop(self) -> None:
        """Forget the last text: it is told again."""
        self._texts.pop()

    def redraw(self, rows: int = 0) -> None:
        """Empty the window and show again what stood in it above its last rows, laid out for its size now."""
        above: list[Text] = []
        while self._texts and rows < self._size[1] - 1:
            above.append(self._texts.pop())
            rows += len(above[-1].lines)
        self._screen.clear()
        for text in reversed(above):
            self._screen.show(self.add(text.lay_out))
        self._size = self._screen.size
        self._screen.see()
