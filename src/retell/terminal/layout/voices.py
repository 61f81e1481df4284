"""Draw who speaks how often: a bar for each side, behind its number, so that a number is read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from retell.story.columns import plural
from retell.terminal.layout.lines import Line, Piece, in_ascii, set_text

if TYPE_CHECKING:
    from retell.figures.voices import Balance, Share

BAR = "█"
MOST_BAR_COLUMNS = 40


def draw_voices(found: Balance, width: int, *, plain: bool = False, ascii: bool = False) -> list[Line]:
    """Draw how often each side speaks, for a width in columns; `plain` says it, and so does a screen without room."""
    if not found.sides:
        return []
    most = found.sides[0].times
    names = max(cell_len(share.name) for share in found.sides)
    digits = len(str(most))
    room = min(MOST_BAR_COLUMNS, width - names - digits - 10)
    if plain or room < 1:
        return [line for share in found.sides for line in set_text(_said(share, found), width)]
    lines = []
    for share in found.sides:
        padding = " " * (names - cell_len(share.name))
        row = f"{share.name}{padding} {share.times:>{digits + 1}} {found.part(share):>5}  "
        lines.append(Line((Piece(row), Piece(BAR * max(1, round(room * share.times / most)), "cite"))))
    return in_ascii(lines) if ascii else lines


def _said(share: Share, found: Balance) -> str:
    return f"{share.name}: {plural(share.times, 'time')} ({found.part(share)})"
