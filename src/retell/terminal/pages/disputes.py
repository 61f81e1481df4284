"""Print what `retell compare` shows of the disputes, as lines of a console's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.figures.voices import told_disputes
from retell.problems import UnknownNameError, nearest
from retell.script.resolver import accounts_step
from retell.script.steps import Place
from retell.story.prose import set_line
from retell.terminal.layout.lines import BLANK, set_labelled, set_text
from retell.terminal.layout.steps import draw
from retell.terminal.printing import show_lines

if TYPE_CHECKING:
    from rich.console import Console

    from retell.story.library import Entry, Library
    from retell.story.model import Dispute
    from retell.terminal.layout.lines import Line


def show(library: Library, name: str, console: Console, *, side_by_side: bool) -> None:
    """Print the list of the disputes, or, given a name, the accounts of one; raises UnknownNameError as `find` does."""
    if not name:
        show_lines(console, _list(library, console.width))
        return
    step = accounts_step(library, Place(), find(library, name).form)
    show_lines(console, draw(step, console.width, columns=side_by_side))


def find(library: Library, name: str) -> Entry[Dispute]:
    """Return the dispute of this name; raises UnknownNameError when there is none."""
    if name in library.disputes:
        return library.disputes[name]
    raise UnknownNameError(f"no dispute '{name}'; {nearest(name, library.disputes) or 'see retell compare'}")


def _list(library: Library, width: int) -> list[Line]:
    """Return each dispute that is told, in the order of telling: its question, its name, and how many it hears."""
    lines: list[Line] = []
    for dispute in told_disputes(library):
        voices = len({position.voice for position in dispute.form.positions})
        lines += set_text(set_line(dispute.form.question), width, "scene")
        lines += set_labelled("   ", f"{dispute.id}: {voices} voices", width)
    if not lines:
        return set_text("No dispute is told.", width)
    return [*lines, BLANK, *set_text("retell compare NAME shows one in full.", width)]
