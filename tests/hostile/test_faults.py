"""What goes wrong around a story: streams, disks, locales, files that change; one clear line, or silence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from retell.checks import check
from retell.files.characters import unseen
from retell.files.folder import StoryFile
from retell.files.yamlfile import YamlFile, read_yaml
from retell.story import library as library_module
from retell.story.library import load
from tests.hostile.killed import assert_whole
from tests.support.folders import MINI

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX system")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")


def _permissions_bind() -> bool:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).chmod(0)
        return not os.access(file.name, os.R_OK)


BOUND = pytest.mark.skipif(not _permissions_bind(), reason="needs a user whom permissions bind")
LONG = ("read", "--pace", "instant")


def run(*arguments: str, flags: str = "", drop: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; the flags are a shell's redirections or a pipe."""
    command = [sys.executable, "-m", "retell", *arguments]
    if flags:
        command = ["bash", "-o", "pipefail", "-c", f'"$@" {flags}', "bash", *command]
    kept = {name: value for name, value in os.environ.items() if name != drop}
    return subprocess.run(
        command,
        env={**kept, "PYTHONUTF8": "1", **changed},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    )


# --- streams ---


@UNIX
@FULL
@pytest.mark.parametrize(
    "command", [LONG, ("--story", str(MINI), "read"), ("handout", "-o", "-"), ("check",), ("sources",), ("--help",)]
)
def test_a_full_disk_behind_standard_output(command: tuple[str, ...]) -> None:
    done = run(*command, flags="> /dev/full")
    assert (done.returncode, done.stderr) == (1, "retell: standard output: No space left on device\n")


@UNIX
@FULL
@pytest.mark.parametrize("flags", ["2> /dev/full", "> /dev/full 2>&1"])
def test_a_full_disk_behind_standard_error(flags: str) -> None:
    done = run("--story", str(MINI), "read", "nowhere", flags=flags)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


@UNIX
@pytest.mark.parametrize("command", [LONG, ("handout", "-o", "-"), ("check", "--format", "json"), ("--help",)])
def test_a_reader_who_wants_one_line(command: tuple[str, ...]) -> None:
    done = run(*command, flags="| head -1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") <= 1


@UNIX
def test_a_reader_who_wants_one_line_of_the_problems(mini: Path) -> None:
    (mini / "story" / "01-start.yaml").write_text("bad: 1\n" * 5000, "utf-8")
    for command in ("check", "read"):
        done = run("--story", str(mini), command, flags="2>&1 | head -1")
        assert (done.returncode, done.stderr) == (1, ""), "what was found still counts"
        assert done.stdout.count("\n") == 1
    done = run("--story", str(mini), "check", "--format", "json", flags="| head -1")
    assert (done.returncode, done.stderr) == (1, "")


@UNIX
@pytest.mark.parametrize("flags", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("read",), 0),
        (("read", "nowhere"), 2),
        (("timeline",), 0),
        (("map",), 0),
        (("voices",), 0),
        (("sources",), 0),
        (("compare",), 0),
        (("check",), 0),
    ],
)
def test_a_program_started_without_its_streams(flags: str, command: tuple[str, ...], code: int) -> None:
    done = run("--story", str(MINI), *command, flags=flags)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr


# --- the reader's surroundings ---


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "nowhere.UTF-8", "LANG": "nowhere"},
    ],
)
def test_no_locale(mini: Path, locale: dict[str, str]) -> None:
    told = run("--story", str(mini), *LONG, **locale)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Two towns, one river." in told.stdout
    (mini / "story" / "01-start.yaml").write_text("title: Café ’” ¶\n", "utf-8")
    checked = run("--story", str(mini), "check", "--format", "json", **locale)
    assert (checked.returncode, checked.stderr) == (1, "")
    assert json.loads(checked.stdout)["problems"], "JSON is UTF-8, whatever the locale"


