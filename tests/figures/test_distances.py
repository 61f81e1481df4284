"""Distances are told in kilometres or miles, and in a scene from its own place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from retell.checks import fit
from retell.cli import retell
from retell.figures.map import KM, MILES, MapPlace, PlaceMap, bearings, hub, place_map, scale_of, tell_places
from retell.handout.drawings import tell_map
from retell.script.resolver import write_script
from retell.script.steps import MapStep
from retell.story.told import Told
from tests.support.towns import load_files, story_files

BOSTON = MapPlace("boston", "Boston", (), 42.36, -71.06)
LEXINGTON = MapPlace("lexington", "Lexington", (), 42.45, -71.23)
CONCORD = MapPlace("concord", "Concord", (), 42.46, -71.35)
LONDON = MapPlace("london", "London", (), 51.51, -0.13)
NEAR = (BOSTON, LEXINGTON, CONCORD)


@pytest.mark.parametrize(
    ("unit", "origin", "told"),
    [
        (KM, "lexington", ["Lexington", "Boston: about 15 km south-east of Lexington"]),
        (MILES, "lexington", ["Lexington", "Boston: about 10 miles south-east of Lexington"]),
        (MILES, "boston", ["Boston", "Lexington: about 10 miles north-west of Boston"]),
    ],
)
def test_words(unit: object, origin: str, told: list[str]) -> None:
    drawn = PlaceMap(NEAR, (), "", unit, origin)  # type: ignore[arg-type]
    assert [*tell_places(drawn)][:2] == told


def test_one_mile_is_one_mile() -> None:
    close = MapPlace("close", "Close", (), 42.374, -71.06)
    drawn = PlaceMap((BOSTON, close), (), "", MILES, "boston")
    assert str(bearings(drawn)[0]) == "about 1 mile north of Boston"


@pytest.mark.parametrize(("unit", "far"), [(KM, 5260), (MILES, 3270)])
def test_far(unit: object, far: int) -> None:
    (found,) = bearings(PlaceMap((BOSTON, LONDON), (), "", unit, "boston"))  # type: ignore[arg-type]
    assert found.far == far


@pytest.mark.parametrize("unit", [KM, MILES])
@pytest.mark.parametrize("kilometres", [0.01, 0.3, 1.0, 7.0, 300.0])
def test_the_bar_is_as_long_as_its_distance(unit: object, kilometres: float) -> None:
    shown, long = scale_of(PlaceMap(NEAR, (), "", unit), kilometres, 4)  # type: ignore[arg-type]
    number = int(shown.split()[0])
    assert long * kilometres == pytest.approx(number * unit.kilometres)  # type: ignore[attr-defined]
    assert long >= 4


def a_story(tmp_path: Path, **form: object) -> Told:
    files = story_files()
    for place in (BOSTON, LEXINGTON, CONCORD):
        position = [place.latitude, place.longitude]
        files[f"cards/places/{place.id}"] = {"name": place.name, "what": "a town", "position": position}
    for name, where in (("02-alone", "concord"), ("03-many", "boston")):
        files[f"story/{name}"] |= {"where": where}
        files[f"story/{name}"]["beats"].append({"figure": "map"})
    del files["cards/places/aberford"]
    files["cards/places/lexington"]["aliases"] = ["bridge"]  # the story names it
    files["story/story"]["map"] = form
    return fit(load_files(tmp_path, files))


def test_each_scene_tells_them_from_its_own_place(tmp_path: Path) -> None:
    told = a_story(tmp_path)
    maps = [step.map for step in write_script(told) if isinstance(step, MapStep)]
    assert [hub(drawn).id for drawn in maps] == ["concord", "boston"]
    assert tell_map(maps[0]).startswith("A map of 3 places: seen from Concord, Boston about 25 km south-east")
    assert hub(place_map(told)).id == "lexington"  # the map of the whole story
    assert hub(place_map(told, "nowhere")).id == "lexington"


def test_miles_wherever_distances_are(tmp_path: Path) -> None:
    a_story(tmp_path, unit="miles")
    for arguments in (
        ["map", "--plain"],
        ["read", "--plain"],
        ["handout", "-o", "-"],
        ["handout", "--to", "html", "-o", "-"],
    ):
        shown = CliRunner().invoke(retell, ["--story", str(tmp_path), *arguments]).output
        assert re.search(r"\d miles\b", shown), arguments
        assert not re.search(r"\d km\b", shown), arguments
