"""What a teacher can choose of a handout's file: its format, how it cites, the size of its paper."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

Format: TypeAlias = Literal["md", "html", "docx"]
Cite: TypeAlias = Literal["codes", "footnotes", "pandoc"]
Paper: TypeAlias = Literal["a4", "letter"]
Edition: TypeAlias = Literal["student", "teacher"]

FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[str, Format] = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".docx": "docx"}
CITES: tuple[Cite, ...] = get_args(Cite)
PAPERS: tuple[Paper, ...] = get_args(Paper)


def citing_in(to: Format, cite: Cite) -> Cite:
    """Return the style of citations that a format has, where this one is wished for: a web page has only codes."""
    return "codes" if to == "html" else cite
