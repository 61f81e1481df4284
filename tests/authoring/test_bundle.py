"""A story is packed into one zip that others read as it is: the same bytes each time, and no article in it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from retell.authoring.bundle import pack
from retell.authoring.scaffold import example_files
from retell.checks import check
from retell.cli import retell
from retell.problems import RetellError
from retell.story.library import load, shipped_root


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(retell, [*map(str, arguments)], standalone_mode=False)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    assert run("new", tmp_path / "lesson").return_value == 0
    return tmp_path / "lesson"


def test_it_holds_the_story_and_nothing_else(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("story/.hidden.yaml", "story/draft.txt", "cards/voices/photo.jpg", "notes.yaml"):
        (lesson / name).write_text("x", "utf-8")
    (lesson / "story" / "old").mkdir()
    (lesson / "story" / "old" / "01-old.yaml").write_text("x", "utf-8")
    monkeypatch.chdir(lesson.parent)
    result = run("pack", "lesson")
    assert result.return_value == 0
    path = Path("lesson.zip")
    assert result.stderr == f"lesson.zip written: {path.stat().st_size:,} bytes\n"
    with ZipFile(path) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
        assert {(info.date_time, info.external_attr >> 16) for info in packed.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644)
        }
    assert names == sorted(names)
    assert set(names) == {name for name in example_files() if not name.startswith(("articles/", ".vscode/"))}
    assert check(load(path)) == []


def test_without_a_name_it_stands_in_the_current_folder(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (lesson.parent / "work").mkdir()
    monkeypatch.chdir(lesson.parent / "work")
    assert run("pack", Path("..", "lesson")).stderr.startswith("lesson.zip written: ")
    monkeypatch.chdir(lesson)
    assert run("pack", ".").stderr.startswith("lesson.zip written: ")
    assert [path.name for path in (lesson.parent / "work").iterdir()] == ["lesson.zip"]
    assert (lesson / "lesson.zip").is_file()
    assert "by default one in the current folder, named after the story's folder" in " ".join(
        run("pack", "-h").output.split()
    )


def test_the_same_story_gives_the_same_bytes(lesson: Path, tmp_path: Path) -> None:
    first = pack(lesson)
    other = shutil.copytree(lesson, tmp_path / "elsewhere" / "other", copy_function=shutil.copyfile)
    for path in sorted(other.rglob("*"), reverse=True):
        os.utime(path, (10**9, 10**9))
    assert pack(other) == first
    (tmp_path / "lesson.zip").write_bytes(first)
    assert pack(tmp_path / "lesson.zip") == first


def test_the_shipped_story_is_told_the_same_from_its_zip(tmp_path: Path) -> None:
    (tmp_path / "road.zip").write_bytes(pack(shipped_root()))
    for command in (["read"], ["handout", "-o", "-"], ["sources", "C"], ["voices"], ["check"]):
        from_zip, from_folder = run("--story", tmp_path / "road.zip", *command), run(*command)
        assert (from_zip.exception, from_zip.return_value) == (None, 0)
        assert from_zip.stdout == from_folder.stdout


def test_a_story_with_errors_is_not_packed(lesson: Path, tmp_path: Path) -> None:
    scene = lesson / "story" / "02-a-broken-promise.yaml"
    scene.write_text(scene.read_text("utf-8").replace("was-it-promised", "was-it-promissed"), "utf-8")
    other = lesson / "story" / "01-nine-in-the-evening.yaml"
    other.write_text(other.read_text("utf-8").replace("aside: The same", "aside: The tyrannical"), "utf-8")
    result = run("pack", lesson, "-o", tmp_path / "out.zip")
    assert str(result.exception) == f"{lesson} is not packed: 2 errors"
    assert re.findall(r"\[([a-z-]+)\]$", result.stderr, re.MULTILINE) == ["loaded-word", "unknown-card"]
    assert not (tmp_path / "out.zip").exists()


def test_a_zip_that_is_there_is_kept_without_force(
    lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out.zip"
    out.write_text("mine", "utf-8")
    assert isinstance(run("pack", lesson, "-o", out).exception, RetellError)
    assert out.read_text("utf-8") == "mine"
    assert run("pack", lesson, "-o", out, "--force").return_value == 0
    assert out.read_bytes() == pack(lesson)
    said = run("pack", out).exception
    assert isinstance(said, RetellError), "a zip of that name is there: the one that was to be packed again"


def test_a_file_that_goes_while_it_is_packed_is_said(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (lesson / "story" / "README.md").unlink()
    (lesson / "story" / "README.md").mkdir()
    with pytest.raises(RetellError, match=r"README\.md cannot be read: it is a folder"):
        pack(lesson)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs names of files that are no text")
def test_a_name_that_no_zip_can_hold_is_said(lesson: Path) -> None:
    (lesson / "story" / os.fsdecode(b"caf\xe9.md")).write_text("x", "utf-8")
    with pytest.raises(RetellError, match=r"the name of .*caf<U\+DCE9>.md is one that not every system can read"):
        pack(lesson)


def test_a_folder_that_leads_out_of_the_story_is_named(lesson: Path, tmp_path: Path) -> None:
    shutil.rmtree(lesson / "story" / ".schema")
    (tmp_path / "elsewhere").mkdir()
    (lesson / "story" / ".schema").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RetellError, match=r"story/\.schema cannot be read: it is a link that leads out"):
        pack(lesson)
