"""Lead a reader through one session: where it starts, what is played, what is kept of it."""

from __future__ import annotations

import errno
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retell.problems import RetellError
from retell.story.invocation import call
from retell.story.prose import Span
from retell.terminal.input.keyboard import GONE, at_keyboard
from retell.terminal.input.keys import Ask
from retell.terminal.input.signals import ending_in_order
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK, Line, cut_words
from retell.terminal.show import bookmark
from retell.terminal.show.pace import choose
from retell.terminal.show.player import Player, Stage, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retell.copies.held import Copy
    from retell.script.resolver import Telling
    from retell.terminal.input.keys import Keyboard
    from retell.terminal.show.options import ReadOptions
    from retell.terminal.show.pager import Spot
    from retell.terminal.show.screen import Screen

BEGIN = ((1, "Space: begin"), (2, "?: keys"), (3, "q: stop"))
GO_ON = ((1, "Enter: go on"), (2, "r: start again"), (4, "?: keys"), (3, "q: stop"))


class SystemClock:
    """The machine's own clock; it never goes back."""

    def now(self) -> float:
        """Return the time in seconds."""
        return time.monotonic()


@contextmanager
def present() -> Iterator[None]:
    """End quietly, as after SIGHUP, when the terminal goes away and nobody is there to be told anything."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        raise SystemExit(GONE) from None


class Session:
    """One sitting of a reader: where it starts, at what pace, and what is kept of it."""

    def __init__(self, telling: Telling, options: ReadOptions, folder: Path) -> None:
        """Take what is told, what the reader wished for, and the folder of bookmarks."""
        self._telling = telling
        self._drawn: dict[tuple[int, int], list[Line]] = {}
        self._options = options
        self._held: dict[str, Copy] | None = None
        self._return = bookmark.Return()
        file = bookmark.file_for(folder, telling.told.root)
        kept: bookmark.Bookmark | None = None
        try:
            kept = bookmark.read(file)
        except RetellError as error:
            self._return = bookmark.Return(notice=f"{error}; the story starts at its beginning.")
        if kept and not options.part and not options.restart:
            self._return = bookmark.find(kept, telling)
        self.pace = choose(options.pace, kept.pace if kept else None, telling.told.story.words_a_minute)
        chosen = None if options.remember else self.pace
        self._keeper = bookmark.Keeper(file, telling, kept, unchosen=chosen, place=not options.part)

    @property
    def problem(self) -> str:
        """Why the place could not be kept, or nothing."""
        return self._keeper.problem

    def spend(self, screen: Screen, title: list[Line]) -> None:
        """Show the rest of the title page, read keys and play, and give the terminal back whatever happens.

        Raises SystemExit when the terminal has gone away.
        """
        with ending_in_order(), present(), at_keyboard() as keyboard:
            self._play(screen, keyboard, title)

    def _play(self, screen: Screen, keyboard: Keyboard, title: list[Line]) -> None:
        """Offer to go on where there is a place, play, and say that the place is kept."""
        stage = Stage(screen, keyboard, SystemClock(), self._panel, self._keeper.keep)
        player = Player(stage, self._telling.steps, self.pace, auto=self._options.auto)
        try:
            start = 0 if self._options.part else self._open(player, screen, title)
        except Stopped:
            self._keeper.keep(None, player.pace)
            return
        finally:
            screen.leave()
        if not player.play(start) and not self._options.part and not self.problem:
            root = self._telling.told.root
            screen.show(Frame(screen.width).text(f"Your place is kept; {call(root)} goes on from here.", "quiet"))

    def _open(self, player: Player, screen: Screen, title: list[Line]) -> int:
        """Wait at the title page; returns the number of the step that the reader starts with."""
        frame = Frame(screen.width)
        notice = [*frame.text(self._return.notice, "quiet"), BLANK] if self._return.notice else []
        scene = self._return.scene
        if scene is None:
            player.open([*title, *notice], BEGIN, {Ask.GO_ON})
            return 0
        where = (Span(f"Scene {scene.place.number} of {scene.of}, "), Span(scene.title, "emphasis"))
        offer = cut_words((*where, Span("; Enter to go on, r to start again.")), "", paced=False)
        lines = [*title, *notice, *frame.set(offer), BLANK]
        asked = player.open(lines, GO_ON, {Ask.GO_ON, Ask.RESTART})
        return 0 if asked is Ask.RESTART else self._return.at

    def _panel(self, ask: Ask, spot: Spot, width: int) -> list[Line]:
        from retell.terminal.show.panels import View, draw_panel  # noqa: PLC0415 - when the first one is opened

        return draw_panel(ask, View(self._telling, spot, Frame(width, columns=False), self._drawn, self._copies()))

    def _copies(self) -> dict[str, Copy] | None:
        """Return what the reader has of the articles, read when first looked at; None where they named nothing."""
        if self._options.copies is not None and self._held is None:
            from retell.copies.saved import hold  # noqa: PLC0415 - when the first panel is opened

            try:
                self._held = hold(self._telling.told.sources, self._options.copies).copies
            except RetellError:
                self._held = {}
        return self._held