@UNIX
def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'cd "$1" && rmdir "$1" && exec "$2" -m retell check'
    command = ["bash", "-c", script, "bash", str(gone), sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    # the shipped story is checked all the same, or one line says what is missing
    assert "Traceback" not in done.stderr
    assert (done.returncode, done.stderr.count("\n")) in {(0, 0), (1, 1)}


# --- the story's files ---


@UNIX
@BOUND
@pytest.mark.parametrize("name", ["story/02-night.yaml", "cards/voices/south.yaml", "story/story.yaml"])
def test_a_file_that_may_not_be_read(mini: Path, name: str) -> None:
    (mini / name).chmod(0)
    done = run("--story", str(mini), "check")
    assert done.returncode == 1
    assert f"{name}:1:1: error: this file cannot be read: Permission denied" in done.stderr


@UNIX
@BOUND
@pytest.mark.parametrize("name", ["story", "cards", "cards/voices"])
def test_a_folder_that_may_not_be_read(mini: Path, name: str) -> None:
    (mini / name).chmod(0)
    done = run("--story", str(mini), "check")
    (mini / name).chmod(0o700)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["01-start.yaml", "02-night.yaml", "story.yaml"])
def test_a_file_that_vanishes_before_it_is_opened(mini: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def read_late(file: StoryFile, shown: str, most: int = 1) -> YamlFile:
        if file.name == name:
            Path(shown).unlink()
        return read_yaml(file, shown, most)

    monkeypatch.setattr(library_module, "read_yaml", read_late)
    found = [problem.message for problem in check(load(mini)) if problem.rule == "not-yaml"]
    assert found == ["this file cannot be read: No such file or directory"]


@pytest.mark.parametrize("name", ["01-start.yaml", "02-night.yaml"])
def test_a_file_that_is_cut_off_while_the_story_is_read(mini: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def read_late(file: StoryFile, shown: str, most: int = 1) -> YamlFile:
        if file.name == name:
            Path(shown).write_bytes(file.read_bytes()[: Path(shown).stat().st_size // 2])
        return read_yaml(file, shown, most)

    monkeypatch.setattr(library_module, "read_yaml", read_late)
    assert check(load(mini)), "half a file is a problem, and no more than that"


@UNIX
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random", "/dev/tty"])
def test_an_article_that_never_ends(device: str) -> None:
    done = run("fingerprint", device)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"retell: {device} cannot be read: it is no ordinary file\n"


def test_an_article_that_would_move_the_cursor(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("One\x1b[2J\x9b1m par­agraph.\n".encode())
    done = run("fingerprint", str(tmp_path / "a.txt"))
    assert done.returncode == 0
    assert not unseen().search(done.stdout + done.stderr)
    assert "[1] One[2J1m paragraph." in done.stderr


@UNIX
def test_a_copy_that_is_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "north.txt")
    done = run("--story", str(MINI), "check", "--copies", str(tmp_path))
    assert done.returncode == 0
    assert "north.txt cannot be read: it is no ordinary file; it was not read [copy-unread]" in done.stderr


# --- arguments ---


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("re\x1b[31mad",), 2),
        (("read", "--pa\x1b]0;x\x07ce"), 2),
        (("read", "--pace", "\x1b[2J"), 2),
        (("read", "\x1b[31m\u202enight"), 2),
        (("sources", "\x9b31m"), 2),
        (("explain", "\x1b[31m"), 2),
        (("--story", "no\x1b[31mwhere", "check"), 1),
        (("fingerprint", "no\x1b[31mwhere"), 1),
        (("handout", "-o", "no\x1b[31mwhere/a.md"), 1),
        (("check", "no\x1b[31mwhere"), 2),
        (("check", "--copies", "no\x1b[31mwhere"), 1),
        (("check", "--format", "\x1b[31m"), 2),
    ],
)
def test_what_a_terminal_would_obey_is_written_out_of_the_arguments(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int
) -> None:
    from retell.cli import main  # noqa: PLC0415 - beside what it is run with

    story = () if arguments[0] == "--story" else ("--story", str(MINI))
    monkeypatch.setattr(sys, "argv", ["retell", *story, *arguments])
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)  # click leaves escapes out of a pipe
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    assert ended.value.code == code
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out + err)
    assert "<U+" in err or "\\x1b" in err


# --- a program that is killed while it writes ---

