"""Stage 10, commands: what an author needs to write a story."""

from __future__ import annotations

from pathlib import Path

import click

from retell import report


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def fingerprint(file: Path) -> int:
    """Print the fingerprints of an article's paragraphs, for its source card.

    Where lines are labelled "[1] ...", those are the paragraphs; otherwise each line is one.

    \b
    Example:
      retell fingerprint moscow-times.txt
    """
    from retell import copies

    text = copies.read_text(file)
    click.echo("paragraphs:")
    for number, paragraph in enumerate(copies.number_paragraphs(text), 1):
        click.echo(f"  - {copies.fingerprint(paragraph)} # {number}")
    return report.DONE
