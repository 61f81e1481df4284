"""Find the nearest ASCII character for each that a stream cannot show.

Each has a stand-in of its own width, for lines are filled before anybody knows where they go.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import TextIO

NEAREST = "nearest"  # the name of the error handler, as streams are given it
ASCII = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "…": ".",
    "¶": "#",
    "·": "-",
    "•": ".",
    "◦": "+",
    "×": "x",
    "─": "-",
    "━": "=",
    "│": "|",
    "┃": "|",
    "├": "|",
    "┤": "|",
    "┬": "+",
    "┴": "+",
    "┼": "+",
    "┌": "+",
    "┐": "+",
    "└": "+",
    "┘": "+",
    "╱": "/",
    "╲": "\\",
    "█": "#",
    "▇": "#",
    "▌": "#",
    "▏": "|",
    "░": "-",
    "●": "O",
    "○": "o",
    "◆": "*",
    "▲": "^",
    "▶": ">",
    "►": ">",
    "◀": "<",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "↖": "\\",
    "↗": "/",
    "↘": "\\",
    "↙": "/",
    "↳": ">",
    "\u2068": "",
    "\u2069": "",
    "ə": "e",
    "Ə": "E",
    "ı": "i",
    "ø": "o",
    "ß": "s",
}


def nearest(character: str) -> str:
    """Return the ASCII character that comes nearest; a letter loses its marks, and what has none becomes `?`."""
    if character in ASCII:
        return ASCII[character]
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFD", character)[:1]  # not NFKD, by which ⅔ would be 2
    if unicodedata.combining(character):
        return ""  # a mark on the letter before it takes no column
    wide = unicodedata.east_asian_width(character) in "WF"
    return base if base.isascii() and base.isprintable() and base else "??" if wide else "?"


def fall_back(stream: TextIO) -> None:
    """Let a stream write the nearest character for each one that its encoding lacks, rather than fail."""
    codecs.register_error(NEAREST, _answer)
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=NEAREST)


def _answer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(nearest, error.object[error.start : error.end])), error.end
