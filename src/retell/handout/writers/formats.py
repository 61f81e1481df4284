"""Stage 11: an edition and a teacher's wishes in, the bytes of a file out: Markdown, or what is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from retell.story.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retell.handout.drawings import Drawing
    from retell.handout.packets import Plan
    from retell.handout.student import StudentEdition
    from retell.handout.teacher import TeacherEdition
    from retell.handout.writers.citation_styles import StyleName
    from retell.story.told import Told

    Document: TypeAlias = StudentEdition | TeacherEdition | Plan

Format: TypeAlias = Literal["md", "html", "docx"]
Cite: TypeAlias = Literal["codes", "footnotes", "pandoc"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[str, Format] = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".docx": "docx"}
CITES: tuple[Cite, ...] = get_args(Cite)
NO_DRAWINGS: Mapping[str, Drawing] = {}


def citing_for(to: Format, cite: Cite) -> StyleName:
    """Say how citations are set in a format: a web page has only codes, and where there are links, codes are links."""
    if to == "html" or (to == "docx" and cite == "codes"):
        return "links"
    return cite


def make_file(
    told: Told, edition: Document, to: Format, cite: Cite, drawings: Mapping[str, Drawing] = NO_DRAWINGS
) -> bytes:
    """Give the bytes of a handout; raises RetellError for a Word file where Pandoc is not installed.

    `drawings` gives the figures that are drawn, by the addresses at which Markdown finds their files; a web page and a
    Word file have them inside. A figure that is not drawn is told in tables and lists.
    """
    # a help page that lists the formats does not wait for templates, nor Markdown for what the others need
    from retell.handout.writers.citation_styles import citing_style  # noqa: PLC0415
    from retell.handout.writers.markdown import Picture, set_markdown  # noqa: PLC0415

    pictures = {drawing.name: Picture(address, drawing.alternative) for address, drawing in drawings.items()}
    pieces = set_markdown(edition, citing_style(citing_for(to, cite), told), pictures)
    data = b"".join(piece.encode() for piece in pieces)
    if to == "md":
        return data
    figures = {address: drawings[address].svg for address in shown(data, drawings)}
    if to == "html":
        from retell.handout.writers.html import write_page  # noqa: PLC0415

        return write_page(data.decode(), _languages(told), figures).encode()
    from retell.handout.writers.docx import write_word_file  # noqa: PLC0415

    return write_word_file(data.decode(), figures, _languages(told))


def shown(markdown: bytes, addresses: Iterable[str]) -> list[str]:
    """Give those of the addresses at which a handout shows a picture."""
    return [address for address in addresses if f"]({address})".encode() in markdown]


def _languages(told: Told) -> dict[str, str]:
    """Give the places' own names with their languages."""
    places = told.places.values()
    names = [(place.armenian, "hy") for place in places if place.armenian]
    names += [(place.azerbaijani, "az") for place in places if place.azerbaijani]
    return {set_line(name): language for name, language in names}
