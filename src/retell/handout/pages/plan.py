"""The plan and the key that lie beside the packets, for the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout.pages.pieces import closing, sources
from retell.handout.pages.student import citing_passage
from retell.handout.pages.teacher import answered_questions, by_part, filled_grid, long_plan
from retell.handout.passages import passage
from retell.handout.student import noun_of_listed
from retell.handout.tree import Block, Document, Heading, Strong, Table, cells, paragraph, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.handout.choices import Cite
    from retell.handout.packets import Key, Plan


def plan_document(plan: Plan, cite: Cite) -> Document:
    """Return the plan as a document."""
    return Document(plan.heading, tuple(_blocks(plan, cite)), closing(plan.title.title, plan.edition))


def key_document(key: Key, cite: Cite) -> Document:
    """Return the key as a document."""
    return Document(key.heading, tuple(_keys(key, cite)), closing(key.title.title, key.edition))


def _keys(key: Key, cite: Cite) -> Iterator[Block]:
    yield paragraph(Strong("Do not hand this out: it holds the answers."))
    for name, questions in key.packets:
        yield Heading(2, name)
        yield from answered_questions(questions)
    yield from filled_grid(key.grid, cite, noun_of_listed(key.articles))
    yield from sources(key.articles, cite, notes=False)


def _blocks(plan: Plan, cite: Cite) -> Iterator[Block]:
    yield paragraph(Strong("Central question:"), f" {plan.title.question}")
    yield from passage("answers-elsewhere", call=plan.call, **plan.noun.values)
    yield Heading(2, "The packets")
    listed = (
        row(packet.name, packet.audience, packet.scenes, ", ".join(packet.codes), f"about {packet.words}")
        for packet in plan.packets
    )
    yield Table(cells("File", "For", "Scenes", plan.noun.many.capitalize(), "Words of the story"), tuple(listed))
    if plan.frames:
        disputes = "a dispute of each part with its accounts, " if plan.disputed else ""
        sheet = "the sheet for the controversy, " if plan.disputed else ""
        yield from passage("for-everyone", disputes=disputes, sheet=sheet)
    yield Heading(2, "The groups")
    yield from by_part(plan.phases, plan.noun)
    if plan.divisions:
        divided = (row(str(each.students), each.experts, each.mixed) for each in plan.divisions)
        yield Table(cells("Students", "Groups of experts", "Mixed groups"), tuple(divided))
    yield Heading(2, "The steps, in 90 minutes")
    yield from long_plan(plan, cite, plan.noun)
    if plan.disputed:
        yield Heading(2, "The controversy, step by step")
        yield from citing_passage("controversy", cite, plan.noun)
    yield Heading(2, "Before you teach this")
    yield from citing_passage("before-you-teach", cite, plan.noun)
