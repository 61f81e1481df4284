"""A review at a real terminal: what is answered is on the disk at once; no signal loses it or breaks the terminal."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retell.checks.statements import statements
from retell.cli import retell
from retell.commands.reviewing import part_of
from retell.problems import WRONG_USAGE, UnknownNameError
from retell.story.library import load
from tests.support.folders import MINI
from tests.support.invented import save_copies
from tests.support.readings import read_all

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.support.pseudo import Terminal

ASKED = "y: borne out"


def run(story: Path, *arguments: str) -> Result:
    return CliRunner().invoke(retell, ["--story", str(story), *arguments], standalone_mode=False)


def reviewing(mini: Path, *arguments: str, size: tuple[int, int] = (100, 30), **changed: str) -> Terminal:
    copies = mini / "copies"
    return Terminal("--story", mini, "review", *arguments, "--copies", copies, size=size, **changed)


def kept(mini: Path) -> str:
    file = mini / "story" / "readings.yaml"
    return file.read_text("utf-8") if file.exists() else ""


@pytest.fixture
def story(mini: Path) -> Path:
    save_copies(mini)
    return mini


@pytest.mark.parametrize("size", [(100, 30), (60, 20)])
def test_a_whole_review_by_hand(story: Path, size: tuple[int, int]) -> None:
    with reviewing(story, "--by", "Ann Hill", size=size) as terminal:
        terminal.wait_for_footer(ASKED, alternate=True)
        assert terminal.screen.display[0].strip() == "1 of 25 · 0 read"
        for at in range(1, 25):
            terminal.press("y")
            terminal.wait_for_footer(ASKED, alternate=True)
            assert terminal.screen.display[0].strip() == f"{at + 1} of 25 · {at} read"
            assert kept(story).count(" = ") == at, "each answer is safe at once"
        terminal.press("y")
        assert terminal.wait_for_end() == 0
        assert "25 of 25 statements read; story/readings.yaml keeps them" in terminal.text
        assert terminal.settings == terminal.before
    assert run(story, "check", "--strict").return_value == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_no_signal_loses_an_answer(story: Path, number: signal.Signals) -> None:
    with reviewing(story, "--by", "Ann") as terminal:
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("y")
        terminal.process.send_signal(number)
        code = terminal.wait_for_end()
        assert code in (128 + number, -number, 130)
        assert terminal.settings == terminal.before
        assert not terminal.emulator.alternate
    answered = kept(story).count(" = ")
    assert answered in (0, 1), "whole, or not yet pressed"
    assert run(story, "check").return_value == 0


def test_a_signal_after_an_answer_was_shown_finds_it_kept(story: Path) -> None:
    with reviewing(story, "--by", "Ann") as terminal:
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("y")
        terminal.wait_for("2 of 25")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.wait_for_end()
    assert kept(story).count(" = ") == 1


def test_what_is_left_open_and_what_is_left_for_later_come_again(story: Path) -> None:
    with reviewing(story, "start", "--by", "Ann") as terminal:
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("n")
        terminal.wait_for_footer("Enter: keep", alternate=True)
        terminal.press("no rain\r")
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("y")
        terminal.wait_for("3 of 5")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert 'why: "no rain"' in kept(story)
    with reviewing(story, "start") as terminal:  # the one who reads is known
        terminal.wait_for_footer(ASKED, alternate=True)
        assert terminal.screen.display[0].strip() == "1 of 4 · 0 read · 1 left open"
        assert any("You left open: no rain" in line for line in terminal.screen.display)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_the_editor_opens_at_the_line_and_the_story_is_read_again(story: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "$1" > "$0.line"\nsed -i "s/A bridge fell/One bridge fell/" "$2"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with reviewing(story, "start", "--by", "Ann", EDITOR=str(editor), VISUAL="") as terminal:
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("e")
        terminal.wait_for("One bridge fell")
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("y")
        terminal.wait_for("2 of 5")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert (tmp_path / "editor.line").read_text() == "+3\n"
    assert "# One bridge fell" in kept(story)


def test_two_may_read_together(story: Path) -> None:
    with reviewing(story, "night", "--by", "Ann", "--by", "Ben") as terminal:
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("y")
        terminal.wait_for("2 of 8")
        terminal.press("q")
        terminal.wait_for_end()
    assert [line.strip() for line in kept(story).splitlines() if "- by:" in line] == ['- by: "Ann"', '- by: "Ben"']
    assert "1 read (1 by two or more)" in run(story, "check").stdout


@pytest.mark.parametrize(("arguments", "said"), [((), "say who reads"), (("nihgt", "--by", "x"), "mean 'night'")])
def test_what_is_missing_is_said(story: Path, arguments: tuple[str, ...], said: str) -> None:
    with reviewing(story, *arguments) as terminal:
        assert terminal.wait_for_end() == WRONG_USAGE
        assert said in terminal.text


def test_a_story_with_errors_is_not_reviewed(story: Path) -> None:
    night = story / "story" / "02-night.yaml"
    night.write_text(night.read_text("utf-8").replace("by: ann-hill", "by: hill"), "utf-8")
    with reviewing(story, "--by", "Ann") as terminal:
        assert terminal.wait_for_end() == 1
        assert "unknown-card" in terminal.text


def test_without_copies_or_a_terminal_it_says_what_to_do(story: Path) -> None:
    assert "retell check --unread" in str(run(story, "review", "--by", "Ann").exception)
    with Terminal("--story", story, "review", "--by", "Ann", RETELL_COPIES="") as terminal:
        assert terminal.wait_for_end() == 1
        assert "your own copies of the articles are needed" in " ".join(terminal.text.split())


def test_all_read_asks_nothing(story: Path) -> None:
    read_all(story, "Ann")
    with reviewing(story) as terminal:
        assert terminal.wait_for_end() == 0
        assert "25 of 25 statements read" in terminal.text


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (
            "start",
            {"start, gist", "start 1, first sentence", "start 1, second sentence", "start 1, note", "start, answer 1"},
        ),
        ("who-broke-it", {"who-broke-it, position 1", "who-broke-it, position 2", "who-broke-it, silent"}),
        ("term bridge", {"term bridge"}),
        ("ann-hill", {"voice ann-hill"}),
    ],
)
def test_a_part_is_named_by_its_id(part: str, names: set[str]) -> None:
    library = load(MINI)
    assert {each.name for each in part_of(library, statements(library), part)} == names


def test_an_article_stands_for_all_that_cites_it_and_all_that_is_said_of_it() -> None:
    library = load(MINI)
    found = part_of(library, statements(library), "B")
    assert found == part_of(library, statements(library), "south")
    assert {"B, stance", "start 1, note", "who-broke-it, position 2"} < {each.name for each in found}
    assert "night, gist" not in {each.name for each in found}
    with pytest.raises(UnknownNameError, match="nothing is called 'C'; "):
        part_of(library, statements(library), "C")


def test_an_edit_that_breaks_the_story_ends_the_review_and_loses_nothing(story: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/^phase: .*/phase: nowhere/" "$2"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with reviewing(story, "start", "--by", "Ann", EDITOR=str(editor), VISUAL="") as terminal:
        terminal.wait_for_footer(ASKED, alternate=True)
        terminal.press("y")
        terminal.wait_for("2 of 5")
        terminal.press("e")
        assert terminal.wait_for_end() == 1
        assert terminal.settings == terminal.before
        assert "no phase named 'nowhere'" in terminal.text
    assert kept(story).count(" = ") == 1
