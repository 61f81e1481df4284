"""Find out who reads and where: whether a reader is there, what the stream can show, where places are kept."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from rich.console import Console

PLAIN_COLUMNS = 80
LEAST_COLUMNS = 10  # a narrower window breaks the lines itself: there is no room for an indent and a word
SIZE = re.compile("[1-9][0-9]{0,4}")
DRAWN_WITH = "─●░█"


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a reader is at this stream; it is None, or closed, in a process that was started without it."""
    return stream is not None and not stream.closed and stream.isatty()


def draws_in_ascii(stream: TextIO | None) -> bool:
    """Return whether drawings on this stream must do with ASCII: its encoding has no characters for more."""
    if stream is None:  # nobody will see them
        return False
    try:
        DRAWN_WITH.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def is_reader_there() -> bool:
    """Return whether a reader sits at a terminal that can do more than print."""
    return is_terminal(sys.stdout) and is_terminal(sys.stdin) and os.environ.get("TERM") != "dumb"


def state_folder() -> Path:
    """Return the folder in which a reader's places are kept: RETELL_STATE, or the system's own for such things.

    On Linux and its like that is XDG_STATE_HOME (https://specifications.freedesktop.org/basedir-spec/latest/).
    """
    if chosen := os.environ.get("RETELL_STATE"):
        return Path(chosen)
    if sys.platform in ("win32", "darwin"):
        return Path(click.get_app_dir("retell"))
    chosen = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111 - never raises
    return Path(os.devnull if chosen.startswith("~") else chosen) / "retell"  # where nobody has a home, nothing is kept


def heed_sizes(environment: MutableMapping[str, str]) -> None:
    """Take out of an environment what is said of the window's size and is no size: the terminal itself is asked."""
    for name in ("COLUMNS", "LINES"):
        if not SIZE.fullmatch(environment.get(name, "1")):
            del environment[name]


def heed_colour(environment: MutableMapping[str, str]) -> None:
    """Make of FORCE_COLOR=0 the same wish as NO_COLOR, which stands above any FORCE_COLOR.

    https://force-color.org and https://no-color.org; many build systems set FORCE_COLOR=0 where nobody wants colours.
    """
    if environment.get("FORCE_COLOR", "").lower() in ("0", "false", "no", "off"):
        environment["NO_COLOR"] = "1"
    if environment.get("NO_COLOR"):
        environment.pop("FORCE_COLOR", None)


def page_console(width: int | None) -> Console:
    """Return a console for a page of text: as wide as the terminal (or `width`, in columns), and plain in a pipe."""
    from rich.console import Console
    from rich.theme import Theme

    from retell.terminal.layout.roles import rich_styles, theme_of

    if is_terminal(sys.stdout):
        theme = Theme(rich_styles(theme_of(os.environ)))
        console = Console(width=width, theme=theme)
        return console if console.width >= LEAST_COLUMNS else Console(width=LEAST_COLUMNS, theme=theme)
    return Console(width=width or PLAIN_COLUMNS, color_system=None, force_terminal=False)
