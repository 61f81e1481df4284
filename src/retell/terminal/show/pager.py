"""Show a panel page by page until the reader closes it; then the screen is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.terminal.input.keys import BINDINGS, Ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.terminal.input.keys import Keyboard
    from retell.terminal.layout.lines import Line
    from retell.terminal.show.footer import Part
    from retell.terminal.show.screen import Screen

TO_CLOSE = frozenset({Ask.STOP, Ask.CLOSE})
WALKED: dict[Ask, dict[Ask, int]] = {Ask.SOURCES: {Ask.NEXT: 1, Ask.NAMES: 1, Ask.PREVIOUS: -1}}
"""How far a wish leads in a panel, in paragraphs."""
FROM_THE_END = frozenset({Ask.HISTORY})  # what was told last is looked for first
KEY_OF = {binding.ask: binding.shown for binding in BINDINGS}


class Spot(msgspec.Struct, frozen=True):
    """Where the telling stands: the number of the step, and how many steps were told so far.

    `walk` is how many paragraphs a reader went on from those that are cited, or back where it is less than 0.
    """

    at: int
    told: int
    walk: int = 0


class Pager:
    """Shows panels on the alternate screen; without one, in the stream."""

    def __init__(self, screen: Screen, keyboard: Keyboard) -> None:
        """Take where to show, and where keys come from."""
        self._screen = screen
        self._keyboard = keyboard
        self._suspended = False

    def show(self, panel: Ask, draw: Callable[[int, int], list[Line]]) -> bool:
        """Show a panel, drawn for a width and so many paragraphs on; True when the screen behind it has changed."""
        size = self._screen.size
        self._suspended = False
        alternate = self._screen.enter_panel()
        try:
            self._turn_pages(panel, draw)
        finally:
            self._screen.leave_panel()
        if self._screen.size != size or self._suspended:
            self._screen.go_below()
            return True
        if not alternate:
            self._screen.see()
        return not alternate

    def _turn_pages(self, panel: Ask, draw: Callable[[int, int], list[Line]]) -> None:
        """Show page after page, laid out anew whenever the window changes."""
        share = 1.0 if panel in FROM_THE_END else 0.0
        walk = 0
        while True:
            lines = draw(self._screen.width, walk)
            pages = self._pages(lines)
            number = min(int(share * len(pages)), len(pages) - 1)
            while True:
                self._screen.draw_panel(pages[number], _footer(panel, number, len(pages)))
                asked = self._keyboard.read(None)
                if asked in (Ask.RESIZED, Ask.SUSPEND, Ask.CONTINUED):
                    share = number / len(pages)
                    self._come_back(asked)
                    break
                if asked and (step := WALKED.get(panel, {}).get(asked, 0)):
                    if draw(self._screen.width, walk + step) != lines:
                        walk, share = walk + step, 0.0
                        break
                    continue
                if asked in TO_CLOSE or asked is panel or (asked is Ask.GO_ON and number == len(pages) - 1):
                    return
                number += (asked is Ask.GO_ON) - (asked is Ask.BACK and number > 0)

    def _pages(self, lines: list[Line]) -> list[list[Line]]:
        rows = max(1, self._screen.height - 1)
        while lines and not lines[-1].pieces:
            lines = lines[:-1]
        return [lines[start : start + rows] for start in range(0, len(lines), rows)] or [[]]

    def _come_back(self, asked: Ask) -> None:
        """Enter the panel again after the reader was elsewhere."""
        if asked is Ask.RESIZED:
            return
        self._suspended = True
        self._screen.leave_panel()
        if asked is Ask.SUSPEND:
            self._screen.break_line()
            self._keyboard.suspend()
        else:
            self._screen.begin_afresh()
        self._screen.enter_panel()


def _footer(panel: Ask, number: int, of: int) -> list[Part]:
    last = number == of - 1
    return [
        (2, f"{KEY_OF[panel]}: {panel.value}"),
        (5, f"page {number + 1} of {of}" if of > 1 else ""),
        (1, "Space: close" if last else "Space: more"),
        (4, "b: before" if number else ""),
        (3, "q: close" if not last else ""),
        (6, "←/→: beside it" if panel in WALKED else ""),
    ]
