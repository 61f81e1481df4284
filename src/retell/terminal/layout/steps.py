"""Draw a step of the telling as lines for a width in columns; `frame` knows what has room where in it."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import msgspec
from rich.cells import cell_len

from retell.script import steps
from retell.script.titlepage import LengthStep, TitleStep
from retell.story.columns import plural
from retell.story.kinds import together
from retell.story.prose import Span
from retell.story.typography import in_capitals
from retell.terminal.layout import references
from retell.terminal.layout.frame import BAR, GAP, Frame
from retell.terminal.layout.lines import (
    BLANK,
    Line,
    Piece,
    breathe_after,
    cut_words,
    end_claim,
    indent_line,
    keep,
    set_text,
    with_pieces,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retell.script.steps import Step, Stretch
    from retell.story.references import Reference

NARROWEST_COLUMN = 30  # design: accounts side by side when each column has 30 characters


def draw(step: Step | TitleStep | LengthStep, width: int, *, columns: bool = True, minutes: int = 0) -> list[Line]:
    """Lay a step out for a screen that many columns wide; without `columns` it is read as plain text."""
    return lay(step, Frame(width, columns, columns, minutes))


def lay(step: Step | TitleStep | LengthStep, frame: Frame) -> list[Line]:
    """Lay a step out in a frame."""
    return DRAWN_BY[type(step)](frame, step)


def _title(frame: Frame, step: TitleStep) -> list[Line]:
    return [
        *[BLANK] * frame.above,
        *frame.centred(in_capitals(step.title), "title"),
        *frame.centred(step.subtitle),
        *([BLANK] if frame.airy else []),
        BLANK,
        *frame.centred(step.question, "emphasis"),
        *([BLANK] if frame.airy else []),
        BLANK,
        *frame.text(step.about),
        BLANK,
    ]


def _length(frame: Frame, step: LengthStep) -> list[Line]:
    length = plural(step.scenes, "scene")
    if frame.minutes:
        length += f" · about {plural(frame.minutes, 'minute')}"
    return [*frame.centred(length, "quiet"), BLANK]


def _phase(frame: Frame, step: steps.PhaseStep) -> list[Line]:
    if step.frame:
        return []
    return keep([BLANK, *frame.centred(step.title, "phase"), *frame.centred(step.span, "quiet"), BLANK])


def _scene(frame: Frame, step: steps.SceneStep) -> list[Line]:
    where = " · ".join(filter(None, (step.when, step.where)))
    lines = [
        *(_running_head(frame, step) if frame.page else _rule(frame, step)),
        *frame.text(step.title, "scene"),
        *(frame.text(where, "quiet") if where else []),
        *(frame.text(f"told by one {step.only}", "cite") if step.only else []),
        BLANK,
    ]
    return keep(lines)


def _which(step: steps.SceneStep) -> str:
    """Say which scene it is; an author may look at one that the story does not list yet."""
    return f"Scene {step.place.number} of {step.of}" if step.place.number else "A scene that is not in the list"


def _rule(frame: Frame, step: steps.SceneStep) -> list[Line]:
    """Draw what stands over a scene's title in a telling that is no page."""
    rule = Line((Piece(" " * frame.margin + "─" * min(24, frame.measure), "quiet"),))
    return [rule, *frame.text(_which(step), "quiet")]


def _running_head(frame: Frame, step: steps.SceneStep) -> list[Line]:
    """Draw the phase and the scene's number over a line that says how far the story is."""
    wide = frame.across
    number = _which(step)
    between = wide - cell_len(step.phase) - cell_len(number)
    head = f"{step.phase}{' ' * between}{number}" if between >= GAP and step.phase else f"{number:>{wide}}"
    told = wide * (step.place.number - 1) // max(step.of, 1)
    rule = (Piece("━" * told, "quiet"), Piece("─" * (wide - told), "quiet"))
    blank = [BLANK] if frame.airy else []
    return [*blank, *(indent_line(Line(row), frame.margin) for row in ((Piece(head, "quiet"),), rule)), *blank]


def _say(frame: Frame, step: steps.SayStep) -> list[Line]:
    body = frame.set(_stretch_words(step.stretches, frame.barred))
    return [*_cited(frame, body, step.stretches, step.note), BLANK]


def _quote(frame: Frame, step: steps.QuoteStep) -> list[Line]:
    indent = 4 if frame.width >= 40 else 2
    wide = max(frame.measure - indent, 1)
    quoted = _ended(cut_words([Span(step.quote)], "quote", paced=True), step.references, frame.barred)
    spoken = [*keep(wrap(quoted, wide)), *set_text(f"— {step.speaker}", wide, "speaker")]
    if frame.barred:
        spoken, indent = _behind_bar(spoken), indent - len(BAR)
    lead = keep(frame.text(step.lead, paced=True))
    body = [*lead, *(indent_line(line, frame.margin + indent) for line in spoken)]
    return [*_cited(frame, body, [step], step.note), BLANK]


