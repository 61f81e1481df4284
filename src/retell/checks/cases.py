"""Lay beside each statement what a reader needs to judge it: surroundings, paragraphs, what the program found."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from retell.checks.statements import joined
from retell.story.csl import PUBLISHED
from retell.story.references import known_as

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.examination import Findings
    from retell.checks.statements import Statement
    from retell.problems import Problem
    from retell.story.library import Library

NOT_HELD = "(not in your copies)"


class CitedParagraph(msgspec.Struct, frozen=True):
    """A paragraph that a statement cites: how its code names it, whose it is, and its text."""

    code: str
    outlet: str
    text: str


class Case(msgspec.Struct, frozen=True):
    """A statement for a reader to judge.

    `title` is of the scene, dispute or card; `before` and `after` are the texts on either side of the statement in the
    same field; `found` is what the program found in one word or two, `problems` what it has to say against it.
    """

    statement: Statement
    title: str
    speaker: str
    before: str
    after: str
    paragraphs: tuple[CitedParagraph, ...]
    found: str
    problems: tuple[str, ...]


class Cases:
    """The cases of a story's statements."""

    def __init__(self, library: Library, listed: Sequence[Statement], findings: Findings, found: list[Problem]) -> None:
        """Take the story, its statements, what the copies bear out, and all problems of the check."""
        self._library = library
        self._listed = list(listed)
        self._index = {statement.name: at for at, statement in enumerate(listed)}
        self._findings = findings
        self._problems = self._sorted_out(found)

    def of(self, name: str) -> Case:
        """Return the case of a statement."""
        at = self._index[name]
        statement = self._listed[at]
        voice = self._library.voices.get(statement.speaker)
        return Case(
            statement,
            self._title(statement),
            voice.form.name if voice else statement.speaker,
            self._neighbour(at, -1),
            self._neighbour(at, 1),
            tuple(self._paragraphs(statement)),
            self._findings.outcomes.get(statement.key, "nothing to look for"),
            tuple(self._problems.get(name, ())),
        )

    def _sorted_out(self, found: list[Problem]) -> dict[str, list[str]]:
        """Return the problems by the statement that they stand in: the last that begins before them in the file."""
        by_file: dict[str, list[tuple[int, int, str]]] = {}
        for statement in self._listed if found else ():
            place = statement.place
            by_file.setdefault(place.file, []).append((place.line, place.column, statement.name))
        sorted_out: dict[str, list[str]] = {}
        for places in by_file.values():
            places.sort()
        for problem in found:
            places = by_file.get(problem.location.file, [])
            at = bisect_right(places, (problem.location.line, problem.location.column, "\uffff"))
            if at:
                help_text = f"; {problem.help}" if problem.help else ""
                said = f"{problem.message}{help_text} [{problem.rule}]"
                sorted_out.setdefault(places[at - 1][2], []).append(said)
        return sorted_out

    def _title(self, statement: Statement) -> str:
        library, part = self._library, statement.part
        if part in library.scenes and statement.file is library.scenes[part].file:
            return library.scenes[part].form.title
        if part in library.disputes and statement.file is library.disputes[part].file:
            return library.disputes[part].form.question
        if part in library.sources and statement.file is library.sources[part].file:
            return library.sources[part].form.title or part
        return part

    def _neighbour(self, at: int, step: int) -> str:
        other = at + step
        same = 0 <= other < len(self._listed) and self._listed[other].trail == self._listed[at].trail
        return self._listed[other].text if same and self._listed[other].file is self._listed[at].file else ""

    def _paragraphs(self, statement: Statement) -> Iterator[CitedParagraph]:
        for citation in joined(statement.citations):
            source = self._library.sources.get(citation.key)
            if source is None:
                continue
            held = self._findings.copies[citation.key].printed if citation.key in self._findings.copies else {}
            form = source.form
            outlet = (form.type in PUBLISHED and form.container_title) or known_as(form) or citation.key
            for number in citation.paragraphs or range(1, len(source.form.paragraphs) + 1):
                yield CitedParagraph(f"{source.form.code} ¶{number}", outlet, held.get(number, NOT_HELD))
