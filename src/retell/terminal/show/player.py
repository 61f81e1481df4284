"""Play steps on a screen, in time and as the reader asks.

Time passes only by waiting for keys, so a fake keyboard with a fake clock plays a whole story at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.script.steps import PhaseStep, SceneStep, SourcesStep
from retell.terminal.input.keys import HINT, PANELS, Ask
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK
from retell.terminal.layout.steps import lay
from retell.terminal.show import footer
from retell.terminal.show.composition import compose, is_cut
from retell.terminal.show.reveal import BACKWARD, FORWARD, LEAVING, Reveal
from retell.terminal.show.route import HEADINGS, Route, named_before
from retell.terminal.show.settings import Settings
from retell.terminal.show.stage import Part, Stage, Stopped
from retell.terminal.show.timing import Remaining, Rests, silence_after
from retell.terminal.show.waiting import Waiting
from retell.terminal.show.ways import PHRASES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retell.script.steps import Step
    from retell.terminal.layout.lines import Line
    from retell.terminal.show.pace import Pace
    from retell.terminal.show.pager import Pager

THE_BEGINNING, THE_END = "this is the beginning", "this is the last scene"
AT_REST = 0.2  # seconds in which a window keeps its size that is no longer being drawn larger or smaller


class Player:
    """Plays steps: reveals each at the pace, waits for the reader, does what they ask, and says where the story is."""

    def __init__(
        self, stage: Stage, steps: Sequence[Step], pace: Pace, *, auto: bool = False, way: str = PHRASES
    ) -> None:
        """Take what is around the show, what is told, how fast, whether it goes on by itself, what comes at once."""
        self._settings = Settings(pace, auto=auto)
        self._stage = stage
        self._screen = stage.screen
        self._steps, self._named = steps, named_before(steps)
        self._route, self._remaining = Route(steps), Remaining(steps)
        self._at = 0
        self._told: set[int] = set()
        self._number = ""
        self._waiting = Waiting(stage, self._settings)
        self._telling = False
        self._rests = Rests()
        self._go_to: int | None = None
        self._part: Part | None = None
        self._opening: Sequence[footer.Part] = ()
        self._offered: Collection[Ask] = ()
        self._reveal = Reveal(stage.screen, stage.keyboard, stage.clock, self, way)
        self._pager: Pager | None = None

    def open(self, lines: list[Line], parts: Sequence[footer.Part], offered: Collection[Ask]) -> Ask | None:
        """Show a title page and wait there for one of these wishes; None when the reader has chosen a place.

        Raises Stopped when the reader stops instead.
        """
        self._opening, self._offered = parts, offered
        asked = self._reveal.tell(lambda: lines, at_once=True)
        self._opening, self._offered = (), ()
        asked = self._stay(parts, {*offered, *FORWARD}, asked)
        return Ask.GO_ON if asked in FORWARD else asked

    def _stay(self, parts: Sequence[footer.Part], leads: Collection[Ask], asked: Ask | None = None) -> Ask | None:
        """Wait for one of the wishes that lead away, and attend to all others; None when another place was chosen."""
        while asked not in leads:
            if asked:
                self.attend(asked)
            if self._go_to is not None:
                return None
            asked = self._waiting.listen(parts)
        return asked

    def play(self, start: int = 0, part: Part | None = None) -> bool:
        """Play from a step on, or from the place that the reader has chosen; False when they stopped before the end."""
        self._part, self._told = part, set() if part else set(range(start))
        start, self._go_to = start if self._go_to is None else self._go_to, None
        self._at = start
        try:
            scene = self._route.last(SceneStep, start)
            if scene and not isinstance(self._steps[start], HEADINGS):
                self._screen.turn_page()
                self._reveal.tell(lambda: lay(scene, Frame(self._screen.width, page=True)), at_once=True)
            while self._at < len(self._steps):
                if self._part and self._at == self._part.end and not self._goes_on(self._part):
                    break
                self._at = self._tell(self._steps[self._at])
                if self._at == len(self._steps):
                    self._at = self._end()
        except Stopped:
            return False
        finally:
            self._stage.keep(self._at, self.pace)
            self._screen.leave()
        return True

    def _goes_on(self, part: Part) -> bool:
        """Show the articles behind a part, and ask whether to go on with the next scene."""
        self._part = None
        self._reveal.tell(lambda: lay(part.articles, Frame(self._screen.width, page=True)), at_once=True)
        scene = self._route.last(SceneStep, self._at + 1)
        if scene is None or isinstance(self._steps[self._at], SourcesStep):
            self._at = self._end()
            return self._at < len(self._steps)
        if self._settings.auto:
            return False
        parts = [(0, f"Space: on to scene {scene.place.number}"), (1, "q: stop"), (2, scene.title)]
        parts += [footer.QUESTIONS] * self._route.asks(self._at - 1)
        asked = self._stay(parts, LEAVING | FORWARD)
        if asked not in {Ask.SCENE_ON, *FORWARD}:
            self._at = self._next(self._at, asked or Ask.GO_ON)
        return True

    def _end(self) -> int:
        """Show the last words, and wait for what the reader would do next; return the step to go on with, if any."""
        self._at = last = len(self._steps)
        if self._stage.ending:
            ending = Frame(self._screen.width, page=True).text(self._stage.ending, "quiet")
            self._reveal.tell(lambda: [*ending, BLANK], at_once=True)
        if self._settings.auto or not self._stage.ending:
            return last
        self._stage.keep(last, self.pace)
        asked = self._stay(
            footer.ending(asks=self._route.asks_at_all), {Ask.RESTART, Ask.SCENE_BACK, *BACKWARD, *FORWARD}
        )
        self._told = set() if asked is Ask.RESTART else self._told
        return 0 if asked is Ask.RESTART else last if asked in FORWARD else self._next(last, asked or Ask.GO_ON)

    def attend(self, asked: Ask) -> bool:
        """Do what the reader asks for, on the spot; True when the screen is not as it was. Raises Stopped."""
        if asked is Ask.STOP and self._stage.keyboard.again:  # the key that has closed a panel is still held down
            self._announce(HINT)
            return False
        if asked is Ask.STOP:
            raise Stopped
        if asked in (Ask.CONTENTS, Ask.LAST) and self._number:
            self._choose(int(self._number))
            return False
        if asked in PANELS:
            return self._visit(asked)
        if asked in (Ask.SUSPEND, Ask.REDRAW):
            self._screen.break_line()
            if asked is Ask.SUSPEND:
                self._stage.keyboard.suspend()
            return True
        if asked is Ask.CONTINUED:
            self._screen.begin_afresh()
            return True
        self._switch(asked)
        return False

    def turn(self, unread: int) -> Ask:
        """Wait at a full window, in auto mode for as long as some words take; return what the reader asks for."""
        parts = self._opening or self.beneath()
        step = self._steps[min(self._at, len(self._steps) - 1)]
        rest = None if self._opening else self._rests.at_window(step, self.pace, unread)
        while True:
            asked = self._waiting.listen([footer.MORE, *parts[1:]] if self._stage.has_keys else parts, rest)
            if asked in FORWARD:
                return Ask.GO_ON
            if asked in BACKWARD and self._route.beat_before(self._at) is None:
                self._waiting.notice = THE_BEGINNING
            elif asked in LEAVING - {Ask.RESTART} and self._opening:
                continue
            elif asked is not Ask.RESTART or asked in self._offered:
                return asked

    @property
    def pace(self) -> Pace:
        """The pace now."""
        return self._settings.pace

    @property
    def leaves(self) -> bool:
        """Return whether the reader has chosen another place, and the rest of a text is not told."""
        return self._go_to is not None

    def beneath(self) -> list[footer.Part]:
        """Return what stands beneath the text."""
        scene, phase = self._route.last(SceneStep, self._at), self._route.last(PhaseStep, self._at)
        left = self._remaining.minutes(self._at + 1, self._part.end if self._part else None, self.pace)
        place = footer.place(scene, phase, left)
        if not self._stage.has_keys:
            return place
        first, *keys = footer.keys(asks=self._route.asks(self._at))
        manner = footer.manner(self.pace, auto=self._settings.auto)
        return [footer.AT_ONCE if self._telling else first, *keys, *place, *manner]

    def _visit(self, panel: Ask) -> bool:
        """Show panels; True when the screen is not as it was."""
        from retell.terminal.show.pager import Pager, Spot  # noqa: PLC0415 - when the first panel is opened

        words = ""
        if panel is Ask.FIND:
            words = self._stage.keyboard.read_line(lambda text: self._screen.mark([(0, f"find: {text}")]))
            if not words:
                return False
        at, told, draw_one = self._at, tuple(sorted(self._told)), self._stage.panel
        self._pager = self._pager or Pager(self._screen, self._stage.keyboard)
        visit = self._pager.show(panel, lambda ask, width, walk: draw_one(ask, Spot(at, told, words, walk), width))
        self._go_to = visit.target
        return visit.changed

    def _choose(self, number: int) -> None:
        """Go to a scene as soon as what is being told allows; where there is none, say so."""
        self._number, self._go_to = "", self._route.scene(number)
        if self._go_to is None:
            self._announce(f"there is no scene {number} here")

    def _switch(self, asked: Ask) -> None:
        """Change a setting, or take a digit, and say so; a key that does nothing is answered by one hint."""
        if asked is Ask.DIGIT:
            self._number = (self._number + self._stage.keyboard.digit)[-3:]
            self._announce(f"g: go to scene {self._number}")
            return
        self._number = ""
        place = self._stage.name(self._at) if asked is Ask.PLACE else ""
        self._announce(place or self._settings.change(asked) or HINT)

    def _announce(self, notice: str) -> None:
        """Show something in the footer, now and at the next wait."""
        self._waiting.notice = notice
        if self._telling:
            self._screen.mark([(0, notice), *self.beneath()])

    def _tell(self, step: Step) -> int:
        """Tell a step and wait for the reader where one does; return the number of the step that comes next."""
        at, new = self._at, self._at not in self._told
        self._stage.begin(step)
        if isinstance(step, HEADINGS) and not (at and isinstance(self._steps[at - 1], HEADINGS)):
            self._screen.turn_page()
        self._telling = True
        asked = self._reveal.tell(lambda: self._compose(at), at_once=not new)
        self._telling = False
        self._told.add(at)
        if step.is_beat and at < len(self._steps) - 1 and at + 1 != (self._part and self._part.end):
            rest = self._rests.at_beat(step, self.pace, in_time=new and asked is None)
            return self._wait(at, rest, asked if asked in LEAVING else None)
        if new and asked not in LEAVING and self._go_to is None:
            asked = self._reveal.wait(silence_after(step, self.pace))
        return self._next(at, asked if asked in LEAVING else Ask.GO_ON)

    def _compose(self, at: int) -> list[Line]:
        return compose(self._steps, at, self._screen.size, self._named[at])

    def _wait(self, at: int, rest: float, asked: Ask | None) -> int:
        """Wait at a beat, in auto mode for a rest in seconds; return the number of the step that comes next."""
        told_in = self._screen.width
        while True:
            if self._go_to is None and asked is None:
                self._stage.keep(at, self.pace)
                asked = self._waiting.listen(self.beneath(), rest)
            if self._go_to is not None or asked in FORWARD or asked in LEAVING:
                next_one = self._next(at, asked or Ask.GO_ON)
                if next_one != at:
                    return next_one
                asked = None
                continue
            if asked is Ask.RESIZED:
                asked = self._stage.keyboard.read(AT_REST)
                again = asked is None and is_cut(self._steps[at], told_in, self._screen.width)
            else:
                again, asked = self.attend(asked or Ask.UNKNOWN), None
            if again and self._go_to is None:
                told_in = self._screen.width
                asked = self._reveal.tell(lambda: self._compose(at), at_once=True)
                asked = asked if asked in LEAVING else None

    def _next(self, at: int, asked: Ask) -> int:
        """Return the step that comes next after a wish; the same one where there is none, which is said."""
        if self._go_to is not None:
            self._at, self._go_to = self._go_to, None
            return self._at
        if asked in BACKWARD:
            return self._back(at)
        if asked in (Ask.SCENE_BACK, Ask.SCENE_ON):
            place = self._route.scene_back(at) if asked is Ask.SCENE_BACK else self._route.scene_on(at)
            if place is None:
                self._waiting.notice = THE_BEGINNING if asked is Ask.SCENE_BACK else THE_END
            return at if place is None else place
        return at + 1

    def _back(self, at: int) -> int:
        """Go to the beat before a step, and say so; returns its number, or its own where none is before."""
        before = self._route.beat_before(at)
        if before is None:
            self._waiting.notice = THE_BEGINNING
            return at
        self._at = before
        scene = self._route.last(SceneStep, before)
        place = f"scene {scene.place.number}, {scene.title}" if scene else "the beat before"
        self._screen.show([*Frame(self._screen.width, page=True).text(f"← back to {place}", "quiet"), BLANK])
        return before
