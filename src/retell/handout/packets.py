"""Gather a jigsaw: a packet for each phase of the story, one for everyone, the plan, and the key for the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.handout.grid import Grid, blank, fill_grid
from retell.handout.student import (
    Listed,
    StudentEdition,
    edition_of,
    listed_articles,
    map_of,
    timeline_of,
    unknown_of,
)
from retell.handout.teacher import Answers, answers, phases_of
from retell.problems import RetellError
from retell.script.excerpt import Length, excerpt
from retell.script.resolver import accounts_step
from retell.script.steps import AccountsStep, Point
from retell.script.titlepage import TitleStep, length, title_page
from retell.story.invocation import call
from retell.story.kinds import Noun
from retell.story.references import ranges
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.story.told import Told

CLASS_SIZES = range(8, 37)
PLAN, EVERYONE, KEY = "plan", "everyone", "key-for-the-teacher"
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

    `disputed` is whether the story tells a dispute; `call` is how a command line begins that tells this story.
    """

    title: TitleStep
    edition: str
    phases: tuple[str, ...]
    frames: bool
    disputed: bool
    packets: tuple[Packet, ...]
    divisions: tuple[Division, ...]
    noun: Noun
    call: str

    @property
    def heading(self) -> str:
        """The story's title, and what this is."""
        return f"{self.title.title}: plan for a jigsaw (for the teacher)"


class Key(msgspec.Struct, frozen=True):
    """The answers to the questions of each packet, in its own numbers, and the common grid filled in."""

    title: TitleStep
    edition: str
    articles: tuple[Listed, ...]
    packets: tuple[tuple[str, Answers], ...]
    grid: Grid | None

    @property
    def heading(self) -> str:
        """The story's title, and what this is."""
        return f"{self.title.title}: key to the packets (for the teacher)"


def make_packets(told: Told, size: Length = "packet") -> dict[str, StudentEdition | Plan | Key]:
    """Return the files of a jigsaw by their names.

    Where the story has an opening or a close, they are a packet for everyone. Raises RetellError when the story cannot
    be divided.
    """
    phases = phases_of(told)
    if not phases:
        raise RetellError("this story has no parts to make packets of: give it a phase that is no frame")
    whole = excerpt(told)
    grid = fill_grid(whole, set(_common(whole)), events=False)
    listed: list[Packet] = []
    keys: list[tuple[str, Answers]] = []
    made: dict[str, StudentEdition | Plan | Key] = {}
    if framing := [phase.id for phase in phases_of(told, frame=True)]:
        shown: Length = "short" if size == "packet" else size
        chosen = excerpt(told, framing, shown, also=_common(told))
        made[EVERYONE] = everyone = _for_everyone(edition_of(chosen, told, framing, shown), told, whole, grid)
        listed.append(_packet(chosen, EVERYONE, "everyone", everyone))
    for number, phase in enumerate(phases, 1):
        name = f"{number}-{phase.id}"
        chosen = excerpt(told, [phase.id], size)
        made[name] = edition = edition_of(chosen, told, [phase.id], size)
        listed.append(_packet(chosen, name, phase.title, edition))
        keys.append((f"{name}: {set_line(phase.title)}", answers(chosen)))
    title, dated = title_page(told.story), str(told.story.edition)
    key = Key(title, dated, listed_articles(whole), tuple(keys), grid)
    return {PLAN: _plan(told, listed), KEY: key, **made}


def _for_everyone(framing: StudentEdition, told: Told, whole: Told, grid: Grid | None) -> StudentEdition:
    """Return the opening and the close, with what the mixed groups need of the whole story."""
    part = msgspec.structs.replace(framing.part, title="for everyone") if framing.part else None
    in_short = excerpt(told, length="short")
    return msgspec.structs.replace(
        framing,
        part=part,
        articles=listed_articles(whole),
        timeline=timeline_of(whole),
        map=map_of(whole if framing.length == "full" else in_short),
        grid=blank(grid),
        disputes=tuple(_told(told, _common(told))),
        task=set_line(told.lesson.task),
        starters=tuple(map(set_line, told.lesson.starters)),
        unknown=unknown_of(in_short),
        common=True,
        questions=framing.questions if framing.length == "full" else (),
    )


def _common(told: Told) -> tuple[str, ...]:
    """Return the disputes of the common grid: for each phase one, marked short or else with the most to compare."""
    of_phase: dict[str, list[str]] = {}
    for name, scene in told.told_first.items():
        of_phase.setdefault(scene.phase, []).append(name)

    def weight(name: str) -> tuple[bool, int]:
        dispute = told.disputes[name]
        return dispute.short, len(dispute.claims) or len(dispute.positions)

    return tuple(max(of_phase[phase.id], key=weight) for phase in phases_of(told) if phase.id in of_phase)


def _told(told: Told, disputes: Iterable[str]) -> Iterator[AccountsStep]:
    """Yield disputes as they are told, each with the number of its scene."""
    for name in disputes:
        scene = told.told_first[name]
        yield accounts_step(told, Point(scene.id, scene.number), told.disputes[name])


def _packet(chosen: Told, name: str, audience: str, edition: StudentEdition) -> Packet:
    words = length(edition.steps).words
    if edition.length == "short":
        words += sum(scene.gist.words for scene in chosen.scenes)
    codes = tuple(listed.article.code for listed in edition.articles)
    return Packet(name, set_line(audience), ranges(scene.number for scene in chosen.scenes), codes, round(words, -1))


def _plan(told: Told, packets: list[Packet]) -> Plan:
    phases = phases_of(told)
    return Plan(
        title=title_page(told.story),
        edition=str(told.story.edition),
        phases=tuple(set_line(phase.title) for phase in phases),
        frames=bool(phases_of(told, frame=True)),
        disputed=bool(told.told_disputes),
        packets=tuple(packets),
        divisions=tuple(divide(students, len(phases)) for students in CLASS_SIZES if students >= 2 * len(phases)),
        noun=told.noun,
        call=call(told.root),
    )


def divide(students: int, packets: int) -> Division:
    """Divide a class into a group for each packet, then into mixed groups that have somebody from each of them.

    There are at least as many students as packets.
    """
    return Division(students, _groups(students, packets), _groups(students, max(1, students // packets)))


def _groups(students: int, groups: int) -> str:
    """Return how many groups of which size there are: `3 of 5 and 1 of 6`."""
    size, larger = divmod(students, groups)
    counts = [(groups - larger, size), (larger, size + 1)]
    return " and ".join(f"{count} of {each}" for count, each in counts if count)
