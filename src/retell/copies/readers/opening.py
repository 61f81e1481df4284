"""Read a saved file with the reader for what it holds, whatever its name."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from retell.copies.page import PLAIN, SAVE_ALONE, Page, TooLargeError, UnreadError, blocks_of
from retell.copies.readers.decoding import SAVE_AS, decode_text
from retell.files.folder import read_ordinary

MOST_BYTES = 16 * 2**20  # a saved page may hold much that is no article
PDF_SECONDS = 4.0
HTML = re.compile(
    rb"(?:(?><\?xml[^>]*>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|title|meta|div|article|p)\b",
    re.IGNORECASE | re.DOTALL,
)
MHTML = re.compile(
    rb"(?:from|mime-version|content-type|subject|date|snapshot-content-location):[^\n]*\n", re.IGNORECASE
)
MULTIPART = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# how files that are not read begin: https://www.loc.gov/preservation/digital/formats/
OTHERS = {
    b"\xd0\xcf\x11\xe0": "is an old Word file or another one of an office program",
    b"{\\rtf": "is a rich text file",
    b"bplist": "is a web archive of Safari",
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"GIF8": "is a picture",
    b"RIFF": "is a picture or a sound",
    b"\x1f\x8b": "is a packed file",
}


def read_page(path: Path, pdf_seconds: float = PDF_SECONDS) -> Page:
    """Read a saved file, a PDF within so many seconds.

    Raises UnreadError when it is no ordinary file or in no format that is read, TooLargeError when it is too large.
    """
    try:
        raw = read_ordinary(os.path.realpath(path), MOST_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise TooLargeError(f"is larger than {MOST_BYTES // 2**20} MiB", SAVE_ALONE) from None
        raise UnreadError(f"cannot be read: {error.strerror}") from None
    return read_bytes(raw, pdf_seconds)


def read_bytes(raw: bytes, pdf_seconds: float = PDF_SECONDS) -> Page:
    """Read what a saved file holds; raises as `read_page` does."""
    if raw.startswith(b"%PDF"):
        from retell.copies.readers.pdf import read_pdf  # noqa: PLC0415 - most copies are none

        return read_pdf(raw, pdf_seconds)
    if raw.startswith(b"PK\x03\x04"):
        from retell.copies.readers.word import read_word  # noqa: PLC0415

        return read_word(raw)
    for beginning, reason in OTHERS.items():
        if raw.startswith(beginning):
            raise UnreadError(reason, SAVE_AS)
    return _read_text(raw)


def _read_text(raw: bytes) -> Page:
    head = raw[:4096]
    bare = head.replace(b"\0", b"") if head.startswith(BOMS) else head
    bare = bare.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if MHTML.match(bare) and MULTIPART.search(raw[: 2**16]):
        from retell.copies.readers.mhtml import read_mhtml  # noqa: PLC0415

        return read_mhtml(raw)
    if HTML.match(bare):
        from retell.copies.readers.html import read_html  # noqa: PLC0415

        return read_html(raw)
    text, remark = decode_text(raw)
    return Page(blocks_of(text), PLAIN, (remark,) if remark else ())
