"""The forms of numbers in words: counts, ranks, shares, multiples and vague amounts.

`two-thirds` and `one in five` are shares, `dozens` and `hundreds of thousands` amounts, `twice` a multiple. "One",
"first" and "second" are mostly no counting: they bear a number out, and are asked for it only where they count.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from retell.checks.evidence.figures import BELOW_ZERO
from retell.checks.evidence.forms import Form, Said, compiled, group, said
from retell.checks.evidence.number_words import BIG, ORDINALS, PARTS, SCALES, TENS, UNITS, WORDS, exact, read
from retell.checks.evidence.number_words import OPENERS as NUMBER_OPENERS

if TYPE_CHECKING:
    from collections.abc import Iterator

VAGUE = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}
UPTO = {12: 240, 20: 240, 100: 2500, 1000: 10**6, 10**4: 3 * 10**5, 10**5: 3 * 10**6, 10**6: 10**9, 10**9: 10**13}
"""So far a vague amount reaches: dozens are more than a dozen or two, and fewer than hundreds."""
MULTIPLES = {
    "twice": 2,
    "thrice": 3,
    "doubled": 2,
    "tripled": 3,
    "trebled": 3,
    "quadrupled": 4,
    "twofold": 2,
    "threefold": 3,
}
MULTIPLES |= {"fourfold": 4, "tenfold": 10, "doubling": 2, "tripling": 3}
PAIRS = {
    "both": 2,
    "couple": 2,
    "pair": 2,
    "double": 2,
    "dual": 2,
    "twin": 2,
    "trio": 3,
    "single": 1,
    "sole": 1,
    "lone": 1,
}
PAIRS |= {"fortnight": 14, "decade": 10, "century": 100, "week": 7, "another": 1, "triple": 3}
PENCE = {f"{word}pence": value for word, value in UNITS.items() if value > 1} | {"tuppence": 2, "thruppence": 3}
HALVES = r"of|the|its|their|his|her|our|my|those|these|all"
NOT_RANKED = frozenset(
    {"hand", "glance", "sight", "nature", "thought", "name", "place", "degree", "lady", "class", "all", "half"}
)
_WORD = re.compile(r"[A-Za-z]+")
NUMBERED_WAR = re.compile(r"\bWar $")
OF_A_SERIES = re.compile(
    r" (?:[A-Z][\w-]+ ){0,2}(?:War|Army|Battalion|Regiment|Division|Corps|Brigade|Fleet|Republic|Amendment|Crusade"
    r"|Congress|International|Intifada)\b"
)
"""With it a capital does not keep a rank from counting: the Second World War."""
OR_TWO = re.compile(r"\b(?:an?|one) [a-z]+ or $", re.IGNORECASE)
"""Behind it no number counts: a minute or two."""


def in_words(text: str, start: int) -> tuple[int, list[Said]]:
    """Read the number in words that begins at a place of a text; give where it ends, and what it says."""
    run = RUN.match(text, start)
    words = list(_WORD.finditer(text, start, run.end())) if run else []
    number = read([word[0].lower() for word in words])
    if number is None:
        return start, []
    end = words[number.words - 1].end()
    percent = PERCENT.match(text, end)
    if percent:
        return percent.end(), [said("percent", number.value)]
    negative = text[max(0, start - 6) : start].lower() == "minus " or BELOW_ZERO.match(text, end) is not None
    if NUMBERED_WAR.search(text, max(0, start - 6), start):
        return end, [Said("ordinal", (("ordinal", number.value), ("number", number.value)))]
    counts = number.value != 1 and not OR_TWO.search(text, max(0, start - 24), start)
    return end, [said("number", -number.value if negative else number.value, asks=counts)]


def _range(match: re.Match[str]) -> Iterator[Said]:
    """Read `eight or nine hundred` and `two to three thousand`: the scale is of both."""
    first, second = (read(_WORD.findall(match[name].lower())) for name in ("first", "second"))
    if first is None or second is None:
        return
    scale = SCALES[match["scale"].lower()] * BIG.get(group(match, "more").lower(), 1)
    yield said("number", first.value * scale, first.value)
    yield said("number", second.value * scale)


def _share(match: re.Match[str]) -> Iterator[Said]:
    """Read `two-thirds` and `a quarter` as a share; it may count something as well, as half an hour does."""
    count = UNITS.get(group(match, "count").lower(), 1)
    share = Decimal(count) / PARTS[match["part"].lower()]
    yield Said("percent", (*said("percent", exact(100 * share)).readings, *said("number", exact(share)).readings))


def _half(match: re.Match[str]) -> Iterator[Said]:
    yield Said("percent", (*said("percent", 50).readings, *said("number", Decimal("0.5")).readings))


def _half_of_a_unit(match: re.Match[str]) -> Iterator[Said]:
    """Read `half an hour`: 0.5, and thirty minutes."""
    smaller = {"hour": 30, "day": 12, "year": 6, "minute": 30, "century": 50, "decade": 5}[match["unit"].lower()]
    yield said("number", Decimal("0.5"), smaller)


def _unit_and_a_half(match: re.Match[str]) -> Iterator[Said]:
    """Read `a year and a half`: 1.5, and eighteen months."""
    smaller = {"hour": 90, "day": 36, "year": 18, "minute": 90, "century": 150, "decade": 15, "month": 6, "week": 10}
    yield said("number", Decimal("1.5"), smaller[match["unit"].lower()])


def _one_in(match: re.Match[str]) -> Iterator[Said]:
    first, second = (
        Decimal(UNITS.get(match[name].lower()) or TENS.get(match[name].lower(), 0)) for name in ("first", "second")
    )
    if 0 < first < second:
        yield said("percent", exact(100 * first / second))


def _vague(match: re.Match[str]) -> Iterator[Said]:
    """Read dozens, hundreds, tens of thousands."""
    first, of = match["first"].lower(), group(match, "of").lower()
    amount = 10 if first == "tens" else VAGUE.get(first, SCALES.get(first, 0))
    yield said("amount", amount * VAGUE.get(of, 1))


def _multiple(match: re.Match[str]) -> Iterator[Said]:
    factor = MULTIPLES[match["multiple"].lower()]
    yield Said("times", (*said("times", factor).readings, *said("number", factor).readings))


def _pair(match: re.Match[str]) -> Iterator[Said]:
    yield said("number", PAIRS[match["pair"].lower()], asks=False)


def _pence(match: re.Match[str]) -> Iterator[Said]:
    yield said("number", PENCE[match["pence"].lower()])


def _rank(match: re.Match[str]) -> Iterator[Said]:
    """Read a rank; it counts behind an article or a possessive and before what it counts."""
    value = TENS.get(group(match, "tens").lower(), 0) + ORDINALS[match["rank"].lower()]
    yield said("ordinal", value, asks=_counts(match))


def _counts(match: re.Match[str]) -> bool:
    if OF_A_SERIES.match(match.string, match.end()):
        return True
    if match["rank"][0].isupper() or group(match, "plural"):
        return False
    before = match.string[max(0, match.start() - 12) : match.start()]
    after = _WORD.match(match.string, match.end() + 1) if match.string[match.end() : match.end() + 1] == " " else None
    if not re.search(
        r"\b(?:the|its|their|his|her|our|this|that|every|each|a|an|-year-old's|'s|s') $", before, re.IGNORECASE
    ):
        return False
    if match["rank"] == "second" and re.search(r"\b(?:a|this|that|each|every) $", before, re.IGNORECASE):
        return after is not None and after[0] not in (
            "later",
            "or",
            "and",
            "before",
            "after",
            "ago",
            "to",
            "of",
            "the",
            "in",
        )
    return after is not None and after[0].lower() not in NOT_RANKED


_UNITS, _TENS, _PARTS = "|".join(UNITS), "|".join(TENS), "|".join(PARTS)
_FIRST, _MORE = ("|".join(sorted(words, key=len, reverse=True)) for words in (NUMBER_OPENERS, WORDS))
_RUN = rf"(?i:{_FIRST})\b(?:(?:[ -]|,\s|,?\sand\s|-and-)(?i:{_MORE})\b)*"
_SMALL = rf"(?i:(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_UNITS})"
_SCALE = rf"(?i:{'|'.join(SCALES)})"
_IS_ALL = (
    r"(?:$|[.,;:)]|\s(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could)\b)"  # "one worker in three is …"
)
_LEFT = r"(?:(?i:of)\b|[.,;:)]|$)"
FORMS = (
    Form(
        "one in five",
        compiled(
            rf"(?P<first>(?i:{_UNITS}))\s(?i:in|out\sof|[a-z]+\sin(?=\s\w+{_IS_ALL}))\s(?:every\s)?"
            rf"(?P<second>(?i:{_UNITS}|{_TENS}))\b(?!\s?(?i:hundred|thousand))"
        ),
        _one_in,
    ),
    Form(
        "half of a unit",
        compiled(r"(?i:half)[\s-]an?[\s-](?P<unit>(?i:hour|day|year|minute|century|decade))\b"),
        _half_of_a_unit,
    ),
    Form(
        "unit and a half",
        compiled(r"(?i:an?|one)\s(?P<unit>(?i:hour|day|year|minute|century|decade|month|week))\sand\sa\shalf\b"),
        _unit_and_a_half,
    ),
    Form(
        "range",
        compiled(
            rf"(?P<first>{_SMALL})\s(?i:or|to)\s(?P<second>{_SMALL})[\s-](?P<scale>{_SCALE})\b(?:\s(?P<more>(?i:{'|'.join(BIG)}))\b)?"
        ),
        _range,
    ),
    Form(
        "vague",
        compiled(
            rf"(?P<first>(?i:tens|{'|'.join(VAGUE)}))(?:\sof\s(?P<of>(?i:hundreds|thousands|millions|billions)))?\b"
        ),
        _vague,
    ),
    Form(
        "several hundred",
        compiled(r"(?i:several|a\sfew|some|many)\s(?P<first>(?i:dozen|hundred|thousand|million|billion))s?\b"),
        _vague,
    ),
    Form(
        "shares",
        compiled(
            rf"(?P<count>(?i:{_UNITS}))[\s-](?P<part>(?i:{_PARTS}))\b(?!\s(?i:(?:of\s)?an?)\s{_SCALE}\b)"
            rf"(?!\s(?i:past|to)\b)"
        ),
        _share,
    ),
    Form(
        "a third of",
        compiled(rf"(?i:an?)\s(?!half)(?P<part>(?i:{_PARTS}))(?=\s?{_LEFT})(?!\s(?i:of\san?)\s{_SCALE}\b)"),
        _share,
    ),
    Form("half of", compiled(rf"(?i:half)(?=\s(?i:{HALVES})\b)(?!\s(?i:of\san?)\s{_SCALE}\b)"), _half),
    Form("multiple", compiled(rf"(?P<multiple>(?i:{'|'.join(MULTIPLES)}))\b"), _multiple),
    Form(
        "rank", compiled(rf"(?:(?P<tens>(?i:{_TENS}))[\s-])?(?P<rank>(?i:{'|'.join(ORDINALS)}))(?P<plural>s)?\b"), _rank
    ),
    Form("pence", compiled(rf"(?P<pence>(?i:{'|'.join(PENCE)}))\b"), _pence),
    Form("pair", compiled(rf"(?P<pair>(?i:{'|'.join(PAIRS)}))\b"), _pair),
)
RUN = compiled(_RUN)
PERCENT = compiled(r"[\s-](?i:per[\s-]?cent|pct)\b(?!age)")
OPENERS = frozenset({*NUMBER_OPENERS, *VAGUE, *MULTIPLES, *PAIRS, *PENCE, *ORDINALS, "tens", "several", "some", "many"})
