"""The shipped story's handout in each edition and length, with its figures, for what is made of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from retell.handout.choices import Cite, Format
from retell.handout.drawings import Drawing, draw
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.story.library import Library, load, shipped_root
from tests.support.documents import make_file

if TYPE_CHECKING:
    from retell.handout.pages.edition import Edition

EDITIONS = ("student", "teacher")
LENGTHS = ("short", "full")


@cache
def shipped() -> Library:
    return load(shipped_root())


def drawings() -> dict[str, Drawing]:
    return {drawing.name: drawing for drawing in draw(shipped())}


def handout(edition: str, length: str, to: Format, cite: Cite) -> bytes:
    gather = student_edition if edition == "student" else teacher_edition
    edition_of: Edition = gather(shipped(), short=length == "short")
    return make_file(shipped(), edition_of, to, cite, drawings())
