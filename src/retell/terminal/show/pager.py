"""Show panels, and scroll them, until the reader closes them or chooses a place; then the screen is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.terminal.input.keys import BINDINGS, PANELS, Ask
from retell.terminal.layout.lines import Line, Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.terminal.input.keys import Keyboard
    from retell.terminal.show.footer import Part
    from retell.terminal.show.screen import Screen

    Draw = Callable[[Ask, int, int], list[Line]]
    """Draws a panel for a width in columns, some paragraphs on."""

TO_CLOSE = frozenset({Ask.STOP, Ask.CLOSE})
FROM_THE_END = frozenset({Ask.HISTORY})  # what was told last is looked for first
WALKED: dict[Ask, dict[Ask, int]] = {Ask.SOURCES: {Ask.NEXT: 1, Ask.NAMES: 1, Ask.PREVIOUS: -1}}
"""How far a wish leads in a panel, in paragraphs."""
KEY_OF = {binding.ask: binding.shown for binding in BINDINGS}
CHOSEN = "▶"


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
        self._sought = ""
        self._number = ""

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
        if self._screen.size != size or self._suspended:
            self._screen.go_below()
            return Visit(True, target)
        if not alternate:
            self._screen.see()
        return Visit(not alternate, target)

    def _scroll(self, panel: Ask, draw: Draw) -> Ask | int | None:
        """Scroll one panel; return the panel that the reader goes to, the step that they choose, or None."""
        walk = 0
        lines = draw(panel, self._screen.width, walk)
        page = Page(lines, self._screen.height - 1, from_the_end=panel in FROM_THE_END)
        self._number = ""
        while True:
            self._screen.draw_panel(page.shown, page.footer(panel))
            asked = self._keyboard.read(None)
            if asked in (Ask.RESIZED, Ask.SUSPEND, Ask.CONTINUED):
                self._come_back(asked)
                lines = draw(panel, self._screen.width, walk)
                page = page.again(lines, self._screen.height - 1)
            elif step := WALKED.get(panel, {}).get(asked or Ask.UNKNOWN, 0):
                beside = draw(panel, self._screen.width, walk + step)
                if beside != lines:
                    lines, walk = beside, walk + step
                    page = Page(lines, self._screen.height - 1)
            elif asked in TO_CLOSE or asked is panel:
                return None
            elif asked in PANELS - {Ask.FIND, Ask.CONTENTS}:
                return asked
            elif asked is Ask.GO_ON and (page.is_choice or page.at_end):
                return page.choice
            else:
                self._move(page, asked)

    def _move(self, page: Page, asked: Ask | None) -> None:
        if asked is Ask.FIND:
            typed = self._keyboard.read_line(lambda text: self._screen.mark_panel([(0, f"/{text}")]))
            self._sought = typed or self._sought
            page.find(self._sought)
        elif asked is Ask.DIGIT:
            self._number += self._keyboard.digit
            page.choose(self._number)
        else:
            page.move(asked)

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


class Page:
    """The lines of a panel, and which of them the window shows; where they lead somewhere, which is chosen."""

    def __init__(self, lines: list[Line], rows: int, *, from_the_end: bool = False) -> None:
        """Take the lines and how many rows there are for them."""
        self._lines = _without_end(lines)
        self._rows = max(1, rows)
        self._choices = [i for i, line in enumerate(self._lines) if line.target is not None]
        here = (i for i in self._choices if CHOSEN in self._lines[i].text)
        self._here = next(here, self._choices[0] if self._choices else None)
        self._top = len(self._lines) if from_the_end else 0
        self._keep_in()

    def again(self, lines: list[Line], rows: int) -> Page:
        """Return the page for a window of another size, at about the same place."""
        page = Page(lines, rows)
        page._top = self._top * len(page._lines) // len(self._lines)
        page._keep_in()
        return page

    @property
    def shown(self) -> list[Line]:
        """The lines that the window shows."""
        lines = self._lines[self._top : self._top + self._rows]
        return [_chosen(line) if self._top + i == self._here else line for i, line in enumerate(lines)]

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

    def move(self, asked: Ask | None) -> None:
        """Scroll, or choose another line."""
        if asked in (Ask.UP, Ask.DOWN) and self._here is not None:
            at = self._choices.index(self._here) + (1 if asked is Ask.DOWN else -1)
            self._here = self._choices[max(0, min(at, len(self._choices) - 1))]
        elif asked in (Ask.FIRST, Ask.CONTENTS, Ask.LAST):
            self._top = len(self._lines) if asked is Ask.LAST else 0
            self._here = self._choices[-1 if asked is Ask.LAST else 0] if self._choices else None
        else:
            steps = {Ask.DOWN: 1, Ask.UP: -1, Ask.GO_ON: self._rows, Ask.BACK: -self._rows}
            self._top += steps.get(asked or Ask.UNKNOWN, 0)
        self._keep_in()

    def choose(self, number: str) -> None:
        """Choose the line that begins with a number, where there is one."""
        self._here = next((i for i in self._choices if number in self._lines[i].text.split()[:2]), self._here)
        self._keep_in()

    def find(self, words: str) -> None:
        """Show the next line that has some words, from the first again where there is none further on."""
        sought = words.casefold()
        found = [i for i, line in enumerate(self._lines) if sought and sought in line.text.casefold()]
        self._top = next((i for i in found if i > self._top), found[0] if found else self._top)
        self._keep_in()

    def footer(self, panel: Ask) -> list[Part]:
        """Return what stands beneath."""
        length, more = len(self._lines), len(self._lines) > self._rows
        return [
            (2, f"{KEY_OF[panel]}: {panel.value}"),
            (5, f"{self._top + 1}–{min(self._top + self._rows, length)} of {length}" if more else ""),
            (1, "Enter: go there" if self.is_choice else "Space: close" if self.at_end else "Space: more"),
            (4, "↑ ↓" if self.is_choice or more else ""),
            (6, "←/→: beside it" if panel in WALKED else ""),
            (3, "q: close" if self.is_choice or not self.at_end else ""),
        ]

    def _keep_in(self) -> None:
        if self._here is not None:
            self._top = min(max(self._top, self._here - self._rows + 1), self._here)
        self._top = max(0, min(self._top, len(self._lines) - self._rows))


def _without_end(lines: list[Line]) -> list[Line]:
    while lines and not lines[-1].pieces:
        lines = lines[:-1]
    return lines or [Line()]


def _chosen(line: Line) -> Line:
    """Mark the line that is chosen, in the columns that stand free before it."""
    text = line.text.lstrip(f" {CHOSEN}")
    indent = max(2, len(line.text) - len(text))
    return Line((Piece(f"{CHOSEN:<{indent}}{text}", "title"),), line.target)
