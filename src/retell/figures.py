"""Stage 5: the library in, the story's figures as data out; each telling draws them in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from retell.library import Library
    from retell.prose import Prose


class Moment(msgspec.Struct, frozen=True):
    """One line of the timeline: when, in words; which scene tells it, by number (from 1) and title; its gist."""

    when: str
    number: int
    title: str
    phase: str
    gist: Prose


def timeline(library: Library) -> tuple[Moment, ...]:
    """Give the dated scenes of the story's own phases, in the order of telling."""
    assert library.story is not None, "only a whole story has a timeline"
    phases = {phase.id: phase for phase in library.story.form.phases}
    return tuple(
        Moment(str(scene.form.when), number, scene.form.title, phases[scene.form.phase].title, scene.form.gist)
        for number, scene in enumerate(library.told(), 1)
        if scene.form.when and not phases[scene.form.phase].frame
    )
