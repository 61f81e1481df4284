"""A second copy of a file, as a browser or a synchronised folder makes one, is named, and not the good file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from retell.checks import check
from retell.story.filenames import second_copies
from retell.story.library import load


@pytest.mark.parametrize(
    "copy",
    [
        "01-start (1)",
        "01-start - Copy",
        "Copy of 01-start",
        "01-start-DESKTOP-AB12",
        "01-start (Ann Hill's conflicted copy 2026-01-01)",
        "01-start.sync-conflict-20260101-120000-ABCDEFG",
        "01-start 2",
        "01-start – Kopie",
    ],
)
def test_what_is_a_second_copy(mini: Path, copy: str) -> None:
    assert second_copies(["01-start", copy]) == {copy: "01-start"}
    shutil.copy(mini / "story" / "01-start.yaml", mini / "story" / f"{copy}.yaml")
    (problem,) = check(load(mini))
    assert problem.location.file.endswith(f"{copy}.yaml")
    assert problem.message.startswith("this is a second copy of 01-start.yaml")
    assert "move it away" in problem.help


@pytest.mark.parametrize("name", ["02-night", "01-startled", "01-start-again", "Start", "The Start", "01_Start"])
def test_what_is_none(name: str) -> None:
    assert second_copies(["01-start", name]) == {}


def test_cards_and_the_story_itself_have_second_copies_too(mini: Path) -> None:
    shutil.copy(mini / "story" / "story.yaml", mini / "story" / "story (1).yaml")
    shutil.copy(mini / "cards" / "voices" / "ann-hill.yaml", mini / "cards" / "voices" / "ann-hill - Copy.yaml")
    assert [problem.rule for problem in check(load(mini))] == ["file-name", "file-name"]
