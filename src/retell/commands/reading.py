"""Stage 10, a command: a reader's wishes in, the story told in the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from retell import report
from retell.options import WIDTH, PaceType
from retell.session import is_terminal, load


@click.command()
@click.argument("part", metavar="[SCENE|PHASE]", default="")
@click.option("--pace", type=PaceType(), envvar="RETELL_PACE", help="Words a minute, 100 to 600, or instant.")
@click.option("--plain", is_flag=True, help="The whole story at once: no motion, no colour, no keys.")
@WIDTH
@click.pass_obj
def read(root: Path | None, part: str, pace: int | None, plain: bool, width: int | None) -> int:
    """Read the story, or one scene or phase of it, at a reader's pace.

    Into a pipe or a file the whole story is told at once, as plain text.

    \b
    Example:
      retell read
      retell read noon-on-sunday --pace 180
      retell read --pace instant | less
    """
    from retell.terminal.reading import Wishes, perform, tell

    wishes = Wishes(part, pace, width)
    if is_terminal(sys.stdout) and is_terminal(sys.stdin) and os.environ.get("TERM") != "dumb" and not plain:
        perform(lambda opened: load(root, opened), wishes)
    else:
        tell(load(root), wishes)
    return report.DONE
