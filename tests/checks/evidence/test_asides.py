"""What a note says of paragraphs stands there: its numbers and the words that it quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Small, Told, problems, write

PARAGRAPHS = ["It began with 45 carts.", 'The mayor counted 1,700 people, and 12 of them "went by boat" at dawn.']


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("¶2 counts 1,700 people.", []),
        ("¶2 counts 1,800 people.", ["'1,800'"]),
        ("Paragraph 1 has 45 carts.", []),
        ("1,700 less 45 is 1,655.", []),
        ("1,700 less 45 is 1,600.", ["'1,600'"]),
        ('They "went by boat", says ¶2.', []),
        ('They "went by sledge", says ¶2.', ['"went by sledge"']),
        ("It puts three things together.", []),  # a small count is the writer's own
        ("So ¶2 has twelve in boats.", []),
        ("So ¶2 has eleven in boats.", ["'eleven'"]),
        ("¶2–999999999 count 1,700 people.", []),  # no list of them is made
        (f"¶2-{'9' * 5_000} count 1,700 people.", []),
        ("Other papers count 1,900 people.", []),
        ("The article appeared on 1 May 2020.", []),
        ("The article appeared on 4 May 2019.", ["'4 May 2019'"]),
    ],
)
def test_a_note(tmp_path: Path, note: str, shown: list[str]) -> None:
    write(tmp_path, Small({"post": PARAGRAPHS}), [Told("People went by boat", "@post, para. 2", note=note)])
    found = [each.message for each in problems(tmp_path) if each.rule == "grounds-not-found"]
    assert found == [f"no paragraph that this leans on has {each}" for each in shown]
