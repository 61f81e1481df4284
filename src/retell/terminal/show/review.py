"""Ask a reader of one statement after the other whether its paragraphs bear it out; each answer is kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from retell.files.characters import visible
from retell.terminal.input.keys import Ask
from retell.terminal.input.signals import unbroken
from retell.terminal.layout.cases import draw_case
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK, Line, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.checks.cases import Case
    from retell.terminal.input.keys import Keys
    from retell.terminal.show.footer import Part
    from retell.terminal.show.screen import Screen

BACKSPACE = frozenset({"KEY_BACKSPACE", "KEY_DELETE"})
KEPT = {"\r", "\n", "KEY_ENTER"}


class ReviewKey(NamedTuple):
    """The keys for one answer, as the reader sees them, and what they do."""

    keys: frozenset[str]
    shown: str
    does: str


YES = ReviewKey(frozenset("yY"), "y", "the paragraphs bear it out")
NO = ReviewKey(frozenset("nN"), "n", "they do not; a line of why is asked for, and stays open until it is answered")
LATER = ReviewKey(frozenset({" ", "\r", "\n", "KEY_ENTER"}), "Space", "leaves it for later")
EDIT = ReviewKey(frozenset("eE"), "e", "opens the editor (VISUAL or EDITOR) at the line")
BACK = ReviewKey(frozenset("bB"), "b", "goes one back")
STOP = ReviewKey(frozenset("qQ"), "q", "stops; all answers are kept already")
DOWN = ReviewKey(frozenset({"KEY_DOWN", "j"}), "↓, j", "shows what stands further down")
UP = ReviewKey(frozenset({"KEY_UP", "k"}), "↑, k", "goes up again")
PAGE_DOWN = ReviewKey(frozenset({"KEY_PGDOWN"}), "Page Down", "a window further down")
PAGE_UP = ReviewKey(frozenset({"KEY_PGUP"}), "Page Up", "a window further up")
REVIEW_KEYS = (YES, NO, LATER, EDIT, BACK, STOP, DOWN, UP, PAGE_DOWN, PAGE_UP)
BY_KEY = {key: each for each in REVIEW_KEYS for key in each.keys}


class Desk(Protocol):
    """What a review asks of, and where its answers go."""

    def names(self) -> Sequence[str]:
        """Return the statements that are asked about, in order."""

    def case(self, name: str) -> Case:
        """Return what the reader needs to judge one."""

    def remark(self, name: str) -> str:
        """Return what the reader left open at one, or nothing."""

    def is_read(self, name: str) -> bool:
        """Return whether the reader has read it as it is now."""

    def sign(self, name: str) -> None:
        """Keep that the paragraphs bear it out."""

    def refuse(self, name: str, why: str) -> None:
        """Keep what they do not bear out."""

    def edit(self, name: str) -> None:
        """Open the editor at it, and read the story again."""


class Review:
    """Shows one statement after the other on the alternate screen."""

    def __init__(self, screen: Screen, keys: Keys, desk: Desk) -> None:
        """Take where to show, where keys come from, and what is asked about."""
        self._screen = screen
        self._keys = keys
        self._desk = desk

    def run(self) -> None:
        """Ask until all are answered or the reader stops."""
        self._screen.enter_panel()
        try:
            at = 0
            while 0 <= at < len(self._desk.names()):
                step = self._ask(at)
                if step is None:
                    return
                at = max(0, at + step)
        finally:
            self._screen.leave()

    def _ask(self, at: int) -> int | None:
        """Ask about one statement; returns how many to go on by, or None to stop."""
        name = self._desk.names()[at]
        top = 0
        while True:
            lines = draw_case(self._desk.case(name), self._screen.width, self._desk.remark(name))
            top = max(0, min(top, len(lines) - self._rows))
            self._draw(at, lines, top)
            pressed = self._next_key()
            if pressed is None:
                continue
            top += {DOWN: 1, UP: -1, PAGE_DOWN: self._rows, PAGE_UP: -self._rows}.get(pressed, 0)
            if pressed is YES:
                with unbroken():
                    self._desk.sign(name)
            if pressed is NO and not self._refuse(name, lines):
                continue
            if pressed is EDIT:
                return self._edit(name, at)
            if pressed is STOP:
                return None
            if pressed in (YES, NO, LATER, BACK):
                return -1 if pressed is BACK else 1

    @property
    def _rows(self) -> int:
        """The rows for a statement, below the line that says how far the reader is and above the footer."""
        return max(1, self._screen.height - 3)

    def _draw(self, at: int, lines: Sequence[Line], top: int) -> None:
        more = len(lines) > top + self._rows
        names = self._desk.names()
        read = sum(map(self._desk.is_read, names))
        left = sum(bool(self._desk.remark(name)) for name in names)
        said = f"{at + 1} of {len(names)} · {read} read" + (f" · {left} left open" if left else "")
        head = Frame(self._screen.width).text(said, "quiet")[:1]
        footer: list[Part] = [
            (1, "y: borne out"),
            (1, "n: not"),
            (2, "Space: later"),
            (5, "e: edit"),
            (4, "b: back"),
            (3, "q: stop"),
        ]
        if more or top:
            footer.insert(0, (0, "↓ more" if more else "↑"))
        self._screen.draw_panel([*head, BLANK, *lines[top : top + self._rows]], footer)

    def _next_key(self) -> ReviewKey | None:
        """Wait for a key; None where the window or the shell asked for something, or the key has no meaning."""
        pressed = self._keys.read_key(None)
        if isinstance(pressed, str):
            return BY_KEY.get(pressed)
        if pressed is Ask.SUSPEND:
            self._screen.leave_panel()
            self._keys.suspend()
            self._screen.enter_panel()
        if pressed is Ask.CONTINUED:
            self._screen.enter_panel()
        return None

    def _edit(self, name: str, at: int) -> int:
        """Hand the terminal to the editor; returns how far the statement has moved in the list meanwhile."""
        self._screen.leave_panel()
        with self._keys.away():
            self._desk.edit(name)
        self._screen.enter_panel()
        names = self._desk.names()
        return names.index(name) - at if name in names else 0

    def _refuse(self, name: str, lines: Sequence[Line]) -> bool:
        """Ask for a line of why and keep it; False where the reader thinks better of it."""
        text = ""
        while True:
            frame = Frame(self._screen.width)
            asked = [
                *frame.text("What do the paragraphs not bear out?", "scene"),
                *(frame.text(visible(text) + " ▏") or [Line((Piece("▏"),))]),
                BLANK,
            ]
            rows = max(0, self._screen.height - 1 - len(asked))
            self._screen.draw_panel(
                [*asked[: self._screen.height - 1], *lines[:rows]], [(1, "Enter: keep"), (1, "Esc: back")]
            )
            pressed = self._keys.read_key(None, typing=True)
            if not isinstance(pressed, str):
                continue
            if pressed in KEPT and text.strip():
                with unbroken():
                    self._desk.refuse(name, text)
                return True
            if pressed == "KEY_ESCAPE":
                return False
            if pressed in BACKSPACE:
                text = text[:-1]
            elif not pressed.startswith("KEY_") and pressed >= " ":
                text += pressed
