"""A stranger's story, however bad, ends in clear words: no traceback, no escape byte, nothing written, never a hang.

All are told in one process of their own (`telling.py`), whose memory is that of the worst of them, and which ends
where a command computes for more than five seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from retell.files.characters import unseen
from tests.hostile.stories import BadStory, bad_stories
from tests.support.reading import NOT_SEEN

if sys.platform == "win32":
    pytest.skip("needs pipes with names and names that are no text", allow_module_level=True)

TITLE = "The Bridge"  # of the small story, where nobody has changed it
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


def tell_all(folder: Path, names: Sequence[str]) -> Telling:
    with (folder / "out").open("w+") as out, (folder / "err").open("w+") as err:
        command = [sys.executable, "-m", "tests.hostile.telling", *names]
        status = subprocess.call(command, stdout=out, stderr=err, env={**os.environ, "PYTHONUTF8": "1"})
        out.seek(0)
        err.seek(0)
        lines = [json.loads(line) for line in out]
        said: dict[str, dict[str, Said]] = {}
        for story, command_line, *rest in lines[:-1]:
            said.setdefault(story, {})[command_line] = Said(*rest)
        return Telling(said, status, lines[-1] if status == 0 else 0, err.read())


Faults = Iterator[tuple[str, object]]


def faults_of_the_check(bad: BadStory, said: dict[str, Said]) -> Faults:
    code, out, err = said["check"]
    first = (err or out.removeprefix(f"{TITLE}: ")).split("\n")[0]
    if first != bad.says:
        yield "the check begins otherwise", first
    if code != (1 if ": error: " in bad.says or bad.says.startswith("retell: ") else 0):
        yield "the check ends with another code", code


def faults_of_any_command(_: BadStory, said: dict[str, Said]) -> Faults:
    for command, (code, out, err) in said.items():
        if code not in (0, 1):
            yield f"{command} ends with a code of no meaning", code
        if "Traceback" in out + err:
            yield f"{command} shows a traceback", err
        if unseen().search((out + err).translate(NOT_SEEN)):
            yield f"{command} sends what a terminal obeys", out + err
        if "\ufffd" in err:
            yield f"{command} sends what is no text", err


def faults_of_the_tellings(bad: BadStory, said: dict[str, Said]) -> Faults:
    if ": error: " in bad.says:
        for command in ("read --pace instant", "handout -o -"):
            out = said.get(command, Said(1, "", "")).out
            if "Scene 1" in out or "one river" in out:
                yield f"{command} tells by half what cannot be told", out
    if bad.tells:
        told = said["read --pace instant"]
        if told.code != 0 or bad.tells.upper() not in told.out.upper():
            yield "what another program would run is not told as it is typed", told


def faults(bad: BadStory, said: dict[str, Said]) -> list[tuple[str, object]]:
    return [
        fault
        for look in (faults_of_the_check, faults_of_any_command, faults_of_the_tellings)
        for fault in look(bad, said)
    ]


def test_there_are_enough_of_them() -> None:
    assert len(BAD) >= 80
    assert len(BAD) == len(bad_stories()), "each has a name of its own"


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_each_ends_in_clear_words_in_time_and_within_its_memory(tmp_path: Path, every: int) -> None:
    chosen = {name: BAD[name] for name in [*BAD][::every]}
    telling = tell_all(tmp_path, [*chosen])
    assert telling.status == 0, telling.err.splitlines()[-5:]
    assert telling.said.keys() == chosen.keys()
    assert telling.most_bytes < MOST_BYTES
    assert {name: found for name, bad in chosen.items() if (found := faults(bad, telling.said[name]))} == {}
