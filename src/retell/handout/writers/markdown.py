"""Stage 9: the content of a handout in, Markdown out, through a template; whatever the story's text holds is escaped.

The Markdown is CommonMark with GFM's tables, and is read the same by Pandoc.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from retell.figures import TITLES
from retell.figures.map import tell_places, tell_road
from retell.handout.templating import our_templates
from retell.handout.writers.citation_styles import CODES
from retell.handout.writers.escaping import at_line_start, code, escape, escape_set, heading
from retell.script.steps import ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retell.handout.grid import Cell
    from retell.handout.packets import Plan
    from retell.handout.student import StudentEdition
    from retell.handout.teacher import TeacherEdition
    from retell.handout.writers.citation_styles import CitingStyle
    from retell.script.steps import Step, Stretch
    from retell.story.prose import Span, Style

PIECES = 1000  # a step of the story is one
CLOSING = re.compile(r"[.,;:!?…)”’]+")
EDGES = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


class Picture(NamedTuple):
    """Where a picture of a figure is found from the handout, as in a link, and what it shows, in words."""

    address: str
    alternative: str


NO_PICTURES: Mapping[str, Picture] = {}


def write_markdown(
    edition: StudentEdition | TeacherEdition | Plan,
    style: CitingStyle = CODES,
    pictures: Mapping[str, Picture] = NO_PICTURES,
) -> str:
    """Set an edition, or the plan of a folder of packets, as one text; see `set_markdown`."""
    return "".join(set_markdown(edition, style, pictures))


def set_markdown(
    edition: StudentEdition | TeacherEdition | Plan,
    style: CitingStyle = CODES,
    pictures: Mapping[str, Picture] = NO_PICTURES,
) -> Iterator[str]:
    """Set an edition, or the plan of a folder of packets, its citations in a style that was made for it.

    It is given in pieces, for a long story is not held whole. `pictures` gives those of the figures that are drawn, by
    their names; the others are told in tables and lists.
    """
    environment = our_templates(autoescape=False)  # the filters escape, as Markdown asks for
    environment.filters.update(
        escape=escape, heading=heading, start=at_line_start, told=partial(told, style=style), cited=style.cite
    )
    environment.filters.update(tell_places=tell_places, tell_road=tell_road, cell=cell, kind=_kind, code=code)
    environment.globals.update(style=style, titles=TITLES, pictures=pictures)
    template = environment.get_template(edition.template)
    if before := style.before(edition.heading).strip():
        yield f"{before}\n\n"
    yield from _without_gaps(template.generate(edition=edition))
    yield "\n"
    if after := style.after().strip():
        yield f"\n{after}\n"


def _without_gaps(pieces: Iterator[str]) -> Iterator[str]:
    """Leave one blank line where a template leaves more, and none at the start and at the end."""
    rest = ""  # line ends, which may go on in what follows
    begun = False
    while batch := list(islice(pieces, PIECES)):
        text = rest + "".join(batch)
        if not begun:
            text = text.lstrip("\n")
        whole = text.rstrip("\n")
        rest = text[len(whole) :]
        begun = begun or bool(whole)
        yield re.sub(r"\n{3,}", "\n\n", whole)


def told(stretches: Iterable[Stretch], style: CitingStyle = CODES) -> str:
    """Set claims, each with its citation, as a rule before the punctuation that ends it: `… at noon [C ¶6].`"""
    return " ".join(_stretch(stretch, style) for stretch in stretches)


def cell(cell: Cell) -> str:
    """Set a cell of the grid: `says ¶3, 5–6`, `otherwise ¶2`, or a dash."""
    if cell.verdict == "silent":
        return "–"
    return f"{cell.verdict} ¶{ranges(cell.paragraphs)}" if cell.paragraphs else cell.verdict


def _stretch(stretch: Stretch, style: CitingStyle) -> str:
    if not stretch.references:
        return _spans(stretch.spans)
    citation = style.cite(stretch.references)
    if style.after_stop:
        return f"{_spans(stretch.spans)}{citation}"
    *body, last = stretch.spans
    if body and CLOSING.fullmatch(last.text):
        return f"{_spans(body)} {citation}{last.text}"
    return f"{_spans(stretch.spans)} {citation}"


def _spans(spans: Sequence[Span]) -> str:
    """Set spans; neighbours of one style become one, for `*a**b*` would be read as `a**b`."""
    if len(spans) == 1:
        return _run(spans[0].text, spans[0].style)
    runs = groupby(spans, key=lambda span: span.style)
    return "".join(_run("".join(span.text for span in run), style) for style, run in runs)


def _run(text: str, style: Style) -> str:
    """Set a run of one style; emphasis begins and ends at a letter, since next to other marks it is not seen."""
    if style != "emphasis":
        return escape_set(text)
    edges = EDGES.fullmatch(text)
    if edges is None or not edges[2]:
        return escape_set(text)
    return f"{escape_set(edges[1])}*{escape_set(edges[2])}*{escape_set(edges[3])}"


def _kind(step: Step) -> str:
    """Name the kind of a step: `SayStep`."""
    return type(step).__name__
