"""What terminals send for a key, and how it is read: one key at a time, whatever comes before and after it."""

from __future__ import annotations

import os
import re
import sys
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.terminal.input.keys import ASK_BY_KEY, Ask, ask_for
from retell.terminal.input.pending import GONE, is_pasted
from retell.terminal.input.sequences import NAMES, may_go_on, name_key
from retell.terminal.input.windows import Console, ConsoleKeyboard
from tests.support.folders import MINI

if sys.platform != "win32":
    import pty

    from retell.terminal.input.keyboard import TerminalKeyboard
    from retell.terminal.input.signals import noted
    from tests.support.pseudo import Terminal

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
SENT = {
    "KEY_UP": ["\x1b[A", "\x1bOA"],
    "KEY_DOWN": ["\x1b[B", "\x1bOB"],
    "KEY_RIGHT": ["\x1b[C", "\x1bOC"],
    "KEY_LEFT": ["\x1b[D", "\x1bOD"],
    "KEY_HOME": ["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"],
    "KEY_END": ["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"],
    "KEY_INSERT": ["\x1b[2~"],
    "KEY_DELETE": ["\x1b[3~"],
    "KEY_PGUP": ["\x1b[5~"],
    "KEY_PGDOWN": ["\x1b[6~"],
    "KEY_ENTER": ["\r", "\n", "\x1bOM"],
    "KEY_BACKSPACE": ["\x7f", "\x08"],
    "KEY_ESCAPE": ["\x1b", "\x1b\x1b", "\x1b\x1b\x1b"],
    " ": [" "],
    "b": ["b"],
    "?": ["?"],
}
# keys that ask for nothing, and whose letters must not be taken for keys of their own
UNBOUND = [
    *("\x1b[1;5A", "\x1b[1;2D", "\x1b[5;2~", "\x1b[Z", "\x1b[15~", "\x1bOP", "\x1b[[A", "\x1bO5A", "\x1b[5^", "\x1b[a"),
    *("\x1bq", "\x1ba", "\x1b ", "\x1b\x1b[A", "\x1b\x1bOB", "\x1b[201~", "\x1b[<0;10;5M", "\x1b[1;1$y", "\t", "\x00"),
]
ALL = [(sequence, name) for name, sequences in SENT.items() for sequence in sequences]
KEYS = [sequence for sequence, _ in ALL] + UNBOUND


@pytest.mark.parametrize(("sequence", "name"), ALL)
def test_each_key_has_its_name(sequence: str, name: str) -> None:
    assert name_key(sequence.encode()) == name
    assert ASK_BY_KEY.get(name) or name in {"KEY_INSERT", "KEY_DELETE", "KEY_BACKSPACE"}


def test_no_key_is_left_out_of_the_table() -> None:
    assert {sequence.encode() for sequence, _ in ALL} >= set(NAMES)
    assert all(key in SENT or len(key) == 1 for key in ASK_BY_KEY)


@pytest.mark.parametrize("sequence", KEYS)
def test_a_sequence_is_read_to_its_end_and_no_further(sequence: str) -> None:
    sent = sequence.encode()
    assert [may_go_on(sent[:size]) for size in range(1, len(sent))] == [True] * (len(sent) - 1)
    assert may_go_on(sent) == bool(re.fullmatch("\x1b\x1b?", sequence))


@given(st.binary(min_size=1))
def test_any_bytes_end_some_time(sent: bytes) -> None:
    name_key(sent)
    if may_go_on(sent):
        assert sent.startswith(b"\x1b") or sent[0] >= 0xC2
        assert not may_go_on(sent + b"~")


@unix
@pytest.mark.parametrize(("before", "sequence"), list(product([*UNBOUND, ""], ["\x1b[6~", " ", "\x1b[5~", "q"])))
def test_a_key_is_read_after_any_other(before: str, sequence: str) -> None:
    reader, side = pty.openpty()
    try:
        with noted() as notes:
            keyboard = TerminalKeyboard(notes, side)
            keyboard.open()
            os.write(reader, (before + sequence).encode())
            if before:
                assert keyboard.read(5) is ask_for(name_key(before.encode()))
            assert keyboard.read(5) is ASK_BY_KEY[name_key(sequence.encode())]
            assert keyboard.read(0) is None
            keyboard.close()
    finally:
        os.close(side)
        os.close(reader)


@unix
@pytest.mark.parametrize(
    ("text", "asked"),
    [
        *(("é", Ask.UNKNOWN), ("中", Ask.UNKNOWN), ("\N{GRINNING FACE}", Ask.UNKNOWN)),
        *((";", Ask.STOP), (".", Ask.FIND), (",", Ask.HELP), ("խ", Ask.STOP), ("Ծ", Ask.HELP)),
        *(("й", Ask.STOP), ("Ы", Ask.SOURCES), ("и", Ask.BACK), ("ս", Ask.SOURCES), ("σ", Ask.SOURCES)),
    ],
)
def test_a_key_of_another_alphabet_asks_for_what_stands_in_its_place(text: str, asked: Ask) -> None:
    reader, side = pty.openpty()
    try:
        with noted() as notes:
            keyboard = TerminalKeyboard(notes, side)
            keyboard.open()
            os.write(reader, text.encode() + b"\x1b")
            assert keyboard.read(5) is asked
            assert keyboard.read(5) is Ask.CLOSE
            keyboard.close()
    finally:
        os.close(side)
        os.close(reader)


