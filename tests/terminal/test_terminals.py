"""What readers meet in their terminals: pastes, held keys, GNU screen, tmux, places that nobody can keep."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from retell.terminal.input.keys import AGAIN, HELD, Ask, KeyMemory, Typed
from tests.support.folders import MINI
from tests.terminal.test_session import SECOND_SCENE, evening, kept

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.support.pseudo import Terminal

ITALIC = re.compile(r"\x1b\[(?:\d+;)*3(?:;\d+)*m")
ON, BEGIN = "Space: on", "Space: begin"
PASTE = "\x1b[200~quit q now\rand q again\x1b[201~"
TMUX = "#!/bin/sh\necho {}\n"


def at_a_beat(**changed: str) -> Terminal:
    terminal = Terminal("--story", MINI, "read", "--pace", "instant", size=(80, 24), **changed)
    terminal.leaf()
    terminal.go_on()
    return terminal


def test_a_paste_is_no_press_of_keys_and_is_answered_by_one_hint() -> None:
    with at_a_beat() as terminal:
        before = terminal.visible.count(ON)
        terminal.press(PASTE)
        terminal.wait_for(ON, before + 1)
        terminal.read_for(0.3)
        assert terminal.row.startswith("?: keys")
        assert terminal.visible.count(ON) == before + 1
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert terminal.text.count("\x1b[?2004h") == terminal.text.count("\x1b[?2004l") == 1
        assert terminal.text.rindex("\x1b[?2004l") > terminal.text.rindex("\x1b[?2004h")


def test_a_paste_that_a_terminal_does_not_end_is_over_with_a_silence() -> None:
    with at_a_beat() as terminal:
        terminal.press("\x1b[200~quit q")
        terminal.wait_for_footer("?: keys")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("text", ["quit", "a\rq\rb\rq\r", "q quit now\n" * 900], ids=["word", "lines", "long"])
def test_a_paste_that_a_terminal_does_not_mark_is_no_press_of_keys_either(text: str) -> None:
    with at_a_beat() as terminal:
        before = terminal.visible.count(ON)
        terminal.press(text)
        terminal.wait_for(ON, before + 1)
        assert terminal.row.startswith("?: keys")
        terminal.press("s")
        terminal.wait_for_footer("s: sources", alternate=True)
        terminal.press(text)
        terminal.wait_for_footer("?: keys", alternate=True)
        terminal.press("\x1b")
        terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_keys_that_come_together_are_keys() -> None:
    with at_a_beat() as terminal:
        before = terminal.visible.count(ON)
        terminal.press("s\x1b")
        terminal.wait_for(ON, before + 1)
        terminal.wait_for_footer(ON)
        terminal.press("/very bad\r")
        terminal.wait_for_footer("/: find", alternate=True)
        terminal.press("\x1b")
        terminal.wait_for_footer(ON)
        terminal.press("/very bad\nand much more\n")
        terminal.wait_for_footer("find: very bad")
        terminal.read_for(0.2)
        terminal.press("\r")
        terminal.wait_for_footer("find", alternate=True)
        terminal.press("\x1b")
        terminal.wait_for_footer(ON)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_words_to_be_found_may_be_pasted() -> None:
    with at_a_beat() as terminal:
        terminal.press("/")
        terminal.wait_for_footer("find:")
        terminal.press("\x1b[200~very bad\nand more\x1b[201~")
        terminal.wait_for_footer("find: very bad")
        terminal.press("\r")
        terminal.wait_for_footer("find", alternate=True)
        assert "“very bad”, in what was told so far" in "\n".join(terminal.screen.display)


def test_only_the_first_line_of_a_paste_is_typed() -> None:
    typed = Typed()
    typed.paste("one\x1b two\nthree")
    typed.paste("")
    assert typed.text == "one two"


@pytest.mark.parametrize("panel", ["s", "h", "?"])
def test_a_q_that_is_held_down_in_a_panel_never_ends_the_program(panel: str) -> None:
    with at_a_beat() as terminal:
        terminal.press(panel)
        terminal.wait_for_footer("", alternate=True)
        terminal.press("qqqqqqqq")
        terminal.wait_for_footer(ON)
        terminal.read_for(0.3)
        assert terminal.process.poll() is None
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_a_key_comes_again_where_it_may_still_be_held_down() -> None:
    keys = KeyMemory()
    again = []
    for key, when in (("q", 0.0), ("q", 0.66), ("q", 0.66 + HELD), ("b", 1.0), ("q", 1.1), ("q", 1.1 + AGAIN)):
        assert (keys.note(key, when) is Ask.STOP) is (key == "q")
        again.append(keys.again)
    assert again == [False, True, True, False, False, False]


def test_gnu_screen_gets_nothing_in_italics_which_it_shows_as_reversed() -> None:
    for changed, italics in (({"STY": "1.tty"}, False), ({}, True)):
        with at_a_beat(**changed) as terminal:
            terminal.go_on()
            assert bool(ITALIC.search(terminal.text)) is italics


@pytest.mark.parametrize(("said", "alternate"), [("off", False), ("on", True), ("", True)])
def test_in_a_tmux_without_an_alternate_screen_panels_stand_in_the_stream(
    said: str, alternate: bool, tmp_path: Path
) -> None:
    program = tmp_path / "tmux"
    program.write_text(TMUX.format(said), "utf-8")
    program.chmod(0o755)
    with at_a_beat(
        TMUX="/tmp/tmux,1,0", TMUX_PANE="%0", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    ) as terminal:
        told = [line for line in terminal.lines if line.strip()]
        terminal.press("s")
        terminal.wait_for("Space: close")
        assert terminal.emulator.alternate is alternate
        terminal.press("q")
        terminal.wait_for_footer(ON)
        assert [line for line in told if line not in terminal.lines] == []


def test_that_a_place_cannot_be_kept_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with evening(tmp_path / "file" / "folder") as terminal:
        terminal.wait_for_footer(BEGIN)
        said = "".join(f"Your place cannot be kept: {tmp_path / 'file'} is no folder.".split())
        assert said in "".join("".join(terminal.lines).split())


def test_where_it_can_be_kept_nothing_is_said_and_nothing_made(tmp_path: Path) -> None:
    with evening(tmp_path / "new" / "folder") as terminal:
        terminal.wait_for_footer(BEGIN)
        assert "cannot be kept" not in terminal.visible
        assert not (tmp_path / "new").exists()


def test_two_readers_of_one_story_are_each_told_whose_place_is_kept(tmp_path: Path) -> None:
    with evening(tmp_path) as behind, evening(tmp_path) as ahead:
        for terminal in (behind, ahead):
            terminal.wait_for_footer(BEGIN)
        for terminal, beats in ((behind, 1), (ahead, SECOND_SCENE)):
            for _ in range(beats):
                terminal.press(" ")
                terminal.wait_for_footer(ON)
        ahead.press("q")
        assert ahead.wait_for_end() == 0
        place = kept(tmp_path)
        behind.press("q")
        assert behind.wait_for_end() == 0
        assert "Your place is kept" in ahead.visible
        assert "Your place is kept" not in behind.visible
        said = " ".join(behind.visible.split())
        assert f"Another window has read on: its place in {place['scene']} is kept, and not this one." in said
    assert kept(tmp_path) == place
