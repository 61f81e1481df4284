"""Measure how the narration of a story sounds: sentence lengths, their spread, short runs and the reading grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from statistics import pstdev
from typing import NamedTuple

from retell.story.model import Aside, Quote, Say, Scene

LONG, SHORT = 20, 12  # words: a sentence that carries, and one that must have something to be short against
END = re.compile(r"(?<=[.?!])[”’]?\s+")
UNHEARD = re.compile(
    r"\b(?:quotes? nobody|names? nobody|quotes|not (?:quoted|heard)|is quoted|is heard)\b", re.IGNORECASE
)
NOBODY = re.compile(r"\b(?:none|nobody|no|not|nor|one man)\b", re.IGNORECASE)


class Measure(NamedTuple):
    """One scene's narration, quotations included, asides and accounts not; lengths are in words."""

    scene: str
    lengths: tuple[int, ...]
    grade: float
    grade_with_asides: float

    @property
    def long(self) -> int:
        """How many sentences have 20 words or more."""
        return sum(length >= LONG for length in self.lengths)

    @property
    def spread(self) -> float:
        """The standard deviation of the sentences' lengths."""
        return pstdev(self.lengths)

    @property
    def run(self) -> int:
        """The most sentences of 12 words or fewer that stand one after the other."""
        runs = (len(list(group)) for short, group in groupby(self.lengths, lambda length: length <= SHORT) if short)
        return max(runs, default=0)


def sentences(text: str) -> list[str]:
    """Cut a text at full stops, question marks and exclamation marks before white space."""
    return [part for part in END.split(text) if part.strip()]


def narration(scene: Scene, *, asides: bool) -> str:
    """Give the narrator's text of a scene, quotations included, accounts not."""
    return " ".join(_told(scene, asides=asides))


def _told(scene: Scene, *, asides: bool) -> Iterator[str]:
    for beat in scene.beats:
        if isinstance(beat, Say):
            yield beat.say.plain
        elif isinstance(beat, Quote):
            yield f"{beat.lead} {beat.quote}."
        elif isinstance(beat, Aside) and asides:
            yield beat.aside


def syllables(word: str) -> int:
    """Count groups of vowels, a silent -e or -ed left out: the usual estimate, right for nine words of ten."""
    letters = re.sub("[^a-z]", "", word.lower())
    groups = len(re.findall("[aeiouy]+", letters))
    silent = letters.endswith("e") and not letters.endswith("le")
    silent = silent or (letters.endswith("ed") and not letters.endswith(("ted", "ded")))
    return max(1, groups - silent)


def reading_grade(text: str) -> float:
    """Give the Flesch-Kincaid grade level: Kincaid, Fishburne, Rogers and Chissom, Navy report 8-75, 1975."""
    words = text.split()
    per_sentence = len(words) / len(sentences(text))
    return 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def measure(name: str, scene: Scene) -> Measure:
    """Measure one scene."""
    text = narration(scene, asides=False)
    lengths = tuple(len(sentence.split()) for sentence in sentences(text))
    return Measure(name, lengths, reading_grade(text), reading_grade(narration(scene, asides=True)))


def unheard(scene: Scene) -> list[str]:
    """Give the sentences of a scene that say of somebody that nobody quotes, names or hears them."""
    found = sentences(narration(scene, asides=True))
    return [sentence for sentence in found if UNHEARD.search(sentence) and NOBODY.search(sentence)]


def table(measures: Iterable[Measure]) -> str:
    """Set the measures as a table, with a last line for the whole."""
    rows = list(measures)
    whole = Measure("all", tuple(length for row in rows for length in row.lengths), 0, 0)
    lines = [f"{'scene':22}{'sentences':>10}{'mean':>6}{'spread':>7}{'20+':>6}{'run':>4}{'grade':>6}{'+ asides':>9}"]
    for row in [*rows, whole]:
        count = len(row.lengths)
        mean, share = sum(row.lengths) / count, row.long / count
        line = f"{row.scene:22}{count:10}{mean:6.1f}{row.spread:7.1f}{share:6.0%}{row.run:4}"
        lines.append(line if row is whole else f"{line}{row.grade:6.1f}{row.grade_with_asides:9.1f}")
    return "\n".join(lines)
