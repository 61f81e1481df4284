"""A program on a real pseudo-terminal, with an emulated screen: when it writes, what it costs, which words it shows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

import pyte

PATIENCE = 30.0
HISTORY = 400
IDLE_SHARE = 0.02  # of a processor: what a program that waits may use
PROCESS_CLOCK = 2  # clock_getcpuclockid(3) as Linux does it: the process, and the time as its scheduler counts it


class Written(NamedTuple):
    """When the first and the last bytes came, in seconds since what caused them."""

    first: float
    last: float


class Legible(NamedTuple):
    """How many words of a text the screen shows whole, cut in two by the end of a line, and not at all."""

    whole: int = 0
    cut: int = 0
    missing: int = 0

    def __add__(self, other: object) -> Legible:
        """Add up two texts."""
        assert isinstance(other, Legible)
        return Legible(*(mine + its for mine, its in zip(self, other, strict=True)))


class Watched:
    """A program on a terminal of so many columns and rows."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], columns: int, rows: int) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=HISTORY, ratio=1)
        self._stream = pyte.ByteStream(self.screen)
        self._reader, self._side = pty.openpty()
        self._set_size(columns, rows)
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=self._side,
            stdout=self._side,
            stderr=self._side,
            env=environment,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no threads here
        )

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._side)
        os.close(self._reader)

    def wait_for(self, text: str, quiet: float) -> Written:
        """Give when a text, in whatever case, stood on the screen, and when all had come."""
        deadline = self._began + PATIENCE
        while text.casefold() not in " ".join(" ".join(self.lines()).split()).casefold():
            if self._read(max(0.0, deadline - time.perf_counter())) is None:
                raise RuntimeError(f"no '{text}' on the screen:\n" + "\n".join(self.lines()))
        shown = time.perf_counter()
        return Written(shown - self._began, max(shown, self._settle(quiet)) - self._began)

    def press(self, key: str, quiet: float) -> Written:
        """Press a key, and give when the screen began to change and when the last of it came; raises RuntimeError."""
        self.screen.history.top.clear()
        began = time.perf_counter()
        os.write(self._reader, key.encode())
        first = self._read(PATIENCE)
        if first is None:
            raise RuntimeError(f"{key!r} changes nothing:\n" + "\n".join(self.lines()))
        return Written(first - began, max(first, self._settle(quiet)) - began)

    def resize(self, columns: int, quiet: float) -> None:
        """Give the window another width; the emulator cuts what does not fit, as terminals do that cannot reflow."""
        rows = self.screen.lines
        self.screen.history.top.clear()
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)
        self._settle(quiet)

    def seconds_of_work(self, seconds: float) -> float:
        """Give how long all threads of the program are at work while it is left alone for so many seconds."""
        before, end = self._worked(), time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        return self._worked() - before

    def lines(self) -> list[str]:
        """Give what is on the screen, and what has scrolled off it since the last key."""
        gone = ["".join(row[x].data for x in range(self.screen.columns)) for row in self.screen.history.top]
        return [line.rstrip() for line in (*gone, *self.screen.display)]

    def legible(self, text: str) -> Legible:
        """Say how much of a text can be read."""
        return read_words(self.lines(), text)

    def _read(self, seconds: float) -> float | None:
        """Read what the program writes next; give when it came, or None when nothing does."""
        if not select.select([self._reader], [], [], seconds)[0]:
            return None
        new = os.read(self._reader, 65536)
        came = time.perf_counter()
        self._stream.feed(new)
        return came

    def _settle(self, quiet: float) -> float:
        """Read until for so many seconds nothing comes and the program does nothing; give when the last came, or 0."""
        deadline = time.perf_counter() + PATIENCE
        last = 0.0
        while time.perf_counter() < deadline:
            before = self._worked()
            if came := self._read(quiet):
                last = came
            elif self._worked() - before < IDLE_SHARE * quiet:
                return last
        raise RuntimeError("it does not come to rest:\n" + "\n".join(self.lines()))

    def _worked(self) -> float:
        """Give the time that all threads of the program have had on a processor, from Linux's clock of a process."""
        return time.clock_gettime((~self._process.pid << 3) | PROCESS_CLOCK)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read_words(lines: Sequence[str], text: str) -> Legible:
    """Look for the words of a text, in their order, among those of some lines."""
    shown = [word for line in lines for word in line.split()]
    wanted = text.split()
    whole = [False] * len(wanted)
    for block in SequenceMatcher(None, shown, wanted, autojunk=False).get_matching_blocks():
        whole[block.b : block.b + block.size] = [True] * block.size
    filled = [line.split() for line in lines if line.strip()]
    joined = {before[-1] + after[0] for before, after in pairwise(filled)}
    cut = sum(not found and word in joined for found, word in zip(whole, wanted, strict=True))
    return Legible(sum(whole), cut, len(wanted) - sum(whole) - cut)


def _take_terminal() -> None:
    """Make standard input the session's terminal, so that a change of its size is told to the program."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
