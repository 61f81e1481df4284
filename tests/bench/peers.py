"""retell beside two presenters for terminals, patat and lookatme, on the same narration.

    python -m tests.bench.peers [--retell PROGRAM] [--patat PROGRAM] [--lookatme PROGRAM] [--story DIR] [--words N]

The narration of a story is told by retell at once, without motion, and shown by the others as slides, one a passage, in
Markdown. Each program runs on a real pseudo-terminal, and what it shows is counted on an emulator's screen. The figures
are printed as a Markdown table; a program that is not there is left out, with a line that says so. Linux only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from retell.story.library import shipped_root
from tests.bench.narration import Narration, write_narration, write_slides
from tests.bench.watched import Legible, Watched, Written

WORDS = 5000
NARROW, WIDE, RESIZED, ROWS = 40, 90, 50, 24
UNSET = ("NO_COLOR", "FORCE_COLOR", "RETELL_PACE", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")


class Program(NamedTuple):
    """A program: its name, the path to it, the key that goes on, and how a narration becomes its arguments."""

    name: str
    path: str
    key: str
    prepare: Callable[[Narration, Path], list[str]]


class Effort(NamedTuple):
    """How much to measure: starts, walks through it all, passages between two resizes, and seconds of being left alone.

    `quiet` is how long nothing comes when a screen is complete; after a resize, a program may first wait for the next.
    """

    starts: int = 21
    walks: int = 2
    between: int = 5
    idle: float = 5.0
    quiet: float = 0.06
    quiet_after_resize: float = 0.4


class Figures(NamedTuple):
    """What one program needs, in seconds, and how much of the narration can be read."""

    starts: Sequence[Written]
    presses: Sequence[Written]
    idle: float
    narrow: Legible
    resized: Legible
    after: Legible


def for_retell(narration: Narration, folder: Path) -> list[str]:
    """Give the arguments that tell a narration at once, without motion, and from its start each time."""
    return ["--story", str(narration.root), "read", "--restart", "--pace", "instant"]


def for_patat(narration: Narration, folder: Path) -> list[str]:
    """Give the arguments that show a narration; without `wrap` patat would leave lines as long as they are."""
    header = f"title: {narration.title}\npatat:\n  wrap: true\n"
    return [str(write_slides(narration, folder / "patat.md", header))]


def for_lookatme(narration: Narration, folder: Path) -> list[str]:
    """Give the arguments that show a narration."""
    return [str(write_slides(narration, folder / "lookatme.md", f"title: {narration.title}\n"))]


PROGRAMS = (
    Program("retell", str(Path(sys.executable).with_name("retell")), " ", for_retell),
    Program("patat", "patat", "\r", for_patat),  # 0.8.8 names Space on its help page, but does not go on at it
    Program("lookatme", "lookatme", " ", for_lookatme),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and give the exit code."""
    parser = argparse.ArgumentParser(description="retell beside patat and lookatme on the same narration.")
    for program in PROGRAMS:
        parser.add_argument(f"--{program.name}", default=program.path, metavar="PROGRAM", help="its path")
    parser.add_argument("--story", type=Path, default=shipped_root(), help="a folder that holds story/ and cards/")
    parser.add_argument("--words", type=int, default=WORDS, help="how many words at least")
    chosen = parser.parse_args(arguments)
    programs, absent = find_programs({program.name: getattr(chosen, program.name) for program in PROGRAMS})
    with tempfile.TemporaryDirectory() as folder:
        narration = write_narration(chosen.story, Path(folder) / "story", chosen.words)
        figures = measure(programs, narration, Path(folder))
    print(f"{narration.words} words in {len(narration.passages)} passages\n\n{table(figures)}")
    for name in absent:
        print(f"\n{name} is not there and was left out: say where it is with --{name}")
    return 0


def find_programs(paths: dict[str, str]) -> tuple[list[Program], list[str]]:
    """Give the programs that are there, and the names of the others."""
    there = {name: shutil.which(path) for name, path in paths.items()}
    present = [program._replace(path=path) for program in PROGRAMS if (path := there[program.name])]
    return present, [name for name, path in there.items() if not path]


def measure(
    programs: Sequence[Program], narration: Narration, folder: Path, effort: Effort | None = None
) -> dict[str, Figures]:
    """Let the programs take turns, so that whatever else the machine does weighs on all of them."""
    effort = effort or Effort()
    shows = [Show(program, narration, folder, effort) for program in programs]
    starts = [[show.start() for show in shows] for _ in range(effort.starts + 1)][1:]  # the first fills the caches
    walks = [[show.walk() for show in shows] for _ in range(effort.walks)]
    return {
        show.name: Figures(
            starts=[turn[i] for turn in starts],
            presses=[press for turn in walks for press in turn[i]],
            idle=show.wait(),
            narrow=show.read_narrow(),
            resized=(read := show.read_resized())[0],
            after=read[1],
        )
        for i, show in enumerate(shows)
    }


