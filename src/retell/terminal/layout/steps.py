"""Draw a step of the telling as lines for a width in columns; `frame` knows what has room where in it."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import msgspec
from rich.cells import cell_len

from retell.script import steps
from retell.story.columns import plural
from retell.story.kinds import together
from retell.story.prose import Span
from retell.terminal.layout import references
from retell.terminal.layout.frame import GAP, MEASURE, WIDEST_ROW, Frame
from retell.terminal.layout.lines import BLANK, Line, Piece, breathe_after, cut_words, end_claim, indent_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retell.script.steps import Step, Stretch

NARROWEST_COLUMN = 30  # design: accounts side by side when each column has 30 characters


def draw(
    step: Step | steps.TitleStep | steps.LengthStep, width: int, *, columns: bool = True, minutes: int = 0
) -> list[Line]:
    """Lay a step out for a screen that many columns wide; without `columns` nothing stands side by side."""
    frame = Frame(width, columns, minutes)
    return DRAWN_BY[type(step)](frame, step)


def _title(frame: Frame, step: steps.TitleStep) -> list[Line]:
    return [
        BLANK,
        *frame.text(step.title.upper(), "title"),
        *frame.text(step.subtitle, "quiet"),
        BLANK,
        *frame.text(step.question, "emphasis"),
        BLANK,
        *frame.text(step.about),
        BLANK,
    ]


def _length(frame: Frame, step: steps.LengthStep) -> list[Line]:
    length = plural(step.scenes, "scene")
    if frame.minutes:
        length += f" · about {plural(frame.minutes, 'minute')}"
    return [*frame.text(length, "quiet"), BLANK]


def _phase(frame: Frame, step: steps.PhaseStep) -> list[Line]:
    if step.frame:
        return []
    return [BLANK, *frame.text(step.title, "phase"), *frame.text(step.span, "quiet"), BLANK]


def _scene(frame: Frame, step: steps.SceneStep) -> list[Line]:
    rule = Line((Piece(" " * frame.margin + "─" * min(24, frame.measure), "quiet"),))
    where = " · ".join(filter(None, (step.when, step.where)))
    return [
        rule,
        *frame.text(f"Scene {step.place.number} of {step.of}", "quiet"),
        *frame.text(step.title, "scene"),
        *(frame.text(where, "quiet") if where else []),
        *(frame.text(f"told by one {step.only}", "cite") if step.only else []),
        BLANK,
    ]


def _say(frame: Frame, step: steps.SayStep) -> list[Line]:
    body = frame.set(_stretch_words(step.stretches))
    return [*_cited(frame, body, step.stretches), *_note(frame, step.note), BLANK]


def _quote(frame: Frame, step: steps.QuoteStep) -> list[Line]:
    indent = 4 if frame.width >= 40 else 2
    quoted = end_claim(cut_words([Span(step.quote)], "quote", paced=True), step.references)
    body = [
        *frame.text(step.lead, paced=True),
        *frame.set(quoted, indent=indent),
        *frame.text(f"— {step.speaker}", "speaker", indent=indent),
    ]
    return [*_cited(frame, body, [step]), *_note(frame, step.note), BLANK]


def _accounts(frame: Frame, step: steps.AccountsStep) -> list[Line]:
    lines = [*breathe_after(frame.text(step.question, "scene", paced=True)), BLANK]
    fitting = _columns(frame, len(step.accounts))
    if fitting > 1:
        wide = (min(WIDEST_ROW, frame.width) - frame.margin - GAP * (fitting - 1)) // fitting
        column = Frame(min(wide, MEASURE), columns=False, minutes=0)
        for start in range(0, len(step.accounts), fitting):
            drawn = [_account(column, account) for account in step.accounts[start : start + fitting]]
            lines += [indent_line(line, frame.margin) for line in _beside(drawn, column.width)]
            lines.append(BLANK)
    else:
        for account in step.accounts:
            lines += [*_account(frame, account), BLANK]
    for label, text in step.labelled:
        lines += frame.text(f"{label} {text}", "quiet", paced=True)
    return [*lines, BLANK] if step.labelled else lines


def _columns(frame: Frame, accounts: int) -> int:
    """Return how many accounts fit side by side; the rows are kept even: four stand two and two."""
    if not frame.columns:
        return 1
    room = min(WIDEST_ROW, frame.width) - frame.margin + GAP
    fit = max(1, min(accounts, room // (NARROWEST_COLUMN + GAP)))
    rows = -(-accounts // fit)
    return -(-accounts // rows)


def _account(frame: Frame, account: steps.Account) -> list[Line]:
    return [
        *frame.text(account.voice, "speaker"),
        *breathe_after(frame.set(_stretch_words(account.stretches))),
        *references.under(frame, (stretch.references for stretch in account.stretches)),
    ]


def _beside(columns: Sequence[list[Line]], width: int) -> list[Line]:
    rows = []
    for row in zip_longest(*columns, fillvalue=BLANK):
        pieces: list[Piece] = []
        for turn, line in enumerate(row, 1):
            pieces += [msgspec.structs.replace(piece, turn=turn) for piece in line.pieces]
            if turn < len(row):
                pieces.append(Piece(" " * (width + GAP - cell_len(line.text))))
        rows.append(Line(tuple(pieces)))
    return rows


def _aside(frame: Frame, step: steps.AsideStep) -> list[Line]:
    return [*frame.text(step.text, "aside", indent=2, paced=True), BLANK]


def _timeline(frame: Frame, step: steps.TimelineStep) -> list[Line]:
    from retell.terminal.layout.timeline import draw_timeline  # noqa: PLC0415 - the first line does not wait for a figure

    here = step.place.number
    plain = not frame.columns
    return frame.figure("timeline", draw_timeline(step.moments, step.spans, frame.room, here=here, plain=plain))


def _map(frame: Frame, step: steps.MapStep) -> list[Line]:
    from retell.terminal.layout.map import draw_map  # noqa: PLC0415

    return frame.figure("map", draw_map(step.map, frame.room, plain=not frame.columns))


def _voices(frame: Frame, step: steps.VoicesStep) -> list[Line]:
    from retell.terminal.layout.voices import draw_voices  # noqa: PLC0415

    return frame.figure("voices", draw_voices(step.balance, frame.room, plain=not frame.columns))


def _pause(frame: Frame, step: steps.PauseStep) -> list[Line]:
    return []


def _sources(frame: Frame, step: steps.SourcesStep) -> list[Line]:
    noun = together(article.noun for article in step.articles)
    lines = [BLANK, *frame.text(f"The {noun.many}", "scene"), BLANK]
    for article in step.articles:
        lines += frame.labelled(f"{article.code}  ", article.title, "cite")
        lines += frame.text(article.line, indent=3)
        for note in article.worked_out:
            lines += frame.text(f"worked out: {note}", "quiet", indent=3)
        lines.append(BLANK)
    return lines


def _note(frame: Frame, note: str) -> list[Line]:
    return frame.text(f"How we know: {note}", "quiet") if note else []


def _cited(frame: Frame, body: list[Line], claims: Iterable[Stretch | steps.QuoteStep]) -> list[Line]:
    """Add what the claims rest on: beside their lines where there is a margin, else under all."""
    if frame.notes:
        return references.beside(body, frame)
    return [*body, *references.under(frame, (claim.references for claim in claims))]


def _stretch_words(stretches: Iterable[Stretch]) -> list[tuple[Piece, ...]]:
    return [
        word
        for stretch in stretches
        for word in end_claim(cut_words(stretch.spans, "", paced=True), stretch.references)
    ]


DRAWN_BY: dict[type, Callable[[Frame, Any], list[Line]]] = {
    steps.TitleStep: _title,
    steps.LengthStep: _length,
    steps.PhaseStep: _phase,
    steps.SceneStep: _scene,
    steps.SayStep: _say,
    steps.QuoteStep: _quote,
    steps.AccountsStep: _accounts,
    steps.AsideStep: _aside,
    steps.TimelineStep: _timeline,
    steps.MapStep: _map,
    steps.VoicesStep: _voices,
    steps.PauseStep: _pause,
    steps.SourcesStep: _sources,
}
