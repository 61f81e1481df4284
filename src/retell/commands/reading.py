"""Stage 10, a command: a reader's wishes in, the story told in the terminal."""

from __future__ import annotations

import click
from click.core import ParameterSource

from retell import report
from retell.options import WIDTH, PaceType
from retell.session import is_reader_there, load, page_console, state_folder
from retell.terminal.keys import BINDINGS

PACE_HELP = "Words a minute, 100 to 600, or instant; kept for the next time, unless it comes from RETELL_PACE."


class Reading(click.Command):
    """A command whose help page has the keys, too."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the keys before the options."""
        with formatter.section("Keys"):
            formatter.write_dl([(binding.shown, binding.does) for binding in BINDINGS])
        super().format_options(ctx, formatter)


@click.command(cls=Reading)
@click.argument("part", metavar="[SCENE|PHASE]", default="")
@click.option("--pace", type=PaceType(), envvar="RETELL_PACE", help=PACE_HELP)
@click.option("--auto", is_flag=True, help="Goes on by itself after each passage; the key a switches it.")
@click.option("--restart", is_flag=True, help="From the beginning, without a question where you stopped.")
@click.option("--plain", is_flag=True, help="The whole story at once: no motion, no colour, no keys.")
@WIDTH
@click.pass_context
def read(
    ctx: click.Context, part: str, pace: int | None, auto: bool, restart: bool, plain: bool, width: int | None
) -> int:
    """Read the story, or one scene or phase of it, at a reader's pace.

    The place and the pace are kept for the next evening; reading one scene or phase leaves the place where it is. Into
    a pipe or a file the whole story is told at once, as plain text.

    \b
    Example:
      retell read
      retell read noon-on-sunday --pace 180
      retell read --pace instant | less
    """
    from retell.terminal.reading import perform, tell
    from retell.terminal.wishes import Wishes

    chosen = ctx.get_parameter_source("pace") is ParameterSource.COMMANDLINE
    at_once = plain or not is_reader_there()
    width = page_console(width).width if at_once else width
    wishes = Wishes(part, pace, width, remember=chosen, auto=auto, restart=restart)
    if at_once:
        tell(load(ctx.obj), wishes)
    elif problem := perform(lambda opened: load(ctx.obj, opened), wishes, state_folder()):
        click.echo(f"retell: the place could not be kept: {problem}", err=True)
    return report.DONE
