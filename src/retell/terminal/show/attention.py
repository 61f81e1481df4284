"""Attend to what a reader asks for where the telling stands: panels, settings, places; and say what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.script.steps import PhaseStep, SceneStep
from retell.terminal.input.keys import HINT, PANELS, Ask
from retell.terminal.show import footer
from retell.terminal.show.course import Course
from retell.terminal.show.stage import Stopped
from retell.terminal.show.timing import Remaining
from retell.terminal.show.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.script.steps import Step
    from retell.terminal.show.pager import Pager, Visit
    from retell.terminal.show.route import Route
    from retell.terminal.show.settings import Settings
    from retell.terminal.show.stage import Stage, Standing


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


class Attention:
    """Attends to a reader, on the spot; `course` is where they go next, `waiting` waits for them."""

    def __init__(self, stage: Stage, steps: Sequence[Step], route: Route, settings: Settings, here: Standing) -> None:
        """Take what is around the show, what is told, the ways in it, how it is told, and where it stands."""
        self._stage = stage
        self._route = route
        self._settings = settings
        self._here = here
        self._remaining = Remaining(steps)
        self._visits = Visits(stage)
        self.course = Course(route)
        self.waiting = Waiting(stage, settings)

    def attend(self, asked: Ask) -> bool:
        """Do what the reader asks for; True when the screen is not as it was. Raises Stopped."""
        if asked is Ask.STOP and self._stage.keyboard.again:  # the key that has closed a panel is still held down
            self._announce(HINT)
            return False
        if asked is Ask.STOP:
            raise Stopped
        if asked in (Ask.CONTENTS, Ask.LAST) and (said := self.course.choose_number()) is not None:
            self._announce(said)
            return False
        if asked in PANELS:
            return self._visit(asked)
        if asked is Ask.SUSPEND:
            self._stage.screen.leave()
            self._stage.keyboard.suspend()
            return True
        if asked is Ask.CONTINUED:
            self._stage.screen.begin_afresh()
            return True
        self._switch(asked)
        return False

    def beneath(self) -> list[footer.Part]:
        """Return what stands beneath the text."""
        here = self._here
        scene, phase = self._route.last(SceneStep, here.at), self._route.last(PhaseStep, here.at)
        left = self._remaining.minutes(here.at + 1, here.part.end if here.part else None, self._settings.pace)
        place = footer.place(scene, phase, left)
        if not self._stage.has_keys:
            return place
        first, *keys = footer.keys(asks=self._route.asks(here.at))
        manner = footer.manner(self._settings.pace, auto=self._settings.auto)
        return [footer.AT_ONCE if here.telling else first, *keys, *place, *manner]

    def _visit(self, panel: Ask) -> bool:
        """Show panels; True when the screen is not as it was."""
        visit = self._visits.begin(panel, self._here.at, tuple(sorted(self._here.told)))
        self.course.chosen = visit.target if visit else None
        return visit is not None and visit.changed

    def _switch(self, asked: Ask) -> None:
        """Change a setting, or take a digit, and say so; a key that does nothing is answered by one hint."""
        if asked is Ask.DIGIT:
            self._announce(self.course.type_digit(self._stage.keyboard.digit))
            return
        self.course.forget_number()
        place = self._stage.name(self._here.at) if asked is Ask.PLACE else ""
        self._announce(place or self._settings.change(asked) or HINT)

    def _announce(self, notice: str) -> None:
        """Show something in the footer, now and at the next wait."""
        self.waiting.notice = notice
        if self._here.telling:
            self._stage.screen.mark([(0, notice), *self.beneath()])
