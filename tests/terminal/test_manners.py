"""However the telling ends, the terminal is given back as it was, and the place is kept."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.folders import MINI

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

import termios

from retell.terminal.input.keyboard import LOCAL
from tests.support.pseudo import Terminal, environment

QUERY = re.compile(rb"\x1b(?:\[[0-9;?>]*[cn]|P)")  # device attributes, cursor position, and strings to the terminal


def place(terminal: Terminal) -> tuple[str, int] | None:
    (file,) = terminal.state.iterdir()
    kept = json.loads(file.read_text("utf-8"))
    return (kept["scene"], kept["beat"]) if kept["scene"] else None


def given_back(terminal: Terminal) -> None:
    assert terminal.settings == terminal.before
    assert not terminal.emulator.alternate
    assert not terminal.screen.cursor.hidden
    assert terminal.screen.cursor.x == 0
    assert terminal.row == ""
    assert "Traceback" not in terminal.text


def begun(terminal: Terminal) -> None:
    terminal.wait_for_footer("Space: begin")
    terminal.press(" ")


def read(*arguments: str, **changed: Any) -> Terminal:
    return Terminal("--story", MINI, "read", *arguments, **changed)


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGQUIT, 131), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGUSR1, 138)],
)
@pytest.mark.parametrize("where", ["title", "text", "wait", "panel"])
def test_a_signal_ends_the_telling_in_order(number: signal.Signals, code: int, where: str) -> None:
    with read("--pace", "600") as terminal:
        if where == "title":
            terminal.wait_for_footer("Space: begin")
        else:
            begun(terminal)
            terminal.wait_for("The mayor")
        if where in ("wait", "panel"):
            terminal.press(" ")
            terminal.wait_for_footer("Space: on")
        if where == "panel":
            terminal.press("n")
            terminal.wait_for_footer("n: names", alternate=True)
        terminal.process.send_signal(number)
        assert terminal.wait_for_end() == code
        given_back(terminal)
        if where != "title":
            assert place(terminal) == ("start", 0)
            assert "Your place is kept" in terminal.visible


def test_a_second_control_c_does_not_disturb_the_first() -> None:
    with read("--pace", "600") as terminal:
        begun(terminal)
        terminal.wait_for("The mayor")
        terminal.press("\x03\x03\x03\x03")
        assert terminal.wait_for_end() == 130
        given_back(terminal)
        assert place(terminal) == ("start", 0)


def test_a_terminal_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    log = tmp_path / "errors"
    command = f'"{sys.executable}" -m retell --story "{MINI}" read 2>"{log}"; echo $? >>"{log}"'
    reader, side = os.openpty()
    process = subprocess.Popen(
        ["sh", "-c", f"trap '' HUP; {command}"],
        stdin=side,
        stdout=side,
        stderr=side,
        env=environment(RETELL_STATE=str(tmp_path)),
        start_new_session=True,
    )
    os.close(side)
    seen = b""
    while b"begin" not in seen:
        seen += os.read(reader, 4096)
    os.close(reader)
    process.wait(timeout=30)
    assert log.read_text("utf-8").splitlines() == ["129"]


def test_a_crash_gives_the_terminal_back_and_keeps_the_place(tmp_path: Path) -> None:
    breaking = (
        "from retell.terminal.show import pager\n"
        "def show(*_): raise ZeroDivisionError\n"
        "pager.Pager._scroll = show\n"
        "from retell.cli import main; main()"
    )
    with Terminal("--story", MINI, "read", "--pace", "instant", program=(sys.executable, "-c", breaking)) as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        terminal.press("n")
        assert terminal.wait_for_end() == 1
        assert "ZeroDivisionError" in terminal.text
        assert terminal.settings == terminal.before
        assert not terminal.emulator.alternate
        assert place(terminal) == ("start", 0)


def test_control_c_drops_nothing_that_is_on_its_way_to_the_screen() -> None:
    with read("--pace", "instant") as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        assert terminal.settings[LOCAL] & termios.NOFLSH
        terminal.press("\x03")
        assert terminal.wait_for_end() == 130
        given_back(terminal)


def leave_to_a_shell_as_it_was(terminal: Terminal) -> None:
    """Stop reading, and have the shell compare its settings with those that it kept in A before."""
    terminal.press("q")
    terminal.wait_for(">", terminal.visible.count(">") + 1)
    terminal.press('[ "$A" = "$(stty -g)" ] && echo as be""fore\n')
    terminal.wait_for("as before")
    terminal.press("exit\n")
    assert terminal.wait_for_end() == 0


def test_control_z_gives_the_terminal_back_and_fg_goes_on() -> None:
    with Terminal(program=("bash", "--norc", "--noprofile", "-i"), PS1="> ", size=(80, 40)) as terminal:
        terminal.wait_for("> ")
        terminal.press("A=$(stty -g)\n")
        terminal.press(f"'{sys.executable}' -m retell --story '{MINI}' read start --pace 600\n")
        terminal.wait_for("The mayor")
        terminal.press("\x1a")
        terminal.wait_for("Stopped")
        terminal.press('[ "$A" = "$(stty -g)" ] && echo as be""fore\n')
        terminal.wait_for("as before")
        terminal.press("fg\n")
        terminal.wait_for("left.")
        terminal.wait_for_footer("Space: on")
        assert "       The mayor of Aberford/Aberfurt, Ann Hill, called it “a very bad" in terminal.lines
        terminal.press("?")
        terminal.wait_for_footer("?: help", alternate=True)
        terminal.press("\x1a")
        terminal.wait_for("Stopped", 2)
        assert not terminal.emulator.alternate
        terminal.press("fg\n")
        terminal.wait_for_footer("?: help", alternate=True)
        terminal.press("?")
        terminal.wait_for_footer("Space: on")
        leave_to_a_shell_as_it_was(terminal)


def test_after_a_stop_that_nobody_can_catch_fg_goes_on() -> None:
    with Terminal(program=("bash", "--norc", "--noprofile", "-i"), PS1="> ", size=(80, 40)) as terminal:
        terminal.wait_for("> ")
        terminal.press("A=$(stty -g)\n")
        telling = f"'{sys.executable}' -m retell --story '{MINI}' read start --pace instant"
        terminal.press(f"sh -c 'echo =$$=; exec {telling.replace(chr(39), chr(34))}'\n")
        terminal.wait_for_footer("Space: on")
        number = re.search(r"=(\d+)=", terminal.visible)
        assert number
        os.kill(int(number[1]), signal.SIGSTOP)
        terminal.wait_for("Stopped")
        terminal.press("fg\n")
        terminal.wait_for("Ann Hill", 2)
        terminal.wait_for_footer("Space: on")
        terminal.press(" ")
        terminal.wait_for("one river.")
        terminal.wait_for_footer("Space: on")
        leave_to_a_shell_as_it_was(terminal)


class Stopped:
    """While it lasts, the telling is stopped as by `kill -STOP`, and the terminal is as a shell has it for itself."""

    def __init__(self, terminal: Terminal, told: str) -> None:
        self.terminal = terminal
        self.told = told

    def __enter__(self) -> list[Any]:
        ours = self.terminal.settings
        assert ours != self.terminal.before
        self.terminal.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.terminal.process.pid, os.WSTOPPED)
        self.terminal.read_for(0)
        self.terminal.set(self.terminal.before)
        self.terminal.print(self.told)
        return ours

    def __exit__(self, *_: object) -> None:
        self.terminal.process.send_signal(signal.SIGCONT)


SHELL = "\r\n[1]+  Stopped     retell\r\n> fg\r\nretell\r\n"


@pytest.mark.parametrize("told", [SHELL, pytest.param("", marks=pytest.mark.slow)])
def test_after_a_stop_that_nobody_can_catch_it_goes_on_as_before(told: str) -> None:
    with read("--pace", "100") as terminal:
        terminal.wait_for_footer("Space: begin")
        with Stopped(terminal, told) as ours:
            pass
        terminal.wait_for("Space: begin", 2)
        terminal.wait_for_footer("Space: begin")
        assert terminal.settings == ours
        terminal.press(" ")
        terminal.wait_for("The mayor of")
        with Stopped(terminal, told):
            pass
        terminal.wait_for("The mayor of", 2)
        terminal.press("x ")
        terminal.wait_for_footer("Space: on")
        assert "The mayor of Aberford/Aberfurt, Ann Hill, called it “a very bad" in map(str.strip, terminal.lines)
        with Stopped(terminal, told):
            pass
        terminal.wait_for("The mayor of", 3)
        terminal.wait_for_footer("Space: on")
        assert told or sum("Space: on" in line for line in terminal.lines) == 1
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert "x" not in terminal.visible.split("THE BRIDGE")[1].replace(told, "")
        given_back(terminal)
        assert place(terminal) == ("start", 0)


@pytest.mark.parametrize("kind", ["xterm-256color", "linux"])
def test_after_such_a_stop_a_panel_is_there_again(kind: str) -> None:
    with read("--pace", "instant", TERM=kind) as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        terminal.press("?")
        terminal.wait_for_footer("?: help", alternate=kind != "linux")
        shown = terminal.screen.display
        with Stopped(terminal, SHELL):
            pass
        terminal.wait_for("?: help", 2)
        terminal.wait_for_footer("?: help", alternate=kind != "linux")
        assert kind == "linux" or terminal.screen.display == shown
        terminal.press("?")
        terminal.wait_for_footer("Space: on")
        assert "The mayor of Aberford/Aberfurt, Ann Hill, called it “a very bad" in "\n".join(
            terminal.screen.display[-8:]
        )
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        given_back(terminal)


@pytest.mark.parametrize("size", [(40, 12), (120, 40), (24, 8)])
def test_a_resize_at_a_wait_draws_the_footer_anew(size: tuple[int, int]) -> None:
    with read("--pace", "instant", size=(80, 24)) as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        terminal.resize(*size)
        terminal.wait_for(" Space: on", 2)
        terminal.wait_for_footer("Space: on")
        assert ("scene 1 of 2" in terminal.row) == (size[0] >= 40)
        terminal.press(" ")
        terminal.wait_for("one river.")
        terminal.wait_for_footer("Space: on")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        given_back(terminal)


@pytest.mark.parametrize("size", [(100, 30), (40, 10)])
def test_a_resize_while_words_are_typed_in_a_panel_draws_it_anew_at_once(size: tuple[int, int]) -> None:
    with read("--pace", "instant", size=(80, 24)) as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        terminal.press("?")
        terminal.wait_for_footer("?: help", alternate=True)
        terminal.press("/hist")
        terminal.wait_for_footer("/hist", alternate=True)
        terminal.resize(*size)
        terminal.wait_for_footer("/hist", alternate=True)
        assert "Keys" in terminal.visible
        terminal.press("ory\r")
        terminal.wait_for_footer("no “history” here", alternate=True)


def test_a_resize_in_a_panel_draws_it_anew_and_tells_the_beat_again() -> None:
    with read("--pace", "instant", size=(80, 24)) as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        terminal.press("?")
        terminal.wait_for_footer("?: help", alternate=True)
        terminal.resize(40, 10)
        terminal.wait_for_footer("?: help · Space: more", alternate=True)
        terminal.press("q")
        terminal.wait_for_footer("Space: on")
        assert " ".join(terminal.visible.split()).count("Ann Hill, called") == 2
        terminal.press("\x03")
        assert terminal.wait_for_end() == 130
        given_back(terminal)


@pytest.mark.parametrize("name", ["FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR"])
def test_the_terminal_is_never_asked_anything(name: str) -> None:
    with read("--pace", "instant", **{name: "1"}) as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        terminal.press("s")
        terminal.wait_for_footer("s: sources", alternate=True)
        terminal.press("q")
        terminal.wait_for_footer("Space: on")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert not QUERY.search(terminal.written)


def test_an_old_terminal_gets_no_alternate_screen_and_no_link() -> None:
    with read("--pace", "instant", TERM="linux") as terminal:
        begun(terminal)
        terminal.wait_for_footer("Space: on")
        terminal.press("s")
        terminal.wait_for_footer("s: sources")
        terminal.press("q")
        terminal.wait_for_footer("Space: on")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert b"\x1b[?1049" not in terminal.written
        assert b"\x1b]8" not in terminal.written


def test_a_terminal_of_few_characters_gets_the_nearest() -> None:
    with read("--pace", "instant", PYTHONIOENCODING="ascii", PYTHONUTF8="0") as terminal:
        terminal.wait_for_footer("Space: begin - ?: keys - q: stop")
        terminal.press(" ")
        terminal.wait_for_footer("Space: on")
        terminal.press("\x03")
        assert terminal.wait_for_end() == 130
        assert terminal.written.isascii()
        assert '"a very bad' in terminal.text


@pytest.mark.parametrize("module", ["click", "retell.story.library", "rich.console"])
def test_control_c_while_it_starts_is_no_traceback(module: str) -> None:
    interrupted = f"""
import sys
class Finder:
    def find_spec(self, name, *_):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
from retell.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", interrupted], capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, b"", b"")
