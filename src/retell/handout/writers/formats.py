"""Write a document as the bytes of a file, in the format that a teacher asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from retell.handout.choices import Cite, Format, Paper
    from retell.handout.tree import Document
    from retell.story.told import Told


class FileOptions(NamedTuple):
    """How a document's file is set.

    `folder` is where Markdown finds the figures' files, from its own; the other formats have them inside.
    """

    to: Format
    cite: Cite = "codes"
    folder: str = "figures"
    paper: Paper | None = None


def write_document(told: Told, document: Document, options: FileOptions) -> bytes:
    """Return the bytes of a document's file; raises RetellError for a Word file where Pandoc is not installed."""
    to, cite, folder, paper = options
    # Markdown does not wait for what the others need
    if to == "html":
        from retell.handout.writers.html import write_page  # noqa: PLC0415

        return write_page(document, paper).encode()
    if to == "docx":
        from retell.handout.writers.docx import write_word_file  # noqa: PLC0415

        return write_word_file(document, cite, told, paper or "a4")
    from retell.handout.writers.citation_styles import citing_style  # noqa: PLC0415
    from retell.handout.writers.markdown import write_markdown  # noqa: PLC0415

    return write_markdown(document, citing_style(cite, told), folder).encode()
