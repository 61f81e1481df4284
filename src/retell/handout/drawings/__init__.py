"""Draw the story's figures as SVG, through a template that escapes whatever the story holds.

They are drawn in black on white, for paper; nothing in them is loaded from elsewhere, and nothing runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.figures import TITLES
from retell.figures.map import bearings, hub, place_map, tell_course
from retell.figures.timeline import moments, phase_spans
from retell.figures.voices import balance
from retell.handout.drawings.map import map_sheet
from retell.handout.drawings.sheet import WIDTH, Sheet
from retell.handout.drawings.timeline import timeline_sheet
from retell.handout.drawings.voices import voices_sheet
from retell.handout.templating import our_templates
from retell.story.columns import plural
from retell.story.typography import isolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from retell.figures.map import PlaceMap
    from retell.figures.timeline import Moment, PhaseSpan
    from retell.figures.voices import Balance
    from retell.story.told import Told


SHOWN_WIDTH = 13  # centimetres, where a page says nothing else: GitHub shows a figure so wide


class Drawing(msgspec.Struct, frozen=True):
    """One figure: its name (a file's), its title, what it shows in one to three sentences, and the SVG itself."""

    name: str
    title: str
    alternative: str
    svg: str


def draw(told: Told, heard: Balance | None = None) -> tuple[Drawing, ...]:
    """Draw the timeline, the map and the voices; one that would show nothing is left out.

    `heard` is who speaks in the story, where that has been counted already. The same story gives the same text, every
    time.
    """
    dated, spans = moments(told), phase_spans(told)
    places, heard = place_map(told), heard or balance(told)
    sheets: list[tuple[str, Sheet, str]] = []
    if spans:
        sheets.append(("timeline", timeline_sheet(dated, spans), tell_timeline(dated, spans)))
    if places.places:
        sheets.append(("map", map_sheet(places), tell_map(places)))
    if heard.sides:
        sheets.append(("voices", voices_sheet(heard), tell_voices(heard)))
    template = _template()
    return tuple(_drawing(template, *each) for each in sheets)


def draw_map(places: PlaceMap, name: str = "map") -> Drawing:
    """Draw the map of a part, in brief; the file of it has this name."""
    return _drawing(_template(), name, map_sheet(places, brief=True), tell_map(places))


def tell_timeline(moments: Sequence[Moment], spans: Sequence[PhaseSpan]) -> str:
    """Return what the timeline shows."""
    phases = _listed([f"{span.title} ({span.when})" if span.when else span.title for span in spans])
    said = f"A timeline to scale of {plural(len(spans), 'phase')}: {phases}."
    if moments:
        ends = " to ".join(f"“{each.title}” ({each.when})" for each in dict.fromkeys((moments[0], moments[-1])))
        said += f" It has {plural(len(moments), 'scene')}{', from ' if len(moments) > 1 else ': '}{ends}."
    return said


def tell_map(drawn: PlaceMap) -> str:
    """Return what the map shows."""
    lie = _listed([f"{each.place.name} {each.distance}" for each in bearings(drawn)])
    said = f"A map of {plural(len(drawn.places), 'place')}: seen from {hub(drawn).name}, {lie}."
    if not lie:
        said = f"A map of one place: {drawn.places[0].name}."
    roads = "; ".join(f"{road.name}, {tell_course(road)}" for road in drawn.roads)
    return " ".join(filter(None, (said, f"Its roads: {roads}." if roads else "", drawn.note)))


def tell_voices(found: Balance) -> str:
    """Return what the bars of voices show."""
    sides = _listed([f"{share.name} {share.times} ({found.part(share)})" for share in found.sides])
    return f"Bars of who speaks in the story, {plural(found.times, 'time')} in all: {sides}."


def _template() -> Template:
    environment = our_templates()
    environment.filters |= {"units": _units, "isolate": isolate}
    return environment.get_template("drawing.svg.j2")


def _drawing(template: Template, name: str, sheet: Sheet, alternative: str) -> Drawing:
    title = TITLES[name.rpartition("-")[2]]
    svg = template.render(name=name, title=title, alternative=alternative, width=WIDTH, wide=SHOWN_WIDTH, sheet=sheet)
    return Drawing(name, title, alternative, svg)


def _units(number: float) -> str:
    """Write a length to a tenth of a unit."""
    return f"{number:.1f}".removesuffix(".0")


def _listed(texts: Sequence[str]) -> str:
    *others, last = texts or [""]
    return f"{', '.join(others)} and {last}" if others else last