# of XKB's Armenian layouts on QWERTY, what stands on the keys that ask for something (xkeyboard-config, symbols/am)
KEYS_OF_LAYOUTS = "qwertyuiopasdfghjklzxcvbnm[]/-="
ARMENIAN = {
    "eastern": "խւէրտեըիոպասդֆգհչկլզցքվբնմճջծռժ",
    "eastern-alt": "խւէրտեըիոպասդֆքհչկլզցգվբնմճջծռժ",
    "western": "խվէրդեըիոբաստֆկհչքլզցգւպնմճջծռժ",
    "phonetic": "քոեր_ըւիօպասդֆգհյկլզղցվբնմխծ/-ժ".replace("_", "տ"),
    "phonetic-alt": "քոեռ_ըւիօպասդֆգհյկլզղցվբնմխծ/-ժ".replace("_", "տ"),
}


def test_an_armenian_letter_asks_for_what_its_key_asks_for_in_most_layouts() -> None:
    latin = [dict(zip(letters, KEYS_OF_LAYOUTS, strict=True)) for letters in ARMENIAN.values()]
    for letter in {letter for keys in latin for letter in keys if not letter.isascii()}:
        asks: list[Ask] = [ask_for(keys[letter]) for keys in latin if letter in keys]
        bound: list[Ask] = [ask for ask in asks if ask is not Ask.UNKNOWN]
        most = max((bound.count(ask) for ask in bound), default=0)
        assert ask_for(letter) in bound or not bound, letter
        assert 2 * most <= len(bound) or bound.count(ask_for(letter)) == most, letter
        assert ask_for(letter) is not Ask.STOP or bound.count(Ask.STOP) == 3, letter


@pytest.mark.parametrize("sent", ["quit", "two words", "a\rq\r", "git push\n", "q é 中 q"])
def test_more_than_anybody_types_is_pasted(sent: str) -> None:
    assert is_pasted(sent)


@pytest.mark.parametrize(
    "sent",
    ["q", "gg", "14g", "5114g", "14g ", " " * 500, "    q", "jjjjkkkk", "/flour\r", "\x1b[A\x1b[B\x1b[6~q", "qqqqq\r"],
)
def test_keys_that_are_typed_fast_or_held_down_are_not(sent: str) -> None:
    assert not is_pasted(sent)


@unix
def test_nobody_is_there_any_more() -> None:
    reader, side = pty.openpty()
    with noted() as notes:
        keyboard = TerminalKeyboard(notes, side)
        keyboard.open()
        os.close(reader)
        with pytest.raises(SystemExit) as ended:
            keyboard.read(5)
        assert ended.value.code == GONE
        keyboard.close()
    os.close(side)


@unix
@pytest.mark.parametrize("close", ["\x1b", "\x1b\x1b", "q", "?"])
def test_the_keys_lead_through_a_panel(close: str) -> None:
    with Terminal("--story", MINI, "read", "--pace", "instant", size=(60, 9)) as terminal:
        terminal.leaf()
        terminal.press("\x1b[6~")
        terminal.wait_for_footer("Space: on")
        terminal.press("?")
        terminal.wait_for_footer("1–8 of", alternate=True)
        terminal.press("\x1b[6~")
        terminal.wait_for_footer("9–16 of", alternate=True)
        terminal.press("\x1b[5~")
        terminal.wait_for_footer("1–8 of", alternate=True)
        terminal.press(close)
        terminal.wait_for_footer("Space: on")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert terminal.settings == terminal.before
        assert not terminal.emulator.alternate


class WindowsConsole:
    """A console at which somebody types, changes the window's size, or waits."""

    def __init__(self, *happens: str | tuple[int, int] | None) -> None:
        self.happens = list(happens)
        self.now = 0.0
        self.columns = (80, 24)

    def is_key_there(self) -> bool:
        return bool(self.happens) and isinstance(self.happens[0], str)

    def key(self) -> str:
        key = self.happens.pop(0)
        assert isinstance(key, str)
        return key

    def size(self) -> tuple[int, int]:
        if self.happens and isinstance(self.happens[0], tuple):
            self.columns = self.happens[0]
            self.happens.pop(0)
        return self.columns

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.happens and self.happens[0] is None:
            self.happens.pop(0)

    def keyboard(self) -> ConsoleKeyboard:
        return ConsoleKeyboard(Console(self.is_key_there, self.key, self.size, lambda: self.now, self.sleep))


@pytest.mark.parametrize(
    ("happens", "asked"),
    [
        ([" "], Ask.GO_ON),
        (["\r"], Ask.GO_ON),
        (["\x1b"], Ask.CLOSE),
        (["\xe0", "I"], Ask.PAGE_UP),
        (["\x00", "Q"], Ask.PAGE_DOWN),
        (["\xe0", "?"], Ask.UNKNOWN),
        (["中"], Ask.UNKNOWN),
        ([None, None, "q"], Ask.STOP),
        ([None, (60, 20), "q"], Ask.RESIZED),
        ([None, *"quit\r"], Ask.UNKNOWN),
        ([None, *"14g"], Ask.DIGIT),
        ([], None),
    ],
)
def test_a_windows_console_is_read(happens: list[str | tuple[int, int] | None], asked: Ask | None) -> None:
    assert WindowsConsole(*happens).keyboard().read(1.0) is asked


def test_control_c_ends_the_program_on_windows_too() -> None:
    with pytest.raises(KeyboardInterrupt):
        WindowsConsole("\x03").keyboard().read(None)


def test_a_wait_at_a_windows_console_ends_in_time() -> None:
    console = WindowsConsole()
    assert console.keyboard().read(0.5) is None
    assert console.now == pytest.approx(0.5)
