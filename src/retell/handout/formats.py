"""Stage 11: an edition and a teacher's wishes in, the bytes of a file out: Markdown, or what is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from retell.prose import set_quotes

if TYPE_CHECKING:
    from retell.handout.citing import StyleName
    from retell.handout.edition import StudentEdition
    from retell.library import Library

Format: TypeAlias = Literal["md", "html", "docx"]
Cite: TypeAlias = Literal["codes", "footnotes", "pandoc"]
FORMATS: tuple[Format, ...] = get_args(Format)
CITES: tuple[Cite, ...] = get_args(Cite)


def citing_for(to: Format, cite: Cite) -> StyleName:
    """Say how citations are set in a format: a web page has only codes, and where there are links, codes are links."""
    if to == "html" or (to == "docx" and cite == "codes"):
        return "links"
    return cite


def make_file(library: Library, edition: StudentEdition, to: Format, cite: Cite) -> bytes:
    """Give the bytes of a handout; raises RetellError for a Word file where Pandoc is not installed."""
    # a help page that lists the formats does not wait for templates, nor Markdown for what the others need
    from retell.handout.citing import citing_style  # noqa: PLC0415
    from retell.handout.markdown import write_markdown  # noqa: PLC0415

    markdown = write_markdown(edition, citing_style(citing_for(to, cite), library))
    if to == "html":
        from retell.handout.webpage import write_page  # noqa: PLC0415

        return write_page(markdown, _languages(edition), {}).encode()
    if to == "docx":
        from retell.handout.wordfile import write_word_file  # noqa: PLC0415

        return write_word_file(markdown, {})
    return markdown.encode()


def _languages(edition: StudentEdition) -> dict[str, str]:
    """Give the places' own names with their languages."""
    names = [(place.armenian, "hy") for place in edition.places]
    names += [(place.azerbaijani, "az") for place in edition.places]
    return {set_quotes(name): language for name, language in names}
