"""The end of a telling: a last line, the questions, what can be done next; and behind a part the same for its scene."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.folders import MINI
from tests.terminal.test_session import kept

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.support.pseudo import Terminal

END, ON = "Space: close", "Space: on"


def at_the_end(*arguments: str, size: tuple[int, int] = (100, 30), **changed: str) -> Terminal:
    terminal = Terminal("--story", MINI, "read", "--pace", "instant", *arguments, size=size, **changed)
    terminal.wait_for_footer("Space: ")
    for _ in range(40):
        if END in terminal.row:
            return terminal
        terminal.press(" ")
        terminal.wait_for_footer("Space: ")
    raise AssertionError("it has no end:\n" + "\n".join(terminal.lines))


@pytest.mark.parametrize("size", [(100, 30), (60, 20), (40, 12)])
def test_the_last_line_says_what_can_be_done_and_space_closes(size: tuple[int, int]) -> None:
    with at_the_end(size=size) as terminal:
        told = " ".join(" ".join(terminal.lines).split())
        assert "This is the end." in told
        assert "compare' lists the disputes" in told
        assert "r: start again" in terminal.row
        terminal.press(" ")
        assert terminal.wait_for_end() == 0
        assert "Your place is kept" not in terminal.visible
        assert "This is the end." in " ".join(" ".join(terminal.lines).split())


def test_the_questions_of_the_whole_story_are_there() -> None:
    with at_the_end() as terminal:
        terminal.press("e")
        terminal.wait_for_footer("e: questions", alternate=True)
        shown = "\n".join(terminal.screen.display)
        assert "Who broke the bridge?" in shown
        assert "Start" in shown or "Night" in shown
        terminal.press("q")
        terminal.wait_for_footer(END)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_one_can_start_again() -> None:
    with at_the_end() as terminal:
        begun = terminal.visible.count("Scene 1 of 2")
        terminal.press("r")
        terminal.wait_for_footer(ON)
        assert terminal.visible.count("Scene 1 of 2") == begun + 1
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_one_can_go_back_from_the_end() -> None:
    with at_the_end() as terminal:
        terminal.press("b")
        terminal.wait_for_footer(ON)
        assert "back to scene 2, Night" in terminal.visible


def test_who_has_read_to_the_end_and_waits_there_has_read_to_the_end(tmp_path: Path) -> None:
    with at_the_end(RETELL_STATE=str(tmp_path)) as terminal:
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert kept(tmp_path)["scene"] == ""


def test_a_telling_that_goes_on_by_itself_ends_by_itself() -> None:
    with Terminal("--story", MINI, "read", "--pace", "instant", "--auto", size=(100, 60)) as terminal:
        terminal.wait_for_footer("Space: begin")
        terminal.press(" ")
        assert terminal.wait_for_end() == 0
        assert "This is the end." in terminal.visible


def test_behind_the_last_scene_as_a_part_is_the_end_too_and_only_its_articles_are_named() -> None:
    with at_the_end("night") as terminal:
        assert "This is the end." in terminal.visible
        assert terminal.visible.count("The articles") == 1


def test_at_the_end_of_a_scene_its_questions_are_offered() -> None:
    with Terminal("--story", MINI, "read", "--pace", "instant", size=(100, 30)) as terminal:
        terminal.leaf()
        offered = []
        for _ in range(5):
            terminal.go_on()
            offered.append("e: questions" in terminal.row)
        assert offered == [False, True, False, False, True]
