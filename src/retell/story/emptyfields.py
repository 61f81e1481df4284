"""Note the fields of a file that are still to be written: one problem for all of them, however many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.story import rules

if TYPE_CHECKING:
    from retell.files.yamlfile import Trail, YamlFile

MOST_NAMED = 100


def note_empty(file: YamlFile, trail: Trail) -> None:
    """Add to the problems of a file the fields that were found empty, once the form at its top (no trail) is filled."""
    if trail or not file.empty:
        return
    trails, file.empty = file.empty, []
    if file.is_full:
        return
    if len(trails) == 1:
        file.problems.append(rules.EMPTY_FIELD.at(file.locate(trails[0], key=True), name=trails[0][-1]))
        return
    found = sorted((file.locate(each, key=True), str(each[-1])) for each in trails[:MOST_NAMED])
    lines: dict[str, list[str]] = {}
    for place, name in found:
        lines.setdefault(name, []).append(str(place.line))
    named = (f"'{name}'" if len(at) == 1 else f"'{name}' (lines {', '.join(at)})" for name, at in lines.items())
    file.problems.append(rules.EMPTY_FIELDS.at(found[0][0], number=len(trails), names=", ".join(named)))
