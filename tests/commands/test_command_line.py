"""Arguments, help pages, exit codes, and what a mistake looks like."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from retell import cli, problems
from retell.terminal import telling as reading
from tests.support.commands import Outcome, run
from tests.support.folders import MINI
from tests.support.interface import every_command
from tests.support.invented import NORTH, save_copies, tell
from tests.support.readings import read_all

COMMANDS = sorted(cli.MODULES)
SHORT_HELP = 61  # columns that a screen of 80 leaves beside the longest name
Retell = Callable[..., Outcome]


@pytest.fixture
def retell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Retell:
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def test_version(retell: Retell) -> None:
    assert retell("--version") == (0, f"retell {version('retell')}\n", "")


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_an_example(retell: Retell, command: str, option: str) -> None:
    code, out, err = retell(*filter(None, (command, option)))
    assert (code, err) == (0, "")
    assert re.search(rf"Example:\n +retell {command}".rstrip(), out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_and_command_says_what_it_does(command: str) -> None:
    found = every_command()[command]
    assert found.get_short_help_str(SHORT_HELP).endswith(".")
    assert "..." not in found.get_short_help_str(SHORT_HELP), "the list of commands has no room for its first sentence"
    for param in found.params:
        if isinstance(param, click.Option):
            assert param.help, param.name


@pytest.mark.parametrize(
    ("part", "help_text"),
    [
        ("nigth", "did you mean 'night'?"),
        ("floods", "did you mean 'flood'?"),
        ("x", "known"),
        ("NIGTH", "did you mean 'night'?"),
    ],
)
def test_an_unknown_scene_is_answered_with_the_nearest_name(retell: Retell, part: str, help_text: str) -> None:
    code, out, err = retell("--story", MINI, "read", part)
    assert (code, out) == (2, "")
    assert err.startswith(f"retell: no scene or phase named '{part}'; {help_text}")
    assert err.count("\n") == 1


def test_a_scene_is_read_by_its_number(retell: Retell) -> None:
    assert retell("read", "10") == retell("read", "noon-on-sunday")


@pytest.mark.parametrize("pace", ["99", "601", "fast", "-5", "2.5", ""])
def test_a_wrong_pace(retell: Retell, pace: str) -> None:
    code, out, err = retell("--story", MINI, "read", f"--pace={pace}")
    assert (code, out) == (2, "")
    assert "100 to 600 words a minute, or instant" in err


@pytest.mark.parametrize("pace", ["100", "220", "600", "instant", "0"])
def test_a_right_pace(retell: Retell, pace: str) -> None:
    assert retell("--story", MINI, "read", "--pace", pace).code == 0


@pytest.mark.parametrize("command", [(), ("read",)])
def test_a_wrong_pace_in_the_environment(retell: Retell, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setenv("RETELL_PACE", "hurry")
    code, _, err = retell("--story", MINI, *command)
    assert code == 2
    assert err.splitlines()[-1] == "Error: RETELL_PACE: 'hurry' is no pace: give 100 to 600 words a minute, or instant"
    assert "--pace" not in err


def test_where_it_is_not_heeded_a_wrong_pace_in_the_environment_stops_nothing(
    retell: Retell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RETELL_PACE", "hurry")
    assert retell("--story", MINI, "read", "start", "--record", tmp_path / "start.cast").code == 0
    assert retell("--story", MINI, "read", "start", "--pace", "300").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", "--fast"), "No such option"),
        (("reed",), "No such command 'reed'. Did you mean 'read'?"),
        (("CHECK",), "No such command 'CHECK'. Did you mean 'check'?"),
        (("xyzzy",), "No such command 'xyzzy'."),
        (("read", "--width", "10"), "24<=x<=400"),
        (("read", "--width", "wide"), "not a valid integer"),
        (("read", "start", "night"), "unexpected extra argument"),
        (("map", "--width", "23"), "24<=x<=400"),
        (("timeline", "north"), "unexpected extra argument"),
        (("fingerprint",), "Missing argument"),
        (("check", "--format", "xml"), "'xml' is not one of 'text', 'json', 'github'"),
        (("voices", "--format", "xml"), "'xml' is not one of 'text', 'json'"),
        (("read", "--record", "-"), "--record writes a file, and - is none"),
        (("--story",), "requires an argument"),
    ],
)
def test_wrong_usage(retell: Retell, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = retell(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["read", "check", "sources", "voices", "timeline", "map", "compare", "handout"])
def test_no_story_there(retell: Retell, tmp_path: Path, command: str) -> None:
    code, out, err = retell("--story", tmp_path / "none", command)
    assert (code, out) == (1, "")
    assert err == f"retell: no story here: {tmp_path / 'none'} has no folder 'story'\n"


def broken(mini: Path) -> Path:
    scene = mini / "story" / "01-start.yaml"
    scene.write_text(scene.read_text("utf-8").replace("@south", "@suoth"), "utf-8")
    return scene


@pytest.mark.parametrize("command", ["read", "handout", "sources", "voices", "timeline", "map", "compare"])
def test_a_story_with_a_mistake_is_not_told(
    retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    broken(mini)
    monkeypatch.chdir(mini)
    code, out, err = retell("--story", ".", command, *(["-o", "-"] if command == "handout" else []))
    assert code == 1
    assert "an South" not in out
    assert "story/01-start.yaml:5:109: error: no source named 'suoth'" in err
    assert "did you mean 'south'?" in err
    assert err.splitlines()[-1] == "retell: the story cannot be told: 1 error"


def test_check_says_that_all_is_well(retell: Retell) -> None:
    code, out, err = retell("check", MINI)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "The Bridge: 2 scenes, 1 dispute, 6 claims, 3 quotations: no problems",
        "25 statements: 0 read, 25 unread",
    ]


def test_check_lists_problems_on_standard_error(retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(mini)
    monkeypatch.chdir(mini.parent)
    code, out, err = retell("check", "mini")
    assert code == 1
    assert out.splitlines()[0].endswith("quotations: 1 error")
    assert out.count("\n") == 2
    assert err.startswith("mini/story/01-start.yaml:5:109: error: ")
    assert "[unknown-source]" in err
    assert err.splitlines()[2].index("^") == err.splitlines()[1].index("suoth")


def test_check_takes_the_folder_from_either_place(retell: Retell) -> None:
    assert retell("check", MINI) == retell("--story", MINI, "check")


def test_a_warning_alone_fails_nothing(retell: Retell, mini: Path) -> None:
    story = mini / "story" / "story.yaml"
    story.write_text(story.read_text("utf-8").replace("[start, night]", "[night]"), "utf-8")
    code, out, err = retell("check", mini)
    assert code == 0
    assert "warning" in out
    assert "[unlisted-scene]" in err


def test_a_warning_and_what_nobody_has_read_fail_a_strict_check(retell: Retell, mini: Path) -> None:
    assert (retell("check", mini, "--strict").code, retell("check", mini).code) == (1, 0)
    read_all(mini)
    assert retell("check", mini, "--strict").code == 0
    story = mini / "story" / "story.yaml"
    story.write_text(story.read_text("utf-8").replace("[start, night]", "[night]"), "utf-8")
    code, out, err = retell("check", mini, "--strict")
    assert code == 1
    assert (code, out, err) == (1, *retell("check", mini)[1:])


@pytest.mark.parametrize("code", [0, 1])
def test_check_writes_json_to_standard_output_alone(
    retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    if code:
        broken(mini)
    monkeypatch.chdir(mini.parent)
    found, out, err = retell("check", "mini", "--format", "json")
    assert (found, err) == (code, "")
    told = json.loads(out)
    assert told["summary"]["errors"] == len(told["problems"]) == code
    for each in told["problems"]:
        assert (each["rule"], each["file"], each["line"]) == ("unknown-source", "mini/story/01-start.yaml", 5)


def test_check_writes_annotations_to_standard_output(
    retell: Retell, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(mini)
    monkeypatch.chdir(mini.parent)
    code, out, err = retell("check", "mini", "--format", "github")
    assert (code, err) == (1, "")
    annotation, summary, _ = out.splitlines()
    place = "file=mini/story/01-start.yaml,line=5,col=109,title=unknown-source"
    assert annotation == f"::error {place}::no source named 'suoth'%0Ahelp: did you mean 'south'?"
    assert summary.endswith("quotations: 1 error")


def test_check_without_the_folder_of_copies(retell: Retell, tmp_path: Path) -> None:
    code, _, err = retell("check", MINI, "--copies", tmp_path / "none")
    assert code == 1
    assert err == f"retell: no folder of copies: {tmp_path / 'none'}\n"


def test_check_without_a_copy_warns(retell: Retell, tmp_path: Path) -> None:
    code, out, err = retell("check", MINI, "--copies", tmp_path)
    assert code == 0
    assert out.startswith("The Bridge: 2 scenes, 1 dispute, 6 claims, 3 quotations: 2 warnings\n")
    assert "\n25 statements: 0 borne out, 0 read, 25 neither\n" in out
    assert err.count("[copy-missing]") == 2


def test_fingerprints_are_those_of_a_card(retell: Retell, tmp_path: Path) -> None:
    article = tmp_path / "north.txt"
    article.write_text("Headline\n[1] It rained.\n[2] The bridge fell.\n", "utf-8")
    code, out, err = retell("fingerprint", article)
    assert code == 0
    assert err.startswith("[1] It rained.\n\n[2] The bridge fell.\n\nleft out; ")
    assert err.endswith("  1. Headline (the headline)\n")
    assert re.search(r"\nparagraphs:\n  - [0-9a-f]{12} # 1\n  - [0-9a-f]{12} # 2\n\Z", out)


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_no_article_to_take_fingerprints_of(retell: Retell, tmp_path: Path, name: str) -> None:
    code, out, err = retell("fingerprint", tmp_path / name)
    assert (code, out) == (1, "")
    assert err.startswith(f"retell: {tmp_path / name} cannot be read: ")


def test_control_c_ends_with_130(retell: Retell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "tell", interrupted)
    code, _, err = retell("--story", MINI, "read")
    assert code == 130
    assert err.strip() == ""


def test_the_command_line_ends_with_the_codes_of_problems() -> None:
    names = ("DONE", "FOUND", "WRONG_USAGE", "INTERRUPTED")
    assert [getattr(cli, name) for name in names] == [getattr(problems, name) for name in names]


def test_another_exit_of_a_command_keeps_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave() -> int:
        sys.exit(1)

    monkeypatch.setattr(cli, "_run", leave)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1


def test_what_wants_a_readers_eye_is_listed_with_its_paragraphs(retell: Retell, mini: Path) -> None:
    folder = save_copies(mini)
    tell(mini, "It fell at 12:30 [@north, para. 1], and so it was [@north, paras. 1-2].")
    _, out, _ = retell("check", mini, "--copies", folder, "--eye")
    listed = out.partition("\nneither borne out nor read: ")[2]
    assert "start 1, first sentence" not in listed
    entry = listed.partition("\nstart 1, second sentence  (")[2].split("\n\n")[0].splitlines()
    assert entry[0].endswith("01-start.yaml:6)")
    assert entry[1:] == ["  and so it was.", f"    A ¶1  {NORTH[0]}", f"    A ¶2  {NORTH[1]}"]
    read_all(mini)
    assert "\nneither borne out nor read: none\n" in retell("check", mini, "--copies", folder, "--eye")[1]


def test_what_nobody_has_read_is_listed_without_copies(retell: Retell, mini: Path) -> None:
    _, out, _ = retell("check", mini, "--unread")
    assert "\nread by nobody: 25\n" in out
    assert "\nnight, gist  (" in out
    assert "\n  It rained.\n    A ¶2\n" in out
    read_all(mini)
    assert "\nread by nobody: none\n" in retell("check", mini, "--unread")[1]


@pytest.mark.parametrize("options", [["--eye"], ["--unread", "--format", "json"], ["--eye", "--format", "github"]])
def test_a_list_to_read_is_for_a_reader(retell: Retell, options: list[str]) -> None:
    code, _, err = retell("check", MINI, *options)
    assert (code, " is a list to read" in err) == (problems.WRONG_USAGE, True)
