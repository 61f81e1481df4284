"""A library is held against the rules: what breaks one is a problem, with its place.

Some rules are kept or broken while the files are read, those of the families here look at the library, and those of
`evidence` need a reader's copies. `registry` lists them all.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from retell.checks import claims, references
from retell.problems import StoryUnfitError
from retell.story.told import unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retell.problems import Problem
    from retell.story.library import Library
    from retell.story.told import Told


Family: TypeAlias = "Callable[[Library], Iterator[Problem]]"
FAMILIES: tuple[Family, ...] = (references.check, claims.check)
"""What a telling rests on: `fit` asks these alone. How fairly a story is worded is for `check`."""
MOST_PROBLEMS = 10_000
"""How many are looked for in the text of a story; whoever has more mends these first."""


def check(library: Library) -> list[Problem]:
    """Return every problem of a library, those of its files included, sorted by file, line and column.

    What seems unused is told of only where nothing else is wrong.
    """
    from retell.checks import balance, dating, positions, readings, usage, wording  # noqa: PLC0415 - a telling does not wait for what it does not need

    families = (balance.check, dating.check, positions.check, readings.check)
    unfit = [*_unfit(library), *(problem for family in families for problem in family(library))]
    worded = islice(wording.check(library), MOST_PROBLEMS)
    return in_order([*(unfit or usage.check(library)), *worded])


def _unfit(library: Library) -> list[Problem]:
    found = (problem for family in FAMILIES for problem in family(library))
    return [*library.problems, *islice(found, MOST_PROBLEMS)]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by file, line and column, each once."""
    return sorted(set(problems), key=lambda problem: (problem.location, problem.rule, problem.message))


def fit(library: Library) -> Told:
    """Return the story if it can be told; raises StoryUnfitError when an error stands in the way of that."""
    errors = in_order(problem for problem in _unfit(library) if problem.level == "error")
    if errors or library.story is None:
        raise StoryUnfitError(errors)
    return unpack(library, library.story.form, library.story.form.scenes)
