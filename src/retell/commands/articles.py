"""Write the numbered sources, from a reader's own copies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from retell.commands.classroom import TO, choose_format
from retell.commands.completion import FILE, complete
from retell.commands.held import COPIES, hold_needed
from retell.commands.loading import load_told
from retell.commands.options import FORCE
from retell.handout.choices import PAPERS
from retell.problems import DONE

if TYPE_CHECKING:
    from retell.handout.choices import Format, Paper


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=complete("article"))
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    help="The file to write; by default articles.md. - is standard output.",
    shell_complete=complete(also=FILE),
)
@click.option("--cited", is_flag=True, help="Only the paragraphs that the story cites.")
@click.option(
    "--lines", type=click.IntRange(0, 9), default=0, help="How many lines for notes to leave after each paragraph."
)
@TO
@click.option("--paper", type=click.Choice(PAPERS), help="The page size of HTML and Word, as for 'handout'.")
@COPIES
@FORCE
@click.pass_obj
def articles(
    root: Path | None,
    codes: tuple[str, ...],
    output: str | None,
    cited: bool,
    lines: int,
    to: str | None,
    paper: str | None,
    copies: Path | None,
    force: bool,
) -> int:
    """Write the sources with numbered paragraphs, for printing.

    They come from your own copies. Beside each paragraph stand its code and the scenes that cite it, and each source
    begins on a new page. Whether you may copy them for a class is for you to find out.

    \b
    Example:
      retell articles -o articles.html
      retell articles C E --cited --lines 2 -o notes.docx
    """
    from retell.files.atomic import write_file
    from retell.handout.articles import Selection, make_articles
    from retell.handout.writers.formats import FileOptions, write_document

    form = choose_format(output, cast("Format | None", to))
    told = load_told(root)
    holding = hold_needed(told.root, told.sources, told.documents, copies)
    document = make_articles(told, holding.copies, Selection(codes, cited, lines))
    data = write_document(told, document, FileOptions(form, paper=cast("Paper | None", paper)))
    if output == "-":
        click.echo(data, nl=False)
        return DONE
    path = Path(output or f"articles.{form}")
    write_file(path, data, force=force, story=told.root)
    click.echo(f"{path} written", err=True)
    return DONE
