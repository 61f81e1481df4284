"""Decode the bytes of a text whose encoding may not be named."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup

from retell.copies.page import UnreadError

WINDOWS = ("cp1252", "cp1254", "cp1250")
"""Windows' encodings of Latin letters, the commonest first: most signs and many letters are the same in all three."""
SAVE_AS = "open it in the program that saved it, and save it as plain text in UTF-8"
OLD = "read as Windows' old encoding"
UNSURE = "read as Windows' old Western encoding, which it may not be: if letters are wrong, save it as UTF-8"
CONTROLS = frozenset(range(9)) | frozenset(range(14, 27)) | frozenset(range(28, 32))
LEAST_OF_ZEROS = 0.2  # of all bytes: of UTF-16's, half are zeros in English, fewer in other scripts


def decode_text(raw: bytes, named: str = "") -> tuple[str, str]:
    """Return a text, and a remark where its encoding had to be guessed; `named` is the encoding that a page names.

    Raises UnreadError for what is no text.
    """
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace"), ""
    raw = raw.removeprefix(BOM_UTF8)
    if raw[:4096].count(0) > LEAST_OF_ZEROS * len(raw[:4096]):
        little = raw[1:4096:2].count(0) >= raw[:4096:2].count(0)
        return raw.decode("utf-16-le" if little else "utf-16-be", "replace"), ""
    if sum(raw[:4096].count(control) for control in CONTROLS) > len(raw[:4096]) // 100:
        raise UnreadError("is no text and no file that retell reads", SAVE_AS)
    try:
        return raw.decode(), ""
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3:  # cut off in its last letter
            return raw.decode("utf-8", "ignore"), ""
    return _decode_named(raw, named) or _decode_old(raw)


def _decode_named(raw: bytes, named: str) -> tuple[str, str] | None:
    try:
        codec = lookup(named).name if named else ""
    except LookupError:
        return None
    if not codec or codec == "utf-8":
        return None
    codec = "cp1252" if codec in ("iso8859-1", "ascii") else codec  # as browsers do: https://encoding.spec.whatwg.org
    try:
        return raw.decode(codec, "replace"), ""
    except (UnicodeError, LookupError, ValueError):
        return None


def _decode_old(raw: bytes) -> tuple[str, str]:
    readings = []
    for codec in WINDOWS:
        readings.append(raw.decode(codec, "replace"))
    return readings[0], OLD if readings[0] == readings[1] == readings[2] else UNSURE
