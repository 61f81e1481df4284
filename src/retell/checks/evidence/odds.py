"""How likely it is that a locator points to the wrong paragraph, by what the right ones and the wrong ones have shown.

The weights come from a logistic regression on the statements of one story, each with one locator moved; they were
fitted to four fifths of these and tried on the last.
"""

from __future__ import annotations

import math
from typing import NamedTuple

BY_RATIO, BY_DIFFERENCE = 1.4, 0.4  # how many times as much of the claim another paragraph has, and how much more
LEAST_MORE, MOST_MORE = -4.0, 8.0
BESIDE, MOST_BESIDE = 0.9, 3  # for each paragraph of the article that is cited beside it, it may have but a part
TOGETHER = 0.75  # for each statement that cites another paragraph with the rest, and not it
ALONE = 1.85  # where nothing else is cited, it should have all
CITED_ONCE = 0.9  # where no other statement cites it
DENIED = -1.0  # who says otherwise may say it in quite other words


class Signs(NamedTuple):
    """What there is to see of a citation: how much of the claim its paragraph has, the best of its article, the best.

    `beside` are the paragraphs of the article that are cited, itself among them; `lack` is how many more statements
    cite another with the rest than this one.
    """

    own: float
    here: float
    there: float
    beside: int
    lack: float
    alone: bool
    once: bool
    denied: bool


def log_odds(signs: Signs) -> float:
    """Return the logarithm of the odds that a citation with these signs is wrong."""
    by = BY_RATIO * math.log((1 + signs.here) / (1 + signs.own))
    by += BY_DIFFERENCE * min(MOST_MORE, max(LEAST_MORE, signs.there - signs.own))
    by -= BESIDE * min(MOST_BESIDE, signs.beside)
    by += ALONE if signs.alone else TOGETHER * signs.lack
    return by + CITED_ONCE * signs.once + DENIED * signs.denied
