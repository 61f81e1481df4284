"""The parts of a Word file that Pandoc takes from us, and what it cannot be told to write: they are set afterwards."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from xml.dom import minidom
from zipfile import ZIP_DEFLATED, ZipFile

from retell.handout.templating import our_templates

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.handout.choices import Paper

SIZES: dict[Paper, dict[str, int]] = {  # in twentieths of a point
    "a4": {"width": 11906, "height": 16838},
    "letter": {"width": 12240, "height": 15840},
}
LETTERS, ROOMY_LETTERS = 20, 24  # how high letters are, in half points: as on the printed page
REFERENCE_PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "word/footer1.xml",
    "word/styles.xml",
)
DOCUMENT, NUMBERING = "word/document.xml", "word/numbering.xml"


def reference_document(title: str, paper: Paper, *, roomy: bool = False) -> bytes:
    """Return the Word file from which Pandoc takes the styles, the size of the page and the line at its foot."""
    target = BytesIO()
    letters = ROOMY_LETTERS if roomy else LETTERS
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for part in REFERENCE_PARTS:
            template = our_templates().get_template(f"word/{part}")
            text = template.render(title=title, paper=SIZES[paper], letters=letters, roomy=roomy)
            archive.writestr(part, text)
    return target.getvalue()


def section_end(paper: Paper, columns: int) -> str:
    """Return the line without height that ends a section of so many columns, in WordprocessingML."""
    section = our_templates().get_template("word/word/section.xml").render(paper=SIZES[paper], columns=columns)
    return f'<w:p><w:pPr><w:pStyle w:val="Space"/>{section}</w:pPr></w:p>'


def finish(made: bytes, *, roomy: bool = False) -> bytes:
    """Return a Word file of Pandoc's whose rows stay whole on a page, and whose lists take no more room than they need.

    ECMA-376 part 1, 17.4.6 (cantSplit) and 17.9.22 (the indent of a level).
    """
    step = 22 * (ROOMY_LETTERS if roomy else LETTERS)  # wide enough for `29.`
    edits: dict[str, Callable[[minidom.Document], None]] = {
        DOCUMENT: _keep_rows,
        NUMBERING: partial(_indent, step=step),
    }
    target = BytesIO()
    with ZipFile(BytesIO(made)) as archive, ZipFile(target, "w", ZIP_DEFLATED) as written:
        for item in archive.infolist():
            data = archive.read(item)
            edit = edits.get(item.filename)
            written.writestr(item, _edited(data, edit) if edit else data, ZIP_DEFLATED)
    return target.getvalue()


def _edited(data: bytes, edit: Callable[[minidom.Document], None]) -> bytes:
    document = minidom.parseString(data)
    edit(document)
    made: bytes = document.toxml("utf-8")
    return made


def _keep_rows(document: minidom.Document) -> None:
    for row in document.getElementsByTagName("w:tr"):
        found = [each for each in row.childNodes if each.nodeName == "w:trPr"]
        properties = found[0] if found else row.insertBefore(document.createElement("w:trPr"), row.firstChild)
        properties.appendChild(document.createElement("w:cantSplit"))


def _indent(document: minidom.Document, step: int) -> None:
    for level in document.getElementsByTagName("w:lvl"):
        for indent in level.getElementsByTagName("w:ind"):
            indent.setAttribute("w:left", str(step * (int(level.getAttribute("w:ilvl")) + 1)))
            indent.setAttribute("w:hanging", str(step))
