"""How likely a locator is wrong, by each sign of it alone, and by which paragraphs others cite together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retell.checks.evidence.odds import Signs, log_odds
from tests.support.small import Small, Told, problems, told_of, write

SIGNS = Signs(own=4.0, here=4.0, there=4.0, beside=1, lack=0.0, alone=False, once=False, denied=False)


@pytest.mark.parametrize(
    ("sign", "more"),
    [
        ("own", 8.0),  # the cited paragraph has more of the claim
        ("here", 2.0),  # another of the article has less
        ("there", 2.0),  # another of any article has less
        ("beside", 2),  # more of the article are cited beside it
        ("denied", True),  # who says otherwise has words of his own
    ],
)
def test_a_sign_that_it_is_right(sign: str, more: Any) -> None:
    assert log_odds(SIGNS._replace(**{sign: more})) < log_odds(SIGNS)


@pytest.mark.parametrize(
    ("sign", "more"),
    [("own", 1.0), ("here", 8.0), ("there", 8.0), ("lack", 2.0), ("alone", True), ("once", True)],
)
def test_a_sign_that_it_is_wrong(sign: str, more: Any) -> None:
    assert log_odds(SIGNS._replace(**{sign: more})) > log_odds(SIGNS)


def test_a_far_better_paragraph_counts_no_more_than_a_much_better_one() -> None:
    better, far = (log_odds(SIGNS._replace(there=there)) for there in (20.0, 200.0))
    assert better == far


PARAGRAPHS = [
    "Oats went to the mill by the river.",
    "Wool went to the market in the town.",
    "The bridge was mended in spring with oak.",
    "A storm broke the sails of the ferry.",
]


@pytest.mark.parametrize(("cite", "told"), [("paras. 1, 2", False), ("paras. 1, 4", True)])
def test_a_paragraph_that_others_do_not_cite_with_the_rest(tmp_path: Path, cite: str, told: bool) -> None:
    others = [
        Told(f"Oats and wool were carried to the mill and market, day {day}", "@post, paras. 1, 2") for day in "abcd"
    ]
    asked = Told("Oats went to the mill, and wool to the market in the town", f"@post, {cite}")
    alone = [Told("The bridge was mended with oak", "@post, para. 3")] * 3
    storm = [Told("A storm broke the sails of the ferry", "@post, para. 4")] * 3
    places = write(tmp_path, Small({"post": PARAGRAPHS}), [*others, *alone, *storm, asked])
    found = [each.rule for each in told_of(problems(tmp_path), places)[-1]]
    assert ("misplaced-citation" in found) == told
