"""The telling on a real pseudo-terminal: what the screen shows, and how the terminal is given back."""

from __future__ import annotations

import re
import signal
import sys

import pytest

from tests.support.folders import MINI

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.support.pseudo import Terminal

COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:[34][0-8]|9[0-7])(?:;\d+)*m")
STYLE = re.compile(rb"\x1b\[[0-9;]*m")
WAITING = "Space: "
TITLE, FIRST_BEAT, SECOND_BEAT = 1, 2, 3


def test_the_title_page_says_how_long_it_takes() -> None:
    with Terminal("--story", MINI) as terminal:
        terminal.wait_for("q: stop")
        shown = [line.strip() for line in terminal.lines]
        assert "THE BRIDGE" in shown
        assert "2 scenes · about 1 minute" in shown
        assert shown[terminal.screen.cursor.y] == "Space: begin · ?: keys · q: stop · i: at once or in time"


@pytest.mark.parametrize("size", [(100, 30), (60, 20), (40, 12)])
def test_space_leads_through_the_story(size: tuple[int, int]) -> None:
    with Terminal("--story", MINI, "read", "--pace", "instant", size=size) as terminal:
        terminal.wait_for_footer("Space: begin")
        for _ in range(5):
            terminal.go_on()
            assert terminal.row.startswith("Space: on")
        assert terminal.go_on_to_the_end() == 0
        shown = [line.strip() for line in terminal.lines]
        assert shown.index("THE BRIDGE") < shown.index("Start") < shown.index("Night") < shown.index("The articles")
        assert "B  headline not in our copy" in [line.strip() for line in terminal.screen.display]
        assert not [line for line in shown if WAITING in line]
        assert not [line for line in shown if "Traceback" in line]


@pytest.mark.parametrize("size", [(100, 30), (60, 20), (40, 12)])
def test_no_line_is_cut_by_the_terminal(size: tuple[int, int]) -> None:
    columns, _ = size
    with Terminal("--story", MINI, "read", "start", "--pace", "instant", size=size) as terminal:
        for waits, key in ((1, " "), (2, "q")):
            terminal.wait_for(WAITING, waits)
            terminal.press(key)
        assert terminal.wait_for_end() == 0
        lines = [part for line in terminal.visible.split("\r\n") for part in line.split("\r")]
        assert max(map(len, lines)) <= columns


@pytest.mark.parametrize("waits", [TITLE, FIRST_BEAT, SECOND_BEAT])
def test_q_ends_the_telling_at_a_wait(waits: int) -> None:
    with Terminal("--story", MINI, "read", "--pace", "instant") as terminal:
        for number in range(1, waits + 1):
            terminal.wait_for(WAITING, number)
            terminal.press(" " if number < waits else "q")
        assert terminal.wait_for_end() == 0
        assert_given_back(terminal)


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("\x03", 130)])
@pytest.mark.parametrize("after", ["mayor", pytest.param("Aberford/Aberfurt,", marks=pytest.mark.slow)])
def test_ending_in_the_middle_of_a_text(key: str, code: int, after: str) -> None:
    with Terminal("--story", MINI, "read", "start", "--pace", "100", "--reveal", "words") as terminal:
        terminal.wait_for(after)
        terminal.press(key)
        assert terminal.wait_for_end() == code
        assert "and left." not in terminal.visible
        assert_given_back(terminal)


@pytest.mark.parametrize("waits", [TITLE, FIRST_BEAT])
def test_control_c_ends_the_telling_at_a_wait(waits: int) -> None:
    with Terminal("--story", MINI, "read", "--pace", "instant") as terminal:
        for number in range(1, waits + 1):
            terminal.wait_for(WAITING, number)
            terminal.press(" " if number < waits else "\x03")
        assert terminal.wait_for_end() == 130
        assert_given_back(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("after", ["Space: begin", "The"])
def test_a_signal_gives_the_terminal_back(number: signal.Signals, after: str) -> None:
    part = () if after == "Space: begin" else ("start",)
    with Terminal("--story", MINI, "read", *part, "--pace", "100") as terminal:
        terminal.wait_for(after)
        terminal.process.send_signal(number)
        assert terminal.wait_for_end() == 128 + number
        assert_given_back(terminal)


def test_while_it_plays_keys_are_not_echoed() -> None:
    with Terminal("--story", MINI, "read", "--pace", "instant") as terminal:
        terminal.wait_for(WAITING)
        assert terminal.settings != terminal.before
        terminal.press("xyz ")
        terminal.wait_for(WAITING, 2)
        assert b"xyz" not in terminal.written


def test_words_come_in_time() -> None:
    with Terminal("--story", MINI, "read", "start", "--pace", "100") as terminal:
        terminal.wait_for("mayor")
        assert "and left." not in terminal.visible
        terminal.press(" ")
        terminal.wait_for("How we know")
        assert ", and left." in terminal.visible


def test_no_colour_is_no_wish_for_no_motion() -> None:
    with Terminal("--story", MINI, "read", "start", "--pace", "100", NO_COLOR="1") as terminal:
        terminal.wait_for("mayor")
        assert "and left." not in terminal.visible
        terminal.press(" ")
        terminal.wait_for(WAITING)
        assert STYLE.search(terminal.written)
        assert not COLOUR.search(terminal.written)


def test_colours_are_there_otherwise() -> None:
    with Terminal("--story", MINI, "read", "start", "--pace", "instant", RETELL_THEME="dark") as terminal:
        terminal.wait_for(WAITING)
        assert COLOUR.search(terminal.written)


@pytest.mark.parametrize("command", [(), ("read",)])
def test_the_pace_can_stand_in_the_environment(command: tuple[str, ...]) -> None:
    with Terminal("--story", MINI, *command, RETELL_PACE="instant") as terminal:
        terminal.wait_for(WAITING)
        terminal.press(" ")
        terminal.wait_for(WAITING, 2)
        assert "instant" in terminal.screen.display[terminal.screen.cursor.y]


@pytest.mark.parametrize(
    ("options", "kind", "pace"),
    [
        (("--plain",), "xterm-256color", ""),
        ((), "dumb", ""),
        (("--plain",), "xterm-256color", "instant"),
        (("--plain", "--width", "24"), "xterm-256color", ""),
    ],
)
def test_plain_on_a_terminal(options: tuple[str, ...], kind: str, pace: str) -> None:
    with Terminal("--story", MINI, "read", *options, TERM=kind, RETELL_PACE=pace) as terminal:
        assert terminal.wait_for_end() == 0
        assert b"\x1b" not in terminal.written
        assert "The articles" in [line.strip() for line in terminal.lines]


def test_an_unknown_scene_is_a_line_and_no_traceback() -> None:
    with Terminal("--story", MINI, "read", "strat") as terminal:
        assert terminal.wait_for_end() == 2
        assert [line for line in terminal.lines if line] == [
            "retell: no scene or phase named 'strat'; did you mean 'start'?"
        ]


def assert_given_back(terminal: Terminal) -> None:
    """The settings are as before, the cursor is seen and on a fresh line, and there is no traceback."""
    assert terminal.settings == terminal.before
    assert not terminal.screen.cursor.hidden
    assert terminal.screen.cursor.x == 0
    assert terminal.screen.display[terminal.screen.cursor.y].strip() == ""
    assert "Traceback" not in terminal.written.decode()
