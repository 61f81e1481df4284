"""Reckon how long a telling takes that goes on by itself: words, breaths, rests, silences and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.script.steps import (
    AccountsStep,
    MapStep,
    PauseStep,
    PhaseStep,
    QuoteStep,
    SayStep,
    SceneStep,
    SourcesStep,
    TimelineStep,
    VoicesStep,
)
from retell.story.prose import count_words
from retell.terminal.show.pace import LEAST_REST, SCENE_BREATH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.script.steps import Step
    from retell.terminal.show.pace import Pace

LABEL_WORDS = 3  # "How we know:"
MARK_WORDS = 2  # what is read of a place on the map, of a side's bar: its name and its mark


def count_at_once(step: Step) -> int:
    """Count the words of a step that come at once, beside those that are told in time; citations are not read."""
    if isinstance(step, SayStep | QuoteStep):
        note = LABEL_WORDS + count_words(step.note) if step.note else 0
        return note + (count_words(step.speaker) if isinstance(step, QuoteStep) else 0)
    if isinstance(step, AccountsStep):
        return sum(count_words(account.voice) for account in step.accounts)
    if isinstance(step, TimelineStep):
        return sum(count_words(moment.title) for moment in step.moments)
    if isinstance(step, MapStep):
        return MARK_WORDS * len(step.map.places)
    return MARK_WORDS * len(step.balance.sides) if isinstance(step, VoicesStep) else 0


def rest_after(step: Step, pace: Pace, *, in_time: bool = True) -> float:
    """Return how long a reader rests at a beat, in seconds, in auto mode; it was told in time, or came at once."""
    return pace.rest(count_at_once(step) + (0 if in_time and pace.words_a_minute else step.words))


def silence_after(step: Step, pace: Pace) -> float:
    """Return how long nothing happens after a step that waits for no key, in seconds."""
    if isinstance(step, PauseStep):
        return step.seconds if pace.words_a_minute else 0.0
    return pace.seconds(SCENE_BREATH) if isinstance(step, SceneStep) else 0.0


def seconds(steps: Iterable[Step], pace: Pace) -> float:
    """Return how long steps take in auto mode."""
    return sum(_seconds(step, pace) for step in steps)


def minutes(steps: Iterable[Step], pace: Pace) -> int:
    """Return how many minutes steps take in auto mode, at least one."""
    return max(1, round(seconds(steps, pace) / 60))


def _seconds(step: Step, pace: Pace) -> float:
    if isinstance(step, PauseStep | SceneStep):
        return silence_after(step, pace)
    if isinstance(step, PhaseStep):
        return 0.0
    if isinstance(step, SourcesStep):
        return LEAST_REST
    return pace.seconds(step.words) + rest_after(step, pace)
