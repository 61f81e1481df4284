"""Read a terminal's keys, its size and its signals as what the reader asks for."""

from __future__ import annotations

import errno
import sys
import time
from contextlib import contextmanager, suppress
from select import select
from typing import TYPE_CHECKING, Any

from retell.terminal.input.background import ANSWER_TIME, is_answer, theme_on
from retell.terminal.input.keys import Ask, KeyMemory, Typed
from retell.terminal.input.pending import BRACKETED, GONE, PASTE, UNBRACKETED, Pending
from retell.terminal.input.sequences import name_key
from retell.terminal.input.signals import noted, stop_until_continued

if sys.platform != "win32":
    import termios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from retell.terminal.input.keys import Keys
    from retell.terminal.input.signals import Noted

LOCAL, CHARACTERS = 3, 6  # of the settings that termios gives


class TerminalKeyboard(KeyMemory):
    """The keyboard of a terminal; a key, a signal or the end of the time ends a wait."""

    def __init__(self, notes: Noted, keys: int, screen: TextIO | None = None) -> None:
        """Take what signals have noted, the file descriptor of the keys, and where the terminal is told of modes."""
        super().__init__()
        self._screen = screen
        self._notes = notes
        self._keys = keys
        self._pending = Pending(keys)
        self._before = self._ours = self._settings()
        self._waiting: list[bytes] = []  # what was typed while an answer was awaited

    def open(self) -> None:
        """Let keys come one by one, unechoed; those that were typed before are kept."""
        self._before, self._ours = self._settings(), self._settings()
        self._ours[LOCAL] &= ~(termios.ICANON | termios.ECHO)
        # without it Ctrl-C drops what is on its way to the screen, and a panel may stay open
        self._ours[LOCAL] |= termios.NOFLSH
        self._ours[CHARACTERS][termios.VMIN], self._ours[CHARACTERS][termios.VTIME] = 1, 0
        self._set(termios.TCSANOW, self._ours)
        self._say(BRACKETED)

    def read(self, seconds: float | None) -> Ask | None:
        """Wait for one key; see Keyboard. Raises SystemExit when the terminal has gone."""
        pressed = self.read_key(seconds)
        return self.note(pressed, time.monotonic()) if isinstance(pressed, str) else pressed

    def read_key(self, seconds: float | None, *, typing: bool = False) -> Ask | str | None:
        """Wait for one key; returns its name, or what the window or the shell asks for, or None when time is over.

        While the reader is `typing` a text, nothing that a terminal does not mark as pasted is.
        """
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            if self._waiting:
                return name_key(self._waiting.pop(0))
            if asked := self._asked():
                return asked
            left = None if until is None else max(0.0, until - time.monotonic())
            ready = [] if self._pending else select([self._keys, self._notes.pipe], [], [], left)[0]
            if self._keys in ready:
                self._pending.receive(typing=typing)
            if self._pending:
                if key := name_key(self._pressed()):
                    return key
            elif not ready:
                return None

    def _asked(self) -> Ask | None:
        """Take what a signal asks for."""
        asked = self._notes.take()
        if asked is Ask.CONTINUED:  # after SIGSTOP, which nobody is asked about: the shell had the terminal
            self._set(termios.TCSANOW, self._ours)
            self._say(BRACKETED)
        return asked

    def _key_comes(self) -> bool:
        """Wait for a key or a signal; return whether it is a key."""
        if self._keys in select([self._keys, self._notes.pipe], [], [])[0]:
            return True
        self._notes.hear()
        return False

    def _pressed(self) -> bytes:
        """Take what one key sent; a text that was pasted is one."""
        sent = self._pending.key()
        if sent == PASTE:
            self._pending.paste()
        return sent

    def read_theme(self) -> str:
        """Wait for the terminal to name its background; see Keys. Keys that are typed meanwhile are read after it."""
        until = time.monotonic() + ANSWER_TIME
        while (left := until - time.monotonic()) > 0 and (self._pending or self._pending.wait(left)):
            sent = self._pressed()
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
        self._pending.forget()
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
        """Let the reader type a line; see Keyboard. It is shown again at a signal; what that asks for waits."""
        typed = Typed()
        while not typed.done:
            show(typed.text)
            if not self._waiting and not self._pending and not self._key_comes():
                continue
            sent = self._waiting.pop(0) if self._waiting else self._pending.key()
            if sent == PASTE:
                typed.paste(self._pending.paste())
            elif name_key(sent) == "KEY_ENTER" and self._pending.is_pasted:
                self._pending.paste()  # of which the first line is all that can be looked for
            else:
                typed.add(name_key(sent))
        return typed.text

    def _say(self, mode: str) -> None:
        """Tell the terminal of a mode."""
        if self._screen is not None:
            self._screen.write(mode)
            self._screen.flush()


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
