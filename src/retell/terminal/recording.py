"""Record a telling as an asciicast.

The telling goes on by itself, and nobody waits for it: the clock moves only when the player waits for a key. So the
same story and options make the same bytes. The format: https://docs.asciinema.org/manual/asciicast/v2/
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import msgspec

from retell.problems import RetellError
from retell.script.resolver import write_script
from retell.script.selection import of_kind
from retell.script.steps import PhaseStep, SceneStep
from retell.script.titlepage import title_page
from retell.story.typography import set_line
from retell.terminal.input.keys import Ask
from retell.terminal.layout.frame import title_frame
from retell.terminal.layout.steps import lay
from retell.terminal.show.pace import choose
from retell.terminal.show.player import Player
from retell.terminal.show.screen import Screen
from retell.terminal.show.stage import Stage
from retell.terminal.show.window import Window
from retell.terminal.telling import length_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retell.script.steps import Step
    from retell.story.told import Told
    from retell.terminal.layout.lines import Line
    from retell.terminal.show.options import ReadOptions
    from retell.terminal.show.pace import Pace
    from retell.terminal.show.pager import Spot

MOST_CHARACTERS = 2_000_000  # the shipped story's has 170,000
OUTPUT, MARKER = "o", "m"  # what an event is: https://docs.asciinema.org/manual/asciicast/v2/#supported-event-codes
COLUMNS, ROWS = 80, 24  # of a terminal that nobody has made larger


class Recording(msgspec.Struct, frozen=True):
    """A recorded telling: its lines of JSON, the header first, and how long it lasts in seconds."""

    text: str
    seconds: float


class VirtualClock:
    """A clock and a keyboard that nobody sits at: its time passes by waiting for a key."""

    held = again = False
    digit = ""

    def __init__(self) -> None:
        """Start at 0 seconds."""
        self._now = 0.0

    def now(self) -> float:
        """Return the time in seconds."""
        return self._now

    def read(self, seconds: float | None) -> Ask | None:
        """Let so many seconds pass; where the telling would wait for ever, it goes on. See Keyboard."""
        if seconds is None:
            return Ask.GO_ON
        self._now += seconds
        return None

    def read_line(self, show: Callable[[str], None]) -> str:
        """Return nothing: nobody types."""
        return ""

    def read_theme(self) -> str:
        """Return nothing: no terminal is there to answer."""
        return ""

    def suspend(self) -> None:
        """Do nothing: nobody asks for it."""


class Tape(io.StringIO):
    """A stream that notes what is written and when; what is written in one moment is one event."""

    def __init__(self, chair: VirtualClock) -> None:
        """Take the clock."""
        super().__init__()
        self._chair = chair
        self._characters = 0
        self.events: list[tuple[float, str, list[str]]] = []

    def write(self, text: str) -> int:
        """Note a text, with line ends as a terminal gets them; raises RetellError when there is too much."""
        now = self._chair.now()
        last = self.events[-1] if self.events else None
        if last is None or last[0] != now or last[1] != OUTPUT:
            last = (now, OUTPUT, [])
            self.events.append(last)
        last[2].append(text.replace("\n", "\r\n"))
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise RetellError(f"a recording holds at most {MOST_CHARACTERS:,} characters: name a scene or a phase")
        return len(text)

    def mark_chapter(self, step: Step) -> None:
        """Mark where a scene begins; players make chapters of it."""
        if isinstance(step, SceneStep):
            self.events.append((self._chair.now(), MARKER, [f"{step.place.number} {step.title}"]))


def record(told: Told, options: ReadOptions, columns: int, rows: int) -> Recording:
    """Record the telling on a screen of a size in columns and rows, in auto mode.

    Raises UnknownNameError where there is no such part, RetellError where it is too long.
    """
    steps = write_script(told, options.scene)
    pace = choose(options.pace, None, told.story.words_a_minute)
    chair = VirtualClock()
    tape = Tape(chair)
    screen = Screen(Window(tape, size=(columns, rows)))
    stage = Stage(screen, chair, chair, _draw_no_panel, _keep_nothing, begin=tape.mark_chapter, has_keys=False)
    player = Player(stage, steps, pace, auto=True)
    if not options.part:
        frame = title_frame(columns, rows)
        opening = [*lay(title_page(told.story), frame), *length_page(steps, pace, frame)]
        screen.show(opening)
        chair.read(pace.rest(sum(len(line.text.split()) for line in opening)))
        screen.see()
    player.play()
    header = {"version": 2, "width": columns, "height": rows, "title": _title(told, steps, options.part)}
    lines = [header, *([round(time, 3), kind, "".join(parts)] for time, kind, parts in tape.events)]
    return Recording("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), chair.now())


def _title(told: Told, steps: Sequence[Step], part: str) -> str:
    """Return the story's title, and that of the part, if it is one."""
    scenes, phases = of_kind(steps, SceneStep), of_kind(steps, PhaseStep)
    named = (scenes if len(scenes) == 1 else phases)[:1] if part else []
    return ": ".join([set_line(told.story.title), *(step.title for step in named)])


def _draw_no_panel(ask: Ask, spot: Spot, width: int) -> list[Line]:
    """Nobody asks for a panel."""
    return []


def _keep_nothing(at: int, pace: Pace) -> None:
    """A recording is no reader's place."""
