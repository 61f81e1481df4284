"""Read the story that a command is given, and say which one it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.problems import RetellError
from retell.story.library import BESIDE, load, shipped_root
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.story.library import Library
    from retell.story.model import Story
    from retell.story.told import Told


def read(root: Path | None) -> Library:
    """Read a story, or the shipped one, with what is wrong with its files, and `say_which`."""
    library = load(root or shipped_root())
    if library.story:
        say_which(root, library.story.form.title)
    return library


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


def story_here(root: Path | None) -> Path | None:
    """Return the story that is named, or else the one in the current folder; None where neither is."""
    return root or (Path() if is_story_here() else None)


def refuse_zip(root: Path) -> None:
    """Raise RetellError for a story in a zip, into which nothing is written."""
    if root.is_file():
        raise RetellError(f"{root} is a zip, and nothing is written into one: unpack it first")


def is_story_here() -> bool:
    """Return whether a story that is not the shipped one lies in the current folder."""
    here = Path()
    if not all((here / part).is_dir() for part in ("story", "cards")):
        return False
    return not here.samefile(shipped_root())
