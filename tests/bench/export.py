"""How long the handout takes, and how much memory, held against Pandoc on the same text.

    python -m tests.bench.export [--story DIR] [--times 1,10,50,160] [--runs N] [--check]

For each size a story is made of so many copies of another's scenes and disputes (see check.py). `retell handout --cite
pandoc` is run on it, and `pandoc --citeproc` on what that wrote, into GFM: the same text, its citations set. Both are
whole commands, run in turn; the least of the runs counts, in seconds on the clock. What the processor took is compared
beside it, for it is the steadier of the two on a busy machine. Pandoc is taken from the extra `peers`.
With `--check` the exit code is 1 when a limit is missed.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.check import options, write_large_story
from tests.bench.cost import Cost, least, run, turns_of

SIZES = (1, 10, 50, 100)
MOST_OF_PANDOC = 0.6
MOST_OF_PANDOC_AT_LENGTH = 0.1
LENGTH = 450_000  # words from which the stricter limits hold
MOST_MEMORY = 150  # MiB, of half a million words
FEWEST_WORDS = 5_000  # from which growth is linear
MOST_GROWTH = 1.1  # the exponent: what is left for the machine


class Row(NamedTuple):
    """One size of a story: how many times the first, the words of its handout, and what the two commands took."""

    size: int
    words: int
    retell: Cost
    pandoc: Cost


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and give the exit code."""
    parser = options("Time and memory of the handout as the story grows.", SIZES, runs=3, copies=False)
    chosen = parser.parse_args(arguments)
    rows = [measure(chosen.story, int(size), chosen.runs) for size in chosen.times.split(",")]
    print(table(rows))
    return 1 if chosen.check and missed(rows) else 0


def measure(story: Path, size: int, runs: int) -> Row:
    """Run both commands on a story of one size."""
    import pypandoc  # noqa: PLC0415 - of the extra `peers`

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = write_large_story(story, folder / "large", size)
        handout, target = folder / "handout.md", folder / "github.md"
        ours = [
            sys.executable,
            "-m",
            "retell",
            "--story",
            str(root),
            "handout",
            "--cite",
            "pandoc",
            "-o",
            str(handout),
        ]
        theirs = [
            pypandoc.get_pandoc_path(),
            "--citeproc",
            "-f",
            "markdown",
            "-t",
            "gfm",
            "-o",
            str(target),
            str(handout),
        ]
        retell, pandoc = zip(
            *((run([*ours, "--force"]), run(theirs)) for _ in range(turns_of(size, runs))), strict=True
        )
        words = len(handout.read_text("utf-8").split())
    return Row(size, words, least(retell), least(pandoc))


def table(rows: Sequence[Row]) -> str:
    """Write the figures as a Markdown table, and how the time grows with the words."""
    lines = [
        "| story | words | retell, s | Pandoc, s | ratio | of processor | retell, MiB | Pandoc, MiB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| ×{row.size} | {row.words} | {row.retell.clock:.2f} | {row.pandoc.clock:.2f} | {_ratio(row):.2f} "
        f"| {row.retell.processor / row.pandoc.processor:.2f} | {row.retell.memory:.0f} | {row.pandoc.memory:.0f} |"
        for row in rows
    ]
    exponent = growth(rows)
    return "\n".join([*lines, *(["", f"retell grows as words^{exponent:.2f}"] if exponent is not None else [])])


def growth(rows: Sequence[Row]) -> float | None:
    """Give the growth of our time between the least and the greatest story, as an exponent: 1 is linear.

    What the least one takes before it comes to the story at all, the start of the program, is a part of it.
    """
    measured = [row for row in rows if row.words >= FEWEST_WORDS]
    if len(measured) < 2 or measured[0].words == measured[-1].words:
        return None
    first, last = measured[0], measured[-1]
    return math.log(last.retell.clock / first.retell.clock) / math.log(last.words / first.words)


def missed(rows: Sequence[Row]) -> bool:
    """Say whether a limit is missed."""
    if (growth(rows) or 0) > MOST_GROWTH:
        return True
    return any(
        _ratio(row) > (MOST_OF_PANDOC if row.words < LENGTH else MOST_OF_PANDOC_AT_LENGTH)
        or (row.words >= LENGTH and row.retell.memory > MOST_MEMORY)
        for row in rows
    )


def _ratio(row: Row) -> float:
    return row.retell.clock / row.pandoc.clock


if __name__ == "__main__":
    sys.exit(main())
