"""List the scenes of a story: what `retell read --list` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.script.resolver import write_script
from retell.script.selection import scene_starts
from retell.script.steps import PhaseStep, SceneStep
from retell.terminal.show.pace import choose
from retell.terminal.show.timing import minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.story.told import Told


def contents(told: Told, pace: int | None) -> Iterator[str]:
    """Yield a line for each phase and each scene: its number, name, minutes and title."""
    chosen = choose(pace, None, told.story.words_a_minute)
    steps = write_script(told)
    starts = scene_starts(steps)
    longest = max((len(scene.id) for scene in told.scenes), default=0)
    for at, end in zip(starts, [*starts[1:], len(steps) - 1], strict=True):
        before, scene = steps[at - 1] if at else None, steps[at]
        if isinstance(before, PhaseStep):
            yield before.title
        if isinstance(scene, SceneStep):
            long = minutes(steps[at:end], chosen)
            yield f"  {scene.place.number:>2}  {scene.place.scene:<{longest}}  {long:>2} min  {scene.title}"
