"""Stage 6: the rule against copying: our own words are our own.

Rule: copied-wording. Eight or more consecutive words of an article, outside quotation marks, are the article's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.witness import Witness

RUN = 8
HELP = "tell it in your own words, or quote the few that matter with their speaker"


class Shingles:
    """Every run of eight words of every article that the reader has."""

    def __init__(self, witness: Witness) -> None:
        """Index the runs by their text."""
        self._owner: dict[str, str] = {}
        for key, paragraphs in witness.paragraphs.items():
            for paragraph in paragraphs.values():
                words = paragraph.words
                for i in range(len(words) - RUN + 1):
                    self._owner.setdefault(" ".join(words[i : i + RUN]), f"¶{paragraph.number} of {key}")

    def check(self, assertion: Assertion) -> Iterator[Problem]:
        """Give one problem for each stretch of a claim that is an article's."""
        for part in assertion.parts:
            if part.quoted:
                continue
            words = part.words
            reported = -RUN
            for i in range(len(words) - RUN + 1):
                owner = self._owner.get(" ".join(words[i : i + RUN]))
                if owner and i >= reported + RUN:
                    reported = i
                    message = f"“{' '.join(words[i : i + 3])} …” is the wording of {owner}"
                    yield Problem("copied-wording", assertion.locate(part), message, HELP)
