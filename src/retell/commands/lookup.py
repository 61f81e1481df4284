"""Stage 10, commands: what lies behind the story, a page each: its articles, its voices."""

from __future__ import annotations

from pathlib import Path

import click

from retell import report
from retell.options import WIDTH
from retell.session import load_fit, page_console


@click.command()
@click.argument("key", default="")
@WIDTH
@click.pass_obj
def sources(root: Path | None, key: str, width: int | None) -> int:
    """List the articles, or show all that is known of one, by its key or code.

    \b
    Example:
      retell sources
      retell sources C
      retell sources moscow-times
    """
    from retell import catalogue

    catalogue.show(load_fit(root), key, page_console(width))
    return report.DONE


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@WIDTH
@click.pass_obj
def voices(root: Path | None, form: str, width: int | None) -> int:
    """Show who speaks: which side and voice, how often in each phase, and through which article.

    \b
    Example:
      retell voices
      retell voices --format json
    """
    from retell import voices as page

    library = load_fit(root)
    if form == "json":
        click.echo(page.to_json(library).encode(), nl=False)
    else:
        page.show(library, page_console(width))
    return report.DONE
