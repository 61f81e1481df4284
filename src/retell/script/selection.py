"""Choose steps by their kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from retell.script.steps import SceneStep, Step

S = TypeVar("S", bound=Step)


def of_kind(steps: Iterable[Step], *kinds: type[S]) -> list[S]:
    """Return the steps of some kinds, in order."""
    return [step for step in steps if isinstance(step, kinds)]


def scene_starts(steps: Sequence[Step]) -> list[int]:
    """Return with which steps a scene begins, by number."""
    return [at for at, step in enumerate(steps) if isinstance(step, SceneStep)]
