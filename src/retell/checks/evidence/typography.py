"""Set a text in one typography, each character at its place.

Dashes, quotation marks and spaces have many forms, and a rule looks for one of each. `copies.saved.settle` does more
for an article, but moves its characters; the narrator's text has to keep them, for a problem is told at its column.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SPACES = "\t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\u0060\uff07"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u058a"
SLASHES = "\u2044\u2215"
FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
ALIKE = str.maketrans(
    dict.fromkeys(SPACES, " ")
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys(SLASHES, "/")
    | FULL_WIDTH
)


def even(text: str) -> str:
    """Return a text with one kind of space, dash, apostrophe and slash; it is as long as before."""
    alike = text.replace("\u2019", "'").replace("\u2013", "-")  # most texts have no other
    return alike.translate(ALIKE) if not alike.isascii() or "`" in alike or "\n" in alike else alike


LONG_S = re.compile(
    r"\b(?:faid|fome|foon|fay|fays|fuch|fhall|fhould|fhe|fince|ftill|firft|moft|muft|juft|laft|alfo|thefe|thofe"
    r"|himfelf|itfelf|themfelves|againft|houfe|perfons?|reafon|teft[a-z]+|caufe|becaufe|whofe|ufed?|fent|feveral)\b"
)
FEWEST = 3
MOST_PLACES = 4
WITH_F = re.compile(r"[^\W\d_]*f[^\W\d_]*")


def has_long_s(text: str) -> bool:
    """Return whether a copy of an old print has the long s as an f throughout: faid, fome, firft."""
    return len(LONG_S.findall(text)) >= FEWEST


def set_round(text: str, known: Collection[str]) -> str:
    """Return such a text with an s for each f that makes a known word (in small letters) of an unknown one."""
    return WITH_F.sub(lambda word: _set_round(word[0], known), text)


def _set_round(word: str, known: Collection[str]) -> str:
    places = [at for at, letter in enumerate(word) if letter == "f"]
    if word.lower() in known or len(places) > MOST_PLACES:
        return word
    for many in range(len(places), 0, -1):
        for chosen in combinations(places, many):
            meant = "".join(["s" if at in chosen else letter for at, letter in enumerate(word)])
            if meant.lower() in known:
                return meant
    return word
