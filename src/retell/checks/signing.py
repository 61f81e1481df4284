"""Keep in story/readings.yaml what readers found: each answer is on the disk before the next is asked for.

The file is made for Git: a statement a line, the lines sorted within each reader's own part, so that two who read at
the same time change different lines.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.readings import look_up, print_of, signatures
from retell.files.atomic import locked, write_file
from retell.files.characters import visible
from retell.files.yamlfile import YamlFile, read_yaml
from retell.problems import RetellError
from retell.story.filling import fill
from retell.story.library import Entry
from retell.story.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retell.checks.readings import State
    from retell.checks.statements import Statement
    from retell.story.library import Library

NAME = "story/readings.yaml"
HEAD = """\
# Who has read which statement of this story beside the paragraphs that it cites. Written by 'retell review'.
# Each line is a statement, by its name; a fingerprint of its words, of who speaks and of what it cites; and the day. A
# reading ends by itself when one of the three changes. What stands behind a '#' is only for people.
"""
SHOWN = 60  # characters of a statement


class _Remark(NamedTuple):
    of: str
    print: str
    why: str


class _Kept(NamedTuple):
    """What one reader has signed, by the statement's name, and left open."""

    signed: dict[str, tuple[str, str]]
    remarks: dict[str, _Remark]


class Signing:
    """Takes readers' answers to the statements of a story, and writes each down at once."""

    def __init__(self, library: Library, listed: Sequence[Statement], by: Sequence[str]) -> None:
        """Take the story, its statements and who reads; raises RetellError where nothing can be written for it."""
        if not library.root.is_dir():
            raise RetellError(f"{library.root} is no folder, and readings are kept in the story's own: unpack it first")
        self._library = library
        self._listed = {statement.name: statement for statement in listed}
        self._by = tuple(dict.fromkeys(visible(" ".join(name.split())) for name in by))
        self._path = library.root / NAME
        self._read()

    @property
    def readers(self) -> tuple[str, ...]:
        """Who reads."""
        return self._by

    def states(self) -> dict[str, State]:
        """Return who has read each statement, by its name."""
        return look_up(self._library, list(self._listed.values()))

    def remark_on(self, name: str) -> str:
        """Return what one of those who read now left open at a statement, or nothing."""
        remarks = (self._kept[by].remarks for by in self._by if by in self._kept)
        return next((found[name].why for found in remarks if name in found), "")

    def sign(self, name: str, on: date) -> None:
        """Note that the paragraphs bear a statement out; what was left open at it is answered. Raises RetellError."""
        self._change(name, (str(print_of(self._library, self._listed[name])), on.isoformat()), None)

    def refuse(self, name: str, why: str) -> None:
        """Note what the paragraphs do not bear out; a reading of the statement is taken back. Raises RetellError."""
        now = str(print_of(self._library, self._listed[name]))
        self._change(name, None, _Remark(name, now, visible(" ".join(why.split()))))

    def _change(self, name: str, signed: tuple[str, str] | None, remark: _Remark | None) -> None:
        with locked(self._path, self._library.root):
            self._read()  # another may have written meanwhile
            for by in self._by:
                kept = self._kept.setdefault(by, _Kept({}, {}))
                kept.signed.pop(name, None)
                kept.remarks.pop(name, None)
                if signed:
                    kept.signed[name] = signed
                if remark:
                    kept.remarks[name] = remark
            text = self._text()
            write_file(self._path, text, force=True, story=self._library.root)
        self._take(YamlFile(str(self._path), text))

    def _read(self) -> None:
        there = self._path.exists()
        self._take(read_yaml(self._path, str(self._path)) if there else YamlFile(str(self._path), ""))

    def _take(self, file: YamlFile) -> None:
        """Take what a file holds, each reading under the name that its statement has now."""
        form = fill(Readings, file, file.data)
        if form is None or file.problems:
            raise RetellError(f"{self._path} cannot be added to: 'retell check' says what is wrong with it")
        self._library.readings = Entry("readings", form, file)
        current: dict[str, list[str]] = {}
        for name, statement in self._listed.items():
            current.setdefault(str(print_of(self._library, statement)), []).append(name)
        self._kept: dict[str, _Kept] = {}
        for reader in form.readers:
            signed = signatures(reader)
            moved = {name: line for line in signed.values() for name in current.get(line[0], ())}
            left = {name: line for name, line in signed.items() if line[0] not in current and name not in moved}
            remarks = {}
            for remark in reader.remarks:
                name = next(iter(current.get(remark.as_, ())), remark.of)
                remarks[name] = _Remark(name, remark.as_, remark.why)
            self._kept[reader.by] = _Kept({**left, **moved}, remarks)

    def _text(self) -> str:
        lines = [HEAD + "readers:"]
        for by in sorted(self._kept):
            signed, remarks = self._kept[by]
            if not signed and not remarks:
                continue
            lines.append(f"  - by: {_quoted(by)}")
            lines += ["    read:"] if signed else []
            lines += [self._line(name, *signed[name]) for name in sorted(signed, key=_by_numbers)]
            lines += ["    remarks:"] if remarks else []
            for name in sorted(remarks, key=_by_numbers):
                remark = remarks[name]
                lines += [f"      - of: {name}", f"        as: {remark.print}", f"        why: {_quoted(remark.why)}"]
        return "\n".join(lines) + "\n"

    def _line(self, name: str, print_: str, on: str) -> str:
        statement = self._listed.get(name)
        text = visible(statement.text[: SHOWN + 1]) if statement else "is no longer in the story"
        shown = text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"
        return f"      - {name} = {print_} {on}  # {shown}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _by_numbers(name: str) -> list[tuple[int, str]]:
    """Return what sorts names as people count: 2 before 10."""
    return [(int(part), "") if part.isdecimal() and len(part) < 9 else (0, part) for part in re.split(r"(\d+)", name)]
