"""Hold what a terminal has sent and nobody has read yet, and tell what was pasted from keys that were pressed."""

from __future__ import annotations

import errno
import os
from itertools import groupby
from select import select

from retell.terminal.input.sequences import ESCAPE, may_go_on

ESCAPE_DELAY = 0.05  # seconds in which the rest of a key's sequence follows its first character, even over ssh
# xterm's bracketed paste mode: what is pasted comes between two marks, and is no press of keys
BRACKETED, UNBRACKETED, PASTE, PASTED = "\x1b[?2004h", "\x1b[?2004l", b"\x1b[200~", b"\x1b[201~"
MOST_PASTED = 2**16  # bytes of a paste that are kept
GONE = 129  # the exit code after SIGHUP: the terminal has gone away
AT_A_READ = 4096  # bytes
AT_ONCE = 3  # keys that come together where a line is slow, or a reader is quick: `14g`


def is_pasted(sent: str) -> bool:
    """Return whether so much was sent at once that nobody has typed it, by a terminal that does not mark a paste.

    A key that is held down and the digits of a number count once. What begins with `/` may be words to be found.
    """
    runs = sum(1 for _ in groupby(sent, key=lambda character: character.isdecimal() or character))
    return runs > AT_ONCE and ESCAPE.decode() not in sent and not sent.startswith("/")


class Pending:
    """The bytes that have come from a terminal and were not read as keys yet."""

    def __init__(self, keys: int) -> None:
        """Take the file descriptor that they come from."""
        self._keys = keys
        self._bytes = b""

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self._bytes)

    @property
    def is_pasted(self) -> bool:
        """Return whether they are a text that was pasted, and not marked so."""
        return is_pasted(self._bytes.decode("utf-8", "replace"))

    def wait(self, seconds: float | None) -> bool:
        """Wait so many seconds for more; return whether some came. Raises SystemExit when the terminal has gone."""
        came = bool(select([self._keys], [], [], seconds)[0])
        if came:
            self.receive()
        return came

    def receive(self, *, typing: bool = True) -> None:
        """Take what has come, and mark what was pasted unless the reader is `typing` a text.

        Raises SystemExit when the terminal has gone.
        """
        try:
            came = os.read(self._keys, AT_A_READ)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            came = b""
        if not came:
            raise SystemExit(GONE)
        self._bytes += came
        if not typing and self.is_pasted:
            self._bytes = PASTE + self._bytes

    def key(self) -> bytes:
        """Take what one key sent, or an answer of the terminal; wait for it, and until it is whole."""
        size = 1
        while (len(self._bytes) >= size or self.wait(None)) and may_go_on(self._bytes[:size]):
            if len(self._bytes) == size and not self.wait(ESCAPE_DELAY):
                break
            size += 1
        sent, self._bytes = self._bytes[:size], self._bytes[size:]
        return sent

    def paste(self) -> str:
        """Take what was pasted, up to its end, or up to a silence where a terminal does not mark that."""
        kept = b""
        while PASTED not in self._bytes and self.wait(ESCAPE_DELAY):
            if len(self._bytes) > MOST_PASTED:
                kept, self._bytes = kept or self._bytes[:MOST_PASTED], self._bytes[-len(PASTED) :]
        pasted, _, self._bytes = self._bytes.partition(PASTED)
        return (kept or pasted).decode("utf-8", "replace")

    def forget(self) -> None:
        """Forget what has come: nobody waits for it."""
        self._bytes = b""
