"""The benchmark of the reader runs and counts; how fast it goes is no test, for that depends on the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("reads /proc", allow_module_level=True)

import reader

MINI = Path(__file__).parents[1] / "mini"


@pytest.mark.slow
def test_one_short_run_measures_all() -> None:
    figures = reader.measure(MINI, 0.1, 5)
    assert figures.revealing > 0
    assert 0 < figures.median <= figures.percentile
    assert figures.memory > 10


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ("  Before you believe\r\n  any of it.\r\n Space: on", 6),
        (f"{'  A road':71}C ¶6 Moscow Times\r\n{'  was – closed.':71}B ¶2 Daily\r\n{'':71}Sabah\r\n Space: on", 4),
        ("  A road.\r\n  C ¶6 · B ¶2\r\n  How we know: so.\r\n Space: on", 2),
    ],
)
def test_the_words_of_a_passage_are_those_of_its_text(seen: str, words: int) -> None:
    assert reader.count_revealed(seen) == words


def test_a_limit_that_is_missed_is_noticed() -> None:
    good = reader.Figures(1, 1, 1, 1, 1, 1)
    assert not reader.missed(good)
    assert reader.missed(good._replace(memory=41))
    assert reader.table(good).count("\n") == 1 + len(reader.LIMITS)
