"""Stage 10: a library and a reader's wishes in, the telling out: at a terminal played, anywhere else told at once."""

from __future__ import annotations

import errno
import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console

from retell.problems import RetellError
from retell.script import Telling, length, title_page, write_script
from retell.terminal.frame import Frame
from retell.terminal.keyboard import GONE, at_keyboard
from retell.terminal.keys import Ask
from retell.terminal.lines import BLANK
from retell.terminal.pace import AT_ONCE, Pace
from retell.terminal.page import draw
from retell.terminal.player import Player, Stage, Stopped, tell_at_once
from retell.terminal.screen import Screen, show_lines
from retell.terminal.signals import ending_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retell.library import Library
    from retell.model import Story
    from retell.steps import Step
    from retell.terminal.bookmark import Bookmark
    from retell.terminal.keys import Keyboard
    from retell.terminal.lines import Line
    from retell.terminal.pager import Spot

PLAIN_COLUMNS = 80
BEGIN = ((1, "Space: begin"), (2, "?: keys"), (3, "q: stop"))
GO_ON = ((1, "Enter: go on"), (2, "r: start again"), (4, "?: keys"), (3, "q: stop"))


class Wishes(msgspec.Struct, frozen=True):
    """What the reader asked for: a scene or phase, a pace in words a minute (0: at once), a width in columns.

    With `remember` the pace is kept for the next time; `auto` goes on by itself; `restart` passes the bookmark over.
    """

    part: str = ""
    pace: int | None = None
    width: int | None = None
    remember: bool = False
    auto: bool = False
    restart: bool = False


class SystemClock:
    """The machine's own clock; it never goes back."""

    def now(self) -> float:
        """Give the time in seconds."""
        return time.monotonic()


def tell(library: Library, wishes: Wishes) -> None:
    """Print the whole telling at once, as plain text."""
    steps = _script(library, wishes)
    width = wishes.width or PLAIN_COLUMNS
    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    if library.story and not wishes.part:
        show_lines(console, draw(title_page(library.story.form), width))
        show_lines(console, _length(library, _pace(library, wishes, None), width))
    tell_at_once(console, steps, width)


def perform(load: Callable[[Callable[[Story], None] | None], Library], wishes: Wishes, folder: Path) -> str:
    """Play the story at a terminal; `load` reads it, and the title page is shown while it does.

    The place and the pace are kept in the folder. Gives, in one line, why they could not be; nothing if they were.
    """
    console = Console()
    screen = Screen(console, width=wishes.width, kind=os.environ.get("TERM", ""))
    with ending_in_order(), _present():
        library = load(None if wishes.part else lambda story: screen.show(draw(title_page(story), screen.width)))
        evening = _Evening(Telling(library, _script(library, wishes)), wishes, folder)
        if not wishes.part:
            screen.show(_length(library, evening.pace, screen.width))
        with at_keyboard() as keyboard:
            evening.play(screen, keyboard)
    return evening.problem


@contextmanager
def _present() -> Iterator[None]:
    """End quietly, as after SIGHUP, when the terminal goes away and nobody is there to be told anything."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        raise SystemExit(GONE) from None


class _Evening:
    """One sitting of a reader: where it starts, at what pace, and what is kept of it."""

    def __init__(self, telling: Telling, wishes: Wishes, folder: Path) -> None:
        from retell.terminal import bookmark  # noqa: PLC0415 - after the first frame

        self._telling = telling
        self._wishes = wishes
        self._return = bookmark.Return()
        file = bookmark.file_for(folder, telling.library.root)
        kept: Bookmark | None = None
        try:
            kept = bookmark.read(file)
        except RetellError as error:
            self._return = bookmark.Return(notice=f"{error}; the story starts at its beginning.")
        if kept and not wishes.part and not wishes.restart:
            self._return = bookmark.find(kept, telling)
        self.pace = _pace(telling.library, wishes, kept.pace if kept else None)
        chosen = None if wishes.remember else self.pace
        self._keeper = bookmark.Keeper(file, telling, kept, unchosen=chosen, place=not wishes.part)

    @property
    def problem(self) -> str:
        """Why the place could not be kept, or nothing."""
        return self._keeper.problem

    def play(self, screen: Screen, keyboard: Keyboard) -> None:
        """Offer to go on where there is a place, play, and say that the place is kept."""
        stage = Stage(screen, keyboard, SystemClock(), self._panel, self._keeper.keep)
        player = Player(stage, self._telling.steps, self.pace, auto=self._wishes.auto)
        try:
            start = 0 if self._wishes.part else self._open(player, screen)
        except Stopped:
            self._keeper.keep(None, player.pace)
            return
        finally:
            screen.leave()
        if not player.play(start) and not self._wishes.part and not self.problem:
            screen.show(Frame(screen.width).text("Your place is kept; retell goes on from here.", "quiet"))

    def _open(self, player: Player, screen: Screen) -> int:
        """Wait at the title page; gives the number of the step that the reader starts with."""
        frame = Frame(screen.width)
        notice = [*frame.text(self._return.notice, "quiet"), BLANK] if self._return.notice else []
        scene = self._return.scene
        if scene is None:
            screen.show(notice)
            player.open(BEGIN, {Ask.GO_ON})
            return 0
        offer = f"Scene {scene.place.number} of {scene.of}, *{scene.title}*; Enter to go on, r to start again."
        screen.show([*notice, *frame.text(offer), BLANK])
        asked = player.open(GO_ON, {Ask.GO_ON, Ask.RESTART})
        return 0 if asked is Ask.RESTART else self._return.at

    def _panel(self, ask: Ask, spot: Spot, width: int) -> list[Line]:
        from retell.terminal.panels import draw_panel  # noqa: PLC0415 - when the first one is opened

        return draw_panel(ask, self._telling, spot, width)


def _script(library: Library, wishes: Wishes) -> tuple[Step, ...]:
    from retell.checks import fit  # noqa: PLC0415 - the title page does not wait for the check

    return write_script(fit(library), wishes.part)


def _length(library: Library, pace: Pace, width: int) -> list[Line]:
    whole = length(library)
    return draw(whole, width, minutes=max(1, round(whole.words / (pace.words_a_minute or pace.own))))


def _pace(library: Library, wishes: Wishes, kept: int | None) -> Pace:
    """Give the pace that was asked for, else the one kept from another evening, else the story's own."""
    assert library.story is not None, "only a whole story is told"
    own = library.story.form.words_a_minute
    chosen = wishes.pace if wishes.pace is not None else kept if kept is not None else own
    return Pace(None if chosen == AT_ONCE else chosen, own)
