"""A stranger's story, however bad, ends in clear words: no traceback, no escape byte, nothing written, never a hang.

All are told in one process of their own (`telling.py`), whose memory is that of the worst of them, and which ends
where a command computes for more than five seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from stories import bad_stories

from retell.characters import UNSEEN

if sys.platform == "win32":
    pytest.skip("needs pipes with names and names that are no text", allow_module_level=True)

MOST_BYTES = 200 * 1024**2
BAD = {bad.name: bad for bad in bad_stories()}


class Said(NamedTuple):
    code: int | str | None
    out: str
    err: str


class Telling(NamedTuple):
    """What every command said of every story, by the story's name; and how the process ended."""

    said: dict[str, dict[str, Said]]
    status: int
    most_bytes: int
    err: str


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Telling:
    folder = tmp_path_factory.mktemp("strangers")
    with (folder / "out").open("w+") as out, (folder / "err").open("w+") as err:
        command = [sys.executable, str(Path(__file__).with_name("telling.py"))]
        status = subprocess.call(command, stdout=out, stderr=err, env={**os.environ, "PYTHONUTF8": "1"})
        out.seek(0)
        err.seek(0)
        lines = [json.loads(line) for line in out]
        said: dict[str, dict[str, Said]] = {}
        for story, command_line, *rest in lines[:-1]:
            said.setdefault(story, {})[command_line] = Said(*rest)
        return Telling(said, status, lines[-1] if status == 0 else 0, err.read())


def test_there_are_enough_of_them() -> None:
    assert len(BAD) >= 80
    assert len(BAD) == len(bad_stories()), "each has a name of its own"


def test_every_command_ended_in_time_and_within_its_memory(telling: Telling) -> None:
    assert telling.status == 0, telling.err.splitlines()[-5:]
    assert telling.said.keys() == BAD.keys()
    assert telling.most_bytes < MOST_BYTES


@pytest.mark.parametrize("name", BAD)
def test_the_first_line_of_the_check(telling: Telling, name: str) -> None:
    code, out, err = telling.said[name]["check"]
    assert (err or out).split("\n")[0] == BAD[name].says
    assert code == (1 if ": error: " in BAD[name].says or BAD[name].says.startswith("retell: ") else 0)


@pytest.mark.parametrize("name", BAD)
def test_no_command_shows_a_traceback_or_sends_what_a_terminal_obeys(telling: Telling, name: str) -> None:
    for code, out, err in telling.said[name].values():
        assert code in (0, 1)
        assert "Traceback" not in out + err
        assert not UNSEEN.search(out + err)
        assert err.isascii() or "\ufffd" not in err


@pytest.mark.parametrize("name", [name for name, bad in BAD.items() if bad.tells])
def test_what_another_program_would_run_is_told_as_it_is_typed(telling: Telling, name: str) -> None:
    told = telling.said[name]["read --pace instant"]
    assert told.code == 0
    assert str(BAD[name].tells).upper() in told.out.upper()


@pytest.mark.parametrize("name", [name for name, bad in BAD.items() if ": error: " in bad.says])
def test_what_cannot_be_told_is_not_told_by_half(telling: Telling, name: str) -> None:
    for command in ("read --pace instant", "handout -o -"):
        said = telling.said[name].get(command, Said(1, "", ""))
        assert "Scene 1" not in said.out
        assert "one river" not in said.out
