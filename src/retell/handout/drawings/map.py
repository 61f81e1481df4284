"""Draw a map's places and roads to scale, or, where labels have no room, say it in words."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sin
from typing import TYPE_CHECKING, Literal

from retell.figures.labelling import Box, place_labels
from retell.figures.map import COMPASS, bearings, can_be_drawn, hub, layouts, near, scale_of, tell_places, tell_road
from retell.handout.drawings.sheet import (
    LARGE,
    LEADING,
    MARGIN,
    SMALL,
    WIDTH,
    Dot,
    Sheet,
    Stroke,
    Words,
    below,
    measure,
    set_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.figures.labelling import Placed
    from retell.figures.map import Layout, MapPlace, PlaceMap

MOST_HEIGHT, BRIEF_HEIGHT = 150.0, 80.0
DASHES = ("", "5 2", "1 2")
ROAD = 1.4
GAP = 4.0
CLEAR = 3.0  # what is kept free about a place
SAMPLE = 22.0
INDENT = 10.0  # behind an arrow
ARROW, BARB = 7.0, 2.6
LABEL_HEIGHT = LARGE + SMALL * LEADING + 1


def map_sheet(drawn: PlaceMap, *, brief: bool = False) -> Sheet:
    """Draw the places to scale, both spellings under each name, and the roads; what lies far off is told below.

    An arrow shows where that is. In brief its spellings, the courses of roads and the note on the map are left out.
    """
    found = _lay_out(drawn, BRIEF_HEIGHT if brief else MOST_HEIGHT) if can_be_drawn(drawn) else None
    if found is None:
        return _told(drawn)
    layout, placed = found
    dots = [Dot(x, y) for x, y in layout.spots.values()]
    strokes = list(_roads(drawn, layout))
    labels = zip(near(drawn), placed.boxes, strict=True)
    words = [line for place, box in labels for line in _label(place, layout.spots[place.id], box)]
    base = max([*(dot.y for dot in dots), *(line.y for line in words)]) + LARGE * 2
    for number, road in enumerate(drawn.roads):
        said = f"{road.name[:1].upper()}{road.name[1:]}" if brief else tell_road(road)
        lines = set_lines(said, MARGIN + SAMPLE, base, WIDTH - MARGIN * 2 - SAMPLE, size=SMALL)
        strokes.append(_sample(number, base - 2))
        words += lines
        base = below(lines, base)
    length, long = scale_of(drawn, layout.kilometres, 20)
    end = MARGIN + long
    strokes += _scale(end, base - 2)
    words += (scale := set_lines(f"{length}; north is up", end + GAP, base, WIDTH - MARGIN - end - GAP, size=SMALL))
    far, arrows = _beyond(drawn, below(scale, base) + 2, brief=brief)
    words += far
    strokes += arrows
    base = below([*scale, *far], base) + 2
    words += (note := set_lines("" if brief else drawn.note, MARGIN, base, WIDTH - MARGIN * 2, size=SMALL))
    return Sheet(below(note, base) - SMALL + MARGIN, tuple(words), (), tuple(strokes), tuple(dots))


def _lay_out(drawn: PlaceMap, most: float) -> tuple[Layout, Placed] | None:
    """Find a spot and a label for each near place; None where no two labels can be kept apart."""
    tried = (_try(drawn, layout) for layout in layouts(near(drawn), WIDTH - MARGIN * 2, most))
    return min((found for found in tried if found), key=lambda found: found[1].cost, default=None)


def _try(drawn: PlaceMap, given: Layout) -> tuple[Layout, Placed] | None:
    layout = given.moved(MARGIN, MARGIN + LABEL_HEIGHT + GAP)
    placed = place_labels(
        [_wishes(place, *layout.spots[place.id]) for place in near(drawn)],
        Box(MARGIN, MARGIN, WIDTH - MARGIN, layout.height + MARGIN + (LABEL_HEIGHT + GAP) * 2),
        [Box(x - CLEAR, y - CLEAR, x + CLEAR, y + CLEAR) for x, y in layout.spots.values()],
        list(_ground(drawn, layout)),
    )
    return (layout, placed) if placed else None


def _spellings(place: MapPlace) -> tuple[tuple[str, str], ...]:
    """Return its names in other languages, each with the tag of its language, and what stands between them."""
    return tuple(part for tag, name in place.names for part in ((" · ", ""), (name, tag)))[1:]


def _wishes(place: MapPlace, x: float, y: float) -> list[Box]:
    """Return where the label of a place may stand, the best first: beside it, above, below, at its corners."""
    wide = max(measure(place.name, LARGE), sum(measure(text, SMALL) for text, _ in _spellings(place))) + 1
    middle, above, under = y - LABEL_HEIGHT / 2, y - GAP - LABEL_HEIGHT, y + GAP
    corners = [
        (x + GAP, middle),
        (x - GAP - wide, middle),
        *((x - wide * part, top) for part in (0.5, 0.1, 0.9) for top in (above, under)),
        *((left, top) for left in (x + GAP, x - GAP - wide) for top in (above + GAP, under - GAP)),
    ]
    return [Box(left, top, left + wide, top + LABEL_HEIGHT) for left, top in corners]


def _label(place: MapPlace, spot: tuple[float, float], box: Box) -> list[Words]:
    """Set a name and its spellings in their box, on the side of it that is nearest to the place."""
    anchor: Literal["start", "middle", "end"] = "middle"
    x = (box.left + box.right) / 2
    if box.left >= spot[0]:
        anchor, x = "start", box.left
    elif box.right <= spot[0]:
        anchor, x = "end", box.right
    base = box.top + LARGE * 0.9
    name = Words(x, base, ((place.name, ""),), LARGE, anchor=anchor)
    spelled = Words(x, base + SMALL * LEADING, _spellings(place), SMALL, anchor=anchor)
    return [name, spelled] if spelled.parts else [name]


def _legs(drawn: PlaceMap, layout: Layout) -> Iterator[tuple[int, tuple[float, float], tuple[float, float]]]:
    for number, road in enumerate(drawn.roads):
        for start, end in pairwise(road.through):
            yield number, layout.spots[start.id], layout.spots[end.id]


def _roads(drawn: PlaceMap, layout: Layout) -> Iterator[Stroke]:
    for number, start, end in _legs(drawn, layout):
        yield Stroke(*start, *end, ROAD, DASHES[number % len(DASHES)])


def _ground(drawn: PlaceMap, layout: Layout) -> Iterator[Box]:
    """Yield small boxes along the roads, which labels should leave free."""
    for _, (x, y), (to_x, to_y) in _legs(drawn, layout):
        steps = 1 + int(max(abs(to_x - x), abs(to_y - y)) / 3)
        for step in range(steps + 1):
            at_x, at_y = x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
            yield Box(at_x - 1.5, at_y - 1.5, at_x + 1.5, at_y + 1.5)


def _sample(number: int, y: float) -> Stroke:
    return Stroke(MARGIN, y, MARGIN + SAMPLE - GAP, y, ROAD, DASHES[number % len(DASHES)])


def _scale(end: float, y: float) -> list[Stroke]:
    return [Stroke(MARGIN, y, end, y), Stroke(MARGIN, y - 2, MARGIN, y + 2), Stroke(end, y - 2, end, y + 2)]


def _beyond(drawn: PlaceMap, base: float, *, brief: bool) -> tuple[list[Words], list[Stroke]]:
    """Return the names of the places off the map, spellings below, and the arrows that point to them."""
    shown = near(drawn)
    far = [each for each in bearings(drawn) if each.place not in shown]
    wide = WIDTH - MARGIN * 2 - INDENT
    words: list[Words] = []
    arrows: list[Stroke] = []
    if far:
        words += (lines := set_lines(f"Further off, from {hub(drawn).name}:", MARGIN, base, wide, size=SMALL))
        base = below(lines, base)
    for each in far:
        arrows += _arrow(MARGIN + ARROW / 2, base - SMALL * 0.35, each.direction)
        said = f"{each.place.name}, {each.distance}"
        words += (lines := set_lines(said, MARGIN + INDENT, base, wide, size=SMALL))
        base = below(lines, base)
        if not brief:
            words += (lines := _spelled(each.place, base))
            base = below(lines, base)
    return words, arrows


def _arrow(x: float, y: float, direction: str) -> list[Stroke]:
    """Draw an arrow about a point in one of the eight directions."""
    along = radians(COMPASS.index(direction) * 45)
    end_x, end_y = x + sin(along) * ARROW / 2, y - cos(along) * ARROW / 2
    barbs = (along + radians(150), along - radians(150))
    return [
        Stroke(2 * x - end_x, 2 * y - end_y, end_x, end_y, 0.8),
        *(Stroke(end_x, end_y, end_x + sin(barb) * BARB, end_y - cos(barb) * BARB, 0.8) for barb in barbs),
    ]


def _spelled(place: MapPlace, base: float) -> list[Words]:
    """Set both spellings in one line, or, where they are long, in one each."""
    both = Words(MARGIN + INDENT * 2, base, _spellings(place), SMALL)
    if both.box.right <= WIDTH - MARGIN:
        return [both] if both.parts else []
    words: list[Words] = []
    for spelling, language in both.parts:
        if language:
            wide = WIDTH - MARGIN - both.x
            words += set_lines(spelling, both.x, below(words, base), wide, size=SMALL, language=language)
    return words


def _told(drawn: PlaceMap) -> Sheet:
    """Return a sheet that says in words what a drawing would show."""
    words: list[Words] = []
    base = MARGIN + SMALL
    for text in (*tell_places(drawn), *map(tell_road, drawn.roads), drawn.note):
        lines = set_lines(text, MARGIN, base, WIDTH - MARGIN * 2, size=SMALL)
        words += lines
        base = below(lines, base) + 1
    return Sheet(base - SMALL + MARGIN, tuple(words))
