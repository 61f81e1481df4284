"""Read the story in the terminal."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from retell.commands.completion import complete
from retell.commands.console import is_reader_there, page_console, state_folder
from retell.commands.held import COPIES, copies_folder
from retell.commands.loading import load_told
from retell.commands.options import WIDTH, PaceType, pace_of_environment
from retell.problems import DONE
from retell.story.library import shipped_root
from retell.terminal.show.ways import WAYS

if TYPE_CHECKING:
    from retell.terminal.show.options import ReadOptions

RECORD_HELP = "Writes the telling as a recording (asciicast v2), without waiting for it; heeds --pace, not RETELL_PACE."
REVEAL_HELP = "How much comes at once: by phrases, unless it was kept from the last time."
PACE_HELP = "Words a minute, 100 to 600, or instant; kept for the next time, unless it comes from RETELL_PACE."


class Reading(click.Command):
    """A command whose help page has the keys, too."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the keys before the options."""
        from retell.terminal.input.keys import BINDINGS

        with formatter.section("Keys"):
            formatter.write_dl([(binding.shown, binding.does) for binding in BINDINGS])
        super().format_options(ctx, formatter)


@click.command(cls=Reading)
@click.argument("part", metavar="[SCENE|PHASE|N]", default="", shell_complete=complete("scene", "phase"))
@click.option("--pace", type=PaceType(), help=PACE_HELP)
@click.option("--auto", is_flag=True, help="Goes on by itself after each passage; the key a switches it.")
@click.option("--reveal", type=click.Choice(WAYS), help=REVEAL_HELP)
@click.option("--list", "listed", is_flag=True, help="Lists the scenes: number, name, minutes, title.")
@click.option("--restart", is_flag=True, help="From the beginning, without a question where you stopped.")
@click.option("--plain", is_flag=True, help="The whole story at once: no motion, no colour, no keys.")
@COPIES
@WIDTH
@click.option("--record", metavar="FILE.cast", type=click.Path(path_type=Path), help=RECORD_HELP)
@click.option("--height", type=click.IntRange(8, 200), help="How many rows a recording has; without it, 24.")
@click.option("--force", is_flag=True, help="Replaces the file of a recording if it is there already.")
@click.pass_context
def read(
    ctx: click.Context,
    part: str,
    pace: int | None,
    auto: bool,
    reveal: str | None,
    listed: bool,
    restart: bool,
    plain: bool,
    copies: Path | None,
    width: int | None,
    record: Path | None,
    height: int | None,
    force: bool,
) -> int:
    """Read the story, or a part of it, at your own pace.

    A scene is named by its id, the beginning of it or its number, a phase by its id; noon-on-sunday#5 is the fifth beat
    of a scene. The place and the pace are kept for the next time; reading one scene or phase leaves the place where it
    is. Into a pipe or a file the whole story is told at once, as plain text.

    \b
    Example:
      retell read
      retell read noon-on-sunday --pace 180
      retell read 10
      retell read --list
      retell read --pace instant | less
      retell read noon-on-sunday --record noon.cast
    """
    from retell.terminal.show.options import ReadOptions
    from retell.terminal.telling import perform, tell

    if listed:
        return _list(ctx.obj, pace_of_environment() if pace is None else pace)
    if record:
        if str(record) == "-":
            raise click.UsageError("--record writes a file, and - is none: give its name, as in lachin.cast")
        if plain:
            raise click.UsageError("--plain tells without motion, and --record records it: give one of them")
        return _record(ctx.obj, ReadOptions(part, pace, width), record, height, force=force)
    if height or force:
        raise click.UsageError(f"{'--height' if height else '--force'} is for a recording: give --record as well")
    at_once = plain or not is_reader_there()
    width = page_console(width).width if at_once else width
    wished = pace_of_environment() if pace is None else pace
    remember = pace is not None
    options = ReadOptions(part, wished, width, remember, auto, restart, reveal or "")
    if at_once:
        tell(load_told(ctx.obj), options, sys.stdout or StringIO())  # None where it is closed from the start
        return DONE
    options = replace(options, copies=copies_folder(ctx.obj or shipped_root(), copies))
    if problem := perform(lambda opened: load_told(ctx.obj, opened), options, state_folder()):
        click.echo(f"retell: the place could not be kept: {problem}", err=True)
    return DONE


def _list(root: Path | None, pace: int | None) -> int:
    from retell.terminal.pages.contents import contents

    for line in contents(load_told(root), pace):
        click.echo(line)
    return DONE


def _record(root: Path | None, options: ReadOptions, path: Path, height: int | None, *, force: bool) -> int:
    from retell.files.atomic import write_file
    from retell.terminal.recording import COLUMNS, ROWS, record

    told = load_told(root)
    recording = record(told, options, options.width or COLUMNS, height or ROWS)
    write_file(path, recording.text, force=force, story=told.root)
    minutes, seconds = divmod(round(recording.seconds), 60)
    click.echo(f"{path} written: {minutes}:{seconds:02} minutes", err=True)
    return DONE
