"""A number that counts something is told where the paragraph counts that with another number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Small, Told, problems, rules_told, told_of, write

# A paragraph, a claim, and whether it is told.
ROWS = [
    ("Two civilians and four officers died.", "Four civilians died there", True),
    ("Two civilians and four officers died.", "Two civilians died there", False),
    ("Two civilians and four officers died.", "Two officers died there", True),
    ("Six died: two civilians, four officers.", "Six people died there", False),
    ("There were 70 men on the green, and at the bridge some 400.", "Some 400 men were at the bridge", False),
    ("Ten iron and four brass guns stood there.", "Ten of brass and four of iron stood there", True),
    ("Ten iron and four brass guns stood there.", "Ten of iron and four of brass stood there", False),
    ("Twelve women came, and more than nine men.", "More than nine men came", False),
    ("Two children and three women came.", "Three women came with two children", False),
]


def test_what_is_told(tmp_path: Path) -> None:
    found = rules_told(tmp_path, ROWS, "counted-otherwise")
    assert [(*row[:2], told) for row, told in zip(ROWS, found, strict=True)] == ROWS


TABLE = [
    "It began.",
    "\tKilled.\tWounded.\tMissing.",
    "Officers\t2\t13\t3",
    "Total,\t73\t174\t26",
    "A list of 5, 6 and 7.",
]


@pytest.mark.parametrize(
    ("claim", "number", "told"),
    [
        ("There were 73 killed, 174 wounded and 26 missing", 4, False),
        ("There were 174 killed, 73 wounded and 26 missing", 4, True),
        ("Of the officers 13 were wounded and 3 missing", 3, False),
        ("Of the officers 13 were killed and 3 missing", 3, True),
        ("There were 5 killed and 6 wounded", 5, False),
    ],
)
def test_a_row_of_a_table_counts_what_its_columns_say(tmp_path: Path, claim: str, number: int, *, told: bool) -> None:
    places = write(tmp_path, Small({"post": TABLE}), [Told(claim, f"@post, para. {number}")])
    (found,) = told_of(problems(tmp_path), places)
    assert any(each.rule == "counted-otherwise" for each in found) == told
