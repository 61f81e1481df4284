"""Stage 8, beside keys: a terminal's keys, its size and its signals in, what the reader asks for out."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import time
from contextlib import contextmanager, suppress
from select import select
from typing import TYPE_CHECKING, Any

from retell.terminal.input.keys import ASK_BY_KEY, Ask
from retell.terminal.input.sequences import may_go_on, name_key
from retell.terminal.input.signals import noted, stop_until_continued

with suppress(ImportError):  # not on every system, and the keyboard that needs them is not there either
    import termios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.terminal.input.signals import Noted

ESCAPE_DELAY = 0.05  # seconds in which the rest of a key's sequence follows its first character, even over ssh
POLL = 0.25  # seconds between two looks at the window's size, where no signal tells of it
LOCAL, CHARACTERS = 3, 6  # of the settings that termios gives
GONE = 129  # the exit code after SIGHUP: the terminal has gone away
FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")


class TerminalKeyboard:
    """The keyboard of a terminal; a key, a signal or the end of the time ends a wait.

    It reads the few keys of BINDINGS by itself: blessed, which knows them all, doubles the time until a reader can
    begin, and takes a third of the memory.
    """

    def __init__(self, notes: Noted, keys: int) -> None:
        """Take what signals have noted, and the file descriptor of the keys."""
        self._notes = notes
        self._keys = keys
        self._before = self._ours = self._settings()

    def open(self) -> None:
        """Let keys come one by one, unechoed; those that were typed before are kept."""
        self._before, self._ours = self._settings(), self._settings()
        self._ours[LOCAL] &= ~(termios.ICANON | termios.ECHO)
        self._ours[CHARACTERS][termios.VMIN], self._ours[CHARACTERS][termios.VTIME] = 1, 0
        self._set(termios.TCSANOW, self._ours)

    def read(self, seconds: float | None) -> Ask | None:
        """Wait for one key; see Keyboard. Raises SystemExit when the terminal has gone."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            if asked := self._notes.take():
                if asked is Ask.CONTINUED:  # after SIGSTOP, which nobody is asked about: the shell has made it its own
                    self._set(termios.TCSANOW, self._ours)
                return asked
            left = None if until is None else max(0.0, until - time.monotonic())
            ready = select([self._keys, self._notes.bell], [], [], left)[0]
            if self._keys in ready:
                return ASK_BY_KEY.get(self._key())
            if not ready:
                return None

    def suspend(self) -> None:
        """Give the terminal back, stop, and take the terminal again once continued."""
        self.close()
        try:
            stop_until_continued()
        finally:
            self.open()

    def close(self) -> None:
        """Give the terminal back as it was, without keys that nobody waits for; one that has gone needs nothing."""
        with suppress(SystemExit):
            self._set(termios.TCSAFLUSH, self._before)

    def _settings(self) -> list[Any]:
        try:
            return termios.tcgetattr(self._keys)
        except termios.error:
            raise SystemExit(GONE) from None

    def _set(self, when: int, settings: list[Any]) -> None:
        """Change the terminal's settings; in the background that stops the program until it is brought to the fore."""
        while True:
            try:
                return termios.tcsetattr(self._keys, when, settings)
            except termios.error as error:
                if error.args[0] != errno.EINTR:
                    raise SystemExit(GONE) from None

    def _key(self) -> str:
        sent = self._byte()
        while may_go_on(sent) and select([self._keys], [], [], ESCAPE_DELAY)[0]:
            sent += self._byte()
        return name_key(sent)

    def _byte(self) -> bytes:
        """Read one byte, and leave the others to whoever reads next."""
        try:
            byte = os.read(self._keys, 1)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            byte = b""
        if not byte:
            raise SystemExit(GONE)
        return byte


class PollingKeyboard:
    """The keyboard of a system without signals for its windows, through blessed: their size is looked at in turns."""

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
                return ASK_BY_KEY.get(key.name or str(key)) or ASK_BY_KEY.get(str(key))
            if until is not None and time.monotonic() >= until:
                return None

    def suspend(self) -> None:
        """Do nothing: nobody asks for it where there is no signal for it."""


@contextmanager
def at_keyboard() -> Iterator[TerminalKeyboard | PollingKeyboard]:
    """Read keys one by one, unechoed; the terminal is given back as it was, whatever happens."""
    if not hasattr(signal, "SIGWINCH"):
        terminal = _terminal()
        with terminal.cbreak():
            yield PollingKeyboard(terminal)
        return
    with noted() as notes:
        keyboard = TerminalKeyboard(notes, sys.stdin.fileno())
        try:
            keyboard.open()
            yield keyboard
        finally:
            keyboard.close()


def _terminal() -> Any:
    """Make blessed's terminal without styling: with it, it asks the terminal what it can do and waits for an answer."""
    from blessed import Terminal  # noqa: PLC0415 - costs more than all else, and only Windows needs it

    hidden = {name: os.environ.pop(name) for name in FORCING if name in os.environ}
    try:
        return Terminal(force_styling=None)
    finally:
        os.environ.update(hidden)
