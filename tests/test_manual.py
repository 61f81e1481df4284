"""The manual page says what the help pages say, and programs that set manual pages find nothing wrong with it."""

from __future__ import annotations

import re
import subprocess

import click
import pytest

from retell.terminal.input.keys import BINDINGS
from retell.terminal.show.review import REVIEW_KEYS
from tests.support import manual
from tests.support.folders import TOP
from tests.support.interface import every_command
from tests.support.programs import program

PAGE = TOP / ".github" / "retell.1"


def test_it_is_the_one_that_is_made_of_the_help_pages(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        PAGE.write_text(manual.write(), "utf-8")
    assert PAGE.read_text("utf-8") == manual.write(), "write it anew: python -m tests.support.manual"


def shown() -> str:
    """What a reader of the page sees, each run of spaces as one."""
    page = [program("groff"), "-ww", "-man", "-Tutf8", "-Kutf8", "-P-cbou", "-rHY=0", "-dAD=l", str(PAGE)]
    done = subprocess.run(page, capture_output=True, check=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    assert done.stderr == b""
    text = done.stdout.decode("utf-8").translate({0x2212: "-", 0x2010: "-"})
    return " ".join(re.sub(r"\xad|\u200b", "", text).split())


def test_groff_shows_every_option_key_and_example() -> None:
    seen = shown()
    for name, command in every_command().items():
        assert f"retell {name}" in seen
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                assert max(option.opts, key=len) in seen
                assert " ".join(option.help.split()) in seen
        examples = [line.strip() for line in (command.help or "").splitlines() if re.match(" +retell ", line)]
        assert examples
        assert [each for each in examples if each not in seen] == []
    for key in (*BINDINGS, *REVIEW_KEYS):
        assert f"{key.shown} {key.does}" in seen


def test_mandoc_finds_nothing_wrong() -> None:
    done = subprocess.run(
        [program("mandoc"), "-T", "lint", "-W", "warning", str(PAGE)], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stdout.splitlines() if "missing date" not in line]
    assert said == [], "it has no date, for it is the same however late it is made"
