"""A number that counts something is told where the paragraph counts that with another number."""

from __future__ import annotations

from pathlib import Path

from tests.support.small import rules_told

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
