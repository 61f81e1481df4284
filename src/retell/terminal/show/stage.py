"""Hold what a show needs around it, the part of the story that it shows, and where in it the telling stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.script.steps import SourcesStep, Step
    from retell.terminal.input.keys import Ask, Keyboard
    from retell.terminal.layout.lines import Line
    from retell.terminal.show.pace import Pace
    from retell.terminal.show.pager import Spot
    from retell.terminal.show.reveal import Clock
    from retell.terminal.show.screen import Screen


class Stopped(Exception):  # noqa: N818 - the reader's wish, not an error
    """The reader asked to stop."""


class Stage(msgspec.Struct, frozen=True):
    """What a show needs around it: a screen, a keyboard, a clock, what draws panels, and what keeps the place.

    A panel is drawn for what is asked, where the telling stands and a width in columns; the place is the number of a
    step, and comes with the pace. `name` says by which command a reader comes to a place, `begin` is told each step as
    it begins, and the footer names no keys where nobody `has_keys`. `ending` is said at the end; where nothing is, the
    show is over there.
    """

    screen: Screen
    keyboard: Keyboard
    clock: Clock
    panel: Callable[[Ask, Spot, int], list[Line]]
    keep: Callable[[int, Pace], None]
    name: Callable[[int], str] = str
    begin: Callable[[Step], None] = lambda step: None
    has_keys: bool = True
    ending: str = ""


class Part(msgspec.Struct, frozen=True):
    """A part that a reader asked for: the numbers of its first step and of the step behind it, and its articles."""

    start: int
    end: int
    articles: SourcesStep


class Standing:
    """Where a telling stands: `at` which step, which were told, whether one is being told, and the part, if any."""

    def __init__(self) -> None:
        """Start at the first step."""
        self.at = 0
        self.told: set[int] = set()
        self.telling = False
        self.part: Part | None = None
