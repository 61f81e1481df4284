"""Check a story, and explain a rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.checks import report
from retell.commands.completion import complete
from retell.commands.console import page_console
from retell.commands.held import COPIES, copies_folder, needed
from retell.commands.loading import read
from retell.commands.options import WIDTH, one_story
from retell.files.characters import visible
from retell.problems import DONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.examination import Findings
    from retell.checks.statements import Statement
    from retell.story.library import Library


@click.command()
@click.argument("folder", metavar="[DIR|FILE.zip]", required=False, type=click.Path(path_type=Path))
@COPIES
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For a reader, for a program, or as annotations in a GitHub workflow; the last two go to standard output.",
)
@click.option(
    "--strict", is_flag=True, help="Exit with code 1 for warnings too, and for statements that nobody has read."
)
@click.option("--uncited", is_flag=True, help="List the paragraphs of your copies that nothing cites.")
@click.option("--unread", is_flag=True, help="List the statements that nobody has read beside their paragraphs.")
@click.option("--eye", is_flag=True, help="List the statements that are neither borne out by your copies nor read.")
@click.pass_obj
def check(
    root: Path | None,
    folder: Path | None,
    copies: Path | None,
    form: str,
    strict: bool,
    uncited: bool,
    unread: bool,
    eye: bool,
) -> int:
    """Check every file, name, citation and quotation.

    Problems go to standard error, each with file, line and column. The exit code is 1 if there is an error. With your
    own copies of the sources, every claim is compared with the paragraphs that it cites.

    \b
    Example:
      retell check
      retell check my-story
      retell check --copies my-articles
      retell check --strict --format github
    """
    from retell.checks import check as find_problems
    from retell.checks import in_order
    from retell.checks.evidence.examination import check_with_copies
    from retell.checks.readings import find_unread
    from retell.checks.statements import statements
    from retell.checks.summary import summarise

    root = one_story(root, folder)
    findings = None
    library = read(root)
    listed = statements(library)
    held_in = copies_folder(library.root, copies)
    lists = {"uncited": uncited, "unread": unread, "eye": eye}
    has_copies = bool(held_in or library.documents)
    _refuse_lists([name for name, wanted in lists.items() if wanted], form, needed(library), has_copies=has_copies)
    if has_copies:
        problems, findings = check_with_copies(library, held_in)
        _say_what_was_read(findings)
    else:
        problems = find_problems(library)
    if strict:
        problems = in_order([*problems, *find_unread(library, listed)])
    with report.reader_may_leave():
        report.publish(problems, summarise(library, listed, findings), form)
        if any(lists.values()):
            found = _lists(library, listed, findings, held_in)
            click.echo("".join(text for name, text in found if lists[name]), nl=False)
    return report.exit_code(problems, strict=strict)


def _say_what_was_read(findings: Findings) -> None:
    """Say on standard error in which files the articles were found, unless they are plain text named KEY.txt."""
    for key in findings.copies:
        file = max(findings.files, key=lambda each: len(each.numbers(key)))
        kind = file.page.kind if file.page else ""
        if (file.path.name, kind) != (f"{key}.txt", "plain text"):
            click.echo(f"{key} is read in {visible(file.path.name)}, {kind}", err=True)


def _refuse_lists(wanted: list[str], form: str, help_text: str, *, has_copies: bool) -> None:
    """Raise click.UsageError where a list is wanted that nobody would read, or that there are no copies for."""
    if wanted and form != "text":
        raise click.UsageError(f"--{wanted[0]} is a list to read: leave out --format")
    if not has_copies and (wanted := [name for name in wanted if name != "unread"]):
        raise click.UsageError(f"--{wanted[0]} is a list to read, of your copies: {help_text}")


def _lists(
    library: Library, listed: Sequence[Statement], findings: Findings | None, held_in: Path | None
) -> Iterator[tuple[str, str]]:
    """Yield each list that can be made, by the name of its option."""
    from retell.checks.evidence.uncited import list_uncited
    from retell.checks.listing import list_statements
    from retell.checks.summary import neither, unread_of

    held = findings.copies if findings else {}
    if findings:
        yield "uncited", list_uncited(library, held_in)
    yield "unread", list_statements("read by nobody", library, unread_of(library, listed), held)
    if findings:
        yield "eye", list_statements("neither borne out nor read", library, neither(library, listed, findings), held)


@click.command()
@click.argument("rule", default="", shell_complete=complete("rule"))
@WIDTH
def explain(rule: str, width: int | None) -> int:
    """Explain a rule of the check, with an example.

    The page says what the rule asks, why, and what it cannot see. Without a name, all rules are listed. Each problem
    that the check finds ends with the name of its rule in brackets.

    \b
    Example:
      retell explain
      retell explain loaded-word
    """
    from retell.checks import explain as pages

    pages.show(rule, page_console(width))
    return DONE
