"""The colours of a theme can be read on the backgrounds that have it, and the terminal is asked for its background."""

from __future__ import annotations

import io
import os
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.terminal.input.background import is_answer, relative_luminance, theme_on
from retell.terminal.input.keys import Ask
from retell.terminal.input.sequences import may_go_on, name_key
from retell.terminal.layout.lines import Piece
from retell.terminal.layout.roles import ROLES, THEMES, rich_styles, sgr
from retell.terminal.show.window import Window, reader_window
from tests.support.folders import MINI

if sys.platform != "win32":
    import pty

    from retell.terminal.input.keyboard import TerminalKeyboard
    from retell.terminal.input.signals import noted
    from tests.support.pseudo import Terminal

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
# black and white, and the backgrounds of Solarized, Dracula, Catppuccin, Nord, Gruvbox, GitHub, GNOME and Windows
BACKGROUNDS = {
    "dark": ("000000", "002b36", "282a36", "1e1e2e", "2e3440", "282828", "0d1117", "171421", "0c0c0c"),
    "light": ("ffffff", "fdf6e3", "eff1f5", "fbf1c7", "f6f8fa", "eceff4"),
}
LEAST = 4.5  # WCAG 2.2, success criterion 1.4.3
COLOURS = [(theme, role) for theme in THEMES for role in ROLES if ROLES[role].colour(theme)]
DARK, LIGHT = "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", "\x1b]11;rgb:fd/f6/e3\x07"


