"""Stage 10: a library and a reader's wishes in, the telling out: at a terminal played, anywhere else told at once."""

from __future__ import annotations

import signal
import sys
import time
from typing import TYPE_CHECKING, NoReturn

import msgspec
from rich.console import Console

from retell.script import length, title_page, write_script
from retell.terminal.keys import at_keyboard
from retell.terminal.page import draw
from retell.terminal.player import Pace, Player, count_told, show_lines, tell_at_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from retell.library import Library
    from retell.model import Story
    from retell.steps import Step

PLAIN_COLUMNS = 80


class Wishes(msgspec.Struct, frozen=True):
    """What the reader asked for: a scene or phase, a pace in words a minute (0: at once), a width in columns."""

    part: str = ""
    pace: int | None = None
    width: int | None = None


class SystemClock:
    """The machine's own clock; it never goes back."""

    def now(self) -> float:
        """Give the time in seconds."""
        return time.monotonic()


def tell(library: Library, wishes: Wishes) -> None:
    """Print the whole telling at once, as plain text."""
    steps = _script(library, wishes)
    width = wishes.width or PLAIN_COLUMNS
    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    if library.story and not wishes.part:
        show_lines(console, draw(title_page(library.story.form), width))
        _show_length(library, wishes, console, width)
    tell_at_once(console, steps, width)


def perform(load: Callable[[Callable[[Story], None] | None], Library], wishes: Wishes) -> None:
    """Play the story at a terminal; `load` reads it, and the title page is shown while it does."""
    console = Console()
    width = wishes.width or console.width
    library = load(None if wishes.part else lambda story: show_lines(console, draw(title_page(story), width)))
    if not wishes.part:
        _show_length(library, wishes, console, width)
    steps = _script(library, wishes)
    _leave_in_order()
    with at_keyboard() as keyboard:
        player = Player(console, keyboard, SystemClock(), Pace(_pace(library, wishes)), wishes.width)
        if wishes.part or player.wait("Space: begin · q: stop"):
            player.play(steps, count_told(steps))


def _script(library: Library, wishes: Wishes) -> tuple[Step, ...]:
    from retell.checks import fit  # noqa: PLC0415 - the title page does not wait for the check

    return write_script(fit(library), wishes.part)


def _show_length(library: Library, wishes: Wishes, console: Console, width: int) -> None:
    whole = length(library)
    minutes = max(1, round(whole.words / (_pace(library, wishes) or _own_pace(library))))
    show_lines(console, draw(whole, width, minutes=minutes))


def _pace(library: Library, wishes: Wishes) -> int | None:
    """Give the pace in words a minute, None for instant."""
    return (_own_pace(library) if wishes.pace is None else wishes.pace) or None


def _own_pace(library: Library) -> int:
    assert library.story is not None, "only a whole story is told"
    return library.story.form.words_a_minute


def _leave_in_order() -> None:
    """Turn the signals that end a program into an exit, so that the terminal is given back on the way out."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _exit)


def _exit(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
