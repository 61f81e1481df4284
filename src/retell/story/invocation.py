"""What a user types so that a command is about this story."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from retell.files.characters import visible
from retell.problems import MOST_LETTERS
from retell.story.filenames import slug
from retell.story.library import shipped_root


def call(root: Path) -> str:
    """Return how a command line begins, up to the command: `retell`, or with the story where it is another one."""
    if os.path.realpath(root) == os.path.realpath(shipped_root()):
        return "retell"
    return f"retell --story {quote(root)}"


def beginning(root: Path, kind: str, name: str) -> str:
    """Return the command that begins a scene or a card of a story under such a name; nothing where there is none."""
    if os.path.isfile(root) or call(root) == "retell":  # noqa: PTH113 - unlike Path, it never raises
        return ""  # nothing is written into a zip, nor into the shipped story
    meant = slug(name)
    return f"{call(root)} new {kind} {meant}" if meant and len(meant) <= MOST_LETTERS else ""


def quote(path: Path, system: str = sys.platform) -> str:
    """Return a path as it is typed in a shell of the system: as it is where it can be, else in quotation marks."""
    from shlex import quote as quote_for_shell  # noqa: PLC0415 - the first line of a telling does not wait for it

    text = visible(str(path))
    if system != "win32":
        return quote_for_shell(text)
    return text if quote_for_shell(text.replace("\\", "/")) == text.replace("\\", "/") else f'"{text}"'
