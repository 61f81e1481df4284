"""The benchmark runs and counts; how fast it goes is no test, for that depends on the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

import first_line

from retell.checks import check
from retell.library import load
from retell.script import length

MINI = Path(__file__).parents[1] / "mini"


def test_the_long_story_is_a_whole_story_of_long_scenes(tmp_path: Path) -> None:
    library = load(first_line.write_long_story(MINI, tmp_path / "long", scenes=7, size=6000))
    assert [problem for problem in check(library) if problem.level == "error"] == []
    assert length(library).scenes == 7
    assert all(6000 <= len(scene.file.text) < 7000 for scene in library.told())


@pytest.mark.slow
def test_one_turn_measures_all_three(tmp_path: Path) -> None:
    long_story = first_line.write_long_story(MINI, tmp_path / "long", scenes=3)
    times = first_line.measure(MINI, long_story, 1, tmp_path / "bytecode")
    assert all(time > 0 for time in times)


def test_a_telling_that_ends_without_its_title_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "story.yaml").write_text("title: None\n", "utf-8")
    with pytest.raises(RuntimeError, match="ended before its title"):
        first_line.measure(tmp_path, tmp_path, 1, tmp_path / "bytecode")


@pytest.mark.parametrize(
    ("times", "missed"),
    [
        (first_line.Times(50, 100, 150), False),
        (first_line.Times(50, 101, 150), True),
        (first_line.Times(50, 100, 151), True),
    ],
)
def test_limits(times: first_line.Times, missed: bool) -> None:
    assert first_line.missed(times) is missed


def test_table() -> None:
    assert first_line.table(first_line.Times(50, 90, 126)).splitlines()[2:] == [
        "| floor: `import rich.console` | 50 |  |  |",
        "| a story | 90 | 1.80 × floor | 2.0 × floor |",
        "| 150 scenes | 126 | 2.52 × floor, 1.40 × story | 1.5 × story |",
    ]
