"""Stage 5: a text in, the same text as the rules read it out, whatever a browser or a typesetter made of its signs."""

from __future__ import annotations

import re
import unicodedata

QUOTATION_MARKS = '"“”„‟«»‘’‚‛‹›′″`´ʼ＂＇'
DASHES = "‐‑‒–—―−֊﹘﹣－"
ALIKE = str.maketrans(dict.fromkeys(QUOTATION_MARKS, "'") | dict.fromkeys(DASHES, "-"))
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
MOST_MARKS = 30
"""So many marks on one letter are put in order; more are no writing (UAX #15, Stream-Safe Text Format)."""
PILE = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS},}}")


def settle(text: str) -> str:
    """Give a text as the rules read it: in one form however it was saved, with its capitals."""
    alike = _alike(text)
    if not alike.isascii():
        alike = compose(alike)
    if not alike.isascii():
        alike = "".join(char for char in alike if unicodedata.category(char) != "Cf")
    return " ".join(alike.split())


def compose(text: str) -> str:
    """Put a text into Unicode's form NFKC; of a pile of marks that would take long only the first are kept."""
    return unicodedata.normalize("NFKC", PILE.sub(lambda pile: pile[0][:MOST_MARKS], text))


def _alike(text: str) -> str:
    """Make all quotation marks and all dashes one; most texts have only the commonest."""
    alike = text.replace("’", "'").replace("“", "'").replace("”", "'").replace('"', "'").replace("`", "'")
    return alike if alike.isascii() else alike.translate(ALIKE)


def normalise(text: str) -> str:
    """Give a paragraph's text without what differs from one saved copy to the next."""
    folded = settle(text).casefold()
    return folded if folded.isascii() else settle(folded)


def words_of(text: str) -> list[str]:
    """Cut a text into words as they are compared: normalised, and a hyphen parts two words."""
    alike = _alike(text)
    return WORD.findall(alike.lower() if alike.isascii() else normalise(alike))
