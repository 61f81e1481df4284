"""The command line as a user calls it: in this process, or in one of its own where streams and exit codes count."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from retell.cli import main
from tests.support.pseudo import environment


class Outcome(NamedTuple):
    """What a command left: its exit code and both of its streams."""

    code: int | str | None
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> Outcome:
    """Run a command in this process."""
    monkeypatch.setattr(sys, "argv", ["retell", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return Outcome(ended.value.code, *capsys.readouterr())


def run_apart(*arguments: str | Path, flags: str = "", **changed: str) -> Outcome:
    """Run a command in a process of its own; the flags are a shell's redirections, such as `>&-`."""
    command = [sys.executable, "-m", "retell", *map(str, arguments)]
    if flags:
        command = ["sh", "-c", f'"$@" {flags}', "sh", *command]
    done = subprocess.run(
        command,
        env=environment(**changed),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
