"""Into a pipe or a file: the whole story at once, with nothing in it but text."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

import pytest
from rich.cells import cell_len

from retell.checks import fit
from retell.script.resolver import write_script
from retell.script.steps import AccountsStep, AsideStep, QuoteStep
from retell.story.library import load, shipped_root
from retell.terminal.telling import tell_at_once
from tests.support.commands import Outcome, run, run_apart
from tests.support.folders import MINI
from tests.support.pseudo import environment

unix = pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix shell")


@pytest.fixture
def retell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def test_the_whole_telling(retell: Callable[..., Outcome], golden: Callable[[str, str], None]) -> None:
    code, out, err = retell("--story", MINI, "read")
    assert (code, err) == (0, "")
    golden("terminal/mini-plain.txt", out)


def test_without_a_command_it_is_the_same(retell: Callable[..., Outcome]) -> None:
    assert retell("--story", MINI) == retell("--story", MINI, "read")


def test_a_pipe_gets_no_control_sequence_and_no_line_over_80_columns() -> None:
    code, out, err = run_apart("--story", MINI, "read")
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    assert "The articles" in out
    assert max(map(cell_len, out.splitlines())) <= 80


@pytest.mark.parametrize("name", ["FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"])
def test_a_pipe_gets_no_control_sequence_even_where_colours_are_forced(name: str) -> None:
    assert "\x1b" not in run_apart("--story", MINI, "read", **{name: "1"}).out


@pytest.mark.parametrize("width", [24, 40, 60, 120])
def test_a_chosen_width(retell: Callable[..., Outcome], width: int) -> None:
    code, out, _ = retell("--story", MINI, "read", "--width", width)
    assert code == 0
    assert max(map(cell_len, out.splitlines())) <= width


def test_only_a_scene(retell: Callable[..., Outcome]) -> None:
    _, out, _ = retell("--story", MINI, "read", "night")
    assert "Scene 2 of 2" in out
    assert "Scene 1 of 2" not in out
    assert "THE BRIDGE" not in out


def test_only_a_phase(retell: Callable[..., Outcome]) -> None:
    _, out, _ = retell("--story", MINI, "read", "flood")
    assert "Scene 2 of 2" in out
    assert "Scene 1 of 2" not in out


def test_the_pace_sets_the_minutes_of_the_title_page_and_nothing_else(retell: Callable[..., Outcome]) -> None:
    assert retell("--story", MINI, "read", "--plain", "--pace", "instant") == retell("--story", MINI, "read")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "iso-8859-9"])
def test_a_stream_that_knows_few_characters_gets_the_nearest_ones(encoding: str) -> None:
    code, out, err = run_apart("--story", MINI, "read", PYTHONIOENCODING=encoding)
    assert (code, err) == (0, "")
    assert "a very bad" in out
    assert "?a" not in out
    assert "\N{REPLACEMENT CHARACTER}a" in out or '"a very bad' in out
    if encoding == "ascii":
        assert "[A #1], and left [B #1-2]." in out


@pytest.mark.parametrize("width", [24, 44, 59, 80, 130])
def test_behind_each_statement_stands_what_it_rests_on_and_what_is_no_statement_says_so(width: int) -> None:
    steps = write_script(fit(load(shipped_root())))
    stream = StringIO()
    tell_at_once(stream, steps, width)
    told = "".join(stream.getvalue().split())  # however the lines break
    stated, marked = 0, 0
    for step in steps:
        for claim in step.claims if not isinstance(step, QuoteStep) else ():
            text = claim.text.rstrip(".,;:!?…")
            end = claim.text[len(text) :]
            codes = f"[{'; '.join(map(str, claim.references))}]" if claim.references else ""
            assert "".join(f"{text}{codes}{end}".split()) in told
            stated += bool(codes)
        for text in (*LABELLED.get(type(step), lambda _: ())(step), *([f"How we know: {step.note}"] * bool(step.note))):
            assert "".join(text.split()) in told
            marked += 1
    assert stated > 150
    assert marked > 30


LABELLED: dict[type, Callable[[Any], Iterable[str]]] = {
    AsideStep: lambda step: [f"Aside: {step.text}"],
    AccountsStep: lambda step: [" ".join(labelled) for labelled in step.labelled],
    QuoteStep: lambda step: [f"{step.quote} [{'; '.join(map(str, step.references))}] — {step.speaker}"],
}


@unix
@pytest.mark.parametrize(
    "command",
    [
        *[(name,) for name in ("read", "check", "sources", "compare", "timeline", "map", "voices", "explain")],
        *[("schema", "scene"), ("check", "--format", "json"), ("read", "--help"), ("--version",)],
        *[("handout", "-o", "-"), ("preview", str(MINI / "story" / "01-start.yaml"))],
    ],
)
def test_a_reader_who_leaves_the_pipe_is_told_nothing(command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "retell", "--story", str(MINI), *command],
        stdout=writer,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(),
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@unix
@pytest.mark.parametrize("flags", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", [("read",), ("check",), ("sources",), ("handout", "-o", "-")])
def test_closed_streams_are_no_traceback(command: tuple[str, ...], flags: str) -> None:
    code, _, err = run_apart("--story", MINI, *command, flags=flags)
    assert "Traceback" not in err
    assert code == 0
