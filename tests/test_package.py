"""What is given out: the same files give the same wheel and the same source archive, and each holds what it should."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from retell import __version__
from tests.support.folders import TOP

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
IN_SOURCES = (
    ".github/pictures/",
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
    assert set(ZipFile(twice[0].wheel).namelist()) == wanted


@pytest.mark.package
def test_the_source_archive_holds_the_project_and_nothing_else(twice: tuple[Built, Built]) -> None:
    name = f"retell-{__version__}"
    with tarfile.open(twice[0].sources) as archive:
        found = {member.name.removeprefix(f"{name}/") for member in archive.getmembers() if member.isfile()}
    assert found == {file for file in tracked() if file.startswith(IN_SOURCES)} | {"PKG-INFO"}


def test_each_requirement_has_both_bounds() -> None:
    for requirement in PROJECT["dependencies"]:
        assert ">=" in requirement
        assert ",<" in requirement


def test_the_changelog_begins_with_this_version() -> None:
    changes = (TOP / ".github" / "CHANGELOG.md").read_text("utf-8")
    assert version("retell") == __version__
    assert changes.split("\n## ")[1].startswith(__version__)
