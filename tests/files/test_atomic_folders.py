"""A folder, or a file with its folder, is written whole or not at all; what stood there before is given back."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from retell.files.atomic import write_file_and_folder, write_folder
from retell.problems import RetellError

FILES = {"a.md": b"new a\n", "b.md": b"new b\n", "in/c.svg": b"new c\n"}
TEXTS = {name: data.decode() for name, data in FILES.items()}
FULL = os.strerror(errno.ENOSPC)


def held(folder: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too, and what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def failing(call: Callable[..., object], at: int) -> Callable[..., object]:
    """A call that fails the `at`-th time (from 1), as on a full disk."""
    times = iter(range(1, 1000))

    def sometimes(*arguments: object, **named: object) -> object:
        if next(times) == at:
            raise OSError(errno.ENOSPC, FULL)
        return call(*arguments, **named)

    return sometimes


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A folder with a file of that name, and one that is the user's own."""
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "b.md").write_text("old b")
    (folder / "mine.txt").write_text("mine")
    return folder


OLD = {"lesson/b.md": "old b", "lesson/mine.txt": "mine"}


def test_a_new_folder_holds_the_texts_and_nothing_else(tmp_path: Path) -> None:
    write_folder(tmp_path / "lesson", FILES)
    assert held(tmp_path) == {f"lesson/{name}": text for name, text in TEXTS.items()}


def test_an_existing_folder_is_kept_even_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "lesson").mkdir()
    with pytest.raises(RetellError, match="is there already: give another name, or --force to replace its files"):
        write_folder(tmp_path / "lesson", FILES)
    assert held(tmp_path) == {}


def test_force_replaces_the_files_of_these_names_alone(tmp_path: Path, lesson: Path) -> None:
    write_folder(lesson, FILES, force=True)
    assert held(lesson) == {**TEXTS, "mine.txt": "mine"}


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("force", [False, True])
def test_a_disk_that_fills_up_leaves_what_was_there(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, at: int, force: bool
) -> None:
    folder = request.getfixturevalue("lesson") if force else tmp_path / "lesson"
    monkeypatch.setattr(os, "fsync", failing(os.fsync, at))
    with pytest.raises(RetellError) as caught:
        write_folder(folder, FILES, force=force)
    assert str(caught.value) == f"{folder} cannot be written: {FULL}"
    assert held(tmp_path) == (OLD if force else {})
    assert folder.exists() == force


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_move_that_fails_gives_back_what_was_there(
    tmp_path: Path, lesson: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(os, "replace", failing(os.replace, at))
    with pytest.raises(RetellError):
        write_folder(lesson, FILES, force=True)
    assert held(tmp_path) == OLD


def test_an_interrupt_gives_back_what_was_there(tmp_path: Path, lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(name: str, new: str, *, src_dir_fd: int | None, dst_dir_fd: int | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_folder(lesson, FILES, force=True)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "another", FILES)
    assert held(tmp_path) == OLD


def test_a_folder_of_a_files_name_is_not_replaced(tmp_path: Path, lesson: Path) -> None:
    (lesson / "a.md").mkdir()
    with pytest.raises(RetellError, match=r"a\.md is a folder, and a file is to be written there: move it away"):
        write_folder(lesson, FILES, force=True)
    assert held(tmp_path) == OLD


def test_the_current_folder_may_be_written_into(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lesson)
    write_folder(Path(), FILES, force=True)
    assert held(lesson) == {**TEXTS, "mine.txt": "mine"}


def test_a_file_and_its_folder_are_written_together(tmp_path: Path) -> None:
    write_file_and_folder(tmp_path / "h.md", b"text", tmp_path / "lesson", FILES, force=False)
    assert held(tmp_path) == {"h.md": "text", **{f"lesson/{name}": text for name, text in TEXTS.items()}}


def test_neither_is_written_where_the_folder_is_there(tmp_path: Path, lesson: Path) -> None:
    with pytest.raises(RetellError, match="lesson is there already"):
        write_file_and_folder(tmp_path / "h.md", b"text", lesson, FILES, force=False)
    assert held(tmp_path) == OLD


def test_neither_is_written_where_the_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "h.md").write_text("mine")
    with pytest.raises(RetellError, match=r"h\.md is there already"):
        write_file_and_folder(tmp_path / "h.md", b"text", tmp_path / "lesson", FILES, force=False)
    assert held(tmp_path) == {"h.md": "mine"}
    assert not (tmp_path / "lesson").exists()


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_is_taken_back_when_its_file_fails(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    folder = request.getfixturevalue("lesson") if force else tmp_path / "lesson"
    monkeypatch.setattr(os, "fsync", failing(os.fsync, len(TEXTS) + 1))
    with pytest.raises(RetellError) as caught:
        write_file_and_folder(tmp_path / "h.md", b"text", folder, FILES, force=force)
    assert str(caught.value) == f"{tmp_path / 'h.md'} cannot be written: {FULL}"
    assert held(tmp_path) == (OLD if force else {})
    assert folder.exists() == force


def test_a_missing_folder_is_named_once(tmp_path: Path) -> None:
    with pytest.raises(RetellError) as caught:
        write_folder(tmp_path / "no" / "lesson", FILES)
    assert str(caught.value) == f"{tmp_path / 'no' / 'lesson'} cannot be written: there is no folder {tmp_path / 'no'}"
