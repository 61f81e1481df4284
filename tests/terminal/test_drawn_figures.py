"""The figures in characters: as they were looked at, to scale, within any width, in words and in ASCII."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from retell.checks import fit
from retell.figures.map import PlaceMap, Road, place_map
from retell.figures.scale import NOT_TO_SCALE, Scale
from retell.figures.timeline import Row, moments, phase_spans
from retell.figures.voices import balance
from retell.story.instants import Instant
from retell.story.library import load, shipped_root
from retell.terminal.layout.lines import Line
from retell.terminal.layout.map import draw_map
from retell.terminal.layout.timeline import draw_timeline
from retell.terminal.layout.voices import draw_voices
from tests.support.drawings import ABERFORD, FERRY, HEARD, MILL, RIVER, moment, place, span

LIBRARY = fit(load(shipped_root()))
MOMENTS, SPANS, MAP = moments(LIBRARY), phase_spans(LIBRARY), place_map(LIBRARY)
FIGURES: dict[str, Callable[..., list[Line]]] = {
    "timeline": partial(draw_timeline, MOMENTS, SPANS, here=7),
    "map": partial(draw_map, MAP),
    "voices": partial(draw_voices, balance(LIBRARY)),
}
INVENTED: dict[str, Callable[..., list[Line]]] = {
    "river": partial(draw_map, RIVER),
    "heard": partial(draw_voices, HEARD),
}


def rows(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize("figure", FIGURES)
def test_drawing(figure: str, golden: Callable[[str, str], None]) -> None:
    parts = []
    for width in (100, 60, 24):
        parts += [f"{width:─<{width}}", *rows(FIGURES[figure](width))]
    golden(f"figures/{figure}.txt", "\n".join(parts) + "\n")


@pytest.mark.parametrize("figure", FIGURES)
def test_in_words(figure: str, golden: Callable[[str, str], None]) -> None:
    told = rows(FIGURES[figure](60, plain=True))
    assert not any(set("█░●•◦├▶↗") & set(line) for line in told)
    golden(f"figures/{figure}-plain.txt", "\n".join(told) + "\n")


@pytest.mark.parametrize("figure", FIGURES)
def test_in_ascii(figure: str, golden: Callable[[str, str], None]) -> None:
    told = rows(FIGURES[figure](60, ascii=True))
    assert "".join(told).isascii()
    golden(f"figures/{figure}-ascii.txt", "\n".join(told) + "\n")


@pytest.mark.parametrize("figure", FIGURES)
def test_in_words_and_ascii(figure: str) -> None:
    assert "".join(rows(FIGURES[figure](60, plain=True, ascii=True))).isascii()


@pytest.mark.parametrize("manner", [{}, {"plain": True}, {"ascii": True}], ids=str)
@pytest.mark.parametrize("figure", [*FIGURES, *INVENTED])
def test_no_line_is_over_any_width_and_no_word_is_cut(figure: str, manner: dict[str, bool]) -> None:
    draw = {**FIGURES, **INVENTED}[figure]
    words = {word for line in rows(draw(120, plain=True)) for word in line.split() if word.isalpha()}
    for width in range(24, 121):
        told = rows(draw(width, **manner))
        assert max(map(cell_len, told)) <= width, width
        assert [line for line in told if line != line.rstrip()] == [], width
        if "ascii" not in manner:
            shown = {word for line in told for word in line.replace("(", " ").replace(",", " ").split()}
            names = {
                word for word in words if word in ("Baku", "Yerevan", "Azerbaijan", "Armenia", "Noon", "operation")
            }
            assert names <= shown, width


# --- the timeline ---


def bars(lines: list[str]) -> dict[str, tuple[int, int]]:
    """Where the bar of each title begins, and where it ends."""
    marked = [line for line in lines if set("█░") & set(line)]
    return {
        line.strip("▶ 0123456789").split("  ")[0]: (
            min(line.index(mark) for mark in "█░" if mark in line),
            max(line.rindex(mark) for mark in "█░" if mark in line) + 1,
        )
        for line in marked
    }


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_the_timeline_is_to_scale(width: int) -> None:
    lines = rows(draw_timeline(MOMENTS, SPANS, width))
    left, columns = lines[1].index("┬"), lines[1].count("─") + lines[1].count("┬")
    days = (date(2023, 9, 30) - date(2020, 1, 1)).days + 1
    found = bars(lines)
    for each in MOMENTS:
        start, end = found[each.title]
        assert abs(start - left - columns * (each.first.day_number - date(2020, 1, 1).toordinal()) / days) <= 1
        assert abs(end - left - columns * (each.last.day_number - date(2020, 1, 1).toordinal() + 1) / days) <= 1
        assert end <= width
    assert all(found[phase.title][0] <= found[each.title][0] for phase in SPANS[:1] for each in MOMENTS[:3])


def test_you_are_here() -> None:
    lines = rows(draw_timeline(MOMENTS, SPANS, 80, here=10))
    (marked,) = (line for line in lines if line.startswith("▶ ") and "here" not in line)
    assert "Noon on Sunday" in marked
    assert lines[-1] == "▶ you are here"


def test_a_reader_in_a_scene_without_a_date_is_nowhere_on_it() -> None:
    assert not any("▶" in line for line in rows(draw_timeline(MOMENTS, SPANS, 80, here=1)))
    assert not any("▶" in line for line in rows(draw_timeline(MOMENTS, SPANS, 80)))


@pytest.mark.parametrize("width", [24, 60, 100])
def test_the_timeline_of_one_day(width: int) -> None:
    lines = rows(
        draw_timeline((moment("2001-05-03", 2, "Alone", "The flood"),), (span("2001-05-03", "The flood"),), width)
    )
    assert "May 2001" in lines[0]
    assert sum("█" in line for line in lines) == sum("░" in line for line in lines) == 1
    assert any("3 May 2001" in line for line in lines)


HOURS = (
    moment("1775-04-18T22", 1, "Out of Boston", "The night"),
    moment("1775-04-19T05", 2, "The green", "The night"),
    moment("1775-04-19T09/1775-04-19T10", 3, "Concord", "The night"),
    moment("1775/1779", 4, "The papers", "After"),
)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_one_long_scene_does_not_press_the_others_flat(width: int) -> None:
    lines = rows(draw_timeline(HOURS, (span("1775-04", "The night"), span("1775/1779", "After")), width))
    found = bars(lines)
    starts = [found[each.title][0] for each in HOURS[:3]]
    assert len(set(starts)) == 3
    assert NOT_TO_SCALE in " ".join(lines)


def test_a_story_of_hours_has_hours_on_its_line() -> None:
    lines = rows(draw_timeline(HOURS[:3], (span("1775-04-18T22/1775-04-19T10", "The night"),), 80))
    assert "6 a.m." in lines[0]
    assert "19 Apr" in lines[0]
    assert NOT_TO_SCALE not in " ".join(lines)


def test_the_timeline_of_no_day() -> None:
    assert draw_timeline((), (), 80) == []
    assert draw_timeline((), (), 80, plain=True) == []


def test_a_phase_without_dated_scenes_is_on_the_timeline() -> None:
    lines = rows(draw_timeline((), (span("2001", "The flood"),), 60))
    assert lines[2].startswith("The flood")
    assert draw_timeline((), (span("2001", "The flood"),), 60, plain=True)[0].text == "The flood, 2001"


minutes = st.builds(Instant, st.integers(-9999, 12000), st.integers(1, 12), st.integers(1, 28), st.integers(0, 1439))


@given(st.lists(st.tuples(minutes, minutes), min_size=1, max_size=6), st.integers(16, 120))
@example([(Instant(1), Instant(9999, 12, 31, 1439))], 16)
@example([(Instant(2023, 2, 1), Instant(2023, 2, 1, 1439))], 16)
@example([(Instant(1775, 4, 19, 300), Instant(1775, 4, 19, 359)), (Instant(1775), Instant(1783, 12, 31, 1439))], 16)
def test_a_scale_of_any_length(ends_of: list[tuple[Instant, Instant]], columns: int) -> None:
    rows = [Row(i, "", "", min(pair), max(pair)) for i, pair in enumerate(ends_of)]
    scale = Scale.over(rows, columns)
    ends = [0.0]
    for start, name in scale.divisions(letter=1):
        assert int(start) >= ends[-1]
        ends.append(int(start) + len(name) + 1)
        assert ends[-1] <= columns + 1
    for row in rows:
        assert -0.001 <= scale.start(row.first) < scale.end(row.last) <= columns + 0.001
    starts = [scale.start(instant) for instant in sorted(row.first for row in rows)]
    assert starts == sorted(starts)


# --- the map ---


@pytest.mark.parametrize("width", [40, 60, 100])
def test_the_map_is_to_scale(width: int) -> None:
    lines = rows(draw_map(MAP, width))
    spots = {}
    for name in ("Aghdam", "Berdzor/Lachin", "Khankendi/Stepanakert", "Shusha/Shushi", "Khojavend/Martuni"):
        row = next(i for i, line in enumerate(lines) if name in line)
        near_rows = [i for i in (row, row - 1, row + 1) if "●" in lines[i]]
        columns = [i for i, mark in enumerate(lines[near_rows[0]]) if mark == "●"]
        label = lines[row].index(name)
        spots[name] = (min(columns, key=lambda at: min(abs(at - label), abs(at - label - len(name)))), near_rows[0])
    by_name = {each.name: each for each in MAP.places}
    one, other = spots["Berdzor/Lachin"], spots["Aghdam"]
    degree = (other[0] - one[0]) / (by_name["Aghdam"].longitude - by_name["Berdzor/Lachin"].longitude)
    for name, (column, row) in spots.items():
        east = by_name[name].longitude - by_name["Berdzor/Lachin"].longitude
        south = by_name["Berdzor/Lachin"].latitude - by_name[name].latitude
        assert abs(column - one[0] - east * degree) <= 1.5, name
        assert abs(row - one[1] - south * degree / 0.769 / 2) <= 1.5, name


def test_the_two_roads_are_drawn_each_with_its_own_line() -> None:
    lines = rows(draw_map(MAP, 60))
    sheet = lines[: lines.index("")]
    for mark in "•◦":
        assert sum(line.count(mark) for line in sheet) > 8
        assert any(line.startswith(mark * 4) for line in lines[len(sheet) :])


def as_map(*places: Any, roads: tuple[Road, ...] = ()) -> PlaceMap:
    return PlaceMap(places, roads, "")


@pytest.mark.parametrize("width", [24, 60])
def test_the_map_of_one_place_is_its_name(width: int) -> None:
    (line,) = rows(draw_map(as_map(place("Aber", 1, 2)), width, ascii=True))
    assert line == "Aber"


def test_the_map_of_no_place() -> None:
    assert draw_map(as_map(), 60) == []


def test_two_places_at_one_point_are_both_named() -> None:
    one, other, third = place("One", 1, 2), place("Other", 1, 2), place("Third", 1.2, 2.2)
    for places in ((one, other), (one, other, third)):
        sheet = rows(draw_map(as_map(*places), 60))
        assert sum(line.count("●") for line in sheet) == len(places) - 1
        assert all("\n".join(sheet).count(each.name) == 1 for each in places)
    assert rows(draw_map(as_map(one, other), 60, plain=True, ascii=True)) == ["One", "Other: close to One"]


def test_a_town_written_from_right_to_left_is_set_apart_and_moves_nothing() -> None:
    hebrew, other = (
        rows(draw_map(as_map(place(name, 1, 2), place("Third", 1.2, 2.2)), 60)) for name in ("ירושלים", "Abcdefg")
    )
    assert [row.replace("\u2068ירושלים\u2069", "Abcdefg") for row in hebrew] == other
    assert "\u2068ירושלים\u2069" in "\n".join(hebrew)


def test_a_map_without_roads_has_its_places_and_a_scale() -> None:
    lines = rows(draw_map(as_map(ABERFORD, FERRY, MILL), 60))
    assert sum(line.count("●") for line in lines) == 3
    assert lines[-1].endswith("km; north is up")


def test_a_road_that_stays_at_one_place_has_no_line() -> None:
    drawn = as_map(ABERFORD, MILL, roads=(Road("the ring", (ABERFORD, ABERFORD)),))
    assert not any("•" in line for line in rows(draw_map(drawn, 60))[:-2])


def test_what_lies_far_off_is_told_with_its_direction() -> None:
    assert rows(draw_map(RIVER, 60))[-3:] == [
        "Further off, from Mill/Möll:",
        "↗ The Capital, about 390 km north-east",
        "The river is not drawn: it moves.",
    ]


names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=30)
spots = st.tuples(names, st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(spots, min_size=1, max_size=9), st.lists(st.integers(0, 8), max_size=6), st.integers(24, 120))
def test_any_map_keeps_to_its_width(given_places: list[tuple[str, float, float]], road: list[int], width: int) -> None:
    places = [msgspec.structs.replace(place(*each), id=str(i)) for i, each in enumerate(given_places)]
    through = tuple(places[i % len(places)] for i in road)
    for line in rows(draw_map(as_map(*places, roads=(Road("a road", through),)), width)):
        assert cell_len(line) <= width


# --- voices ---


def test_a_longer_bar_is_a_larger_number() -> None:
    lengths = [line.count("█") for line in rows(draw_voices(HEARD, 60))]
    assert lengths == sorted(lengths, reverse=True)
    assert min(lengths) >= 1
    assert rows(draw_voices(HEARD, 60, plain=True)) == [
        "the North: 9 times (64 %)",
        "the South: 4 times (29 %)",
        "the press: 1 time (7 %)",
    ]
