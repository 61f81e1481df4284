"""Check a story, and explain a rule."""

from __future__ import annotations

from pathlib import Path

import click

from retell.checks import report
from retell.commands.console import page_console
from retell.commands.held import COPIES, NEEDED, copies_folder
from retell.commands.loading import read, say_which
from retell.commands.options import WIDTH, one_story
from retell.problems import DONE


@click.command()
@click.argument("folder", metavar="[DIR|FILE.zip]", required=False, type=click.Path(path_type=Path))
@COPIES
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For a reader, for a program, or as annotations of a GitHub workflow; the last two to standard output.",
)
@click.option("--strict", is_flag=True, help="Exit code 1 for a warning, too, and for what nobody has read.")
@click.option("--uncited", is_flag=True, help="Lists the paragraphs of your copies that nothing cites.")
@click.pass_obj
def check(root: Path | None, folder: Path | None, copies: Path | None, form: str, strict: bool, uncited: bool) -> int:
    """Check every file, name, citation and quotation.

    Problems go to standard error, with file, line and column. Exit code 1 when there is an error. With your own copies
    of the articles, every claim is held against the paragraphs that it cites.

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
    from retell.checks.readings import unread
    from retell.checks.statements import statements
    from retell.checks.summary import evidence_of, summarise

    root = one_story(root, folder)
    evidence = None
    library = read(root)
    say_which(root, library)
    listed = statements(library)
    problems = find_problems(library)
    if strict:
        problems = in_order([*problems, *unread(library, listed)])
    held_in = copies_folder(library.root, copies)
    if uncited and (form != "text" or held_in is None):
        raise click.UsageError(f"--uncited is a list to read, of your copies: {NEEDED}")
    if held_in:
        findings = prove(library, held_in)
        problems = in_order([*problems, *findings.problems])
        evidence = evidence_of(findings)
    with report.reader_may_leave():
        report.publish(problems, summarise(library, evidence), form)
        if uncited and held_in:
            from retell.checks.evidence.uncited import list_uncited

            click.echo(list_uncited(library, held_in), nl=False)
    return report.exit_code(problems, strict=strict)


@click.command()
@click.argument("rule", default="")
@WIDTH
def explain(rule: str, width: int | None) -> int:
    """Explain a rule of the check, with an example.

    What it looks at, and why, and what it cannot prove. Without a rule, all of them are listed. The name of a rule
    stands in brackets behind each problem.

    \b
    Example:
      retell explain
      retell explain loaded-word
    """
    from retell.checks import explain as pages

    pages.show(rule, page_console(width))
    return DONE
