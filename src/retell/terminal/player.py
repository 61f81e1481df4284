"""Stage 9: steps, keys and a clock in, the show on a console out.

Time passes only by waiting for keys, so a fake keyboard with a fake clock plays a whole story at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec
from rich.cells import cell_len
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from retell.steps import PauseStep, SceneStep, SourcesStep, Step
from retell.terminal.keys import Ask
from retell.terminal.lines import Line, Piece, count_paced, weigh
from retell.terminal.page import STYLES, draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from retell.terminal.keys import Keyboard


class Clock(Protocol):
    """What time it is."""

    def now(self) -> float:
        """Give the time in seconds, from any start."""


class Pace(msgspec.Struct, frozen=True):
    """How fast words appear, in words a minute; None is at once."""

    words_a_minute: int | None

    def seconds(self, words: int) -> float:
        """Give the time that so many words take, breaths included."""
        return words * 60 / self.words_a_minute if self.words_a_minute else 0.0


class Stopped(Exception):  # noqa: N818 - the reader's wish, not an error
    """The reader asked to stop."""


def show_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines at once."""
    for line in lines:
        text = Text.assemble(*((piece.text, STYLES[piece.style]) for piece in line.pieces))
        console.print(text, soft_wrap=True, highlight=False)


def tell_at_once(console: Console, steps: Iterable[Step], width: int) -> None:
    """Print the whole telling, one thing under the other, for a file, a pipe or a screen reader."""
    for step in steps:
        show_lines(console, draw(step, width, columns=False))


class Player:
    """Plays steps on a console: reveals each at the pace, waits for the reader, and says where the story is."""

    def __init__(self, console: Console, keyboard: Keyboard, clock: Clock, pace: Pace, width: int | None) -> None:
        """Take where to show, where keys come from, the time, the pace, and a width if the reader fixed one."""
        self._console = console
        self._keyboard = keyboard
        self._clock = clock
        self._pace = pace
        self._width = width

    def play(self, steps: Sequence[Step], words_left: int) -> bool:
        """Play the steps; gives False when the reader stopped before the end. Words left are those of the steps."""
        scene: SceneStep | None = None
        try:
            for i, step in enumerate(steps):
                scene = step if isinstance(step, SceneStep) else scene
                lines = draw(step, self._width or self._console.width)
                self._reveal(lines)
                words_left -= count_paced(lines)
                if isinstance(step, PauseStep):
                    self._wait_silently(step.seconds)
                elif count_paced(lines) and i < len(steps) - 1:
                    self._wait(self._footer(scene, words_left))
        except Stopped:
            return False
        return True

    def wait(self, footer: str) -> bool:
        """Wait for the reader to go on; gives False when they stop instead."""
        try:
            self._wait(footer)
        except Stopped:
            return False
        return True

    def _reveal(self, lines: Sequence[Line]) -> None:
        weight = weigh(lines)
        if not weight or not self._pace.words_a_minute:
            show_lines(self._console, lines)
            return
        unit = self._pace.seconds(count_paced(lines)) / weight
        due = self._clock.now()
        hurried = False
        try:
            for line in lines:
                for piece in line.pieces:
                    self._show(piece)
                    if piece.weight and not hurried:
                        due += piece.weight * unit
                        hurried = self._sleep_until(due)
                self._console.print()
        except BaseException:  # whatever ends the telling, a signal too: what comes next starts on a line of its own
            self._console.print()
            raise

    def _sleep_until(self, due: float) -> bool:
        """Wait until a moment; True when the reader asks to have the rest at once."""
        while (left := due - self._clock.now()) > 0:
            asked = self._keyboard.read(left)
            if asked is Ask.STOP:
                raise Stopped
            if asked is Ask.GO_ON:
                return True
        return False

    def _wait_silently(self, seconds: float) -> None:
        if self._pace.words_a_minute:
            self._sleep_until(self._clock.now() + seconds)

    def _wait(self, footer: str) -> None:
        """Show the footer until the reader goes on, then take it away: it is no part of the story."""
        width = self._width or self._console.width
        try:
            self._console.print(Text(_fit(footer, width - 1), style="dim"), end="", soft_wrap=True, highlight=False)
            while (asked := self._keyboard.read(None)) is not Ask.GO_ON:
                if asked is Ask.STOP:
                    raise Stopped
        finally:
            self._console.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))

    def _show(self, piece: Piece) -> None:
        self._console.print(Text(piece.text, style=STYLES[piece.style]), end="", soft_wrap=True, highlight=False)

    def _footer(self, scene: SceneStep | None, words_left: int) -> str:
        pace = self._pace.words_a_minute
        left = f"{max(1, round(words_left / pace))} min left" if pace else ""
        where = f"scene {scene.place.number} of {scene.of}" if scene else ""
        return " · ".join(filter(None, ("Space: on", "q: stop", where, left)))


def count_told(steps: Iterable[Step]) -> int:
    """Count the words that steps reveal, whatever the width."""
    return sum(count_paced(draw(step, 80)) for step in steps if not isinstance(step, SourcesStep))


def _fit(footer: str, width: int) -> str:
    """Leave out the last parts of a footer until it fits."""
    parts = footer.split(" · ")
    while len(parts) > 1 and cell_len(" · ".join(parts)) > width:
        parts.pop()
    return " · ".join(parts)[: max(width, 0)]
