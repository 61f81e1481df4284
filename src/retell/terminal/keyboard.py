"""Stage 8, beside keys: a terminal's keys, its size and its signals in, what the reader asks for out."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from select import select
from typing import TYPE_CHECKING, Any

from retell.terminal.keys import ASK_BY_KEY, Ask
from retell.terminal.signals import noted, stop_until_continued

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.terminal.signals import Noted

ESCAPE_DELAY = 0.05  # seconds in which the rest of a key's sequence follows its first character, even over ssh
POLL = 0.25  # seconds between two looks at the window's size, where no signal tells of it
GONE = 129  # the exit code after SIGHUP: the terminal has gone away
FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")


class TerminalKeyboard:
    """The keyboard of a terminal, through blessed; a key, a signal or the end of the time ends a wait."""

    def __init__(self, terminal: Any, notes: Noted, keys: int) -> None:
        """Take blessed's terminal, what signals have noted, and the file descriptor of the keys."""
        self._terminal = terminal
        self._notes = notes
        self._keys = keys
        self._mode = ExitStack()
        self._mode.enter_context(terminal.cbreak())

    def read(self, seconds: float | None) -> Ask | None:
        """Wait for one key; see Keyboard. Raises SystemExit when the terminal has gone."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            if asked := self._notes.take():
                return asked
            if key := self._key():
                return ask_of(key)
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select([self._keys, self._notes.bell], [], [], left)[0]:
                return None

    def suspend(self) -> None:
        """Give the terminal back, stop, and take the terminal again once continued."""
        self._mode.close()
        try:
            stop_until_continued()
        finally:
            self._mode.enter_context(self._terminal.cbreak())

    def close(self) -> None:
        """Give the terminal back as it was; one that has gone away needs nothing."""
        import termios  # noqa: PLC0415 - not on every system, and this keyboard is not there either

        with suppress(termios.error):
            self._mode.close()

    def _key(self) -> Any:
        try:
            return self._terminal.inkey(timeout=0, esc_delay=ESCAPE_DELAY)
        except (EOFError, OSError):
            raise SystemExit(GONE) from None


class PollingKeyboard:
    """The keyboard of a system without signals for its windows: their size is looked at from time to time."""

    def __init__(self, terminal: Any) -> None:
        """Take blessed's terminal."""
        self._terminal = terminal
        self._size = shutil.get_terminal_size()

    def read(self, seconds: float | None) -> Ask | None:
        """Wait for one key; see Keyboard."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            if (size := shutil.get_terminal_size()) != self._size:
                self._size = size
                return Ask.RESIZED
            left = POLL if until is None else min(POLL, max(0.0, until - time.monotonic()))
            if key := self._terminal.inkey(timeout=left):
                return ask_of(key)
            if until is not None and time.monotonic() >= until:
                return None

    def suspend(self) -> None:
        """Do nothing: nobody asks for it where there is no signal for it."""


def ask_of(key: Any) -> Ask | None:
    """Give what a key of blessed's asks for."""
    return ASK_BY_KEY.get(key.name or str(key)) or ASK_BY_KEY.get(str(key))


@contextmanager
def at_keyboard() -> Iterator[TerminalKeyboard | PollingKeyboard]:
    """Read keys one by one, unechoed; the terminal is given back as it was, whatever happens."""
    terminal = _terminal()
    if not hasattr(signal, "SIGWINCH"):
        with terminal.cbreak():
            yield PollingKeyboard(terminal)
        return
    with noted() as notes:
        keyboard = TerminalKeyboard(terminal, notes, sys.stdin.fileno())
        try:
            yield keyboard
        finally:
            keyboard.close()


def _terminal() -> Any:
    """Make blessed's terminal without styling: with it, it asks the terminal what it can do and waits for an answer."""
    from blessed import Terminal  # noqa: PLC0415 - costs more than all else; the first frame does not wait for it

    hidden = {name: os.environ.pop(name) for name in FORCING if name in os.environ}
    try:
        return Terminal(force_styling=None)
    finally:
        os.environ.update(hidden)
