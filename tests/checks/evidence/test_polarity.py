"""A 'not' that only the claim or only the paragraph has beside a word is told."""

from __future__ import annotations

from pathlib import Path

from tests.support.small import rules_told

# A paragraph, a claim, and whether it is told.
ROWS = [
    ("The miller did not mend the old wheel.", "The miller mended the old wheel, and left", True),
    ("The miller did not mend the old wheel.", "The miller never mended the old wheel", False),
    ("The miller mended the wheel for the town.", "The miller did not mend his wheel", True),
    ("The miller refused to mend the wheel.", "The miller did not mend his wheel", False),
    ("The miller did not mend it. Later he mended the wheel.", "The miller mended the wheel", False),
    ("Not only the miller mended his wheel.", "The miller mended his wheel", False),
    ("I never heard any of the farmers so much as fire one gun. I heard the word.", "He heard a farmer fire", True),
    ("I never heard any of the farmers. I heard a farmer fire one gun.", "He heard a farmer fire", False),
    ("The river board had warned the town of the flood.", "The river board warned the town of a flood", False),
    ("Nobody could tell how many carts came.", "How many carts came? The miller counted some", False),
    ("The miller had the word from a friend.", "The miller did not say how he had the word", False),
    ("It rained for a week.", "The miller did not mend his wheel", False),
    # a 'does' that stresses what nothing denies
    ("It rained for a week.", "Whether it snowed, the article does say", True),
    ("It rained for a week.", "It was no snow, and the article does say so", False),
    ("It rained for a week.", "It was short, but the article does say that it rained", False),
    ("It rained for a week.", "It did its worst for a week, and so did the snow", False),
    ("It rained for a week.", "What did the rain do for a week", False),
    # a 'not' for which a longer text has nothing that denies, refuses or stops
    (
        "The smiths of Alder carried their tools to the fair, sold them to the abbot, and were glad.",
        "The smiths carried no tools to the fair",
        True,
    ),
    (
        "The smiths of Elm were kept from the fair by the abbot, whose men had closed the gate.",
        "The smiths had no place at the fair",
        False,
    ),
    (
        "The smiths of Oak carried their tools to the fair, sold them to the abbot, and were glad.",
        "The article does not say how the smiths went home",
        False,
    ),
]


def test_what_is_told(tmp_path: Path) -> None:
    found = rules_told(tmp_path, ROWS, "not-turned")
    assert [(*row[:2], told) for row, told in zip(ROWS, found, strict=True)] == ROWS
