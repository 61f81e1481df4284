"""Stage 8: the reader's keys in, what they ask for out; the bindings stand here and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ask(Enum):
    """What a reader can ask for."""

    GO_ON = "go on"
    STOP = "stop"


class Binding(NamedTuple):
    """The keys for one wish: as blessed names them, as the reader sees them, and what they do."""

    ask: Ask
    keys: frozenset[str]
    shown: str
    does: str


BINDINGS = (
    Binding(
        Ask.GO_ON,
        frozenset({" ", "\r", "\n", "KEY_ENTER"}),
        "Space, Enter",
        "goes on; finishes the text at once",
    ),
    Binding(Ask.STOP, frozenset({"q", "Q"}), "q", "stops"),
)
ASK_BY_KEY = {key: binding.ask for binding in BINDINGS for key in binding.keys}


class Keyboard(Protocol):
    """Where keys come from; waiting for one is also how time passes."""

    def read(self, seconds: float | None) -> Ask | None:
        """Wait at most so many seconds (None: for ever); give what was asked, or None for another key or none."""


class TerminalKeyboard:
    """The keyboard of a terminal, through blessed; made by `at_keyboard`."""

    def __init__(self, terminal: object) -> None:
        """Take blessed's terminal."""
        self._terminal = terminal

    def read(self, seconds: float | None) -> Ask | None:
        """Wait for one key; see Keyboard."""
        key = self._terminal.inkey(timeout=seconds)  # type: ignore[attr-defined]
        return ASK_BY_KEY.get(key.name or str(key)) or ASK_BY_KEY.get(str(key))


@contextmanager
def at_keyboard() -> Iterator[TerminalKeyboard]:
    """Read keys one by one, unechoed; the terminal is given back as it was, whatever happens."""
    from blessed import Terminal  # noqa: PLC0415 - costs more than all else; the first frame does not wait for it

    terminal = Terminal(force_styling=None)  # with styling it asks the terminal what it can do, and waits for an answer
    with terminal.cbreak():
        yield TerminalKeyboard(terminal)
