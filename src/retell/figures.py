"""Stage 5: the library in, the story's figures as data out; each telling draws them in its own way.

The third figure, who speaks how often, is in `balance`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from retell.model import StoryMap
from retell.prose import set_line

if TYPE_CHECKING:
    from retell.library import Entry, Library
    from retell.model import Phase, Place
    from retell.prose import Prose

TITLES = {
    "timeline": "When it happened",
    "map": "Where it happened",
    "voices": "Who speaks, and how often",
}


class Moment(msgspec.Struct, frozen=True):
    """One line of the timeline: when, in words; which scene tells it, by number (from 1) and title; its gist.

    `phase` is the id of its phase; `first` and `last` are the first and the last day that `when` can mean.
    """

    when: str
    number: int
    title: str
    phase: str
    gist: Prose
    first: date
    last: date


class PhaseSpan(msgspec.Struct, frozen=True):
    """When a phase is: in words, and as its first and last day."""

    id: str
    title: str
    when: str
    first: date
    last: date


class MapPlace(msgspec.Struct, frozen=True):
    """A place of the map: the id of its card, its name and both spellings, its position in degrees."""

    id: str
    name: str
    azerbaijani: str
    armenian: str
    latitude: float
    longitude: float


class Road(msgspec.Struct, frozen=True):
    """A road of the map, and the places by which it runs, in order."""

    name: str
    through: tuple[MapPlace, ...]


class PlaceMap(msgspec.Struct, frozen=True):
    """The places of the story, in the order of their cards, the roads between them, and what is said of the map."""

    places: tuple[MapPlace, ...]
    roads: tuple[Road, ...]
    note: str


def timeline(library: Library) -> tuple[Moment, ...]:
    """Give the dated scenes of the story's own phases, in the order of telling."""
    assert library.story is not None, "only a whole story has a timeline"
    phases = {phase.id: phase for phase in library.story.form.phases}
    return tuple(
        Moment(
            str(scene.form.when),
            number,
            set_line(scene.form.title),
            scene.form.phase,
            scene.form.gist,
            scene.form.when.first,
            scene.form.when.last,
        )
        for number, scene in library.numbered()
        if scene.form.when and not phases[scene.form.phase].frame
    )


def phase_spans(library: Library) -> tuple[PhaseSpan, ...]:
    """Give when the story's own phases are, in their order; one that gives no dates lasts as long as its scenes."""
    assert library.story is not None, "only a whole story has phases"
    found = (_phase_span(library, phase) for phase in library.story.form.phases if not phase.frame)
    return tuple(span for span in found if span)


def _phase_span(library: Library, phase: Phase) -> PhaseSpan | None:
    title = set_line(phase.title)
    if phase.span:
        return PhaseSpan(phase.id, title, str(phase.span), phase.span.first, phase.span.last)
    dated = [scene.form.when for scene in library.told() if scene.form.phase == phase.id and scene.form.when]
    if not dated:
        return None
    return PhaseSpan(phase.id, title, "", min(when.first for when in dated), max(when.last for when in dated))


def place_map(library: Library) -> PlaceMap:
    """Give the map of the story: every place that has a card, and the roads that story.yaml names."""
    assert library.story is not None, "only a whole story has a map"
    form = library.story.form.map or StoryMap()
    places = {entry.id: _map_place(entry) for entry in library.places.values()}
    roads = (  # a preview may draw a road by a place that has no card yet
        Road(set_line(road.name), tuple(places[name] for name in road.through if name in places)) for road in form.roads
    )
    return PlaceMap(tuple(places.values()), tuple(roads), set_line(form.note))


def _map_place(entry: Entry[Place]) -> MapPlace:
    name, azerbaijani, armenian = map(set_line, (entry.form.name, entry.form.azerbaijani, entry.form.armenian))
    return MapPlace(entry.id, name, azerbaijani, armenian, *entry.form.position)
