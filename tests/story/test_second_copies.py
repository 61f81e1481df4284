"""A second copy of a file, as a browser or a synchronised folder makes one, is named, and not the good file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from retell.authoring.bundle import pack
from retell.checks import check
from retell.story.filenames import second_copies
from retell.story.library import load

elsewhere = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")


@pytest.mark.parametrize(
    "copy",
    [
        "01-start (1)",
        "01-start(2)",
        "Copy of 01-start (1)",
        "01-start copy 2",
        "01-start (case conflict)",
        "01-start_conflict-20260101-120000",
        "~$01-start",
        "~$-start",
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
    assert second_copies(["01-start.yaml", f"{copy}.yaml"]) == {f"{copy}.yaml": "01-start.yaml"}
    shutil.copy(mini / "story" / "01-start.yaml", mini / "story" / f"{copy}.yaml")
    (problem,) = check(load(mini))
    assert problem.location.file.endswith(f"{copy}.yaml")
    assert problem.message.startswith("this is a second copy of 01-start.yaml")
    assert "move it away" in problem.help
    assert problem.level == "warning", "the story is whole without it"


@pytest.mark.parametrize(
    "copy",
    [
        "01-start.yaml~",
        "01-start.yaml.bak",
        "01-start.yaml.orig",
        "01-start.yaml (1)",
        "#01-start.yaml#",
        "01-start.yaml.sync-conflict-20260101",
        "01-start.yaml_old",
        "Copy of 01-start.yaml.bak",
    ],
)
def test_what_an_editor_leaves_beside_a_file_is_named_too(mini: Path, copy: str) -> None:
    shutil.copy(mini / "story" / "01-start.yaml", mini / "story" / copy)
    (problem,) = check(load(mini))
    assert problem.location.file.endswith(copy)
    assert problem.message.startswith("this is a second copy of 01-start.yaml")


@elsewhere
def test_what_is_hidden_is_passed_over(mini: Path) -> None:
    (mini / "story" / ".#01-start.yaml").symlink_to("ann@computer.1234:1700000000")
    shutil.copy(mini / "story" / "01-start.yaml", mini / "story" / ".01-start.yaml.swp")
    shutil.copy(mini / "story" / "01-start.yaml", mini / "story" / "._01-start.yaml")
    assert check(load(mini)) == []


def test_a_second_copy_is_not_packed(mini: Path) -> None:
    whole = pack(mini)
    shutil.copy(mini / "story" / "01-start.yaml", mini / "story" / "01-start (1).yaml")
    assert pack(mini) == whole


@elsewhere
@pytest.mark.parametrize("name", ["aux", "con", "com1", "lpt9", "nul"])
def test_a_name_that_windows_keeps_for_a_device_is_said(mini: Path, name: str) -> None:
    (mini / "cards" / "voices" / "ann-hill.yaml").rename(mini / "cards" / "voices" / f"{name}.yaml")
    (problem,) = [each for each in check(load(mini)) if each.rule == "file-name"]
    assert "Windows" in problem.message
    assert problem.help == f"name it the-{name}.yaml"


@elsewhere
@pytest.mark.parametrize("name", ["01-a:b.yaml", "01-start?.yaml", "01-start..yaml", "AUX.yaml", '01-"start".yaml'])
def test_a_name_that_windows_refuses_is_said_to_be(mini: Path, name: str) -> None:
    (mini / "story" / "01-start.yaml").rename(mini / "story" / name)
    problems = [each for each in check(load(mini)) if each.rule == "file-name"]
    assert ["Windows refuses it" in each.message for each in problems] == [True]


@elsewhere
def test_a_name_that_ends_in_a_full_stop_is_no_other_file(mini: Path) -> None:
    (mini / "story" / "01-start.yaml").rename(mini / "story" / "01-start.yaml.")
    (problem,) = check(load(mini))
    assert (problem.rule, problem.help) == ("file-name", "rename it to 01-start.yaml")


@pytest.mark.parametrize("name", ["02-night", "01-startled", "01-start-again", "Start", "The Start", "01_Start"])
def test_what_is_none(name: str) -> None:
    assert second_copies(["01-start.yaml", f"{name}.yaml"]) == {}


def test_cards_and_the_story_itself_have_second_copies_too(mini: Path) -> None:
    shutil.copy(mini / "story" / "story.yaml", mini / "story" / "story (1).yaml")
    shutil.copy(mini / "cards" / "voices" / "ann-hill.yaml", mini / "cards" / "voices" / "ann-hill - Copy.yaml")
    assert [problem.rule for problem in check(load(mini))] == ["file-name", "file-name"]
