"""What whole commands take as the story grows: start-up, first line, all of it into a pipe, check, handout.

    python -m tests.bench.growth [--story DIR] [--times 1,10,50,200] [--runs N] [--check]

For each size a story is made of so many copies of another's scenes and disputes (see check.py), and each command is run
on it in a process of its own; the least of its runs counts. The words are those that `retell read` told. The floors are
Python alone, with click, which reads the command line, and with rich, which draws; a ratio holds a command's time on
the least story against the last of them, by the processor, which is steadier than the clock on a busy machine. The
first line is timed on a pseudo-terminal, by the clock alone (see first_line.py). The check with copies takes no story
as large as these (see check.py). With `--check` the exit code is 1 when a limit is missed.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.bench import first_line
from tests.bench.check import options, write_large_story
from tests.bench.cost import TURNS_OF_SHORT_ONES, Cost, least, run, turns_of

SIZES = (1, 10, 50, 100)
PYTHON, CLICK, RICH = "python", "import click", "import rich.console"
FLOORS = {PYTHON: "pass", CLICK: CLICK, RICH: RICH}  # each adds to the one before
START, FIRST_LINE, TOLD = "retell --version", "first line", "retell read"
CHECK, HANDOUT = "retell check", "retell handout"
COMMANDS = (START, FIRST_LINE, TOLD, CHECK, HANDOUT)
MOST_GROWTH = 1.2  # the exponent, from the second size to the last
MOST_START = 1.1  # times its floor


class Row(NamedTuple):
    """What one command took on a story of one size; no words where no story is read, nan for what was not measured."""

    command: str
    size: int
    words: int
    cost: Cost


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and give the exit code."""
    parser = options("Time and memory of whole commands as the story grows.", SIZES, runs=2, copies=False)
    chosen = parser.parse_args(arguments)
    rows = measure_starts(chosen.runs * TURNS_OF_SHORT_ONES)
    for size in map(int, chosen.times.split(",")):
        rows += measure(chosen.story, size, turns_of(size, chosen.runs))
    print(table(rows))
    return 1 if chosen.check and missed(rows) else 0


def measure_starts(runs: int) -> list[Row]:
    """Run the floors and the start of the program in turn."""
    commands = {name: [sys.executable, "-c", code] for name, code in FLOORS.items()}
    commands[START] = [sys.executable, "-m", "retell", "--version"]
    turns = [[run(command) for command in commands.values()] for _ in range(runs + 1)][1:]  # the first fills caches
    return [Row(name, 0, 0, least(costs)) for name, costs in zip(commands, zip(*turns, strict=True), strict=True)]


