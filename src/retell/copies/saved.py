"""Stage 6, beside the checks: a reader's own copies of the articles in, what differs from the source cards out.

A paragraph is known by its fingerprint: the first 12 hex digits of the SHA-256 of its normalised text. The text is
normalised so that the same paragraph saved by another browser has the same fingerprint: Unicode form NFKC (which
resolves ligatures, non-breaking spaces and the ellipsis, UAX #15), case folded, format characters such as the soft
hyphen dropped (general category Cf), all quotation marks and all dashes made one. For the fingerprint white space is
dropped as well, since a line may have been broken behind a hyphen. No text of an article is ever stored.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from typing import TYPE_CHECKING

import msgspec

from retell.files.decoding import NotTextError, decode
from retell.files.folder import read_ordinary
from retell.problems import Location, RetellError, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from retell.problems import Problem
    from retell.story.library import Library

NUMBERED = re.compile(r"\[(\d{1,6})\] (.*)")
LABEL = r"^\s*\[\d+\] "
ALIKE = str.maketrans(
    dict.fromkeys('"“”„‟«»‘’‚‛‹›′″`´', "'") | dict.fromkeys("‐‑‒–—―−", "-")  # Unicode's quotation marks and dashes
)
FINGERPRINT_DIGITS = 12
BROKEN = re.compile(r"(?:(?<=\xad)|(?<=\w[-‐‑]))[^\S\n]*\n\s*(?=\w)")  # behind a hyphen of either kind
MOST_LINES_WRAPPED = 120
MOST_BYTES = 16 * 2**20  # a saved page may hold much that is no article
COPY_MISSING = Rule(
    "copy-missing",
    "The copies have a file for each article.",
    level="warning",
    message="no copy of '{key}': {path} is not there",
    help="its claims stay unproven",
)
COPY_DIFFERS = Rule(
    "copy-differs",
    "Each paragraph of a copy has the fingerprint that its source card gives.",
    level="warning",
    message="paragraph {number} of '{key}' does not stand in {path}",
    help="it was edited, or the copy is of another version; the claims that cite it stay unproven",
)
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def settle(text: str) -> str:
    """Give a text as the rules read it: in one form however it was saved, with its capitals."""
    alike = _alike(text)
    if not alike.isascii():
        alike = unicodedata.normalize("NFKC", alike)
    if not alike.isascii():
        alike = "".join(char for char in alike if unicodedata.category(char) != "Cf")
    return " ".join(alike.split())


def _alike(text: str) -> str:
    """Make all quotation marks and all dashes one; most texts have only the commonest."""
    alike = text.replace("’", "'").replace("“", "'").replace("”", "'").replace('"', "'").replace("`", "'")
    return alike if alike.isascii() else alike.translate(ALIKE)


def normalise(text: str) -> str:
    """Give a paragraph's text without what differs from one saved copy to the next."""
    folded = settle(text).casefold()
    return folded if folded.isascii() else settle(folded)


def fingerprint(text: str) -> str:
    """Give the fingerprint of a paragraph."""
    return hashlib.sha256(normalise(text).replace(" ", "").encode()).hexdigest()[:FINGERPRINT_DIGITS]


def words_of(text: str) -> list[str]:
    """Cut a text into words as they are compared: normalised, and a hyphen parts two words."""
    alike = _alike(text)
    return WORD.findall(alike.lower() if alike.isascii() else normalise(alike))


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
        return decode(read_ordinary(os.path.realpath(path), MOST_BYTES))
    except NotTextError as error:
        raise RetellError(f"{path} is {error.reason}: {error.help}") from None
    except OSError as error:
        large = f"it is larger than {MOST_BYTES // 2**20} MiB" if error.errno == errno.EFBIG else ""
        raise RetellError(f"{path} cannot be read: {large or error.strerror}") from None


class Copy(msgspec.Struct, frozen=True):
    """One article as the reader has it: the text of each paragraph that was found, by its number from 1."""

    key: str
    paragraphs: dict[int, str]


def read_copies(library: Library, folder: Path) -> tuple[dict[str, Copy], list[Problem]]:
    """Find each source's paragraphs in the folder's `KEY.txt`, by their fingerprints, wherever they stand.

    Gives the copies by key, and a problem for each that is missing and each paragraph that was not found. Raises
    RetellError when there is no such folder or a copy cannot be read.
    """
    if not folder.is_dir():
        raise RetellError(f"no folder of copies: {folder}")
    copies: dict[str, Copy] = {}
    problems: list[Problem] = []
    for source in library.sources.values():
        path = folder / f"{source.id}.txt"
        if not path.exists():
            problems.append(COPY_MISSING.at(Location(source.file.name), key=source.id, path=path))
            continue
        wanted = [(number, print_) for number, print_ in enumerate(source.form.paragraphs, 1) if print_]
        found = find_paragraphs(read_text(path), {print_ for _, print_ in wanted})
        copies[source.id] = Copy(source.id, {number: found[print_] for number, print_ in wanted if print_ in found})
        for number, print_ in wanted:
            if print_ not in found:
                place = source.file.locate(("paragraphs", number - 1))
                problems.append(COPY_DIFFERS.at(place, number=number, key=source.id, path=path))
    return copies, problems


def find_paragraphs(text: str, wanted: set[str]) -> dict[str, str]:
    """Give the paragraphs of a text that have the wanted fingerprints: lines, or runs of lines that were wrapped.

    The words are joined again where a line was broken at a hyphen, and the text is settled.
    """
    lines = [re.sub(LABEL, "", line, count=1) for line in text.splitlines()]
    prints = [normalise(line).replace(" ", "").encode() for line in lines]
    found: dict[str, str] = {}
    at = 0
    while at < len(lines):
        at = _find_from(at, lines, prints, wanted, found) if prints[at] else at + 1
    return found


def _find_from(at: int, lines: list[str], prints: list[bytes], wanted: set[str], found: dict[str, str]) -> int:
    """Look for a wanted paragraph that starts in this line; give the line to go on from."""
    digest = hashlib.sha256()
    for end in range(at, min(at + MOST_LINES_WRAPPED, len(lines))):
        if not prints[end]:
            break  # a blank line ends every paragraph
        digest.update(prints[end])
        print_ = digest.hexdigest()[:FINGERPRINT_DIGITS]
        if print_ in wanted:
            found.setdefault(print_, settle(BROKEN.sub("", "\n".join(lines[at : end + 1]))))
            return end + 1
    return at + 1
