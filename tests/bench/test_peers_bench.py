"""The comparison with other presenters runs and counts, with retell alone and with whichever of them are there."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the comparison needs Linux's clock of a process", allow_module_level=True)

import peers
from narration import Narration, write_narration, write_slides
from watched import Legible, Watched, Written, read_words

from retell.checks import check
from retell.library import load, shipped_root
from retell.terminal.keys import BINDINGS, Ask

MINI = Path(__file__).parents[1] / "mini"
BRIEFLY = peers.Effort(starts=1, walks=1, between=2, idle=0.1, quiet=0.05)
# shows a text at each key, and then is at work until it is ended
SHOWING = """
import os, tty
tty.setraw(0)
print("Ready", end="\\r\\n", flush=True)
for text in ("one two", "three four five sixty"):
    os.read(0, 1)
    print(text, end="\\r\\n", flush=True)
os.read(0, 1)
print("At work", end="", flush=True)
while True:
    pass
"""


@pytest.fixture(scope="module")
def narration(tmp_path_factory: pytest.TempPathFactory) -> Narration:
    return write_narration(MINI, tmp_path_factory.mktemp("narration") / "story", 30)


@pytest.mark.parametrize("words", [1, 60, 4000])
def test_the_narration_has_so_many_words_and_no_passage_more(words: int, tmp_path: Path) -> None:
    narration = write_narration(shipped_root(), tmp_path / "story", words)
    assert words <= narration.words < words + len(narration.passages[-1].text.split())


def test_the_narration_is_a_story_that_can_be_told(narration: Narration) -> None:
    library = load(narration.root)
    assert [problem for problem in check(library) if problem.level == "error"] == []
    assert {type(beat).__name__ for scene in library.told() for beat in scene.form.beats} == {"Say"}
    assert {passage.title for passage in narration.passages} == {"Start"}
    assert {passage.codes for passage in narration.passages} == {"A ¶1 · B ¶1–2"}


def test_the_slides_have_the_same_words(narration: Narration, tmp_path: Path) -> None:
    header, first, *slides = (
        write_slides(narration, tmp_path / "slides.md", "title: x\n").read_text("utf-8").split("---\n")[1:]
    )
    assert (header, first.strip()) == ("title: x\n", "# The Bridge")
    assert [slide.strip() for slide in slides] == [
        f"# Start\n\n{passage.text}\n\n{passage.codes}" for passage in narration.passages
    ]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["one two", "three"], Legible(3, 0, 0)),
        (["  one", "", "two three  "], Legible(3, 0, 0)),
        (["one two th", "ree"], Legible(2, 1, 0)),
        (["one two th", "", "ree"], Legible(2, 1, 0)),
        (["one two th"], Legible(2, 0, 1)),
        (["three two one"], Legible(1, 0, 2)),
        ([], Legible(0, 0, 3)),
    ],
)
def test_words_are_whole_cut_or_missing(lines: list[str], read: Legible) -> None:
    assert read_words(lines, "one two three") == read


def test_a_program_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    with Watched([sys.executable, "-c", SHOWING], {}, 20, 5) as watched:
        started = watched.wait_for("READY", 0.05)
        assert 0 < started.first <= started.last
        pressed = watched.press(" ", 0.05)
        assert 0 < pressed.first <= pressed.last
        assert watched.legible("one two") == Legible(2, 0, 0)
        watched.press(" ", 0.05)
        assert watched.legible("three four five sixty") == Legible(3, 1, 0)
        watched.resize(10, 0.05)
        assert watched.legible("three four five sixty") == Legible(2, 0, 2)
        assert watched.seconds_of_work(0.05) == 0
        monkeypatch.setattr("watched.PATIENCE", 0.2)
        with pytest.raises(RuntimeError, match="does not come to rest"):
            watched.press(" ", 0.05)
        assert watched.seconds_of_work(0.05) > 0


def test_a_program_that_never_shows_what_it_should_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watched.PATIENCE", 0.1)
    with Watched([sys.executable, "-c", "input()"], {}, 20, 5) as watched, pytest.raises(RuntimeError, match="no 'x'"):
        watched.wait_for("x", 0.05)


def test_what_is_not_there_is_left_out() -> None:
    programs, absent = peers.find_programs({"retell": sys.executable, "patat": "no-such-program", "lookatme": "sh"})
    assert ([program.name for program in programs], absent) == (["retell", "lookatme"], ["patat"])


def test_the_key_that_goes_on_is_the_programs() -> None:
    assert peers.PROGRAMS[0].key in next(binding.keys for binding in BINDINGS if binding.ask is Ask.GO_ON)


@pytest.mark.slow
def test_retell_is_measured(narration: Narration, tmp_path: Path) -> None:
    programs, _ = peers.find_programs({"retell": peers.PROGRAMS[0].path, "patat": "", "lookatme": ""})
    figures = peers.measure(programs, narration, tmp_path, BRIEFLY)["retell"]
    assert len(figures.starts) == 1
    assert len(figures.presses) == len(narration.passages)
    assert all(0 < written.first <= written.last for written in (*figures.starts, *figures.presses))
    assert figures.narrow == Legible(narration.words, 0, 0)
    assert sum(figures.resized) > 0
    assert figures.after.missing == figures.after.cut == 0


@pytest.mark.peers
@pytest.mark.parametrize("name", ["patat", "lookatme"])
def test_a_peer_is_measured(name: str, narration: Narration, tmp_path: Path) -> None:
    if not shutil.which(name):
        pytest.skip(f"needs {name} on the path")
    programs, _ = peers.find_programs({"retell": "", "patat": "", "lookatme": "", name: name})
    figures = peers.measure(programs, narration, tmp_path, BRIEFLY)[name]
    assert len(figures.presses) == len(narration.passages)
    assert figures.narrow.whole > 0


@pytest.mark.parametrize(("percent", "value"), [(50, 2.0), (99, 4.0), (1, 1.0), (75, 3.0), (76, 4.0)])
def test_percentile(percent: int, value: float) -> None:
    assert peers.percentile([3.0, 1.0, 4.0, 2.0], percent) == value


def test_table() -> None:
    figures = peers.Figures(
        starts=[Written(0.1, 0.2)],
        presses=[Written(0.001 * i, 0.002 * i) for i in range(1, 101)],
        idle=0.0042,
        narrow=Legible(7, 2, 1),
        resized=Legible(5, 0, 0),
        after=Legible(6, 0, 0),
    )
    assert peers.table({"one": figures, "other": figures}).splitlines()[:4] == [
        "| what | one | other |",
        "|---|---:|---:|",
        "| first frame, median, ms | 100.0 | 100.0 |",
        "| all of the first screen, median, ms | 200.0 | 200.0 |",
    ]
    assert [row.split(" | ")[1] for row in peers.table({"one": figures}).replace(" |\n", " | \n").splitlines()[4:]] == [
        "4.2",
        "50.0",
        "99.0",
        "100.0",
        "198.0",
        "7 / 2 / 1",
        "5 / 0 / 0",
        "6 / 0 / 0 |",
    ]
