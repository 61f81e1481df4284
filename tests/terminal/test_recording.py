"""Recordings of the telling: what the format asks for, what they show and when, and that they are always the same."""

from __future__ import annotations

import shutil
import subprocess
from itertools import accumulate
from pathlib import Path

import pytest
from msgspec.structs import replace

from retell.checks import fit
from retell.script.resolver import scenes_of, write_script
from retell.script.steps import SayStep
from retell.script.titlepage import length, title_page
from retell.story.library import load, shipped_root
from retell.story.told import Told
from retell.terminal.layout.frame import title_frame
from retell.terminal.layout.lines import count_paced
from retell.terminal.layout.steps import lay
from retell.terminal.pages.contents import contents
from retell.terminal.recording import COLUMNS, ROWS, record
from retell.terminal.show.options import ReadOptions
from retell.terminal.show.pace import choose
from retell.terminal.show.timing import seconds
from tests.support.casts import chapters, played, read_cast
from tests.support.commands import run, run_apart
from tests.support.folders import MINI
from tests.support.shows import on_a_page

FOOTER = " min left"


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


def lines_of_the_telling(library: Told, part: str, size: tuple[int, int], minutes: int = 0) -> list[str]:
    """Draw all steps one under the other."""
    frame = title_frame(*size)
    steps = write_script(library, part)
    drawn = [] if part else lay(title_page(library.story), frame)
    drawn += [] if part else lay(length(steps), replace(frame, minutes=minutes))
    drawn += on_a_page(steps, size[0])
    return [line.text.rstrip() for line in drawn]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (24, 8)])
@pytest.mark.parametrize("pace", [220, 0])
def test_what_is_played_is_the_telling(size: tuple[int, int], pace: int, mini_told: Told) -> None:
    text = record(mini_told, ReadOptions(pace=pace), *size).text
    assert (read_cast(text)[0]["width"], read_cast(text)[0]["height"]) == size
    shown = "\n".join(played(text).told).rstrip()
    assert shown == "\n".join(lines_of_the_telling(mini_told, "", size, minutes=1)).rstrip()


def test_a_part_of_the_shipped_story(shipped: Told) -> None:
    text = record(shipped, ReadOptions("noon-on-sunday"), COLUMNS, ROWS).text
    assert read_cast(text)[0] == {"version": 2, "width": 80, "height": 24, "title": "The Lachin Road: Noon on Sunday"}
    told = "\n".join(played(text).told).rstrip()
    assert told == "\n".join(lines_of_the_telling(shipped, "noon-on-sunday", (COLUMNS, ROWS))).rstrip()


@pytest.mark.parametrize("pace", [100, 220, 600])
def test_words_come_at_the_pace(pace: int, shipped: Told) -> None:
    """From a passage's first word to its footer passes the time that its words take at the pace, within 2 %."""
    _, events = read_cast(record(shipped, ReadOptions("noon-on-sunday", pace=pace), COLUMNS, ROWS).text)
    passage = next(step for step in write_script(shipped, "noon-on-sunday") if isinstance(step, SayStep))
    words = count_paced(on_a_page([passage], COLUMNS))
    first = next(i for i, (_, data) in enumerate(events) if "At noon" in data)
    begin = events[first][0]
    end = next(time for time, data in events[first + 1 :] if FOOTER in data)
    assert end - begin == pytest.approx(words * 60 / pace, rel=0.02)


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20), (40, 12)])
@pytest.mark.parametrize("pace", [100, 220, 600, 0])
def test_the_whole_story_takes_the_minutes_that_are_stated(size: tuple[int, int], pace: int, shipped: Told) -> None:
    stated = seconds(write_script(shipped), choose(pace, None, 220))
    assert record(shipped, ReadOptions(pace=pace), *size).seconds == pytest.approx(stated, rel=0.05)


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
@pytest.mark.parametrize("pace", [220, 0])
def test_so_does_each_scene(size: tuple[int, int], pace: int, shipped: Told) -> None:
    for scene in shipped.scenes:
        stated = seconds(write_script(shipped, scene.id), choose(pace, None, 220))
        assert record(shipped, ReadOptions(scene.id, pace=pace), *size).seconds == pytest.approx(stated, rel=0.05)


def test_the_list_states_at_instant_how_long_it_takes_to_read_what_comes_at_once(shipped: Told) -> None:
    """As in auto mode at that pace: each beat rests for its words at the story's own pace."""
    listed = [line for line in contents(shipped, 0) if " min  " in line]
    assert len(listed) == len(shipped.scenes)
    for line, scene in zip(listed, shipped.scenes, strict=True):
        taken = record(shipped, ReadOptions(scene.id, pace=0), 100, 30).seconds
        assert int(line.split(" min  ")[0].split()[-1]) == pytest.approx(taken / 60, abs=0.6)


def test_the_handout_is_on_paper_and_heeds_no_pace(tmp_path: Path) -> None:
    made = [run_apart("--story", MINI, "handout", "-o", "-", **{"RETELL_PACE": pace}).out for pace in ("", "instant")]
    assert made[0] == made[1]
    assert made[0]


