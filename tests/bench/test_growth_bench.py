"""The benchmark of whole commands runs and counts; how fast it goes is no test, for that depends on the machine."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows does not say what a process has taken", allow_module_level=True)

import growth as bench
from cost import Cost, least, run

MINI = Path(__file__).parents[1] / "mini"


def row(command: str, size: int, words: int, seconds: float, memory: float = 10) -> bench.Row:
    return bench.Row(command, size, words, Cost(seconds, 2 * seconds, memory))


def rows(start: float = 0.2, check: float = 20) -> list[bench.Row]:
    """A start, a first line that does not grow, and a check of three sizes, the last as slow as told."""
    return [
        row(bench.PYTHON, 0, 0, 0.02),
        row(bench.RICH, 0, 0, 0.1),
        row(bench.START, 0, 0, start),
        row(bench.CHECK, 1, 100, 0.5),
        bench.Row(bench.FIRST_LINE, 1, 100, Cost(math.nan, 0.3, math.nan)),
        row(bench.CHECK, 10, 1000, 1),
        bench.Row(bench.FIRST_LINE, 10, 1000, Cost(math.nan, 0.3, math.nan)),
        row(bench.CHECK, 200, 20_000, check, 200),
        bench.Row(bench.FIRST_LINE, 200, 20_000, Cost(math.nan, 0.3, math.nan)),
    ]


def test_a_command_that_fails_is_noticed() -> None:
    with pytest.raises(RuntimeError, match="no-such-file"):
        run([sys.executable, "no-such-file"])


def test_the_memory_is_the_commands_own_and_not_that_of_who_started_it() -> None:
    ballast = bytearray(200 * 2**20)
    code = "held = bytearray(50 * 2**20)"
    assert 50 < run([sys.executable, "-c", code]).memory < 100 < len(ballast) / 2**20


def test_work_and_waiting_are_told_apart() -> None:
    cost = run([sys.executable, "-c", "import select; select.select([], [], [], 0.3)"])
    assert cost.processor < 0.3 <= cost.clock


def test_the_least_is_taken_figure_by_figure() -> None:
    assert least([Cost(1, 5, 9), Cost(2, 4, 8)]) == Cost(1, 4, 8)


def test_the_words_that_come_out_of_a_pipe_are_counted() -> None:
    cost, words = bench.run_into_pipe([sys.executable, "-c", "print('one two', 'three', sep=chr(10))"])
    assert words == 3
    assert min(cost) > 0


@pytest.mark.slow
def test_one_run_measures_every_command(tmp_path: Path) -> None:
    (tmp_path / "north.txt").write_text("Nothing.", "utf-8")
    measured = [*bench.measure_starts(1), *bench.measure(MINI, None, 1, 1), *bench.measure(MINI, None, 2, 1)]
    assert {row.command for row in measured} == {*bench.FLOORS, *bench.COMMANDS} - {bench.CHECK_COPIES}
    assert all(row.cost.clock > 0 for row in measured)
    assert {row.words > 50 for row in measured if row.size} == {True}
    assert bench.spans_of(measured) == [(1, 2)]


@pytest.mark.parametrize(
    ("measured", "missed"),
    [(rows(), False), (rows(start=0.26), True), (rows(check=37), True), (rows(check=36), False)],
)
def test_limits(measured: list[bench.Row], missed: bool) -> None:
    assert bench.missed(measured) is missed


def test_table() -> None:
    assert bench.table(rows()).splitlines()[2:] == [
        "| `python` |  |  | 0.04 | 0.02 | a floor | 10 |",
        "| `import rich.console` |  |  | 0.20 | 0.10 | a floor | 10 |",
        "| `retell --version` |  |  | 0.40 | 0.20 | 2.00 × import rich.console | 10 |",
        "| `first line` | ×1 | 100 | 0.30 | – | 1.50 × import rich.console | – |",
        "| `first line` | ×10 | 1000 | 0.30 | – |  | – |",
        "| `first line` | ×200 | 20000 | 0.30 | – |  | – |",
        "| `retell check` | ×1 | 100 | 1.00 | 0.50 | 5.00 × import rich.console | 10 |",
        "| `retell check` | ×10 | 1000 | 2.00 | 1.00 |  | 10 |",
        "| `retell check` | ×200 | 20000 | 40.00 | 20.00 |  | 200 |",
        "",
        "| grows as words^ | time, ×1 to ×10 | time, ×10 to ×200 | memory, ×10 to ×200 |",
        "|---|---:|---:|---:|",
        "| `first line` | 0.00 | 0.00 | – |",
        "| `retell check` | 0.30 | 1.00 | 1.00 |",
    ]
    assert "grows" not in bench.table(rows()[:5])
