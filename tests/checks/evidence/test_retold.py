"""Two statements of a story that cite one paragraph contradict each other, and the one that does is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Small, Told, problems, told_of, write

ARTICLE = "The miller of Alder would mend neither the wheel nor the weir for the town, and left early in the spring."
# What one beat says, what another says of the same paragraph, and whether the two are found to differ.
ROWS = [
    ("The miller would not mend the wheel for the town", "The miller would mend the wheel for the town", True),
    ("The miller would not mend the wheel for the town", "The miller did not mend the old wheel for the town", False),
    ("The miller would not mend the wheel for the town", "The town asked the miller for help", False),
    ("The miller would not mend the wheel for the town", "Should the miller mend the wheel for the town", False),
    ("Nobody said whether the miller would not mend the wheel", "The miller would mend the wheel", False),
    ("The miller opened the weir of the town", "The miller closed the weir of the town", True),
    ("The miller opened the weir of the town", "The miller, who had opened it, closed the weir of the town", False),
    ("The miller left before the spring in Alder", "The miller of Alder left after the spring", True),
    ("The miller left before the spring in Alder", "The miller of Alder left after a quarrel", False),
]


@pytest.mark.parametrize(("one", "other", "told"), ROWS)
def test_two_statements_on_one_paragraph(tmp_path: Path, one: str, other: str, *, told: bool) -> None:
    places = write(tmp_path, Small({"post": [ARTICLE]}), [Told(text, "@post, para. 1") for text in (one, other)])
    found = [problem for each in told_of(problems(tmp_path), places) for problem in each]
    assert any("on the same paragraph" in problem.message for problem in found) == told
