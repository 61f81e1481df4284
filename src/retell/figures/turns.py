"""Find every time that a voice speaks: in which scene, through which articles, in what words.

A voice speaks in a `quote` beat, in a position of a dispute (in the phase of the scene that tells it) and in a
quotation within narration. The last belongs to a voice that the same beat names before it: the nearest one that stands
beside a verb of speech (`Baku said`, `writes Daily Sabah`), else the nearest.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import msgspec

from retell.story.mentions import set_alike
from retell.story.prose import Prose
from retell.story.references import Reference, refer
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.story.mentions import Names
    from retell.story.prose import CitedText, Span
    from retell.story.texts import Text
    from retell.story.told import Told

SPEAKS_AFTER = re.compile(  # `Hill, the mayor, said`
    r"(?:,[^,.;:!?]*,|,)?\s*(?:(?:has|have|had) )?(?:says?|said|calls?|called|writes?|wrote|written|tells?|told|gives?|"
    r"gave|adds?|added|asks?|asked|warns?|warned|speaks?|spoke|spoken|reports?|reported|accuses?|accused|denie[sd]|"
    r"reject(?:s|ed)|argue[sd]?|answer(?:s|ed)|promise[sd]|announce[sd])\b"
)
SPEAKS_BEFORE = re.compile(
    r"\b(?:says?|said|writes?|wrote|adds?|added)\s*$"
)  # `said Hill`; whom Hill told is no speaker

LONGEST_VERB = 8  # characters of a verb of SPEAKS_BEFORE and the space behind it
FURTHEST = 4000  # characters before and behind a quotation in which its speaker is looked for; a passage has some 300


class Fragment(msgspec.Struct, frozen=True):
    """Words in quotation marks, without the marks, and where they stand."""

    text: str
    cited: tuple[Reference, ...]


class Turn(msgspec.Struct, frozen=True):
    """One time that a voice speaks: in which scene (by number, from 1) and phase, by which articles, in what words."""

    voice: str
    scene: int
    phase: str
    cited: tuple[Reference, ...]
    fragments: tuple[Fragment, ...]


def turns(told: Told) -> Iterator[Turn]:
    """Yield every time that a voice speaks, in the order of telling."""
    names = told.names["voices"]
    for scene in told.scenes:
        for text in (text for beat in scene.beats for text in told.texts_of(beat)):
            for voice, cited, fragments in _said(told, text, names):
                yield Turn(voice, scene.number, scene.phase, cited, fragments)


def _said(told: Told, text: Text, names: Names) -> Iterator[tuple[str, tuple[Reference, ...], tuple[Fragment, ...]]]:
    """Yield who speaks in a text of a scene, through which articles, and what is quoted of it."""
    cited = refer(told.sources, text.citations)
    if text.role == "quote":
        yield text.speaker, cited, (Fragment(set_line(text.plain), cited),)
    elif isinstance(text.value, Prose) and text.role == "says":
        yield text.speaker, cited, tuple(f for claim in text.value.claims for f in _fragments(told, claim))
    elif isinstance(text.value, Prose) and text.role == "say":
        for voice, fragment in _spoken(told, text.value, names):
            yield voice, fragment.cited, (fragment,)


class _Speakers:
    """Who is named in a narration without its quotations, and beside which verbs of speech."""

    def __init__(self, text: str, names: Names) -> None:
        """Take the text, as it is set, and the names of all voices."""
        self._named: list[tuple[int, int, str]] = []  # the end of each naming, its beginning, and the voice
        self._speaking: list[tuple[int, int, str]] = []  # the same, but the end of the verb, where it is the later
        for voice, start, end in names.namings(text):
            self._named.append((end, start, voice))
            if verb := SPEAKS_AFTER.match(text, end):
                self._speaking.append((verb.end(), start, voice))
            elif SPEAKS_BEFORE.search(text, max(0, start - LONGEST_VERB), start):
                self._speaking.append((end, start, voice))
        self._behind = list(self._speaking)  # by where the name begins
        self._speaking.sort(key=lambda each: each[0])  # of two beside one verb, the first stays the first

    def of(self, at: int, end: int) -> str:
        """Return the voice that says what is quoted at a place, or nothing when none can be told.

        A name behind the quotation, up to an end, counts only beside a verb of speech: `“…”, said Hill`.
        """
        for found in (self._speaking, self._named):
            before = bisect_right(found, at, key=lambda each: each[0])
            if before and found[before - 1][1] >= at - FURTHEST:
                verb = found[before - 1][0]
                return found[bisect_left(found, verb, key=lambda each: each[0])][2]
        last = min(end, at + FURTHEST)
        first = bisect_left(self._behind, at, key=lambda each: each[1])
        for verb, start, voice in (self._behind[number] for number in range(first, len(self._behind))):
            if verb <= last:
                return voice
            if start > last:
                break
        return ""


def speaker(names: Names, before: str, after: str = "") -> str:
    """Return the voice that says what stands between two texts of one beat; see `_Speakers.of`."""
    before, after = set_alike(before), set_alike(after)
    return _Speakers(before + after, names).of(len(before), len(before) + len(after))


def _spoken(told: Told, narration: Prose, names: Names) -> Iterator[tuple[str, Fragment]]:
    """Yield the quotations of narration, each with its voice; one that has none is left out."""
    if not any(claim.quotations for claim in narration.claims):
        return
    own, length = [], 0
    quoted: list[tuple[int, int, CitedText, Span]] = []
    for claim in narration.claims:
        first = len(quoted)
        for span in claim.spans:
            if span.style == "quotation":
                quoted.append((length, 0, claim, span))
            else:
                own.append(set_alike(span.text))
                length += len(own[-1])
        quoted[first:] = [(at, length, of, span) for at, _, of, span in quoted[first:]]
        own.append(claim.tail + " ")
        length += len(claim.tail) + 1
    speakers = _Speakers("".join(own), names)
    for at, end, claim, span in quoted:
        if voice := speakers.of(at, end):
            yield voice, Fragment(span.text.strip("“”"), refer(told.sources, claim.citations))


def _fragments(told: Told, claim: CitedText) -> Iterator[Fragment]:
    for span in claim.quotations:
        yield Fragment(span.text.strip("“”"), refer(told.sources, claim.citations))
