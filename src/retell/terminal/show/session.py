"""Lead a reader through one session: where it starts, what is played, what is kept of it."""

from __future__ import annotations

import errno
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retell.problems import RetellError
from retell.story.invocation import call
from retell.story.prose import Span
from retell.terminal.input.keyboard import at_keyboard
from retell.terminal.input.keys import Ask
from retell.terminal.input.pending import GONE
from retell.terminal.input.signals import ending_in_order
from retell.terminal.layout.frame import Frame, title_frame
from retell.terminal.layout.lines import BLANK, Line, cut_words
from retell.terminal.show import bookmark
from retell.terminal.show.options import PHRASES, WAYS
from retell.terminal.show.pace import choose
from retell.terminal.show.player import Player
from retell.terminal.show.stage import Part, Stage, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retell.copies.held import Copy
    from retell.script.resolver import Telling
    from retell.terminal.input.keys import Keyboard
    from retell.terminal.show.options import ReadOptions
    from retell.terminal.show.pager import Spot
    from retell.terminal.show.screen import Screen

BEGIN = ((1, "Space: begin"), (2, "?: keys"), (3, "q: stop"), (4, "i: at once or in time"))
ENDED = "This is the end. '{0} voices' shows who spoke, and '{0} compare' lists the disputes."
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

    def __init__(self, telling: Telling, options: ReadOptions, folder: Path, part: Part | None = None) -> None:
        """Take the whole story, what the reader wished for, the folder of bookmarks, and the part to read, if any."""
        self._part = part
        self._telling = telling
        self._held: dict[str, Copy] | None = None
        self._drawn: dict[tuple[int, int], list[Line]] = {}
        self._options = options
        self._return = bookmark.Return()
        file = bookmark.file_for(folder, telling.told.root)
        kept: bookmark.Bookmark | None = None
        try:
            kept = bookmark.read(file)
        except RetellError as error:
            self._return = bookmark.Return(notice=f"{error}; the story starts at its beginning.")
        if kept and not options.part and not options.restart:
            self._return = bookmark.find(kept, telling)
        self._reveal = kept.reveal if kept and kept.reveal in WAYS else PHRASES
        self.pace = choose(options.pace, kept.pace if kept else None, telling.told.story.words_a_minute)
        chosen = None if options.remember else self.pace
        self._keeper = bookmark.Keeper(file, telling, kept, unchosen=chosen, place=not options.part)
        self._keeper.reveal = options.reveal

    @property
    def problem(self) -> str:
        """Why the place could not be kept, or nothing."""
        return self._keeper.problem

    def spend(self, screen: Screen, title: list[Line]) -> None:
        """Show the rest of the title page, read keys and play, and give the terminal back whatever happens.

        Raises SystemExit when the terminal has gone away.
        """
        with ending_in_order(), present(), at_keyboard() as keyboard:
            screen.ask_background()
            if self._options.part:  # the title page does not wait for the answer
                screen.take_theme(keyboard.read_theme)
            self._play(screen, keyboard, title)

    def _play(self, screen: Screen, keyboard: Keyboard, title: list[Line]) -> None:
        """Offer to go on where there is a place, play, and say that the place is kept."""
        ending = ENDED.format(call(self._telling.told.root))
        stage = Stage(screen, keyboard, SystemClock(), self._panel, self._keeper.keep, self._name, ending=ending)
        way = self._options.reveal or self._reveal
        player = Player(stage, self._telling.steps, self.pace, auto=self._options.auto, way=way)
        self._player = player
        try:
            start = self._first() if self._options.part else self._open(player, screen, title)
        except Stopped:
            self._keeper.keep(None, player.pace)
            return
        finally:
            screen.leave()
        ended = False
        try:
            ended = player.play(start, self._part)
        finally:
            if not ended:
                self._say_kept(screen)

    def _say_kept(self, screen: Screen) -> None:
        """Say that the place is kept, however the reader stopped."""
        if self._options.part or self.problem:
            return
        root = self._telling.told.root
        kept = f"Your place is kept; {call(root)} goes on from here."
        if self._keeper.gave_way:
            kept = f"Another window has read on: its place in {self._keeper.gave_way} is kept, and not this one."
        screen.show(Frame(screen.width, page=True).text(kept, "quiet"))

    def _first(self) -> int:
        """Return the step of the beat that was asked for, or the first of the part."""
        start = self._part.start if self._part else 0
        steps = self._telling.steps[start : self._part.end if self._part else None]
        found = (i for i, step in enumerate(steps, start) if step.place.beat >= self._options.beat > 0)
        return next(found, start)

    def _name(self, at: int) -> str:
        """Return the command that leads to a step."""
        step = self._telling.steps[min(at, len(self._telling.steps) - 2)]
        place = f"{step.place.scene}#{step.place.beat + 1}" if step.place.scene else ""
        return f"{call(self._telling.told.root)} read {place}".rstrip()

    def _open(self, player: Player, screen: Screen, title: list[Line]) -> int:
        """Wait at the title page; returns the number of the step that the reader starts with."""
        frame = title_frame(*screen.size)
        problem = self._keeper.foresee()
        said = (self._return.notice, f"Your place cannot be kept: {problem}." if problem else "")
        notice = [line for text in said if text for line in (*frame.text(text, "quiet"), BLANK)]
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

        frame = Frame(width, columns=False)
        view = View(self._telling, spot, frame, self._drawn, self._copies(), self._player.pace)
        return draw_panel(ask, view)

    def _copies(self) -> dict[str, Copy] | None:
        """Return what the reader has of the articles, read when first looked at; None where they named nothing."""
        told, folder = self._telling.told, self._options.copies
        if self._held is None and (told.documents or folder is not None):
            from retell.copies.saved import hold  # noqa: PLC0415 - when the first panel is opened

            try:
                self._held = hold(told.sources, folder, told.documents).copies
            except RetellError:
                self._held = {}
        return self._held
