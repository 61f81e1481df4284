"""List what a reader can ask for, and by which keys; the bindings stand here and nowhere else."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class Ask(Enum):
    """What a reader can ask for; the last three come from the terminal's window and its job control, not from keys."""

    GO_ON = "go on"
    BACK = "back"
    HISTORY = "history"
    SOURCES = "sources"
    NAMES = "names"
    TIMELINE = "timeline"
    MAP = "map"
    DISPUTE = "dispute"
    FASTER = "faster"
    SLOWER = "slower"
    AUTO = "auto"
    RESTART = "restart"
    NEXT = "next"
    PREVIOUS = "previous"
    HELP = "help"
    CLOSE = "close"
    STOP = "stop"
    RESIZED = "resized"
    SUSPEND = "suspend"
    CONTINUED = "continued"


class Binding(NamedTuple):
    """The keys that ask for one thing: by their names, as the reader sees them, and what they do."""

    ask: Ask
    keys: frozenset[str]
    shown: str
    does: str


BINDINGS = (
    Binding(
        Ask.GO_ON,
        frozenset({" ", "\r", "\n", "KEY_ENTER", "KEY_PGDOWN"}),
        "Space, Enter",
        "goes on, by a window at most; finishes the text at once; turns a panel's page",
    ),
    Binding(Ask.BACK, frozenset({"b", "B", "KEY_PGUP"}), "b", "goes a beat back; in a panel, a page"),
    Binding(Ask.SOURCES, frozenset("sS"), "s", "shows the sources of this beat, and their words where you have copies"),
    Binding(Ask.NEXT, frozenset({"KEY_RIGHT"}), "→", "in the sources, shows the paragraph after it; so does n"),
    Binding(Ask.PREVIOUS, frozenset({"KEY_LEFT", "p", "P"}), "←, p", "in the sources, shows the paragraph before it"),
    Binding(Ask.DISPUTE, frozenset("cC"), "c", "shows the dispute of this beat, or the last one, in full"),
    Binding(Ask.NAMES, frozenset("nN"), "n", "shows the names and words met so far"),
    Binding(Ask.TIMELINE, frozenset("tT"), "t", "shows the timeline, and where you are"),
    Binding(Ask.MAP, frozenset("mM"), "m", "shows the map"),
    Binding(Ask.HISTORY, frozenset("hH"), "h", "shows what was told so far"),
    Binding(Ask.FASTER, frozenset("+="), "+", "tells faster, by 20 words a minute; after 600, at once"),
    Binding(Ask.SLOWER, frozenset("-_"), "-", "tells slower, by 20 words a minute, down to 100"),
    Binding(Ask.AUTO, frozenset("aA"), "a", "goes on by itself, or waits for you again"),
    Binding(Ask.RESTART, frozenset("rR"), "r", "starts again, where retell offers to go on"),
    Binding(Ask.HELP, frozenset("?"), "?", "shows the keys"),
    Binding(Ask.CLOSE, frozenset({"KEY_ESCAPE"}), "Esc", "closes a panel; so do q and the panel's own key"),
    Binding(Ask.STOP, frozenset("qQ"), "q", "stops, and keeps the place"),
)
ASK_BY_KEY = {key: binding.ask for binding in BINDINGS for key in binding.keys}
PANELS = frozenset({Ask.HISTORY, Ask.SOURCES, Ask.NAMES, Ask.TIMELINE, Ask.MAP, Ask.DISPUTE, Ask.HELP})


class Keyboard(Protocol):
    """Where keys come from; waiting for one is also how time passes."""

    def read(self, seconds: float | None) -> Ask | None:
        """Wait at most so many seconds (None: for ever); return what was asked, or None for another key or none."""

    def suspend(self) -> None:
        """Stop the program, as the reader asked, until it is brought to the fore again."""


class Keys(Keyboard, Protocol):
    """A keyboard whose keys can be read by their names, and which can be handed to another program."""

    def read_key(self, seconds: float | None) -> Ask | str | None:
        """Wait at most so many seconds (None: for ever); return a key's name, what else was asked, or None."""

    def away(self) -> AbstractContextManager[None]:
        """Hand the terminal back for as long as another program has it."""
