"""Check that a place lies where the others do: latitude and longitude are easily exchanged, and a minus forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.figures.map import MapPlace, bearing
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.problems import Problem
    from retell.story.library import Library

FAR_AWAY = Rule(
    "place-far-away",
    "A place lies where the other places of the story do.",
    level="warning",
    message="this lies {far} km from every other place, and {slip} it would lie {near} km from {other}",
    help="write [latitude, longitude]: north and east without a minus, south and west with one",
)
FAR, NEARER = 1000, 20  # kilometres from all others, and how many times nearer the slip would have it
MOST_PLACES, LEAST_PLACES = 100, 3  # of more none is held against the others; of two, nobody knows which lies wrong


def check(library: Library) -> Iterator[Problem]:
    """Yield the places that lie far from all others, and near one by a common slip in writing their positions."""
    if not LEAST_PLACES <= len(library.places) <= MOST_PLACES or any(
        entry.file.problems for entry in library.places.values()
    ):
        return
    places = {card: MapPlace(card, entry.form.name, (), *entry.form.position) for card, entry in library.places.items()}
    for card, place in places.items():
        others = [other for other in places.values() if other is not place]
        far, _ = _nearest(place, others)
        if far < FAR:
            continue
        near, other, slip = min(
            ((*_nearest(meant, others), slip) for slip, meant in _meant(place)), key=lambda each: each[0]
        )
        if near * NEARER < far:
            file = library.places[card].file
            yield FAR_AWAY.at(file.locate(("position",)), far=far, near=near, other=other.name, slip=slip)


def _nearest(place: MapPlace, others: Iterable[MapPlace]) -> tuple[int, MapPlace]:
    """Return how many kilometres away the nearest of other places is, and which it is."""
    return min(((bearing(place, other).far, other) for other in others), key=lambda each: each[0])


def _meant(place: MapPlace) -> Iterator[tuple[str, MapPlace]]:
    """Yield what an author may have meant by a position, and by which slip it would be this one."""
    north, east = place.latitude, place.longitude
    if abs(east) <= 90:
        yield "with its two numbers exchanged", MapPlace(place.id, place.name, (), east, north)
    yield "with its latitude's minus changed", MapPlace(place.id, place.name, (), -north, east)
    yield "with its longitude's minus changed", MapPlace(place.id, place.name, (), north, -east)
