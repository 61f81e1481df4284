"""Read a terminal's keys, its size and its signals as what the reader asks for."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager, suppress
from select import select
from typing import TYPE_CHECKING, Any

from retell.terminal.input.background import ANSWER_TIME, is_answer, theme_on
from retell.terminal.input.keys import Ask, KeyMemory, Typed
from retell.terminal.input.sequences import may_go_on, name_key
from retell.terminal.input.signals import noted, stop_until_continued

if sys.platform != "win32":
    import termios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from retell.terminal.input.keys import Keys
    from retell.terminal.input.signals import Noted

ESCAPE_DELAY = 0.05  # seconds in which the rest of a key's sequence follows its first character, even over ssh
# xterm's bracketed paste mode: what is pasted comes between two marks, and is no press of keys
BRACKETED, UNBRACKETED, PASTE, PASTED = "\x1b[?2004h", "\x1b[?2004l", b"\x1b[200~", b"\x1b[201~"
MOST_PASTED = 2**16  # bytes of a paste that are kept
LOCAL, CHARACTERS = 3, 6  # of the settings that termios gives
GONE = 129  # the exit code after SIGHUP: the terminal has gone away


class TerminalKeyboard(KeyMemory):
    """The keyboard of a terminal; a key, a signal or the end of the time ends a wait."""

    def __init__(self, notes: Noted, keys: int, screen: TextIO | None = None) -> None:
        """Take what signals have noted, the file descriptor of the keys, and where the terminal is told of modes."""
        super().__init__()
        self._screen = screen
        self._pasted = ""
        self._notes = notes
        self._keys = keys
        self._before = self._ours = self._settings()
        self._waiting: list[bytes] = []  # what was typed while an answer was awaited

    def open(self) -> None:
        """Let keys come one by one, unechoed; those that were typed before are kept."""
        self._before, self._ours = self._settings(), self._settings()
        self._ours[LOCAL] &= ~(termios.ICANON | termios.ECHO)
        self._ours[CHARACTERS][termios.VMIN], self._ours[CHARACTERS][termios.VTIME] = 1, 0
        self._set(termios.TCSANOW, self._ours)
        self._say(BRACKETED)

    def read(self, seconds: float | None) -> Ask | None:
        """Wait for one key; see Keyboard. Raises SystemExit when the terminal has gone."""
        pressed = self.read_key(seconds)
        return self.note(pressed, time.monotonic()) if isinstance(pressed, str) else pressed

    def read_key(self, seconds: float | None) -> Ask | str | None:
        """Wait for one key; returns its name, or what the window or the shell asks for, or None when time is over."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            if self._waiting:
                return name_key(self._waiting.pop(0))
            if asked := self._notes.take():
                if asked is Ask.CONTINUED:  # after SIGSTOP, which nobody is asked about: the shell has made it its own
                    self._set(termios.TCSANOW, self._ours)
                    self._say(BRACKETED)
                return asked
            left = None if until is None else max(0.0, until - time.monotonic())
            ready = select([self._keys, self._notes.pipe], [], [], left)[0]
            if self._keys in ready and (key := name_key(self._sent())):
                return key
            if not ready:
                return None

    def read_theme(self) -> str:
        """Wait for the terminal to name its background; see Keys. Keys that are typed meanwhile are read after it."""
        until = time.monotonic() + ANSWER_TIME
        while (left := until - time.monotonic()) > 0 and select([self._keys], [], [], left)[0]:
            sent = self._sent()
            if is_answer(sent):
                return theme_on(sent)
            self._waiting.append(sent)
        return ""

    def suspend(self) -> None:
        """Hand the terminal back, stop, and take the terminal again once continued."""
        with self.away():
            stop_until_continued()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Hand the terminal back for as long as another program has it."""
        self.close()
        try:
            yield
        finally:
            self.open()

    def close(self) -> None:
        """Hand the terminal back as it was, without keys that nobody waits for; one that has gone needs nothing."""
        with suppress(SystemExit, OSError):
            self._say(UNBRACKETED)
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

    def read_line(self, show: Callable[[str], None]) -> str:
        """Let the reader type a line; see Keyboard. A signal that asks for something waits until it is typed."""
        typed = Typed()
        while not typed.done:
            show(typed.text)
            if not self._waiting:
                select([self._keys], [], [])
            sent = self._waiting.pop(0) if self._waiting else self._sent()
            typed.paste(self._pasted) if sent == PASTE else typed.add(name_key(sent))
        return typed.text

    def _sent(self) -> bytes:
        """Read what one key sends, or an answer of the terminal."""
        sent = self._byte()
        while may_go_on(sent) and select([self._keys], [], [], ESCAPE_DELAY)[0]:
            sent += self._byte()
        if sent == PASTE:
            self._pasted = self._read_pasted()
        return sent

    def _read_pasted(self) -> str:
        """Read what was pasted, up to its end, or up to a silence where a terminal does not mark that."""
        pasted = b""
        while not pasted.endswith(PASTED) and select([self._keys], [], [], ESCAPE_DELAY)[0]:
            pasted = pasted[-MOST_PASTED:] + self._byte()
        return pasted.removesuffix(PASTED).decode("utf-8", "replace")

    def _say(self, mode: str) -> None:
        """Tell the terminal of a mode."""
        if self._screen is not None:
            self._screen.write(mode)
            self._screen.flush()

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


@contextmanager
def at_keyboard() -> Iterator[Keys]:
    """Read keys one by one, unechoed; the terminal is given back as it was, whatever happens."""
    if sys.platform == "win32":
        from retell.terminal.input.windows import ConsoleKeyboard, system_console  # noqa: PLC0415 - not there elsewhere

        yield ConsoleKeyboard(system_console())
        return
    with noted() as notes:
        keyboard = TerminalKeyboard(notes, sys.stdin.fileno(), sys.stdout)
        try:
            keyboard.open()
            yield keyboard
        finally:
            keyboard.close()
