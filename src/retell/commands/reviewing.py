"""Read a story's statements beside their paragraphs, and sign them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.commands.completion import NAMES, complete
from retell.commands.console import is_reader_there
from retell.commands.held import COPIES, copies_folder, needed
from retell.commands.loading import read
from retell.problems import DONE, RetellError, UnknownNameError, nearest
from retell.terminal.show.review import REVIEW_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retell.checks.cases import Case
    from retell.checks.statements import Statement
    from retell.story.library import Library

AT_LINE = {"code": "--goto={file}:{line}", "codium": "--goto={file}:{line}", "subl": "{file}:{line}"}
"""How editors are told a line; all others understand `+LINE FILE`, as vi has it."""


class Reviewing(click.Command):
    """A command whose help page has the keys of a review, too."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the keys before the options."""
        with formatter.section("Keys"):
            formatter.write_dl([(key.shown, key.does) for key in REVIEW_KEYS])
        super().format_options(ctx, formatter)


class StoryDesk:
    """The statements of a part of a story that somebody has not read yet, in a folder, and the answers to them."""

    def __init__(
        self, load: Callable[[], Library], part: str, by: Sequence[str], copies: Path | None, today: Callable[[], date]
    ) -> None:
        """Take how the story is read, the part, who reads, where the copies are and what day it is."""
        self._load, self._part, self._by, self._copies, self._today = load, part, by, copies, today
        self._open()
        self._names = [each.name for each in self._wanted if not self.is_read(each.name) or self.remark(each.name)]

    @property
    def of(self) -> int:
        """How many statements the part has, those that were read included."""
        return len(self._wanted)

    def names(self) -> Sequence[str]:
        """Return the statements that are asked about, in order."""
        return self._names

    def case(self, name: str) -> Case:
        """Return what the reader needs to judge one."""
        return self._cases.of(name)

    def remark(self, name: str) -> str:
        """Return what the reader left open at one, or nothing."""
        return self._signing.remark_on(name)

    def is_read(self, name: str) -> bool:
        """Return whether all who read now have read it as it is."""
        return set(self._signing.readers) <= set(self._states[name].readers)

    def sign(self, name: str) -> None:
        """Keep that the paragraphs bear it out."""
        self._signing.sign(name, self._today())
        self._states = self._signing.states()

    def refuse(self, name: str, why: str) -> None:
        """Keep what they do not bear out."""
        self._signing.refuse(name, why)
        self._states = self._signing.states()

    def edit(self, name: str) -> None:
        """Open the editor at it, and read the story again; raises StoryUnfitError where it cannot be told then."""
        place = self._cases.of(name).statement.place
        open_editor(Path(place.file), place.line)
        before = self._names
        self._open()
        there = {each.name for each in self._wanted}
        new = [each.name for each in self._wanted if each.name not in before and not self.is_read(each.name)]
        self._names = [name for name in before if name in there] + new

    def _open(self) -> None:
        """Read the story, and hold it against the copies."""
        from retell.checks import check, fit
        from retell.checks.cases import Cases
        from retell.checks.evidence.examination import prove
        from retell.checks.signing import Signing
        from retell.checks.statements import statements

        library = self._load()
        fit(library)
        listed = statements(library)
        findings = prove(library, self._copies, doubting_what_was_read=True)
        self._wanted = part_of(library, listed, self._part)
        self._signing = Signing(library, listed, self._by)
        self._states = self._signing.states()
        self._cases = Cases(library, listed, findings, [*check(library), *findings.problems, *findings.answered])


@click.command(cls=Reviewing)
@click.argument("part", metavar="[SCENE|PHASE|CODE]", default="", shell_complete=complete(*NAMES))
@click.option("--by", multiple=True, metavar="NAME", help="Who is reading; repeat it if two of you read together.")
@COPIES
@click.pass_obj
def review(root: Path | None, part: str, by: tuple[str, ...], copies: Path | None) -> int:
    """Read statements beside their paragraphs, and sign them.

    Statements are shown one by one, each with the full text of the paragraphs that it cites, from your own copies of
    the sources. Each answer is saved at once in story/readings.yaml, and expires when the statement or one of the
    paragraphs changes. To read only a part, name a scene, a phase, a source by its code, or a dispute or card.

    \b
    Example:
      retell review --by "Ann Hill"
      retell review noon-on-sunday
      retell review C --copies my-articles
    """
    from retell.story.library import load

    if not is_reader_there():
        raise RetellError("a review asks its reader at a terminal; 'retell check --unread' lists what is to be read")
    library = read(root)
    held_in = copies_folder(library.root, copies)
    if held_in is None and not library.documents:
        raise RetellError(needed(library))
    desk = StoryDesk(lambda: load(library.root), part, by or _only_reader(library), held_in, date.today)
    if desk.names():
        _ask(desk)
    read_now = sum(map(desk.is_read, desk.names())) + desk.of - len(desk.names())
    click.echo(f"{read_now} of {desk.of} statements read; story/readings.yaml keeps them", err=True)
    return DONE


def _ask(desk: StoryDesk) -> None:
    from retell.terminal.input.keyboard import at_keyboard
    from retell.terminal.input.signals import ending_in_order
    from retell.terminal.show.review import Review
    from retell.terminal.show.screen import reader_screen
    from retell.terminal.show.session import present

    screen = reader_screen(sys.stdout, os.environ)
    with ending_in_order(), present(), at_keyboard() as keys:
        screen.ask_background()
        screen.take_theme(keys.read_theme)
        Review(screen, keys, desk).run()


def _only_reader(library: Library) -> tuple[str, ...]:
    """Return the one who has read before, where there is one; raises click.UsageError."""
    readers = [reader.by for reader in library.readings.form.readers] if library.readings else []
    if len(readers) != 1:
        raise click.UsageError('say who reads: --by "Ann Hill"')
    return (readers[0],)


def part_of(library: Library, listed: Sequence[Statement], part: str) -> list[Statement]:
    """Return the statements of a scene, a phase, an article, a dispute, a card, or all; raises UnknownNameError."""
    from retell.checks.statements import parts_named

    if not part:
        return list(listed)
    keys = {key for key, source in library.sources.items() if part in (key, source.form.code)}
    if keys:
        return [each for each in listed if each.part in keys or keys & {cited.key for cited in each.citations}]
    parts = parts_named(library, part) or frozenset((part,))
    found = [each for each in listed if each.part in parts or each.name == part]
    if not found:
        codes = [source.form.code for source in library.sources.values()]
        known = [*library.scenes, *library.disputes, *codes]
        raise UnknownNameError(
            f"nothing is called '{part}'; {nearest(part, known) or 'name a scene, a phase or a code'}"
        )
    return found


def open_editor(file: Path, line: int) -> None:
    """Open the reader's editor at a line of a file, and wait for its end; raises RetellError where there is none."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    form = AT_LINE.get(Path(command[0]).stem)
    where = [form.format(file=file, line=line)] if form else [f"+{line}", str(file)]
    try:
        subprocess.run([*command, *where], check=False)
    except OSError as error:
        raise RetellError(f"{command[0]} cannot be started: {error.strerror}; EDITOR names your editor") from None
