"""The figures as data: when the phases are, where the places lie, which of them a map shows, where labels stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.checks import fit
from retell.figures.labelling import Box, place_labels
from retell.figures.map import (
    MapPlace,
    PlaceMap,
    Road,
    bearing,
    bearings,
    hub,
    near,
    place_map,
    positions,
    round_distance,
    tell_places,
    tell_road,
)
from retell.figures.timeline import PhaseSpan, moments, phase_spans, rows
from retell.story.dates import parse_when, shorten
from retell.story.library import load, shipped_root
from retell.story.told import Told

FRAME = Box(0, 0, 100, 100)


def spot(name: str, latitude: float, longitude: float) -> MapPlace:
    return MapPlace(name.lower(), name, (("az", f"{name} az"), ("hy", f"{name} hy")), latitude, longitude)


def drawn(*places: MapPlace, roads: tuple[Road, ...] = (), note: str = "") -> PlaceMap:
    return PlaceMap(places, roads, note)


A, B, C, FAR = spot("A", 40, 46), spot("B", 40, 47), spot("C", 40.3, 46), spot("Far", 50, 60)


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


# --- phases ---


def test_the_shipped_story_has_four_phases_of_its_own(shipped: Told) -> None:
    spans = phase_spans(shipped)
    assert [span.id for span in spans] == ["ceasefire", "protests", "checkpoint", "operation"]
    assert spans[1] == PhaseSpan(
        "protests", "The Lachin protests", "October 2022 – March 2023", *parse_when("2022-10/2023-03").drawn
    )


def test_a_phase_without_dates_lasts_as_long_as_its_scenes(mini: Path) -> None:
    story = mini / "story" / "story.yaml"
    story.write_text(story.read_text("utf-8").replace("    span: 2001\n", ""), "utf-8")
    assert phase_spans(fit(load(mini))) == (PhaseSpan("flood", "The flood", "", *parse_when("2001-05").drawn),)
    night = mini / "story" / "02-night.yaml"
    night.write_text(night.read_text("utf-8").replace("when: 2001-05\n", ""), "utf-8")
    assert phase_spans(fit(load(mini))) == ()


def test_phases_of_one_title_have_each_its_own_scenes(mini: Path) -> None:
    story = mini / "story" / "story.yaml"
    later = "  - id: later\n    title: The flood\n    span: 2002\n"
    text = story.read_text("utf-8").replace("scenes: [start, night]", "scenes: [start, night, day]")
    story.write_text(text.replace("scenes:", f"{later}scenes:"), "utf-8")
    night = (mini / "story" / "02-night.yaml").read_text("utf-8")
    (mini / "story" / "03-day.yaml").write_text(
        night.replace("title: Night", "title: Day").replace("phase: flood", "phase: later"), "utf-8"
    )
    library = fit(load(mini))
    found = rows(moments(library), phase_spans(library))
    assert [(row.number, row.title) for row in found] == [
        (None, "The flood"),
        (2, "Night"),
        (None, "The flood"),
        (3, "Day"),
    ]


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("23 April 2023", "23 Apr 2023"),
        ("December 2022 – January 2023", "Dec 2022 – Jan 2023"),
        ("May 2001", "May 2001"),
        ("2020–2021", "2020–2021"),
        ("", ""),
    ],
)
def test_a_short_date(words: str, short: str) -> None:
    assert shorten(words) == short


# --- the map ---


def test_the_shipped_map_has_every_place_and_two_roads(shipped: Told) -> None:
    found = place_map(shipped)
    assert {place.id for place in found.places} == set(shipped.places)
    assert [(road.name, [place.id for place in road.through]) for road in found.roads] == [
        ("the Lachin road", ["lachin", "shushi", "stepanakert"]),
        ("the road from Aghdam", ["aghdam", "stepanakert"]),
    ]
    assert found.note == "No borders are drawn."
    assert hub(found).id == "stepanakert"
    assert {place.id for place in near(found)} == {"lachin", "shushi", "stepanakert", "aghdam", "martuni"}


def test_a_story_without_a_map_has_its_places(mini_told: Told) -> None:
    found = place_map(mini_told)
    assert [place.name for place in found.places] == ["Aberford/Aberfurt"]
    assert (found.roads, found.note) == ((), "")
    assert bearings(found) == ()
    assert tell_places(found) == ("Aberford/Aberfurt (Azerbaijani Aberford, Armenian Aberfurt)",)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"az": "Ağdam", "hy": "Աղդամ"}, "X (Azerbaijani Ağdam, Armenian Աղդամ)"),
        ({"ga": "Doire"}, "X (Irish Doire)"),
        ({"sr-Latn": "Kosovo polje", "gsw": "Züri"}, "X (Serbian Kosovo polje, gsw Züri)"),
        ({}, "X"),
    ],
)
def test_a_place_is_told_with_its_names_and_their_languages(names: dict[str, str], said: str) -> None:
    place = MapPlace("x", "X", tuple(names.items()), 1, 2)
    assert tell_places(drawn(place)) == (said,)
    assert tell_places(drawn(place), with_spellings=False) == ("X",)


def test_a_map_without_places() -> None:
    assert (bearings(drawn()), tell_places(drawn()), positions(())) == ((), (), [])


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (spot("X", 41, 46), "about 110 km north of A"),
        (spot("X", 40, 46.5), "about 45 km east of A"),
        (spot("X", 39.9, 45.9), "about 15 km south-west of A"),
        (spot("X", 40.02, 46), "about 2 km north of A"),
        (spot("X", 40, 46), "close to A"),
        (spot("X", 40, -134), "about 11120 km north of A"),  # over the pole
    ],
)
def test_how_a_place_lies_from_another(place: MapPlace, said: str) -> None:
    assert str(bearing(place, A)) == said


def test_a_map_over_the_date_line_is_small() -> None:
    (left, _), (right, _) = positions((spot("West", 0, 179.5), spot("East", 0, -179.5)))
    assert right - left == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize(("exact", "rounded"), [(0.2, 0), (6.7, 7), (9.9, 10), (26.3, 25), (97.6, 100), (194, 190)])
def test_distances_are_as_round_as_the_positions(exact: float, rounded: int) -> None:
    assert round_distance(exact) == rounded


def test_what_is_far_off_is_not_drawn_where_roads_are_near() -> None:
    assert near(drawn(A, B, C, FAR, roads=(Road("a road", (A, B)),))) == (A, B, C)
    assert near(drawn(A, B, C, FAR)) == (A, B, C, FAR)
    assert near(drawn(A, FAR, roads=(Road("a street", (A,)),))) == (A, FAR)


@pytest.mark.parametrize(
    ("through", "said"),
    [
        ((), "A road."),
        ((A,), "A road: from A."),
        ((A, B), "A road: from A to B."),
        ((A, B, C, A), "A road: from A via B via C to A."),
    ],
)
def test_a_road_in_words(through: tuple[MapPlace, ...], said: str) -> None:
    assert tell_road(Road("a road", through)) == said


# --- labels ---


def test_a_label_takes_the_first_place_that_is_free() -> None:
    wished = [Box(0, 0, 10, 1), Box(0, 2, 10, 3)]
    assert place_labels([wished], FRAME, [], []) == ((wished[0],), 0)
    assert place_labels([wished], FRAME, [Box(9, 0, 20, 1)], []) == ((wished[1],), 1)
    assert place_labels([wished], FRAME, [], [Box(9, 0, 20, 1)]) == ((wished[1],), 1)
    assert place_labels([wished], FRAME, [], [Box(0, 0, 20, 5)]) == ((wished[0],), 4)
    assert place_labels([wished], Box(0, 0, 9, 9), [], []) is None


def test_a_label_gives_way_where_another_has_no_choice() -> None:
    middle, below = Box(0, 0, 10, 1), Box(0, 2, 10, 3)
    assert place_labels([[middle, below], [middle]], FRAME, [], []) == ((below, middle), 1)
    assert place_labels([[middle], [middle]], FRAME, [], []) is None


boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), *[st.integers(0, 60)] * 2, *[st.integers(1, 30)] * 2)


@given(st.lists(st.lists(boxes, max_size=6), max_size=8), st.lists(boxes, max_size=4), st.lists(boxes, max_size=4))
def test_no_label_stands_on_another(wished: list[list[Box]], taken: list[Box], better_free: list[Box]) -> None:
    found = place_labels(wished, FRAME, taken, better_free)
    if found is None:
        assert wished
        return
    assert all(box in choices for box, choices in zip(found.boxes, wished, strict=True))
    for i, box in enumerate(found.boxes):
        assert not any(box.meets(other) for other in (*taken, *found.boxes[:i]))


def test_many_labels_are_placed_in_time() -> None:
    wished = [[Box(x, y, x + 3, y + 1) for x in range(0, 90, 3) for y in range(3)] for _ in range(60)]
    found = place_labels(wished, FRAME, [], [])
    assert found is not None
    assert len(set(found.boxes)) == 60
