"""Where a reader's place is kept when a system has an odd home, or none: the story is told all the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.support.folders import MINI
from tests.support.pseudo import RETELL, Terminal

READ = ("--story", MINI, "read", "--pace", "instant")
NOT_KEPT = "retell: the place could not be kept: "


def read_two_beats_and_stop(terminal: Terminal) -> str:
    """Read as a reader does, to the second beat of the first scene; give what is said behind the telling."""
    terminal.wait_for_footer("Space: begin")
    terminal.go_on()
    terminal.go_on()
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert "Two towns, one river." in terminal.visible
    assert "Traceback" not in terminal.visible
    return terminal.visible.partition("Two towns, one river.")[2]


def kept(home: Path) -> list[Path]:
    return list(home.rglob("mini-*.json"))


def test_the_place_is_kept_in_the_readers_home(tmp_path: Path) -> None:
    with Terminal(*READ, HOME=str(tmp_path), RETELL_STATE="", XDG_STATE_HOME="") as terminal:
        assert NOT_KEPT not in read_two_beats_and_stop(terminal)
    assert len(kept(tmp_path)) == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has a folder of its own for such things")
def test_a_reader_without_a_home_has_the_place_kept_where_they_say(tmp_path: Path) -> None:
    homeless = ("env", "-u", "HOME", *RETELL)
    with Terminal(*READ, program=homeless, RETELL_STATE="", XDG_STATE_HOME=str(tmp_path)) as terminal:
        assert NOT_KEPT not in read_two_beats_and_stop(terminal)
    assert len(kept(tmp_path)) == 1


def test_a_home_that_is_a_file_keeps_nothing_and_that_is_said(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("", "utf-8")
    with Terminal(*READ, HOME=str(home), RETELL_STATE="", XDG_STATE_HOME="") as terminal:
        assert read_two_beats_and_stop(terminal).count(NOT_KEPT) == 1
    assert home.read_text("utf-8") == ""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_home_that_may_not_be_written_keeps_nothing_and_that_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with Terminal(*READ, HOME=str(tmp_path), RETELL_STATE="", XDG_STATE_HOME="") as terminal:
        said = read_two_beats_and_stop(terminal)
    tmp_path.chmod(0o700)
    assert said.count(NOT_KEPT) == 1
    assert list(tmp_path.iterdir()) == []