def of_palette(number: int) -> float:
    """The luminance of the colour that xterm has for a number from 16 up."""
    steps = (0, 95, 135, 175, 215, 255)
    rest = number - 16
    grey = (8 + 10 * (number - 232),) * 3
    parts = grey if number >= 232 else (steps[rest // 36], steps[rest // 6 % 6], steps[rest % 6])
    return relative_luminance(*(part / 255 for part in parts))


def of_hex(colour: str) -> float:
    return relative_luminance(*(part / 255 for part in bytes.fromhex(colour)))


def contrast(one: float, other: float) -> float:
    lighter, darker = sorted((one, other), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_the_rule_has_it() -> None:
    assert contrast(of_hex("000000"), of_hex("ffffff")) == pytest.approx(21)
    assert contrast(of_hex("777777"), of_hex("ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "role"), COLOURS)
def test_each_colour_can_be_read(theme: str, role: str) -> None:
    colour = of_palette(ROLES[role].colour(theme))
    assert [each for each in BACKGROUNDS[theme] if contrast(colour, of_hex(each)) < LEAST] == []


@given(st.tuples(*[st.integers(0, 0xFFFF)] * 3))
def test_each_colour_can_be_read_on_whatever_background_a_terminal_names(parts: tuple[int, int, int]) -> None:
    theme = theme_on("\x1b]11;rgb:{:04x}/{:04x}/{:04x}\x07".format(*parts).encode())
    background = relative_luminance(*(part / 0xFFFF for part in parts))
    worn = [ROLES[role].colour(theme) for role in ROLES if ROLES[role].colour(theme)]
    assert all(contrast(of_palette(colour), background) >= LEAST for colour in worn)


@pytest.mark.parametrize("theme", THEMES)
def test_the_usual_backgrounds_have_their_theme(theme: str) -> None:
    for colour in BACKGROUNDS[theme]:
        red, green, blue = (colour[i : i + 2] for i in (0, 2, 4))
        for answer in (
            f"\x1b]11;rgb:{red}/{green}/{blue}\x1b\\",
            f"\x1b]11;rgba:{red * 2}/{green * 2}/{blue * 2}/ffff\x07",
        ):
            assert theme_on(answer.encode()) == theme


@pytest.mark.parametrize(
    "answer", ["", "q", "\x1b[A", "\x1b]10;rgb:00/00/00\x07", "\x1b]11;#1e1e2e\x07", "\x1b]11;rgb:0/0\x07"]
)
def test_what_is_no_answer_has_no_theme(answer: str) -> None:
    assert not is_answer(answer.encode())
    assert theme_on(answer.encode()) == ""


@pytest.mark.parametrize(
    ("environment", "written"),
    [
        ({}, "A"),
        ({"RETELL_THEME": "dark"}, "\x1b[38;5;80mA\x1b[0m"),
        ({"RETELL_THEME": "light"}, "\x1b[38;5;24mA\x1b[0m"),
        ({"RETELL_THEME": "none"}, "A"),
        ({"RETELL_THEME": "purple"}, "A"),
        ({"RETELL_THEME": "light", "NO_COLOR": "1"}, "A"),
        ({"RETELL_THEME": "light", "TERM": "dumb"}, "A"),
    ],
)
def test_the_theme_stands_in_the_environment(environment: dict[str, str], written: str) -> None:
    assert reader_window(io.StringIO(), environment).dress([Piece("A", "cite")]) == written


def test_what_has_a_colour_is_not_dimmed_as_well_and_else_it_is() -> None:
    assert sgr("quiet", "none") == "2" and sgr("quiet", "dark") == "38;5;248"
    assert rich_styles("none")["retell.quiet"] == "dim" and rich_styles("light")["retell.quiet"] == "color(240)"
    assert sgr("aside", "light") == "3;38;5;90" and rich_styles("light")["retell.aside"] == "italic color(90)"


def test_every_role_has_a_style_in_each_theme() -> None:
    for theme in ("", "none", *THEMES):
        window = Window(io.StringIO(), theme=theme)
        assert all("A" in window.dress([Piece("A", role)]) for role in ROLES)


@pytest.mark.parametrize("answer", [DARK, LIGHT])
def test_an_answer_is_read_to_its_end_and_is_no_key(answer: str) -> None:
    sent = answer.encode()
    assert [may_go_on(sent[:size]) for size in range(1, len(sent))] == [True] * (len(sent) - 1)
    assert not may_go_on(sent)
    assert name_key(sent) == ""


@unix
@pytest.mark.parametrize(
    ("sent", "theme", "asked"),
    [
        (DARK, "dark", []),
        (LIGHT, "light", []),
        (f" {DARK}", "dark", [Ask.GO_ON]),
        (f"s{DARK}q", "dark", [Ask.SOURCES, Ask.STOP]),
        (f"\x1b[6~b{LIGHT}\x1b[A", "light", [Ask.PAGE_DOWN, Ask.BACK, Ask.UP]),
        ("b", "", [Ask.BACK]),
        ("", "", []),
    ],
)
def test_the_theme_is_read_and_no_key_is_lost(sent: str, theme: str, asked: list[Ask]) -> None:
    reader, side = pty.openpty()
    try:
        with noted() as notes:
            keyboard = TerminalKeyboard(notes, side)
            keyboard.open()
            os.write(reader, sent.encode())
            assert keyboard.read_theme() == theme
            assert [keyboard.read(5) for _ in asked] == asked
            assert keyboard.read(0) is None
            os.write(reader, f"{DARK}e".encode())  # an answer that comes too late, and a key after it
            assert keyboard.read(5) is Ask.QUESTIONS
            keyboard.close()
    finally:
        os.close(side)
        os.close(reader)


@unix
@pytest.mark.parametrize(("answer", "colour"), [(DARK, "38;5;80m"), (LIGHT, "38;5;24m"), ("", None)])
def test_a_reader_is_told_in_the_colours_of_their_terminal(answer: str, colour: str | None) -> None:
    with Terminal("--story", MINI, "read", "start", "--pace", "instant", TERM="xterm-256color") as terminal:
        terminal.wait_for("\x1b]11;?\x1b\\")
        terminal.press(answer)
        terminal.wait_for_footer("Space: on")
        written = terminal.written.decode()
    assert re.findall(r"38;5;\d+m(?=A ¶)", written) == ([colour] if colour else [])
    assert "11;rgb" not in written and "?: keys" not in written.split(" · ")[0]


@unix
@pytest.mark.parametrize(
    "changed", [{"RETELL_THEME": "none"}, {"RETELL_THEME": "dark"}, {"NO_COLOR": "1"}, {"TERM": "linux"}]
)
def test_a_terminal_is_not_asked_where_the_answer_is_known_or_not_wanted(changed: dict[str, str]) -> None:
    with Terminal("--story", MINI, "read", "start", "--pace", "instant", **changed) as terminal:  # type: ignore[arg-type]
        terminal.wait_for_footer("Space: on")
        assert b"]11;?" not in terminal.written
