"""Hold what a reader asked for on the command line."""

from __future__ import annotations

from pathlib import Path

import msgspec

WORDS, PHRASES, PASSAGES = "words", "phrases", "passages"
WAYS = (WORDS, PHRASES, PASSAGES)
"""How a text is revealed, in the order of how much comes at once."""


class ReadOptions(msgspec.Struct, frozen=True):
    """What the reader asked for: a scene or phase, a pace in words a minute (0: at once), a width in columns.

    With `remember` the pace is kept for the next time; `auto` goes on by itself; `restart` passes the bookmark over;
    `copies` is where the reader's copies of the articles are, if they have any; `reveal` is how much comes at once, one
    of WAYS, or nothing: as the last time.
    """

    part: str = ""
    pace: int | None = None
    width: int | None = None
    remember: bool = False
    auto: bool = False
    restart: bool = False
    reveal: str = ""
    copies: Path | None = None

    @property
    def scene(self) -> str:
        """The scene or phase, without the number of a beat."""
        return self.part.partition("#")[0]

    @property
    def beat(self) -> int:
        """The number of the beat to begin with, from 0; 0 too where none is named."""
        number = self.part.partition("#")[2]
        return int(number) - 1 if number.isascii() and number.isdecimal() and len(number) < 6 and int(number) else 0
