"""Stage 0, beneath all others: what can be wrong and where it stands; imports nothing of ours.

`Location` and `Problem` say what is wrong with a story's files; `RetellError` says why a command cannot go on, and
the exit codes what it ends with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

Level = Literal["error", "warning"]
DONE, FOUND, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
"""What a command ends with; 130 is what a shell gives for Ctrl-C."""
HELP_TEXT = "write '>-' before it and begin the text on the next line, or put it in quotes"


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file: its name as shown to the user, line and column (both 1-based), and the line's text."""

    file: str
    line: int = 1
    column: int = 1
    excerpt: str = ""


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong: the rule it breaks, where, in one sentence, and a sentence of help (may be empty)."""

    rule: str
    location: Location
    message: str
    help: str = ""
    level: Level = "error"


class RetellError(Exception):
    """Why a command cannot go on, in one line for the user; exit code 1."""


class UnknownNameError(RetellError):
    """Nothing has the name that a user gave for a scene, a dispute, an article or a rule; exit code 2."""


class StoryUnfitError(RetellError):
    """The story has problems that keep it from being told."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, to be reported as `retell check` would."""
        super().__init__("the story cannot be told")
        self.problems = tuple(problems)


def closest(name: str, known: Iterable[str]) -> str:
    """Give the known name that is most like this one, whatever its capitals, or nothing when none is like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it; the first line does not wait

    names = {name.casefold(): name for name in sorted(known)}
    return next((names[found] for found in get_close_matches(name.casefold(), names, n=1, cutoff=0.6)), "")


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which of the known names the user may have meant, or list them when they are few, or say nothing."""
    names = sorted(known)
    close = closest(name, names)
    if close:
        return f"did you mean '{close}'?"
    return f"known here: {', '.join(names)}" if 0 < len(names) <= 12 else ""
