"""A place across the globe is told where it would lie among the others, written in another way."""

from __future__ import annotations

from pathlib import Path

import pytest

from retell.checks import check
from retell.story.library import load, shipped_root
from tests.support.small import Small, Told, write

NEAR = {"concord": (42.46, -71.35), "boston": (42.36, -71.06), "menotomy": (42.42, -71.16)}


def told(folder: Path, spots: dict[str, tuple[float, float]]) -> list[str]:
    places = {name: {"name": name.title(), "what": "a town", "position": spot} for name, spot in spots.items()}
    write(folder, Small({"post": ["It began."]}, places=places), [Told("It began", "@post, para. 1")])
    return [problem.message.partition("; ")[2] for problem in check(load(folder)) if problem.rule == "place-far-off"]


@pytest.mark.parametrize(
    ("spot", "how"),
    [
        ((42.45, -71.23), ""),
        ((-71.23, 42.45), "with the two numbers exchanged it would lie among them"),
        ((42.45, 71.23), "with a minus changed it would lie among them"),
        ((-42.45, -71.23), "with a minus changed it would lie among them"),
        ((-42.45, 71.23), "with both signs changed it would lie among them"),
        ((71.23, 42.45), "with the two numbers exchanged and a minus changed it would lie among them"),
        ((51.5, -0.12), ""),  # London is where it is
        ((38.9, -77.0), ""),
    ],
)
def test_a_position(tmp_path: Path, spot: tuple[float, float], how: str) -> None:
    assert told(tmp_path, NEAR | {"lexington": spot}) == [how] * bool(how)


def test_two_places_cannot_say_which_is_wrong(tmp_path: Path) -> None:
    assert told(tmp_path, {"concord": NEAR["concord"], "boston": (42.36, 71.06)}) == []


def test_the_shipped_story_has_its_places_together() -> None:
    assert not [problem for problem in check(load(shipped_root())) if problem.rule == "place-far-off"]
