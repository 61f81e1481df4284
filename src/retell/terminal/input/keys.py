"""List what a reader can ask for, and by which keys; the bindings stand here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import Enum
from typing import Protocol

import msgspec


class Ask(Enum):
    """What a reader can ask for; the last ones come from the terminal's window and its job control, not from keys."""

    GO_ON = "go on"
    BACK = "back"
    SCENE_BACK = "scene back"
    SCENE_ON = "scene on"
    CONTENTS = "contents"
    FIND = "find"
    HISTORY = "history"
    SOURCES = "sources"
    NAMES = "names"
    TIMELINE = "timeline"
    MAP = "map"
    DISPUTE = "dispute"
    QUESTIONS = "questions"
    FASTER = "faster"
    SLOWER = "slower"
    MOTION = "motion"
    AUTO = "auto"
    PLACE = "place"
    NEXT = "next"
    PREVIOUS = "previous"
    RESTART = "restart"
    HELP = "help"
    CLOSE = "close"
    STOP = "stop"
    UP = "up"
    DOWN = "down"
    PAGE_UP = "page up"
    PAGE_DOWN = "page down"
    FIRST = "first"
    LAST = "last"
    REDRAW = "redraw"
    DIGIT = "digit"
    UNKNOWN = "unknown"
    RESIZED = "resized"
    SUSPEND = "suspend"
    CONTINUED = "continued"


class Binding(msgspec.Struct, frozen=True):
    """The keys that ask for one thing: by their names, as the reader sees them, and what they do."""

    ask: Ask
    keys: frozenset[str]
    shown: str
    does: str


BINDINGS = (
    Binding(
        Ask.GO_ON,
        frozenset({" ", "\r", "\n", "KEY_ENTER"}),
        "Space, Enter",
        "goes on, by a window at most; finishes a passage at once; turns the page of a panel",
    ),
    Binding(Ask.BACK, frozenset({"b", "B"}), "b", "goes a beat back; in a panel, a page"),
    Binding(Ask.DOWN, frozenset({"j", "J", "KEY_DOWN"}), "j, ↓", "goes on; in a panel, a line down"),
    Binding(Ask.UP, frozenset({"k", "K", "KEY_UP"}), "k, ↑", "goes a beat back; in a panel, a line up"),
    Binding(Ask.SCENE_BACK, frozenset("["), "[", "goes to the beginning of the scene, then to the scene before it"),
    Binding(Ask.SCENE_ON, frozenset("]"), "]", "goes to the next scene"),
    Binding(
        Ask.CONTENTS,
        frozenset("g"),
        "g",
        "shows the contents, to go to a scene; after a number, goes to that scene; in a panel, to its first line",
    ),
    Binding(Ask.FIND, frozenset("/"), "/", "finds words in what you have read so far"),
    Binding(Ask.SOURCES, frozenset("sS"), "s", "shows the sources of this beat, and their words where you have copies"),
    Binding(Ask.NEXT, frozenset({"KEY_RIGHT"}), "→", "goes on; in the sources, to the next paragraph, as n does"),
    Binding(
        Ask.PREVIOUS,
        frozenset({"KEY_LEFT", "p", "P"}),
        "←, p",
        "goes a beat back; in the sources, to the previous paragraph",
    ),
    Binding(Ask.DISPUTE, frozenset("cC"), "c", "shows the dispute of this beat, or the latest one, in full"),
    Binding(Ask.NAMES, frozenset("nN"), "n", "shows the names and words met so far"),
    Binding(Ask.TIMELINE, frozenset("tT"), "t", "shows the timeline, and where you are"),
    Binding(Ask.MAP, frozenset("mM"), "m", "shows the map"),
    Binding(Ask.HISTORY, frozenset("hH"), "h", "shows what you have read so far"),
    Binding(Ask.QUESTIONS, frozenset("eE"), "e", "shows the questions of this scene"),
    Binding(Ask.FASTER, frozenset("+="), "+", "speeds up by 20 words a minute; beyond 600, all at once"),
    Binding(Ask.SLOWER, frozenset("-_"), "-", "slows down by 20 words a minute, to 100 at the slowest"),
    Binding(Ask.MOTION, frozenset("iI"), "i", "shows each passage at once, or paced again"),
    Binding(Ask.AUTO, frozenset("aA"), "a", "goes on by itself, or waits for you again"),
    Binding(Ask.PLACE, frozenset("wW"), "w", "shows the command that brings you back to this place"),
    Binding(Ask.RESTART, frozenset("rR"), "r", "starts again, where retell offers to go on"),
    Binding(Ask.HELP, frozenset("?"), "?", "shows the keys"),
    Binding(Ask.CLOSE, frozenset({"KEY_ESCAPE"}), "Esc", "closes a panel; so do q and the panel's own key"),
    Binding(Ask.STOP, frozenset("qQ"), "q", "stops, and remembers your place"),
    Binding(Ask.PAGE_DOWN, frozenset({"KEY_PGDOWN"}), "Page Down", "goes on; in a panel, a page down"),
    Binding(Ask.PAGE_UP, frozenset({"KEY_PGUP"}), "Page Up", "goes a beat back; in a panel, a page up"),
    Binding(Ask.FIRST, frozenset({"KEY_HOME"}), "Home", "goes to a panel's first line"),
    Binding(Ask.LAST, frozenset({"KEY_END", "G"}), "End, G", "goes to a panel's last line"),
    Binding(Ask.REDRAW, frozenset("\x0c"), "Ctrl-L", "shows this beat again"),
)
HINT = "?: keys"  # what answers a key that does nothing
ASK_BY_KEY = {key: binding.ask for binding in BINDINGS for key in binding.keys}
PANELS = frozenset(
    {
        *(Ask.CONTENTS, Ask.FIND, Ask.HISTORY, Ask.SOURCES, Ask.NAMES),
        *(Ask.TIMELINE, Ask.MAP, Ask.DISPUTE, Ask.QUESTIONS, Ask.HELP),
    }
)
# the key of a Latin keyboard that stands in the same place: the usual Russian, Armenian and Greek layouts. The Armenian
# ones on QWERTY (XKB's eastern, western, phonetic and the like) differ: a letter asks for what its key does in most of
# them, or in the eastern ones where there is no majority, but it ends the reading only where it stands on q in most.
# On an Armenian typewriter nearly every letter stands elsewhere (s has the key of r), and no letter says whose it is.
LAYOUTS = (
    ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
    ("սհմնաիպբչյկգցքտդւովրէեխճջծռժ", "shmnaipbjjkgccttwwwreeq[]/-="),
    (";ςερτυθιοπασδφγηξκλζχψωβνμ", "qwertyuiopasdfghjklzxcvbnm"),
)
# `;` stands in the place of the Greek q, `.` and `,` in those of the Russian / and ?; they ask for nothing else
BY_POSITION = {
    **{foreign: latin for theirs, ours in LAYOUTS for foreign, latin in zip(theirs, ours, strict=True)},
    **{".": "/", ",": "?"},
}
SHIFTED = {"/": "?"}


