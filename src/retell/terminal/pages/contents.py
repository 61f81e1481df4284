"""List the scenes of a story: what `retell read --list` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.script.resolver import write_script
from retell.script.steps import PhaseStep, SceneStep
from retell.terminal.show.pace import choose
from retell.terminal.show.timing import minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.story.library import Library


def contents(library: Library, pace: int | None) -> Iterator[str]:
    """Yield a line for each phase and each scene: its number, name, minutes and title."""
    assert library.story is not None, "only a whole story is told"
    chosen = choose(pace, None, library.story.form.words_a_minute)
    steps = write_script(library)
    starts = [at for at, step in enumerate(steps) if isinstance(step, SceneStep)]
    longest = max((len(scene.id) for scene in library.told()), default=0)
    for at, end in zip(starts, [*starts[1:], len(steps) - 1], strict=True):
        before, scene = steps[at - 1] if at else None, steps[at]
        if isinstance(before, PhaseStep):
            yield before.title
        if isinstance(scene, SceneStep):
            long = minutes(steps[at:end], chosen)
            yield f"  {scene.place.number:>2}  {scene.place.scene:<{longest}}  {long:>2} min  {scene.title}"
