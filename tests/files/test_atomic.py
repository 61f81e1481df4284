"""A file is written whole or not at all, and never over another without force."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from retell.files import atomic as writing
from retell.files.atomic import write_file, write_file_and_folder, write_folder
from retell.files.directory import Directory
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

    def write_and_lose_the_race(folder: Directory, name: str, data: bytes) -> None:
        write(folder, name, data)
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
    monkeypatch.setattr(os, "replace", fails(errno.EIO))
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


def through_a_link(link: Path) -> str:
    return f"{link} is a link, and nothing is written through one: name what it leads to"


@pytest.fixture
def strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stranger's folder, in which the user stands, beside a folder of the user's."""
    folder = tmp_path / "strangers"
    folder.mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "kept").write_text("mine")
    monkeypatch.chdir(folder)
    return folder


def all_below(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@POSIX
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    "target", ["kept", "nowhere", "no/folder", "", "../strangers/a.md", "/dev/null", "../strangers"]
)
@pytest.mark.parametrize("whole", [False, True])
def test_nothing_is_written_through_a_link(strangers: Path, force: bool, target: str, whole: bool) -> None:
    Path("a.md").symlink_to(Path("../home", target))
    path = strangers / "a.md" if whole else Path("a.md")
    before = all_below(strangers.parent)
    with refused(through_a_link(path)):
        write_file(path, "new", force=force)
    with refused(through_a_link(path)):
        write_folder(path, {"kept": b"new"}, force=force)
    with refused(through_a_link(path)):
        write_file_and_folder(path, b"new", Path("pictures"), {"kept": b"new"}, force=force)
    with refused(through_a_link(path)):
        write_file_and_folder(Path("new.md"), b"new", path, {"kept": b"new"}, force=force)
    assert path.is_symlink()
    assert all_below(strangers.parent) == before
    assert names(strangers) == ["a.md"]


@POSIX
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["out/a.md", "in/out/a.md", "./out/a.md", "../strangers/out/a.md", "out/../a.md"])
def test_no_folder_on_the_way_is_a_link_where_the_user_stands(strangers: Path, force: bool, name: str) -> None:
    Path("in").mkdir()
    for link in ("out", "in/out"):
        Path(link).symlink_to(strangers.parent / "home")
    before = all_below(strangers.parent)
    for path in (Path(name), strangers / name):
        way = [str(each) for each in reversed(path.parents) if each.name == "out"]
        with refused(through_a_link(Path(way[0]))):
            write_file(path, "new", force=force)
        with refused(through_a_link(Path(way[0]))):
            write_folder(path, {"kept": b"new"}, force=force)
    assert all_below(strangers.parent) == before


@POSIX
def test_no_folder_on_the_way_is_a_link_in_the_story(strangers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (strangers / "out").symlink_to(strangers.parent / "home")
    monkeypatch.chdir("/")
    with refused(through_a_link(strangers / "out")):
        write_file(strangers / "out" / "a.md", "new", story=strangers)
    write_file(strangers / "a.md", "new", story=strangers)
    assert all_below(strangers.parent) == {"home/kept": "mine", "strangers/a.md": "new"}


@POSIX
def test_links_are_followed_on_the_way_to_a_folder_that_was_named_from_the_root(strangers: Path) -> None:
    documents = strangers.parent / "documents"
    documents.symlink_to(strangers.parent / "home")
    write_file(documents / "a.md", "new", story=strangers)
    write_file(Path("..") / "home" / "b.md", "new", story=strangers)
    assert all_below(strangers.parent) == {"home/kept": "mine", "home/a.md": "new", "home/b.md": "new"}


@POSIX
def test_a_folder_within_a_folder_that_is_written_is_no_link(strangers: Path) -> None:
    Path("lesson").mkdir()
    Path("lesson/figures").symlink_to(strangers.parent / "home")
    with refused(through_a_link(Path("lesson/figures"))):
        write_folder(Path("lesson"), {"a.md": b"new", "figures/kept": b"new"}, force=True)
    Path("lesson/b.md").symlink_to(strangers.parent / "home" / "kept")
    with refused(through_a_link(Path("lesson/b.md"))):
        write_folder(Path("lesson"), {"a.md": b"new", "b.md": b"new"}, force=True)
    assert all_below(strangers.parent) == {"home/kept": "mine", "strangers/lesson/b.md": "mine"}
    assert names(Path("lesson")) == ["b.md", "figures"]


@POSIX
def test_a_link_that_is_put_there_while_the_file_is_written_is_not_followed(
    strangers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writing._write

    def write_and_meet_a_link(folder: Directory, name: str, data: bytes) -> None:
        write(folder, name, data)
        Path("a.md").symlink_to(strangers.parent / "home" / "kept")

    monkeypatch.setattr(writing, "_write", write_and_meet_a_link)
    with refused("a.md is there already: give another name, or --force to replace it"):
        write_file(Path("a.md"), "new")
    Path("a.md").unlink()
    write_file(Path("b.md"), "new", force=True)
    assert (strangers.parent / "home" / "kept").read_text() == "mine"


@POSIX
def test_a_folder_that_is_exchanged_for_a_link_while_it_is_written_to_is_the_one_that_was_opened(
    strangers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("lesson").mkdir()
    write = writing._write

    def write_and_lose_the_folder(folder: Directory, name: str, data: bytes) -> None:
        write(folder, name, data)
        if Path("lesson").is_symlink():
            return
        Path("lesson").rename("real")
        Path("lesson").symlink_to(strangers.parent / "home")

    monkeypatch.setattr(writing, "_write", write_and_lose_the_folder)
    write_folder(Path("lesson"), {"kept": b"new", "in/b.md": b"new"}, force=True)
    assert all_below(strangers.parent / "home") == {"kept": "mine"}
    assert all_below(Path("real")) == {"kept": "new", "in/b.md": "new"}


NO_FILE = "cannot be written: it is a pipe or a device; for standard output, give - as the name"


@POSIX
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["/dev/null", "/dev/zero", "pipe", "socket"])
def test_nothing_is_written_into_a_pipe_or_a_device(strangers: Path, name: str, force: bool) -> None:
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        mode = Path(name).stat().st_mode
        with refused(f"{name} {NO_FILE}"):  # and a pipe is not waited for
            write_file(Path(name), "new", force=force)
        with refused(f"{name} {NO_FILE}"):
            write_file_and_folder(Path(name), b"new", Path("pictures"), {"a.svg": b"new"}, force=force)
        with refused(f"{name} is there already, and is no folder: give another name"):
            write_folder(Path(name), {"a.svg": b"new"}, force=force)
        assert Path(name).stat().st_mode == mode
    assert names(strangers) == ["pipe", "socket"]


@POSIX
def test_no_file_of_a_folder_is_written_into_a_pipe(strangers: Path) -> None:
    Path("lesson").mkdir()
    os.mkfifo("lesson/a.md")
    with refused(f"lesson/a.md {NO_FILE}"):
        write_folder(Path("lesson"), {"a.md": b"new"}, force=True)
    assert stat.S_ISFIFO(Path("lesson/a.md").stat().st_mode)


def descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir())) if Path("/dev/fd").exists() else 0


@POSIX
def test_no_folder_stays_open(strangers: Path) -> None:
    held = descriptors()
    for force in (True, False, True):
        write_file(Path("a.md"), "new", force=True)
        with suppress(RetellError):
            write_folder(Path("lesson"), {"in/deep/a.md": b"new", "b.md": b"new"}, force=force)
    assert descriptors() == held


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
