"""The story on paper: each step of it as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.figures import TITLES
from retell.handout.pages.pieces import figure
from retell.handout.tree import (
    Block,
    Cell,
    Citation,
    Emphasis,
    Heading,
    Quotation,
    Row,
    Stretches,
    Strong,
    Table,
    cells,
    paragraph,
    row,
)
from retell.script.selection import of_kind
from retell.script.steps import AccountsStep, AsideStep, PhaseStep, QuoteStep, SayStep, SceneStep, Step, VoicesStep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from retell.handout.drawings import Drawing

MOST_BESIDE = 3  # accounts that a page is wide enough for


def story(steps: Iterable[Step], drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    """Tell steps; a figure that stands elsewhere in the handout, and silence, are nothing on paper."""
    for step in steps:
        if isinstance(step, VoicesStep):
            yield from _voices(step, drawings)
        elif tell := TELLERS.get(type(step)):
            yield from tell(step)


def _say(step: SayStep) -> Iterator[Block]:
    yield paragraph(Stretches(step.stretches))
    yield from _note(step.note)


def _quote(step: QuoteStep) -> Iterator[Block]:
    yield paragraph(step.lead)
    speaker = paragraph(f"— {step.speaker} ", Citation(step.references))
    yield Quotation((paragraph(step.quote), speaker))
    yield from _note(step.note)


def _accounts(step: AccountsStep) -> Iterator[Block]:
    yield paragraph(Strong(step.question))
    yield from accounts(step)


def _aside(step: AsideStep) -> Iterator[Block]:
    yield paragraph(Emphasis(step.text))


def _phase(step: PhaseStep) -> Iterator[Block]:
    yield Heading(3, step.title)
    if step.span:
        yield paragraph(Emphasis(step.span))


def _scene(step: SceneStep) -> Iterator[Block]:
    yield Heading(4, f"{step.place.number}. {step.title}")
    only = f"told by one {step.only}" if step.only else ""
    if facts := " · ".join(filter(None, (step.when, step.where, only))):
        yield paragraph(Emphasis(facts))


def _note(note: str) -> Iterator[Block]:
    if note:
        yield paragraph(Emphasis(f"How we know: {note}"))


def _voices(step: VoicesStep, drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    if not step.balance.sides:
        return
    yield paragraph(Strong(TITLES["voices"]))
    if "voices" in drawings:
        yield figure(drawings["voices"])
    else:
        rows = (row(share.name, str(share.times), step.balance.part(share)) for share in step.balance.sides)
        yield Table(cells("Side", "Times heard", "Part"), tuple(rows))


def accounts(step: AccountsStep) -> Iterator[Block]:
    """Set the accounts of a dispute beside each other, or under each other where they are many."""
    told = [Cell((Stretches(account.stretches),)) for account in step.accounts]
    voices = cells(*(account.voice for account in step.accounts))
    if len(told) <= MOST_BESIDE:
        yield Table(voices, (Row(tuple(told)),))
    else:
        yield Table(cells("Voice", "Account"), tuple(map(Row, zip(voices, told, strict=True))))
    if step.notice:
        yield paragraph(Emphasis("To notice:"), f" {step.notice}")
    if step.silent:
        yield paragraph(Emphasis(f"Not heard in our {step.among}:"), f" {step.silent}")


def disputes(steps: Iterable[Step]) -> Iterator[Block]:
    """Tell the disputes alone, each under its question."""
    for step in of_kind(steps, AccountsStep):
        yield Heading(3, f"{step.question} (scene {step.place.number})")
        yield from accounts(step)


TELLERS: dict[type[Step], Callable[..., Iterator[Block]]] = {
    SayStep: _say,
    QuoteStep: _quote,
    AccountsStep: _accounts,
    AsideStep: _aside,
    SceneStep: _scene,
    PhaseStep: _phase,
}
