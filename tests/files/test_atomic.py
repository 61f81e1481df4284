"""A file is written whole or not at all, and never over another without force."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retell.files import atomic as writing
from retell.files.atomic import write_file, write_folder
from retell.problems import RetellError

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX system")
NOT_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user whom permissions bind"
)


@contextmanager
def refused(message: str) -> Iterator[None]:
    """The writing fails with this one line."""
    with pytest.raises(RetellError) as caught:
        yield
    assert str(caught.value) == message
    assert "\n" not in message


def fails(number: int) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_as_utf_8_with_its_line_ends(tmp_path: Path) -> None:
    write_file(tmp_path / "a.md", "Über ¶\nzwei\n")
    assert (tmp_path / "a.md").read_bytes() == "Über ¶\nzwei\n".encode()
    assert names(tmp_path) == ["a.md"]


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine")
    with refused(f"{path} is there already: give another name, or --force to replace it"):
        write_file(path, "new")
    assert path.read_text() == "mine"
    assert names(tmp_path) == ["a.md"]


def test_force_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("a longer old text")
    write_file(path, "new", force=True)
    assert path.read_text() == "new"
    assert names(tmp_path) == ["a.md"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "no" / "a.md"
    with refused(f"{path} cannot be written: there is no folder {tmp_path / 'no'}"):
        write_file(path, "new")
    assert names(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_is_no_file(tmp_path: Path, force: bool) -> None:
    with refused(f"{tmp_path} is a folder: name a file in it"):
        write_file(tmp_path, "new", force=force)
    assert names(tmp_path) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    path = tmp_path / "a" / "b.md"
    with pytest.raises(RetellError, match="cannot be written: "):
        write_file(path, "new")
    assert names(tmp_path) == ["a"]


@POSIX
def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 300)
    with refused(f"{path} cannot be written: {os.strerror(errno.ENAMETOOLONG)}"):
        write_file(path, "new")
    write_file(tmp_path / ("a" * 255), "the longest name there is")
    assert names(tmp_path) == ["a" * 255]


@POSIX
@NOT_ROOT
@pytest.mark.parametrize("force", [False, True])
def test_a_read_only_folder(tmp_path: Path, force: bool) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "a.md").write_text("mine")
    folder.chmod(0o500)
    try:
        with refused(f"{folder / 'b.md'} cannot be written: {os.strerror(errno.EACCES)}"):
            write_file(folder / "b.md", "new", force=force)
        assert names(folder) == ["a.md"]
    finally:
        folder.chmod(0o700)


@POSIX
@NOT_ROOT
def test_a_folder_that_may_not_be_entered(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o600)
    try:
        with refused(f"{folder / 'b.md'} cannot be written: {os.strerror(errno.EACCES)}"):
            write_file(folder / "b.md", "new")
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("call", ["fsync", "open"])
@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, force: bool
) -> None:
    path = tmp_path / "a.md"
    if force:
        path.write_text("mine")
    monkeypatch.setattr(os, call, fails(errno.ENOSPC))
    with refused(f"{path} cannot be written: {os.strerror(errno.ENOSPC)}"):
        write_file(path, "new", force=force)
    assert names(tmp_path) == (["a.md"] if force else [])
    assert not force or path.read_text() == "mine"


@POSIX
def test_a_disk_that_fills_up_while_the_part_is_written(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from retell.files.atomic import write_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "write_file(Path(sys.argv[1]), 'a' * 1_000_000, force=True)\n"
    )
    path = tmp_path / "a.md"
    path.write_text("mine")
    run = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert f"RetellError: {path} cannot be written: {os.strerror(errno.EFBIG)}" in run.stderr
    assert path.read_text() == "mine"
    assert names(tmp_path) == ["a.md"]


def test_a_file_system_without_fsync_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", fails(errno.EINVAL))
    write_file(tmp_path / "a.md", "new")
    assert (tmp_path / "a.md").read_text() == "new"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    path = tmp_path / "a.md"
    write = writing._write

    def write_and_lose_the_race(target: Path, data: bytes, flags: int) -> None:
        write(target, data, flags)
        path.write_text("theirs")

    monkeypatch.setattr(writing, "_write", write_and_lose_the_race)
    if not links:
        monkeypatch.setattr(os, "link", fails(errno.EPERM))
    with refused(f"{path} is there already: give another name, or --force to replace it"):
        write_file(path, "new")
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["a.md"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "link", fails(number))
    write_file(tmp_path / "a.md", "new")
    assert (tmp_path / "a.md").read_text() == "new"
    assert names(tmp_path) == ["a.md"]


@pytest.mark.parametrize("force", [False, True])
def test_a_move_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool) -> None:
    monkeypatch.setattr(os, "link", fails(errno.EPERM))
    monkeypatch.setattr(Path, "replace", fails(errno.EIO))
    path = tmp_path / "a.md"
    with refused(f"{path} cannot be written: {os.strerror(errno.EIO)}"):
        write_file(path, "new", force=force)
    assert names(tmp_path) == []


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.md", "new")
    assert names(tmp_path) == []


@POSIX
def test_a_link_is_kept_and_its_file_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "a.md", tmp_path / "link.md"
    target.write_text("mine")
    link.symlink_to(target)
    with refused(f"{link} is there already: give another name, or --force to replace it"):
        write_file(link, "new")
    write_file(link, "new", force=True)
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert names(tmp_path / "folder") == ["a.md"]


@POSIX
def test_a_link_to_nothing_names_its_folder_or_makes_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "no" / "a.md")
    with refused(f"{link} cannot be written: there is no folder {tmp_path / 'no'}"):
        write_file(link, "new")
    (tmp_path / "no").mkdir()
    write_file(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "no" / "a.md").read_text() == "new"


@POSIX
def test_a_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "a.md"
    link.symlink_to(link)
    with pytest.raises(RetellError, match="cannot be written: "):
        write_file(link, "new", force=True)
    assert names(tmp_path) == ["a.md"]


@POSIX
@pytest.mark.parametrize("force", [False, True])
def test_a_device_is_written_to_and_stays(force: bool) -> None:
    write_file(Path(os.devnull), "new", force=force)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_device_says_so() -> None:
    with refused(f"/dev/full cannot be written: {os.strerror(errno.ENOSPC)}"):
        write_file(Path("/dev/full"), "new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_gets_the_text_and_stays_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(path.read_text()), daemon=True)
    reader.start()
    write_file(path, "new")
    reader.join(timeout=5)
    assert heard == ["new"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs open files that have names")
def test_standard_output_may_be_named_as_a_file() -> None:
    reading_end, writing_end = os.pipe()
    write_file(Path(f"/dev/fd/{writing_end}"), "new")
    os.close(writing_end)
    with os.fdopen(reading_end) as stream:
        assert stream.read() == "new"


@POSIX
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
@pytest.mark.parametrize("force", [False, True])
def test_permissions_follow_the_umask(tmp_path: Path, umask: int, mode: int, force: bool) -> None:
    before = os.umask(umask)
    try:
        write_file(tmp_path / "a.md", "new", force=force)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_what_replaces_a_private_file_is_private(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("old", "utf-8")
        (tmp_path / name).chmod(0o600)
    write_file(tmp_path / "a.md", "new", force=True)
    write_folder(tmp_path, {"b.md": b"new"}, force=True)
    for name in ("a.md", "b.md"):
        assert ((tmp_path / name).read_text("utf-8"), stat.S_IMODE((tmp_path / name).stat().st_mode)) == ("new", 0o600)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["../victim.md", "a/../../victim.md", "/victim.md"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str, force: bool) -> None:
    folder = tmp_path / "lesson"
    if force:
        folder.mkdir()
    with refused(f"{name} is no name of a file in {folder}"):
        write_folder(folder, {name: b"new"}, force=force)
    assert names(tmp_path) == (["lesson"] if force else [])


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_file(Path("a.md"), "new")
    with refused("a.md is there already: give another name, or --force to replace it"):
        write_file(Path("a.md"), "newer")
    with refused("no/a.md cannot be written: there is no folder no".replace("/", os.sep)):
        write_file(Path("no/a.md"), "new")
    assert names(tmp_path) == ["a.md"]
