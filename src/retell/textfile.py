"""Stage 1, beneath yamlfile: the bytes of a file in, its text out, or why they are no text."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

HELP_UTF_8 = "save it as UTF-8"


class NotTextError(Exception):
    """What a file is that is no text, and what was readable of it: that ends where the fault begins."""

    def __init__(self, reason: str, readable: str = "") -> None:
        """Take what the file is instead."""
        super().__init__(reason)
        self.reason = reason
        self.readable = readable


def decode(raw: bytes) -> str:
    """Give the bytes of a file as text, with one kind of line end; raises NotTextError where they are not UTF-8."""
    raw = raw.removeprefix(BOM_UTF8)
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in raw[:2]:  # a file begins with a letter of ASCII
        raise NotTextError("UTF-16 text, not UTF-8")
    try:
        return _with_one_line_end(raw.decode())
    except UnicodeDecodeError as error:
        raise NotTextError("not UTF-8 text", _with_one_line_end(raw[: error.start].decode())) from None


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
