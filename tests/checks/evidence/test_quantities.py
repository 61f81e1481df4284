"""Numbers and dates have one value, however they are written."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.checks.evidence.days import WEEKDAYS
from retell.checks.evidence.number_words import ORDINALS
from retell.checks.evidence.quantities import OPENERS, Quantity, quantities
from retell.story.dates import MONTHS

MADE_UP = settings(max_examples=200, deadline=None)
FEW = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
BELOW_TWENTY = [*FEW, "seventeen", "eighteen", "nineteen"]
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int, *, with_and: bool = False) -> str:
    """Spell a number below a million."""
    joint = " and " if with_and else " "
    if number >= 1000:
        rest = number % 1000
        more = "" if not rest else (joint if rest < 100 else " ") + in_words(rest, with_and=with_and)
        return f"{in_words(number // 1000, with_and=with_and)} thousand{more}"
    if number >= 100:
        rest = number % 100
        return f"{BELOW_TWENTY[number // 100]} hundred{joint + in_words(rest) if rest else ''}"
    if number >= 20:
        return TENS[number // 10] + (f"-{BELOW_TWENTY[number % 10]}" if number % 10 else "")
    return BELOW_TWENTY[number]


def shown(value: Decimal | str) -> str:
    return value if isinstance(value, str) else f"{value.normalize():f}"


def meanings(text: str) -> list[tuple[str, str]]:
    """Give the kind and the first reading of each quantity that is asked for."""
    return [(quantity.kind, shown(quantity.value)) for quantity in quantities(text) if quantity.asks]


def number_of(quantity: Quantity) -> Decimal:
    assert isinstance(quantity.value, Decimal)
    return quantity.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # figures and words
        ("400 carts", [("number", "400")]),
        ("1,700 people", [("number", "1700")]),
        ("12,345,678", [("number", "12345678")]),
        ("1700 carts", [("year", "1700")]),
        ("57.9", [("number", "57.9")]),
        ("four", [("number", "4")]),
        ("Four carts", [("number", "4")]),
        ("zero", [("number", "0")]),
        ("twenty-four", [("number", "24")]),
        ("twenty four", [("number", "24")]),
        ("twenty\u00a0four", [("number", "24")]),
        ("a hundred", [("number", "100")]),
        ("two hundred and five", [("number", "205")]),
        ("two hundred five", [("number", "205")]),
        ("ten thousand", [("number", "10000")]),
        ("a hundred thousand", [("number", "100000")]),
        ("one thousand and one", [("number", "1001")]),
        ("two dozen", [("number", "24")]),
        ("a dozen", [("number", "12")]),
        ("half a dozen", [("number", "6")]),
        ("half a million", [("number", "500000")]),
        (
            "dozens of carts, hundreds of sheep and tens of thousands of hens",
            [("amount", "12"), ("amount", "100"), ("amount", "10000")],
        ),
        ("several hundred carts, a few dozen sheep", [("amount", "100"), ("amount", "12")]),
        ("a 44-day walk", [("number", "44")]),
        ("an 8-year-old", [("number", "8")]),
        ("between twenty and thirty", [("number", "20"), ("number", "30")]),
        ("three, four or five", [("number", "3"), ("number", "4"), ("number", "5")]),
        ("…four", [("number", "4")]),
        ("...four", [("number", "4")]),
        ("3-5 days", [("number", "3"), ("number", "5")]),
        ("10–12 days", [("number", "10"), ("number", "12")]),
        # money and shares
        ("$360 million", [("number", "360000000")]),
        ("$360,000,000", [("number", "360000000")]),
        ("£2.5 million", [("number", "2500000")]),
        ("2.25 billion", [("number", "2250000000")]),
        ("100 million", [("number", "100000000")]),
        ("10.0 million", [("number", "10000000")]),
        ("1700 million", [("number", "1700000000")]),
        ("40%", [("percent", "40")]),
        ("40 per cent", [("percent", "40")]),
        ("forty percent", [("percent", "40")]),
        ("one per cent", [("percent", "1")]),
        # no numbers
        ("one", []),
        ("One of them", []),
        ("one-way", []),
        ("it may be", []),
        ("to march on", []),
        ("seconds", []),
        ("often, someone, tensions, weighty", []),
        ("A4, G20, MH17, F-16 and COVID-19", [("code", word) for word in ("a4", "g20", "mh17", "f16", "covid19")]),
        # ranks
        ("the 78th session", [("ordinal", "78")]),
        ("3rd and 21st", [("ordinal", "3"), ("ordinal", "21")]),
        # clock
        ("12:30", [("clock", "750")]),
        ("12:00 pm (08:00 GMT)", [("clock", "720"), ("clock", "480")]),
        ("12:15 am", [("clock", "15")]),
        ("noon", [("clock", "720")]),
        ("At midday", [("clock", "720")]),
        ("midnight", [("clock", "0")]),
        ("8 a.m.", [("clock", "480")]),
        ("8.30pm", [("clock", "1230")]),
        ("24:30", [("unread", "24:30")]),
        # dates
        ("10 November 2020", [("month", "11"), ("day", "1110"), ("year", "2020")]),
        ("November 10, 2020", [("month", "11"), ("day", "1110"), ("year", "2020")]),
        ("the 10th November", [("month", "11"), ("day", "1110")]),
        ("Dec. 26, 2022", [("month", "12"), ("day", "1226"), ("year", "2022")]),
        ("2020-11-10", [("month", "11"), ("day", "1110"), ("year", "2020")]),
        ("November 2020", [("month", "11"), ("year", "2020")]),
        ("in May", [("month", "5")]),
        ("Sept. and September", [("month", "9"), ("month", "9")]),
        ("on Sunday", [("weekday", "6")]),
        ("Mondays", [("weekday", "0")]),
        ("in 1994", [("year", "1994")]),
        ("2022–23", [("year", "2022"), ("year", "2023")]),
        ("2022-23", [("year", "2022"), ("year", "2023")]),
        ("2020/21", [("year", "2020"), ("year", "2021")]),
        ("2019–2021", [("year", "2019"), ("year", "2021")]),
        ("2020-11", [("year", "2020")]),
        ("the 1920s", [("decade", "1920")]),
        ("the 1990's", [("decade", "1990")]),
        ("mid-1990s", [("decade", "1990")]),
    ],
)
def test_values(text: str, found: list[tuple[str, str]]) -> None:
    assert meanings(text) == found


def test_a_year_and_a_number_are_compared_alike_and_a_share_is_neither() -> None:
    number, year, share = (quantities(text)[0].readings for text in ("1,700", "1700", "1,700%"))
    assert number == year != share


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize(
    "style", ["{day} {month} 2001", "{month} {day}, 2001", "{month} {day}th, 2001", "{day}th {month}"]
)
def test_each_month_in_both_orders(month: str, style: str) -> None:
    found = dict(meanings(style.format(day=14, month=month)))
    number = MONTHS.index(month) + 1
    assert found["month"] == str(number)
    assert found["day"] == str(number * 100 + 14)
    assert found.get("year", "2001") == "2001"


def test_each_weekday_and_each_rank_below_a_hundred() -> None:
    assert [meanings(day) for day in WEEKDAYS] == [[("weekday", str(i))] for i in range(7)]
    for word, value in ORDINALS.items():
        assert meanings(f"the {word} cart") == [("ordinal", str(value))]
    for value in range(1, 100):
        ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value // 10 != 1 else "th"
        assert meanings(f"{value}{ending}") == [("ordinal", str(value))]


def one_value(text: str) -> Decimal:
    (quantity,) = quantities(f"There are {text} of them.")
    assert quantity.readings[0][0] == "number", text
    assert f"There are {text} of them."[quantity.start : quantity.end] == text
    return number_of(quantity)


@pytest.mark.parametrize("with_and", [True, False])
def test_every_number_below_two_thousand_in_words(with_and: bool) -> None:
    for number in [0, *range(2, 2000)]:
        assert one_value(in_words(number, with_and=with_and)) == number


def test_numbers_below_a_million_in_figures() -> None:
    chosen = [*range(10_000), *range(10_000, 1_000_000, 61)]
    for said in ("; ".join(map(str, chosen)), "; ".join(f"{number:,}" for number in chosen)):
        assert [quantity.value for quantity in quantities(said)] == chosen


def test_numbers_below_a_million_in_words() -> None:
    chosen = random.Random(1).sample(range(2000, 1_000_000), 10_000)
    said = "; ".join(in_words(number, with_and=bool(number % 2)) for number in chosen)
    assert [quantity.value for quantity in quantities(said)] == chosen


@MADE_UP
@given(st.integers(2, 999_999))
def test_a_number_in_words_and_in_figures_has_one_value(number: int) -> None:
    written = {in_words(number), in_words(number, with_and=True), in_words(number).capitalize()}
    assert {one_value(text) for text in (*written, str(number), f"{number:,}")} == {Decimal(number)}


TOKENS = st.sampled_from([*BELOW_TWENTY, *TENS, "hundred", "thousand", "million", "dozen", "half", "a", "and", *MONTHS])
MARKS = st.sampled_from(" -–/.,:%'0123456789$snthd")


@MADE_UP
@given(st.lists(st.one_of(TOKENS, MARKS, st.text(max_size=3))).map("".join))
def test_no_text_stops_it_and_its_places_are_in_the_text(text: str) -> None:
    at = 0
    for quantity in quantities(text):
        assert at <= quantity.start < quantity.end <= len(text)
        at = quantity.start
        assert quantity.readings


@MADE_UP
@given(st.lists(TOKENS).map(" ".join))
def test_number_words_in_any_order_do_not_stop_it(text: str) -> None:
    assert all(quantity.readings for quantity in quantities(text))


PIECES = st.sampled_from(
    [*sorted(OPENERS), *"1 12 1,700 3.5 2023 2022–23 14:30 10 % per cent 5½ Sept. 1990s st th and é _ . , - '".split()]
)


@MADE_UP
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "-", "s"])), max_size=8))
def test_no_figure_is_read_in_part(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    read = [(quantity.start, quantity.end) for quantity in quantities(text)]
    for at, char in enumerate(text):
        if char.isascii() and char.isdigit():
            assert any(start <= at < end for start, end in read), text


# A text, and all readings of each quantity, those that are not asked for in brackets.
READINGS = """\
£1.7m | 1700000
3.5 mn, 10k, 2bn, 3 MN | 3500000; 10000; 2000000000; 3000000
5m tall | 5000000 or 5
ONE MILLION | 1000000
2 trillion; two trillion | 2000000000000; 2000000000000
2 lakh | 200000
a score of carts, threescore, four-and-twenty | 20; 60; 24
seventeen hundred and seventy-five | 1775
eight or nine hundred | 800 or 8; 900
two to three thousand | 2000 or 2; 3000
2 to 3 million | 2000000 or 2; 3000000
10\u00a0000, 10\u2009000, 10\u202f000, 10 000 | 10000; 10000; 10000; 10000
1.700.000, 10'000, 1,50,000 | 1700000; 10000; 150000
2,5 million, 2.25 | 2500000; 2.25
1.700 | 1.7 or 1700
-4 degrees, \u22124, minus four, 4 below freezing | -4; -4; -4; -4
10-12 carts | 10; 12
5½, 5 1/2, 5 ½, two and a half | 5.5; 5.5; 5.5; 2.5
two and a half million, a million and a half | 2500000; 1500000
half a million, a quarter of a million | 500000; 250000
an hour and a half, half an hour | 1.5 or 90; 0.5 or 30
two-thirds, a third of | percent 66.666667 or 0.666667; percent 33.333333 or 0.333333
three quarters, half of, half the carts | percent 75 or 0.75; percent 50 or 0.5; percent 50 or 0.5
one in five, 9 out of 10 | percent 20; percent 90
9/11 | percent 81.818182 or 0.818182 or day 911 or day 1109
40-percent, 40 pct, 40 PER CENT, 40 to 50 % | percent 40; percent 40; percent 40; percent 40; percent 50
twice, doubled, threefold | times 2 or 2; times 2 or 2; times 3 or 3
both, a couple, one | (2); (2); (1)
22d, 52d, 9 th, XXIIId | ordinal 22; ordinal 52; ordinal 9; ordinal 23
Louis XIV, World War II, World War I | ordinal 14; ordinal 2; ordinal 1
I saw him. A CIVIL mix |
They fired first. At first, First of all, Second, | (ordinal 1); (ordinal 1); (ordinal 1); (ordinal 2)
a second later, a minute or two | (ordinal 2); (2)
the First Minister, Fifth Avenue, the Third Reich | (ordinal 1); (ordinal 5); (ordinal 3)
the first cart, her second cart | ordinal 1; ordinal 2
8 o'clock in the morning | clock 480
five o\u2019clock | clock 300 or clock 1020
twelve o'clock in the day | clock 720
12 noon, 0830 hours, 08:00 | clock 720; clock 510; clock 480
half past four | clock 270 or clock 990
a quarter to nine in the evening | clock 1245
ten past five p.m. | clock 1030
at 20.30, 8.30 p.m. | clock 1230; clock 1230
killed two in the morning | clock 120 or 2
Nov 10 | month 11; day 1110
19 Sept 2023 | month 9; day 919; 2023
the tenth of November, the 10th of November | month 11; day 1110; month 11; day 1110
April the 19th, 22d February 1775 | month 4; day 419; month 2; day 222; 1775
10-12 November, 10 and 11 November | month 11; day 1110; day 1112; month 11; day 1110; day 1111
from 10 to 12 November | month 11; day 1110; day 1112
Sept. 19-20 | month 9; day 919; day 920
30 April to 2 May | month 4; day 430; month 5; day 502
10.11.2020 | month 11; day 1110; 2020
10/11/2020 | month 11 or month 10; day 1110 or day 1011; 2020
4/25/1775 | month 4; day 425; 1775
19th instant | ordinal 19
1774/5 | 1774; 1775
MDCCLXXV | 1775
nineteen ninety-four, nineteen oh five | 1994; 1905
'94 | 1794 or 1894 or 1994 or 2094
the '90s | decade 1790 or decade 1890 or decade 1990 or decade 2090
the nineties | decade 1790 or decade 1890 or decade 1990 or decade 2090
the nineteen-nineties | decade 1990
44 BC, 44 BCE, AD 44 | -44; -44; 44
SUNDAY, Mondays | weekday 6; weekday 0
the May Hotel. They may march. March they did |
in May, by March, March 2001 | month 5; month 3; month 3; 2001
1.2.3.4, 40x5, 24:30 | unread 1.2.3.4; unread 40x5; unread 24:30
5kg, 30km, 400+, 24-pounders | 5; 30; 400; 24
""".splitlines()


@pytest.mark.parametrize("row", READINGS)
def test_readings(row: str) -> None:
    text, _, wanted = (part.strip() for part in row.partition("|"))
    found = []
    for quantity in quantities(text):
        said = " or ".join(
            f"{'' if kind == 'number' else f'{kind} '}{shown(value)}" for kind, value in quantity.readings
        )
        found.append(said if quantity.asks else f"({said})")
    assert "; ".join(found) == wanted


BORNE_OUT = [("25 April", "on the 25th"), ("1994", "in the 1990s"), ("2,300 people", "thousands of people")]
BORNE_OUT += [("some 30 carts", "dozens"), ("two fires", "twice"), ("40 %", "two-fifths"), ("scores", "dozens")]
NOT_BORNE_OUT = [("on the 25th", "25 April"), ("in the 1990s", "1994"), ("thousands", "2,300"), ("dozens", "hundreds")]
NOT_BORNE_OUT += [("10\u202f000 people", "10 people"), ("5 1/2 hours", "five hours"), ("$360m", "$360"), ("F-16", "16")]
NOT_BORNE_OUT += [
    ("World War II", "World War I"),
    ("two-thirds", "two carts"),
    ("COVID-19", "19 men"),
    ("third", "three"),
]


def bears_out(article: str, claim: str) -> bool:
    there = {value for quantity in quantities(article) for value in quantity.bears}
    return all(not there.isdisjoint(quantity.readings) for quantity in quantities(claim) if quantity.asks)


@pytest.mark.parametrize(("article", "claim"), BORNE_OUT)
def test_an_article_bears_out_what_says_less(article: str, claim: str) -> None:
    assert bears_out(article, claim)


@pytest.mark.parametrize(("article", "claim"), NOT_BORNE_OUT)
def test_an_article_does_not_bear_out_what_says_more_or_other(article: str, claim: str) -> None:
    assert not bears_out(article, claim)
