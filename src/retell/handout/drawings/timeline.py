"""Draw moments and phases as bars on one line of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.figures.scale import NOT_TO_SCALE, Scale
from retell.figures.timeline import rows
from retell.handout.drawings.sheet import (
    BLACK,
    LARGE,
    LEADING,
    LIGHT,
    MARGIN,
    SMALL,
    SMALL_LETTER,
    WIDTH,
    Bar,
    Sheet,
    Stroke,
    Words,
    below,
    measure,
    set_lines,
)
from retell.story.dates import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.figures.timeline import Moment, PhaseSpan, Row

TITLES = 90.0  # how wide the column of titles is
NUMBER = 11.0
LEFT = MARGIN + TITLES + 5
LEAST_BAR = 1.5
BAR_HEIGHT = 5.5
GAP = 2.5


def timeline_sheet(moments: Sequence[Moment], spans: Sequence[PhaseSpan]) -> Sheet:
    """Draw the phases and scenes of a story on one scale of time."""
    found = rows(moments, spans)
    scale = Scale.over(found, WIDTH - LEFT - MARGIN)
    first = MARGIN + SMALL * 2 + LARGE
    words: list[Words] = []
    bars: list[Bar] = []
    base = first
    for row in found:
        base += 0 if row.number else GAP
        titles = _titles(row, base)
        bar = _bar(row, scale, base)
        when = _when(row, bar, base)
        words += titles + when
        bars.append(bar)
        base = below([*titles, *when], base) + 0.8
    divisions = scale.divisions(letter=SMALL * SMALL_LETTER)
    words += [Words(LEFT + start, MARGIN + SMALL, ((name, ""),), SMALL) for start, name in divisions]
    line = MARGIN + SMALL + 2.5
    strokes = [Stroke(LEFT + start, line, LEFT + start, base - LARGE, 0.4, "", LIGHT) for start, _ in divisions]
    strokes.append(Stroke(LEFT, line, WIDTH - MARGIN, line))
    if not scale.is_to_scale:
        words += set_lines(NOT_TO_SCALE, LEFT, base, WIDTH - MARGIN - LEFT, size=SMALL)
        base = below(words[-1:], base)
    return Sheet(base - SMALL + MARGIN, tuple(words), tuple(bars), tuple(strokes))


def _titles(row: Row, base: float) -> list[Words]:
    if row.number is None:
        return set_lines(row.title, MARGIN, base, TITLES, size=SMALL, bold=True)
    number = Words(MARGIN, base, ((str(row.number), ""),), SMALL)
    return [number, *set_lines(row.title, MARGIN + NUMBER, base, TITLES - NUMBER, size=SMALL)]


def _bar(row: Row, scale: Scale, base: float) -> Bar:
    start = scale.start(row.first)
    wide = max(LEAST_BAR, scale.end(row.last) - start)
    x = LEFT + min(start, scale.length - wide)
    return Bar(x, base - BAR_HEIGHT + 0.5, wide, BAR_HEIGHT, BLACK if row.number else LIGHT)


def _when(row: Row, bar: Bar, base: float) -> list[Words]:
    """Set a date behind its bar, or before it, or, where neither has room, below."""
    text = shorten(row.when)
    wide = measure(text, SMALL)
    behind, before = bar.x + bar.width + GAP, bar.x - GAP - wide
    if behind + wide <= WIDTH - MARGIN:
        return [Words(behind, base, ((text, ""),), SMALL)]
    if before >= LEFT:
        return [Words(bar.x - GAP, base, ((text, ""),), SMALL, anchor="end")]
    return set_lines(text, LEFT, base + SMALL * LEADING, WIDTH - MARGIN - LEFT, size=SMALL)
