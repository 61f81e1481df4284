"""Decode the bytes of a file to text, or say why they are no text."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

HELP_UTF_8 = "save it as UTF-8"
HELP_TEXT_ONLY = "save it as plain text, in UTF-8"
UTF_16 = (BOM_UTF16_LE, BOM_UTF16_BE)
# how the files of word processors begin: https://www.loc.gov/preservation/digital/formats/
OFFICE = {
    b"PK\x03\x04": "a Word file or another kind of zip (it begins with 'PK'), not plain text",
    b"\xd0\xcf\x11\xe0": "an old Word file or another one of an office program, not plain text",
    b"{\\rtf": "a rich text file (it begins with '{\\rtf'), not plain text",
    b"%PDF": "a PDF (it begins with '%PDF'), not plain text",
}
NO_TEXT = (*UTF_16, *OFFICE)


class NotTextError(Exception):
    """What a file is that is no text, what helps, and what was readable of it: that ends where the fault begins."""

    def __init__(self, reason: str, help_text: str = HELP_UTF_8, readable: str = "") -> None:
        """Take what the file is instead."""
        super().__init__(reason)
        self.reason = reason
        self.help = help_text
        self.readable = readable


def decode(raw: bytes) -> str:
    """Return the bytes of a file as text, with one kind of line end; raises NotTextError where they are not UTF-8."""
    raw = raw.removeprefix(BOM_UTF8)
    if raw.startswith(NO_TEXT) or b"\0" in raw[:2]:  # a file begins with a letter of ASCII
        raise _not_text(raw)
    try:
        return _with_one_line_end(raw.decode())
    except UnicodeDecodeError as error:
        readable = _with_one_line_end(raw[: error.start].decode())
        raise NotTextError("not UTF-8 text", readable=readable) from None


def _not_text(raw: bytes) -> NotTextError:
    """Return the error for a file that is no text, which names what it is by how it begins."""
    reason = next((said for beginning, said in OFFICE.items() if raw.startswith(beginning)), "")
    return NotTextError(reason, HELP_TEXT_ONLY) if reason else NotTextError("UTF-16 text, not UTF-8")


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