HELD = 0.1  # seconds between two of one key that is held down, at most; nobody presses one twice so fast
AGAIN = 0.8  # seconds until a key that is held down comes for the second time, at most; X.Org waits 0.66


def ask_for(key: str) -> Ask:
    """Return what a key asks for, by its name or the place where it stands on a keyboard of another alphabet."""
    if key.isdecimal():
        return Ask.DIGIT
    latin = BY_POSITION.get(key.lower(), "")
    latin = SHIFTED.get(latin, latin.upper()) if key.isupper() else latin
    return ASK_BY_KEY.get(key) or ASK_BY_KEY.get(latin) or Ask.UNKNOWN


class KeyMemory:
    """Remembers the last key, and when it came."""

    def __init__(self) -> None:
        """Start without one."""
        self._key = ""
        self._when = 0.0
        self.held = self.again = False

    @property
    def digit(self) -> str:
        """The digit that was typed, where the last key was one."""
        return self._key if self._key.isdecimal() else ""

    def note(self, key: str, when: float) -> Ask:
        """Note a key that came at a time in seconds; return what it asks for."""
        since = when - self._when if key == self._key else AGAIN
        self.held, self.again = since < HELD, since < AGAIN
        self._key, self._when = key, when
        return ask_for(key)


class Typed:
    """A line that is being typed, key by key."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.text = ""
        self.done = False

    def add(self, key: str) -> None:
        """Add a key by its name: Enter ends the line, Esc ends it empty, Backspace takes a character away."""
        if key == "KEY_ENTER":
            self.done = True
        elif key == "KEY_ESCAPE" or (key == "KEY_BACKSPACE" and not self.text):
            self.text, self.done = "", True
        elif key == "KEY_BACKSPACE":
            self.text = self.text[:-1]
        elif len(key) == 1 and key.isprintable():
            self.text += key

    def paste(self, text: str) -> None:
        """Add the first line of a text that was pasted."""
        for character in (text.splitlines() or [""])[0]:
            self.add(character)


class Keyboard(Protocol):
    """Where keys come from; waiting for one is also how time passes."""

    @property
    def held(self) -> bool:
        """Return whether the last key came so soon after the same one that it is being held down."""

    @property
    def again(self) -> bool:
        """Return whether the last key came so soon after the same one that it may be held down."""

    @property
    def digit(self) -> str:
        """The digit that was typed, where the last key was one."""

    def read(self, seconds: float | None) -> Ask | None:
        """Wait at most for some seconds (None: for ever); return what was asked for, or None when nothing was."""

    def read_line(self, show: Callable[[str], None]) -> str:
        """Let the reader type a line, shown after each key; return it, or nothing where they would rather not."""

    def read_theme(self) -> str:
        """Return the theme for the background that the terminal names when asked; nothing where it does not answer."""

    def suspend(self) -> None:
        """Stop the program, as the reader asked, until it is brought to the fore again."""


class Keys(Keyboard, Protocol):
    """A keyboard whose keys can be read by their names, and which can be handed to another program."""

    def read_key(self, seconds: float | None, *, typing: bool = False) -> Ask | str | None:
        """Wait at most so many seconds (None: for ever); return a key's name, what else was asked, or None.

        While the reader is `typing` a text, many keys at once are no paste.
        """

    def away(self) -> AbstractContextManager[None]:
        """Hand the terminal back for as long as another program has it."""
