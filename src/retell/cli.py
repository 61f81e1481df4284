"""Read the arguments and run a command; every mistake of a user ends in clear words."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from copy import copy
from importlib import import_module
from io import StringIO
from typing import NoReturn

import click

from retell import __version__
from retell.commands.options import STORY
from retell.files.characters import visible
from retell.problems import (
    DONE,
    FOUND,
    INTERRUPTED,
    WRONG_USAGE,
    RetellError,
    StoryUnfitError,
    UnknownNameError,
    closest,
)

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 90}
# the order of the help page; a command's module is imported only when it is run, for the first line must not wait
MODULES = {
    "read": "reading",
    "handout": "classroom",
    "sources": "lookup",
    "compare": "lookup",
    "timeline": "lookup",
    "map": "lookup",
    "voices": "lookup",
    "check": "checking",
    "explain": "checking",
    "new": "authoring",
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
        if args[0] not in MODULES and not ctx.resilient_parsing and (close := closest(args[0], MODULES)):
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{close}'?")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, params=[STORY], invoke_without_command=True, context_settings=HELP)
@click.version_option(__version__, "--version", message="retell %(version)s")
@click.pass_context
def retell(ctx: click.Context) -> None:
    """Tell a disputed piece of history; every sentence points to a paragraph of an article.

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
            from retell.terminal.layout.ascii import fall_back  # noqa: PLC0415 - nearly every stream can show all characters

            fall_back(stream)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code: int | str | None
    try:
        code = _run()
    except SystemExit as ended:  # so rich and click end a program whose reader has gone, and only they with this code
        code = DONE if ended.code == FOUND else ended.code
    except BrokenPipeError:
        code = DONE
    except OSError as error:
        _say(f"{error.filename or 'standard output'}: {error.strerror}")
        code = FOUND
    _let_go()
    sys.exit(code)


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
    except StoryUnfitError as error:
        from rich.console import Console  # noqa: PLC0415 - only a story with faults needs it

        from retell.checks import report  # noqa: PLC0415

        with report.reader_may_leave():
            report.show(error.problems, Console(stderr=True))
        _say(f"{error}: {report.summary(error.problems)}")
        return FOUND
    except RetellError as error:
        _say(str(error))
        return WRONG_USAGE if isinstance(error, UnknownNameError) else FOUND
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED


class _Page(StringIO):
    """A page of text that keeps what click takes out where nobody sees it, so that it can be written out."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def _show_usage(error: click.ClickException) -> None:
    """Show what is wrong with the arguments, and of them nothing that a terminal would obey."""
    page = _Page()
    error.show(page)
    with suppress(OSError):
        click.echo("\n".join(map(visible, page.getvalue().split("\n"))), err=True, nl=False)


def _say(message: str) -> None:
    with suppress(OSError):
        click.echo(f"retell: {visible(message)}", err=True)


def _let_go() -> None:
    """Flush both streams; what cannot be written any more is dropped, so that Python does not try it again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream and not stream.closed:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