class Show:
    """One program with one narration."""

    def __init__(self, program: Program, narration: Narration, folder: Path, effort: Effort) -> None:
        """Take the program, what it shows, a folder for its files, and how much to measure."""
        self.name = program.name
        self._command = [program.path, *program.prepare(narration, folder)]
        self._key = program.key
        self._narration = narration
        self._effort = effort
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        self._environment = {
            **kept,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "RETELL_STATE": str(folder / "state"),
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),  # the first start writes it, as an installation does
        }

    def start(self) -> Written:
        """Start it; give when its first frame came, and when all of it had."""
        with self._started(WIDE) as (_, written):
            return written

    def walk(self) -> list[Written]:
        """Go through all passages; give when the screen began to change after each key, and when all had come."""
        with self._started(WIDE) as (watched, _):
            return [watched.press(self._key, self._effort.quiet) for _ in self._narration.passages]

    def wait(self) -> float:
        """Give how much work it does while it is left alone at a passage, in seconds."""
        with self._started(WIDE) as (watched, _):
            watched.press(self._key, self._effort.quiet)
            return watched.seconds_of_work(self._effort.idle)

    def read_narrow(self) -> Legible:
        """Read all passages in a narrow window."""
        legible = Legible()
        with self._started(NARROW) as (watched, _):
            for passage in self._narration.passages:
                watched.press(self._key, self._effort.quiet)
                legible += watched.legible(passage.text)
        return legible

    def read_resized(self) -> tuple[Legible, Legible]:
        """Make the window narrower at every few passages; read the one that stands there, and the one after it."""
        resized, after = Legible(), Legible()
        with self._started(WIDE) as (watched, _):
            for i, passage in enumerate(self._narration.passages):
                watched.press(self._key, self._effort.quiet)
                if watched.screen.columns == RESIZED:
                    after += watched.legible(passage.text)
                    watched.resize(WIDE, self._effort.quiet_after_resize)
                elif i % self._effort.between == 0:
                    watched.resize(RESIZED, self._effort.quiet_after_resize)
                    resized += watched.legible(passage.text)
        return resized, after

    @contextmanager
    def _started(self, columns: int) -> Iterator[tuple[Watched, Written]]:
        with Watched(self._command, self._environment, columns, ROWS) as watched:
            yield watched, watched.wait_for(self._narration.title, self._effort.quiet)


def table(figures: dict[str, Figures]) -> str:
    """Write the figures as a Markdown table, a column for each program; the times are in milliseconds."""
    rows: list[tuple[str, Callable[[Figures], str]]] = [
        ("first frame, median, ms", lambda it: _ms([start.first for start in it.starts], 50)),
        ("all of the first screen, median, ms", lambda it: _ms([start.last for start in it.starts], 50)),
        ("processor in 5 s of waiting, ms", lambda it: f"{1000 * it.idle:.1f}"),
        ("key to first byte, median, ms", lambda it: _ms([press.first for press in it.presses], 50)),
        ("key to first byte, 99th percentile, ms", lambda it: _ms([press.first for press in it.presses], 99)),
        ("key to last byte, median, ms", lambda it: _ms([press.last for press in it.presses], 50)),
        ("key to last byte, 99th percentile, ms", lambda it: _ms([press.last for press in it.presses], 99)),
        (f"{NARROW} columns: words whole / cut / missing", lambda it: _legible(it.narrow)),
        (f"resized from {WIDE} to {RESIZED} columns: words whole / cut / missing", lambda it: _legible(it.resized)),
        ("the passage after that: words whole / cut / missing", lambda it: _legible(it.after)),
    ]
    lines = [f"| what | {' | '.join(figures)} |", "|---|" + "---:|" * len(figures)]
    lines += [f"| {what} | {' | '.join(map(show, figures.values()))} |" for what, show in rows]
    return "\n".join(lines)


def percentile(values: Sequence[float], percent: int) -> float:
    """Give the least of the values that so many percent of them do not exceed (the nearest rank)."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def _ms(seconds: Sequence[float], percent: int) -> str:
    return f"{1000 * percentile(seconds, percent):.1f}"


def _legible(words: Legible) -> str:
    return " / ".join(map(str, words))


if __name__ == "__main__":
    sys.exit(main())
