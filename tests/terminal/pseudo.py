"""A real pseudo-terminal with a telling on it, and an emulated screen that shows what a reader would see."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyte

if sys.platform != "win32":
    import fcntl
    import pty
    import struct
    import termios

PATIENCE = 30.0
CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48, control sequences
UNSET = ("NO_COLOR", "FORCE_COLOR", "RETELL_PACE", "COLUMNS", "LINES", "PYTHONIOENCODING", "TTY_COMPATIBLE")


def environment(**changed: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return {**kept, "TERM": "xterm-256color", "PYTHONUTF8": "1", **changed}


def _let_control_c_through() -> None:
    """Make standard input the session's terminal, and heed its signal even where tests run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A terminal of so many columns and rows that runs `retell` with some arguments."""

    def __init__(self, *arguments: str | Path, size: tuple[int, int] = (100, 30), **changed: str) -> None:
        self.columns, self.rows = size
        self.screen = pyte.HistoryScreen(self.columns, self.rows, history=1000, ratio=1)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        self._reader, self._side = pty.openpty()
        fcntl.ioctl(self._side, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        self.before = termios.tcgetattr(self._side)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "retell.cli", *map(str, arguments)],
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
        os.close(self._side)
        os.close(self._reader)

    @property
    def settings(self) -> list[Any]:
        """Give the terminal's settings as they are now."""
        return termios.tcgetattr(self._side)

    @property
    def lines(self) -> list[str]:
        """Give all lines, those that have scrolled away first."""
        gone = ["".join(row[x].data for x in range(self.columns)) for row in self.screen.history.top]
        return [line.rstrip() for line in (*gone, *self.screen.display)]

    @property
    def visible(self) -> str:
        """Give all that was written, without control sequences."""
        return CONTROL.sub("", self.written.decode("utf-8", "ignore"))

    def press(self, keys: str) -> None:
        os.write(self._reader, keys.encode())

    def wait_for(self, text: str, times: int = 1) -> None:
        """Read until a text has been written so often, whatever its style."""
        deadline = time.monotonic() + PATIENCE
        while self.visible.count(text) < times:
            assert self._read_some(deadline), f"no '{text}' on the screen:\n" + "\n".join(self.lines)

    def wait_for_end(self) -> int:
        """Read until the program has ended; give its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            self._read_some(min(deadline, time.monotonic() + 0.05))
            assert time.monotonic() < deadline, "still running:\n" + "\n".join(self.lines)
        while self._read_some(time.monotonic()):
            pass
        return self.process.returncode

    def read_for(self, seconds: float) -> None:
        """Read what is written within so many seconds, at least."""
        deadline = time.monotonic() + seconds
        while self._read_some(deadline):
            pass

    def _read_some(self, deadline: float) -> bool:
        if not select.select([self._reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        new = os.read(self._reader, 65536)
        self.written += new
        self._stream.feed(new)
        return True
