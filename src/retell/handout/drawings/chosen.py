"""Choose and draw the figures that an edition shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout.drawings import draw, draw_map
from retell.handout.student import StudentEdition

if TYPE_CHECKING:
    from retell.handout.drawings import Drawing
    from retell.handout.pages.edition import Edition
    from retell.story.told import Told


def drawings_for(told: Told, edition: Edition, prefix: str = "") -> dict[str, Drawing]:
    """Return the figures of an edition by what they show; the file of its own map has a name with this prefix.

    All are drawn in the whole story told in full; else a map in brief, and the timeline for everyone.
    """
    if not isinstance(edition, StudentEdition):
        return {}
    full = edition.length == "full"
    if full and (edition.part is None or edition.common):
        return {drawing.name: drawing for drawing in draw(told, edition.heard)}
    drawings: dict[str, Drawing] = {}
    if edition.common and not full:
        drawings = {drawing.name: drawing for drawing in draw(told, edition.heard) if drawing.name == "timeline"}
    if edition.map and not full:
        drawings["map"] = draw_map(edition.map, f"{prefix}map")
    return drawings
