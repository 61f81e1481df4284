"""Normalise a text for the rules, whatever a browser or a typesetter made of its characters."""

from __future__ import annotations

import re
import unicodedata

from retell.files.characters import UNSPACED

QUOTATION_MARKS = '"“”„‟«»‘’‚‛‹›′″`´ʼ＂＇'
DASHES = "‐‑‒–—―−֊﹘﹣－"
ALIKE = str.maketrans(dict.fromkeys(QUOTATION_MARKS, "'") | dict.fromkeys(DASHES, "-"))
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
ANY_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:'[^\W_{UNSPACED}]+)*")
# stress, vowel points and harakat, which one printing has and another leaves out; the last are Armenian accents
POINTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u055b\u055c\u055e]")
LETTERS = str.maketrans({"ʼ": "'", "ʻ": "'", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})
FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞²³¹⁰-⁹])")
SWELLING = {"\ufdfa": "صلعم", "\ufdfb": "جل"}
MOST_MARKS = 30
"""So many marks on one letter are put in order; more are no writing (UAX #15, Stream-Safe Text Format)."""
PILE = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS},}}")


def settle(text: str) -> str:
    """Return a text as the rules read it: in one form however it was saved, with its capitals."""
    alike = _alike(text)
    if not alike.isascii():
        alike = compose(FRACTION.sub(" ", alike))  # "5½" would become "51/2"
    if not alike.isascii():
        alike = "".join(char for char in alike if unicodedata.category(char) != "Cf")
    return " ".join(alike.split())


def compose(text: str) -> str:
    """Return a text in Unicode's form NFKC; of a pile of marks that would take long only the first are kept.

    The two signs that would become eighteen and eight letters each become one word.
    """
    for sign, word in SWELLING.items():
        text = text.replace(sign, word)  # one after the other is quicker than a table
    return unicodedata.normalize("NFKC", PILE.sub(lambda pile: pile[0][:MOST_MARKS], text))


def _alike(text: str) -> str:
    """Return a text with one form for each kind of quotation mark and dash; most texts have only the commonest."""
    alike = text.replace("’", "'").replace("“", "'").replace("”", "'").replace('"', "'").replace("`", "'")
    return alike if alike.isascii() else alike.translate(ALIKE)


def normalise(text: str) -> str:
    """Return a paragraph's text without what differs from one saved copy to the next."""
    folded = settle(text).casefold()
    return folded if folded.isascii() else settle(folded)


def words_of(text: str) -> list[str]:
    """Cut a text into words as they are compared: normalised, and a hyphen parts two words."""
    alike = _alike(text)
    return WORD.findall(alike.lower()) if alike.isascii() else ANY_WORD.findall(bare_letters(normalise(alike)))


def bare_letters(text: str) -> str:
    """Return a normalised text without accents, vowel points and ligatures."""
    return text if text.isascii() else without_accents(text.translate(LETTERS))


def without_accents(text: str) -> str:
    """Return a text without accents and vowel points."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", POINTS.sub("", unicodedata.normalize("NFD", text)))