@pytest.mark.parametrize("part", ["", "protests"])
def test_each_scene_is_a_chapter_that_begins_where_its_title_comes(part: str, shipped: Told) -> None:
    text = record(shipped, ReadOptions(part), 80, 24).text
    titles = {scene.number: scene.title for scene in scenes_of(shipped, part)}
    marked = chapters(text)
    assert [label for _, label in marked] == [f"{number} {title}" for number, title in titles.items()]
    for time, label in marked:
        title = label.partition(" ")[2]
        assert title not in "\n".join(played(text, until=time - 0.001).display)
        assert title in "\n".join(played(text, until=time + 60).told)


@pytest.mark.parametrize("size", [(100, 30), (40, 12)])
def test_viewers_who_have_no_keys_are_told_of_none(size: tuple[int, int], shipped: Told) -> None:
    text = record(shipped, ReadOptions("noon-on-sunday"), *size).text
    for _, data in read_cast(text)[1]:
        for hint in ("Space:", "?: keys", "q: stop", "· step", "· auto", "a minute"):
            assert hint not in data


def test_it_goes_on_by_itself_when_a_reader_has_read(mini_told: Told) -> None:
    """At once, with time to read: at each footer the recording rests, and the rests are all the time there is."""
    recording = record(mini_told, ReadOptions("start", pace=0), COLUMNS, ROWS)
    _, events = read_cast(recording.text)
    waits = [i for i, (_, data) in enumerate(events) if FOOTER in data]
    rests = [events[i + 1][0] - events[i][0] for i in waits if i + 1 < len(events)]
    assert rests and min(rests) >= 2
    assert recording.seconds == pytest.approx(events[-1][0], abs=5)
    assert not [line for line in played(recording.text).told if FOOTER in line]
    between = events[waits[0]][0] + rests[0] / 2
    assert FOOTER in "\n".join(played(recording.text, until=between).display)


@pytest.mark.parametrize("pace", [100, 300])
def test_the_title_page_stands_for_as_long_as_it_takes_to_read(pace: int, mini_told: Told) -> None:
    text = record(mini_told, ReadOptions(pace=pace), COLUMNS, ROWS).text
    words = len(" ".join(played(text, until=0).display).split())
    assert [time for time, _ in read_cast(text)[1][:2]] == [0, words * 60 / pace]


def test_the_same_wishes_make_the_same_bytes_wherever_they_are_made(tmp_path: Path) -> None:
    surroundings = [
        {"RETELL_STATE": str(tmp_path / "state")},
        {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "33", "LINES": "9", "RETELL_PACE": "instant", "LC_ALL": "C"},
    ]
    for i, changed in enumerate(surroundings):
        outcome = run_apart("--story", MINI, "read", "--record", tmp_path / f"{i}.cast", **changed)
        assert (outcome.code, outcome.out) == (0, "")
    first, second = ((tmp_path / f"{i}.cast").read_bytes() for i in range(2))
    assert first == second
    assert b"\\u001b[1m" in first, "bold"


def test_it_says_how_long_the_recording_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "start.cast"
    outcome = run(
        capsys, monkeypatch, "--story", MINI, "read", "start", "--record", path, "--width", "60", "--height", "20"
    )
    assert (outcome.code, outcome.out) == (0, "")
    header, events = read_cast(path.read_text("utf-8"))
    assert (header["width"], header["height"]) == (60, 20)
    minutes, seconds = outcome.err.removesuffix(" minutes\n").rpartition(" ")[2].split(":")
    assert int(minutes) * 60 + int(seconds) == pytest.approx(events[-1][0], abs=1)


def test_a_file_is_kept_unless_it_may_be_replaced(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "start.cast"
    path.write_text("mine", "utf-8")
    refused = run(capsys, monkeypatch, "--story", MINI, "read", "start", "--record", path)
    assert (refused.code, refused.err) == (
        1,
        f"retell: {path} is there already: give another name, or --force to replace it\n",
    )
    assert path.read_text("utf-8") == "mine"
    assert run(capsys, monkeypatch, "--story", MINI, "read", "start", "--record", path, "--force").code == 0
    read_cast(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("nowhere --record new.cast", "no scene or phase named 'nowhere'"),
        ("--record no-folder/new.cast", "there is no folder no-folder"),
        ("--record new.cast --plain", "give one of them"),
        ("--height 20", "--height is for a recording"),
        ("--force", "--force is for a recording"),
        ("--record new.cast --height 7", "7 is not in the range 8<=x<=200"),
    ],
)
def test_mistakes_end_in_one_line_and_leave_no_file(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run(capsys, monkeypatch, "--story", MINI, "read", *arguments.split())
    assert outcome.code in (1, 2)
    assert said in outcome.err.splitlines()[-1]
    assert "Traceback" not in outcome.err + outcome.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.peers
def test_asciinema_plays_it(mini_told: Told, tmp_path: Path) -> None:
    asciinema = shutil.which("asciinema")
    if not asciinema:
        pytest.skip("needs asciinema on the path")
    path = tmp_path / "mini.cast"
    text = record(mini_told, ReadOptions(pace=600), COLUMNS, ROWS).text
    path.write_text(text, "utf-8")
    done = subprocess.run(
        [asciinema, "cat", path], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=True
    )
    *_, whole = accumulate(data for _, data in read_cast(text)[1])
    assert done.stdout.decode() == whole
