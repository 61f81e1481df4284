"""What a note says of paragraphs stands there: its numbers and the words that it quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Small, Told, problems, voice, write

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


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("It was 31 June 2019, by the paper.", ["there is no '31 June 2019'"]),
        ("It was June 31, by the paper.", ["there is no 'June 31'"]),
        ("It was 42 May, by the paper.", ["there is no '42 May'"]),
        ("It was 29 February 2020, says the caption.", []),
        ("It was 29 February 2019, says the caption.", ["there is no '29 February 2019'"]),
        ("Other papers are of 1 June 2020.", ["'1 June 2020' is all but 1 May 2020, the date of post"]),
        ("Other papers are of 1 May 2021.", ["'1 May 2021' is all but 1 May 2020, the date of post"]),
        ("Other papers are of 6 June 2020.", []),
        ("Every quarter of an hour is four times an hour.", []),
        ("All three articles tell it so.", ["no paragraph that this leans on has 'three'"]),
    ],
)
def test_a_note_of_dates_and_articles(tmp_path: Path, note: str, told: list[str]) -> None:
    write(tmp_path, Small({"post": PARAGRAPHS}), [Told("People went by boat", "@post, para. 2", note=note)])
    assert [each.message for each in problems(tmp_path) if each.rule == "grounds-not-found"] == told


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("The Inn Times says so.", ["nothing that this leans on is of The Inn Times"]),
        ("The Inn Times says so (B ¶1).", []),
        ("The Post says so.", []),
    ],
)
def test_a_note_that_names_a_paper(tmp_path: Path, note: str, told: list[str]) -> None:
    papers = {"the-post": voice("The Post", side="press"), "inn-times": voice("The Inn Times", side="press")}
    small = Small({"post": PARAGRAPHS, "inn": ["The inn had 12 beds."]}, voices=papers)
    write(tmp_path, small, [Told("People went by boat", "@post, para. 2", note=note)])
    card = tmp_path / "cards" / "sources" / "inn.yaml"
    card.write_text(card.read_text("utf-8").replace("The Post", "The Inn Times"), "utf-8")
    assert [each.message for each in problems(tmp_path) if each.rule == "grounds-not-found"] == told
