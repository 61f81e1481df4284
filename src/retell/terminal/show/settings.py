"""Change how a story is told while it is told: the pace, whether in time, whether it goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.terminal.input.keys import Ask

if TYPE_CHECKING:
    from retell.terminal.show.pace import Pace


class Settings:
    """The pace, and whether the telling goes on by itself."""

    def __init__(self, pace: Pace, *, auto: bool) -> None:
        """Start with these."""
        self.pace = pace
        self.auto = auto
        self._in_time = pace.words_a_minute or pace.own

    def change(self, asked: Ask) -> str:
        """Change what is asked for; return what to say of it, or nothing where it is no setting."""
        if asked is Ask.AUTO:
            self.auto = not self.auto
            return f"auto {'on' if self.auto else 'off'}"
        if asked is Ask.FASTER:
            self.pace = self.pace.faster()
        elif asked is Ask.SLOWER:
            self.pace = self.pace.slower()
        elif asked is Ask.MOTION:
            self._in_time = self.pace.words_a_minute or self._in_time
            self.pace = self.pace._replace(words_a_minute=None if self.pace.words_a_minute else self._in_time)
        else:
            return ""
        return f"pace: {self.pace}"
