"""A command in; what it took out: time of the processor, time on the clock, memory at its largest."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

TURNS_OF_SHORT_ONES = 5  # what is over in a second is run so much more often
SHORT = 10  # times the shipped story up to which it is
WITNESS = Path(__file__).with_name("witness.py")


class Cost(NamedTuple):
    """What a command took: seconds of the processor, seconds on the clock, MiB at its largest."""

    processor: float
    clock: float
    memory: float


UNSET = ("PYTHONDONTWRITEBYTECODE", "RETELL_COPIES")
"""With copies a command does more, which only those benchmarks want that name their folder."""


def run(command: Sequence[str], output: IO[bytes] | None = None) -> Cost:
    """Run a command, its output thrown away or sent where it is wanted; raises RuntimeError when it fails.

    What it compiles it may keep, so that only its first run is slower than where it is installed.
    """
    environment = {name: value for name, value in os.environ.items() if name not in UNSET}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(WITNESS), str(report), *command],
            stdin=subprocess.DEVNULL,
            stdout=output or subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {done.stderr.decode(errors='replace')}")
        processor, clock, size = map(float, report.read_text("ascii").split())
    return Cost(processor, clock, size / 2**20)


def turns_of(size: int, runs: int) -> int:
    """Give how often a command is run on a story so many times the shipped one; a long one is run `runs` times."""
    return runs * (TURNS_OF_SHORT_ONES if size <= SHORT else 1)


def least(costs: Sequence[Cost]) -> Cost:
    """Give the least of several runs, each figure for itself."""
    return Cost(*(min(values) for values in zip(*costs, strict=True)))
