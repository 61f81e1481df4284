"""Find phrases in a text as whole words, in a time that does not grow with how many phrases are looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN = re.compile(r"\w+|\s+|\W")
ANYTHING = re.compile(".*", re.DOTALL)


class _Step(msgspec.Struct):
    """A way into the phrases, token by token: whether one ends here, and which tokens lead on."""

    ends: bool = False
    following: dict[str, _Step] = {}


class Phrases:
    """Phrases, kept by their words; where two of them begin in one place, the longer one is found."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases, each of which has a character at least."""
        self._starts: dict[str, _Step] = {}
        firsts: set[str] = set()
        for phrase in phrases:
            following, step = self._starts, _Step()
            for token in TOKEN.findall(phrase):
                step = following.setdefault(_alike(token), _Step())
                following = step.following
            step.ends = True
            firsts |= {phrase[0], "’"} if phrase[0] == "'" else {phrase[0]}
        # the first letters alone rule out most places of a text
        first = "".join(map(re.escape, sorted(firsts)))
        self._heads = re.compile(rf"(?<!\w)[{first}](?:(?<=\w)\w*|)") if firsts else None

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each phrase that is found; none of them overlaps another."""
        behind = 0
        for head in self._heads.finditer(text) if self._heads else ():
            start = head.start()
            step = self._starts.get(_alike(head[0]))
            if step is None or start < behind:
                continue
            if end := _end(step, text, head.end()):
                match = ANYTHING.match(text, start, end)
                assert match is not None, "it matches anything"
                yield match
                behind = end


def _alike(token: str) -> str:
    """Return a token as it is compared: white space is one space, and an apostrophe may be typed in two ways."""
    return " " if token.isspace() else "'" if token == "’" else token


def _end(step: _Step | None, text: str, at: int) -> int:
    """Return where the longest phrase ends that goes on from a step; 0 where none does."""
    end = 0
    while step is not None:
        if step.ends and not (text[at : at + 1].isalnum() or text[at : at + 1] == "_"):
            end = at
        if not step.following or (token := TOKEN.match(text, at)) is None:
            break
        step, at = step.following.get(_alike(token[0])), token.end()
    return end
