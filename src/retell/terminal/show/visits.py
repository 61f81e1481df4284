"""Let a reader visit panels from a place in the telling; what shows them is imported when the first is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.terminal.input.keys import Ask

if TYPE_CHECKING:
    from retell.terminal.show.pager import Pager, Visit
    from retell.terminal.show.stage import Stage


class Visits:
    """Opens panels for what was told so far."""

    def __init__(self, stage: Stage) -> None:
        """Take where to show them, where keys come from, and what draws them."""
        self._stage = stage
        self._pager: Pager | None = None

    def begin(self, panel: Ask, at: int, told: tuple[int, ...]) -> Visit | None:
        """Show panels, as at a step and with those that were told; None where the reader thinks better of it."""
        from retell.terminal.show.pager import Pager, Spot  # noqa: PLC0415 - when the first panel is opened

        screen, keyboard, draw = self._stage.screen, self._stage.keyboard, self._stage.panel
        words = ""
        if panel is Ask.FIND:
            words = keyboard.read_line(lambda text: screen.mark([(0, f"find: {text}")]))
            if not words:
                return None
        self._pager = self._pager or Pager(screen, keyboard)
        return self._pager.show(panel, lambda ask, width, walk: draw(ask, Spot(at, told, words, walk), width))
