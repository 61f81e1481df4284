"""The forms of times of day, as minutes since midnight.

`8 a.m.`, `8.30pm`, `20.30`, `08:00`, `8 o'clock in the morning`, `half past four`, `a quarter to nine`, `noon`. Without
a half of the day a time is read as either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.evidence.forms import Form, Said, compiled, group, said
from retell.checks.evidence.number_words import TENS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.evidence.forms import Value

NAMED = {"noon": 720, "midday": 720, "midnight": 0}
HALF = r"(?P<half>[apAP])\.?\s?[mM]\b\.?"
PART = r"(?i:(?:at\s|in\sthe\s|that\s)(?P<part>morning|afternoon|evening|night|day|daytime))\b"
_HOUR_WORDS = "|".join(list(UNITS)[1:13])
_HOUR = rf"(?:(?:0?[1-9]|1[0-2])(?!\d)|(?i:{_HOUR_WORDS})\b)"
_CLOCK = r"(?:\s?o'?\s?clock|\sof\sthe\sclock)"
_BEHIND = re.compile(r"\b(?:at|by|until|till|from|to|after|before|around|about|between|and|past)\s$", re.IGNORECASE)
_AT = re.compile(r"\b(?:at|by|until|till|since)\s(?:about\s|around\s|nearly\s|almost\s)?$", re.IGNORECASE)
_OF_A_TIME = re.compile(
    r"\b(?:at|by|until|till|before|after|past|around|about|towards|nearly|between|from"
    rf"|{_HOUR}\s(?:and|or|to))\s$",
    re.IGNORECASE,
)
"""What stands before an hour of which nothing else says that it is one: at about three, between four and five."""


def times(hour: int, minute: int, half: str = "", part: str = "") -> Said:
    """Return what a time of day may mean; where nothing says which half of the day, either is meant."""
    part = part.lower()
    twelve = hour % 12 * 60 + minute
    if half:
        return said("clock", twelve + 720 * (half.lower() == "p"))
    if part == "morning":
        return said("clock", twelve)
    if part in ("afternoon", "evening"):
        return said("clock", twelve + 720)
    if part == "night":
        return said("clock", twelve + 720 * (6 <= hour < 12))
    if part in ("day", "daytime"):
        return said("clock", twelve + 720 * (hour < 6 or hour == 12))
    return said("clock", twelve, twelve + 720)


def _exact(match: re.Match[str]) -> Iterator[Said]:
    """Read hours and minutes in figures."""
    hour, minute, half, part = (
        int(match["hour"]),
        int(group(match, "minute") or 0),
        group(match, "half"),
        group(match, "part"),
    )
    if half and hour > 12:
        half = ""
    if half or part:
        yield times(hour, minute, half or "", part or "")
    elif hour > 12 or hour == 0 or match["hour"][0] == "0":
        yield said("clock", hour * 60 + minute)
    else:
        # as printed first: 12:30 is noon's half hour, and may be midnight's
        yield said("clock", hour * 60 + minute, (hour * 60 + minute + 720) % 1440)


def _dotted(match: re.Match[str]) -> Iterator[Said]:
    """Read `20.30` behind a preposition of time; elsewhere it is a decimal."""
    if _BEHIND.search(match.string[max(0, match.start() - 8) : match.start()]):
        yield from _exact(match)


def _oclock(match: re.Match[str]) -> Iterator[Said]:
    yield times(_value(match["hour"]), 0, group(match, "half"), group(match, "part"))


def _spoken(match: re.Match[str]) -> Iterator[Said]:
    """Read `half past four`, `a quarter to nine`, `ten minutes past five`."""
    before = group(match, "way").lower() in ("to", "before", "of")
    amount = match["amount"].lower()
    minutes = {"half": 30, "quarter": 15}.get(amount.split()[-1].split("-")[-1]) or _value(amount)
    named = NAMED.get(match["hour"].lower())
    if named is not None:
        yield said("clock", (named + (-minutes if before else minutes)) % 1440)
        return
    hour = _value(match["hour"])
    if before:
        hour, minutes = (hour - 1) or 12, 60 - minutes
    yield times(hour, minutes, group(match, "half"), group(match, "part"))


def _half_four(match: re.Match[str]) -> Iterator[Said]:
    """Read `at half four`, which is half past four in Britain."""
    if _BEHIND.search(match.string[max(0, match.start() - 8) : match.start()]):
        yield from _spoken(match)


def _at_spoken(match: re.Match[str]) -> Iterator[Said]:
    """Read `at twenty to seven` and `at 18h`, which elsewhere may be a range and a span of time."""
    if _AT.search(match.string, max(0, match.start() - 20), match.start()):
        yield from _spoken(match) if "amount" in match.re.groupindex else _military(match)


def _bare_hour(match: re.Match[str]) -> Iterator[Said]:
    """Read `five in the morning`, which may be five of something as well."""
    (clock,) = _oclock(match)
    number = () if _AT.search(match.string, max(0, match.start() - 20), match.start()) else _number(match)
    yield Said("clock", (*clock.readings, *number))


def _maybe_hour(match: re.Match[str]) -> Iterator[Said]:
    """Read `about three` and `between four and five`: a number, which may be an hour."""
    if _OF_A_TIME.search(match.string, max(0, match.start() - 16), match.start()):
        hour = _value(match["hour"])
        yield Said("number", (*_number(match), *times(hour, 0).readings), hour != 1)


def _number(match: re.Match[str]) -> tuple[Value, ...]:
    return said("number", _value(match["hour"])).readings


def _military(match: re.Match[str]) -> Iterator[Said]:
    yield said("clock", int(match["hour"]) * 60 + int(group(match, "minute") or 0))


def _named(match: re.Match[str]) -> Iterator[Said]:
    yield said("clock", NAMED[match["named"].lower()])


def _value(word: str) -> int:
    if word.isdigit():
        return int(word)
    parts = re.split("[ -]", word.lower())
    return sum(UNITS.get(part, 0) + TENS.get(part, 0) for part in parts)


_OR_NOON = rf"(?:{_HOUR}|(?i:noon|midday|midnight)\b)"
_PAST = rf"[\s-](?i:minutes?\s)?(?P<way>(?i:past))[\s-](?P<hour>{_OR_NOON})(?:{_CLOCK})?"
_WAY = rf"[\s-](?i:minutes?\s)?(?P<way>(?i:past|to|before|after))[\s-](?P<hour>{_OR_NOON})"
_TO_NOON = r"\s(?P<way>(?i:to|before))\s(?P<hour>(?i:noon|midday|midnight))\b"
_TO = rf"\s(?P<way>(?i:to))\s(?P<hour>{_HOUR})(?=[.,;:)]|$|\s[a-z]{{2,4}}\b)"
_MINUTES_TO = rf"\s(?i:minutes\s(?P<way>to|before))\s(?P<hour>{_HOUR})"
_LAST = r"(?=[.,;:](?!\d)|\)|$|\s(?i:until|till|on|in|that|when|they|he|she|it|the)\b)"
_OR = r"(?=\s(?i:or)\s(?i:after|later|before|earlier|so)\b)"
_THEN = rf"(?:{_LAST}|{_OR}|(?=\s(?i:and|or|to)\s{_HOUR}(?:{_LAST}|{_CLOCK})))"
_FIVES = r"(?:5|10|20|25|(?i:five|ten|twenty(?:[ -]five)?))"
_TAIL = rf"(?:\s?{HALF}|,?\s{PART})?"
_EITHER = r"(?:[01]?\d|2[0-3])"
FROM_A_FIGURE = (
    Form("noon", compiled(r"(?:12|0?0)\s(?i:o'clock\s)?(?P<named>(?i:noon|midday|midnight))\b"), _named),
    Form(
        "military",
        compiled(r"(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d)\s?(?:hours\b|hrs\b|GMT\b|UTC\b|h\b)"),
        _military,
    ),
    Form(
        "exact",
        compiled(rf"(?P<hour>{_EITHER}):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s*{HALF}|\s{PART})?"),
        _exact,
    ),
    Form(
        "dotted",
        compiled(
            rf"(?P<hour>{_EITHER})\.(?P<minute>[0-5]\d)(?!\d|\.\d|\s?(?:%|per|m|b))"
            rf""
        ),
        _dotted,
    ),
    Form("hour", compiled(rf"(?P<hour>0?[1-9]|1[0-2])(?:\.(?P<minute>[0-5]\d))?\s*{HALF}"), _exact),
    Form("o'clock", compiled(rf"(?P<hour>{_HOUR})(?i:{_CLOCK}){_TAIL}"), _oclock),
    Form("in the morning", compiled(rf"(?P<hour>{_HOUR})\s{PART}"), _bare_hour),
    Form("minutes past", compiled(rf"(?P<amount>{_FIVES}){_PAST}{_TAIL}"), _spoken),
    Form("minutes to", compiled(rf"(?P<amount>{_FIVES}){_WAY}(?:{_CLOCK}|(?=\s?[apAP]\.?m\b)){_TAIL}"), _spoken),
    Form("so many minutes to", compiled(rf"(?P<amount>{_FIVES}){_MINUTES_TO}{_TAIL}"), _spoken),
    Form("18h", compiled(rf"(?P<hour>{_EITHER})\s?[hH](?!\w)"), _at_spoken),
    Form("to noon", compiled(rf"(?P<amount>{_FIVES}){_TO_NOON}"), _spoken),
    Form("twenty to", compiled(rf"(?P<amount>{_FIVES}){_TO}"), _at_spoken),
    Form("7h30", compiled(rf"(?P<hour>{_EITHER})[hH](?P<minute>[0-5]\d)(?!\w)"), _exact),
)
FROM_A_WORD = (
    Form("noon", compiled(r"(?:(?i:twelve)\s)?(?P<named>(?i:noon|midday|midnight))\b"), _named),
    Form("o'clock", compiled(rf"(?P<hour>{_HOUR})(?i:{_CLOCK}){_TAIL}"), _oclock),
    Form("hour", compiled(rf"(?P<hour>{_HOUR})\s{HALF}"), _oclock),
    Form("in the morning", compiled(rf"(?P<hour>{_HOUR})\s{PART}"), _bare_hour),
    Form("half past", compiled(rf"(?P<amount>(?i:half|(?:an?\s)?quarter)){_PAST}{_TAIL}"), _spoken),
    Form("a quarter to", compiled(rf"(?P<amount>(?i:(?:an?\s)?quarter)){_WAY}(?:{_CLOCK})?{_TAIL}"), _spoken),
    Form("minutes past", compiled(rf"(?P<amount>{_FIVES}){_PAST}{_TAIL}"), _spoken),
    Form("minutes to", compiled(rf"(?P<amount>{_FIVES}){_WAY}(?:{_CLOCK}|(?=\s?[apAP]\.?m\b)){_TAIL}"), _spoken),
    Form("so many minutes to", compiled(rf"(?P<amount>{_FIVES}){_MINUTES_TO}{_TAIL}"), _spoken),
    Form("to noon", compiled(rf"(?P<amount>{_FIVES}){_TO_NOON}"), _spoken),
    Form("twenty to", compiled(rf"(?P<amount>{_FIVES}){_TO}"), _at_spoken),
    Form("half four", compiled(rf"(?P<amount>(?i:half))\s(?P<hour>{_HOUR})(?=[.,;:)]|$|\s[a-z]{{2,4}}\b)"), _half_four),
)
MAYBE_HOUR = Form("may be an hour", compiled(rf"(?P<hour>{_HOUR}){_THEN}"), _maybe_hour)
OPENERS = frozenset({*NAMED, *list(UNITS)[1:20], "half", "quarter", "a", "twenty"})
