"""Play steps on a screen, in time and as the reader asks.

Time passes only by waiting for keys, so a fake keyboard with a fake clock plays a whole story at once.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

import msgspec
from rich.cells import cell_len

from retell.script.steps import PauseStep, PhaseStep, SceneStep, Step
from retell.terminal.input.keys import PANELS, Ask
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK
from retell.terminal.layout.steps import draw
from retell.terminal.show import footer
from retell.terminal.show.pace import SCENE_BREATH, Pace
from retell.terminal.show.pager import Pager, Spot
from retell.terminal.show.reveal import Clock, Reveal
from retell.terminal.show.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from retell.terminal.input.keys import Keyboard
    from retell.terminal.layout.lines import Line

S = TypeVar("S", PhaseStep, SceneStep)
HEADINGS = (PhaseStep, SceneStep)
THE_BEGINNING = "this is the beginning"
AT_REST = 0.2  # seconds in which a window keeps its size that is no longer being drawn larger or smaller


class Stopped(Exception):  # noqa: N818 - the reader's wish, not an error
    """The reader asked to stop."""


class Stage(msgspec.Struct, frozen=True):
    """What a show needs around it: a screen, a keyboard, a clock, what draws panels, and what keeps the place.

    A panel is drawn for what is asked, where the telling stands and a width in columns; the place is the number of a
    step, and comes with the pace.
    """

    screen: Screen
    keyboard: Keyboard
    clock: Clock
    panel: Callable[[Ask, Spot, int], list[Line]]
    keep: Callable[[int, Pace], None]


class Player:
    """Plays steps: reveals each at the pace, waits for the reader, does what they ask, and says where the story is."""

    def __init__(self, stage: Stage, steps: Sequence[Step], pace: Pace, *, auto: bool = False) -> None:
        """Take what is around the show, what is told, how fast, and whether it goes on by itself."""
        self.pace = pace
        self.auto = auto
        self._stage = stage
        self._screen = stage.screen
        self._steps = steps
        self._at = self._told = 0
        self._notice = ""
        self._opening: Sequence[footer.Part] = ()
        self._offered: Collection[Ask] = ()
        self._reveal = Reveal(stage.screen, stage.keyboard, stage.clock, self)
        self._pager = Pager(stage.screen, stage.keyboard)
        words = (step.words for step in reversed(steps))
        self._words_left = [*reversed(list(accumulate(words))), 0]

    def open(self, lines: list[Line], parts: Sequence[footer.Part], offered: Collection[Ask]) -> Ask:
        """Show a title page and wait there for one of these offered; raises Stopped when the reader stops instead."""
        self._opening, self._offered = parts, offered
        asked = self._reveal.tell(lambda: lines, at_once=True)
        self._opening, self._offered = (), ()
        while asked is None or asked not in offered:
            if asked:
                self.attend(asked)
            asked = self._listen(parts)
        return asked

    def play(self, start: int = 0) -> bool:
        """Play from a step on; returns False when the reader stopped before the end."""
        self._at = self._told = start
        try:
            scene = self._last(SceneStep)
            if scene and not isinstance(self._steps[start], HEADINGS):
                self._reveal.tell(lambda: draw(scene, self._screen.width), at_once=True)
            while self._at < len(self._steps):
                self._at = self._tell(self._steps[self._at])
        except Stopped:
            return False
        finally:
            self._stage.keep(self._at, self.pace)
            self._screen.leave()
        return True

    def attend(self, asked: Ask) -> bool:
        """Do what the reader asks for, on the spot; True when the screen is not as it was. Raises Stopped."""
        if asked is Ask.STOP:
            raise Stopped
        if asked in PANELS:
            at, told = self._at, self._told
            return self._pager.show(asked, lambda width, walk: self._stage.panel(asked, Spot(at, told, walk), width))
        if asked is Ask.SUSPEND:
            self._screen.break_line()
            self._stage.keyboard.suspend()
            return True
        if asked is Ask.CONTINUED:
            self._screen.begin_afresh()
            return True
        self._switch(asked)
        return False

    def turn(self, unread: int) -> Ask:
        """Wait at a full window, in auto mode for as long as so many words take; returns what the reader asks for."""
        parts, rest = (self._opening, None) if self._opening else (self._footer(self._at), self.pace.rest(unread))
        while True:
            asked = self._listen([footer.MORE, *parts[1:]], rest)
            if asked is Ask.BACK and self._before(self._at) is None:
                self._notice = THE_BEGINNING
            elif asked is not Ask.RESTART or asked in self._offered:
                return asked

    def _switch(self, asked: Ask) -> None:
        """Change a setting, and say so."""
        if asked is Ask.FASTER:
            self.pace = self.pace.faster()
        elif asked is Ask.SLOWER:
            self.pace = self.pace.slower()
        elif asked is Ask.AUTO:
            self.auto = not self.auto
        else:
            return
        self._notice = f"auto {'on' if self.auto else 'off'}" if asked is Ask.AUTO else f"pace: {self.pace}"
        self._screen.mark([(0, self._notice)])

    def _tell(self, step: Step) -> int:
        """Tell a step and wait for the reader where one does; returns the number of the step that comes next."""
        at, new = self._at, self._at >= self._told
        asked = self._reveal.tell(lambda: draw(step, self._screen.width), at_once=not new)
        self._told = max(self._told, at + 1)
        if step.is_beat and at < len(self._steps) - 1:
            return self._wait(at, self.pace.rest(self._reveal.unread), asked if asked is Ask.BACK else None)
        if new and asked is not Ask.BACK:
            asked = self._reveal.wait(self._silence(step))
        return self._back(at) if asked is Ask.BACK else at + 1

    def _silence(self, step: Step) -> float:
        """Return how long nothing happens after a step that waits for no key, in seconds."""
        if isinstance(step, PauseStep):
            return step.seconds if self.pace.words_a_minute else 0.0
        return self.pace.seconds(SCENE_BREATH) if isinstance(step, SceneStep) else 0.0

    def _wait(self, at: int, rest: float, asked: Ask | None) -> int:
        """Wait at a beat, in auto mode so many seconds; returns the number of the step that comes next."""
        told_in = self._screen.width
        while True:
            asked = asked or self._listen(self._footer(at), rest)
            if asked is Ask.GO_ON:
                return at + 1
            if asked is Ask.BACK and (before := self._back(at)) != at:
                return before
            if asked is Ask.RESIZED:
                asked = self._stage.keyboard.read(AT_REST)
                again = asked is None and self._is_cut(at, told_in)
            else:
                again, asked = self.attend(asked), None
            if again:
                told_in = self._screen.width
                asked = self._reveal.tell(lambda: draw(self._steps[at], self._screen.width), at_once=True)

    def _is_cut(self, at: int, told_in: int) -> bool:
        """Say whether a step that was told in so many columns has lines for which the window is too narrow now."""
        wide = self._screen.width
        return wide < told_in and any(cell_len(line.text) > wide for line in draw(self._steps[at], told_in))

    def _listen(self, parts: Sequence[footer.Part], rest: float | None = None) -> Ask:
        """Show a footer until the reader asks for something; in auto mode they need not, after a rest in seconds."""
        self._screen.mark([(0, self._notice), *parts])
        self._notice = ""
        if rest is not None:
            self._stage.keep(self._at, self.pace)
        until = self._stage.clock.now() + rest if self.auto and rest is not None else None
        try:
            while True:
                left = None if until is None else until - self._stage.clock.now()
                if left is not None and left <= 0:
                    return Ask.GO_ON
                if asked := self._stage.keyboard.read(left):
                    return asked
        finally:
            self._screen.unmark()
            self._screen.see()

    def _back(self, at: int) -> int:
        """Go to the beat before a step, and say so; returns its number, or its own where none is before."""
        before = self._before(at)
        if before is None:
            self._notice = THE_BEGINNING
            return at
        self._at = before
        scene = self._last(SceneStep)
        place = f"scene {scene.place.number}, {scene.title}" if scene else "the beat before"
        self._screen.show([*Frame(self._screen.width).text(f"← back to {place}", "quiet"), BLANK])
        return before

    def _before(self, at: int) -> int | None:
        """Return the number of the beat before a step, or None."""
        return next((i for i in reversed(range(at)) if self._steps[i].is_beat), None)

    def _footer(self, at: int) -> list[footer.Part]:
        left = self._words_left[at + 1]
        return footer.while_waiting(self._last(SceneStep), self._last(PhaseStep), left, self.pace, auto=self.auto)

    def _last(self, kind: type[S]) -> S | None:
        """Return the last step of a kind up to where the telling stands."""
        steps = (self._steps[i] for i in range(min(self._at, len(self._steps) - 1), -1, -1))
        return next((step for step in steps if isinstance(step, kind)), None)
