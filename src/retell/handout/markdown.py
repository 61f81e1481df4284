"""Stage 9: the content of a handout in, Markdown out, through a template; whatever the story's text holds is escaped.

The Markdown is CommonMark with GFM's tables. The escapes are those of https://spec.commonmark.org/0.31.2/#backslash-escapes
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from retell import steps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.handout.edition import StudentEdition
    from retell.prose import Span
    from retell.steps import Reference, Stretch

TEMPLATES = Path(__file__).parent / "templates"
SPECIAL = re.compile(r"([\\`*_\[\]<>|~]|&(?=[#\w]))")
LINE_START = re.compile(r"^(\s*)(?:([-+=#])|(\d+)([.)])(?=\s|$))")


def write_markdown(edition: StudentEdition) -> str:
    """Set the student's edition."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters.update(escape=escape, told=told, start=at_line_start)
    environment.tests["step"] = _is_step
    text = environment.get_template("student.md.j2").render(edition=edition)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def escape(text: str) -> str:
    """Make a text stand for itself inside a line of Markdown, a table's cell included."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def at_line_start(markdown: str) -> str:
    """Keep a line of Markdown from being read as a list, a heading or a rule."""
    return LINE_START.sub(lambda match: f"{match[1]}{match[3] or ''}\\{match[2] or match[4]}", markdown)


def told(stretches: Iterable[Stretch]) -> str:
    """Set claims, each with its citation as a code before the punctuation that ends it: `… at noon [C ¶6].`"""
    return " ".join(map(_stretch, stretches))


def _stretch(stretch: Stretch) -> str:
    *body, last = stretch.spans
    cited = _codes(stretch.references)
    text = "".join(map(_span, body))
    if cited and re.fullmatch(r"[.,;:!?…)”’]+", last.text):
        return f"{text} {cited}{escape(last.text)}"
    return f"{text}{_span(last)} {cited}".rstrip()


def _codes(references: Iterable[Reference]) -> str:
    codes = "; ".join(map(str, references))
    return f"[{codes}]" if codes else ""


def _span(span: Span) -> str:
    text = escape_inside(span.text)
    if span.style != "emphasis" or not text.strip():
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}*{text.strip()}*{after}"


def escape_inside(text: str) -> str:
    """Escape a part of a line, its outer spaces kept."""
    return SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _is_step(value: object, name: str) -> bool:
    return isinstance(value, getattr(steps, name))
