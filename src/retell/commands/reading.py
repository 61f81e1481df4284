"""Read the story in the terminal."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import click
from msgspec.structs import replace

from retell.commands.completion import complete
from retell.commands.console import is_reader_there, page_console, state_folder
from retell.commands.held import COPIES, copies_folder
from retell.commands.loading import load_told
from retell.commands.options import WIDTH, PaceType, pace_of_environment
from retell.problems import DONE
from retell.story.library import shipped_root
from retell.terminal.show.options import WAYS, ReadOptions

RECORD_HELP = (
    "Write the telling as a recording (asciicast v2), at once, at the speed of --pace; RETELL_PACE is ignored."
)
REVEAL_HELP = "How much text appears at a time; by default what you chose last time, or else phrases."
PACE_HELP = "Words a minute, 100 to 600, or instant; remembered, unless it comes from RETELL_PACE."


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
@click.option("--auto", is_flag=True, help="Go on by itself after each passage; the key a turns this on and off.")
@click.option("--reveal", type=click.Choice(WAYS), help=REVEAL_HELP)
@click.option("--list", "listed", is_flag=True, help="List the scenes: number, name, minutes and title.")
@click.option("--restart", is_flag=True, help="Start from the beginning, without asking.")
@click.option("--plain", is_flag=True, help="Print the whole story at once, without motion, colour or keys.")
@COPIES
@WIDTH
@click.option("--record", metavar="FILE.cast", type=click.Path(path_type=Path), help=RECORD_HELP)
@click.option("--height", type=click.IntRange(8, 200), help="Rows of the recording; 24 by default.")
@click.option("--force", is_flag=True, help="Replace the recording if the file already exists.")
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

    Name a scene by its id, a word of it or its number, and a phase by its id; noon-on-sunday#5 is the fifth
    beat of a scene. Your place and pace are remembered; reading a single scene or phase does not move your place.
    In a pipe, or written to a file, the whole story comes at once as plain text.

    \b
    Example:
      retell read
      retell read noon-on-sunday --pace 180
      retell read 10
      retell read --list
      retell read --pace instant | less
      retell read noon-on-sunday --record noon.cast
    """
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
