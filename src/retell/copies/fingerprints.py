"""Compute the fingerprint by which a paragraph is known in any copy; no text of an article is stored.

A fingerprint is the first 12 hex digits of the SHA-256 of what is left of a paragraph when all is dropped that differs
from one saved copy to the next: its letters and figures, in Unicode's form NFKC (which resolves ligatures, fractions
and no-break spaces, UAX #15) and case folded. White space, quotation marks, hyphens and dashes, emphasis and all other
signs are dropped, but for those that belong to a figure: signs of currency, per cent, a minus, and what stands between
two digits, as in 1.5, 5/6 and 2022-23.

The first edition kept every sign but white space. Cards that were made with it hold its fingerprints, so those are
looked for, too.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from retell.copies.text import DASHES, compose

FINGERPRINT_DIGITS = 12
CHUNK = 2**16
# of these scripts the vowels are marks, which are no part of a word for Python: Indic, Thai, Lao, Burmese, Khmer
MARKED = "\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
MINUS_SIGN = "−"
KEPT = rf"\w{MARKED}{MINUS_SIGN}%‰$£€¥\u20a0-\u20cf"
DROPPED = re.compile(rf"(?:[^{KEPT}.,:/-]|(?<!\d)[.,:/-]|[.,:/-](?!\d)|_)+")
PAUSE = re.compile(rf"(?<=\d)\s*[{DASHES}-]+\s*(?=\d)")
# right before a figure and right behind nothing but what opens, however it is printed
MINUS = re.compile(r"(?<![^\s(\[\"'“‘«])[-–](?=[.,]?\d)")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LETTERS_FOR_SIGNS = "ʻʼʽˈʹ"  # Unicode has letters that look like apostrophes
# what the first edition made one
OLD_ALIKE = str.maketrans(dict.fromkeys('"“”„‟«»‘’‚‛‹›′″`´', "'") | dict.fromkeys("‐‑‒–—―−", "-"))


def fingerprint(text: str) -> str:
    """Return the fingerprint of a paragraph."""
    return digest(fold(text))


def digest(folded: bytes) -> str:
    """Return the fingerprint of a text that was folded."""
    return hashlib.sha256(folded).hexdigest()[:FINGERPRINT_DIGITS]


def fold(text: str) -> bytes:
    """Return what a fingerprint is made of; of two pieces it is that of the whole, if no figure was cut in two."""
    if len(text) <= CHUNK:
        return _fold(text)
    return b"".join(_fold(text[start : start + CHUNK]) for start in range(0, len(text), CHUNK))


def _fold(text: str) -> bytes:
    if not text.isascii():
        text = compose(text).replace("⁄", "/")
        for letter in LETTERS_FOR_SIGNS:
            text = text.replace(letter, "")  # one after the other is quicker than a table
    text = text.casefold()
    if not text.isascii():
        text = compose(text)
    text = THOUSANDS.sub("", PAUSE.sub("-", text).replace(MINUS_SIGN, "-"))
    text = MINUS.sub(MINUS_SIGN, text)
    return DROPPED.sub("", text).encode("utf-8", "replace")


def fold_as_before(text: str) -> bytes:
    """Return what the first edition's fingerprints are made of."""
    folded = _settle_as_before(_settle_as_before(text).casefold())
    return folded.replace(" ", "").encode("utf-8", "replace")


def _settle_as_before(text: str) -> str:
    text = text.translate(OLD_ALIKE)
    if not text.isascii():
        text = "".join(char for char in compose(text) if unicodedata.category(char) != "Cf")
    return " ".join(text.split())
