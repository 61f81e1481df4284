"""Tell a story on a terminal in time, or anywhere else at once, as plain text."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from msgspec.structs import replace

from retell.script.resolver import Telling, scenes_of, write_script
from retell.script.steps import SourcesStep
from retell.script.titlepage import length, title_page
from retell.terminal.layout.frame import Frame, title_frame
from retell.terminal.layout.steps import draw, lay
from retell.terminal.show.options import ReadOptions
from retell.terminal.show.pace import Pace, choose
from retell.terminal.show.route import Route
from retell.terminal.show.screen import reader_screen
from retell.terminal.show.stage import Part
from retell.terminal.show.timing import minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import TextIO

    from retell.script.steps import Step
    from retell.story.model import Story
    from retell.story.told import Told
    from retell.terminal.layout.lines import Line

PLAIN_COLUMNS = 80


def tell(told: Told, options: ReadOptions, stream: TextIO) -> None:
    """Write the whole telling at once, as plain text; raises UnknownNameError where there is no such part."""
    steps = write_script(told, options.scene)
    width = options.width or PLAIN_COLUMNS
    if not options.part:
        pace = choose(options.pace, None, told.story.words_a_minute)
        write_lines(stream, [*draw(title_page(told.story), width), *length_page(steps, pace, Frame(width))])
    tell_at_once(stream, steps, width)


def tell_at_once(stream: TextIO, steps: Iterable[Step], width: int) -> None:
    """Write steps one under the other, for a file, a pipe or a screen reader."""
    for step in steps:
        write_lines(stream, draw(step, width, columns=False))


def write_lines(stream: TextIO, lines: Iterable[Line]) -> None:
    """Write lines without their styles."""
    stream.writelines(f"{line.text}\n" for line in lines)


def perform(load: Callable[[Callable[[Story], None]], Told], options: ReadOptions, folder: Path) -> str:
    """Play the story at a terminal; `load` reads it, and the title page is shown while it does.

    The place and the pace are kept in the folder. Returns, in one line, why they could not be; nothing if they were.
    Raises what `load` does, and UnknownNameError where there is no such part.
    """
    screen = reader_screen(sys.stdout, os.environ, options.width)
    title: list[Line] = []

    def show_title(story: Story) -> None:
        if options.part:
            return
        screen.turn_page()
        title.extend(lay(title_page(story), title_frame(*screen.size)))
        room = screen.room
        screen.show(title[:room])
        del title[:room]

    told = load(show_title)
    from retell.terminal.show.session import Session  # noqa: PLC0415 - the title page does not wait for what comes after it

    steps = write_script(told)
    part = _part_of(told, steps, options.scene) if options.part else None
    session = Session(Telling(told, steps), options, folder, part)
    if not options.part:
        title += length_page(steps, session.pace, title_frame(*screen.size))
    session.spend(screen, title)
    return session.problem


def _part_of(told: Told, steps: tuple[Step, ...], name: str) -> Part:
    """Find a part of the steps; raises UnknownNameError where there is none of that name."""
    route = Route(steps)
    numbers = [scene.number for scene in scenes_of(told, name)]
    articles = write_script(told, name)[-1]
    assert isinstance(articles, SourcesStep)
    return Part(route.scene(numbers[0]) or 0, route.scene(numbers[-1] + 1) or len(steps) - 1, articles)


def length_page(steps: Sequence[Step], pace: Pace, frame: Frame) -> list[Line]:
    """Draw the last line of the title page: how long the story takes at a pace, its rests and silences included."""
    return lay(length(steps), replace(frame, minutes=minutes(steps, pace)))
