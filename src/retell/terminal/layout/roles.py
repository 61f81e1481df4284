"""Style what is drawn by its role: one table of attributes, and of the colours that each theme has for them.

The colours are numbers of xterm's palette, which keep a contrast of 4.5 (WCAG 2.2, 1.4.3) on the usual backgrounds of
their theme. Where the theme is not known there are none: what a reader must see is said by shape.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

THEMES = ("dark", "light")
THEME_VARIABLE = "RETELL_THEME"
NO_THEME = "none"  # what a reader names who wants no colours, and no question to the terminal about its background


class Role(msgspec.Struct, frozen=True):
    """How a role looks: its attributes, and its colour on a dark and on a light background (0: the text's own)."""

    attributes: tuple[str, ...] = ()
    dark: int = 0
    light: int = 0

    def colour(self, theme: str) -> int:
        """Return the number of its colour in a theme, 0 where it has none."""
        return {"dark": self.dark, "light": self.light}.get(theme, 0)

    def worn(self, theme: str) -> tuple[str, ...]:
        """Return its attributes in a theme; what has a colour is not dimmed as well."""
        return tuple(word for word in self.attributes if word != "dim" or not self.colour(theme))


ROLES = {
    "": Role(),
    "plain": Role(),
    "emphasis": Role(("italic",)),
    "quotation": Role(),
    "title": Role(("bold",)),
    "phase": Role(("bold",)),
    "scene": Role(("bold",)),
    "quote": Role(),
    "speaker": Role(("bold",)),
    "bar": Role(("dim",), 248, 240),
    "aside": Role(("italic",), 176, 90),
    "cite": Role((), 80, 24),
    "marked": Role(("bold", "underline")),
    "quiet": Role(("dim",), 248, 240),
}
CODES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4"}  # ECMA-48, SGR


def theme_of(environment: Mapping[str, str]) -> str:
    """Return the theme that the environment names, `none` where it wishes for no colours, or nothing."""
    if environment.get("NO_COLOR"):
        return NO_THEME
    wanted = environment.get(THEME_VARIABLE, "")
    return wanted if wanted in {*THEMES, NO_THEME} else ""


def sgr(role: str, theme: str, *, italic: bool = True) -> str:
    """Return the parameters of the control sequence that sets a role in a theme, or nothing; without `italic` none."""
    colour = ROLES[role].colour(theme)
    words = (word for word in ROLES[role].worn(theme) if italic or word != "italic")
    return ";".join([*(CODES[word] for word in words), *([f"38;5;{colour}"] if colour else [])])


def rich_styles(theme: str) -> dict[str, str]:
    """Return rich's names for the styles of a theme, by the role."""
    coloured = {name: role.colour(theme) for name, role in ROLES.items() if name}
    return {
        f"retell.{name}": " ".join([*ROLES[name].worn(theme), *([f"color({colour})"] if colour else [])]) or "none"
        for name, colour in coloured.items()
    }
