"""Read the story that a command is given, and say which one it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.story import library as library_module
from retell.story.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.story.library import Library
    from retell.story.model import Story


def read(root: Path | None, opened: Callable[[Story], None] | None = None) -> Library:
    """Read a story whole, with what is wrong with its files. See `library.load` for `opened`."""
    return library_module.load(root or library_module.shipped_root(), opened)


def load(root: Path | None, opened: Callable[[Story], None] | None = None) -> Library:
    """Read a story whole; raises StoryUnfitError when its files cannot be read. See `library.load` for `opened`."""
    library = read(root, opened)
    if library.problems:
        from retell.checks import fit

        fit(library)
    return library


def load_fit(root: Path | None) -> Library:
    """Read a story that can be told, and `say_which`; raises StoryUnfitError when it cannot be told."""
    from retell.checks import fit

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
