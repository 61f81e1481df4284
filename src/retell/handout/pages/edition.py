"""Any edition as a document, and the figures that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from retell.handout.drawings import draw, draw_map
from retell.handout.packets import Key, Plan
from retell.handout.pages.plan import key_document, plan_document
from retell.handout.pages.student import student_document
from retell.handout.pages.teacher import teacher_document
from retell.handout.student import StudentEdition
from retell.handout.teacher import TeacherEdition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retell.handout.choices import Cite
    from retell.handout.drawings import Drawing
    from retell.handout.tree import Document
    from retell.story.told import Told

Edition: TypeAlias = StudentEdition | TeacherEdition | Plan | Key
NO_DRAWINGS: Mapping[str, Drawing] = {}


def make_document(edition: Edition, cite: Cite = "codes", drawings: Mapping[str, Drawing] = NO_DRAWINGS) -> Document:
    """Return an edition as a document whose words on citations fit their style.

    `drawings` are the figures that are drawn, by their names; the others are told in tables and lists.
    """
    if isinstance(edition, StudentEdition):
        return student_document(edition, cite, drawings)
    if isinstance(edition, TeacherEdition):
        return teacher_document(edition, cite, drawings)
    return key_document(edition, cite) if isinstance(edition, Key) else plan_document(edition, cite)


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
