"""Read numbers that are written in words: cardinals, scores, halves, years as spoken.

`two hundred and five` is 205, `four-and-twenty` 24, `threescore` 60, `two and a half million` 2500000, `nineteen
ninety-four` 1994. The words are in small letters; "and" and the hyphens between them are words and none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FEW = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
UNITS = {word: value for value, word in enumerate(FEW + TEENS)}
TENS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
LOTS = {"dozen": 12, "score": 20}
GROUPS = LOTS | {"hundred": 100}
SCORES = {"twoscore": 40, "threescore": 60, "fourscore": 80, "sixscore": 120}
BIG = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9, "trillion": 10**12}
SCALES = GROUPS | BIG
IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
ORDINALS = (
    {IRREGULAR.get(word, f"{word}th"): value for word, value in UNITS.items() if value}
    | {"twelfth": 12}
    | {f"{word[:-1]}ieth": value for word, value in TENS.items()}
    | {"hundredth": 100, "thousandth": 1000}
)
PARTS = {word: value for word, value in ORDINALS.items() if value > 2} | {"half": 2, "quarter": 4}
PARTS |= {f"{word}s": value for word, value in PARTS.items() if word != "half"} | {"halves": 2}
"""Into how many parts a fraction divides: a third, two quarters, three tenths."""
OPENERS = frozenset({*UNITS, *TENS, *SCORES, "a", "an", "half"})
WORDS = OPENERS | {*SCALES, *PARTS, "and", "oh", "of"}


class Number(NamedTuple):
    """A number and how many words say it."""

    value: Decimal
    words: int


def exact(value: Decimal) -> Decimal:
    """Return a value as it is compared: a third has no end of digits."""
    return value.quantize(Decimal("0.000001")).normalize() if value % 1 else value.quantize(Decimal(1))


def read(words: Sequence[str]) -> Number | None:
    """Read the longest number that the words begin with; None where they begin with none."""
    found = [number for reader in READERS if (number := reader(words))]
    return max(found, key=lambda number: number.words, default=None)


def _cardinal(words: Sequence[str]) -> Number | None:
    """Read hundreds, thousands and millions, each smaller than the one before it."""
    total, at, least = Decimal(0), 0, None
    while True:
        joint = at + (1 if total and _word(words, at) == "and" else 0)
        part = _below_thousand(words[joint:], alone=not total)
        if part is None:
            break
        scale = BIG.get(_word(words, joint + part.words), 0)
        if least is not None and max(scale, 1) >= least:
            break
        total += part.value * (scale or 1)
        at = joint + part.words + bool(scale)
        if scale == 0:
            break
        least = scale
    return Number(total, at) if at else None


def _below_thousand(words: Sequence[str], *, alone: bool) -> Number | None:
    """Read what may stand before a thousand; the article alone is a number only before a scale."""
    if _word(words, 0) in ("a", "an"):
        if not alone or _word(words, 1) not in SCALES:
            return None
        first = Number(Decimal(1), 1)
    else:
        below = _below_hundred(words)
        if below is None:
            return None
        first = below
    group = GROUPS.get(_word(words, first.words), 0)
    if not group:
        return first
    value, at = first.value * group, first.words + 1
    rest_at = at + (_word(words, at) == "and")
    rest = _below_hundred(words[rest_at:])
    if rest is None or (group == 12 and rest_at == at) or _word(words, rest_at + rest.words) in GROUPS:
        return Number(value, at)
    return Number(value + rest.value, rest_at + rest.words)


def _below_hundred(words: Sequence[str]) -> Number | None:
    first, second, third = (_word(words, at) for at in range(3))
    if first in TENS:
        unit = UNITS.get(second, 0)
        return Number(Decimal(TENS[first] + unit), 2) if 0 < unit < 10 else Number(Decimal(TENS[first]), 1)
    if first in SCORES:
        rest = _below_hundred(words[2:]) if second == "and" else None
        return Number(SCORES[first] + rest.value, 2 + rest.words) if rest else Number(Decimal(SCORES[first]), 1)
    if first not in UNITS:
        return None
    if 0 < UNITS[first] < 10 and second == "and" and third in TENS:
        return Number(Decimal(UNITS[first] + TENS[third]), 3)  # four-and-twenty
    return Number(Decimal(UNITS[first]), 1)


def _spoken_year(words: Sequence[str]) -> Number | None:
    """Read a year said in two halves: nineteen ninety-four, nineteen oh five, twenty twenty-three."""
    century = UNITS.get(_word(words, 0), 0) or TENS.get(_word(words, 0), 0)
    if not 10 < century <= 20:
        return None
    if _word(words, 1) == "oh" and 0 < UNITS.get(_word(words, 2), 0) < 10:
        return Number(Decimal(100 * century + UNITS[words[2]]), 3)
    rest = _below_hundred(words[1:])
    if rest is None or not 10 <= rest.value < 100 or _word(words, 2) == "and":
        return None
    return Number(100 * century + rest.value, 1 + rest.words)


def _part_of_a_scale(words: Sequence[str]) -> Number | None:
    """Read `half a million`, `a quarter of a million`, `three quarters of a million`."""
    at, count = 0, Decimal(1)
    if _word(words, 0) in ("a", "an") or _word(words, 0) in UNITS:
        at, count = 1, Decimal(UNITS.get(words[0], 1))
    parts = PARTS.get(_word(words, at), 0)
    if not parts or _word(words, at) == "halves":
        return None
    at += 1
    at += _word(words, at) == "of"
    if _word(words, at) not in ("a", "an") or _word(words, at + 1) not in SCALES:
        return None
    return Number(exact(count * SCALES[words[at + 1]] / parts), at + 2)


def _mixed(words: Sequence[str]) -> Number | None:
    """Read `two and a half`, `two and a half million`, `a million and a half`, `five and two thirds`."""
    whole = _cardinal(words)
    if whole is None or _word(words, whole.words) != "and":
        return None
    at = whole.words + 1
    count = 1 if _word(words, at) in ("a", "an") else UNITS.get(_word(words, at), 0)
    parts = PARTS.get(_word(words, at + 1), 0)
    if not count or not parts:
        return None
    at += 2
    scale = (BIG | LOTS).get(words[whole.words - 1], 1)
    if scale == 1 and _word(words, at) in SCALES:
        return Number(exact((whole.value + Decimal(count) / parts) * SCALES[words[at]]), at + 1)
    return Number(exact(whole.value + Decimal(count) * scale / parts), at)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


READERS: tuple[Callable[[Sequence[str]], Number | None], ...] = (_mixed, _part_of_a_scale, _spoken_year, _cardinal)
