"""Shells complete what readers and authors have to name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from retell.cli import main, retell
from tests.support.folders import MINI, TOP

if sys.platform == "win32":
    pytest.skip("the three shells are not at home on Windows", allow_module_level=True)

from tests.support.pseudo import Terminal

PROGRAMS = Path(sys.executable).parent


def completed(*words: str) -> list[str]:
    """What is offered for the last word."""
    *before, incomplete = words
    asked = BashComplete(retell, {}, "retell", "_RETELL_COMPLETE")
    return [item.value for item in asked.get_completions(before, incomplete)]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("read no", ["noon-on-sunday"]),
        ("read check", ["checkpoint"]),
        ("read NOON", ["noon-on-sunday"]),
        ("compare a-gr", ["a-gross-violation"]),
        ("sources mo", ["moscow-times"]),
        ("sources c", ["C"]),
        ("articles B C d", ["D"]),
        ("explain loaded", ["loaded-word"]),
        ("review pro", ["protests"]),
        ("review C", ["C"]),
        ("handout --only whose", ["whose-job"]),
        ("handout --edition t", ["teacher"]),
        ("new di", ["dispute"]),
        ("new scene one-morning --from mo", ["moscow-times"]),
        ("schema sc", ["scene"]),
        ("read --rec", ["--record"]),
        ("comp", ["compare"]),
        ("read nowhere-at-all", []),
    ],
)
def test_names_are_completed(line: str, offered: list[str]) -> None:
    got = completed(*line.split(" "))
    assert got == offered or (len(got) > 1 and offered[0] in got and line.startswith("review"))


@pytest.mark.parametrize("words", [("--story", str(MINI), "read"), ("read", "--story", str(MINI))])
def test_they_are_those_of_the_story_that_is_named(words: tuple[str, ...]) -> None:
    assert completed(*words, "") == ["start", "night", "opening", "flood"]


def test_where_there_is_no_story_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    assert completed("--story", str(tmp_path), "read", "") == []
    assert completed("--story", str(tmp_path / "none.zip"), "compare", "") == []


@pytest.mark.parametrize("name", ["\\e[2J flood", "$(date)", "a b", "-h", "*"])
def test_a_name_that_a_shell_would_obey_is_not_offered(tmp_path: Path, name: str) -> None:
    story = shutil.copytree(MINI, tmp_path / "mini")
    text = (story / "story" / "story.yaml").read_text("utf-8")
    (story / "story" / "story.yaml").write_text(text.replace("id: flood", f'id: "{name}"'), "utf-8")
    assert completed("--story", str(story), "read", "") == ["start", "night", "opening"]


@pytest.mark.parametrize(
    "asked", [{}, {"COMP_WORDS": "retell ", "COMP_CWORD": ""}, {"COMP_WORDS": "retell ", "COMP_CWORD": "9" * 5000}]
)
def test_a_shell_that_asks_in_no_known_way_gets_nothing(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
) -> None:
    for name, value in {"_RETELL_COMPLETE": "bash_complete", **asked}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["retell"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, *capfd.readouterr()) == (1, "", "")


def lines_of_the_readme() -> dict[str, str]:
    """The line that each shell's file needs, by the shell."""
    rows = re.findall(r"^\| (bash|zsh|fish) \| `(.+?)` \|", (TOP / "README.md").read_text("utf-8"), re.MULTILINE)
    return {shell: line.replace("\\|", "|") for shell, line in rows}


def in_bash(line: str, words: str) -> str:
    typed = f"COMP_WORDS=({words}) COMP_CWORD={len(words.split()) - 1}"
    return _run("bash", "--norc", "-c", f'{line}\n{typed}\n_retell_completion retell\necho "${{COMPREPLY[@]}}"')


def in_fish(line: str, words: str) -> str:
    return _run("fish", "--no-config", "-c", f"{line}\ncomplete -C '{words}'").partition("\t")[0]


def in_zsh(line: str, words: str) -> str:
    """A zsh that has the line, where the words are typed, and a Tab."""
    with Terminal(program=("zsh", "-f"), size=(100, 20), PATH=_path()) as terminal:
        terminal.press(f"PS1='ready> '; autoload -Uz compinit && compinit -D; {line}; echo so''on\r")
        terminal.wait_for("soon")
        terminal.press(f"{words}\t")
        terminal.wait_for(words.rpartition(" ")[2], 1)
        terminal.read_for(2)
        return terminal.row.split()[-1]


def _path() -> str:
    return f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"


def _run(*command: str) -> str:
    surrounding = {**os.environ, "PATH": _path()}
    return subprocess.run(command, env=surrounding, capture_output=True, text=True, check=True).stdout.strip()


SHELLS: dict[str, Callable[[str, str], str]] = {"bash": in_bash, "zsh": in_zsh, "fish": in_fish}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_readmes_line_makes_each_shell_complete_a_scene(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    if not (PROGRAMS / "retell").exists():
        pytest.skip("needs the program as pip installs it")
    assert SHELLS[shell](lines_of_the_readme()[shell], "retell read noon") == "noon-on-sunday"
