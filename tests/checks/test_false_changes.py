"""Single false changes to the shipped story: all are named where every statement was read, many by the copies alone."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retell.checks import check, readings
from retell.checks.evidence.examination import examine
from retell.checks.readings import print_of
from retell.checks.statements import statements
from retell.copies.held import Copy
from retell.copies.saved import read_copies
from retell.problems import Problem
from retell.story.library import Entry, Library, load, shipped_root
from retell.story.readings import Reader, Readings
from tests.checks.false_changes import Change, FalseChanges, changed_data

SEED = 1991
LONG = pytest.mark.timeout(1200)  # seconds, on a machine that is shared
MANY = pytest.param(200, marks=[pytest.mark.slow, LONG])
SOME = 66  # three of each kind
FEW = 22  # one of each kind
MOST_FALSE_DOUBTS = 0.02
LEAST_BY_READINGS = 0.99
LEAST_BY_THE_COPIES = 0.6  # the rest is for a reader's eye
LEAST_OF_A_FEW = 0.5
# in per cent, below what samples of some thirty changes of a kind gave; of few changes nothing is asked
LEAST_OF_A_KIND = {
    "locator moved to another article": 55,
    "locator moved in its article": 65,
    "locator moved to a neighbour": 55,
    "speaker exchanged": 75,
    "'not' dropped": 30,
    "'not' added": 40,
    "two actors exchanged": 45,
    "more or fewer": 20,
    "word of a source card": 25,
    "before or after": 35,
    "verb turned": 35,
    "place of a scene": 50,
    "silence invented": 90,
    "number of a text": 80,
    "number of a note": 65,
    "number of a card": 40,
    "outlet": 75,
    "date of a scene": 70,
    "sentence invented": 60,
    "word of a quotation": 95,
    "name invented": 80,
}
Found = Counter[tuple[str, str]]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    for folder in ("story", "cards"):
        shutil.copytree(shipped_root() / folder, tmp_path / folder)
    (tmp_path / "story" / "readings.yaml").unlink()
    return tmp_path


class Table:
    """How many false changes of each kind were made, how many were named, and which were not."""

    def __init__(self, title: str) -> None:
        self._title = title
        self.made: Counter[str] = Counter()
        self.named: Counter[str] = Counter()
        self._missed: list[str] = []

    def add(self, change: Change, *, named: bool) -> None:
        self.made[change.kind] += 1
        self.named[change.kind] += named
        if not named:
            self._missed.append(f"missed: {change.kind}: {change.old[:80]!r} -> {change.new[:80]!r}")

    @property
    def share(self) -> float:
        return self.named.total() / self.made.total()

    def __str__(self) -> str:
        rows = [f"  {kind:<34} {self.named[kind]:>3} of {count:>3}" for kind, count in self.made.items()]
        total = f"{self._title}: {self.named.total()} of {self.made.total()} ({self.share:.1%})"
        return "\n".join([total, *rows, *self._missed])


def all_read(library: Library) -> Entry[Readings]:
    """Readings of every statement as it is."""
    lines = tuple(f"{each.name} = {print_of(library, each)} 2026-11-29" for each in statements(library))
    reader = Reader(by="somebody who reads all", read=lines)
    return Entry("readings", Readings(readers=(reader,)), next(iter(library.scenes.values())).file)


def strict_problems(library: Library, held: dict[str, Copy]) -> list[Problem]:
    """What `retell check --strict` names, with these copies."""
    found = [*check(library), *readings.find_unread(library, statements(library))]
    return [*found, *examine(library, held).problems] if held else found


def problems_of_copies(library: Library, held: dict[str, Copy]) -> list[Problem]:
    """What `retell check` names, with these copies."""
    return [*check(library), *examine(library, held).problems]


def with_each_change(library: Library, count: int) -> Iterator[tuple[Change, Library]]:
    """The library with each false change in it, one at a time; its folder stays as it was."""
    files = {entry.file.name: entry.file.data for entry in library.entries()}
    for change in FalseChanges(library, SEED).changes(count):
        text = change.file.read_text("utf-8")
        data = changed_data(files[str(change.file)], change)
        change.file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")  # JSON is YAML
        try:
            now = load(library.root)
        finally:
            change.file.write_text(text, "utf-8")
        now.readings = library.readings
        yield change, now


def named_in(
    table: Table, library: Library, held: dict[str, Copy], count: int, find: Callable[..., list[Problem]]
) -> None:
    """Fill a table with what is found of each change and was not there before."""

    def found(told: Library) -> Found:
        return Counter((problem.rule, problem.message) for problem in find(told, held))

    before = found(library)
    for change, now in with_each_change(library, count):
        table.add(change, named=bool(found(now) - before))
    print(table)  # noqa: T201 - shown with -rP


@pytest.mark.parametrize("count", [FEW, MANY])
def test_what_was_read_and_is_false_now_is_named_without_copies(story: Path, count: int) -> None:
    library = load(story)
    library.readings = all_read(library)
    table = Table("named by the readings")
    named_in(table, library, {}, count, strict_problems)
    assert table.share >= LEAST_BY_READINGS


@pytest.mark.copies
@pytest.mark.parametrize("count", [pytest.param(SOME, marks=[pytest.mark.slow, LONG])])
def test_what_was_read_and_is_false_now_is_named_with_copies_too(story: Path, copies: Path, count: int) -> None:
    library = load(story)
    held, _ = read_copies(library, copies)
    library.readings = all_read(library)
    table = Table("named by the readings, with copies")
    named_in(table, library, held, count, strict_problems)
    assert table.share >= LEAST_BY_READINGS


@pytest.mark.copies
@pytest.mark.parametrize("count", [2 * FEW, MANY])
def test_what_the_copies_alone_show_to_be_false(story: Path, copies: Path, count: int) -> None:
    library = load(story)
    held, _ = read_copies(library, copies)
    table = Table("named by the copies alone")
    named_in(table, library, held, count, problems_of_copies)
    assert table.share >= (LEAST_BY_THE_COPIES if count > 2 * FEW else LEAST_OF_A_FEW)
    if count > 2 * FEW:
        low = {
            kind: table.named[kind]
            for kind, least in LEAST_OF_A_KIND.items()
            if 100 * table.named[kind] < least * table.made[kind]
        }
        assert low == {}


@pytest.mark.copies
def test_the_story_as_it_is_raises_few_doubts_and_what_was_read_none(story: Path, copies: Path) -> None:
    library = load(story)
    held, _ = read_copies(library, copies)
    unread = problems_of_copies(library, held)
    assert {problem.level for problem in unread} <= {"warning"}
    assert len(unread) <= MOST_FALSE_DOUBTS * len(statements(library))
    library.readings = all_read(library)
    assert examine(library, held).problems == []
    read = examine(library, held, doubting_what_was_read=True)
    assert read.problems == []
    assert read.answered == unread


def test_every_kind_of_change_is_made(story: Path) -> None:
    changes = FalseChanges(load(story), SEED)
    assert {change.kind for change in changes.changes(len(changes.kinds))} == set(changes.kinds)
    assert len(changes.kinds) == FEW