def measure(story: Path, size: int, runs: int) -> list[Row]:
    """Run the commands on a story of one size, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = write_large_story(story, folder / "large", size)
        print(f"growth: commands on the story ×{size}", file=sys.stderr, flush=True)
        turns = range(max(runs, TURNS_OF_SHORT_ONES) + 1)  # of each size it is short; the first fills the caches
        first = [_first_line(root, folder / "bytecode") for _ in turns][1:]
        costs = {FIRST_LINE: least(first)}
        told = [run_into_pipe(_retell(root, "read", "--pace", "instant")) for _ in range(runs)]
        costs[TOLD], words = least([cost for cost, _ in told]), told[0][1]
        for command, arguments in _others(folder / "handout.md"):
            costs[command] = least([run(_retell(root, *arguments)) for _ in range(runs)])
    return [Row(command, size, words, cost) for command, cost in costs.items()]


def run_into_pipe(command: Sequence[str]) -> tuple[Cost, int]:
    """Run a command into a pipe at whose end the words are counted; give what it took, and their number."""
    counting = {**os.environ, "LC_ALL": "C"}
    with subprocess.Popen(["wc", "-w"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=counting) as count:
        assert count.stdin is not None, "it is a pipe"
        cost = run(command, count.stdin)
        words, _ = count.communicate()
    return cost, int(words)


def _retell(root: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "retell", "--story", str(root), *arguments]


def _others(handout: Path) -> Iterator[tuple[str, list[str]]]:
    yield CHECK, ["check"]
    yield HANDOUT, ["handout", "-o", str(handout), "--force"]


def _first_line(root: Path, bytecode: Path) -> Cost:
    """Time the first line; the telling is ended there, so that neither its work nor its memory can be told."""
    return Cost(math.nan, first_line.seconds_to_title(root, first_line.terminal_environment(bytecode)), math.nan)


def table(rows: Sequence[Row]) -> str:
    """Write the figures as a Markdown table, and as another how they grow with the words."""
    lines = [
        "| command | story | words | clock, s | processor, s | beside the floor | memory, MiB |",
        "|---|---:|---:|---:|---:|---|---:|",
    ]
    for command, size, words, cost in sorted(rows, key=lambda row: (*FLOORS, *COMMANDS).index(row.command)):
        times = (f"{cost.clock:.2f}", _figure(cost.processor, 2), over_floor(rows, command) if size <= 1 else "")
        shown = (f"`{command}`", f"×{size}" if size else "", str(words or ""), *times, _figure(cost.memory, 0))
        lines.append(f"| {' | '.join(shown)} |")
    return "\n".join([*lines, *_growth_table(rows)])


def _growth_table(rows: Sequence[Row]) -> Iterator[str]:
    spans = spans_of(rows)
    if not spans:
        return
    heads = [f"time, ×{a} to ×{b}" for a, b in spans] + [f"memory, ×{spans[-1][0]} to ×{spans[-1][1]}"]
    yield from ("", f"| grows as words^ | {' | '.join(heads)} |")
    yield "|---|" + "---:|" * len(heads)
    for command in (name for name in COMMANDS if any(row.command == name and row.size for row in rows)):
        times = [_figure(growth(rows, command, span), 2) for span in spans]
        yield f"| `{command}` | {' | '.join(times)} | {_figure(growth(rows, command, spans[-1], memory=True), 2)} |"


def over_floor(rows: Sequence[Row], command: str) -> str:
    """Hold a command's time on the least story against its floor's: `1.65 × import rich.console`."""
    if command in FLOORS:
        return "a floor"
    floor, taken = (next(row.cost for row in rows if row.command == name) for name in (RICH, command))
    ratio = taken.clock / floor.clock if math.isnan(taken.processor) else taken.processor / floor.processor
    return f"{ratio:.2f} × {RICH}"


def spans_of(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Give between which sizes growth is told: the first and the second, where the start weighs most, and the rest."""
    sizes = sorted({row.size for row in rows if row.size})
    ends = [*sizes[:2], *sizes[-1:]] if len(sizes) > 2 else sizes
    return list(pairwise(ends))


def growth(rows: Sequence[Row], command: str, span: tuple[int, int], memory: bool = False) -> float:
    """Give how a command's time, or its memory, grows between two sizes, as an exponent of the words: 1 is linear.

    The time is the processor's, which is steadier on a busy machine; for the first line it is the clock's.
    """
    first, last = (next(row for row in rows if (row.command, row.size) == (command, size)) for size in span)
    taken = [
        row.cost.memory if memory else row.cost.clock if math.isnan(row.cost.processor) else row.cost.processor
        for row in (first, last)
    ]
    return math.log(taken[1] / taken[0]) / math.log(last.words / first.words)


def missed(rows: Sequence[Row]) -> bool:
    """Say whether a limit is missed."""
    starts = {row.command: row.cost.processor for row in rows if not row.size}
    if starts[START] > MOST_START * starts[RICH]:
        return True
    commands = {row.command for row in rows if row.size}
    return any(growth(rows, command, span) > MOST_GROWTH for command in commands for span in spans_of(rows)[-1:])


def _figure(value: float, digits: int) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


if __name__ == "__main__":
    sys.exit(main())
