"""Divide a story for a jigsaw: a packet for each phase, one for everyone, and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.handout.student import StudentEdition, student_edition
from retell.handout.teacher import frames, own_phases
from retell.problems import RetellError
from retell.script.excerpt import excerpt
from retell.script.resolver import length, title_page, write_script
from retell.script.steps import TitleStep
from retell.story.invocation import call
from retell.story.prose import set_line
from retell.story.references import ranges

if TYPE_CHECKING:
    from retell.story.told import Told

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


def make_packets(told: Told, *, short: bool = False) -> dict[str, StudentEdition | Plan]:
    """Return the plan and the packets of a jigsaw by the names of their files.

    Where the story has an opening or a close, they are a packet for everyone. Raises RetellError when the story cannot
    be divided.
    """
    phases = own_phases(told)
    if not phases:
        raise RetellError("this story has no parts to make packets of: give it a phase that is no frame")
    listed: list[Packet] = []
    made: dict[str, StudentEdition | Plan] = {}
    if framing := [phase.id for phase in frames(told)]:
        made[EVERYONE] = _for_everyone(told, framing, short=short)
        listed.append(_packet(told, EVERYONE, "everyone", framing, short=short))
    for number, phase in enumerate(phases, 1):
        name = f"{number}-{phase.id}"
        made[name] = student_edition(told, [phase.id], short=short)
        listed.append(_packet(told, name, phase.title, [phase.id], short=short))
    return {PLAN: _plan(told, listed), **made}


def _for_everyone(told: Told, framing: list[str], *, short: bool) -> StudentEdition:
    """Give the opening and the close, with what the mixed groups need of the whole story."""
    whole = student_edition(told)
    return msgspec.structs.replace(
        student_edition(told, framing, short=short),
        articles=whole.articles,
        timeline=whole.timeline,
        map=whole.map,
        grid=student_edition(told, short=True).grid,
        task=whole.task,
        starters=whole.starters,
        unknown=whole.unknown,
    )


def _packet(told: Told, name: str, audience: str, parts: list[str], *, short: bool) -> Packet:
    chosen = excerpt(told, parts, short=short)
    words = length(write_script(chosen)).words
    if short:
        words += sum(scene.gist.words for scene in chosen.scenes)
    numbers = [scene.number for scene in chosen.scenes]
    codes = tuple(article.code for article in (told if name == EVERYONE else chosen).articles)
    return Packet(name, set_line(audience), ranges(numbers), codes, round(words, -1))


def _plan(told: Told, packets: list[Packet]) -> Plan:
    phases = own_phases(told)
    return Plan(
        title=title_page(told.story),
        edition=str(told.story.edition),
        phases=tuple(set_line(phase.title) for phase in phases),
        frames=bool(frames(told)),
        packets=tuple(packets),
        divisions=tuple(divide(students, len(phases)) for students in CLASS_SIZES if students >= 2 * len(phases)),
        call=call(told.root),
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
