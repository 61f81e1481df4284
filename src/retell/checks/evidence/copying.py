"""Check that whatever the narrator says, cited or not, is said in words of our own.

Eight or more consecutive words of an article, outside quotation marks, are the article's; those of a source in the
public domain are nobody's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.narrator import BLANK
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.evidence.witness import Witness
    from retell.checks.narrator import Narration
    from retell.problems import Problem

RUN = 8
TRACE = RUN // 2
SHOWN = 3
TOKEN = re.compile(r"\S+")
STRETCH = re.compile(f"[^{BLANK}]+")
COPIED_WORDING = Rule(
    "copied-wording",
    "No eight consecutive words outside quotation marks are a source's.",
    message="“{first} …” is the wording of {owner}",
    help="tell it in your own words, or quote the few that matter with their speaker",
)


class Shingles:
    """Every run of eight words of every article that the reader has, and that somebody owns."""

    def __init__(self, witness: Witness) -> None:
        """Index the runs by their text, and the shorter ones by which a run of eight is suspected."""
        self._owner: dict[str, str] = {}
        self._traces: set[tuple[str, ...]] = set()
        for key, paragraphs in witness.owned.items():
            for paragraph in paragraphs.values():
                words = paragraph.words
                self._traces.update(zip(*[words[at:] for at in range(TRACE)], strict=False))
                for i in range(len(words) - RUN + 1):
                    self._owner.setdefault(" ".join(words[i : i + RUN]), f"¶{paragraph.number} of {key}")

    def check(self, text: Narration) -> Iterator[Problem]:
        """Yield one problem for each stretch of a text that is an article's; a quotation parts two stretches."""
        if not self._may_hold_a_run(words_of(text.unquoted)):
            return
        for stretch in STRETCH.finditer(text.own):
            words = words_of(stretch[0])
            runs = list(self._runs(words))
            places = _places(stretch[0]) if runs else []
            for i, owner in runs:
                place = text.locate(stretch.start() + places[i])
                yield COPIED_WORDING.at(place, first=" ".join(words[i : i + SHOWN]), owner=owner)

    def _may_hold_a_run(self, words: list[str]) -> bool:
        """Return whether a run can be among these words: eight hold four that begin at a fourth place."""
        return not self._traces.isdisjoint(zip(*[words[at::TRACE] for at in range(TRACE)], strict=False))

    def _runs(self, words: list[str]) -> Iterator[tuple[int, str]]:
        """Yield where each run begins that is an article's, none inside another, and whose it is."""
        reported = -RUN
        for i in range(len(words) - RUN + 1):
            owner = self._owner.get(" ".join(words[i : i + RUN]))
            if owner and i >= reported + RUN:
                reported = i
                yield i, owner


def _places(text: str) -> list[int]:
    """Return where each of a text's words begins; one of other letters there, where it may at the earliest."""
    places = []
    for token in TOKEN.finditer(text):
        letters, end = "".join([char.lower()[0] for char in token[0]]), 0
        for word in words_of(token[0]):
            at = letters.find(word, end)
            places.append(token.start() + (end if at < 0 else at))
            end = end if at < 0 else at + len(word)
    return places
