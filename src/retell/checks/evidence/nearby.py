"""Look right before a place of a text, and no further than that: a text may be long, and have many places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

FURTHEST = 100
"""Characters of what leads up to a place: an office, a preposition, a title."""


def ahead(pattern: re.Pattern[str], text: str, place: int) -> re.Match[str] | None:
    """Return what a pattern that ends in `$` finds right before a place."""
    return pattern.search(text, max(0, place - FURTHEST), place)
