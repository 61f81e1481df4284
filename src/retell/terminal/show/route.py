"""Find the way about in a telling: the beat before, the scene's beginning, the next scene, a scene by its number."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

from retell.script.selection import scene_starts
from retell.script.steps import PhaseStep, SceneStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.script.steps import Step

S = TypeVar("S", PhaseStep, SceneStep)
HEADINGS = (PhaseStep, SceneStep)


def named_before(steps: Sequence[Step]) -> list[frozenset[str]]:
    """Return for each step the codes of the articles that it cites and its scene has cited before it."""
    named, before = [], set[str]()
    for step in steps:
        if isinstance(step, SceneStep):
            before = set()
        cited = {reference.code for reference in step.references}
        named.append(frozenset(cited & before))
        before |= cited
    return named


class Route:
    """The steps of a telling; a place is the number of a step, from 0."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Take the steps."""
        self._steps = steps
        self._scenes = scene_starts(steps)
        self._places: dict[type[Step], list[int]] = {}

    def last(self, kind: type[S], at: int) -> S | None:
        """Return the last step of a kind up to a place."""
        if kind not in self._places:
            self._places[kind] = [i for i, step in enumerate(self._steps) if isinstance(step, kind)]
        places = self._places[kind]
        before = bisect_right(places, at)
        found = self._steps[places[before - 1]] if before else None
        return found if isinstance(found, kind) else None

    def beat_before(self, at: int) -> int | None:
        """Return the beat before a place, or None."""
        return next((i for i in reversed(range(at)) if self._steps[i].is_beat), None)

    def scene_back(self, at: int) -> int | None:
        """Return the beginning of the scene of a place; of the one before, where the place is its first beat."""
        begun = [i for i in self._scenes if i < at]
        if not begun:
            return None
        if self.beat_before(at) is not None and (self.beat_before(at) or 0) > begun[-1]:
            return self._start(begun[-1])
        return self._start(begun[-2]) if len(begun) > 1 else self._start(begun[-1])

    def asks(self, at: int) -> bool:
        """Return whether the scene of a place has questions, and no beat of it comes after."""
        scene = self.last(SceneStep, at)
        after = (step.place.scene for step in self._steps[at + 1 : at + 4] if step.is_beat)
        return scene is not None and scene.asks and scene.place.scene not in after

    @property
    def asks_at_all(self) -> bool:
        """Return whether any scene has questions."""
        return any(isinstance(step, SceneStep) and step.asks for step in self._steps)

    def scene_on(self, at: int) -> int | None:
        """Return the beginning of the scene after a place, or None."""
        return next((self._start(i) for i in self._scenes if i > at), None)

    def scene(self, number: int) -> int | None:
        """Return the beginning of a scene by its number in the story, or None where it is not told."""
        found = (i for i in self._scenes if self._steps[i].place.number == number)
        return next((self._start(i) for i in found), None)

    def _start(self, scene: int) -> int:
        """Begin with the phase where a scene is its first."""
        return scene - 1 if scene and isinstance(self._steps[scene - 1], PhaseStep) else scene
