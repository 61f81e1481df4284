"""Print lines at once on a rich console, in their styles where it has any."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from retell.terminal.layout.lines import Line


def show_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines, which are wrapped already, in the styles that the console's theme has for them."""
    texts = [Text.assemble(*_styled(line)) for line in lines]
    if texts:
        console.print(Text("\n").join(texts), soft_wrap=True, highlight=False)


def _styled(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the text of a line with its styles; neighbours in one style are one."""
    for style, pieces in groupby(line.pieces, key=lambda piece: piece.style):
        yield "".join(piece.text for piece in pieces), f"retell.{style}" if style else ""
