"""Play steps on a screen, in time and as the reader asks.

Time passes only by waiting for keys, so a fake keyboard with a fake clock plays a whole story at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.script.steps import SceneStep, SourcesStep
from retell.terminal.input.keys import PANELS, Ask
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK
from retell.terminal.layout.steps import lay
from retell.terminal.show import footer
from retell.terminal.show.attention import Attention
from retell.terminal.show.composition import compose
from retell.terminal.show.course import THE_BEGINNING
from retell.terminal.show.options import PHRASES
from retell.terminal.show.reveal import AFRESH, BACKWARD, FORWARD, LEAVING, Reveal
from retell.terminal.show.route import HEADINGS, Route, named_before
from retell.terminal.show.settings import Settings
from retell.terminal.show.stage import Stage, Standing, Stopped
from retell.terminal.show.timing import Rests, silence_after

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retell.script.steps import Step
    from retell.terminal.layout.lines import Line
    from retell.terminal.show.pace import Pace
    from retell.terminal.show.stage import Part

AT_REST = 0.2  # seconds in which a window keeps its size that is no longer being drawn larger or smaller


class Player:
    """Plays steps: reveals each at the pace, waits for the reader, does what they ask, and says where the story is."""

    def __init__(
        self, stage: Stage, steps: Sequence[Step], pace: Pace, *, auto: bool = False, way: str = PHRASES
    ) -> None:
        """Take what is around the show, what is told, how fast, whether it goes on by itself, what comes at once."""
        self._settings = Settings(pace, auto=auto)
        self._stage, self._screen = stage, stage.screen
        self._steps, self._named = steps, named_before(steps)
        self._route = Route(steps)
        self._here = Standing()
        self._attention = Attention(stage, steps, self._route, self._settings, self._here)
        self._course, self._waiting = self._attention.course, self._attention.waiting
        self._rests = Rests()
        self._opening: Sequence[footer.Part] = ()
        self._offered: Collection[Ask] = ()
        self._reveal = Reveal(stage.screen, stage.keyboard, stage.clock, self, way)
        self._held = self._reveal.held

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
                self._heed(asked)
            if self.leaves:
                return None
            asked = self._waiting.listen(parts)
        return asked

    def play(self, start: int = 0, part: Part | None = None) -> bool:
        """Play from a step on, or from the place that the reader has chosen; False when they stopped before the end."""
        self._here.part, self._here.told = part, set() if part else set(range(start))
        chosen = self._course.take_chosen()
        self._here.at = start = start if chosen is None else chosen
        try:
            scene = self._route.last(SceneStep, start)
            if scene and not isinstance(self._steps[start], HEADINGS):
                self._held.turn_page()
                self._reveal.tell(lambda: lay(scene, Frame(self._screen.width, page=True)), at_once=True)
            while self._here.at < len(self._steps):
                if self._here.part and self._here.at == self._here.part.end and not self._goes_on(self._here.part):
                    break
                self._here.at = self._tell(self._steps[self._here.at])
                if self._here.at == len(self._steps):
                    self._here.at = self._end()
        except Stopped:
            return False
        finally:
            self._stage.keep(self._here.at, self.pace)
            self._screen.leave()
        return True

    def _goes_on(self, part: Part) -> bool:
        """Show the articles behind a part, and ask whether to go on with the next scene."""
        self._here.part = None
        self._reveal.tell(lambda: lay(part.articles, Frame(self._screen.width, page=True)), at_once=True)
        scene = self._route.last(SceneStep, self._here.at + 1)
        if scene is None or isinstance(self._steps[self._here.at], SourcesStep):
            self._here.at = self._end()
            return self._here.at < len(self._steps)
        if self._settings.auto:
            return False
        parts = [(0, f"Space: on to scene {scene.place.number}"), (1, "q: stop"), (2, scene.title)]
        parts += [footer.QUESTIONS] * self._route.asks(self._here.at - 1)
        asked = self._stay(parts, LEAVING | FORWARD)
        if asked not in {Ask.SCENE_ON, *FORWARD}:
            self._here.at = self._next(self._here.at, asked or Ask.GO_ON)
        return True

    def _end(self) -> int:
        """Show the last words, and wait for what the reader would do next; return the step to go on with, if any."""
        self._here.at = last = len(self._steps)
        if self._stage.ending:
            ending = Frame(self._screen.width, page=True).text(self._stage.ending, "quiet")
            self._reveal.tell(lambda: [*ending, BLANK], at_once=True)
        if self._settings.auto or not self._stage.ending:
            return last
        self._stage.keep(last, self.pace)
        asked = self._stay(
            footer.ending(asks=self._route.asks_at_all), {Ask.RESTART, Ask.SCENE_BACK, *BACKWARD, *FORWARD}
        )
        self._here.told = set() if asked is Ask.RESTART else self._here.told
        return 0 if asked is Ask.RESTART else last if asked in FORWARD else self._next(last, asked or Ask.GO_ON)

    def attend(self, asked: Ask) -> bool:
        """Do what the reader asks for, on the spot; True when the screen is not as it was. Raises Stopped."""
        return self._attention.attend(asked)

    def turn(self, unread: int) -> Ask:
        """Wait at a full window, in auto mode for as long as some words take; return what the reader asks for."""
        parts = self._opening or self.beneath()
        step = self._steps[min(self._here.at, len(self._steps) - 1)]
        rest = None if self._opening else self._rests.at_window(step, self.pace, unread)
        while True:
            asked = self._waiting.listen([footer.MORE, *parts[1:]] if self._stage.has_keys else parts, rest)
            if asked in FORWARD:
                return Ask.GO_ON
            if asked in BACKWARD and self._route.beat_before(self._here.at) is None:
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
        return self._course.chosen is not None

    def beneath(self) -> list[footer.Part]:
        """Return what stands beneath the text."""
        return self._attention.beneath()

    def _tell(self, step: Step) -> int:
        """Tell a step and wait for the reader where one does; return the number of the step that comes next."""
        at, new = self._here.at, self._here.at not in self._here.told
        self._stage.begin(step)
        if isinstance(step, HEADINGS) and not (at and isinstance(self._steps[at - 1], HEADINGS)):
            self._held.turn_page()
        self._here.telling = True
        asked = self._reveal.tell(lambda: self._compose(at), at_once=not new)
        self._here.telling = False
        self._here.told.add(at)
        if step.is_beat and at < len(self._steps) - 1 and at + 1 != (self._here.part and self._here.part.end):
            rest = self._rests.at_beat(step, self.pace, in_time=new and asked is None)
            return self._wait(at, rest, asked if asked in LEAVING else None)
        if new and asked not in LEAVING and not self.leaves:
            asked = self._reveal.wait(silence_after(step, self.pace))
        return self._next(at, asked if asked in LEAVING else Ask.GO_ON)

    def _compose(self, at: int) -> list[Line]:
        return compose(self._steps, at, self._screen.size, self._named[at])

    def _wait(self, at: int, rest: float, asked: Ask | None) -> int:
        """Wait at a beat, in auto mode for a rest in seconds; return the number of the step that comes next."""
        while True:
            if not self.leaves and asked is None:
                self._stage.keep(at, self.pace)
                asked = self._waiting.listen(self.beneath(), rest)
            if self.leaves or asked in FORWARD or asked in LEAVING:
                next_one = self._next(at, asked or Ask.GO_ON)
                if next_one != at:
                    return next_one
                asked = None
            elif asked is Ask.RESIZED and (later := self._stage.keyboard.read(AT_REST)):
                asked = later
            elif self._heed(asked or Ask.UNKNOWN):
                asked = self._reveal.tell(lambda: self._compose(at), at_once=True)
                asked = asked if asked in LEAVING else None
            else:
                asked = None

    def _heed(self, asked: Ask) -> bool:
        """Do what the reader asks for, draw the window afresh where it is needed; return whether to tell again."""
        if asked in AFRESH:
            afresh, again = asked is Ask.REDRAW or self._held.is_outdated, False
        else:
            again = self.attend(asked) and not self.leaves
            afresh = again and asked in PANELS and self._held.is_resized
        if afresh:
            self._held.redraw()
        return again and not afresh

    def _next(self, at: int, asked: Ask) -> int:
        """Return the step that comes next after a wish; the same one where there is none, which is said."""
        goes_back = asked in BACKWARD and not self.leaves
        place, said = self._course.follow(at, asked)
        self._waiting.notice = said or self._waiting.notice
        if goes_back and place != at:
            scene = self._route.last(SceneStep, place)
            where = f"scene {scene.place.number}, {scene.title}" if scene else "the beat before"
            self._reveal.tell(
                lambda: [*Frame(self._screen.width, page=True).text(f"← back to {where}", "quiet"), BLANK],
                at_once=True,
            )
        return place
