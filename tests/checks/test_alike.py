"""Warnings that one change brings about by the dozen are shown by the first, and none is left out."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from retell.checks import report
from retell.checks.alike import MOST_ALIKE, gather
from retell.checks.readings import CHANGED_SINCE_READ, UNREAD
from retell.problems import Location, Problem, Rule


def broken(rule: Rule, *places: tuple[str, int]) -> list[Problem]:
    return [Problem(rule.name, Location(file, line, 1), "changed", "", "warning") for file, line in places]


FILES = [("a.yaml", line) for line in (1, 2, 3, 4, 4)] + [("b.yaml", 7)]


@pytest.mark.parametrize("rule", [CHANGED_SINCE_READ, UNREAD])
def test_the_first_are_shown_and_of_the_others_each_place(rule: Rule) -> None:
    problems = broken(rule, *FILES)
    shown, lines = gather(problems)
    assert shown == problems[:MOST_ALIKE]
    (line,) = lines
    assert line.startswith("3 more statements ")
    assert line.endswith(f": a.yaml:4; b.yaml:7 [{rule.name}]")


@pytest.mark.parametrize(
    "problems",
    [
        broken(CHANGED_SINCE_READ, *FILES[:MOST_ALIKE]),
        broken(Rule("unknown-card", "", message=""), *FILES),
        [*broken(UNREAD, *FILES[:2]), *broken(CHANGED_SINCE_READ, *FILES[:2])],
    ],
)
def test_a_few_and_those_of_other_rules_are_all_shown(problems: Sequence[Problem]) -> None:
    assert gather(problems) == (list(problems), [])


def test_they_are_counted_and_other_programs_get_each() -> None:
    problems = broken(CHANGED_SINCE_READ, *FILES)
    console = Console(file=io.StringIO(), width=80)
    report.show(problems, console)
    assert console.file.getvalue().count("[changed-since-read]") == MOST_ALIKE + 1  # type: ignore[attr-defined]
    assert report.summary(problems) == "6 warnings"
    assert report.to_annotations(problems).count("title=changed-since-read") == len(FILES)
