"""Problems are shown with the line, a caret under the character, and a help."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from retell import report
from retell.problems import Location, Problem, closest, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.problems import Level


def shown(*problems: Problem, width: int = 80) -> str:
    stream = io.StringIO()
    report.show(problems, Console(file=stream, width=width))
    return stream.getvalue()


def problem(excerpt: str, column: int, level: Level = "error", help_text: str = "") -> Problem:
    return Problem("wrong-type", Location("story/a.yaml", 12, column, excerpt), "this is wrong", help_text, level)


SHOWN = [
    problem("title: Noon", 8, help_text="mend it"),
    problem("title: Noon", 1, "warning"),
    problem("title: Noon", 12),
    problem("", 1),
    problem("   ", 2),
    problem("\ttitle:\tNoon", 9),
    problem("title: 停火協議 Noon", 13),
    problem("title: 😀😀 Noon", 11),
    problem("title: e\u0301te\u0301 Noon", 14),
    problem("title: [bold]Noon[/bold]", 14),
    problem("title: a\x1b[31mb\x00c", 11),
    problem("word " * 100, 251),
    problem("word " * 100, 1),
    problem("word " * 100, 500),
    Problem("not-yaml", Location("story/a\x1b[2J.yaml"), "a \x1b[31m message", "a \x07 help"),
    Problem("missing-file", Location("story/" + "a" * 100 + ".yaml"), "a long message " * 5),
]


def test_what_is_shown(golden: Callable[[str, str], None]) -> None:
    golden("report.txt", shown(*SHOWN))


@pytest.mark.parametrize(
    ("excerpt", "column", "char"),
    [
        ("title: Noon", 8, "N"),
        ("\t\tNoon", 3, "N"),
        ("停火協議 Noon", 6, "N"),
        ("停火協議 Noon", 2, "火"),
        ("😀 Noon", 3, "N"),
        ("e\u0301 Noon", 4, "N"),
        ("a\x1b\x00 Noon", 5, "N"),
        ("word " * 80 + "Noon" + " word" * 80, 401, "N"),
        ("停火" * 80 + "Noon" + " word" * 80, 161, "N"),
        ("Noon" + " word" * 80, 1, "N"),
        ("word " * 80 + "Noon", 401, "N"),
    ],
)
def test_the_caret_stands_under_the_character(excerpt: str, column: int, char: str) -> None:
    _, line, caret = shown(problem(excerpt, column)).splitlines()
    at = next(i for i in range(len(line)) if cell_len(line[:i]) == caret.index("^") and line[i] == char)
    assert caret.strip(" |") == "^"
    assert len(line) < 120
    assert cell_len(line[:at]) == caret.index("^")


def test_no_control_character_reaches_the_terminal() -> None:
    assert all(char.isprintable() or char == "\n" for char in shown(*SHOWN))


def test_nothing_is_wrapped_so_that_places_can_be_clicked_and_copied() -> None:
    assert shown(*SHOWN, width=20) == shown(*SHOWN)


@pytest.mark.parametrize(
    ("levels", "summary", "code"),
    [
        ([], "no problems", 0),
        (["error"], "1 error", 1),
        (["warning"], "1 warning", 0),
        (["error", "warning", "error"], "2 errors, 1 warning", 1),
        (["warning", "warning"], "2 warnings", 0),
    ],
)
def test_summary_and_exit_code(levels: list[Level], summary: str, code: int) -> None:
    problems = [problem("a", 1, level) for level in levels]
    assert report.summary(problems) == summary
    assert report.exit_code(problems) == code


def test_exit_codes() -> None:
    assert (report.DONE, report.FOUND, report.WRONG_USAGE, report.INTERRUPTED) == (0, 1, 2, 130)


@pytest.mark.parametrize(
    ("name", "known", "help_text"),
    [
        ("flod", ["flood", "opening"], "did you mean 'flood'?"),
        ("x", ["flood", "opening"], "known here: flood, opening"),
        ("x", [], ""),
        ("x", [f"scene-{i}" for i in range(13)], ""),
        ("scene-12", [f"scene-{i}" for i in range(12)], "did you mean 'scene-2'?"),
    ],
)
def test_nearest_names(name: str, known: list[str], help_text: str) -> None:
    assert nearest(name, known) == help_text
    assert closest(name, known) == (help_text.split("'")[1] if "mean" in help_text else "")
