"""Panels in real windows: two columns where it is wide, the wheel, the last line, words over line breaks, few keys."""

from __future__ import annotations

import sys

import pytest

from tests.support.folders import MINI

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from tests.support.pseudo import Terminal

LONG = "to go to a scene; after a number, goes to that scene"  # longer than a line
WHEEL_ON, WHEEL_BACK = "\x1b[?1007s\x1b[?1007h", "\x1b[?1007r"  # saved and set; restored


def in_help(size: tuple[int, int]) -> Terminal:
    terminal = Terminal("--story", MINI, "read", "--pace", "instant", size=size)
    terminal.leaf()
    terminal.press("?")
    terminal.wait_for_footer("?: help", alternate=True)
    return terminal


def test_a_long_panel_stands_in_two_columns_where_the_window_is_wide() -> None:
    with in_help((200, 30)) as wide:
        shown = wide.screen.display
        assert any("goes on, by a window" in row and row.rstrip()[100:].strip() for row in shown)
        columns = [row[:100].strip() for row in shown[:-1]] + [row[100:].strip() for row in shown[:-1]]
        assert sum(map(bool, columns)) > 30


def test_the_wheel_is_arrows_while_a_panel_is_open_and_the_readers_own_after_it() -> None:
    with in_help((80, 20)) as terminal:
        assert terminal.text.count(WHEEL_ON) == 1
        first = terminal.screen.display[1]
        terminal.press("\x1b[B\x1b[B\x1b[B")  # what a terminal sends for a turn of the wheel in that mode
        terminal.wait_for("4–20 of")
        assert terminal.screen.display[1] != first
        terminal.press("q")
        terminal.wait_for_footer("Space: ")
        assert terminal.text.count(WHEEL_BACK) == 1
        assert terminal.text.index(WHEEL_BACK) > terminal.text.index(WHEEL_ON)


@pytest.mark.parametrize("key", ["G", "\x1b[F"])
def test_the_last_line_and_the_first(key: str) -> None:
    with in_help((80, 20)) as terminal:
        top = terminal.screen.display[:-1]
        terminal.press(key)
        terminal.wait_for_footer("Space: close", alternate=True)
        assert "Ctrl-L" in "\n".join(terminal.screen.display)
        terminal.press("g")
        terminal.wait_for_footer("Space: more", alternate=True)
        assert terminal.screen.display[:-1] == top


def test_words_are_found_over_the_end_of_a_line() -> None:
    with in_help((40, 12)) as terminal:
        terminal.press("/")
        terminal.wait_for_footer("/", alternate=True)
        terminal.press(f"{LONG}\r")
        terminal.wait_for_footer("?: help", alternate=True)
        assert LONG in " ".join(" ".join(terminal.screen.display).split())
        assert f"no “{LONG[:8]}" not in terminal.row


def at_scene(name: str) -> Terminal:
    terminal = Terminal("read", name, "--pace", "instant", size=(100, 30))
    terminal.leaf()
    return terminal


def test_from_scene_14_to_scene_2_in_two_keys() -> None:
    with at_scene("14") as terminal:
        assert "scene 14 of 15" in terminal.row
        for key in "2g":
            terminal.press(key)
        terminal.wait_for_footer("scene 2 of 15")


def test_flour_is_found_in_the_two_keys_around_the_word() -> None:
    with at_scene("five-articles") as terminal:
        terminal.press("/")
        terminal.wait_for_footer("find:")
        terminal.press("flour\r")
        terminal.wait_for_footer("Enter: go there", alternate=True)
        assert "Two trucks of flour" in "\n".join(terminal.screen.display)
        terminal.press("\r")
        terminal.wait_for_footer("scene 1 of 15")
