"""Draw what claims rest on: under a beat, or in the margin beside it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len

from retell.story.references import Reference
from retell.terminal.layout.lines import BLANK, Line, Piece, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retell.terminal.layout.frame import Frame

Word = tuple[Piece, ...]


def join(references: Iterable[Reference]) -> list[Reference]:
    """Return references in the order of their claims; neighbours of one article share its letter."""
    joined: list[Reference] = []
    for reference in references:
        last = joined[-1] if joined else None
        if last and last.code == reference.code and last.paragraphs and reference.paragraphs:
            numbers = tuple(sorted({*last.paragraphs, *reference.paragraphs}))
            joined[-1] = msgspec.structs.replace(last, paragraphs=numbers)
        else:
            joined.append(reference)
    return list(dict.fromkeys(joined))


def under(frame: Frame, groups: Iterable[tuple[Reference, ...]]) -> list[Line]:
    """List what a beat rests on, to stand under it."""
    return frame.set(_words(join(chain.from_iterable(groups)), outlets=False))


def beside(lines: Sequence[Line], frame: Frame) -> list[Line]:
    """Set in the margin what the claims that end on a line rest on, one a line, and on down the margin."""
    waiting: list[Line] = []
    rows: list[Line] = []
    for line in lines:
        found = join(reference for piece in line.pieces for reference in piece.references)
        waiting += (row for one in found for row in wrap(_words([one], outlets=True), frame.width - frame.notes))
        rows.append(_with_note(line, waiting.pop(0), frame.notes) if waiting else line)
    return rows + [_with_note(BLANK, note, frame.notes) for note in waiting]


def _with_note(line: Line, note: Line, column: int) -> Line:
    return Line((*line.pieces, Piece(" " * (column - cell_len(line.text))), *note.pieces))


def _words(references: Sequence[Reference], *, outlets: bool) -> list[Word]:
    """Cut references into words between which a line may end; a code stays with its first paragraph."""
    words: list[str] = []
    for reference in references:
        code, *numbers = str(reference).split(" ")
        words += [" ".join([code, *numbers[:1]]), *numbers[1:], *(reference.outlet.split() if outlets else ())]
        if reference is not references[-1]:
            words[-1] += " ·"
    return [(Piece(word, "cite"),) for word in words]
