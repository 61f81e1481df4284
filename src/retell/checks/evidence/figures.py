"""The forms of numbers in figures, with what scales or shares them.

`1,700`, `10 000`, `1.700.000`, `2,5 million`, `$360m`, `-4`, `40%`, `40-percent`, `5 1/2`, `two to 3 million`, `22nd`,
`XXIIId`, `Louis XIV`. What begins with a figure and is none of these is **unread**: it is never read in part.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from retell.checks.evidence.forms import END, Form, Said, compiled, group, said
from retell.checks.evidence.number_words import OPENERS as NUMBER_OPENERS
from retell.checks.evidence.number_words import SCALES, exact

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mm": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
    "t": 10**12,
}
SPACED = ("mn", "mln", "bn", "tn")
CURRENCY = "$£€¥₽₼֏₹"
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5)}
VULGAR |= {"⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}
ROMAN = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
NUMBERED = re.compile(r"\b(Routes?|Highway|Interstate|Flight|Channel|Room|Gate|Platform|Resolution|Apollo|Area)\s$")
BELOW_ZERO = re.compile(r"(?:\sdegrees)?\sbelow\s(?:zero|freezing)\b")
MOST_PENCE = 12
NUMERAL = re.compile(r"M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
TITLES = "War|King|Queen|Pope|Tsar|Czar|Emperor|Empress|Sultan|Kaiser"
RULERS = (
    "Alexander|Catherine|Charles|Edward|Elizabeth|Ferdinand|Francis|Frederick|George|Henry|James|Joseph|Leopold|Louis"
    "|Mary|Napoleon|Nicholas|Paul|Peter|Philip|Wilhelm|William"
)
RULED = re.compile(rf"\b(?:(?:{TITLES})(?:\s[A-Z][a-z]+)?|{RULERS})\s$")
"""What stands before the numeral of a ruler or a war; behind other names an I may be whoever speaks."""
DIVIDED = re.compile(r"\b(?:part|act|phase|volume|vol\.|chapter|article|book|scene|section)\s$", re.IGNORECASE)
CENTURY = re.compile(r"(?:th)?[\s-](?:century|centuries)\b")
MEASURES = "km|kg|kgs|cm|mm|m|l|ft|mph|kph|lb|lbs|oz|g|t|ha|MW|GW|kW|W|C|F|hrs?|mins?|secs?|s|h|x|pm|am|°C|°F|°"

_GROUPED = (
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\s\d{3})+(?!\d)(?:[.,]\d+)?|\d{1,3}(?:'\d{3})+(?!\d)(?:\.\d+)?"
)
_FIGURE = (
    rf"(?:{_GROUPED}|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d+)?"
    r"|\d+\.\d+|\d+,\d{1,2}(?!\d)|\d+)"
)
_LONG_SCALE = rf"(?i:{'|'.join(SCALES)}|{'|'.join(SPACED)})\b"
_PERCENT = r"(?:\s?%|[\s-]?(?i:per[\s-]?cent|pct|p\.?c\.?)(?!\w|age))"
_SCALE = rf"(?:[\s-]?(?P<scale>{_LONG_SCALE})|(?P<short>(?i:{'|'.join(SHORT)}))(?!\w))"
_TO = r"(?:\s?-\s?|\s(?i:to|or|and)\s)"
_SLASHED = r"(?P<over>\d{1,3})/(?P<under>\d{1,3})"


def value(written: str) -> tuple[Decimal, ...]:
    """Return the values that a figure may have; 1.700 is one and seven tenths, or seventeen hundred.

    73 174 is one number, or two in the columns of a table.
    """
    columns = re.split(r"\s", written)
    if len(columns) > 1 and not any(each.startswith("0") for each in columns) and written.replace(" ", "").isdecimal():
        return (Decimal("".join(columns)), *map(Decimal, columns))
    bare = re.sub(r"[\s']", "", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", bare):
        return (Decimal(bare.replace(".", "").replace(",", ".")),)
    if re.fullmatch(r"\d+,\d{1,2}", bare):
        return (Decimal(bare.replace(",", ".")),)
    plain = Decimal(bare.replace(",", ""))
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", bare):
        return plain, Decimal(bare.replace(".", ""))
    return (plain,)


def _figure(match: re.Match[str]) -> Iterator[Said]:
    """Read a figure with its scale or its per cent."""
    values = value(match["figure"])
    sign = -1 if _is_negative(match) else 1
    if group(match, "percent"):
        yield said("percent", *[sign * each for each in values])
        return
    scale = SCALES.get(group(match, "scale").lower()) or SHORT.get(group(match, "scale").lower())
    if scale:
        yield said("number", *[sign * each * scale for each in values])
        return
    short = group(match, "short")
    if not short:
        yield said("number", *[sign * each for each in values])
        return
    scaled = [each * SHORT[short.lower()] for each in values]
    paid = match.start() and match.string[match.start() - 1] in CURRENCY
    # "5m" may be metres, and "3t" tons
    yield said("number", *scaled, *(values if short in ("m", "t", "b") and not paid else ()))


def _is_negative(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 8) : match.start()].rstrip(CURRENCY)
    return bool(re.search(r"(?:(?:^|[\s(:])-|\b(?i:minus)\s)$", before)) or bool(
        BELOW_ZERO.match(match.string, match.end())
    )


def _range(match: re.Match[str]) -> Iterator[Said]:
    """Read `2-3 million` and `40 to 50 per cent`: the first may be meant without what the second has."""
    firsts, seconds = value(match["first"]), value(match["second"])
    if group(match, "percent"):
        yield said("percent", *firsts)
        yield said("percent", *seconds)
        return
    written = (group(match, "scale") or group(match, "short")).lower()
    scale = SCALES.get(written) or SHORT[written]
    yield said("number", *[each * scale for each in firsts], *firsts)
    yield said("number", *[each * scale for each in seconds])


def _mixed(match: re.Match[str]) -> Iterator[Said]:
    """Read `5 1/2` and `5½`, with a scale or without."""
    over, under = _parts(match)
    scale = SCALES.get(group(match, "scale").lower(), 1)
    yield said("number", exact((int(match["whole"]) + Decimal(over) / under) * scale))


def _fraction(match: re.Match[str]) -> Iterator[Said]:
    """Read `1/2` as a share or a number; `9/11` may be a day as well."""
    over, under = _parts(match)
    if not under:
        yield Said("unread", (("unread", match[0]),))
        return
    share = Decimal(over) / under
    readings = [*said("percent", exact(100 * share)).readings, *said("number", exact(share)).readings]
    for month, day in ((over, under), (under, over)) if group(match, "over") else ():
        if 0 < month <= 12 and 0 < day <= 31:
            readings += said("day", month * 100 + day).readings
    yield Said("percent", tuple(readings))


def _parts(match: re.Match[str]) -> tuple[int, int]:
    return VULGAR[match["vulgar"]] if group(match, "vulgar") else (int(match["over"]), int(match["under"]))


def _one_in(match: re.Match[str]) -> Iterator[Said]:
    """Read `1 in 5` and `9 out of 10` as shares."""
    over, under = Decimal(match["first"]), Decimal(match["second"])
    if 0 < over < under:
        yield said("percent", exact(100 * over / under))


def _rank(match: re.Match[str]) -> Iterator[Said]:
    yield said("ordinal", int(match["rank"]))


def _pence(match: re.Match[str]) -> Iterator[Said]:
    """Read `6d` as pence, and `2d` and `22d` as a rank as well, in the older way of printing it."""
    number = int(match["pence"])
    rank = said("ordinal", number).readings if number % 10 in (2, 3) and number % 100 not in (12, 13) else ()
    yield (
        Said("ordinal", rank)
        if number > MOST_PENCE and rank
        else Said("number", (*said("number", number).readings, *rank))
    )


def numbered(each: Said, text: str, start: int) -> Said:
    """Return what a figure says behind a word that it numbers: Route 66 is a name, which 66 of anything is not."""
    by = NUMBERED.search(text, max(0, start - 12), start)
    if not by or each.kind not in ("number", "year"):
        return each
    return Said("code", (("code", f"{by[1].lower()}{each.readings[0][1]}"), *each.readings))


def roman(numeral: str) -> int:
    """Return the value of a Roman numeral."""
    values = [ROMAN[letter] for letter in numeral]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _roman(match: re.Match[str]) -> Iterator[Said]:
    """Read the numeral of a king, a war or a chapter as a rank, and a long one as a year."""
    numeral = match["numeral"]
    if not NUMERAL.fullmatch(numeral):
        return
    before = match.string[max(0, match.start() - 24) : match.start()]
    if group(match, "ending"):
        yield said("ordinal", roman(numeral))
    elif len(numeral) > 4:
        yield said("year", roman(numeral))
    elif DIVIDED.search(before) and numeral not in "CDLM":  # chapter IV is chapter 4
        yield Said("ordinal", (("ordinal", Decimal(roman(numeral))), ("number", Decimal(roman(numeral)))))
    elif _is_ruled(numeral, before) or CENTURY.match(match.string, match.end()):
        yield said("ordinal", roman(numeral))


def _is_ruled(numeral: str, before: str) -> bool:
    """Return whether a numeral is a king's or a war's, by what stands before it."""
    if RULED.search(before):
        return numeral not in "CDLM"
    return len(numeral) > 1 and re.search(r"\b[A-Z][a-z'-]+\s$", before) is not None


def _code(match: re.Match[str]) -> Iterator[Said]:
    yield Said("code", (("code", re.sub(r"[\W_]", "", match[0]).lower()),))


def _unread(match: re.Match[str]) -> Iterator[Said]:
    yield Said("unread", (("unread", match[0].lower()),))


_MEASURED = rf"(?:(?:{MEASURES})(?:²|³|2|3)?(?!\w))"
FROM_A_FIGURE = (
    Form(
        "range",
        compiled(rf"(?P<first>{_FIGURE}){_TO}[{CURRENCY}]?(?P<second>{_FIGURE})(?:(?P<percent>{_PERCENT})|{_SCALE})"),
        _range,
    ),
    Form(
        "one in five",
        compiled(rf"(?P<first>\d{{1,3}})\s(?:in|out\sof)\s(?:every\s)?(?P<second>\d{{1,3}}){END}"),
        _one_in,
    ),
    Form(
        "mixed",
        compiled(
            rf"(?P<whole>\d{{1,6}})(?:[\s-]?(?P<vulgar>[{''.join(VULGAR)}])|[\s-]{_SLASHED})(?![\w/])(?:[\s-](?P<scale>{_LONG_SCALE}))?"
        ),
        _mixed,
    ),
    Form("fraction", compiled(rf"{_SLASHED}(?![\w/]|[.,]\d)"), _fraction),
    Form("rank", compiled(r"(?P<rank>\d{1,9})\s?(?:st|nd|rd|th|ST|ND|RD|TH)\b"), _rank),
    Form("pence", compiled(r"(?P<pence>\d{1,9})d\b"), _pence),
    Form("scaled", compiled(rf"(?P<figure>{_FIGURE})(?:(?P<percent>{_PERCENT})|{_SCALE})"), _figure),
    Form("figure", compiled(rf"(?P<figure>{_FIGURE})(?:{END}|(?={_MEASURED})|(?=\+)|(?=-[^\W\d])|(?='s?\b))"), _figure),
)
VULGAR_ALONE = Form("vulgar", compiled(rf"(?P<vulgar>[{''.join(VULGAR)}])"), _fraction)
ROMAN_NUMERAL = Form("roman", compiled(r"(?P<numeral>[MDCLXVI]+)(?P<ending>(?:st|nd|rd|th|d))?\b"), _roman)
CODE = Form("code", compiled(r"[^\W_](?:[\w]|-(?=\w))*"), _code)
UNREAD = Form("unread", compiled(r"\d(?:[\w½¼¾]|[.,:/'-](?=\w))*"), _unread)
PREFIXES = frozenset({"mid", "pre", "post", "late", "early", "non", "nearly", "some", "about", "sub", "a", "to", "and"})
"""Words that may stand before a figure with a hyphen: mid-2022."""
OPENERS = NUMBER_OPENERS
