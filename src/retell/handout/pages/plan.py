"""The plan that lies beside the packets, for the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout.pages.pieces import closing
from retell.handout.pages.teacher import by_part, long_plan
from retell.handout.passages import passage
from retell.handout.tree import Block, Document, Heading, Strong, Table, cells, paragraph, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.handout.packets import Plan


def plan_document(plan: Plan) -> Document:
    """Return the plan as a document."""
    return Document(plan.heading, tuple(_blocks(plan)), closing(plan.title.title, plan.edition))


def _blocks(plan: Plan) -> Iterator[Block]:
    yield paragraph(Strong("Central question:"), f" {plan.title.question}")
    yield from passage("answers-elsewhere", call=plan.call)
    yield Heading(2, "The packets")
    listed = (
        row(packet.name, packet.audience, packet.scenes, ", ".join(packet.codes), f"about {packet.words}")
        for packet in plan.packets
    )
    yield Table(cells("File", "For", "Scenes", "Articles", "Words of the story"), tuple(listed))
    if plan.frames:
        yield from passage("for-everyone")
    yield Heading(2, "The groups")
    yield from by_part(plan.phases)
    if plan.divisions:
        divided = (row(str(each.students), each.experts, each.mixed) for each in plan.divisions)
        yield Table(cells("Students", "Groups of experts", "Mixed groups"), tuple(divided))
    yield Heading(2, "The steps, in 90 minutes")
    yield from long_plan(len(plan.phases), frames=plan.frames)
