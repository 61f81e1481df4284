"""Read the arguments and run a command; every mistake of a user ends in clear words."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from copy import copy
from importlib import import_module
from io import StringIO
from typing import NoReturn, TextIO

import click

from retell import __version__
from retell.commands.console import heed_colour, heed_sizes
from retell.commands.options import STORY

DONE, FOUND, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130  # those of `problems`, which `--version` does not wait for
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 90}
# the order of the help page; what a command needs is imported only when it is run, for the first line must not wait
MODULES = {
    "read": "reading",
    "handout": "classroom",
    "articles": "articles",
    "sources": "lookup",
    "compare": "lookup",
    "timeline": "lookup",
    "map": "lookup",
    "voices": "lookup",
    "copies": "copies",
    "find": "copies",
    "check": "checking",
    "explain": "checking",
    "review": "reviewing",
    "new": "beginning",
    "fingerprint": "authoring",
    "preview": "authoring",
    "schema": "authoring",
    "pack": "authoring",
}


class Commands(click.Group):
    """The commands of MODULES, each with the option --story, which stands before a command or behind it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is none of that name."""
        if cmd_name not in MODULES:
            return None
        command = copy(getattr(import_module(f"retell.commands.{MODULES[cmd_name]}"), cmd_name))
        assert isinstance(command, click.Command)
        command.params = [*command.params, STORY]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named; a misspelt one is answered with the nearest."""
        if args[0] not in MODULES and not ctx.resilient_parsing:
            from retell.problems import closest

            if close := closest(args[0], MODULES):
                ctx.fail(f"No such command '{args[0]}'. Did you mean '{close}'?")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    params=[STORY],
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
    context_settings=HELP,
)
@click.version_option(__version__, "--version", message="retell %(version)s")
@click.pass_context
def retell(ctx: click.Context) -> None:
    """Tell a disputed piece of history; every sentence points to a paragraph of a source.

    Without a command, the story is read here in the terminal.

    \b
    Example:
      retell
      retell --story my-story read
    """
    if ctx.invoked_subcommand is None:
        read = retell.get_command(ctx, "read")
        assert read is not None, "it is in the table"
        with read.make_context("read", [], parent=ctx) as reading:
            read.invoke(reading)


def main() -> NoReturn:
    """Run the command line; every mistake of a user ends in one line or a list of problems, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if stream and stream.encoding.lower().replace("-", "") != "utf8":
            from retell.terminal.layout.ascii import fall_back

            fall_back(stream)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    heed_sizes(os.environ)
    heed_colour(os.environ)
    code = _end(sys.stdout)
    _let_go()
    sys.exit(code)


def _end(stream: TextIO | None) -> int | str | None:
    """Run the command, and say what ended it that no command expects; returns the exit code."""
    try:
        return _run()
    except SystemExit as ended:
        # a reader who has gone: rich ends the program then, and click, which puts another stream in place of ours
        has_gone = sys.stdout is not stream or isinstance(ended.__context__, BrokenPipeError)
        return DONE if has_gone else ended.code
    except BrokenPipeError:
        return DONE
    except OSError as error:
        _say(f"{error.filename or _place()}: {error.strerror}")
    except MemoryError:
        _say("there is not enough memory for this")
    except RecursionError:
        _say("this is nested more deeply than can be told")
    return FOUND


def _run() -> int:
    """Run the command; its exit code."""
    try:
        code = int(retell.main(standalone_mode=False) or DONE)
        if sys.stdout:
            with suppress(BrokenPipeError):
                sys.stdout.flush()  # a full disk may be told of only now
        return code
    except click.ClickException as error:
        _show_usage(error)
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError:
        raise
    except Exception as error:
        return _explain(error)


def _explain(error: Exception) -> int:
    """Print why a command cannot go on and return its exit code; any other error is raised again.

    A shell that completes a line with settings that are none gets nothing, for its user is in the middle of that line.
    """
    from retell.problems import RetellError, StoryUnfitError, UnknownNameError

    if not isinstance(error, RetellError):
        if "_RETELL_COMPLETE" in os.environ:
            return FOUND
        raise error
    if not isinstance(error, StoryUnfitError):
        _say(str(error))
        return WRONG_USAGE if isinstance(error, UnknownNameError) else FOUND
    from rich.console import Console

    from retell.checks import report

    with report.reader_may_leave():
        report.show(error.problems, Console(stderr=True))
    _say(f"{error}: {report.summary(error.problems)}")
    return FOUND


class _Page(StringIO):
    """A page of text that keeps what click takes out where nobody sees it, so that it can be written out."""

    def isatty(self) -> bool:
        """Return True."""
        return True


def _show_usage(error: click.ClickException) -> None:
    """Show what is wrong with the arguments, and of them nothing that a terminal would obey."""
    from retell.files.characters import visible
    from retell.story.typography import isolate

    page = _Page()
    error.show(page)
    with suppress(OSError):
        lines = [isolate(visible(line)) for line in page.getvalue().split("\n")]
        click.echo("\n".join(lines), err=True, nl=False)


def _place() -> str:
    """Return what an error without a name is about: the current folder where it is gone, or else standard output."""
    try:
        os.getcwd()  # noqa: PTH109
    except OSError:
        return "the current folder"
    return "standard output"


def _say(message: str) -> None:
    from retell.files.characters import visible
    from retell.story.typography import isolate

    with suppress(OSError):
        click.echo(f"retell: {isolate(visible(message))}", err=True)


def _let_go() -> None:
    """Flush both streams; what cannot be written any more is dropped, so that Python does not try it again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream and not stream.closed:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
