"""How a line is shared among the columns of a Word file's table, which has no way to find that out by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout.tree import Address, Citation, Stretches, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retell.handout.tree import Cell, Run

ROOM_TO_WRITE = 11  # characters that a column is given which is empty
LINE = 100  # characters beside each other on a page
LONGEST_WORD = 20  # for which a column has room whole: an address is broken where it has to be
WIDTHS = (("\u2e80", 2.0), ("\u2000", 1.0), ("\u0370", 1.4), ("", 1.0))  # of letters from here on, in Latin ones
MARGINS = 3  # what the margins of a cell take of them


def column_widths(rows: Sequence[tuple[Cell, ...]]) -> list[int]:
    """Share a line among columns: each has room for its words, and the rest goes where texts are longer."""
    texts = [[plain(cell.runs) for cell in column] for column in zip(*rows, strict=True)]
    least = [max((_wide(word) for cell in cells for word in cell.split()), default=0) for cells in texts]
    least = [min(longest, LONGEST_WORD) + MARGINS for longest in least]
    least = [max(fewest, ROOM_TO_WRITE * (not any(cells[1:]))) for fewest, cells in zip(least, texts, strict=True)]
    longest = [max(map(_wide, cells)) + MARGINS for cells in texts]
    wished = [max(0, more - less) for more, less in zip(longest, least, strict=True)]
    share = min(1.0, max(0, LINE - sum(least)) / (sum(wished) or 1))
    return [less + round(share * wish) for less, wish in zip(least, wished, strict=True)]


def _wide(text: str) -> int:
    """Return how many Latin letters are as wide as a text; those of other scripts are wider."""
    return round(sum(next(width for first, width in WIDTHS if char >= first) for char in text))


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs as codes have it."""
    return "".join(map(_plain_run, runs))


def _plain_run(run: Run) -> str:
    if isinstance(run, str):
        return run
    if isinstance(run, Stretches):
        return plain(tell(run.stretches))
    if isinstance(run, Citation):
        return f"[{'; '.join(map(str, run.references))}]"
    return run.url if isinstance(run, Address) else run.text
