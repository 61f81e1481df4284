"""What a user types so that a command is about this story."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from retell.files.characters import visible
from retell.story.library import shipped_root

if TYPE_CHECKING:
    from pathlib import Path


def call(root: Path) -> str:
    """Return how a command line begins, up to the command: `retell`, or with the story where it is another one."""
    if os.path.realpath(root) == os.path.realpath(shipped_root()):
        return "retell"
    return f"retell --story {quote(root)}"


def quote(path: Path, system: str = sys.platform) -> str:
    """Return a path as it is typed in a shell of the system: as it is where it can be, else in quotation marks."""
    from shlex import quote as quote_for_shell  # noqa: PLC0415 - the first line of a telling does not wait for it

    text = visible(str(path))
    if system != "win32":
        return quote_for_shell(text)
    return text if quote_for_shell(text.replace("\\", "/")) == text.replace("\\", "/") else f'"{text}"'
