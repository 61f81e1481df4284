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


# what the paragraph says in other words, three statements say alike, and one of them cites another paragraph
TELLINGS = [
    ("Hunger took the crews by the sea wall in that winter.", "In that winter ferrymen starved at the quay", False),
    ("Hunger took the crews by the sea wall in that winter.", "Ferrymen starved at the quay", False),
    ("Hunger took the crews by the sea wall in that winter.", "At the quay the ferrymen starved in winter", False),
    ("The bishop laid a stone for the new school in the market.", "In winter ferrymen starved at the quay", True),
]


OTHERS = [
    (f"On day {day} {what} went to the mill.", f"The mill had {what} on day {day}", False)
    for day, what in enumerate("oats rye wool salt coal hay iron rope tar wine fish nets glass lime".split(), 1)
]


def test_what_other_statements_say_of_a_paragraph_tells_where_a_claim_belongs(tmp_path: Path) -> None:
    found = rules_told(tmp_path, [*OTHERS, *TELLINGS], "misplaced-citation")
    assert [(*row[:2], told) for row, told in zip([*OTHERS, *TELLINGS], found, strict=True)] == [*OTHERS, *TELLINGS]


def test_a_claim_in_words_of_its_own_that_shares_next_to_nothing_is_told(tmp_path: Path) -> None:
    invented = ("Two carts of the old town broke.", "Velvet curtains hid drowsy musicians in the old pavilion", True)
    rows = [*OTHERS, *[(f"{each[0]} It rained.", *each[1:]) for each in OTHERS], invented]
    found = rules_told(tmp_path, rows, "misplaced-citation")
    assert found == [False] * (len(rows) - 1) + [True]
