"""Stage 7: problems in, lines for the user and an exit code out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from retell.problems import Problem

DONE, FOUND, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
EXCERPT_COLUMNS = 100
STYLES = {"error": "bold red", "warning": "bold yellow"}


def show(problems: Iterable[Problem], console: Console) -> None:
    """Print each problem: place, message and rule, then the line with a caret, then a help."""
    for problem in problems:
        for line in lines_of(problem):
            console.print(line, soft_wrap=True, highlight=False)


def summary(problems: Sequence[Problem]) -> str:
    """Count the problems in one line: `2 errors, 1 warning`."""
    counts = {level: sum(problem.level == level for problem in problems) for level in STYLES}
    return ", ".join(f"{n} {level}{'s' if n > 1 else ''}" for level, n in counts.items() if n) or "no problems"


def exit_code(problems: Iterable[Problem]) -> int:
    """Give the exit code: 1 when there is an error, else 0; a warning alone fails nothing."""
    return FOUND if any(problem.level == "error" for problem in problems) else DONE


def lines_of(problem: Problem) -> Iterable[Text]:
    """Give the lines of one problem: place, message and rule; the line of the file with a caret; a help."""
    place = problem.location
    yield Text.assemble(
        f"{_printable(place.file)}:{place.line}:{place.column}: ",
        (f"{problem.level}:", STYLES[problem.level]),
        f" {_printable(problem.message)} ",
        (f"[{problem.rule}]", "dim"),
    )
    if place.excerpt.strip():
        shown, before = _excerpt(place.excerpt, place.column)
        number = str(place.line)
        yield Text.assemble((f"  {number} | ", "dim"), shown)
        yield Text.assemble((f"  {' ' * len(number)} | ", "dim"), " " * cell_len(before), ("^", "bold"))
    if problem.help:
        yield Text.assemble(("  help: ", "bold"), _printable(problem.help))


def _excerpt(line: str, column: int) -> tuple[str, str]:
    """Cut a long line around the column; give it, made printable, and the part of it before the caret."""
    at = min(column - 1, len(line))
    start = max(0, at - EXCERPT_COLUMNS // 2) if len(line) > EXCERPT_COLUMNS else 0
    cut = line[start : start + EXCERPT_COLUMNS]
    shown = _printable(cut.replace("\t", " "))
    opening = "…" if start else ""
    return opening + shown + ("…" if start + EXCERPT_COLUMNS < len(line) else ""), opening + shown[: at - start]


def _printable(text: str) -> str:
    """Show a control character as one that a terminal does not obey."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
