"""Tell a story as a reader wishes: at a terminal it is played, anywhere else told at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rich.console import Console

from retell.script.resolver import Telling, length, title_page, write_script
from retell.terminal.layout.steps import draw
from retell.terminal.show.pace import Pace, choose
from retell.terminal.show.screen import Screen, show_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from retell.script.steps import Step
    from retell.story.model import Story
    from retell.story.told import Told
    from retell.terminal.layout.lines import Line
    from retell.terminal.show.options import Wishes

PLAIN_COLUMNS = 80


def tell(told: Told, wishes: Wishes) -> None:
    """Print the whole telling at once, as plain text; raises UnknownNameError where there is no such part."""
    steps = write_script(told, wishes.part)
    width = wishes.width or PLAIN_COLUMNS
    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    if not wishes.part:
        show_lines(console, draw(title_page(told.story), width))
        pace = choose(wishes.pace, None, told.story.words_a_minute)
        show_lines(console, length_page(steps, pace, width))
    tell_at_once(console, steps, width)


def tell_at_once(console: Console, steps: Iterable[Step], width: int) -> None:
    """Print steps one under the other, for a file, a pipe or a screen reader."""
    # where there is no colour rich has nothing to add, and would take most of the time
    bare = console.color_system is None and not console.is_terminal
    for step in steps:
        lines = draw(step, width, columns=False)
        if bare:
            console.file.writelines(f"{line.text}\n" for line in lines)
        else:
            show_lines(console, lines)


def perform(load: Callable[[Callable[[Story], None]], Told], wishes: Wishes, folder: Path) -> str:
    """Play the story at a terminal; `load` reads it, and the title page is shown while it does.

    The place and the pace are kept in the folder. Returns, in one line, why they could not be; nothing if they were.
    Raises what `load` does, and UnknownNameError where there is no such part.
    """
    console = Console()
    screen = Screen(console, width=wishes.width, kind=os.environ.get("TERM", ""))
    title: list[Line] = []

    def show_title(story: Story) -> None:
        if wishes.part:
            return
        title.extend(draw(title_page(story), screen.width))
        room = screen.room
        screen.show(title[:room])
        del title[:room]

    told = load(show_title)
    from retell.terminal.show.session import Evening  # noqa: PLC0415 - the title page does not wait for what comes after it

    telling = Telling(told, write_script(told, wishes.part))
    evening = Evening(telling, wishes, folder)
    if not wishes.part:
        title += length_page(telling.steps, evening.pace, screen.width)
    evening.spend(screen, title)
    return evening.problem


def length_page(steps: Iterable[Step], pace: Pace, width: int) -> list[Line]:
    """Draw the last line of the title page: how long the story takes at a pace."""
    whole = length(steps)
    return draw(whole, width, minutes=max(1, round(whole.words / (pace.words_a_minute or pace.own))))
