"""Compose the page that a step of the telling stands on, in a window of so many columns and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from retell.script.steps import PhaseStep, SceneStep
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.steps import lay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.script.steps import Step
    from retell.terminal.layout.lines import Line

LOW = 16  # rows of a window that has none to spare


def compose(steps: Sequence[Step], at: int, size: tuple[int, int], named: frozenset[str] = frozenset()) -> list[Line]:
    """Return the lines of the step at a place; articles whose codes are `named` have been named in its scene.

    Accounts that would not stand side by side in the window whole stand one under the other. A scene's running head
    leaves the phase out where its title stands right above.
    """
    columns, rows = size
    step = steps[at]
    before = steps[at - 1] if at else None
    if isinstance(step, SceneStep) and isinstance(before, PhaseStep) and not before.frame:
        step = replace(step, phase="")
    frame = Frame(columns, page=True, low=rows < LOW, named=named)
    lines = lay(step, frame)
    turns = [i for i, line in enumerate(lines) if any(piece.turn for piece in line.pieces)]
    return lines if not turns or turns[-1] <= rows - 2 else lay(step, replace(frame, stacked=True))
