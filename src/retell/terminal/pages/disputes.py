"""Print what `retell compare` shows of the disputes, as lines of a console's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.problems import UnknownNameError, meant, nearest
from retell.script.resolver import accounts_step
from retell.script.steps import Point
from retell.story.typography import set_line
from retell.terminal.layout.lines import BLANK, set_labelled, set_text
from retell.terminal.layout.steps import draw
from retell.terminal.printing import show_lines

if TYPE_CHECKING:
    from rich.console import Console

    from retell.story.cards import Dispute
    from retell.story.told import Told
    from retell.terminal.layout.lines import Line


def show(told: Told, name: str, console: Console, *, side_by_side: bool) -> None:
    """Print the list of the disputes, or, given a name, the accounts of one; raises UnknownNameError as `find` does."""
    if not name:
        show_lines(console, _list(told, console.width))
        return
    step = accounts_step(told, Point(), find(told, name))
    show_lines(console, draw(step, console.width, columns=side_by_side))


def find(told: Told, name: str) -> Dispute:
    """Return the dispute of this name or a part of it; raises UnknownNameError where there is none."""
    if found := meant(name, told.disputes):
        return told.disputes[found]
    help_text = nearest(name, told.disputes) or "'retell compare' lists them"
    raise UnknownNameError(f"no dispute named '{name}'; {help_text}")


def _list(told: Told, width: int) -> list[Line]:
    """Return each dispute that is told, in the order of telling: its question, its name, and how many it hears."""
    lines: list[Line] = []
    for name, dispute in told.told_disputes.items():
        voices = len({position.voice for position in dispute.positions})
        lines += set_text(set_line(dispute.question), width, "scene")
        lines += set_labelled("   ", f"{name}: {voices} voices", width)
    if not lines:
        return set_text("No dispute is told.", width)
    return [*lines, BLANK, *set_text("retell compare NAME shows one in full.", width)]
