"""Let the schemas of a story complete its own names: its cards, phases, scenes, sides and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retell.files.characters import visible
from retell.story.library import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from retell.story.form import Kind

CARDS: dict[str, Kind] = {
    "by": "voices",
    "voice": "voices",
    "where": "places",
    "through": "places",
    "accounts": "disputes",
}
"""Of which kind the cards are that a field names."""
CITING = ("cite", "says", "otherwise")


def names_of(root: Path) -> dict[str, list[str]]:
    """Return what the fields of a story may name, by the fields; raises RetellError where there is no story."""
    library = load(root)
    story = library.story.form if library.story else None
    sides = {voice.form.side for voice in library.voices.values() if voice.form.side}
    names = {
        **{field: [*library.cards(kind)] for field, kind in CARDS.items()},
        "phase": [phase.id for phase in story.phases] if story else [],
        "scene": [*library.scenes],
        "scenes": [*library.scenes],
        "side": sorted(sides | {"press", "other"}),
        **{field: [f"@{key}, para. 1" for key in library.sources] for field in CITING},
    }
    return {field: [name for name in known if visible(name) == name] for field, known in names.items()}


def with_names(schema: Any, names: Mapping[str, Sequence[str]]) -> Any:
    """Return a schema whose fields offer names; another name passes as before, for a card may come later."""
    if isinstance(schema, list):
        return [with_names(each, names) for each in schema]
    if not isinstance(schema, dict):
        return schema
    known = {"properties": _properties}
    return {key: known.get(key, with_names)(value, names) for key, value in schema.items()}


def _properties(fields: dict[str, Any], names: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        name: _offer(with_names(value, names), names.get(name, ()), citing=name in CITING)
        for name, value in fields.items()
    }


def _offer(schema: dict[str, Any], names: Sequence[str], *, citing: bool) -> dict[str, Any]:
    if not names or (citing and "pattern" not in schema):
        return schema
    if "items" in schema:
        return {**schema, "items": _offer(schema["items"], names, citing=citing)}
    said = {"description": schema["description"]} if "description" in schema else {}
    rest = {key: value for key, value in schema.items() if key not in said}
    return {**said, "anyOf": [{"enum": [*names]}, rest]}
