"""Nothing of a stranger's is obeyed: not by the runner of a build that reads our lines, not by Python itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retell.checks import report
from retell.checks.evidence.examination import Share
from retell.checks.summary import Evidence, Summary
from retell.problems import Level, Location, Problem
from tests.support.commands import run
from tests.support.folders import MINI
from tests.support.pseudo import environment

# what GitHub's runner obeys: '::name …::' where a line begins, blanks aside, and '##[name]' anywhere in it
# (https://github.com/actions/runner, ActionCommand.cs); Azure's and TeamCity's are of the second kind
OBEYED = re.compile(r"^\s*::(?!(?:error|warning) file=)|##[a-z]*\[", re.MULTILINE)
COMMANDS = [
    "::error file=README.md,line=1::forged",
    "::stop-commands::x",
    "  ::add-mask::retell",
    "\u2003::add-mask::retell",
    "##[add-mask]retell",
    "a ##[add-mask]retell",
    "###[add-mask]retell",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[buildStatus status='FAILURE']",
    "a\n::error::b",
    "a\r\n::error::b",
    "%0A::error::b",
]


@pytest.mark.parametrize("form", ["text", "github", "json"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_of_a_report_is_a_command(command: str, form: str, capfd: pytest.CaptureFixture[str]) -> None:
    share = Share(3, {1, 2}, 100, 10)
    evidence = Evidence(not_looked_into={command: 1}, articles={command: share, f"{command}2": share})
    file = command if form != "text" else f"story/{command}.yaml"  # a text names files from the current folder on
    levels: tuple[Level, ...] = ("error", "warning")
    found = [Problem("wrong-type", Location(file, 1, 1, command), command, command, level) for level in levels]
    report.publish(found, Summary(1, 1, 1, 1, evidence, command), form)
    out, err = capfd.readouterr()
    assert not OBEYED.search(out + err)
    if form == "json":
        assert [each["message"] for each in json.loads(out)["problems"]] == [command] * 2


def with_field(file: Path, field: str, value: str) -> None:
    """Write another value of a field into a file, as it is typed."""
    lines = [
        f"{field}: {value}" if line.startswith(f"{field}: ") else line for line in file.read_text("utf-8").split("\n")
    ]
    file.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("form", ["text", "github", "json"])
@pytest.mark.parametrize("command", COMMANDS[1:9:3])
def test_no_title_and_no_folder_is_a_command(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, title in (("titled", json.dumps(command)), (command.replace("/", "."), "''"), ("broken", "[")):
        shutil.copytree(MINI, name)
        with_field(Path(name, "story", "story.yaml"), "title", title)
        with monkeypatch.context() as inside:
            inside.chdir(name)
            told = run(capsys, inside, "check", ".", "--format", form)
            assert not OBEYED.search(told.out + told.err)


@pytest.mark.parametrize("form", ["csl-json", "csl-yaml", "bibtex"])
@pytest.mark.parametrize("command", COMMANDS[::5])
def test_no_line_of_the_references_begins_with_a_storys_text(
    mini: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str, command: str
) -> None:
    card = mini / "cards" / "sources" / "north.yaml"
    for field in ("title", "container-title"):
        with_field(card, field, json.dumps(command * 30))
    told = run(capsys, monkeypatch, "--story", mini, "sources", "--format", form)
    assert told.code == 0
    assert not re.search(r"^\s*::", told.out, re.MULTILINE)


MODULES = ("yaml", "click", "typing", "rich", "jinja2", "msgspec", "json", "sitecustomize")


@pytest.mark.parametrize("flags", [(), ("-P",)])
def test_python_runs_nothing_of_the_folder_that_the_user_stands_in(mini: Path, flags: tuple[str, ...]) -> None:
    for name in MODULES:
        (mini / f"{name}.py").write_text("open('OBEYED', 'a').write(__name__)\n", "utf-8")
    done = subprocess.run(
        [sys.executable, *flags, "-m", "retell", "check", "."],
        cwd=mini,
        env=environment(PYTHONPATH=os.pathsep.join(path for path in sys.path if path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("The Bridge: 2 scenes"), done.stderr
    assert not (mini / "OBEYED").exists()
