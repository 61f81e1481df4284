"""Single false changes to the shipped story: all are named where every statement was read, many by the copies alone."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from retell.checks import check, readings
from retell.checks.evidence import examine
from retell.checks.readings import print_of
from retell.checks.statements import statements
from retell.copies.saved import read_copies
from retell.story.library import Entry, Library, load, shipped_root
from retell.story.readings import Reader, Readings
from tests.checks.false_changes import Change, FalseChanges, changed_data

SEED = 1991
LEAST_BY_THE_COPIES = 0.3  # the aim is 0.6; the rest is for a reader's eye
Found = Counter[tuple[str, str]]
NUMBERS_AND_NAMES = ("number changed", "quoted word changed", "outlet exchanged", "name invented")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    for folder in ("story", "cards"):
        shutil.copytree(shipped_root() / folder, tmp_path / folder)
    (tmp_path / "story" / "readings.yaml").unlink(missing_ok=True)
    return tmp_path


def all_read(library: Library) -> Entry[Readings]:
    """Readings of every statement as it is."""
    lines = tuple(f"{each.name} = {print_of(library, each)} 2026-11-29" for each in statements(library))
    reader = Reader(by="somebody who reads all", read=lines)
    return Entry("readings", Readings(readers=(reader,)), next(iter(library.scenes.values())).file)


def found_strictly(library: Library) -> Found:
    """What `retell check --strict` names, without copies."""
    problems = [*check(library), *readings.find_unread(library, statements(library))]
    return Counter((problem.rule, problem.message) for problem in problems)


def changed(story: Path, change: Change, data: object) -> Library:
    """Read the story with one change in it, and leave it as it was."""
    text = change.file.read_text("utf-8")
    change.file.write_text(json.dumps(changed_data(data, change), ensure_ascii=False), "utf-8")  # JSON is YAML
    try:
        return load(story)
    finally:
        change.file.write_text(text, "utf-8")


def table(title: str, made: Counter[str], named: Counter[str]) -> list[str]:
    rows = [f"  {kind:<30} {named[kind]:>3} of {count:>3}" for kind, count in sorted(made.items())]
    return [f"{title}: {named.total()} of {made.total()} ({named.total() / made.total():.1%})", *rows]


@pytest.mark.parametrize("count", [34, pytest.param(200, marks=pytest.mark.slow)])
def test_what_was_read_and_is_false_now_is_named_without_copies(
    story: Path, count: int, record_property: Callable[[str, object], None]
) -> None:
    library = load(story)
    read = all_read(library)
    library.readings = read
    before = found_strictly(library)
    files = {entry.file.name: entry.file.data for entry in library.entries()}
    made: Counter[str] = Counter()
    named: Counter[str] = Counter()
    missed = []
    for change in FalseChanges(library, SEED).changes(count):
        now = changed(story, change, files[str(change.file)])
        now.readings = read
        made[change.kind] += 1
        if found_strictly(now) - before:
            named[change.kind] += 1
        else:
            missed.append(f"missed: {change.kind}: {change.old[:80]!r} -> {change.new[:80]!r}")
    print("\n".join([*table("named by the readings", made, named), *missed]))  # noqa: T201 - shown with -rP
    record_property("named", named.total())
    assert named.total() >= 0.99 * made.total()


@pytest.mark.copies
@pytest.mark.parametrize("count", [34, pytest.param(200, marks=pytest.mark.slow)])
def test_what_the_copies_alone_show_to_be_false(
    story: Path, copies: Path, count: int, record_property: Callable[[str, object], None]
) -> None:
    library = load(story)
    held, _ = read_copies(library, copies)
    files = {entry.file.name: entry.file.data for entry in library.entries()}

    def found(told: Library) -> Found:
        return Counter((each.rule, each.message) for each in (*check(told), *examine(told, held).problems))

    before = found(library)
    made: Counter[str] = Counter()
    named: Counter[str] = Counter()
    missed = []
    for change in FalseChanges(library, SEED).changes(count):
        made[change.kind] += 1
        if found(changed(story, change, files[str(change.file)])) - before:
            named[change.kind] += 1
        else:
            missed.append(f"missed: {change.kind}: {change.old[:80]!r} -> {change.new[:80]!r}")
    print("\n".join([*table("named by the copies alone", made, named), *missed]))  # noqa: T201 - shown with -rP
    record_property("named", named.total())
    certain = Counter({kind: made[kind] for kind in NUMBERS_AND_NAMES})
    record_property("numbers and names", sum(named[kind] for kind in certain) / certain.total())
    assert named.total() >= LEAST_BY_THE_COPIES * made.total()


def test_every_kind_of_change_is_made(story: Path) -> None:
    changes = FalseChanges(load(story), SEED)
    assert {change.kind for change in changes.changes(60)} == set(changes.kinds)
