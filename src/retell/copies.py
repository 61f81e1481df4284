"""Stage 6, beside the checks: a reader's own copies of the articles in, what differs from the source cards out.

A paragraph is known by its fingerprint: the first 12 hex digits of the SHA-256 of its normalised text. The text is
normalised so that the same paragraph saved by another browser has the same fingerprint: Unicode form NFKC (which
resolves ligatures, non-breaking spaces and the ellipsis, UAX #15), case folded, format characters such as the soft
hyphen dropped (general category Cf), all quotation marks and all dashes made one. For the fingerprint white space is
dropped as well, since a line may have been broken behind a hyphen. No text of an article is ever stored.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from retell.problems import Location, Problem, RetellError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retell.library import Library

NUMBERED = re.compile(r"\[(\d+)\] (.*)")
LABEL = r"^\s*\[\d+\] "
BETWEEN = r"\n\s*\n|\n(?=\s*\[\d+\] )"  # a blank line, or the next paragraph's label
ALIKE = str.maketrans(
    dict.fromkeys('"“”„‟«»‘’‚‛‹›′″`´', "'") | dict.fromkeys("‐‑‒–—―−", "-")  # Unicode's quotation marks and dashes
)
FINGERPRINT_DIGITS = 12


def normalise(text: str) -> str:
    """Give a paragraph's text without what differs from one saved copy to the next."""
    composed = unicodedata.normalize("NFKC", text.translate(ALIKE)).casefold()
    visible = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    return " ".join(visible.split())


def fingerprint(text: str) -> str:
    """Give the fingerprint of a paragraph."""
    return hashlib.sha256(normalise(text).replace(" ", "").encode()).hexdigest()[:FINGERPRINT_DIGITS]


def number_paragraphs(text: str) -> list[str]:
    """Give the body paragraphs of a saved article, in order.

    Where lines are labelled `[1] …`, those are the body and any others (headline, caption) are not. Otherwise each
    line that is not blank is a paragraph.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    labelled = {int(match[1]): match[2] for line in lines if (match := NUMBERED.fullmatch(line))}
    return [labelled[number] for number in sorted(labelled)] if labelled else lines


def read_text(path: Path) -> str:
    """Read a saved article; raises RetellError when that cannot be done."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RetellError(f"{path} is not UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise RetellError(f"{path} cannot be read: {error.strerror}") from None


def compare(library: Library, folder: Path) -> Iterator[Problem]:
    """Look for each source's paragraphs in the folder's `KEY.txt`; raises RetellError when there is no folder."""
    if not folder.is_dir():
        raise RetellError(f"no folder of copies: {folder}")
    for source in library.sources.values():
        path = folder / f"{source.id}.txt"
        if not path.exists():
            message = f"no copy of '{source.id}': {path} is not there"
            yield Problem("copy-missing", Location(source.file.name), message, "its claims stay unproven", "warning")
            continue
        known = set(_fingerprints(read_text(path)))
        for i, wanted in enumerate(source.form.paragraphs):
            if wanted and wanted not in known:
                message = f"paragraph {i + 1} of '{source.id}' does not stand in {path}"
                place = source.file.locate(("paragraphs", i))
                yield Problem(
                    "copy-differs",
                    place,
                    message,
                    "it was edited, or the copy is of another version",
                    "warning",
                )


def _fingerprints(text: str) -> Iterator[str]:
    """Give the fingerprints of every line, and of every block of lines (a paragraph may be wrapped)."""
    for block in re.split(BETWEEN, "\n".join(text.splitlines())):
        paragraph = re.sub(LABEL, "", block, count=1)
        yield fingerprint(paragraph)
        if "\n" in paragraph:
            yield from map(fingerprint, paragraph.splitlines())
