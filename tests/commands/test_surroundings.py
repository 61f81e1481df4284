"""What surrounds a command may be anything: sizes that are none, a folder that is gone, no memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retell import cli
from retell.cli import main
from retell.commands import console as console_module
from retell.commands import lookup
from tests.support.commands import run
from tests.support.folders import MINI
from tests.support.pseudo import environment

PAGES = (
    ("sources",),
    ("sources", "A"),
    ("voices",),
    ("explain",),
    ("compare",),
    ("timeline",),
    ("map",),
)
NO_SIZES = ("0", "-1", "²", "9" * 5000, "")


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (console_module, lookup):
        monkeypatch.setattr(module, "is_terminal", lambda stream: True)


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("columns", (1, 2, 5, 6, 11))
@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_a_page_in_a_window_of_few_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int, page: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told = run(capsys, monkeypatch, "--story", MINI, *page)
    assert (told.code, told.err) == (0, "")
    assert "Traceback" not in told.out
    assert len(told.out.splitlines()) > 1


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
@pytest.mark.parametrize("size", NO_SIZES)
@pytest.mark.parametrize("page", [("map",), ("read",)], ids=" ".join)
def test_a_size_that_is_none_is_passed_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, size: str, page: tuple[str, ...]
) -> None:
    for each in ("COLUMNS", "LINES"):
        monkeypatch.delenv(each, raising=False)
    usual = run(capsys, monkeypatch, "--story", MINI, *page)
    monkeypatch.setenv(name, size)
    assert run(capsys, monkeypatch, "--story", MINI, *page) == usual


@pytest.mark.parametrize("pace", ["9" * 5000, "²", "①", "-220", "220.5", "", "1e2"])
def test_a_pace_that_is_none(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pace: str) -> None:
    code, _, err = run(capsys, monkeypatch, "--story", MINI, "read", "--pace", pace)
    assert code == 2
    assert "is no pace: give 100 to 600 words a minute, or instant" in err
    if pace:
        monkeypatch.setenv("RETELL_PACE", pace)
        assert run(capsys, monkeypatch, "--story", MINI, "read").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder in which a program stands")
@pytest.mark.parametrize(
    "command",
    [
        ("check", "."),
        ("--story", ".", "read"),
        ("--story", "a.zip", "map"),
        ("--story", str(MINI), "handout"),
        ("pack", "."),
        ("pack", str(MINI)),
        ("new", "lesson"),
        ("fingerprint", "a.txt"),
        ("preview", "story/01-start.yaml"),
    ],
    ids=" ".join,
)
def test_in_a_folder_that_is_gone_one_line_says_what_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    try:
        code, out, err = run(capsys, monkeypatch, *command)
    finally:
        os.chdir(tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith("retell: ")
    assert err.count("\n") == 1
    assert "standard output" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder in which a program stands")
def test_the_shipped_story_is_told_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = f'd="{tmp_path}/gone"; mkdir "$d"; cd "$d"; rmdir "$d"; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", gone, "sh", sys.executable, "-m", "retell", "check"],
        env=environment(PYTHONPATH=os.pathsep.join(path for path in sys.path if path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("The Lachin Road: "), done.stderr


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (MemoryError(), "there is not enough memory for this"),
        (RecursionError("maximum recursion depth exceeded"), "this is nested more deeply than can be told"),
    ],
)
def test_what_the_machine_cannot_do_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception, line: str
) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr(cli, "_run", fail)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == f"retell: {line}\n"
