"""A real pseudo-terminal with a telling on it, and an emulated screen that shows what a reader would see."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.emulator import Emulator

if sys.platform != "win32":
    import fcntl
    import pty
    import struct
    import termios

PATIENCE = 30.0
TO_THE_END = {"Space: more": " ", "Space: close": " ", "Space: on to": "q"}  # what is pressed at which footer
OTHERS = {" ": "\r", "q": "Q"}  # what means the same
RETELL = (sys.executable, "-m", "retell")
CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48, control sequences
UNSET = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR_FORCE",
    "RETELL_PACE",
    "RETELL_STATE",
    "COLUMNS",
    "LINES",
    "PYTHONIOENCODING",
    "TTY_COMPATIBLE",
)


def environment(**changed: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return {**kept, "TERM": "xterm-256color", "PYTHONUTF8": "1", **changed}


def _let_control_c_through() -> None:
    """Make standard input the session's terminal, and heed its signal even where tests run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A terminal of so many columns and rows that runs `retell` with some arguments."""

    def __init__(
        self,
        *arguments: str | Path,
        size: tuple[int, int] = (100, 30),
        program: Sequence[str] = RETELL,
        **changed: str,
    ) -> None:
        self.emulator = Emulator(*size)
        self._folder = tempfile.TemporaryDirectory()
        self.state = Path(changed.setdefault("RETELL_STATE", self._folder.name))
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.written = b""
        self._answered = 0
        self._pressed = ""
        self._reader, self._side = pty.openpty()
        self._set_size(*size)
        self.before = termios.tcgetattr(self._side)
        self.process = subprocess.Popen(
            [*program, *map(str, arguments)],
            stdin=self._side,
            stdout=self._side,
            stderr=self._side,
            env=environment(**changed),
            start_new_session=True,
            preexec_fn=_let_control_c_through,  # noqa: PLW1509 - no threads here
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._folder.cleanup()
        os.close(self._side)
        os.close(self._reader)

    @property
    def settings(self) -> list[Any]:
        """Give the terminal's settings as they are now."""
        return termios.tcgetattr(self._side)

    def set(self, settings: list[Any]) -> None:
        """Change the terminal's settings, as another program does."""
        termios.tcsetattr(self._side, termios.TCSANOW, settings)

    def print(self, text: str) -> None:
        """Show a text on the screen, as another program does."""
        self.emulator.feed(text)

    @property
    def screen(self) -> Any:
        """Give the screen that is seen now."""
        return self.emulator.screen

    @property
    def lines(self) -> list[str]:
        """Give all lines, those that have scrolled away first."""
        return self.emulator.told

    @property
    def row(self) -> str:
        """Give the line on which the cursor stands."""
        row = self.screen.buffer[self.screen.cursor.y]
        return "".join(row[x].data for x in range(self.screen.columns)).strip()

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the system tells the program."""
        self.emulator.resize(columns, rows)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self) -> str:
        """Give all that was written."""
        return self.written.decode("utf-8", "replace")

    @property
    def visible(self) -> str:
        """Give all that was written, without control sequences."""
        return CONTROL.sub("", self.written.decode("utf-8", "ignore"))

    def press(self, keys: str) -> None:
        """Press keys; another one for a key right after the same, which would be one that is held down."""
        keys = OTHERS.get(keys, keys) if keys == self._pressed else keys
        self._pressed = keys
        self._answered = len(self.written)
        os.write(self._reader, keys.encode())

    def wait_for(self, text: str, times: int = 1) -> None:
        """Read until a text has been written so often, whatever its style."""
        deadline = time.monotonic() + PATIENCE
        while self.visible.count(text) < times:
            assert self._read_some(deadline), f"no '{text}' on the screen:\n" + "\n".join(self.lines)

    def wait_for_footer(self, text: str, *, alternate: bool = False) -> None:
        """Read until the program waits for the reader with this text in its footer, on the one screen or the other."""
        deadline = time.monotonic() + PATIENCE
        while True:
            shown = self.emulator.alternate == alternate and (alternate or self.screen.cursor.x == 0)
            if shown and text in self.row and len(self.written) > self._answered:
                return
            assert self._read_some(deadline), f"no footer with '{text}':\n" + "\n".join(self.screen.display)

    def read_for(self, seconds: float) -> None:
        """Read what comes in so many seconds, or before the program ends."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._read_some(deadline):
            pass

    def leaf(self) -> None:
        """Press Space at each full window until the program waits at the end of the title page, or of a beat."""
        self.wait_for_footer("Space: ")
        while "Space: more" in self.row:
            self.press(" ")
            self.wait_for_footer("Space: ")

    def go_on(self) -> None:
        """Press Space, again at each full window, until the program waits at the end of a beat."""
        self.press(" ")
        self.leaf()

    def go_on_to_the_end(self) -> int:
        """Press Space, again at each full window, until the program has ended; give its exit code."""
        self.press(" ")
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self._read_some(time.monotonic() + 0.05)
            if self.screen.cursor.x == 0 and len(self.written) > self._answered:
                key = next((key for text, key in TO_THE_END.items() if text in self.row), "")
                if key:
                    self.press(key)
        return self.wait_for_end()

    def wait_for_end(self) -> int:
        """Read until the program has ended; give its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            self._read_some(min(deadline, time.monotonic() + 0.05))
            assert time.monotonic() < deadline, "still running:\n" + "\n".join(self.lines)
        while self._read_some(time.monotonic()):
            pass
        return self.process.returncode

    def _read_some(self, deadline: float) -> bool:
        if not select.select([self._reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        try:
            new = os.read(self._reader, 65536)
        except OSError:  # Linux's way to say that the other side has closed
            return False
        self.written += new
        self.emulator.feed(self._decoder.decode(new))
        return True
