"""Turn a pace in words a minute into seconds; the steps between the slowest and the fastest stand here."""

from __future__ import annotations

from typing import NamedTuple

SLOWEST, FASTEST, STEP = 100, 600, 20  # design: 100 to 600 words a minute
AT_ONCE = 0  # how a wish for no motion is written where a number is asked for
LEAST_REST = 2.0  # seconds that a reader has in auto mode, however short a beat is
LEAST_TURN = 0.5  # seconds for which a full window rests whose words were told in time
SCENE_BREATH = 4.0  # a reader breathes after a scene's heading, in words


class Pace(NamedTuple):
    """How fast words appear, in words a minute; None is at once. `own` is the story's pace, for what comes at once."""

    words_a_minute: int | None
    own: int = 220

    def __str__(self) -> str:
        """Return the pace in words: `240 words a minute`, or `instant`."""
        return f"{self.words_a_minute} words a minute" if self.words_a_minute else "instant"

    def seconds(self, words: float) -> float:
        """Return the time in which so many words appear, breaths included."""
        return words * 60 / self.words_a_minute if self.words_a_minute else 0.0

    def rest(self, words: int) -> float:
        """Return the time in which a reader reads so many words that have appeared at once, in seconds."""
        return max(LEAST_REST, self.reading(words))

    def reading(self, words: int) -> float:
        """Return the time in which a reader reads so many words, in seconds."""
        return words * 60 / (self.words_a_minute or self.own)

    def faster(self) -> Pace:
        """Return the next faster pace; beyond the fastest, all appears at once."""
        if self.words_a_minute is None or self.words_a_minute >= FASTEST:
            return Pace(None, self.own)
        return Pace(min(FASTEST, self.words_a_minute + STEP), self.own)

    def slower(self) -> Pace:
        """Return the next slower pace, down to the slowest."""
        if self.words_a_minute is None:
            return Pace(FASTEST, self.own)
        return Pace(max(SLOWEST, self.words_a_minute - STEP), self.own)


def choose(asked: int | None, kept: int | None, own: int) -> Pace:
    """Return the pace that was asked for, else the one kept from another session, else the story's own."""
    chosen = asked if asked is not None else kept if kept is not None else own
    return Pace(None if chosen == AT_ONCE else chosen, own)
