"""The colours of a theme can be read on the backgrounds that such themes have."""

from __future__ import annotations

import io

import pytest

from retell.terminal.layout.frame import STYLES
from retell.terminal.layout.lines import Piece
from retell.terminal.show.window import THEMES, Window, reader_window

# black and white, and the backgrounds of Solarized, Dracula, Catppuccin, Nord, Gruvbox and GitHub
BACKGROUNDS = {
    "dark": ("000000", "002b36", "282a36", "1e1e2e", "2e3440", "282828", "0d1117"),
    "light": ("ffffff", "fdf6e3", "eff1f5", "fbf1c7", "f6f8fa"),
}
LEAST = 4.5  # WCAG 2.2, success criterion 1.4.3


def of_palette(number: int) -> tuple[int, int, int]:
    """The colour that xterm has for a number from 16 up."""
    if number >= 232:
        return (8 + 10 * (number - 232),) * 3
    steps = (0, 95, 135, 175, 215, 255)
    rest = number - 16
    return steps[rest // 36], steps[rest // 6 % 6], steps[rest % 6]


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_the_rule_has_it() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "word"), [(theme, word) for theme, words in THEMES.items() for word in words])
def test_each_colour_can_be_read(theme: str, word: str) -> None:
    colour = of_palette(THEMES[theme][word])
    backgrounds = [tuple(bytes.fromhex(background)) for background in BACKGROUNDS[theme]]
    assert [each for each in backgrounds if contrast(colour, (each[0], each[1], each[2])) < LEAST] == []


@pytest.mark.parametrize(
    ("environment", "written"),
    [
        ({}, "\x1b[36mA\x1b[0m"),
        ({"RETELL_THEME": "dark"}, "\x1b[38;5;80mA\x1b[0m"),
        ({"RETELL_THEME": "light"}, "\x1b[38;5;24mA\x1b[0m"),
        ({"RETELL_THEME": "none"}, "A"),
        ({"RETELL_THEME": "light", "NO_COLOR": "1"}, "A"),
        ({"RETELL_THEME": "light", "TERM": "dumb"}, "A"),
    ],
)
def test_the_theme_stands_in_the_environment(environment: dict[str, str], written: str) -> None:
    assert reader_window(io.StringIO(), environment).dress([Piece("A", "cite")]) == written


def test_every_role_has_a_style_in_each_theme() -> None:
    for theme in ("", *THEMES):
        window = Window(io.StringIO(), theme=theme)
        assert all("A" in window.dress([Piece("A", role)]) for role in STYLES)
