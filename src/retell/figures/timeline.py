"""Find when each scene and each phase is, in words and as its first and last minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.story.instants import Instant
    from retell.story.model import Phase
    from retell.story.prose import Prose
    from retell.story.told import Told


class Moment(msgspec.Struct, frozen=True):
    """One line of the timeline: when, in words; which scene tells it, by number (from 1) and title; its gist.

    `phase` is the id of its phase; `first` and `last` are the first and the last minute that `when` can mean.
    """

    when: str
    number: int
    title: str
    phase: str
    gist: Prose
    first: Instant
    last: Instant


class PhaseSpan(msgspec.Struct, frozen=True):
    """When a phase is: in words, and as its first and last minute."""

    id: str
    title: str
    when: str
    first: Instant
    last: Instant


def moments(told: Told) -> tuple[Moment, ...]:
    """Return the dated scenes of the story's own phases, in the order of telling."""
    frames = {phase.id for phase in told.story.phases if phase.frame}
    return tuple(
        Moment(
            str(scene.when),
            scene.number,
            set_line(scene.title),
            scene.phase,
            scene.gist,
            *scene.when.drawn,
        )
        for scene in told.scenes
        if scene.when and scene.phase not in frames
    )


def phase_spans(told: Told) -> tuple[PhaseSpan, ...]:
    """Return when the story's own phases are, in their order; one that gives no dates lasts as long as its scenes."""
    found = (_phase_span(told, phase) for phase in told.story.phases if not phase.frame)
    return tuple(span for span in found if span)


def _phase_span(told: Told, phase: Phase) -> PhaseSpan | None:
    title = set_line(phase.title)
    if phase.span:
        return PhaseSpan(phase.id, title, str(phase.span), *phase.span.drawn)
    dated = [scene.when.drawn for scene in told.scenes if scene.phase == phase.id and scene.when]
    if not dated:
        return None
    return PhaseSpan(phase.id, title, "", min(first for first, _ in dated), max(last for _, last in dated))


class Row(msgspec.Struct, frozen=True):
    """A bar of the timeline: a phase's, or a scene's with its number; its date in words, its first and last minute."""

    number: int | None
    title: str
    when: str
    first: Instant
    last: Instant


def rows(moments: Sequence[Moment], spans: Sequence[PhaseSpan]) -> list[Row]:
    """Return each phase and, below it, its scenes."""
    found = []
    for span in spans:
        found.append(Row(None, span.title, span.when, span.first, span.last))
        scenes = (each for each in moments if each.phase == span.id)
        found += [Row(each.number, each.title, each.when, each.first, each.last) for each in scenes]
    return found
