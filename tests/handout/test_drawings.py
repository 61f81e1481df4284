"""The figures as SVG: well-formed, whole in themselves, readable at 8 cm, no two labels on one another, no text raw."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast
from xml.etree import ElementTree

import pytest

from retell.checks import fit
from retell.figures.labelling import Box
from retell.handout.drawings import Drawing, draw
from retell.handout.drawings.sheet import WIDTH, Words, measure, set_lines
from retell.story.library import load, shipped_root
from retell.story.told import Told
from tests.support.towns import load_files, story_files

SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = """</text><script>alert(1)</script>"'&amp; ]]> {{ 7 * 7 }} {% raw %} &#60; <!-- \\" onload='x' -->"""
POINTS_A_CENTIMETRE = 72 / 2.54


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


def root(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.svg)


def texts(drawing: Drawing) -> list[Words]:
    """What is written, as a reader of the SVG finds it."""
    return [
        Words(
            float(text.attrib["x"]),
            float(text.attrib["y"]),
            (("".join(text.itertext()), ""),),
            float(text.attrib["font-size"]),
            text.attrib.get("font-weight") == "bold",
            cast(Literal["start", "middle", "end"], text.attrib.get("text-anchor", "start")),
        )
        for text in root(drawing).iter(f"{SVG}text")
    ]


def written(drawing: Drawing) -> list[str]:
    return [words.parts[0][0] for words in texts(drawing)]


def assert_readable(drawing: Drawing) -> None:
    """No label on another or beyond the edge, no letter under six points at 8 cm."""
    _, _, width, height = map(float, root(drawing).attrib["viewBox"].split())
    points = 8 * POINTS_A_CENTIMETRE / width
    boxes = [words.box for words in texts(drawing)]
    assert all(words.size * points >= 6 for words in texts(drawing))
    for i, box in enumerate(boxes):
        assert box.within(Box(0, 0, width + 0.1, height)), written(drawing)[i]
        assert not [written(drawing)[j] for j in range(i) if boxes[j].meets(box)], written(drawing)[i]


def with_map(files: dict[str, object], places: dict[str, tuple[float, float]], roads: object = None) -> None:
    """Give the story places at these positions, and roads."""
    files.pop("cards/places/aberford")
    for name, position in places.items():
        files[f"cards/places/{name}"] = {
            "name": name.title(),
            "what": "a town",
            "names": {"az": f"Ə{name}", "hy": f"Ա{name}"},
            "position": list(position),
        }
    scene = files["story/02-alone"]
    assert isinstance(scene, dict)
    scene["where"] = next(iter(places))
    if roads:
        story = files["story/story"]
        assert isinstance(story, dict)
        story["map"] = {"note": "No borders.", "roads": roads}


def test_the_three_figures_of_the_shipped_story(shipped: Told, golden: Callable[[str, str], None]) -> None:
    drawings = draw(shipped)
    assert [drawing.name for drawing in drawings] == ["timeline", "map", "voices"]
    for drawing in drawings:
        golden(f"figures/{drawing.name}.svg", drawing.svg)
        assert_readable(drawing)
    golden("figures/alternatives.txt", "".join(f"{each.title}: {each.alternative}\n" for each in drawings))


def test_the_same_story_gives_the_same_bytes(shipped: Told) -> None:
    assert draw(shipped) == draw(fit(load(shipped_root())))


def test_a_figure_says_what_it_is(shipped: Told) -> None:
    for drawing in draw(shipped):
        svg = root(drawing)
        labelled = svg.attrib["aria-labelledby"].split()
        found = {element.attrib["id"]: element.text for element in svg if "id" in element.attrib}
        assert svg.attrib["role"] == "img"
        assert [found[name] for name in labelled] == [drawing.title, drawing.alternative]
        assert [element.tag for element in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert 1 <= len(re.findall(r"\.(?: |$)", drawing.alternative)) <= 3


def test_a_figure_is_whole_in_itself_and_black_on_white(shipped: Told) -> None:
    for drawing in draw(shipped):
        tags = {element.tag.removeprefix(SVG) for element in root(drawing).iter()}
        assert tags <= {"svg", "title", "desc", "g", "rect", "line", "circle", "text", "tspan"}
        assert not re.search(r"href|url\(|@import|style=|on\w+=|<!", drawing.svg)
        colours = set(re.findall(r"#[0-9a-f]+", drawing.svg))
        assert all(len(set(colour[1:])) == 1 for colour in colours), "greys alone"
        assert {"#fff", "#000"} <= colours


def test_both_spellings_are_marked_with_their_language(shipped: Told) -> None:
    (drawing,) = (each for each in draw(shipped) if each.name == "map")
    marked: dict[str, set[str]] = {"az": set(), "hy": set()}
    for span in root(drawing).iter(f"{SVG}tspan"):
        assert span.attrib["lang"] == span.attrib[XML_LANG]
        marked[span.attrib["lang"]].add(str(span.text))
    assert marked["az"] == {place.names["az"] for place in shipped.places.values()}
    assert marked["hy"] == {place.names["hy"] for place in shipped.places.values()}
    assert root(drawing).attrib["lang"] == "en"


def test_the_roads_are_drawn_each_with_its_own_line(shipped: Told) -> None:
    (drawing,) = (each for each in draw(shipped) if each.name == "map")
    roads = [line for line in root(drawing).iter(f"{SVG}line") if line.attrib["stroke-width"] == "1.4"]
    assert sorted(line.attrib.get("stroke-dasharray", "") for line in roads) == ["", "", "", "5 2", "5 2"]
    assert "No borders are drawn." in written(drawing)


def test_a_longer_bar_is_a_larger_number(shipped: Told) -> None:
    (drawing,) = (each for each in draw(shipped) if each.name == "voices")
    widths = [float(bar.attrib["width"]) for bar in root(drawing).iter(f"{SVG}rect") if "x" in bar.attrib]
    numbers = [int(text.split()[0]) for text in written(drawing) if text[0].isdigit()]
    assert len(widths) == len(numbers)
    for wide, number in zip(widths, numbers, strict=True):
        assert wide / widths[0] == pytest.approx(number / numbers[0], abs=0.01)


def test_whatever_the_story_holds_is_escaped(tmp_path: Path) -> None:
    files = story_files()
    with_map(files, {"aber": (1, 2), "ford": (1.1, 2.1)}, [{"name": HOSTILE, "through": ["aber", "ford"]}])
    files["story/story"]["phases"][1]["title"] = HOSTILE
    files["story/story"]["map"]["note"] = HOSTILE
    files["story/02-alone"]["title"] = HOSTILE
    files["cards/places/ford"] |= {"name": HOSTILE, "names": {"az": HOSTILE, "hy": HOSTILE}}
    drawings = draw(fit(load_files(tmp_path, files)))
    assert len(drawings) == 3
    for drawing in drawings:
        tags = {element.tag.removeprefix(SVG) for element in root(drawing).iter()}
        assert not tags & {"script", "a", "image", "style", "foreignObject"}
        assert "49" not in drawing.svg.replace("{{ 7 * 7 }}", "").replace("49.", "")
        assert_readable(drawing)
    shown = " ".join(text for drawing in drawings[:2] for text in written(drawing))
    assert "{{ 7 * 7 }}" in shown
    assert "<script>alert(1)</script>" in shown


def test_names_from_right_to_left_are_set_apart_and_stand_where_others_would(tmp_path: Path) -> None:
    drawn: list[tuple[Drawing, ...]] = []
    for name in ("יד מרדכי", "αβ γδεζη"):
        files = story_files()
        with_map(files, {"aber": (1, 2), "ford": (1.1, 2.1)}, [{"name": "a road", "through": ["aber", "ford"]}])
        files["story/02-alone"]["title"] = f"{name}, 8 March"
        files["cards/places/ford"] |= {"name": name, "names": {"he": name}}
        drawn.append(draw(fit(load_files(tmp_path / str(len(drawn)), files)))[:2])
    for hebrew, other in zip(*drawn, strict=True):
        assert "\u2068יד מרדכי\u2069" in hebrew.svg
        assert not re.search("(?<!\u2068)יד", hebrew.svg)
        assert [words.anchor for words in texts(hebrew)] == [words.anchor for words in texts(other)]
    assert "\u2068יד מרדכי\u2069, 8 March" in written(drawn[0][0])


@pytest.mark.parametrize("left_out", [("az",), ("hy",), ("az", "hy")])
def test_a_spelling_that_a_card_leaves_out_is_not_drawn(tmp_path: Path, left_out: tuple[str, ...]) -> None:
    files = story_files()
    roads = [{"name": "a road", "through": ["one", "other"]}]
    with_map(files, {"one": (1.0, 2.0), "other": (1.1, 2.1), "third": (9.0, 9.0)}, roads)
    for name in ("one", "other", "third"):
        for tag in left_out:
            del files[f"cards/places/{name}"]["names"][tag]
    (drawing,) = (each for each in draw(fit(load_files(tmp_path, files))) if each.name == "map")
    assert_readable(drawing)
    assert len(list(root(drawing).iter(f"{SVG}tspan"))) == 3 * (2 - len(left_out))
    assert not [text for text in written(drawing) if "·" in text or not text.strip()]


def test_a_long_spelling_of_a_place_far_off_is_set_in_lines(tmp_path: Path) -> None:
    files = story_files()
    roads = [{"name": "a road", "through": ["one", "other"]}]
    with_map(files, {"one": (1.0, 2.0), "other": (1.1, 2.1), "third": (9.0, 9.0)}, roads)
    files["cards/places/third"]["names"]["az"] = "Uzun bir ad " * 8 + "ə" * 90
    (drawing,) = (each for each in draw(fit(load_files(tmp_path, files))) if each.name == "map")
    assert_readable(drawing)


def test_the_map_of_one_place(mini_told: Told) -> None:
    (drawing,) = (each for each in draw(mini_told) if each.name == "map")
    assert drawing.alternative == "A map of one place: Aberford/Aberfurt."
    assert "Aberford/Aberfurt" in written(drawing)
    assert_readable(drawing)


@pytest.mark.parametrize(
    "places",
    [
        {"one": (1.0, 2.0), "other": (1.0, 2.0)},
        {"one": (1.0, 2.0), "other": (1.0, 2.0), "third": (1.0, 2.0), "fourth": (1.2, 2.4)},
        {"one": (-89.0, 179.9), "other": (89.0, -179.9)},
        {"one": (1.0, 2.0), "other": (1.0, 3.0)},
        {"one": (1.0, 2.0), "other": (2.0, 2.0)},
        {f"n{i}": (i / 50, i / 70) for i in range(20)},
    ],
    ids=["one point", "one point and more", "the poles", "a row", "a column", "twenty"],
)
def test_the_map_of_any_places_names_each_once(tmp_path: Path, places: dict[str, tuple[float, float]]) -> None:
    files = story_files()
    with_map(files, places)
    (drawing,) = (each for each in draw(fit(load_files(tmp_path, files))) if each.name == "map")
    assert_readable(drawing)
    shown = " ".join(written(drawing))
    assert all(re.search(rf"\b{name.title()}\b", shown) for name in places)


def test_a_story_without_dates_and_without_voices_has_a_map_alone(tmp_path: Path) -> None:
    files = {name: data for name, data in story_files().items() if "disputes" not in name}
    files["story/story"]["phases"][1].pop("span")
    for name, data in files.items():
        if name.startswith("story/0"):
            data.pop("when", None)
            data["beats"] = [{"aside": "Nothing."}]
    assert [drawing.name for drawing in draw(fit(load_files(tmp_path, files)))] == ["map"]


def test_the_timeline_of_one_date(tmp_path: Path) -> None:
    files = story_files()
    files["story/story"]["phases"][1]["span"] = "2001-05-03"
    files["story/03-many"].pop("when")
    drawing = draw(fit(load_files(tmp_path, files)))[0]
    assert drawing.alternative == (
        "A timeline to scale of 1 phase: The flood (3 May 2001). It has 1 scene: “Alone” (3 May 2001)."
    )
    assert_readable(drawing)


def test_words_are_set_in_lines_and_only_a_word_wider_than_one_is_broken() -> None:
    lines = set_lines("One two three Antidisestablishmentarianism four", 0, 10, 60)
    assert " ".join("".join(text for text, _ in line.parts) for line in lines).split()[:3] == ["One", "two", "three"]
    assert "".join(line.parts[0][0] for line in lines).replace(" ", "") == (
        "OnetwothreeAntidisestablishmentarianismfour"
    )
    assert all(line.box.right <= 60 for line in lines)
    assert [line.y for line in lines] == sorted(line.y for line in lines)


@pytest.mark.parametrize(("narrow", "wide"), [("il", "nn"), ("nn", "NN"), ("NN", "MM"), ("an", "աը")])
def test_the_estimate_knows_wide_letters_from_narrow(narrow: str, wide: str) -> None:
    assert measure(narrow, 10) < measure(wide, 10) < WIDTH
    assert measure(wide, 10) < measure(wide, 10, bold=True)
