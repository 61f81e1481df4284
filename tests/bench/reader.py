"""What a reader at a terminal feels: processor time, the answer to a key, the pace kept, memory.

    python -m tests.bench.reader [--story DIR] [--waits SECONDS] [--keys N] [--check]

The telling runs on a real pseudo-terminal. Waiting: the processor time of so many seconds at a footer. Revealing: the
share of one processor while words appear, and how far the time of a passage is from what the pace promises. Keys: from
the press until all that it brings is drawn, over a walk through the story with a panel now and then. Memory: the
resident set at its highest. The figures are printed as a Markdown table; with `--check` the exit code is 1 when a limit
is missed. Linux only: processor time and memory are read from /proc.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyte

from retell.story.library import shipped_root

CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48, control sequences
WAITS = re.compile("Space: (?:on|more|begin|close)|Enter: go")  # what a footer says that waits; while it tells: at once
OTHERS = {" ": "\r", "q": "Q"}  # what means the same
PACE = 300
SIZE = (100, 30)
MEASURE = 68  # what stands further right is a citation in the margin
PATIENCE = 60.0
LIMITS = {
    "waiting, ms of processor in 5 s": 5.0,
    "revealing, % of a processor": 2.0,
    "off the pace, %": 2.0,
    "a key's answer, ms, median": 10.0,
    "a key's answer, ms, 99th percentile": 30.0,
    "memory, MiB": 32.0,
}


class Telling:
    """The telling of a story on a pseudo-terminal."""

    def __init__(self, story: Path, state: str, *arguments: str) -> None:
        self._reader, side = os.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "retell", "--story", str(story), "read", *arguments],
            env={**os.environ, "TERM": "xterm-256color", "RETELL_STATE": state, "PYTHONUTF8": "1", **bytecode(state)},
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
        )
        os.close(side)
        self.seen = self._pressed = ""

    def press(self, key: str) -> float:
        """Press a key and read until a footer waits; give the time that it took, in seconds.

        Another one for a key right after the same, which would be one that is held down.
        """
        key = OTHERS.get(key, key) if key == self._pressed else key
        self._pressed = key
        self.seen = ""
        start = time.perf_counter()
        os.write(self._reader, key.encode())
        return self.wait() - start

    def wait(self) -> float:
        """Read until a footer waits since the last key; give the moment, in seconds."""
        deadline = time.perf_counter() + PATIENCE
        while not WAITS.search(CONTROL.sub("", self.seen)):
            if not select.select([self._reader], [], [], max(0.0, deadline - time.perf_counter()))[0]:
                raise TimeoutError(f"no footer waits: {self.seen!r}")
            self.seen += os.read(self._reader, 65536).decode("utf-8", "replace")
        return time.perf_counter()

    def processor_time(self) -> float:
        """Give the processor time so far, in seconds: nanoseconds of schedstat, finer than the ticks of stat."""
        return int(Path(f"/proc/{self.process.pid}/schedstat").read_text("ascii").split()[0]) / 1e9

    def memory(self) -> float:
        """Give the highest resident set so far, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._reader)


def bytecode(folder: str) -> dict[str, str]:
    """Keep bytecode in a folder, as an installation does: to make it takes memory."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}


class Figures(NamedTuple):
    """What was measured, in the units of LIMITS and in their order."""

    waiting: float
    revealing: float
    off_the_pace: float
    median: float
    percentile: float
    memory: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and give the exit code."""
    parser = argparse.ArgumentParser(description="What a reader at a terminal feels.")
    parser.add_argument("--story", type=Path, default=shipped_root(), help="a folder that holds story/ and cards/")
    parser.add_argument("--waits", type=float, default=5.0, help="seconds of waiting that are measured")
    parser.add_argument("--keys", type=int, default=200, help="keys whose answers are timed")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a limit is missed")
    chosen = parser.parse_args(arguments)
    figures = measure(chosen.story, chosen.waits, chosen.keys)
    print(table(figures))
    return 1 if chosen.check and missed(figures) else 0


def measure(story: Path, waits: float, keys: int) -> Figures:
    """Measure all figures."""
    with tempfile.TemporaryDirectory() as state:
        waiting, revealing, off = paced(story, state, waits)
        answers, memory = pressed(story, state, keys)
    last = statistics.quantiles(answers, n=100)[-1]
    return Figures(waiting * 5 / waits * 1000, revealing * 100, off * 100, statistics.median(answers), last, memory)


def paced(story: Path, state: str, waits: float) -> tuple[float, float, float]:
    """Give the processor time of waiting, the share of revealing, and how far its time is from the pace's."""
    telling = Telling(story, state, "--pace", str(PACE), "--restart")
    try:
        telling.wait()
        for key in " sqhqnqtqcq?q":  # so that the bytecode of panels is there when memory is measured
            telling.press(key)
        for _ in range(2):  # what is imported for the first passage is no part of revealing
            telling.press(" ")
        before = telling.processor_time()
        time.sleep(waits)
        waiting = telling.processor_time() - before
        used = telling.processor_time()
        taken = telling.press(" ")
        share = (telling.processor_time() - used) / taken
        words = count_revealed(telling.seen)
        return waiting, share, abs(taken - words * 60 / PACE) / (words * 60 / PACE)
    finally:
        telling.end()


def count_revealed(seen: str) -> int:
    """Count the words of a passage: those before its citations, which stand in the margin or on lines of their own."""
    screen = pyte.Screen(*SIZE)
    pyte.Stream(screen).feed(seen)
    lines = [line[:MEASURE].strip() for line in screen.display if not WAITS.search(line)]
    told = [line for line in lines if line and not re.match(r"[A-Z] ¶|How we know:", line)]
    return sum(any(map(str.isalnum, word)) for line in told for word in line.split())


def pressed(story: Path, state: str, keys: int) -> tuple[list[float], float]:
    """Give the time of each key's answer in milliseconds, and the memory in MiB."""
    telling = Telling(story, state, "--pace", "instant", "--restart")
    try:
        telling.wait()
        for key in " sqnqtqhqcq?q":  # what is imported for the first panel is no part of an answer
            telling.press(key)
        answers = []
        for i in range(keys):
            key = "  s b n h t c "[i % 14] if i % 14 else " "
            answers.append(telling.press(key) * 1000)
            if key in "snhtc":
                answers.append(telling.press("q") * 1000)
        return answers, telling.memory()
    finally:
        telling.end()


def table(figures: Figures) -> str:
    """Write the figures as a Markdown table."""
    lines = ["| what | measured | limit |", "|---|---:|---:|"]
    rows = zip(LIMITS.items(), figures, strict=True)
    return "\n".join([*lines, *(f"| {what} | {figure:.2f} | {limit:.0f} |" for (what, limit), figure in rows)])


def missed(figures: Figures) -> bool:
    """Say whether a limit is missed."""
    return any(figure > limit for figure, limit in zip(figures, LIMITS.values(), strict=True))


if __name__ == "__main__":
    sys.exit(main())
