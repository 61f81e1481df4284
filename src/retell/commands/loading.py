"""Read the story that a command is given, and say which one it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.story.library import BESIDE, load, shipped_root
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.story.library import Library
    from retell.story.model import Story
    from retell.story.told import Told


def read(root: Path | None) -> Library:
    """Read a story, or the shipped one, with what is wrong with its files."""
    return load(root or shipped_root())


def load_told(root: Path | None, opened: Callable[[Story], None] | None = None) -> Told:
    """Read a story that can be told, and `say_which`; raises StoryUnfitError when it cannot be told.

    Where `opened` is given, it is called with story.yaml before the rest is read (see `load`) and says which story;
    what stands beside the story is not read then.
    """
    library = load(root or shipped_root(), opened, BESIDE if opened else ("readings",))
    from retell.checks import fit

    told = fit(library)
    if opened is None:
        say_which(root, told.story.title)
    return told


def say_which(root: Path | None, title: str) -> None:
    """Print on standard error that this is the shipped story, where none was named and another lies in this folder."""
    if root is not None or not is_story_here():
        return
    command = click.get_current_context().info_name
    click.echo(f"this is {set_line(title)}; for the story in this folder: retell --story . {command}", err=True)


def is_story_here() -> bool:
    """Return whether a story that is not the shipped one lies in the current folder."""
    here = Path()
    if not all((here / part).is_dir() for part in ("story", "cards")):
        return False
    return not here.samefile(shipped_root())
