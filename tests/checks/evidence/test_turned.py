"""A word whose contrary alone stands in the paragraph is told, and a word of more or less beside a number."""

from __future__ import annotations

from pathlib import Path

from tests.support.small import rules_told

# A paragraph, a claim, and whether it is told.
ROWS = [
    ("The old mayor opened the new bridge to carts.", "The old mayor closed the new bridge to carts", True),
    ("The old mayor opened the new bridge to carts.", "The old mayor let carts use the new bridge", False),
    ("The carts came to the town before the flood.", "The carts came to the town after the flood", True),
    ("The carts came before the flood and after it.", "The carts came to the town after the flood", False),
    ("More than 400 carts went by the old bridge.", "Fewer than 400 carts went by the old bridge", True),
    ("Fewer than 400 carts went by the old bridge.", "More than 400 carts went by the old bridge", True),
    ("At least 400 carts went by the old bridge.", "Over 400 carts went by the old bridge", False),
    ("Some 400 carts went by the old bridge.", "Nearly 400 carts went by the old bridge", False),
    ("Some 400 carts went by the old bridge.", "More than 400 carts went by the old bridge", True),
    ("Up to 400 carts went by the old bridge.", "At most 400 carts went by the old bridge", False),
    ("The council refused the ferry a licence.", "The council granted the ferry a licence", True),
    ("The council denied the rumour of a toll.", "The council denied the rumour of a toll", False),
    ("The council spoke of the rumour of a toll.", "The council denied the rumour of a toll", True),
    ("The council said that the rumour was false.", "The council denied the rumour of a toll", False),
    ("The ferry of the year sailed on time.", "The first ferry of the year sailed on time", False),
    ("The town thanked the ferryman and his crew.", "The town blamed the ferryman and his crew", True),
    ("It rained. The town bought a ferry.", "The weir was sold to nobody", False),
]


def test_what_is_told(tmp_path: Path) -> None:
    found = rules_told(tmp_path, ROWS, "turned-round")
    assert [(*row[:2], told) for row, told in zip(ROWS, found, strict=True)] == ROWS
