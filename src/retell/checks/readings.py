"""Find which statements a person has read beside their paragraphs, and which have changed since.

A reading holds fingerprints of the statement's words, of its kind and speaker, and of the paragraphs that it cites (as
the source cards have them, so no copies are needed). It ends by itself when any of the three is another.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from retell.checks.statements import joined, statements
from retell.problems import Rule
from retell.story.readings import SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.statements import Statement
    from retell.problems import Problem
    from retell.story.library import Library
    from retell.story.readings import Reader

DIGITS = 8
CHANGED_SINCE_READ = Rule(
    "changed-since-read",
    "What a person has read beside its paragraphs is still what was read.",
    level="warning",
    message="{what} changed since it was read by {by} ({name})",
    help="read it again: retell review {part}",
)
OPEN_REMARK = Rule(
    "open-remark",
    "No reader's remark is left open.",
    level="warning",
    message="not borne out, says {by}: {why} ({name})",
    help="mend it, and read it again: retell review {part}",
)
UNREAD = Rule(
    "unread",
    "With --strict, a person has read every statement beside its paragraphs.",
    level="warning",
    message="nobody has read this beside its paragraphs ({name})",
    help="read it: retell review {part}",
)
NOTHING_READ = UNREAD.saying(
    "nobody has read the {count} statements of this story beside their paragraphs", "read them: retell review"
)


class Print(NamedTuple):
    """The fingerprint of a statement: of its words, of its kind and speaker, and of what it rests on."""

    words: str
    speaker: str
    grounds: str

    def __str__(self) -> str:
        """Write it as a reading holds it."""
        return ".".join(self)

    def changed_from(self, other: str) -> str:
        """Return what is another in a reading's fingerprint, in words."""
        names = ("its words", "who speaks", "what it cites")
        pairs = zip(names, self, other.split("."), strict=False)
        return " and ".join(name for name, now, then in pairs if now != then)


class State(msgspec.Struct, frozen=True):
    """Who has read a statement as it is now, and who read it before it changed, and what changed."""

    readers: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()


def print_of(library: Library, statement: Statement) -> Print:
    """Return the fingerprint of a statement."""
    grounds = []
    for citation in sorted(joined(statement.citations), key=lambda citation: citation.key):
        source = library.sources.get(citation.key)
        listed = source.form.paragraphs if source else ()
        numbers = citation.paragraphs or range(1, len(listed) + 1)
        prints = [listed[number - 1] if 0 < number <= len(listed) else "?" for number in numbers]
        grounds += [citation.key if citation.paragraphs else f"{citation.key} as a whole", *prints]
    return Print(_digest(statement.text), _digest(statement.kind, statement.speaker), _digest(*grounds))


def look_up(library: Library, listed: Sequence[Statement]) -> dict[str, State]:
    """Return the state of each statement, by its name."""
    prints = {statement.name: print_of(library, statement) for statement in listed}
    written = {name: str(each) for name, each in prints.items()}
    current = set(written.values())
    readers = library.readings.form.readers if library.readings else ()
    signed = [(reader.by, signatures(reader)) for reader in readers]
    held = [(by, lines, {each for each, _ in lines.values()}) for by, lines in signed]
    found = {}
    for name, now in prints.items():
        read = tuple(by for by, _, all_prints in held if written[name] in all_prints)
        before = ((by, lines[name][0]) for by, lines, _ in held if name in lines and by not in read)
        changed = tuple((by, now.changed_from(then)) for by, then in before if then not in current)
        found[name] = State(read, changed)
    return found


def signatures(reader: Reader) -> dict[str, tuple[str, str]]:
    """Return what a reader has signed: by a statement's name its fingerprint and the day."""
    lines = (SIGNED.fullmatch(line) for line in reader.read)
    return {line["name"]: (line["print"], line["on"]) for line in lines if line}


def check(library: Library) -> Iterator[Problem]:
    """Yield the statements that have changed since all who read them did, and the remarks that are open."""
    if library.readings is None:
        return
    listed = statements(library)
    states = look_up(library, listed)
    for statement in listed:
        state = states[statement.name]
        if state.changed and not state.readers:
            by = " and ".join(name for name, _ in state.changed)
            what = state.changed[0][1]
            said = {"by": by, "what": what, "name": statement.name, "part": statement.part}
            yield CHANGED_SINCE_READ.at(statement.place, **said)
    yield from _remarks(library, listed)


def _remarks(library: Library, listed: Sequence[Statement]) -> Iterator[Problem]:
    """Yield a problem for each open remark, at its statement, or in readings.yaml where that is gone."""
    assert library.readings is not None, "there are remarks in nothing else"
    file = library.readings.file
    if not any(reader.remarks for reader in library.readings.form.readers):
        return
    by_name = {statement.name: statement for statement in listed}
    by_print = {str(print_of(library, statement)): statement for statement in listed}
    for i, reader in enumerate(library.readings.form.readers):
        for j, remark in enumerate(reader.remarks):
            statement = by_print.get(remark.as_) or by_name.get(remark.of)
            place = statement.place if statement else file.locate(("readers", i, "remarks", j))
            name, part = (statement.name, statement.part) if statement else (remark.of, "")
            yield OPEN_REMARK.at(place, by=reader.by, name=name, why=remark.why, part=part)


def find_unread(library: Library, listed: Sequence[Statement]) -> Iterator[Problem]:
    """Yield the statements that nobody has read and that did not change since; one problem where nothing was read."""
    states = look_up(library, listed)
    if not any(state.readers or state.changed for state in states.values()):
        if library.story and listed:
            yield NOTHING_READ.at(library.story.file.place(0), count=len(listed))
        return
    for statement in listed:
        state = states[statement.name]
        if not state.readers and not state.changed:
            yield UNREAD.at(statement.place, name=statement.name, part=statement.part)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:DIGITS]
