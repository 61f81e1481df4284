"""The benchmark of the export runs and counts; how fast it goes is no test, for that depends on the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows does not say what a process has taken", allow_module_level=True)

import export as bench
from cost import Cost

MINI = Path(__file__).parents[1] / "mini"


def row(words: int, retell: float, pandoc: float, memory: float = 100) -> bench.Row:
    return bench.Row(words // 1000, words, Cost(retell / 2, retell, memory), Cost(pandoc, pandoc, 10 * memory))


@pytest.mark.pandoc
def test_one_run_measures_both() -> None:
    pytest.importorskip("pypandoc", reason="needs Pandoc: the extra 'peers'")
    measured = bench.measure(MINI, 2, 1)
    assert min(*measured.retell, *measured.pandoc) > 0
    assert measured.words > 300


@pytest.mark.parametrize(
    ("rows", "missed"),
    [
        ([row(7_000, 0.5, 1.0), row(1_000_000, 10, 100)], False),
        ([row(7_000, 0.7, 1.0)], True),
        ([row(1_000_000, 11, 100)], True),
        ([row(1_000_000, 10, 100, 151)], True),
        ([row(100_000, 10, 100, 151)], False),
        ([row(10_000, 1, 100), row(100_000, 20, 100)], True),
        ([row(100, 0.1, 1), row(10_000, 0.1, 100), row(100_000, 1, 100)], False),
    ],
)
def test_limits(rows: list[bench.Row], missed: bool) -> None:
    assert bench.missed(rows) is missed


def test_table() -> None:
    assert bench.table([row(7_000, 0.5, 1.0), row(70_000, 5, 20)]).splitlines()[2:] == [
        "| ×7 | 7000 | 0.50 | 1.00 | 0.50 | 0.25 | 100 | 1000 |",
        "| ×70 | 70000 | 5.00 | 20.00 | 0.25 | 0.12 | 100 | 1000 |",
        "",
        "retell grows as words^1.00",
    ]
    assert "grows" not in bench.table([row(7_000, 0.5, 1.0)])
