"""Stage 10, a command: a teacher's wishes in, the handout out."""

from __future__ import annotations

from pathlib import Path

import click

from retell import report
from retell.session import load_fit


@click.command()
@click.option(
    "-o",
    "--output",
    default="handout.md",
    show_default=True,
    metavar="FILE|-",
    help="The file to write; - is standard output.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
@click.pass_obj
def handout(root: Path | None, output: str, force: bool) -> int:
    """Write the story as a class handout in Markdown, for students.

    \b
    Example:
      retell handout -o handout.md
      retell handout -o - | less
    """
    from retell.handout.edition import student_edition
    from retell.handout.markdown import write_markdown
    from retell.handout.writing import write_file

    text = write_markdown(student_edition(load_fit(root)))
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_file(Path(output), text, force=force)
        click.echo(f"{output} written: {len(text.split())} words", err=True)
    return report.DONE
