"""Stage 9, beneath the commands: what each of them is given: a story, a console, whether a reader is there."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from retell import library as library_module
from retell.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from retell.library import Library
    from retell.model import Story

PLAIN_COLUMNS = 80
DRAWN_WITH = "─●░█"


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether a reader is at this stream; it is None, or closed, in a process that was started without it."""
    return stream is not None and not stream.closed and stream.isatty()


def draws_in_ascii(stream: TextIO | None) -> bool:
    """Say whether drawings on this stream must do with ASCII: its encoding has no characters for more."""
    if stream is None:  # nobody will see them
        return False
    try:
        DRAWN_WITH.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def is_reader_there() -> bool:
    """Say whether a reader sits at a terminal that can do more than print."""
    return is_terminal(sys.stdout) and is_terminal(sys.stdin) and os.environ.get("TERM") != "dumb"


def state_folder() -> Path:
    """Give the folder in which a reader's places are kept: RETELL_STATE, or the system's own for such things.

    On Linux and its like that is XDG_STATE_HOME (https://specifications.freedesktop.org/basedir-spec/latest/).
    """
    if chosen := os.environ.get("RETELL_STATE"):
        return Path(chosen)
    if sys.platform in ("win32", "darwin"):
        return Path(click.get_app_dir("retell"))
    chosen = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111 - never raises
    return Path(os.devnull if chosen.startswith("~") else chosen) / "retell"  # where nobody has a home, nothing is kept


def page_console(width: int | None) -> Console:
    """Give a console for a page of text: as wide as the terminal (or `width`, in columns), and plain in a pipe."""
    from rich.console import Console  # noqa: PLC0415 - a handout is written without it

    if is_terminal(sys.stdout):
        return Console(width=width)
    return Console(width=width or PLAIN_COLUMNS, color_system=None, force_terminal=False)


@contextmanager
def keep_all() -> Iterator[None]:
    """Look for no garbage meanwhile: a story is many small objects that all stay, and looking takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def read(root: Path | None, opened: Callable[[Story], None] | None = None) -> Library:
    """Read a story whole, with what is wrong with its files. See `library.load` for `opened`."""
    with keep_all():
        return library_module.load(root or library_module.shipped_root(), opened)


def load(root: Path | None, opened: Callable[[Story], None] | None = None) -> Library:
    """Read a story whole; raises StoryUnfitError when its files cannot be read. See `library.load` for `opened`."""
    library = read(root, opened)
    if library.problems:
        from retell.checks import fit  # noqa: PLC0415 - only a story with faults pays for it

        fit(library)
    return library


def load_fit(root: Path | None) -> Library:
    """Read a story that can be told, and `say_which`; raises StoryUnfitError when it cannot be told."""
    from retell.checks import fit  # noqa: PLC0415 - the first line of a telling does not wait for it

    library = load(root)
    say_which(root, library)
    return fit(library)


def say_which(root: Path | None, library: Library) -> None:
    """Say on standard error that this is the shipped story, where none was named and another lies in this folder."""
    if root is not None or library.story is None or not _is_story_here():
        return
    command = click.get_current_context().info_name
    title = set_line(library.story.form.title)
    click.echo(f"this is {title}; for the story in this folder: retell --story . {command}", err=True)


def _is_story_here() -> bool:
    here = Path()
    if not all((here / part).is_dir() for part in ("story", "cards")):
        return False
    return not here.samefile(library_module.shipped_root())
