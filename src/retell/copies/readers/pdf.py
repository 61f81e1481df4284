"""Read the lines of a PDF's pages, in a process that ends when it takes too much."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from retell.copies.page import Page, TooLargeError, UnreadError, blocks_of
from retell.copies.readers.pdfpages import DAMAGED, ENCRYPTED

PROGRAM = "retell.copies.readers.pdfpages"
SAVE_AS = "save the source as a web page or as plain text instead"
REASONS = {ENCRYPTED: "is a PDF with a password", DAMAGED: "is a PDF that is damaged"}
KIND = "a PDF"


def read_pdf(raw: bytes, seconds: float) -> Page:
    """Read a PDF within so many seconds.

    Raises UnreadError where there is no reader for it and where it has no text, TooLargeError where it takes longer.
    """
    if find_spec("pypdf") is None or not sys.executable:
        raise UnreadError(
            "is a PDF, and the package that reads those is not here",
            f"install it: {sys.executable} -m pip install pypdf",
        )
    if seconds <= 0:
        raise TooLargeError("is a PDF, and those before it took all the time that PDFs have", SAVE_AS)
    text, ended, code = _pages(raw, seconds)
    pages = text.count("\f")
    if not text.strip():
        if not ended:
            raise TooLargeError(f"is a PDF that cannot be read within {seconds:.2g} seconds", SAVE_AS)
        reason = REASONS.get(code) or (REASONS[DAMAGED] if code else "is a PDF of pictures, without text")
        raise UnreadError(reason, SAVE_AS)
    whole = ended and not code
    return Page(blocks_of(text, KIND), KIND, () if whole else (f"only its first {pages} pages could be read",))


def _pages(raw: bytes, seconds: float) -> tuple[str, bool, int]:
    """Return the text that was read, whether the reading came to an end, and its exit code."""
    command = [sys.executable, "-P", "-m", PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:
        try:
            text, _ = reading.communicate(raw, timeout=seconds)
        except subprocess.TimeoutExpired as late:
            reading.kill()
            return (late.stdout or b"").decode("utf-8", "replace"), False, 0
    return text.decode("utf-8", "replace"), reading.returncode >= 0, reading.returncode
