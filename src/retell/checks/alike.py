"""Gather the warnings that one change brings about by the dozen: the first are shown, of the others where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.checks.readings import CHANGED_SINCE_READ, UNREAD
from retell.files.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.problems import Problem

MOST_ALIKE = 3
GATHERED = {
    CHANGED_SINCE_READ.name: "more statements changed since they were read",
    UNREAD.name: "more statements that nobody has read beside their paragraphs",
}
"""The rules whose problems come in numbers, and what is said of those that are not shown."""


def gather(problems: Sequence[Problem]) -> tuple[list[Problem], list[str]]:
    """Return the problems that are shown one by one, and a line for each rule of which there are more."""
    seen: dict[str, list[Problem]] = {rule: [] for rule in GATHERED}
    shown = []
    for problem in problems:
        alike = seen.get(problem.rule, [])
        alike.append(problem)
        if len(alike) <= MOST_ALIKE or problem.rule not in GATHERED:
            shown.append(problem)
    return shown, [
        f"{len(rest)} {GATHERED[rule]}: {'; '.join(_places(rest))} [{rule}]"
        for rule, alike in seen.items()
        if (rest := alike[MOST_ALIKE:])
    ]


def _places(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield each file with the lines in it."""
    files: dict[str, list[int]] = {}
    for problem in problems:
        files.setdefault(problem.location.file, []).append(problem.location.line)
    for file, lines in files.items():
        yield f"{visible(file)}:{', '.join(map(str, dict.fromkeys(lines)))}"
