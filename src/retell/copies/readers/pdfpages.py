"""Write the text of a PDF's pages to standard output: a program of its own, with limits, that reads standard input.

    python -P -m retell.copies.readers.pdfpages < FILE.pdf

A PDF can be made so that reading it never ends, or takes all memory; here that ends this process alone. Each page is
written as soon as it is read, and ends with a form feed.
"""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress

MOST_SECONDS = 4
MOST_BYTES = 150 * 2**20
MOST_PAGES = 300
ENCRYPTED, DAMAGED = 3, 4
"""Exit codes."""


def main() -> int:
    """Read a PDF and write its pages; return the exit code."""
    _limit()
    import pypdf  # noqa: PLC0415 - within the limits

    logging.disable()
    try:
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            return ENCRYPTED
        for number, page in enumerate(reader.pages):
            if number == MOST_PAGES:
                break
            sys.stdout.buffer.write(page.extract_text().replace("\f", "\n").encode("utf-8", "replace") + b"\n\f")
            sys.stdout.buffer.flush()
    except (Exception, RecursionError):  # a damaged PDF ends in whatever exception
        return DAMAGED
    return 0


def _limit() -> None:
    """Let the system end this process when it takes too much time or memory, where it can."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))


if __name__ == "__main__":
    sys.exit(main())
