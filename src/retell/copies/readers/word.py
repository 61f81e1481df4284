"""Read the paragraphs of a Word file (.docx, ECMA-376).

It is a zip with one XML file of the text in it. Both are read with Python's own modules, a piece at a time and within
limits; python-docx would unpack a zip bomb whole, and brings lxml for what takes a page here.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZipFile

from retell.copies.page import (
    MOST_LINES,
    MOST_TAGS,
    MOST_TEXT,
    RAISED,
    SAVE_ALONE,
    Block,
    Page,
    TooLargeError,
    UnreadError,
    too_much,
)
from retell.files.archive import ZIP_ERRORS

if TYPE_CHECKING:
    from retell.copies.page import Role

KIND = "a Word file"
MAIN = "word/document.xml"
MOST_XML = 32 * 2**20
WORD_TAGS = 3 * MOST_TAGS  # Word writes several for each of a page's
MOST_DIRECTORY = 2**20  # bytes of the list of a zip's names
PIECE = 2**16
END_OF_ZIP, END_OF_LARGE_ZIP = b"PK\x05\x06", b"PK\x06\x07"  # APPNOTE.TXT 4.3.16 and 4.3.15
DAMAGED = "is a damaged zip or Word file"
BROKEN = (*ZIP_ERRORS, KeyError)


class _Paragraphs:
    """Collects the paragraphs of a document's XML."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._role: Role = ""
        self.tags = self._read = self._lines = 0
        self._inside = ""
        self._raised = False
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Parse a piece; raises UnreadError."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError:
            raise UnreadError(DAMAGED) from None

    def _refuse(self, *_: object) -> None:
        raise UnreadError("is a Word file with a document type, which no Word program writes")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.tags += 1
        if self.tags > WORD_TAGS:
            raise too_much(KIND, WORD_TAGS, "tags")
        self._inside = name = name.rpartition("}")[2]
        if name in ("br", "cr"):
            self._text.append("\n")
        elif name == "tab":
            self._text.append(" ")
        elif name == "noBreakHyphen":
            self._text.append("-")
        elif name == "pStyle":
            style = next((value for key, value in attributes.items() if key.endswith("val")), "").lower()
            self._role = (
                "heading" if style.startswith(("heading", "title")) else "caption" if "caption" in style else ""
            )
        elif name == "r":
            self._raised = False
        elif name == "vertAlign":
            self._raised = "superscript" in attributes.values()

    def _end(self, name: str) -> None:
        self._inside = ""
        if name.endswith("}p"):
            lines = tuple(filter(None, (" ".join(line.split()) for line in "".join(self._text).split("\n"))))
            self._lines += len(lines)
            if self._lines > MOST_LINES:
                raise too_much(KIND, MOST_LINES, "lines")
            if lines:
                self.blocks.append(Block(lines, self._role))
            self._text, self._role = [], ""

    def _data(self, text: str) -> None:
        if self._inside == "t":
            self._read += len(text)
            if self._read > MOST_TEXT:
                raise too_much(KIND, MOST_TEXT, "characters")
            self._text.append(text.translate(RAISED) if self._raised else text)


def _refuse_long_directory(raw: bytes) -> None:
    """Raise UnreadError where the list of the zip's names is longer than a Word file's; zipfile would read it whole."""
    end = raw.rfind(END_OF_ZIP)
    if end < 0 or len(raw) < end + 22:
        raise UnreadError(DAMAGED)
    size = struct.unpack_from("<I", raw, end + 12)[0]
    if size > MOST_DIRECTORY or raw[max(0, end - 20) : end].startswith(END_OF_LARGE_ZIP):
        raise UnreadError("is a zip of more files than a Word file has")


def read_word(raw: bytes) -> Page:
    """Read a Word file; raises UnreadError for another zip, a damaged one, or one larger than any article."""
    _refuse_long_directory(raw)
    paragraphs = _Paragraphs()
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            if MAIN not in archive.namelist():
                raise UnreadError("is a zip, and no Word file", "unpack it, and name the folder that its files are in")
            with archive.open(MAIN) as stream:
                left = MOST_XML
                while piece := stream.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        most = f"{MOST_XML // 2**20} MiB of text, unpacked"
                        raise TooLargeError(f"is {KIND} of more than {most}", SAVE_ALONE)
                    paragraphs.feed(piece)
        paragraphs.feed(b"", last=True)
    except BROKEN as error:
        if isinstance(error, UnreadError):
            raise
        raise UnreadError(DAMAGED) from None
    return Page(tuple(paragraphs.blocks), KIND, tags=paragraphs.tags)
