"""Draw a map to scale, or, where it has no room, say it in words."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from retell.figures.labelling import Box, place_labels
from retell.figures.map import bearings, can_be_drawn, hub, layouts, near, scale_of, tell_places, tell_road
from retell.story.typography import isolate
from retell.terminal.layout.lines import BLANK, Line, Piece, in_ascii, set_labelled, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.figures.map import Layout, PlaceMap

MOST_ROWS = 20
CELL_HEIGHT = 2  # a character is about twice as high as wide
FEWEST_COLUMNS = 20
TOWN = "●"
ROADS = "•◦·"
HANG = 2  # columns that a line which goes on is moved
GAP = 1  # columns kept free on either side of a label
ARROWS = {
    "north": "↑",
    "north-east": "↗",
    "east": "→",
    "south-east": "↘",
    "south": "↓",
    "south-west": "↙",
    "west": "←",
    "north-west": "↖",
}


class _Sheet(NamedTuple):
    """The part of a map that is drawn: where each place is, as column and row, its label; how wide a column is."""

    cells: dict[str, tuple[int, int]]
    labels: dict[str, Box]
    kilometres: float
    cost: int


def draw_map(drawn: PlaceMap, width: int, *, plain: bool = False, ascii: bool = False) -> list[Line]:
    """Draw the places to scale and the roads between them, for a width in columns.

    `plain` says the same in words, and so does a width where the labels do not fit. What lies far off is told below.
    """
    sheet = None if plain or len(drawn.places) < 2 or not can_be_drawn(drawn) else _lay_out(drawn, width)
    if sheet is None:
        lines = _tell(drawn, width, with_spellings=not ascii)
    else:
        lines = [*_paint(drawn, sheet), BLANK, *_key(drawn, sheet, width), *_beyond(drawn, width)]
        lines += set_text(drawn.note, width, "quiet")
    return in_ascii(lines) if ascii else lines


def _lay_out(drawn: PlaceMap, width: int) -> _Sheet | None:
    """Find cells and labels for the near places; None where no two labels can be kept apart."""
    if width < FEWEST_COLUMNS:
        return None
    places = near(drawn)
    tried = (_try(drawn, width, layout) for layout in layouts(places, width - 1, CELL_HEIGHT * (MOST_ROWS - 1)))
    return min((sheet for sheet in tried if sheet), key=lambda sheet: sheet.cost, default=None)


def _try(drawn: PlaceMap, width: int, layout: Layout) -> _Sheet | None:
    cells = {place: (round(x), round(y / CELL_HEIGHT)) for place, (x, y) in layout.spots.items()}
    placed = place_labels(
        [_wishes(place.name, *cells[place.id]) for place in near(drawn)],
        Box(-GAP, -1, width + GAP, round(layout.height / CELL_HEIGHT) + 2),
        [Box(column, row, column + 1, row + 1) for column, row in cells.values()],
        [Box(column, row, column + 1, row + 1) for column, row, _ in _road_cells(drawn, cells)],
    )
    if placed is None:
        return None
    return _Sheet(cells, dict(zip(cells, placed.boxes, strict=True)), layout.kilometres, placed.cost)


def _wishes(name: str, column: int, row: int) -> list[Box]:
    """Return where the label of a town may stand, the best first: beside it, above, below."""
    wide = cell_len(name)
    corners = [
        (column + 2, row),
        (column - wide - 1, row),
        *((column - shift, row + step) for shift in (wide // 2, 0, wide - 1) for step in (-1, 1)),
    ]
    return [Box(left - GAP, top, left + wide + GAP, top + 1) for left, top in corners]


def _road_cells(drawn: PlaceMap, cells: dict[str, tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Return every cell that a road crosses, and the road's number (from 0)."""
    for number, road in enumerate(drawn.roads):
        for start, end in pairwise(road.through):
            (x, y), (to_x, to_y) = cells[start.id], cells[end.id]
            steps = max(abs(to_x - x), abs(to_y - y))
            for step in range(1, steps):
                yield round(x + (to_x - x) * step / steps), round(y + (to_y - y) * step / steps), number


def _paint(drawn: PlaceMap, sheet: _Sheet) -> list[Line]:
    painted: dict[tuple[int, int], Piece] = {}
    for column, row, number in _road_cells(drawn, sheet.cells):
        painted[row, column] = Piece(ROADS[number % len(ROADS)], "cite")
    names = {place.id: place.name for place in drawn.places}
    for place, (column, row) in sheet.cells.items():
        box = sheet.labels[place]
        painted[row, column] = Piece(TOWN, "scene")
        start, end = int(box.left) + GAP, int(box.right) - GAP
        for covered in range(start + 1, end):
            painted.pop((int(box.top), covered), None)
        painted[int(box.top), start] = Piece(isolate(names[place]))
    rows = range(min(painted)[0], max(painted)[0] + 1)
    return [_line(sorted((at[1], piece) for at, piece in painted.items() if at[0] == row)) for row in rows]


def _line(painted: Sequence[tuple[int, Piece]]) -> Line:
    """Set what stands in a row, by columns, with space between; neighbours of one style become one piece."""
    pieces: list[Piece] = []
    end = 0
    for column, piece in painted:
        if column > end:
            pieces.append(Piece(" " * (column - end)))
        pieces.append(piece)
        end = column + cell_len(piece.text)
    return Line(
        tuple(
            Piece("".join(piece.text for piece in run), style)
            for style, run in groupby(pieces, key=lambda piece: piece.style)
        )
    )


def _key(drawn: PlaceMap, sheet: _Sheet, width: int) -> Iterator[Line]:
    """Yield the key: which road is which, and how long a distance is."""
    for number, road in enumerate(drawn.roads):
        sample = ROADS[number % len(ROADS)] * 4
        yield from set_labelled(f"{sample} ", tell_road(road), width, label_style="cite")
    shown, long = scale_of(drawn, sheet.kilometres, 4)
    bar = f"├{'─' * (round(long) - 1)}┤ "
    yield from set_labelled(bar, f"{shown}; north is up", width, label_style="quiet")


def _beyond(drawn: PlaceMap, width: int) -> Iterator[Line]:
    """Yield lines on the places that are not drawn."""
    shown = near(drawn)
    far = [each for each in bearings(drawn) if each.place not in shown]
    if far:
        yield from set_text(f"Further off, from {hub(drawn).name}:", width)
    for each in far:
        said = f"{each.place.name}, {each.distance}"
        yield from set_labelled(f"{ARROWS[each.direction]} ", said, width)


def _tell(drawn: PlaceMap, width: int, *, with_spellings: bool) -> list[Line]:
    """Return what the drawing shows, in words."""
    said = [*tell_places(drawn, with_spellings=with_spellings), *map(tell_road, drawn.roads)]
    lines = [line for text in said for line in set_text(text, width, hang=HANG)]
    return [*lines, *set_text(drawn.note, width, "quiet")]
