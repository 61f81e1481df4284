"""Any edition as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

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
