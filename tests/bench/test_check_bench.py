"""The benchmark of the check runs and counts; how fast it goes is no test, for that depends on the machine."""

from __future__ import annotations

from pathlib import Path

import check as bench
import pytest

from retell.checks import check
from retell.library import load
from retell.model import Figure

MINI = Path(__file__).parents[1] / "mini"


def times(words: int, loading: float, checking: float, proving: float | None) -> bench.Times:
    return bench.Times(words // 100, words, words // 50, loading, checking, proving)


def test_the_large_story_is_a_whole_story_and_no_two_of_its_scenes_are_alike(tmp_path: Path) -> None:
    library = load(bench.write_large_story(MINI, tmp_path / "large", 12))
    assert [problem for problem in check(library) if problem.level == "error"] == []
    assert len(list(library.told())) == 24
    assert len({scene.form.gist.text for scene in library.told()}) == 24
    assert len(library.disputes) == 12
    assert sum(isinstance(beat, Figure) for scene in library.told() for beat in scene.form.beats) == 1, (
        "as in the first"
    )


def test_one_run_measures_all_three(tmp_path: Path) -> None:
    (tmp_path / "north.txt").write_text("Nothing.", "utf-8")
    measured = bench.measure(MINI, tmp_path, 2, 1)
    assert min(measured.loading, measured.checking, measured.proving or 0) > 0
    assert bench.measure(MINI, None, 1, 1).proving is None
    assert measured.words > 50
    assert measured.citations > 10


def test_a_number_becomes_a_word_without_figures() -> None:
    assert len({bench.in_letters(number) for number in range(300)}) == 300
    assert bench.in_letters(120) == "xbca"


@pytest.mark.parametrize(
    ("rows", "missed"),
    [
        ([times(100, 1, 2, 4), times(1000, 10, 20, 40)], False),
        ([times(100, 1, 2, None), times(1000, 10, 20, None)], False),
        ([times(100, 1, 2.1, 4)], True),
        ([times(100, 1, 2, 4.1)], True),
        ([times(100, 1, 1, 2), times(1000, 10, 18, 20)], True),
    ],
)
def test_limits(rows: list[bench.Times], missed: bool) -> None:
    assert bench.missed(rows) is missed


def test_table() -> None:
    lines = bench.table([times(100, 1, 2, None), times(1000, 10, 20, 40)]).splitlines()
    assert lines[2:] == [
        "| ×1 | 100 | 2 | 1.00 | 2.00 | 2.00 | – | – |",
        "| ×10 | 1000 | 20 | 10.00 | 20.00 | 2.00 | 40.00 | 4.00 |",
        "",
        "loading grows as words^1.00",
        "check grows as words^1.00",
    ]
