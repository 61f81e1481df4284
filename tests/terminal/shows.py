"""A clock, a keyboard and a screen that need no time: waiting for a key moves the clock, and the screen notes when."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pyte
from rich.console import Console

from retell.terminal.keys import Ask, Keyboard
from retell.terminal.player import Pace, Player


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

    def read(self, seconds: float | None) -> Ask | None:
        if seconds is None:
            return self._answers.pop(0) if self._answers else Ask.GO_ON
        until = self._clock.time + seconds
        if self._pressed and self._pressed[0][0] <= until:
            self._clock.time, asked = self._pressed.pop(0)
            return asked
        self._clock.time = until
        return None


class Recorder(io.StringIO):
    """A stream that notes when each of its texts came."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.notes: list[tuple[float, str]] = []

    def write(self, text: str) -> int:
        self.notes.append((self._clock.time, text))
        return super().write(text)


class Show:
    """A player on a made-up terminal, and what it showed."""

    def __init__(
        self,
        pace: int | None = 220,
        *,
        pressed: Iterable[tuple[float, Ask]] = (),
        answers: Iterable[Ask] = (),
        size: tuple[int, int] = (80, 200),
        keyboard: Keyboard | None = None,
    ) -> None:
        self.clock = FakeClock()
        self.stream = Recorder(self.clock)
        self.width, self.height = size
        console = Console(
            file=self.stream,
            force_terminal=True,
            color_system=None,
            width=self.width,
            height=self.height,
            legacy_windows=False,
        )
        keyboard = keyboard or FakeKeyboard(self.clock, pressed, answers)
        self.player = Player(console, keyboard, self.clock, Pace(pace), None)

    def moment_of(self, text: str) -> float:
        """Give the time at which a text was there for the first time."""
        seen = ""
        for time, written in self.stream.notes:
            seen += written
            if text in seen:
                return time
        raise AssertionError(f"'{text}' was never shown, only: {seen!r}")

    def screen(self, until: float | None = None) -> pyte.Screen:
        """Give the screen at the end, or as it was up to a moment."""
        screen = pyte.Screen(self.width, self.height)
        stream = pyte.Stream(screen)
        for time, text in self.stream.notes:
            if until is None or time <= until:
                stream.feed(text.replace("\n", "\r\n"))
        return screen

    def lines(self) -> list[str]:
        """Give the lines that stand on the screen at the end."""
        return [line.rstrip() for line in self.screen().display]

    def footers(self) -> list[str]:
        """Give every footer that was shown."""
        return [text.strip() for _, text in self.stream.notes if text.startswith("Space:")]