KILLED_AT_EACH_STEP = """
import os, signal, sys
from pathlib import Path
from retell.files.atomic import write_file

path, force = Path(sys.argv[1]), sys.argv[2] == "force"
old, new = "old " * 50_000, "new " * 60_000


def write_until(step):
    steps = 0

    def count(frame, event, argument):
        nonlocal steps
        steps += event == "c_call"
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    write_file(path, new, force=force)
    os._exit(0)


for step in range(1, 1000):
    path.unlink(missing_ok=True)
    if force:
        path.write_text(old)
    child = os.fork()
    if not child:
        write_until(step)
    status = os.waitpid(child, 0)[1]
    found = path.read_text() if path.exists() else None
    assert found in (new, old if force else None), f"killed at step {step}: half a file"
    if not status:
        assert found == new
        print(step)
        break
    assert os.WTERMSIG(status) == signal.SIGKILL
"""


@UNIX
@pytest.mark.parametrize("force", ["force", "keep"])
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one_whole(tmp_path: Path, force: str) -> None:
    command = [sys.executable, "-c", KILLED_AT_EACH_STEP, str(tmp_path / "handout.md"), force]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert int(done.stdout) > 20, "so many steps the writing has, and it was killed at each"


WRITTEN_IN_ONE = {
    "archive.zip": ("pack", str(MINI), "-o"),
    "telling.cast": ("--story", str(MINI), "read", "--record"),
    "handout.html": ("--story", str(MINI), "handout", "--to", "html", "-o"),
}
WRITTEN_IN_MANY = {
    "handout.md": ("--story", str(MINI), "handout", "-o"),
    "packets": ("--story", str(MINI), "handout", "--to", "html", "--packets"),
    "packets-and-pictures": ("--story", str(MINI), "handout", "--packets"),
    "story": ("new",),
}


def kill(folder: Path, name: str, *arguments: str) -> int:
    """Kill a command at each step of its writing, see killed.py; give how many steps there are."""
    command = [sys.executable, "-m", "tests.hostile.killed", str(folder), *arguments, str(folder / name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return int(done.stdout.split()[-1])


@UNIX
@pytest.mark.parametrize(
    "name",
    [next(iter(WRITTEN_IN_ONE)), *(pytest.param(name, marks=pytest.mark.slow) for name in [*WRITTEN_IN_ONE][1:])],
)
def test_a_command_that_is_killed_leaves_the_old_file_or_the_new_one_whole(name: str, tmp_path: Path) -> None:
    assert kill(tmp_path, name, *WRITTEN_IN_ONE[name]) > 20
    (tmp_path / name).write_text("old", "utf-8")
    assert kill(tmp_path, name, *WRITTEN_IN_ONE[name][:-1], "--force", WRITTEN_IN_ONE[name][-1]) > 20


@UNIX
@pytest.mark.slow
@pytest.mark.parametrize("name", WRITTEN_IN_MANY)
def test_a_command_that_is_killed_leaves_a_new_folder_whole_or_not_there(name: str, tmp_path: Path) -> None:
    assert kill(tmp_path, name, *WRITTEN_IN_MANY[name]) > 100


@UNIX
@pytest.mark.slow
def test_a_command_that_is_killed_leaves_each_file_of_an_old_folder_old_or_new(tmp_path: Path) -> None:
    (tmp_path / "packets").mkdir()
    for name in ("a.html", "everyone.html", "mine.txt"):
        (tmp_path / "packets" / name).write_text("old", "utf-8")
    assert kill(tmp_path, "packets", *WRITTEN_IN_MANY["packets"][:-1], "--force", "--packets") > 100


def test_half_a_file_and_half_a_folder_are_noticed() -> None:
    after = {"old": b"new", "lesson/a": b"1", "lesson/b": b"2"}
    before = {"old": b"old"}
    assert_whole(1, before, before, after)
    assert_whole(1, before, after, after)
    with pytest.raises(AssertionError, match="old is gone"):
        assert_whole(1, before, {}, after)
    with pytest.raises(AssertionError, match="old is half written"):
        assert_whole(1, before, {"old": b"ne"}, after)
    with pytest.raises(AssertionError, match="lesson has only some"):
        assert_whole(1, before, {"old": b"old", "lesson/a": b"1"}, after)
