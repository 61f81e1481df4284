"""Wait at a footer for what the reader asks; in auto mode they need not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.terminal.input.keys import Ask
from retell.terminal.show.reveal import FORWARD, LEAVING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.terminal.show.footer import Part
    from retell.terminal.show.settings import Settings
    from retell.terminal.show.stage import Stage

ONCE = LEAVING | FORWARD  # what a key that is held down does not do again


class Waiting:
    """Waits for the reader; `notice` is said in the next footer, once."""

    def __init__(self, stage: Stage, settings: Settings) -> None:
        """Take where to show, where keys come from, and whether the telling goes on by itself."""
        self._stage = stage
        self._settings = settings
        self.notice = ""

    def listen(self, parts: Sequence[Part], rest: float | None = None) -> Ask:
        """Show a footer until the reader asks for something, in auto mode for a rest in seconds at most."""
        self._stage.screen.mark([(0, self.notice), *parts])
        self.notice = ""
        self._stage.screen.take_theme(self._stage.keyboard.read_theme)
        now = self._stage.clock.now
        until = now() + rest if self._settings.auto and rest is not None else None
        try:
            while True:
                left = None if until is None else until - now()
                if left is not None and left <= 0:
                    return Ask.GO_ON
                asked = self._stage.keyboard.read(left)
                if asked and not (self._stage.keyboard.held and asked in ONCE):
                    return asked
        finally:
            self._stage.screen.unmark()
            self._stage.screen.see()
