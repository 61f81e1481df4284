"""Check that the positions of places are near each other: one exchanged or without its minus lies across the globe."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from retell.figures.map import MapPlace, bearing
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.problems import Problem
    from retell.story.library import Library

Spot: TypeAlias = "tuple[float, float]"
PLACE_FAR_OFF = Rule(
    "place-far-off",
    "No place lies far from all others that would lie among them if its position were written in another way.",
    level="warning",
    message="this place lies about {far} km from any other; {how} it would lie among them",
    help="correct 'position:', latitude before longitude: south and west have a minus",
)
FAR = 1000  # kilometres to the nearest other place, from which on a position is asked about
NEARER = 10  # so many times nearer it has to lie if it is written in the other way
DEGREE = 111  # kilometres of latitude
# whether the two numbers are exchanged, and the signs that they then have
WAYS = (
    ("with the two numbers exchanged", True, 1, 1),
    ("with a minus changed", False, 1, -1),
    ("with a minus changed", False, -1, 1),
    ("with both signs changed", False, -1, -1),
    ("with the two numbers exchanged and a minus changed", True, 1, -1),
    ("with the two numbers exchanged and a minus changed", True, -1, 1),
)


def check(library: Library) -> Iterator[Problem]:
    """Yield the places that lie far from all others and would not, written in another way."""
    spots = {place.id: place.form.position for place in library.places.values()}
    for place in library.places.values() if len(spots) > 2 else ():
        others = [spot for name, spot in spots.items() if name != place.id]
        spot = place.form.position
        if _is_near(spot, others, FAR):
            continue
        far = min(_far(spot, other) for other in others)
        for how, exchanged, north, east in WAYS:
            one, two = reversed(spot) if exchanged else spot
            if abs(one) <= 90 and _is_near((north * one, east * two), others, far // NEARER):
                yield PLACE_FAR_OFF.at(place.file.locate(("position",)), far=f"{far:,}", how=how)
                break


def _is_near(spot: Spot, others: Iterable[Spot], within: int) -> bool:
    """Return whether one of the others lies within so many kilometres."""
    return any(abs(spot[0] - other[0]) * DEGREE <= within and _far(spot, other) <= within for other in others)


def _far(spot: Spot, other: Spot) -> int:
    """Return how many kilometres it is from one to the other."""
    return bearing(MapPlace("", "", (), *spot), MapPlace("", "", (), *other)).far
