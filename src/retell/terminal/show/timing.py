"""Reckon how long a telling takes that goes on by itself: words, breaths, rests, silences and figures."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from retell.script.steps import PauseStep, SceneStep, SourcesStep
from retell.terminal.show.pace import LEAST_REST, LEAST_TURN, SCENE_BREATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retell.script.steps import Step
    from retell.terminal.show.pace import Pace


def rest_after(step: Step, pace: Pace, *, in_time: bool = True) -> float:
    """Return how long a reader rests at a beat, in seconds, in auto mode; it was told in time, or came at once."""
    return pace.rest(step.words_at_once + (0 if in_time and pace.words_a_minute else step.words))


def silence_after(step: Step, pace: Pace) -> float:
    """Return how long nothing happens after a step that waits for no key, in seconds."""
    if isinstance(step, PauseStep):
        return step.seconds if pace.words_a_minute else 0.0
    return pace.seconds(SCENE_BREATH) if isinstance(step, SceneStep) else 0.0


class Rests:
    """Shares the rest of a beat among the windows that it fills in auto mode, so that it takes no longer."""

    def __init__(self) -> None:
        """Start with no window."""
        self._taken = 0.0

    def at_window(self, step: Step, pace: Pace, unread: int) -> float:
        """Return how long a full window rests in which a number of words came at once, in seconds."""
        if isinstance(step, SourcesStep):
            return LEAST_REST
        rest = max(LEAST_TURN, min(pace.reading(unread), rest_after(step, pace) - self._taken))
        self._taken += rest
        return rest

    def at_beat(self, step: Step, pace: Pace, *, in_time: bool) -> float:
        """Return how long is left for its last window, in seconds."""
        rest, self._taken = rest_after(step, pace, in_time=in_time) - self._taken, 0.0
        return max(LEAST_TURN, rest)


def seconds(steps: Iterable[Step], pace: Pace) -> float:
    """Return how long steps take in auto mode."""
    return sum(_seconds(step, pace) for step in steps)


def minutes(steps: Iterable[Step], pace: Pace) -> int:
    """Return how many minutes steps take in auto mode, at least one."""
    return max(1, round(seconds(steps, pace) / 60))


class Remaining:
    """How long steps take from each of them on; reckoned once for each pace, however often it is asked."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Take all steps of a telling."""
        self._steps = steps
        self._pace: Pace | None = None
        self._sums: list[float] = []

    def minutes(self, start: int, end: int | None, pace: Pace) -> int:
        """Return how many minutes the steps from one on take, up to another or to the last; at least one."""
        if pace != self._pace:
            self._pace, self._sums = pace, [0.0, *accumulate(_seconds(step, pace) for step in reversed(self._steps))]
        last = len(self._steps)
        taken = self._sums[last - min(start, last)] - self._sums[last - (last if end is None else end)]
        return max(1, round(taken / 60))


def _seconds(step: Step, pace: Pace) -> float:
    if not step.is_beat:
        return silence_after(step, pace)
    return pace.seconds(step.words) + rest_after(step, pace)
