"""Writes editions, and single lines of them, as the command does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from retell.handout.choices import Cite, Format, citing_in
from retell.handout.drawings import Drawing
from retell.handout.pages.edition import Edition, make_document
from retell.handout.tree import Block, Document, Stretches
from retell.handout.writers.citation_styles import CODES, CitingStyle, citing_style
from retell.handout.writers.formats import FileOptions, write_document
from retell.handout.writers.markdown import write_markdown
from retell.script.steps import Stretch
from retell.story.told import Told


def plain_spaces(markdown: str) -> str:
    """Markdown with a plain space for the one at which no line ends, within a code."""
    return markdown.replace("\u00a0¶", " ¶")


def in_markdown(edition: Edition) -> str:
    """An edition with codes, its figures told in words."""
    return plain_spaces(write_markdown(make_document(edition)))


def in_style(library: Told, edition: Edition, cite: Cite) -> str:
    """An edition with citations in a style."""
    return plain_spaces(write_markdown(make_document(edition, cite), citing_style(cite, library)))


def make_file(
    library: Told, edition: Edition, to: Format, cite: Cite, drawings: Mapping[str, Drawing] | None = None
) -> bytes:
    """The bytes of a handout's file."""
    document = make_document(edition, citing_in(to, cite), drawings or {})
    return write_document(library, document, FileOptions(to, citing_in(to, cite)))


def told(stretches: Iterable[Stretch], style: CitingStyle = CODES) -> str:
    """Claims in one line of Markdown."""
    document = Document("T", (), (Stretches(tuple(stretches)),))
    return plain_spaces(write_markdown(document, style)).partition("\n\n")[2].rstrip("\n").partition("\n")[0]


def document_of(*blocks: Block) -> Document:
    """A document of these blocks."""
    return Document("T", blocks, ("End.",))
