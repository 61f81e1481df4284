"""From one evening to the next: the place and the pace are kept, and the reader is asked where to go on."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from retell.terminal.show.bookmark import MOST_BYTES
from tests.support.folders import MINI

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.support.pseudo import Terminal

BEGIN, ON, OFFER = "Space: begin", "Space: on", "Enter: go on"
SECOND_SCENE = 3  # the third wait of the small story


def evening(
    state: Path, *arguments: str | Path, story: Path = MINI, size: tuple[int, int] = (100, 30), **changed: str
) -> Terminal:
    changed.setdefault("RETELL_PACE", "instant")
    return Terminal("--story", story, *arguments, size=size, RETELL_STATE=str(state), **changed)


def read_to_second_scene(state: Path, story: Path = MINI) -> None:
    with evening(state, story=story) as terminal:
        terminal.wait_for_footer(BEGIN)
        for _ in range(SECOND_SCENE):
            terminal.press(" ")
            terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        said = f"Your place is kept; retell --story {story} goes on from here."
        assert "".join(said.split()) in "".join("".join(terminal.lines).split()), "a long name is broken"


def kept(state: Path) -> dict[str, object]:
    (file,) = state.glob("*.json")
    return dict(json.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("command", [(), ("read",)])
def test_the_next_evening_goes_on_where_the_reader_stopped(tmp_path: Path, command: tuple[str, ...]) -> None:
    read_to_second_scene(tmp_path)
    with evening(tmp_path, *command) as terminal:
        terminal.wait_for_footer(OFFER)
        shown = [line.strip() for line in terminal.lines]
        assert "Scene 2 of 2, Night; Enter to go on, r to start again." in shown
        assert terminal.row == "Enter: go on · r: start again · ?: keys · q: stop"
        terminal.press("\r")
        terminal.wait_for_footer(ON)
        shown = [line.strip() for line in terminal.lines]
        assert shown.index("Scene 2 of 2") < shown.index("Hill said")
        assert "Two towns, one river." not in shown
        terminal.press("b")
        terminal.wait_for("Two towns, one river.")


def test_the_reader_can_start_again(tmp_path: Path) -> None:
    read_to_second_scene(tmp_path)
    with evening(tmp_path) as terminal:
        terminal.wait_for_footer(OFFER)
        terminal.press("r")
        terminal.wait_for("Scene 1 of 2")
        terminal.wait_for_footer(ON)
        terminal.press("\x03")
        assert terminal.wait_for_end() == 130
    assert (kept(tmp_path)["scene"], kept(tmp_path)["beat"]) == ("start", 0)


def test_the_reader_can_start_again_before_the_last_line_of_the_title_page(tmp_path: Path) -> None:
    read_to_second_scene(tmp_path)
    with evening(tmp_path, size=(40, 8)) as terminal:
        terminal.wait_for("Space: more")
        assert "r: start again" in terminal.row
        terminal.press("r")
        terminal.wait_for("Scene 1 of 2")
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
    assert (kept(tmp_path)["scene"], kept(tmp_path)["beat"]) == ("start", 0)


def test_restart_asks_nothing(tmp_path: Path) -> None:
    read_to_second_scene(tmp_path)
    with evening(tmp_path, "read", "--restart") as terminal:
        terminal.wait_for_footer(BEGIN)
        assert "r to start again" not in terminal.visible


def test_leaving_at_the_question_leaves_the_place(tmp_path: Path) -> None:
    read_to_second_scene(tmp_path)
    before = kept(tmp_path)
    for key, code in (("q", 0), ("\x03", 130)):
        with evening(tmp_path) as terminal:
            terminal.wait_for_footer(OFFER)
            terminal.press(key)
            assert terminal.wait_for_end() == code
    assert kept(tmp_path) == before


def test_a_part_leaves_the_place(tmp_path: Path) -> None:
    read_to_second_scene(tmp_path)
    before = kept(tmp_path)
    with evening(tmp_path, "read", "start") as terminal:
        terminal.wait_for_footer(ON)
        assert "r to start again" not in terminal.visible
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert kept(tmp_path) == before


def test_a_story_read_to_its_end_begins_anew(tmp_path: Path) -> None:
    with evening(tmp_path, "read") as terminal:
        terminal.wait_for_footer(BEGIN)
        for _ in range(5):
            terminal.press(" ")
            terminal.wait_for_footer(ON)
        assert terminal.go_on_to_the_end() == 0
    assert kept(tmp_path)["scene"] == ""
    with evening(tmp_path) as terminal:
        terminal.wait_for_footer(BEGIN)


def test_a_changed_story_says_so(tmp_path: Path, mini: Path) -> None:
    state = tmp_path / "state"
    read_to_second_scene(state, mini)
    scene = mini / "story" / "02-night.yaml"
    scene.write_text(scene.read_text("utf-8").replace("Hill said", "Hill wrote"), "utf-8")
    with evening(state, story=mini) as terminal:
        terminal.wait_for_footer(OFFER)
        assert "The scene where you stopped has changed; it begins again." in terminal.visible


def test_a_damaged_bookmark_is_said_and_the_story_starts(tmp_path: Path) -> None:
    read_to_second_scene(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_text("{", "utf-8")
    with evening(tmp_path) as terminal:
        terminal.wait_for_footer(BEGIN)
        told = " ".join(" ".join(terminal.lines).split())
        assert "is damaged; the story starts at its beginning." in told
        terminal.press(" ")
        terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert kept(tmp_path)["scene"] == "start"
    assert (tmp_path / f"{file.name}.old-1").read_text("utf-8") == "{"


@pytest.mark.parametrize("what", ["pipe", "endless", "link", "large"])
def test_a_bookmark_that_cannot_be_read_is_said_and_left_as_it_is(tmp_path: Path, what: str) -> None:
    read_to_second_scene(tmp_path)
    (file,) = tmp_path.iterdir()
    if what == "large":
        file.write_bytes(file.read_bytes() + b" " * MOST_BYTES)
    else:
        file.rename(tmp_path / "real")
    if what == "pipe":
        os.mkfifo(file)
    elif what != "large":
        file.symlink_to({"endless": "/dev/zero", "link": "real"}[what])
    before = file.lstat()
    with evening(tmp_path) as terminal:
        terminal.wait_for_footer(BEGIN)
        told = " ".join(" ".join(terminal.lines).split())
        assert "cannot be read: " in told
        terminal.press(" ")
        terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert "retell: the place could not be kept: the bookmark" in " ".join(" ".join(terminal.lines).split())
    after = file.lstat()
    assert (before.st_mode, before.st_ino, before.st_size) == (after.st_mode, after.st_ino, after.st_size)
    assert len(list(tmp_path.iterdir())) == (1 if what == "large" else 2)


def test_a_second_window_leaves_the_place_of_the_first(tmp_path: Path) -> None:
    with evening(tmp_path, "read", "start") as part, evening(tmp_path) as title:
        part.wait_for_footer(ON)
        title.wait_for_footer(BEGIN)
        read_to_second_scene(tmp_path)
        before = kept(tmp_path)
        for terminal in (part, title):
            terminal.press("+")
            terminal.press("q")
            assert terminal.wait_for_end() == 0
    assert kept(tmp_path) | {"pace": None} == before


def test_a_second_window_in_which_nothing_was_read_on_leaves_the_place_of_the_first(tmp_path: Path) -> None:
    with evening(tmp_path) as second:
        second.wait_for_footer(BEGIN)
        second.press(" ")
        second.wait_for_footer(ON)
        read_to_second_scene_by_offer(tmp_path)
        before = kept(tmp_path)
        second.press("q")
        assert second.wait_for_end() == 0
    assert kept(tmp_path) == before


def read_to_second_scene_by_offer(state: Path) -> None:
    with evening(state, "read", "--restart") as terminal:
        terminal.wait_for_footer(BEGIN)
        for _ in range(SECOND_SCENE):
            terminal.press(" ")
            terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_a_place_that_cannot_be_kept_is_said_at_the_end_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with evening(tmp_path / "file" / "folder") as terminal:
        terminal.wait_for_footer(BEGIN)
        for _ in range(2):
            terminal.press(" ")
            terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert terminal.visible.count("retell: the place could not be kept: ") == 1
        assert "Your place is kept" not in terminal.visible


def test_a_pace_that_was_chosen_is_there_the_next_evening(tmp_path: Path) -> None:
    with evening(tmp_path, RETELL_PACE="") as terminal:
        terminal.wait_for_footer(BEGIN)
        for faster in range(1, 3):
            terminal.press("+")
            terminal.wait_for_footer(f"pace: {220 + 20 * faster} words a minute")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert kept(tmp_path)["pace"] == 260
    with evening(tmp_path, RETELL_PACE="") as terminal:
        terminal.wait_for_footer(BEGIN)
        terminal.press("-")
        terminal.wait_for_footer("pace: 240 words a minute")
    with evening(tmp_path, "read", "start", "--pace", "600", RETELL_PACE="300") as terminal:
        terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert kept(tmp_path)["pace"] == 600
    with evening(tmp_path, RETELL_PACE="300") as terminal:
        terminal.wait_for_footer(BEGIN)
        terminal.press(" ")
        terminal.wait_for("The")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert kept(tmp_path)["pace"] == 600, "the environment keeps its own"


def test_auto_from_the_command_line(tmp_path: Path) -> None:
    with evening(tmp_path, "read", "start", "--auto", RETELL_PACE="600") as terminal:
        terminal.wait_for_footer("auto")
        terminal.wait_for("Two towns, one river.")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_where_another_story_lies_the_telling_begins_undisturbed(
    tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    with Terminal("read", size=(100, 30), RETELL_STATE=str(tmp_path / "state"), RETELL_PACE="instant") as terminal:
        terminal.wait_for_footer(BEGIN)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert "THE LACHIN ROAD" in terminal.visible
        assert "the story in this folder" not in terminal.visible
