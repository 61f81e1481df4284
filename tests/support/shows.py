"""A clock, a keyboard and a screen that need no time: waiting for a key moves the clock, and the screen notes when."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence

from retell.script.resolver import Telling
from retell.script.steps import Step
from retell.terminal.input.keys import Ask, Keyboard
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import Line, Piece
from retell.terminal.show.composition import compose
from retell.terminal.show.options import WORDS
from retell.terminal.show.pace import Pace
from retell.terminal.show.pager import Spot
from retell.terminal.show.panels import View, draw_panel
from retell.terminal.show.player import Player
from retell.terminal.show.screen import HOME, Screen
from retell.terminal.show.stage import Stage
from retell.terminal.show.window import Window
from tests.support.emulator import Emulator

CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")

AT_ONCE = "Space: at once"


class FakeClock:
    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time


class FakeKeyboard:
    """Presses what it is told to at given moments, and answers each wait for the reader with the next answer."""

    def __init__(self, clock: FakeClock, pressed: Iterable[tuple[float, Ask]], answers: Iterable[Ask]) -> None:
        self._clock = clock
        self._pressed = list(pressed)
        self._answers = list(answers)
        self.suspended = 0
        self.held = self.again = False
        self.digit = ""
        self.typed = "one"

    def read(self, seconds: float | None) -> Ask | None:
        if seconds is None:
            return self._answers.pop(0) if self._answers else Ask.GO_ON
        until = self._clock.time + seconds
        if self._pressed and self._pressed[0][0] <= until:
            self._clock.time, asked = self._pressed.pop(0)
            return asked
        self._clock.time = until
        return None

    def read_line(self, show: Callable[[str], None]) -> str:
        show(self.typed)
        return self.typed

    def read_theme(self) -> str:
        return ""

    def suspend(self) -> None:
        self.suspended += 1


class Recorder(io.StringIO):
    """A stream that notes when each of its texts came."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.notes: list[tuple[float, str | tuple[int, int]]] = []

    def write(self, text: str) -> int:
        self.notes.append((self._clock.time, text))
        return super().write(text)


def no_panel(asked: Ask, spot: Spot, width: int) -> list[Line]:
    return [Line((Piece(f"panel {asked.value} at {spot.at}, {len(spot.told)} told"),))]


def panel_of(telling: Telling, asked: Ask, spot: Spot, width: int) -> list[Line]:
    return draw_panel(asked, View(telling, spot, Frame(width, columns=False), {}))


def on_a_page(steps: Sequence[Step], width: int) -> list[Line]:
    """Give the lines of steps, one under the other, as the telling composes them in a high window."""
    return [line for at in range(len(steps)) for line in compose(steps, at, (width, 2000))]


class NoKeys:
    """A keyboard on which nothing is typed and no key held; what it reads is for its children to say."""

    held = again = False
    digit = ""

    def read_line(self, show: Callable[[str], None]) -> str:
        return ""

    def read_theme(self) -> str:
        return ""

    def suspend(self) -> None: ...


class Show:
    """A player on a made-up terminal, and what it showed."""

    def __init__(  # noqa: PLR0913 - what a show can be tried with
        self,
        pace: int | None = 220,
        *,
        pressed: Iterable[tuple[float, Ask]] = (),
        answers: Iterable[Ask] = (),
        size: tuple[int, int] = (80, 200),
        keyboard: Keyboard | None = None,
        auto: bool = False,
        kind: str = "",
        way: str = WORDS,
        panel: Callable[[Ask, Spot, int], list[Line]] = no_panel,
    ) -> None:
        self.clock = FakeClock()
        self.stream = Recorder(self.clock)
        self.width, self.height = size
        self.window = Window(self.stream, size=size, styled=False)
        self.keyboard = keyboard or FakeKeyboard(self.clock, pressed, answers)
        self.kept: list[tuple[int, Pace]] = []
        self.screen = Screen(self.window, kind=kind)
        self._stage = Stage(self.screen, self.keyboard, self.clock, panel, self._keep)
        self._pace = Pace(pace)
        self._auto = auto
        self._way = way

    def _keep(self, at: int, pace: Pace) -> None:
        self.kept.append((at, pace))

    def player(self, *steps: Step) -> Player:
        return Player(self._stage, steps, self._pace, auto=self._auto, way=self._way)

    def played(self, *steps: Step, start: int = 0) -> bool:
        return self.player(*steps).play(start)

    def moment_of(self, text: str) -> float:
        """Give the time at which a text was there for the first time."""
        seen = ""
        for time, written in self.stream.notes:
            seen += written if isinstance(written, str) else ""
            if text in seen:
                return time
        raise AssertionError(f"'{text}' was never shown, only: {seen!r}")

    def emulated(self, until: float | None = None) -> Emulator:
        """Give the terminal at the end, or as it was up to a moment."""
        emulator = Emulator(self.width, self.height)
        for time, text in self.stream.notes:
            if isinstance(text, tuple):
                emulator.resize(*text)
            elif until is None or time <= until:
                emulator.feed(text.replace("\n", "\r\n"))
        return emulator

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as the program and the emulator see it."""
        self.window.fixed = (columns, rows)
        self.stream.notes.append((self.clock.time, (columns, rows)))

    def lines(self) -> list[str]:
        """Give the lines that stand on the screen at the end."""
        return [line.rstrip() for line in self.emulated().display]

    @property
    def told(self) -> str:
        """All lines that were told, as a window shows them that is large enough for all and keeps its size."""
        emulator = Emulator(400, 2000)
        for _, text in self.stream.notes:
            if isinstance(text, str):
                emulator.feed(text.replace(HOME, "").replace("\n", "\r\n"))
        return "\n".join(line.rstrip() for line in emulator.main.display).rstrip("\n") + "\n"

    def footers(self) -> list[str]:
        """Give every footer that was shown."""
        texts = (CONTROL.sub("", text).strip() for _, text in self.stream.notes if isinstance(text, str))
        return [text for text in texts if "Space:" in text and AT_ONCE not in text]
