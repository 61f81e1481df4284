"""Stage 9: the content of a handout in, Markdown out, through a template; whatever the story's text holds is escaped.

The Markdown is CommonMark with GFM's tables. The escapes are those of https://spec.commonmark.org/0.31.2/#backslash-escapes
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from retell import steps
from retell.figures import TITLES
from retell.geography import tell_places, tell_road
from retell.prose import set_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.handout.edition import StudentEdition
    from retell.prose import Span, Style
    from retell.steps import Reference, Stretch

TEMPLATES = Path(__file__).parent / "templates"
SPECIAL = re.compile(r"([\\`*_\[\]<>|~$]|&(?=[#\w]))")  # "$" is for readers that set mathematics, as GitHub does
LINE_START = re.compile(r"^(?:([-+=#])|(\d+)([.)])(?=\s|$))")
CLOSING_HASHES = re.compile(r"(#+)$")
CLOSING = re.compile(r"[.,;:!?…)”’]+")
EDGES = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


def write_markdown(edition: StudentEdition) -> str:
    """Set the student's edition."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters.update(escape=escape, heading=heading, told=told, start=at_line_start, codes=codes)
    environment.filters.update(tell_places=tell_places, tell_road=tell_road)
    environment.tests["step"] = _is_step
    text = environment.get_template("student.md.j2").render(edition=edition, titles=TITLES)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def escape(text: str) -> str:
    """Make a text stand for itself inside a line of Markdown, a table's cell included, with quotation marks set."""
    return _escape(set_quotes(" ".join(text.split())))


def heading(text: str) -> str:
    """Make a text stand for itself as a heading, which would lose a last `#`."""
    return CLOSING_HASHES.sub(r"\\\1", escape(text))


def at_line_start(markdown: str) -> str:
    """Keep a line of Markdown from being read as a list, a heading or a rule."""
    return LINE_START.sub(lambda match: f"{match[2] or ''}\\{match[1] or match[3]}", markdown)


def told(stretches: Iterable[Stretch]) -> str:
    """Set claims, each with its citation as a code before the punctuation that ends it: `… at noon [C ¶6].`"""
    return " ".join(map(_stretch, stretches))


def codes(references: Iterable[Reference]) -> str:
    """Set what a text rests on: `[C ¶6; E ¶2–3]`."""
    return f"[{'; '.join(map(str, references))}]"


def _stretch(stretch: Stretch) -> str:
    if not stretch.references:
        return _spans(stretch.spans)
    *body, last = stretch.spans
    if body and CLOSING.fullmatch(last.text):
        return f"{_spans(body)} {codes(stretch.references)}{last.text}"
    return f"{_spans(stretch.spans)} {codes(stretch.references)}"


def _spans(spans: Iterable[Span]) -> str:
    """Set spans; neighbours of one style become one, for `*a**b*` would be read as `a**b`."""
    runs = groupby(spans, key=lambda span: span.style)
    return "".join(_run("".join(span.text for span in run), style) for style, run in runs)


def _run(text: str, style: Style) -> str:
    """Set a run of one style; emphasis begins and ends at a letter, since next to other marks it is not seen."""
    edges = EDGES.fullmatch(text) if style == "emphasis" else None
    if edges is None or not edges[2]:
        return _escape(text)
    return f"{_escape(edges[1])}*{_escape(edges[2])}*{_escape(edges[3])}"


def _escape(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def _is_step(value: object, name: str) -> bool:
    return isinstance(value, getattr(steps, name))
