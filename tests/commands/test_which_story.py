"""Which story a command tells: --story before it or behind it, and never two."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retell import cli
from retell.story.library import shipped_root
from tests.support.commands import Outcome, run
from tests.support.folders import MINI

Retell = Callable[..., Outcome]


@pytest.fixture
def retell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Retell:
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


@pytest.mark.parametrize(
    "command",
    ["read", "read start", "check", "sources", "compare who-broke-it", "timeline", "map", "voices", "handout -o -"],
)
def test_a_story_is_named_before_a_command_or_behind_it(retell: Retell, command: str) -> None:
    first, *rest = command.split()
    before = retell("--story", MINI, first, *rest)
    assert before.code == 0
    assert retell(first, "--story", MINI, *rest) == before
    assert retell(first, *rest, f"--story={MINI}") == before
    assert retell("--story", MINI, first, *rest, "--story", f"{MINI}/") == before


@pytest.mark.parametrize("command", sorted(cli.MODULES))
def test_every_command_takes_a_story_and_says_so(retell: Retell, command: str) -> None:
    code, out, _ = retell(command, "--story", MINI, "--help")
    assert code == 0
    assert "--story DIR|FILE.zip" in out


def test_behind_two_dashes_it_is_a_name_like_any_other(retell: Retell) -> None:
    code, out, err = retell("--story", MINI, "read", "--", "--story")
    assert (code, out) == (2, "")
    assert "no scene or phase named '--story'" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--story", MINI, "read", "--story", "other"),
        ("--story", MINI, "--story", "other"),
        ("read", "--story", MINI, "--story=other"),
        ("--story", MINI, "check", "other"),
        ("check", MINI, "--story", "other"),
        ("--story", MINI, "pack", "other"),
    ],
)
def test_two_stories_are_one_too_many(
    retell: Retell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str | Path, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = retell(*arguments)
    assert (code, out) == (2, "")
    said = err.splitlines()[-1].removeprefix("Error: two stories are named, ").removesuffix(": name one")
    assert sorted(said.split(" and ")) == sorted([str(MINI), "other"])
    assert list(tmp_path.iterdir()) == []


def test_one_story_may_be_named_in_two_ways(retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mini)
    assert retell("--story", ".", "check", mini).code == 0
    assert retell("--story", mini, "pack", ".", "-o", "a.zip").code == 0
    shutil.copy("a.zip", "b.zip")
    assert retell("--story", "a.zip", "check", "b.zip").code == 2


HINT = "this is The Lachin Road; for the story in this folder: retell --story . "
EACH = ["check", "sources", "compare", "timeline", "map", "voices"]
EACH += ["read noon-on-sunday", "handout --only noon-on-sunday -o -"]


@pytest.mark.parametrize("command", EACH)
def test_where_another_story_lies_the_shipped_one_says_its_name(
    retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    elsewhere = retell(*command.split())
    assert (elsewhere.code, elsewhere.err) == (0, "")
    monkeypatch.chdir(mini)
    assert retell(*command.split()) == (0, elsewhere.out, f"{HINT}{command.split(maxsplit=1)[0]}\n")


def test_so_does_the_list_of_copies_which_remembers_for_a_story(
    retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    assert retell("copies", "copies").err.splitlines()[0] == f"{HINT}copies"
    assert HINT not in retell("--story", ".", "copies", "copies").err


def test_so_does_the_telling_without_a_command_and_a_recording(
    retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    assert retell().err == f"{HINT}read\n"
    assert retell("read", "noon-on-sunday", "--record", "noon.cast").err.splitlines()[0] == f"{HINT}read"


def test_where_it_is_clear_which_story_is_told_nothing_is_said(
    retell: Retell, mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    assert retell("--story", ".", "check").err == ""
    assert retell("check", ".").err == ""
    monkeypatch.chdir(shipped_root())
    assert retell("check").err == ""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story").mkdir()
    assert retell("check").err == ""


def test_a_check_says_which_story_it_went_through(retell: Retell) -> None:
    assert retell("check").out.startswith("The Lachin Road: 15 scenes, ")
    assert retell("check", MINI, "--format", "github").out.startswith("retell: The Bridge: 2 scenes, ")
