"""What every form of a number or date is made of, and how it is compared.

A form is a pattern and what a match of it says. Each thing said is a tuple of readings, for `10/11/2020` may be two
days: whoever says it is borne out by any of them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Kind: TypeAlias = Literal[
    "number",
    "percent",
    "times",
    "amount",
    "ordinal",
    "clock",
    "day",
    "month",
    "weekday",
    "year",
    "decade",
    "code",
    "unread",
]
Value: TypeAlias = tuple[Kind, Decimal | str]


class Said(NamedTuple):
    """One thing that a form says: what it is called, its readings, and whether it needs to be borne out itself."""

    kind: Kind
    readings: tuple[Value, ...]
    asks: bool = True


class Form(NamedTuple):
    """One form: its pattern, tried where a number may begin, and what a match says (nothing: it is no number)."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Iterable[Said]]


def said(kind: Kind, *values: Decimal | int, asks: bool = True) -> Said:
    """Return what is said where one thing has several possible values; a year is compared as any number is."""
    compared: Kind = "number" if kind == "year" else kind
    return Said(kind, tuple([(compared, Decimal(value)) for value in values]), asks)


def group(match: re.Match[str], name: str) -> str:
    """Return what a group of a match holds; nothing where it holds nothing or its pattern has no such group."""
    return (match[name] or "") if name in match.re.groupindex else ""


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern whose white space and comments are for its reader."""
    return re.compile(pattern, re.VERBOSE)


END = r"(?!\w|[.,:/']\d|\s?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|-\d+-\d)"
"""Where a figure is whole: no letter, no further figure and no fraction is left over behind it."""
