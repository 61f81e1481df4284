"""What can be wrong with a story and where, why a command cannot go on, and what it ends with.

A `Rule` is what a story must keep to; where it is broken, `rule.at(place, …)` is the `Problem` that the author reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Literal

import msgspec

Level = Literal["error", "warning"]
DONE, FOUND, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
"""What a command ends with; 130 is what a shell gives for Ctrl-C."""
MOST_LETTERS, MOST_COMPARED, MOST_MATCHED = 60, 1000, 10
LEAST_ALIKE = 0.6  # as `difflib.get_close_matches` has it
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


class Rule(msgspec.Struct, frozen=True):
    """One rule: its name, what it asks, in one sentence, how much it weighs, and what is said where it is broken.

    `message` and `help` are a sentence each (the help may be empty) with {fields} that `at` fills. The rule's page,
    which `retell explain` prints, stands under its name in `checks/rules.yaml`.
    """

    name: str
    asks: str
    level: Level = "error"
    message: str = ""
    help: str = ""

    def saying(self, message: str, help: str = "") -> Rule:
        """Return the same rule with the sentences for another way to break it."""
        return msgspec.structs.replace(self, message=message, help=help)

    def at(self, place: Location, **said: object) -> Problem:
        """Return the problem at a place, its sentences filled with what is said there."""
        return Problem(self.name, place, self.message.format_map(said), self.help.format_map(said), self.level)

    def same(self, other: Rule | Problem) -> bool:
        """Return whether another is this rule, or breaks it, whatever it says."""
        return self.name == (other.name if isinstance(other, Rule) else other.rule)


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
    """Return the known name that is most like this one, whatever its capitals; nothing where none is like it.

    Names of more than MOST_LETTERS are like none, and of thousands only those are compared that begin alike.
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a mistake needs them; the first line does not wait
    from heapq import nlargest  # noqa: PLC0415

    if len(name) > MOST_LETTERS:
        return ""
    names = {each.casefold(): each for each in sorted(each for each in known if len(each) <= MOST_LETTERS)}
    if len(names) > MOST_COMPARED:
        alike = (each for each in names if each[:2] == name[:2].casefold())
        names = {each: names[each] for each in islice(alike, MOST_COMPARED)}
    matcher = SequenceMatcher(b=name.casefold())

    def share(each: str, ratio: Callable[[], float]) -> float:
        matcher.set_seq1(each)
        return ratio()

    # the upper bounds are quick; the share itself takes the product of both lengths
    near = [each for each in names if share(each, matcher.real_quick_ratio) >= LEAST_ALIKE]
    near = nlargest(MOST_MATCHED, near, key=lambda each: share(each, matcher.quick_ratio))
    shares = [(share(each, matcher.ratio), each) for each in near]
    best = max(shares, default=(0.0, ""))
    return names[best[1]] if best[0] >= LEAST_ALIKE else ""


def meant(name: str, known: Iterable[str]) -> str:
    """Return the known name that a part of it stands for, or nothing; raises UnknownNameError where it may be several.

    The part is the whole name, or else the beginning of it, or else of a word in it: `green` is on-the-green.
    """
    names, part = list(dict.fromkeys(known)), name.casefold()
    if name in names or not part:
        return name
    found = [each for each in names if each.startswith(part)] or [each for each in names if f"-{part}" in each]
    if len(found) > 1:
        raise UnknownNameError(f"'{name}' may be any of these: {', '.join(found)}")
    return "".join(found)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a help: the known name that the user may have meant, or all of them where they are few, or nothing."""
    names = sorted(known)
    close = closest(name, names)
    if close:
        return f"did you mean '{close}'?"
    return f"known here: {', '.join(names)}" if 0 < len(names) <= 12 else ""
