"""What each kind of step looks like, on a wide screen, on the usual one and on a narrow one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from retell.script.steps import Point, TimelineStep
from retell.script.titlepage import LengthStep
from retell.terminal.layout.steps import draw
from tests.support.drawings import HERE, STEPS, TITLE, accounts, moment, span


def shown(step: object, width: int, *, columns: bool = True, minutes: int = 0) -> list[str]:
    return [line.text for line in draw(step, width, columns=columns, minutes=minutes)]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["title", *STEPS])
def test_drawing(kind: str, golden: Callable[[str, str], None]) -> None:
    step = TITLE if kind == "title" else STEPS[kind]
    parts = []
    for width in (120, 80, 40):
        parts += [f"{width:─<{width}}", *shown(step, width, minutes=3)]
    golden(f"terminal/{kind}.txt", "\n".join(parts) + "\n")


@pytest.mark.parametrize("columns", [True, False])
@pytest.mark.parametrize("kind", ["title", *STEPS])
def test_no_drawing_is_wider_than_the_screen(kind: str, columns: bool) -> None:
    step = TITLE if kind == "title" else STEPS[kind]
    for width in (24, 25, 31, 39, 40, 41, 59, 60, 61, 64, 65, 79, 80, 97, 98, 99, 100, 120):
        assert all(cell_len(line) <= width for line in shown(step, width, columns=columns, minutes=17)), width


@pytest.mark.parametrize("kind", ["title", *STEPS])
def test_no_line_ends_in_a_space(kind: str) -> None:
    step = TITLE if kind == "title" else STEPS[kind]
    assert [line for line in shown(step, 100) if line != line.rstrip()] == []


@pytest.mark.parametrize(
    ("number", "width", "first_row"),
    [
        (2, 120, ["the North", "the South"]),
        (3, 120, ["the North", "the South", "Ann Hill, mayor of Aberford"]),
        (4, 120, ["the North", "the South"]),
        (5, 120, ["the North", "the South", "Ann Hill, mayor of Aberford"]),
        (3, 80, ["the North", "the South"]),
        (2, 65, ["the North", "the South"]),
        (2, 64, ["the North"]),
        (2, 40, ["the North"]),
    ],
)
def test_accounts_stand_side_by_side_where_each_has_30_columns(number: int, width: int, first_row: list[str]) -> None:
    row = next(line for line in shown(accounts(number), width) if "the North" in line)
    assert [part.strip(" │") for part in row.split("   ") if part.strip()] == first_row


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_without_columns_accounts_stand_one_under_the_other(number: int) -> None:
    step = accounts(number)
    lines = [line.strip() for line in shown(step, 120, columns=False)]
    assert [line for line in lines if line in {account.voice for account in step.accounts}] == [
        account.voice for account in step.accounts
    ]


def test_a_frame_has_no_heading() -> None:
    assert shown(STEPS["frame-phase"], 80) == []


@pytest.mark.parametrize(
    ("scenes", "minutes", "length"),
    [(1, 1, "1 scene · about 1 minute"), (15, 17, "15 scenes · about 17 minutes"), (2, 0, "2 scenes")],
)
def test_the_title_page_says_how_long_it_takes(scenes: int, minutes: int, length: str) -> None:
    assert [line.strip() for line in shown(LengthStep(200, scenes), 80, minutes=minutes)] == [length, ""]


def test_the_timeline_of_a_story_says_where_the_reader_is() -> None:
    step = TimelineStep(HERE, (moment("2001-05", 2, "Noon", "The flood"),), (span("2001", "The flood"),))
    assert any(line.startswith("  ▶  2  Noon ") for line in shown(step, 80))
    assert "    Scene 2 (May 2001): Noon (you are here)" in shown(step, 80, columns=False)


def test_a_scene_without_a_title_has_its_line_in_the_timeline() -> None:
    step = TimelineStep(Point("a", 1), (moment("2001-05", 7, "", "Flood"),), (span("2001-05", "Flood"),))
    assert [line.split()[0] for line in shown(step, 80)[3:-1] if "█" in line or "░" in line] == ["Flood", "7"]
