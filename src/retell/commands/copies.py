"""List which of the articles a reader has, and find in them who says a thing."""

from __future__ import annotations

from pathlib import Path

import click

from retell.commands.completion import FILE, complete
from retell.commands.console import page_console
from retell.commands.held import COPIES, CopiesType, copies_folder, file_of_memory, hold_needed
from retell.commands.loading import load_told, read
from retell.commands.options import WIDTH
from retell.problems import DONE, FOUND, RetellError


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=CopiesType(), shell_complete=complete(also=FILE))
@click.option("--forget", is_flag=True, help="Forget the folder remembered for this story.")
@WIDTH
@click.pass_obj
def copies(root: Path | None, folder: Path | None, forget: bool, width: int | None) -> int:
    """Show which sources you have, and remember where.

    DIR holds the sources as you saved them: web pages, PDF, Word or plain text, under any names. Only the name of
    the folder is remembered, and for this story alone; nothing is downloaded, and no text is stored.

    \b
    Example:
      retell copies my-articles
      retell copies
      retell copies --forget
    """
    from retell.copies import remembered, saved
    from retell.story.kinds import noun_for
    from retell.story.library import forms
    from retell.terminal.pages import copies as page

    library = read(root)
    memory = file_of_memory(library.root)
    if forget:
        if folder:
            raise click.UsageError("--forget ends what is remembered: no folder goes with it")
        ended = remembered.forget(memory)
        click.echo("the folder of copies is forgotten" if ended else "no folder of copies was remembered", err=True)
        return DONE
    where = copies_folder(library.root, folder)
    if where is None and not library.documents:
        click.echo("no folder of copies is remembered for this story: retell copies DIR", err=True)
        return DONE
    holding = saved.hold_for(library, where)
    page.show(library, holding, page_console(width))
    if not folder:
        return DONE
    if library.sources and not any(file.held for file in holding.files if not file.only):
        some = noun_for(forms(library.sources)).some
        raise RetellError(f"no file in {folder} holds a paragraph of {some}, so it is not remembered")
    remembered.remember(memory, folder)
    click.echo(f"{folder} is remembered for this story; 'retell copies --forget' ends that", err=True)
    return DONE


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--in", "code", metavar="CODE", default="", help="Look in this source only, named by its code or key.")
@click.option(
    "--most", type=click.IntRange(1, 999), default=5, show_default=True, help="How many paragraphs to show, at most."
)
@COPIES
@WIDTH
@click.pass_obj
def find(
    root: Path | None, words: tuple[str, ...], code: str, most: int, copies: Path | None, width: int | None
) -> int:
    """Find the paragraphs of the sources that say something.

    It looks in your own copies and shows the best match first. Other forms of a word are found too; words in quotation
    marks must stand there exactly. The exit code is 1 if nothing is found.

    \b
    Example:
      retell find forty tons of flour
      retell find '"gross violation"' --in C
    """
    from retell.terminal.pages import found as page
    from retell.terminal.pages.sources import find as find_source

    told = load_told(root)
    keys = {find_source(told, code).article.key} if code else set()
    query = page.Query(" ".join(words), frozenset(keys), most)
    held = hold_needed(told.root, told.sources, told.documents, copies)
    return DONE if page.show(told, held, query, page_console(width)) else FOUND
