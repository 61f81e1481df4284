"""Stage 10, a command: a teacher's wishes in, the handout out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from retell import report
from retell.handout.formats import CITES, FORMATS
from retell.session import load_fit

if TYPE_CHECKING:
    from retell.handout.formats import Cite, Format


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    help="The file to write, handout.md or as --to says if none is named; - is standard output.",
)
@click.option(
    "--to",
    type=click.Choice(FORMATS),
    help="Markdown, one web page, or a Word file; without it, as the file's name ends.",
)
@click.option(
    "--cite",
    type=click.Choice(CITES),
    default="codes",
    show_default=True,
    help="Codes as in [C ¶6], footnotes of GitHub's Markdown, or citations for pandoc --citeproc.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
@click.pass_obj
def handout(root: Path | None, output: str | None, to: str | None, cite: str, force: bool) -> int:
    """Write the story as a class handout, for students.

    \b
    Example:
      retell handout -o handout.md
      retell handout -o handout.html
      retell handout --cite footnotes -o - | less
    """
    from retell.handout.edition import student_edition
    from retell.handout.formats import make_file
    from retell.writing import write_file

    form = cast("Format", to or _format_of(output or ""))
    library = load_fit(root)
    data = make_file(library, student_edition(library), form, cast("Cite", cite))
    if output == "-":
        click.echo(data, nl=False)
        return report.DONE
    path = Path(output or f"handout.{form}")
    write_file(path, data, force=force)
    click.echo(f"{path} written", err=True)
    return report.DONE


def _format_of(name: str) -> str:
    """Give the format that a file's name ends in, or Markdown."""
    ending = Path(name).suffix.lower().removeprefix(".")
    return ending if ending in FORMATS else "md"
