"""A date is known as far as it was written, and no further."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.story.dates import parse_when

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
    assert (when.text, when.first, when.last) == (text, date(*first), date(*last))
    assert str(when) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is no date"),
        ("April 2023", "'April 2023' is no date"),
        ("23.4.2023", "is no date"),
        ("2023-4", "is no date"),
        ("202", "is no date"),
        (" 2023", "is no date"),
        ("2023-04-23T12:00", "is no date"),
        ("２０２３", "is no date"),
        ("2023/", "'' is no date"),
        ("/2023", "'' is no date"),
        ("2022/2023/2024", "is no date"),
        ("2023-13", "'2023-13' is no day of the calendar"),
        ("2023-00", "'2023-00' is no day of the calendar"),
        ("2023-04-00", "is no day of the calendar"),
        ("2023-02-29", "is no day of the calendar"),
        ("0000", "is no day of the calendar"),
        ("2023-02/2023-01", "'2023-02/2023-01' ends before it starts"),
        ("2023/2022-12-31", "ends before it starts"),
        ("2019-05/2018", "ends before it starts"),
        ("2019-05-03/2019-04", "ends before it starts"),
    ],
)
def test_what_is_no_date(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_when(text)


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
@given(st.dates())
def test_no_date_is_made_more_exact_than_it_was_written(day: date) -> None:
    iso = day.isoformat()
    exact, month, year = (parse_when(text) for text in (iso, iso[:7], iso[:4]))
    assert (exact.first, exact.last) == (day, day)
    assert month.first <= day <= month.last
    assert month.first.day == 1
    assert month.last.month == day.month
    assert (year.first, year.last) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert str(exact).endswith(str(month))
    assert str(month).endswith(str(year))
    assert str(year) == iso[:4]
    assert not any(char.isdigit() for char in str(month).removesuffix(iso[:4]))
