"""Choose which places and roads the map shows, how they lie to each other, and where they stand in a drawing."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import TYPE_CHECKING

import msgspec

from retell.story.languages import language
from retell.story.model import StoryMap
from retell.story.typography import capitalise, set_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.story.cards import Place
    from retell.story.told import Told

SHARES = (1.0, 0.85, 0.7, 0.55)
LEANS = (0.5, 0.0, 1.0)
LEAST_WIDTH = 10.0  # kilometres that a drawing is wide at least, for a card gives a position to about one
MOST_PLACES, MOST_LEGS = 60, 120
"""So many places, and stretches of a road from one to the next, are drawn; of more it is told in words."""
EARTH_RADIUS = 6371.0  # kilometres, the mean radius (IUGG)
KILOMETRES_A_DEGREE = radians(1) * EARTH_RADIUS
SCALE_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


class Unit(msgspec.Struct, frozen=True):
    """What distances are told in: its word for one and for several, and how many kilometres it is."""

    one: str
    many: str
    kilometres: float

    def tell(self, number: int) -> str:
        """Return so many of it in words."""
        return f"{number} {self.one if number == 1 else self.many}"


KM, MILES = Unit("km", "km", 1.0), Unit("mile", "miles", 1.609344)  # the international mile of 1959
UNITS = {"km": KM, "miles": MILES}


class MapPlace(msgspec.Struct, frozen=True):
    """A place of the map: the id of its card, its name, its names in other languages, its position in degrees.

    Those in other languages stand behind the tags of these.
    """

    id: str
    name: str
    names: tuple[tuple[str, str], ...]
    latitude: float
    longitude: float


class Road(msgspec.Struct, frozen=True):
    """A road of the map, and the places by which it runs, in order."""

    name: str
    through: tuple[MapPlace, ...]


class PlaceMap(msgspec.Struct, frozen=True):
    """The places of the story, in the order of their cards, the roads between them, and what is said of the map.

    `origin` is the id of the place from which distances are told, or empty.
    """

    places: tuple[MapPlace, ...]
    roads: tuple[Road, ...]
    note: str
    unit: Unit = KM
    origin: str = ""


def place_map(told: Told, origin: str | None = None) -> PlaceMap:
    """Return the map of the story: every place that has a card, and the roads that story.yaml names.

    Distances are told from `origin`, a scene's own place by the id of its card, or where there is none from the hub.
    """
    form = told.story.map or StoryMap()
    places = {card: _map_place(card, place) for card, place in told.places.items()}
    roads = (  # a preview may draw a road by a place that has no card yet
        Road(set_line(road.name), tuple(places[name] for name in road.through if name in places)) for road in form.roads
    )
    seen_from = origin if origin in places else None
    return PlaceMap(tuple(places.values()), tuple(roads), set_line(form.note), UNITS[form.unit], seen_from or "")


def _map_place(card: str, place: Place) -> MapPlace:
    names = tuple((tag, set_line(name)) for tag, name in place.names.items())
    return MapPlace(card, set_line(place.name), names, *place.position)


def can_be_drawn(drawn: PlaceMap) -> bool:
    """Return whether a drawing can show the map: it has not so many places and roads that nobody could read it."""
    legs = {leg for road in drawn.roads for leg in pairwise(road.through)}
    return len(near(drawn)) <= MOST_PLACES and len(legs) <= MOST_LEGS


class Bearing(msgspec.Struct, frozen=True):
    """How a place lies from another: how far, rounded, in a unit, and in which of eight directions."""

    place: MapPlace
    origin: MapPlace
    far: int
    direction: str
    unit: Unit = KM

    @property
    def distance(self) -> str:
        """How far and where to: `about 25 km south-west`."""
        return f"about {self.unit.tell(self.far)} {self.direction}"

    def __str__(self) -> str:
        """Return the bearing in words: `about 25 km south-west of Khankendi/Stepanakert`."""
        if not self.far:
            return f"close to {self.origin.name}"
        return f"{self.distance} of {self.origin.name}"


def bearing(place: MapPlace, origin: MapPlace, unit: Unit = KM) -> Bearing:
    """Return how a place lies from an origin, along the shortest way over the globe."""
    here, there = radians(origin.latitude), radians(place.latitude)
    turn = radians(place.longitude - origin.longitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(turn / 2) ** 2
    far = 2 * EARTH_RADIUS * asin(sqrt(min(1.0, half)))
    angle = degrees(atan2(sin(turn) * cos(there), cos(here) * sin(there) - sin(here) * cos(there) * cos(turn)))
    return Bearing(place, origin, round_distance(far / unit.kilometres), COMPASS[round(angle / 45) % 8], unit)


def round_distance(far: float) -> int:
    """Round a distance to what positions of two decimals bear: to 1 km or mile, from 10 up to 5, from 100 up to 10."""
    step = 1 if far < 10 else 5 if far < 100 else 10
    return step * round(far / step)


def hub(drawn: PlaceMap) -> MapPlace:
    """Return the place that the others are told from: the origin, or on most roads and of those nearest the middle."""
    if drawn.origin:
        return next(place for place in drawn.places if place.id == drawn.origin)
    spots = positions(drawn.places)
    middle_x = sum(x for x, _ in spots) / len(spots)
    middle_y = sum(y for _, y in spots) / len(spots)
    on_roads = Counter(place for road in drawn.roads for place in {place.id for place in road.through})
    ranked = zip(drawn.places, spots, strict=True)
    return min(ranked, key=lambda each: (-on_roads[each[0].id], hypot(each[1][0] - middle_x, each[1][1] - middle_y)))[0]


def bearings(drawn: PlaceMap) -> tuple[Bearing, ...]:
    """Return how every other place of a map lies from its hub, in the map's order."""
    if not drawn.places:
        return ()
    origin = hub(drawn)
    return tuple(bearing(place, origin, drawn.unit) for place in drawn.places if place is not origin)


