"""Describe a form, a type or a value in the words of an author."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

from retell.story.model import BEATS

if TYPE_CHECKING:
    from retell.story.form import Form

WORDS_FOR = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    tuple: "a list (each item on a line of its own that starts with '- ')",
}
TYPES_LISTED = 12  # of the values that a field may have


def form_in_words(form: type[Form]) -> str:
    """Return what an author calls a form, with its article: `a beat 'quote'`, `a scene`."""
    name = form.__name__.lower()
    if form in BEATS.values():
        return f"a beat '{name}'"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def kind_in_words(kind: Any) -> str:
    """Return what values a type has: `a whole number`."""
    if typing.get_origin(kind) is typing.Literal:
        known = typing.get_args(kind)
        others = f" and {len(known) - TYPES_LISTED} more" if len(known) > TYPES_LISTED + 1 else ""
        return f"one of: {', '.join(known[: TYPES_LISTED if others else None])}{others}"
    if typing.get_origin(kind) is typing.Annotated:
        return str(kind.__metadata__[0].description)
    return WORDS_FOR.get(kind, "something else")


def shown(value: object) -> str:
    """Return a value as a message quotes it; a long text is cut."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return "nothing"
    if not isinstance(value, str):
        return "a list" if isinstance(value, list) else "a group of fields"
    return f"'{value if len(value) <= 30 else value[:29] + '…'}'"
