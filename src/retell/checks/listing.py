"""List statements for a reader's eye, each with the paragraphs that it cites, as far as there are copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.checks.statements import joined
from retell.files.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retell.checks.statements import Statement
    from retell.copies.held import Copy
    from retell.story.library import Library


def list_statements(
    heading: str, library: Library, listed: Sequence[Statement], copies: Mapping[str, Copy] | None = None
) -> str:
    """Return a heading and below it each statement: its name and place, its text, and the paragraphs that it cites."""
    lines = ["", f"{heading}: {len(listed)}" if listed else f"{heading}: none"]
    for statement in listed:
        place = statement.place
        lines += ["", f"{statement.name}  ({place.file}:{place.line})", f"  {visible(statement.text)}"]
        lines += [f"    {line}" for line in _paragraphs(library, statement, copies or {})]
    return "\n".join([*lines, ""])


def _paragraphs(library: Library, statement: Statement, copies: Mapping[str, Copy]) -> Iterator[str]:
    """Yield the paragraphs that a statement cites; an article that is cited as a whole is named by its code alone."""
    for citation in joined(statement.citations):
        source = library.sources.get(citation.key)
        code = source.form.code if source else citation.key
        if not citation.paragraphs:
            yield f"{code}, as a whole"
        held = copies[citation.key].printed if citation.key in copies else {}
        for number in citation.paragraphs:
            yield f"{code} ¶{number}  {visible(held.get(number, '(not in the copies)' if copies else ''))}".rstrip()
