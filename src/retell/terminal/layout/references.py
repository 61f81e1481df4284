"""Draw what claims rest on: under a beat, or in the margin beside it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len

from retell.story.references import Reference
from retell.terminal.layout.lines import BLANK, Line, Piece, set_text, with_pieces, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retell.terminal.layout.frame import Frame

Word = tuple[Piece, ...]
ENDS = ".,;:!?…"  # what ends a claim; a closing quotation mark belongs to its words
LONGEST = 20  # columns of a citation that is not broken in a text
HANG = 2  # columns by which what goes on in another line of the margin is moved to the right


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


def inline(words: list[Word], references: Sequence[Reference]) -> list[Word]:
    """Put in brackets behind the words of a claim what it rests on, but before what ends it; for plain text."""
    if not references or not words:
        return words
    *others, last_one = map(str, references)
    cited = [word for one in (*(f"{other};" for other in others), f"{last_one}]") for word in _unbroken(one)]
    cited[0] = f"[{cited[0]}"
    codes: list[Word] = [(Piece(text, "cite"),) for text in cited]
    *before, last = words[-1]
    if before and not last.text.strip(ENDS):
        return [*words[:-1], tuple(before), *codes[:-1], (*codes[-1], last)]
    return [*words, *codes]


def under(groups: Iterable[tuple[Reference, ...]], width: int) -> list[Line]:
    """List what a beat rests on, in lines of a width in columns, to stand under it."""
    return wrap(_words(join(chain.from_iterable(groups))), width)


def beside(lines: Sequence[Line], frame: Frame) -> list[Line]:
    """Set in the margin what the claims that end on a line rest on, one a line, and on down the margin.

    An outlet is named where its article stands there for the first time.
    """
    waiting: list[Line] = []
    rows: list[Line] = []
    named = set(frame.named)
    for line in lines:
        for one in join(reference for piece in line.pieces for reference in piece.references):
            waiting += _note(one, frame.notes_wide, outlet=one.code not in named)
            named.add(one.code)
        rows.append(_with_note(line, waiting.pop(0), frame.notes) if waiting else line)
    return rows + [_with_note(BLANK, note, frame.notes) for note in waiting]


def _note(reference: Reference, width: int, *, outlet: bool) -> list[Line]:
    """Set one citation in the margin; what has no room in its line stands under it, moved to the right."""
    cited, named = str(reference), reference.outlet if outlet else ""
    whole = f"{cited} {named}".rstrip()
    if cell_len(whole) <= width:
        return set_text(whole, width, "cite")
    if cited == reference.code:
        return set_text(whole, width, "cite", hang=HANG)
    return [*set_text(cited, width, "cite", hang=HANG), *set_text(named, width, "cite", indent=HANG)]


def _with_note(line: Line, note: Line, column: int) -> Line:
    return with_pieces(line, (*line.pieces, Piece(" " * (column - cell_len(line.text))), *note.pieces))


def _unbroken(citation: str) -> list[str]:
    """Return a citation as one word, or, where it is long, as several."""
    return [citation] if cell_len(citation) <= LONGEST else citation.split(" ")


def _words(references: Sequence[Reference]) -> list[Word]:
    """Cut references into words between which a line may end; a code stays with its first paragraph."""
    words: list[str] = []
    for reference in references:
        code, *numbers = str(reference).split(" ")
        words += [" ".join([code, *numbers[:1]]), *numbers[1:]]
        if reference is not references[-1]:
            words[-1] += " ·"
    return [(Piece(word, "cite"),) for word in words]