def tell_places(drawn: PlaceMap, *, with_spellings: bool = True) -> tuple[str, ...]:
    """Return for every place, the hub first, its name and how it lies from the hub."""
    if not drawn.places:
        return ()
    names = {place.id: place.name + (_spelled(place) if with_spellings else "") for place in drawn.places}
    return (names[hub(drawn).id], *(f"{names[each.place.id]}: {each}" for each in bearings(drawn)))


def _spelled(place: MapPlace) -> str:
    said = ", ".join(f"{language(tag)} {name}" for tag, name in place.names)
    return f" ({said})" if said else ""


def tell_road(road: Road) -> str:
    """Return a sentence on the places by which a road runs: `The Lachin road: from A via B to C.`"""
    course = tell_course(road)
    return f"{capitalise(road.name)}{f': {course}' if course else ''}."


def tell_course(road: Road) -> str:
    """Return the places by which a road runs: `from A via B to C`."""
    names = [place.name for place in road.through]
    parts = zip(("from", *["via"] * (len(names) - 2), "to"), names, strict=False)
    return " ".join(f"{word} {name}" for word, name in parts)


def positions(places: tuple[MapPlace, ...]) -> list[tuple[float, float]]:
    """Return places on a flat sheet, in kilometres to the east and to the north of the first; true to scale near it."""
    if not places:
        return []
    first = places[0]
    middle = radians(sum(place.latitude for place in places) / len(places))
    return [
        (
            ((place.longitude - first.longitude + 180) % 360 - 180) * KILOMETRES_A_DEGREE * cos(middle),
            (place.latitude - first.latitude) * KILOMETRES_A_DEGREE,
        )
        for place in places
    ]


class Layout(msgspec.Struct, frozen=True):
    """Where places stand in a drawing, to the right and down, by id; how many kilometres its unit is; its height."""

    spots: dict[str, tuple[float, float]]
    kilometres: float
    height: float

    def moved(self, right: float, down: float) -> Layout:
        """Return the same elsewhere in the drawing."""
        spots = {place: (x + right, y + down) for place, (x, y) in self.spots.items()}
        return Layout(spots, self.kilometres, self.height)


def layouts(places: tuple[MapPlace, ...], width: float, height: float) -> Iterator[Layout]:
    """Yield layouts of places to scale in a drawing of this width and at most this height, the best first.

    The layouts use less and less of its width, in its middle or at a side, for where their labels need the rest.
    """
    for share in SHARES:
        for lean in LEANS if share < 1 else LEANS[:1]:
            yield _lay_out(places, width, height, share, lean)


def _lay_out(places: tuple[MapPlace, ...], width: float, height: float, share: float, lean: float) -> Layout:
    spots = positions(places)
    left, top = min(x for x, _ in spots), max(y for _, y in spots)
    wide, high = max(x for x, _ in spots) - left, top - min(y for _, y in spots)
    kilometres = max(wide / (width * share), high / height, LEAST_WIDTH / width)
    start = (width - wide / kilometres) * lean
    found = {
        place.id: (start + (x - left) / kilometres, (top - y) / kilometres)
        for place, (x, y) in zip(places, spots, strict=True)
    }
    return Layout(found, kilometres, high / kilometres)


def scale_of(drawn: PlaceMap, kilometres: float, least: float) -> tuple[str, float]:
    """Return the scale of a drawing whose unit is so many kilometres: a round distance, and how long its bar is.

    It is at least so many units long, where the distance is not the longest of all.
    """
    wanted = kilometres * least / drawn.unit.kilometres
    length = next((length for length in SCALE_LENGTHS if length >= wanted), SCALE_LENGTHS[-1])
    return drawn.unit.tell(length), length * drawn.unit.kilometres / kilometres


def near(drawn: PlaceMap) -> tuple[MapPlace, ...]:
    """Return the places that a drawing shows to scale: those on roads and those about them; without roads, all.

    What lies further off would shrink the roads to a point; it is told in words (`bearings`).
    """
    on_roads = {place.id for road in drawn.roads for place in road.through}
    spots = dict(zip(drawn.places, positions(drawn.places), strict=True))
    inner = [spot for place, spot in spots.items() if place.id in on_roads]
    if len(set(inner)) < 2:
        return drawn.places
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*inner, strict=True))
    around = max(right - left, high - low) / 2
    return tuple(
        place
        for place, (x, y) in spots.items()
        if left - around <= x <= right + around and low - around <= y <= high + around
    )
