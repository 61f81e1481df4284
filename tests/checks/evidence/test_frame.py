"""A scene's date stands in what it tells or cites, and its place in what it cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Small, Told, problems, write

PLACES = {"aberford": {"name": "Aberford", "what": "a town", "position": [1, 2], "aliases": ["the Ford"]}}
DATED = "The bridge fell on 6 May 2001."
UNDATED = "The bridge fell on a Sunday in May."


def told(folder: Path, paragraph: str, head: str, note: str = "") -> list[tuple[str, str]]:
    small = Small({"post": ["It began.", paragraph]}, places=PLACES, head=head, issued="2001-05-08")
    write(folder, small, [Told("The bridge fell", "@post, para. 2", note=note)])
    rules = ("when-not-told", "where-not-named")
    return [(each.rule, each.message) for each in problems(folder) if each.rule in rules]


@pytest.mark.parametrize(
    ("paragraph", "when", "note", "missing"),
    [
        (DATED, "2001-05-06", "", ""),
        (DATED, "2001-05", "", ""),
        (DATED, "2001", "", ""),
        (DATED, "2001-05-07", "", "7 May 2001"),
        (DATED, "2001-04-06", "", "6 April 2001"),
        (DATED, "2001-04", "", "April 2001"),
        (DATED, "2000", "", "2000"),
        (DATED, "2001-05-05/2001-05-06", "", "5 May"),
        (UNDATED, "2001-05", "", ""),  # the year in which the article appeared
        (UNDATED, "2001-05-06", "The Sunday before the article appeared is 6 May.", ""),
        (UNDATED, "2001-05-06", "", "6 May 2001"),
        (UNDATED, "2001-06", "", "June 2001"),
    ],
)
def test_when(tmp_path: Path, paragraph: str, when: str, note: str, missing: str) -> None:
    found = told(tmp_path, paragraph, f"when: {when}\n", note)
    shown = f"no statement or note of this scene tells {missing}"
    assert found == ([("when-not-told", shown)] if missing else [])


@pytest.mark.parametrize(
    ("paragraph", "named"),
    [("The bridge at Aberford fell.", True), ("The bridge at the Ford fell.", True), ("The bridge fell.", False)],
)
def test_where(tmp_path: Path, paragraph: str, named: bool) -> None:
    found = told(tmp_path, paragraph, "where: aberford\n")
    assert found == ([] if named else [("where-not-named", "no paragraph that this scene cites names Aberford")])


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("The bridge fell in Aberford", False),
        ("The bridge fell", False),
        ("The bridge fell, and carts went to Bray", False),
        ("The bridge fell, in Bray. Carts went to Bray [@post, para. 2]. In Bray they waited", True),
    ],
)
def test_where_the_scene_names_another_place(tmp_path: Path, statement: str, *, told: bool) -> None:
    places = {**PLACES, "bray": {"name": "Bray", "what": "a town", "position": [1, 2.1]}}
    texts = ["It began.", "The bridge at Aberford fell. Carts went to Bray, and in Bray they waited."]
    write(
        tmp_path, Small({"post": texts}, places=places, head="where: aberford\n"), [Told(statement, "@post, para. 2")]
    )
    found = [each.message for each in problems(tmp_path) if each.rule == "where-not-named"]
    assert found == (["this scene names Bray, and nowhere Aberford"] if told else [])
