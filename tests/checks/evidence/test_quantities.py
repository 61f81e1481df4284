"""Numbers and dates have one value, however they are written."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.checks.evidence.quantities import FIRST, ORDINALS, TOKEN, WEEKDAYS, quantities
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


def meanings(text: str) -> list[tuple[str, str]]:
    return [(quantity.kind, f"{quantity.value.normalize():f}") for quantity in quantities(text)]


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
        ("dozens of carts, hundreds of sheep and thousands of hens", []),
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
        ("A4, G20 and MH17", []),
        # ranks
        ("the first", [("ordinal", "1")]),
        ("the 78th session", [("ordinal", "78")]),
        ("3rd and 21st", [("ordinal", "3"), ("ordinal", "21")]),
        ("the twenty-first", [("ordinal", "21")]),
        ("twelfth, fifth, ninth", [("ordinal", "12"), ("ordinal", "5"), ("ordinal", "9")]),
        ("twentieth, fortieth", [("ordinal", "20"), ("ordinal", "40")]),
        # clock
        ("12:30", [("clock", "750")]),
        ("12:00 pm (08:00 GMT)", [("clock", "720"), ("clock", "480")]),
        ("12:15 am", [("clock", "15")]),
        ("noon", [("clock", "720")]),
        ("At midday", [("clock", "720")]),
        ("midnight", [("clock", "0")]),
        ("8 a.m.", [("clock", "480")]),
        ("8.30pm", [("clock", "1230")]),
        ("24:30", [("number", "24"), ("number", "30")]),
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
    number, year, share = (quantities(text)[0].meaning for text in ("1,700", "1700", "1,700%"))
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
        assert meanings(f"the {word} time") == [("ordinal", str(value))]
    for value in range(1, 100):
        ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value // 10 != 1 else "th"
        assert meanings(f"{value}{ending}") == [("ordinal", str(value))]


def one_value(text: str) -> Decimal:
    (quantity,) = quantities(f"There are {text} of them.")
    assert quantity.meaning[0] == "number", text
    assert f"There are {text} of them."[quantity.start : quantity.end] == text
    return quantity.value


@pytest.mark.parametrize("with_and", [True, False])
def test_every_number_below_two_thousand_in_words(with_and: bool) -> None:
    for number in [0, *range(2, 2000)]:
        assert one_value(in_words(number, with_and=with_and)) == number


def test_numbers_below_a_million_in_figures() -> None:
    chosen = [*range(10_000), *range(10_000, 1_000_000, 61)]
    for said in (" ".join(map(str, chosen)), " ".join(f"{number:,}" for number in chosen)):
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
        assert quantity.value >= 0


@MADE_UP
@given(st.lists(TOKENS).map(" ".join))
def test_number_words_in_any_order_do_not_stop_it(text: str) -> None:
    assert all(quantity.value >= 0 for quantity in quantities(text))


PIECES = st.sampled_from(
    [
        *sorted(FIRST),
        *"1 12 1,700 3.5 2023 2022–23 14:30 10 % per cent May. Sept. 1990s st th a an and é _ . , - '".split(),
    ]
)


@MADE_UP
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "-", "s"])), max_size=8))
def test_no_quantity_is_missed_where_only_first_words_are_tried(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece.capitalize() * (i % 2) + piece * (1 - i % 2) + gap for i, (piece, gap) in enumerate(pieces))
    found = {(quantity.start, quantity.end) for quantity in quantities(text)}
    everywhere = {match.span() for match in TOKEN.finditer(text)}
    assert found <= everywhere
    assert all(text[start:end].lower() == "one" for start, end in everywhere - found)
