"""A date is known as far as it was written, and no further."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.story.dates import parse_when
from retell.story.instants import Instant, on_day

MADE_UP = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2023-04-23", (2023, 4, 23), (2023, 4, 23), "23 April 2023"),
        ("2023-04-03", (2023, 4, 3), (2023, 4, 3), "3 April 2023"),
        ("2023-09", (2023, 9, 1), (2023, 9, 30), "September 2023"),
        ("2023-12", (2023, 12, 1), (2023, 12, 31), "December 2023"),
        ("2020-02", (2020, 2, 1), (2020, 2, 29), "February 2020"),
        ("2023-02", (2023, 2, 1), (2023, 2, 28), "February 2023"),
        ("2020", (2020, 1, 1), (2020, 12, 31), "2020"),
        ("2022-12/2023-01", (2022, 12, 1), (2023, 1, 31), "December 2022 – January 2023"),
        ("2023-09/2023-10", (2023, 9, 1), (2023, 10, 31), "September – October 2023"),
        ("2023-09-19/2023-09-20", (2023, 9, 19), (2023, 9, 20), "19 September – 20 September 2023"),
        ("2023-09-19/2023-10", (2023, 9, 19), (2023, 10, 31), "19 September 2023 – October 2023"),
        ("1988/1994", (1988, 1, 1), (1994, 12, 31), "1988–1994"),
        ("2020/2020", (2020, 1, 1), (2020, 12, 31), "2020–2020"),
        ("2019-05/2019", (2019, 5, 1), (2019, 12, 31), "May 2019 – 2019"),
        ("2019-05-03/2019-05", (2019, 5, 3), (2019, 5, 31), "3 May 2019 – May 2019"),
        ("2019/2019-05", (2019, 1, 1), (2019, 5, 31), "2019 – May 2019"),
        ("9999-12", (9999, 12, 1), (9999, 12, 31), "December 9999"),
        ("9999-11/9999", (9999, 11, 1), (9999, 12, 31), "November 9999 – 9999"),
    ],
)
def test_dates(text: str, first: tuple[int, int, int], last: tuple[int, int, int], words: str) -> None:
    when = parse_when(text)
    assert (when.text, when.first, when.last) == (text, Instant(*first), Instant(*last, 1439))
    assert str(when) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is no date"),
        ("23.4.2023", "is no date"),
        ("2023-4", "is no date"),
        ("202", "is no date"),
        (" 2023", "is no date"),
        ("２０２３", "is no date"),
        ("../..", "is no date"),
        ("19.4.1775", "write 1775, 1775-04, 1775-04-23"),
        ("1775-04T05", "is no date"),
        ("1775-04-19T24", "is no time of the calendar"),
        ("1775-04-19T05:60", "is no time of the calendar"),
        ("177X-04-01", "is no day of the calendar"),
        ("1775-25", "is no day of the calendar"),
        ("2022/2023/2024", "is no date"),
        ("2023-13", "'2023-13' is no day of the calendar"),
        ("2023-00", "'2023-00' is no day of the calendar"),
        ("2023-04-00", "is no day of the calendar"),
        ("2023-02-29", "is no day of the calendar"),
        ("2023-02/2023-01", "'2023-02/2023-01' ends before it starts"),
        ("2023/2022-12-31", "ends before it starts"),
        ("2019-05/2018", "ends before it starts"),
        ("2019-05-03/2019-04", "ends before it starts"),
    ],
)
def test_what_is_no_date(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_when(text)


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("1775-04-19T05", (1775, 4, 19, 300), (1775, 4, 19, 359), "19 April 1775, 5 a.m."),
        ("1775-04-19T05:30", (1775, 4, 19, 330), (1775, 4, 19, 330), "19 April 1775, 5:30 a.m."),
        ("1775-04-19T12", (1775, 4, 19, 720), (1775, 4, 19, 779), "19 April 1775, noon"),
        ("1775-04-19T05/1775-04-19T07", (1775, 4, 19, 300), (1775, 4, 19, 479), "19 April 1775, 5–7 a.m."),
        ("1775-04-19T05/1775-04-19T15", (1775, 4, 19, 300), (1775, 4, 19, 959), "19 April 1775, 5 a.m. – 3 p.m."),
        ("1775-04-19T05:30:00Z", (1775, 4, 19, 330), (1775, 4, 19, 330), "19 April 1775, 5:30 a.m. UTC"),
        ("1775~", (1775, 1, 1, 0), (1775, 12, 31, 1439), "about 1775"),
        ("1775?", (1775, 1, 1, 0), (1775, 12, 31, 1439), "possibly 1775"),
        ("177X", (1770, 1, 1, 0), (1779, 12, 31, 1439), "the 1770s"),
        ("17XX", (1700, 1, 1, 0), (1799, 12, 31, 1439), "the 1700s"),
        ("1775-XX-XX", (1775, 1, 1, 0), (1775, 12, 31, 1439), "1775"),
        ("1775-22", (1775, 6, 1, 0), (1775, 8, 31, 1439), "summer 1775"),
        ("1775-24", (1775, 12, 1, 0), (1776, 2, 29, 1439), "winter 1775"),
        ("0962-02", (962, 2, 1, 0), (962, 2, 28, 1439), "February 962"),
        ("0014", (14, 1, 1, 0), (14, 12, 31, 1439), "AD 14"),
        ("0000", (0, 1, 1, 0), (0, 12, 31, 1439), "1 BC"),
        ("-0043-03-15", (-43, 3, 15, 0), (-43, 3, 15, 1439), "15 March 44 BC"),
        ("-0048/-0043", (-48, 1, 1, 0), (-43, 12, 31, 1439), "49–44 BC"),
        ("-0043/0014", (-43, 1, 1, 0), (14, 12, 31, 1439), "44 BC – AD 14"),
        ("-004X", (-49, 1, 1, 0), (-40, 12, 31, 1439), "50–41 BC"),
        ("Y-12000", (-12000, 1, 1, 0), (-12000, 12, 31, 1439), "12,001 BC"),
        ("5 March 2019", (2019, 3, 5, 0), (2019, 3, 5, 1439), "5 March 2019"),
        ("March 5, 2019", (2019, 3, 5, 0), (2019, 3, 5, 1439), "5 March 2019"),
        ("Sept. 2019", (2019, 9, 1, 0), (2019, 9, 30, 1439), "September 2019"),
        ("c. 1775", (1775, 1, 1, 0), (1775, 12, 31, 1439), "about 1775"),
        ("44 BC", (-43, 1, 1, 0), (-43, 12, 31, 1439), "44 BC"),
        ("the 1770s", (1770, 1, 1, 0), (1779, 12, 31, 1439), "the 1770s"),
    ],
)
def test_dates_of_any_century_and_any_exactness(
    text: str, first: tuple[int, ...], last: tuple[int, ...], words: str
) -> None:
    when = parse_when(text)
    assert (when.first, when.last, str(when)) == (Instant(*first), Instant(*last), words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("../1775", "1775 or earlier"),
        ("1775/..", "1775 or later"),
        ("1775/", "1775 to an unknown date"),
        ("/1775", "an unknown date to 1775"),
    ],
)
def test_an_open_range_is_drawn_where_it_is_known(text: str, words: str) -> None:
    when = parse_when(text)
    assert str(when) == words
    assert when.drawn == parse_when("1775").drawn
    assert when.first <= Instant(1775)
    assert when.last >= Instant(1775, 12, 31)


@pytest.mark.parametrize(
    ("day", "weekdays"),
    [
        (Instant(2023, 4, 23), (6,)),
        (Instant(1775, 4, 19), (2,)),
        (Instant(1066, 10, 14), (5,)),  # a Saturday, as the chronicles say
        (Instant(1642, 10, 23), (3, 6)),  # the Sunday of Edgehill, and a Thursday where the new calendar was kept
    ],
)
def test_weekdays_are_those_of_the_calendar_in_use(day: Instant, weekdays: tuple[int, ...]) -> None:
    assert day.weekdays == weekdays


@MADE_UP
@given(st.integers(-4_000_000, 4_000_000))
def test_every_day_has_one_number(number: int) -> None:
    assert on_day(number).day_number == number


@MADE_UP
@given(
    st.text()
    | st.from_regex(r"[0-9/-]{1,12}", fullmatch=True)
    | st.from_regex(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
)
def test_nonsense_raises_value_errors_only(text: str) -> None:
    try:
        when = parse_when(text)
    except ValueError as error:
        assert str(error)
    else:
        assert when.first <= when.last
        assert str(when)


@MADE_UP
@given(st.dates(date(1000, 1, 1)))
def test_no_date_is_made_more_exact_than_it_was_written(day: date) -> None:
    iso = day.isoformat()
    exact, month, year = (parse_when(text) for text in (iso, iso[:7], iso[:4]))
    of_day = Instant(day.year, day.month, day.day)
    assert (exact.first, exact.last) == (of_day, of_day._replace(minute=1439))
    assert month.first <= of_day <= month.last
    assert month.first.day == 1
    assert month.last.month == day.month
    assert (year.first, year.last) == (Instant(day.year), Instant(day.year, 12, 31, 1439))
    assert str(exact).endswith(str(month))
    assert str(month).endswith(str(year))
    assert str(year) == iso[:4]
    assert not any(char.isdigit() for char in str(month).removesuffix(iso[:4]))
