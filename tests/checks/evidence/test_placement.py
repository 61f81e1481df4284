"""A claim whose words stand in another paragraph, or in none that it cites, is told."""

from __future__ import annotations

from pathlib import Path

from tests.support.small import rules_told

# A paragraph, a claim, and whether it is told.
ROWS = [
    (
        "The ferry sank in the harbour with a load of barley and two horses.",
        "A ferry with barley and horses sank in a harbour",
        False,
    ),
    (
        "Snow closed the high pass for a week, and the post came by sledge.",
        "A ferry with barley and horses sank in a harbour",
        True,
    ),
    (
        "Snow closed the high pass for a week, and the post came by sledge.",
        "The high pass was shut by snow, and sledges took the post",
        False,
    ),
    (
        "The bishop laid a stone for the new school in the market square.",
        "A school was begun on the square, and the bishop laid a stone",
        False,
    ),
    (
        "The bishop laid a stone for the new school in the market square.",
        "The high pass was shut by snow, and sledges took the post",
        True,
    ),
    (
        "The bishop laid a stone for the new school in the market square.",
        "The article does not quote a ferryman on barley and horses",
        False,
    ),
    (
        "Half the town, 50 per cent of it, had no bread in June.",
        "A half of the town was without bread that June",
        False,
    ),
]


def test_what_is_told(tmp_path: Path) -> None:
    found = rules_told(tmp_path, ROWS, "misplaced-citation")
    assert [(*row[:2], told) for row, told in zip(ROWS, found, strict=True)] == ROWS
