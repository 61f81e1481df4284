"""The last stage: arguments in, one of the commands out; it passes clock, keyboard, console and paths to the rest."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click
from rich.console import Console

from retell import library as library_module
from retell import report
from retell.options import WIDTH, PaceType
from retell.problems import RetellError, StoryUnfitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.library import Library
    from retell.model import Story

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 90}
PLAIN_COLUMNS = 80


@click.group(invoke_without_command=True, context_settings=HELP)
@click.option(
    "--story",
    "root",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder that holds story/ and cards/; without it, the shipped story.",
)
@click.version_option(None, "--version", package_name="retell", message="retell %(version)s")
@click.pass_context
def retell(ctx: click.Context, root: Path | None) -> None:
    """Tell a disputed piece of history; every sentence points to a paragraph of an article.

    Without a command, the story is read here in the terminal.

    \b
    Example:
      retell
      retell --story my-story read
    """
    ctx.obj = root
    if ctx.invoked_subcommand is None:
        with read.make_context("read", [], parent=ctx) as reading:  # unlike ctx.invoke, this reads RETELL_PACE
            read.invoke(reading)


@retell.command()
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
    if _is_terminal(sys.stdout) and _is_terminal(sys.stdin) and os.environ.get("TERM") != "dumb" and not plain:
        perform(lambda opened: _load(root, opened), wishes)
    else:
        tell(_load(root), wishes)
    return report.DONE


@retell.command()
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
    from retell.checks import fit
    from retell.handout.edition import student_edition
    from retell.handout.markdown import write_markdown
    from retell.handout.writing import write_file

    text = write_markdown(student_edition(fit(_load(root))))
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_file(Path(output), text, force=force)
        click.echo(f"{output} written: {len(text.split())} words", err=True)
    return report.DONE


@retell.command()
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
    from retell.checks import fit

    catalogue.show(fit(_load(root)), key, _console(width))
    return report.DONE


@retell.command()
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
    from retell.checks import fit

    library = fit(_load(root))
    if form == "json":
        click.echo(page.to_json(library).encode(), nl=False)
    else:
        page.show(library, _console(width))
    return report.DONE


@retell.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--copies",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Your own copies of the articles, as KEY.txt: every claim is held against the paragraphs that it cites.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For a reader, for a program, or as annotations of a GitHub workflow; the last two to standard output.",
)
@click.option("--strict", is_flag=True, help="Exit code 1 for a warning, too.")
@click.pass_obj
def check(root: Path | None, folder: Path | None, copies: Path | None, form: str, strict: bool) -> int:
    """Check a story: every file, name, paragraph, citation and quotation.

    Problems go to standard error, with file, line and column. Exit code 1 when there is an error.

    \b
    Example:
      retell check
      retell check my-story
      retell check --copies my-articles
      retell check --strict --format github
    """
    from retell.checks import check as find_problems
    from retell.checks import in_order
    from retell.checks.evidence import prove
    from retell.summary import evidence_of, summarise

    library = library_module.load(folder or root or library_module.shipped_root())
    problems = find_problems(library)
    evidence = None
    if copies:
        findings = prove(library, copies)
        problems = in_order([*problems, *findings.problems])
        evidence = evidence_of(findings)
    report.publish(problems, summarise(library, evidence), form)
    return report.exit_code(problems, strict=strict)


@retell.command()
@click.argument("rule", default="")
@WIDTH
def explain(rule: str, width: int | None) -> int:
    """Explain a rule of the check: what it looks at, why, an example, and what it cannot prove.

    Without a rule, all of them are listed. The name of a rule stands in brackets behind each problem.

    \b
    Example:
      retell explain
      retell explain loaded-word
    """
    from retell import manual

    manual.show(rule, _console(width))
    return report.DONE


@retell.command()
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


def _is_terminal(stream: TextIO | None) -> bool:
    """Say whether a reader is at this stream; it is None, or closed, in a process that was started without it."""
    return stream is not None and not stream.closed and stream.isatty()


def _console(width: int | None) -> Console:
    """Give a console for a page of text: as wide as the terminal, and plain in a pipe."""
    if _is_terminal(sys.stdout):
        return Console(width=width)
    return Console(width=width or PLAIN_COLUMNS, color_system=None, force_terminal=False)


def _load(root: Path | None, opened: Callable[[Story], None] | None = None) -> Library:
    """Read a story whole; raises StoryUnfitError when its files cannot be read. See `library.load` for `opened`."""
    gc.disable()  # a story is made of many small objects that all stay; looking for garbage in them takes half the time
    try:
        library = library_module.load(root or library_module.shipped_root(), opened)
    finally:
        gc.freeze()
        gc.enable()
    if library.problems:
        from retell.checks import fit

        fit(library)
    return library


def main() -> NoReturn:
    """Run the command line; every mistake of a user ends in one line or a list of problems, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(retell.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(report.WRONG_USAGE)
    except StoryUnfitError as error:
        report.show(error.problems, Console(stderr=True))
        click.echo(f"retell: {error}: {report.summary(error.problems)}", err=True)
        sys.exit(report.FOUND)
    except RetellError as error:
        click.echo(f"retell: {error}", err=True)
        sys.exit(report.FOUND)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(report.INTERRUPTED)


if __name__ == "__main__":
    main()
