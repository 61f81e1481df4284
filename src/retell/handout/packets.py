"""Stage 8: the library in, a jigsaw out: a packet for each phase of the story, one for everyone, and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.handout.student import StudentEdition, student_edition
from retell.handout.teacher import frames, own_phases
from retell.problems import RetellError
from retell.script.excerpt import excerpt
from retell.script.resolver import articles, length, title_page
from retell.script.steps import TitleStep, ranges
from retell.story.invocation import call
from retell.story.prose import set_line

if TYPE_CHECKING:
    from retell.story.library import Library

CLASS_SIZES = (12, 16, 20, 24, 28, 32)
PLAN, EVERYONE = "plan", "everyone"
"""The names of their files."""


class Packet(msgspec.Struct, frozen=True):
    """One packet as the plan lists it; the words are those that it tells of the story, in tens."""

    name: str
    audience: str
    scenes: str
    codes: tuple[str, ...]
    words: int


class Division(msgspec.Struct, frozen=True):
    """How a class of so many students is divided, in words."""

    students: int
    experts: str
    mixed: str


class Plan(msgspec.Struct, frozen=True):
    """What a teacher finds beside the packets; it holds no answer.

    `call` is how a command line begins that tells this story.
    """

    title: TitleStep
    edition: str
    phases: tuple[str, ...]
    frames: bool
    packets: tuple[Packet, ...]
    divisions: tuple[Division, ...]
    call: str

    @property
    def heading(self) -> str:
        """The story's title, and what this is."""
        return f"{self.title.title}: plan for a jigsaw"


def make_packets(library: Library, *, short: bool = False) -> dict[str, StudentEdition | Plan]:
    """Give the plan and the packets of a jigsaw by the names of their files; the library must have passed the check.

    Where the story has an opening or a close, they are a packet for everyone. Raises RetellError when the story cannot
    be divided.
    """
    phases = own_phases(library)
    if not phases:
        raise RetellError("this story has no parts to make packets of: give it a phase that is no frame")
    listed: list[Packet] = []
    made: dict[str, StudentEdition | Plan] = {}
    if framing := [phase.id for phase in frames(library)]:
        made[EVERYONE] = _for_everyone(library, framing, short=short)
        listed.append(_packet(library, EVERYONE, "everyone", framing, short=short))
    for number, phase in enumerate(phases, 1):
        name = f"{number}-{phase.id}"
        made[name] = student_edition(library, [phase.id], short=short)
        listed.append(_packet(library, name, phase.title, [phase.id], short=short))
    return {PLAN: _plan(library, listed), **made}


def _for_everyone(library: Library, framing: list[str], *, short: bool) -> StudentEdition:
    """Give the opening and the close, with what the mixed groups need of the whole story."""
    whole = student_edition(library)
    return msgspec.structs.replace(
        student_edition(library, framing, short=short),
        articles=whole.articles,
        timeline=whole.timeline,
        map=whole.map,
        grid=student_edition(library, short=True).grid,
        task=whole.task,
        starters=whole.starters,
        unknown=whole.unknown,
    )


def _packet(library: Library, name: str, audience: str, parts: list[str], *, short: bool) -> Packet:
    chosen = excerpt(library, parts, short=short)
    words = length(chosen).words
    if short:
        words += sum(scene.form.gist.words for scene in chosen.told())
    numbers = [number for number, _ in chosen.numbered()]
    codes = tuple(article.code for article in articles(library if name == EVERYONE else chosen))
    return Packet(name, set_line(audience), ranges(numbers), codes, round(words, -1))


def _plan(library: Library, packets: list[Packet]) -> Plan:
    assert library.story is not None, "only a whole story is divided"
    phases = own_phases(library)
    return Plan(
        title=title_page(library.story.form),
        edition=str(library.story.form.edition),
        phases=tuple(set_line(phase.title) for phase in phases),
        frames=bool(frames(library)),
        packets=tuple(packets),
        divisions=tuple(divide(students, len(phases)) for students in CLASS_SIZES if students >= 2 * len(phases)),
        call=call(library.root),
    )


def divide(students: int, packets: int) -> Division:
    """Divide a class into a group for each packet, then into mixed groups that have somebody from each of them.

    There are at least as many students as packets.
    """
    return Division(students, _groups(students, packets), _groups(students, max(1, students // packets)))


def _groups(students: int, groups: int) -> str:
    """Say how many groups of which size there are: `3 of 5 and 1 of 6`."""
    size, larger = divmod(students, groups)
    counts = [(groups - larger, size), (larger, size + 1)]
    return " and ".join(f"{count} of {each}" for count, each in counts if count)
