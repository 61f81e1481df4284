"""Read the lines of a PDF's pages, in a process that ends when it takes too much."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from retell.copies.page import Page, UnreadError, blocks_of
from retell.copies.readers.pdfpages import DAMAGED, ENCRYPTED, MOST_SECONDS

PROGRAM = "retell.copies.readers.pdfpages"
SAVE_AS = "save the article as a web page or as plain text instead"
REASONS = {ENCRYPTED: "is a PDF with a password", DAMAGED: "is a PDF that is damaged"}
KIND = "a PDF"


def read_pdf(raw: bytes) -> Page:
    """Read a PDF; raises UnreadError where there is no reader for it, and where it has no text or cannot be read."""
    if find_spec("pypdf") is None or not sys.executable:
        raise UnreadError(
            "is a PDF, and the package that reads those is not here",
            f"install it: {sys.executable} -m pip install pypdf",
        )
    text, ended, code = _pages(raw)
    pages = text.count("\f")
    if not text.strip():
        if not ended:
            raise UnreadError(f"is a PDF that cannot be read within {MOST_SECONDS} seconds", SAVE_AS)
        reason = REASONS.get(code) or (REASONS[DAMAGED] if code else "is a PDF of pictures, without text")
        raise UnreadError(reason, SAVE_AS)
    whole = ended and not code
    return Page(blocks_of(text), KIND, () if whole else (f"only its first {pages} pages could be read",))


def _pages(raw: bytes) -> tuple[str, bool, int]:
    """Return the text that was read, whether the reading came to an end, and its exit code."""
    command = [sys.executable, "-P", "-m", PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:
        try:
            text, _ = reading.communicate(raw, timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired as late:
            reading.kill()
            return (late.stdout or b"").decode("utf-8", "replace"), False, 0
    return text.decode("utf-8", "replace"), reading.returncode >= 0, reading.returncode