def _accounts(frame: Frame, step: steps.AccountsStep) -> list[Line]:
    lines = keep([*breathe_after(frame.text(step.question, "scene", paced=True)), BLANK])
    fitting = _columns(frame, len(step.accounts))
    if fitting > 1:
        wide = (frame.across - GAP * (fitting - 1)) // fitting
        for start in range(0, len(step.accounts), fitting):
            drawn = [_account(wide, account) for account in step.accounts[start : start + fitting]]
            lines += [indent_line(line, frame.margin) for line in _beside(drawn, wide)]
            lines.append(BLANK)
    else:
        for account in step.accounts:
            stacked = _account(frame.measure, account, barred=frame.barred)
            lines += [*(indent_line(line, frame.margin) for line in stacked), BLANK]
    for label, text in step.labelled:
        lines += frame.hung(f"{label} {text}", "quiet", paced=True)
    return [*lines, BLANK] if step.labelled else lines


def _columns(frame: Frame, accounts: int) -> int:
    """Return how many accounts fit side by side; the rows are kept even: four stand two and two."""
    if frame.stacked or not frame.columns:
        return 1
    fit = max(1, min(accounts, (frame.across + GAP) // (NARROWEST_COLUMN + GAP)))
    rows = -(-accounts // fit)
    return -(-accounts // rows)


def _account(width: int, account: steps.Account, *, barred: bool = True) -> list[Line]:
    """Draw an account in so many columns, behind a bar."""
    wide = max(width - len(BAR) * barred, 1)
    told = breathe_after(wrap(_stretch_words(account.stretches, barred), wide))
    cited = references.under((stretch.references for stretch in account.stretches), wide) if barred else []
    lines = [*keep(set_text(account.voice, wide, "speaker")), *_kept_with(told, cited)]
    return _behind_bar(lines) if barred else lines


def _behind_bar(lines: Iterable[Line]) -> list[Line]:
    return [with_pieces(line, (Piece(BAR, "bar"), *line.pieces)) for line in lines]


def _kept_with(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """Put lines under others, the last of which is not parted from them."""
    return [*lines[:-1], *(keep(lines[-1:]) if others else lines[-1:]), *others]


def _beside(columns: Sequence[list[Line]], width: int) -> list[Line]:
    rows = []
    for row in zip_longest(*columns, fillvalue=BLANK):
        pieces: list[Piece] = []
        for turn, line in enumerate(row, 1):
            pieces += [msgspec.structs.replace(piece, turn=turn) for piece in line.pieces]
            if turn < len(row):
                pieces.append(Piece(" " * (width + GAP - cell_len(line.text))))
        rows.append(Line(tuple(pieces), kept=any(line.kept for line in row)))
    return rows


def _aside(frame: Frame, step: steps.AsideStep) -> list[Line]:
    if not frame.barred:
        return [*frame.text(f"Aside: {step.text}", "aside", indent=2, paced=True), BLANK]
    return [*frame.text(step.text, "aside", indent=4 if frame.page and frame.margin else 2, paced=True), BLANK]


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


def _cited(frame: Frame, body: list[Line], claims: Iterable[Stretch | steps.QuoteStep], note: str) -> list[Line]:
    """Add what the claims rest on, beside their lines where there is a margin, else under all; and how it is known.

    In plain text it stands behind each of them already.
    """
    hung = [*([BLANK] if frame.airy else []), *frame.hung(f"How we know: {note}", "quiet")] if note else []
    if not frame.barred:
        return [*body, *hung]
    if frame.notes_wide:
        return references.beside([*body, *hung], frame)
    cited = references.under((claim.references for claim in claims), frame.measure)
    return [*_kept_with(body, [indent_line(line, frame.margin) for line in cited]), *hung]


def _stretch_words(stretches: Iterable[Stretch], barred: bool) -> list[tuple[Piece, ...]]:
    return [
        word
        for stretch in stretches
        for word in _ended(cut_words(stretch.spans, "", paced=True), stretch.references, barred)
    ]


def _ended(words: list[tuple[Piece, ...]], cited: tuple[Reference, ...], barred: bool) -> list[tuple[Piece, ...]]:
    """End a claim with what it rests on: seen in plain text, elsewhere noted for whoever draws it."""
    return end_claim(words, cited) if barred else references.inline(words, cited)


DRAWN_BY: dict[type, Callable[[Frame, Any], list[Line]]] = {
    TitleStep: _title,
    LengthStep: _length,
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
