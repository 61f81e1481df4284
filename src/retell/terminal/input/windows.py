"""Read the keys of a Windows console, which has no signals for its size: keys and size are looked at in turns."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import NamedTuple

from retell.terminal.input.keys import Ask, KeyMemory, Typed
from retell.terminal.input.pending import PASTE, is_pasted
from retell.terminal.input.sequences import name_key

POLL = 0.02  # seconds between two looks
CONTROL_C = "\x03"
CHARACTERS = {"KEY_ENTER": "\r"}  # of keys that a text has, too
# the C runtime's _getwch gives one of these first for a key without a character, then the key's scan code
PREFIXES = frozenset("\x00\xe0")
SCAN_CODES = {
    "H": "KEY_UP",
    "P": "KEY_DOWN",
    "M": "KEY_RIGHT",
    "K": "KEY_LEFT",
    "G": "KEY_HOME",
    "O": "KEY_END",
    "I": "KEY_PGUP",
    "Q": "KEY_PGDOWN",
}


class Console(NamedTuple):
    """What is needed of a console: is a key there, which one, how large is the window, what time is it, and to wait."""

    is_key_there: Callable[[], bool]
    key: Callable[[], str]
    size: Callable[[], tuple[int, int]]
    now: Callable[[], float]
    sleep: Callable[[float], None]


class ConsoleKeyboard(KeyMemory):
    """The keyboard of a console; a key, another size or the end of the time ends a wait."""

    def __init__(self, console: Console) -> None:
        """Take the console, and note its size."""
        super().__init__()
        self._console = console
        self._size = console.size()
        self._waiting: list[str] = []  # keys that have been taken already

    def read(self, seconds: float | None) -> Ask | None:
        """Wait for one key; see Keyboard. Raises KeyboardInterrupt for Ctrl-C."""
        pressed = self.read_key(seconds)
        return self.note(pressed, self._console.now()) if isinstance(pressed, str) else pressed

    def read_key(self, seconds: float | None, *, typing: bool = False) -> Ask | str | None:
        """Wait for one key; returns its name, or what the window asks for, or None when time is over.

        Many keys at once are a text that was pasted, unless the reader is `typing` one.
        """
        until = None if seconds is None else self._console.now() + seconds
        while True:
            if self._waiting:
                return self._waiting.pop(0)
            while self._console.is_key_there():
                self._waiting.append(self._read_key())
            if self._waiting:
                sent = "".join(key if len(key) == 1 else CHARACTERS.get(key, "\x1b") for key in self._waiting)
                if not typing and is_pasted(sent):
                    self._waiting = [name_key(PASTE)]
                continue
            if (size := self._console.size()) != self._size:
                self._size = size
                return Ask.RESIZED
            left = POLL if until is None else min(POLL, until - self._console.now())
            if left <= 0:
                return None
            self._console.sleep(left)

    def read_line(self, show: Callable[[str], None]) -> str:
        """Let the reader type a line; see Keyboard."""
        typed = Typed()
        while not typed.done:
            show(typed.text)
            typed.add(self._waiting.pop(0) if self._waiting else self._read_key())
        return typed.text

    def read_theme(self) -> str:
        """Return nothing: a console's answers are read by other ways than its keys."""
        return ""

    @contextmanager
    def away(self) -> Iterator[None]:
        """Hand the console back, which needs nothing."""
        yield

    def suspend(self) -> None:
        """Do nothing: nobody asks for it where there is no signal for it."""

    def _read_key(self) -> str:
        sent = self._console.key()
        if sent == CONTROL_C:
            raise KeyboardInterrupt
        return (
            SCAN_CODES.get(self._console.key(), "") if sent in PREFIXES else name_key(sent.encode("utf-8", "replace"))
        )


def system_console() -> Console:
    """Return this system's console; only on Windows."""
    console = import_module("msvcrt")  # not there elsewhere
    return Console(console.kbhit, console.getwch, _size, time.monotonic, time.sleep)


def _size() -> tuple[int, int]:
    try:
        columns, rows = os.get_terminal_size()
    except OSError:
        return 0, 0
    return columns, rows
