"""Turn the system's signals into an orderly way out, or into something that the reader asked for.

A signal that ends the program raises KeyboardInterrupt or SystemExit, once: a second one does not disturb the cleaning
up. The others are noted and end the wait for a key; whoever waits deals with them, so nothing is drawn half.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from retell.terminal.input.keys import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    Handler = Callable[[int, FrameType | None], object] | signal.Handlers

# by name, for not every system has all of them: a reader's keys, the system's ends, and what ends a program that has
# not asked for it (signal(7)), so that whoever sends it gets the terminal back
ENDING = (
    *("SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP", "SIGBREAK"),
    *("SIGABRT", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR1", "SIGUSR2", "SIGIO", "SIGPWR", "SIGXCPU", "SIGXFSZ"),
)
NOTED = {"SIGWINCH": Ask.RESIZED, "SIGTSTP": Ask.SUSPEND, "SIGCONT": Ask.CONTINUED}


class Noted:
    """What signals have asked for, and a file descriptor that can be read from when there is more of it."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._asks: deque[Ask] = deque()
        self.pipe, self._wakeup_end = os.pipe()
        for end in (self.pipe, self._wakeup_end):
            os.set_blocking(end, False)
        self._wakeup_before = signal.set_wakeup_fd(self._wakeup_end, warn_on_full_buffer=False)

    def add(self, ask: Ask) -> None:
        """Note what is asked; many resizings are one."""
        if ask not in self._asks:
            self._asks.append(ask)

    def hear(self) -> None:
        """Empty the pipe: what is noted is known."""
        with suppress(BlockingIOError):
            os.read(self.pipe, 512)

    def take(self) -> Ask | None:
        """Return the first that is noted, or None."""
        self.hear()
        return self._asks.popleft() if self._asks else None

    def close(self) -> None:
        """Close the self-pipe."""
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self.pipe)
        os.close(self._wakeup_end)


@contextmanager
def noted() -> Iterator[Noted]:
    """Note the signals that ask for something; only where a window's signals are, for elsewhere no pipe wakes up."""
    notes = Noted()
    try:
        with _handling({name: lambda *_, ask=ask: notes.add(ask) for name, ask in NOTED.items()}):
            yield notes
    finally:
        notes.close()


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Turn the signals that end a program into an exception, so that everything is given back on the way out."""
    with _handling(dict.fromkeys(ENDING, _end)):
        yield


@contextmanager
def unbroken() -> Iterator[None]:
    """Let no signal that ends the program come in between; one that comes meanwhile ends it right after."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows has none of these signals but Ctrl-C, which is a key here
        yield
        return
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _handling(handlers: dict[str, Handler]) -> Iterator[None]:
    """Handle signals, but for those that the program was started to ignore and those that this system has not."""
    kept: dict[int, Any] = {}
    for name, handler in handlers.items():
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            kept[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def stop_until_continued() -> None:
    """Stop this program as its terminal would by itself; returns back when it is continued."""
    with _handling({"SIGTSTP": signal.SIG_DFL, "SIGCONT": signal.SIG_DFL}):
        os.kill(os.getpid(), signal.SIGTSTP)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    for name in ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)
