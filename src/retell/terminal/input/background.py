"""Tell from a terminal's answer, when it was asked for its background (OSC 11), which theme can be read on it."""

from __future__ import annotations

import re

ANSWER_TIME = 0.05  # seconds in which a terminal answers that does so at all; over a slow line it may be later
# a colour in one to four hexadecimal digits for red, green and blue (X11's XParseColor), and how the string is ended
COLOUR = r"rgba?:([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})(?:/[0-9A-Fa-f]{1,4})?"
ANSWER = rf"\x1b\]11;{COLOUR}(?:\x07|\x1b\\)".encode()
# the most luminous background that is dark for the colours of that theme, and the least luminous one that is light
DARK, LIGHT = 0.043, 0.65


def is_answer(sent: bytes) -> bool:
    """Return whether bytes are a terminal's answer, which no key sends."""
    return re.fullmatch(ANSWER, sent) is not None


def theme_on(answer: bytes) -> str:
    """Return the theme for the background that an answer names; nothing where none can be read on it."""
    found = re.fullmatch(ANSWER, answer)
    if not found:
        return ""
    luminance = relative_luminance(*(int(part, 16) / (16 ** len(part) - 1) for part in found.groups()))
    return "dark" if luminance <= DARK else "light" if luminance >= LIGHT else ""


def relative_luminance(red: float, green: float, blue: float) -> float:
    """Return how bright a colour is, from 0 to 1, by the definition of WCAG 2.2; its parts are from 0 to 1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
