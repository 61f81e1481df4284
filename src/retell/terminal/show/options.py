"""Hold what a reader asked for on the command line."""

from __future__ import annotations

from pathlib import Path

import msgspec


class ReadOptions(msgspec.Struct, frozen=True):
    """What the reader asked for: a scene or phase, a pace in words a minute (0: at once), a width in columns.

    With `remember` the pace is kept for the next time; `auto` goes on by itself; `restart` passes the bookmark over.
    `copies` is where the reader's copies of the articles are, if they have any.
    """

    part: str = ""
    pace: int | None = None
    width: int | None = None
    remember: bool = False
    auto: bool = False
    restart: bool = False
    copies: Path | None = None
