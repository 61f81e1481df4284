"""Find phrases in a text as whole words, in a time that does not grow with how many there are, nor with their length.

A text is gone through by its words and signs, once: where a phrase breaks off, its end may begin another, and is not
read anew (Aho and Corasick, Efficient String Matching, 1975). Of phrases that overlap, the one that begins first is
found, and of those that begin together the longest.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator

TOKEN = re.compile(r"\w+|\s+|\W")
SECOND = re.compile(r"\s+(\w+|\W)")
ANYTHING = re.compile(".*", re.DOTALL)


class _Step:
    """A way into the phrases: how many tokens lead here, and where to go on from where it breaks off."""

    __slots__ = ("depth", "ends", "following", "is_last", "is_word", "shorter", "suffix")

    def __init__(self, depth: int, *, is_word: bool) -> None:
        self.depth = depth
        self.is_word = is_word
        self.ends = False
        self.is_last = False  # a phrase ends here at a word, and no longer one goes on
        self.shorter = 0  # tokens of the longest phrase that begins as this way does and is shorter
        self.following: dict[str, _Step] = {}
        self.suffix: _Step = self

    def length(self, token: str) -> int:
        """Return how many tokens the longest phrase on this way has, where this token stands behind the way."""
        return self.depth if self.ends and (self.is_word or not _is_word(token)) else self.shorter


class Phrases:
    """Phrases, kept by their words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases, each of which has a character at least."""
        self._root = _Step(0, is_word=False)
        firsts: set[str] = set()
        for phrase in phrases:
            step = self._root
            for token in map(_alike, TOKEN.findall(phrase)):
                if token not in step.following:
                    step.following[token] = _Step(step.depth + 1, is_word=_is_word(token))
                step = step.following[token]
            step.ends = True
            firsts |= {phrase[0], "’"} if phrase[0] == "'" else {phrase[0]}
        self._link()
        # what stands behind the first word of a longer phrase, where nothing else may
        self._seconds = {
            token: frozenset(step.following[" "].following)
            for token, step in self._root.following.items()
            if step.following.keys() == {" "} and not step.ends and not step.following[" "].ends
        }
        # the first letters alone rule out most places of a text
        first = "".join(map(re.escape, sorted(firsts)))
        # a pattern that begins with a plain character is found faster
        self._heads = re.compile(rf"[{first}](?<!\w[{first}])(?:(?<=\w)\w*|)") if firsts else None

    def _link(self) -> None:
        """Note for each step, the shortest ways first, the longest end of its way that is a way itself."""
        steps = [self._root]
        for step in steps:
            step.is_last = step.ends and step.is_word and not step.following
            for token, longer in step.following.items():
                longer.shorter = step.length(token)
                suffix = step.suffix
                while suffix is not self._root and token not in suffix.following:
                    suffix = suffix.suffix
                longer.suffix = suffix.following.get(token, self._root) if step is not self._root else self._root
                steps.append(longer)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each phrase that is found; none of them overlaps another."""
        at = 0
        for head in self._heads.finditer(text) if self._heads else ():
            first = "'" if head[0] == "’" else head[0]
            step = self._root.following.get(first)
            if step is None or head.start() < at:
                continue
            if first in self._seconds:  # many texts have "the", and few "the Kremlin"
                second = SECOND.match(text, head.end())
                if second is None or _alike(second[1]) not in self._seconds[first]:
                    continue
            if step.is_last:
                yield head
            else:
                at = yield from self._go_on(text, step, [head.start(), head.end()])

    def _go_on(self, text: str, step: _Step, places: list[int]) -> Generator[re.Match[str], None, int]:
        """Yield what is found from a step on, as far as one way leads into another; returns where that ends.

        The places are those before and behind each token that led to the step.
        """
        while True:
            match = TOKEN.match(text, places[-1])
            token = match[0] if match else ""
            longer = step.following.get(token) or step.following.get(_alike(token))
            if match and longer:
                step = longer
                places.append(match.end())
                if step.is_last and step.depth == len(places) - 1:
                    yield _match(text, places[0], places[-1])
                    return places[-1]
            elif step is self._root:
                return places[-1]
            else:
                read = len(places) - 1
                start = read - step.depth
                length = step.length(token) if _may_begin(text, places[start]) else 0
                if length:
                    yield _match(text, places[start], places[start + length])
                behind = start + max(1, length)
                step = step.suffix
                while read - step.depth < behind:
                    step = step.suffix


def _match(text: str, start: int, end: int) -> re.Match[str]:
    match = ANYTHING.match(text, start, end)
    assert match is not None, "it matches anything"
    return match


def _alike(token: str) -> str:
    """Return a token as it is compared: white space is one space, and an apostrophe may be typed in two ways."""
    return " " if token.isspace() else "'" if token == "’" else token


def _is_word(token: str) -> bool:
    return token[:1].isalnum() or token[:1] == "_"


def _may_begin(text: str, at: int) -> bool:
    """Return whether no word goes on into this place."""
    return at == 0 or not _is_word(text[at - 1])
