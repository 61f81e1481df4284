"""Read the numbers and dates of a text as values, however they are written.

The forms are those of `days`, `clock`, `figures` and `amounts`, tried in that order wherever one can begin. What begins
with a figure and has none of them is unread, whole. Offsets are 0-based characters of the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import msgspec

from retell.checks.evidence import amounts, clock, days, figures
from retell.checks.evidence.number_words import SCALES
from retell.checks.evidence.typography import even

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.forms import Form, Kind, Said, Value

DIGIT = re.compile(r"[0-9]|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
BEGIN = re.compile(r"[0-9]|(?P<word>[^\W\d_]+)(?![\w-])|[^\W\d_]+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
LETTERS = re.compile("[a-z]+")
OPENERS = days.OPENERS | clock.OPENERS | amounts.OPENERS
TELLING = (OPENERS | {*SCALES, "half", "cent", "percent"}) - {"a", "an", "some", "many", "another", "week"}
WHOLE = (*days.FROM_A_FIGURE[:4], *clock.FROM_A_FIGURE, *days.FROM_A_FIGURE[4:], *figures.FROM_A_FIGURE)
BY_FIGURE = (*WHOLE[:-1], clock.MAYBE_HOUR, WHOLE[-1])
BY_WORD = (
    (days.OPENERS, days.FROM_A_WORD),
    (clock.OPENERS, clock.FROM_A_WORD),
    (amounts.OPENERS, amounts.FORMS),
    (clock.OPENERS, (clock.MAYBE_HOUR,)),
)
"""The forms that begin with a word, by the words that they can begin with."""
NUMERAL = re.compile(r"[MDCLXVI]+(?:st|nd|rd|th|d)?\b")


class Quantity(msgspec.Struct, frozen=True, dict=True):
    """One number or date: its kind, its readings, where in the text it stands, and whether it is asked for."""

    kind: Kind
    readings: tuple[Value, ...]
    start: int
    end: int
    asks: bool = True

    @property
    def value(self) -> Decimal | str:
        """The value of its first reading."""
        return self.readings[0][1]

    @cached_property
    def bears(self) -> frozenset[Value]:
        """What an article bears out by having it: itself, and what says less than it."""
        # Route 66 bears no 66 of anything
        own = [(kind, value) for kind, value in self.readings if self.kind != "code" or kind == "code"]
        less = [each for kind, value in own if isinstance(value, Decimal) for each in _less_exact(kind, value)]
        return frozenset([*own, *less])


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in order; a date gives one for each of its parts."""
    text = even(text)
    if not DIGIT.search(text) and TELLING.isdisjoint(LETTERS.findall(text.lower())) and not NUMERAL.search(text):
        return []  # most texts have none, and this is told quickly
    return [
        Quantity(said.kind, said.readings, start, end, said.asks)
        for start, end, found in _found(text)
        for said in found
    ]


def _found(text: str) -> Iterator[tuple[int, int, list[Said]]]:
    """Yield from where to where each quantity stands and what it says."""
    at = 0
    for begin in BEGIN.finditer(text):
        if begin.start() < at or _is_plain(begin["word"]):
            continue
        end, found = _read_at(text, begin)
        if found:
            yield begin.start(), end, found
        at = max(end, begin.start() + 1)


@lru_cache(maxsize=2**14)
def _is_plain(word: str | None) -> bool:
    """Return whether no number can begin with a word that stands by itself; so it is with most."""
    return word is not None and word.lower() not in OPENERS and not NUMERAL.fullmatch(word)


def _read_at(text: str, begin: re.Match[str]) -> tuple[int, list[Said]]:
    """Read the quantity that begins here, if one does; give where to go on, and what it says."""
    start = begin.start()
    if begin[0] in figures.VULGAR:
        return _first((figures.VULGAR_ALONE,), text, start) or (start + 1, [])
    if begin[0].isdigit():
        return _read_figure(text, start)
    code = figures.CODE.pattern.match(text, start)
    if code and DIGIT.search(code[0]) and not _is_prefix(begin[0], text, begin.end()):
        return _read_coded(text, start, code)
    return _read_words(text, begin)


def _read_words(text: str, begin: re.Match[str]) -> tuple[int, list[Said]]:
    """Read a quantity that begins with a word."""
    start = begin.start()
    if forms := _forms(begin[0].lower()):
        if found := _first(forms, text, start):
            return found
        end, said = amounts.in_words(text, start)
        if said:
            return end, said
    numeral = NUMERAL.match(text, start) and _first((figures.ROMAN_NUMERAL,), text, start)
    return numeral or (begin.end(), [])


@lru_cache(maxsize=2**10)
def _forms(word: str) -> tuple[Form, ...]:
    """Return the forms that can begin with a word in small letters."""
    return tuple([form for openers, forms in BY_WORD if word in openers for form in forms])


def _read_figure(text: str, start: int) -> tuple[int, list[Said]]:
    before = text[max(0, start - 2) : start]
    shortened = before.endswith("'") and not before[:1].isalnum()
    forms = (*days.SHORTENED, *BY_FIGURE) if shortened else BY_FIGURE
    if found := _first(forms, text, start):
        end, said = found
        return end, [figures.numbered(each, text, start) for each in said]
    unread = figures.UNREAD.pattern.match(text, start)
    end = unread.end() if unread else start + 1  # a figure of another script is no figure here
    return end, list(figures.UNREAD.read(unread)) if unread else []


def _read_coded(text: str, start: int, code: re.Match[str]) -> tuple[int, list[Said]]:
    """Read a word that has figures in it, MH17 or F-16: a name, and no number, unless a date begins with it."""
    found = _first((*days.FROM_A_WORD, figures.ROMAN_NUMERAL), text, start)
    return found or (code.end(), list(figures.CODE.read(code)))


def _is_prefix(word: str, text: str, end: int) -> bool:
    """Return whether a figure is joined to a word that is none of its own: mid-2022, and-20."""
    return text[end : end + 1] == "-" and (word.lower() in figures.PREFIXES or word.lower() in OPENERS)


def _first(forms: Sequence[Form], text: str, start: int) -> tuple[int, list[Said]] | None:
    """Return where the first form that fits ends, and what it says."""
    for form in forms:
        match = form.pattern.match(text, start)
        if match and (found := list(form.read(match))):
            return match.end(), found
    return None


def _less_exact(kind: Kind, value: Decimal) -> Iterator[Value]:
    """Yield what says less than a value: the day of the month, the decade, dozens of them."""
    if kind == "day":
        yield "ordinal", value % 100
    elif kind == "number":
        if 1000 <= value < 2200:
            yield "decade", value // 10 * 10
        yield from (("amount", Decimal(least)) for least, most in amounts.UPTO.items() if 2 * least <= value < most)
        if value == value.to_integral_value() and 1 < value < 100:
            yield "times", value
    elif kind == "amount":
        yield from (("amount", Decimal(other)) for other in (12, 20) if value in (12, 20))
