"""Show panels, and scroll them, until the reader closes them or chooses a place; then the screen is as it was."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from retell.terminal.input.keys import BINDINGS, HINT, PANELS, Ask
from retell.terminal.layout.frame import GAP, MEASURE, WIDEST_ROW
from retell.terminal.layout.lines import BLANK
from retell.terminal.show.composition import LOW
from retell.terminal.show.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.terminal.input.keys import Keyboard
    from retell.terminal.layout.lines import Line
    from retell.terminal.show.footer import Part
    from retell.terminal.show.screen import Screen

    Draw = Callable[[Ask, int, int], list[Line]]
    """Draws a panel for a width in columns, some paragraphs on."""

TO_CLOSE = frozenset({Ask.STOP, Ask.CLOSE})
FROM_THE_END = frozenset({Ask.HISTORY})  # what was told last is looked for first
WALKED: dict[Ask, dict[Ask, int]] = {Ask.SOURCES: {Ask.NEXT: 1, Ask.NAMES: 1, Ask.PREVIOUS: -1}}
"""How far a wish leads in a panel, in paragraphs."""
BLOCKS = {Ask.HISTORY: sys.maxsize, Ask.TIMELINE: WIDEST_ROW, Ask.MAP: WIDEST_ROW}
"""How many columns a panel takes that is wider than a text; what was told has the whole window."""
IN_A_PANEL = frozenset({Ask.FIND, Ask.CONTENTS})  # what has another meaning there
ELSEWHERE = frozenset({Ask.RESIZED, Ask.SUSPEND, Ask.CONTINUED})
KEY_OF = {binding.ask: binding.shown for binding in BINDINGS}


class Spot(msgspec.Struct, frozen=True):
    """Where the telling stands: the number of the step, those of all that were told so far; what is looked for.

    `walk` is how many paragraphs a reader went on from those that are cited, or back where it is less than 0.
    """

    at: int
    told: tuple[int, ...]
    words: str = ""
    walk: int = 0


class Visit(msgspec.Struct, frozen=True):
    """How a visit to the panels ended: whether the screen behind them is not as it was, and which step was chosen."""

    changed: bool
    target: int | None = None


class Pager:
    """Shows panels on the alternate screen; without one, in the stream."""

    def __init__(self, screen: Screen, keyboard: Keyboard) -> None:
        """Take where to show, and where keys come from."""
        self._screen = screen
        self._keyboard = keyboard
        self._suspended = False
        self._sought = self._number = self._notice = ""

    def show(self, panel: Ask, draw: Draw) -> Visit:
        """Show a panel, drawn for a width, and those that its reader goes to from there."""
        size = self._screen.size
        self._suspended = False
        alternate = self._screen.enter_panel()
        target: int | None = None
        try:
            asked: Ask | int | None = panel
            while isinstance(asked, Ask):
                asked = self._scroll(asked, draw)
            target = asked
        finally:
            self._screen.leave_panel()
        if self._suspended:
            self._screen.go_below()
        elif not alternate:
            self._screen.see()
        return Visit(self._suspended or not alternate or self._screen.size != size, target)

    def _scroll(self, panel: Ask, draw: Draw) -> Ask | int | None:
        """Scroll one panel; return the panel that the reader goes to, the step that they choose, or None."""
        walk = 0
        page = self._lay_out(panel, draw, walk)
        self._number = self._notice = ""
        while True:
            asked = self._ask(panel, page)
            if asked in ELSEWHERE:
                self._come_back(asked)
                page = self._lay_out(panel, draw, walk).like(page)
            elif step := WALKED.get(panel, {}).get(asked, 0):
                beside = self._lay_out(panel, draw, walk + step)
                page, walk = (beside, walk + step) if beside.shown != page.shown else (page, walk)
            elif asked in {panel, *TO_CLOSE, *PANELS} - IN_A_PANEL or asked is panel:
                return asked if asked in PANELS and asked is not panel else None
            elif asked is Ask.FIND:
                page = self._find(page, partial(self._lay_out, panel, draw, walk))
            elif asked is not Ask.GO_ON or not (page.is_choice or page.at_end):
                self._move(page, asked)
            elif not self._keyboard.held:
                return page.choice

    def _ask(self, panel: Ask, page: Page) -> Ask:
        self._screen.draw_panel([*self._top, *page.shown], self._footer(panel, page))
        asked = self._keyboard.read(None) or Ask.UNKNOWN
        self._notice = self._notice if asked is Ask.RESIZED else ""
        return asked

    @property
    def _top(self) -> list[Line]:
        """What stands above a panel, and leaves as much room free below it."""
        return [BLANK] if self._screen.height >= LOW else []

    def _lay_out(self, panel: Ask, draw: Draw, walk: int) -> Page:
        """Draw a panel; in the middle, and in two columns where the window is wide and too low for one."""
        width, rows = self._screen.width, self._screen.height - 1 - 2 * len(self._top)
        left = max(0, (width - BLOCKS.get(panel, MEASURE)) // 2 - 1)
        lines = draw(panel, width - left, walk)
        column = MEASURE + GAP
        if panel in BLOCKS or width < column + MEASURE or len(lines) <= rows:
            return Page(lines, rows, left=left, from_the_end=panel in FROM_THE_END)
        return Page(draw(panel, MEASURE, walk), rows, left=(width - column - MEASURE) // 2, beside=column)

    def _find(self, page: Page, lay_out: Callable[[], Page]) -> Page:
        """Let the reader type what they look for; return the page that has it, laid out anew after a resize."""
        size = self._screen.size

        def show(text: str) -> None:
            nonlocal page, size
            typed: list[Part] = [(0, f"/{text}")]
            if self._screen.size == size:
                self._screen.mark_panel(typed)
                return
            page, size = lay_out().like(page), self._screen.size
            self._screen.draw_panel([*self._top, *page.shown], typed)

        self._sought = self._keyboard.read_line(show) or self._sought
        if self._sought and not page.find(self._sought):
            self._notice = f"no “{self._sought}” here"
        return page

    def _move(self, page: Page, asked: Ask) -> None:
        if asked is Ask.DIGIT:
            self._number += self._keyboard.digit
            page.choose(self._number)
        elif asked is not Ask.REDRAW and not page.move(asked):
            self._notice = HINT

    def _footer(self, panel: Ask, page: Page) -> list[Part]:
        return [
            (0, self._notice),
            (2, f"{KEY_OF[panel]}: {panel.value}"),
            (5, page.place),
            (1, "Enter: go there" if page.is_choice else "Space: close" if page.at_end else "Space: more"),
            (4, "↑ ↓" if page.is_choice or page.place else ""),
            (6, "←/→: other paragraphs" if panel in WALKED else ""),
            (3, "q: close" if page.is_choice or not page.at_end else ""),
        ]

    def _come_back(self, asked: Ask | None) -> None:
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
