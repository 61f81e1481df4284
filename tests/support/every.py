"""The shipped story's handout in each edition and length, with its figures, for what is made of it."""

from __future__ import annotations

from functools import cache

from retell.checks import fit
from retell.handout.choices import Cite, Format
from retell.handout.drawings import Drawing, draw
from retell.handout.pages.edition import Edition, drawings_for
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.script.excerpt import Length
from retell.story.library import load, shipped_root
from retell.story.told import Told
from tests.support.documents import make_file

EDITIONS = ("student", "teacher")
LENGTHS: tuple[Length, ...] = ("short", "full")


@cache
def shipped() -> Told:
    return fit(load(shipped_root()))


def drawings() -> dict[str, Drawing]:
    return {drawing.name: drawing for drawing in draw(shipped())}


def handout(edition: str, length: Length, to: Format, cite: Cite) -> bytes:
    gather = student_edition if edition == "student" else teacher_edition
    edition_of: Edition = gather(shipped(), length=length)
    return make_file(shipped(), edition_of, to, cite, drawings_for(shipped(), edition_of))
