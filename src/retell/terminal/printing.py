"""Print lines at once on a rich console, in their styles where it has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retell.terminal.layout.frame import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from retell.terminal.layout.lines import Line


def show_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines, which are wrapped already."""
    texts = [Text.assemble(*((piece.text, STYLES[piece.style]) for piece in line.pieces)) for line in lines]
    if texts:
        console.print(Text("\n").join(texts), soft_wrap=True, highlight=False)
