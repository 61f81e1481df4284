"""Draw a statement for a reader to judge, with its paragraphs below it and the words marked that both have."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from retell.copies.search import marked
from retell.files.characters import visible
from retell.story.prose import Span
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK, Line, cut_marked

if TYPE_CHECKING:
    from retell.checks.cases import Case

INDENT = 2


def draw_case(case: Case, width: int, remark: str = "") -> list[Line]:
    """Draw a case in lines of a width in columns; `remark` is what the reader left open at it."""
    frame = Frame(width)
    statement = case.statement
    speaker = f" · {case.speaker} speaks" if case.speaker else ""
    lines = [
        *frame.text(visible(case.title), "scene"),
        *frame.text(f"{statement.name} · {statement.kind}{visible(speaker)}", "quiet"),
        BLANK,
        *(frame.text(visible(case.before), "quiet", indent=INDENT) if case.before else ()),
        *frame.text(visible(statement.text), "quote", indent=INDENT),
        *(frame.text(visible(case.after), "quiet", indent=INDENT) if case.after else ()),
        BLANK,
        *frame.text(f"The program: {case.found}.", "cite"),
    ]
    for problem in case.problems:
        lines += frame.text(visible(problem), "cite", indent=INDENT)
    if remark:
        lines += frame.text(f"You left open: {visible(remark)}", "aside")
    for outlet, paragraphs in groupby(case.paragraphs, key=lambda each: each.outlet):
        lines += [BLANK, *frame.text(visible(outlet), "quiet")]
        for paragraph in paragraphs:
            lines += _paragraph(frame, paragraph.code, visible(paragraph.text), statement.text)
    return lines


def _paragraph(frame: Frame, code: str, text: str, sought: str) -> list[Line]:
    """Draw a paragraph below its code, with the words marked that are looked for."""
    spans = [Span(part, "emphasis" if found else "plain") for part, found in marked(text, sought)]
    return [*frame.text(code, "cite"), *frame.set(cut_marked(spans), indent=INDENT)]
