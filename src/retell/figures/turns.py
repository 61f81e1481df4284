"""Find every time that a voice speaks: in which scene, through which articles, in what words.

A voice speaks in a `quote` beat, in a position of a dispute (in the phase of the scene that tells it) and in a
quotation within narration. The last belongs to a voice that the same beat names before it: the nearest one that stands
beside a verb of speech (`Baku said`, `writes Daily Sabah`), else the nearest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from retell.story.mentions import flatten, voice_names
from retell.story.prose import Prose, set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.story.citations import Citation
    from retell.story.mentions import Names
    from retell.story.prose import Claim, Span
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


class Cited(msgspec.Struct, frozen=True):
    """One article through which a voice is heard: its code, and the paragraphs (none: the article as a whole)."""

    code: str
    paragraphs: tuple[int, ...]


class Fragment(msgspec.Struct, frozen=True):
    """Words in quotation marks, without the marks, and where they stand."""

    text: str
    cited: tuple[Cited, ...]


class Turn(msgspec.Struct, frozen=True):
    """One time that a voice speaks: in which scene (by number, from 1) and phase, by which articles, in what words."""

    voice: str
    scene: int
    phase: str
    cited: tuple[Cited, ...]
    fragments: tuple[Fragment, ...]


def turns(told: Told) -> Iterator[Turn]:
    """Yield every time that a voice speaks, in the order of telling."""
    names = voice_names(told.voices)
    for scene in told.scenes:
        for text in (text for beat in scene.beats for text in told.texts_of(beat)):
            for voice, cited, fragments in _said(told, text, names):
                yield Turn(voice, scene.number, scene.phase, cited, fragments)


def _said(told: Told, text: Text, names: Names) -> Iterator[tuple[str, tuple[Cited, ...], tuple[Fragment, ...]]]:
    """Yield who speaks in a text of a scene, through which articles, and what is quoted of it."""
    cited = _cited(told, text.citations)
    if text.role == "quote":
        yield text.speaker, cited, (Fragment(set_line(text.plain), cited),)
    elif isinstance(text.value, Prose) and text.role == "says":
        yield text.speaker, cited, tuple(f for claim in text.value.claims for f in _fragments(told, claim))
    elif isinstance(text.value, Prose) and text.role == "say":
        for voice, fragment in _spoken(told, text.value, names):
            yield voice, fragment.cited, (fragment,)


def speaker(names: Names, before: str, after: str = "") -> str:
    """Give the voice that says what stands between two texts of one beat, or nothing when none can be told.

    A name behind the quotation counts only beside a verb of speech: `“…”, said Hill`.
    """
    spoken = _speaking(names, before)
    if spoken:
        return spoken[max(spoken)]
    nearest = [voice for voice, _, _ in names.namings(flatten(before))][-1:]
    return (nearest or [*_speaking(names, after).values(), ""])[0]


def _speaking(names: Names, text: str) -> dict[int, str]:
    """Give the voices that stand beside a verb of speech, by the verb's place; of two beside one verb, the first."""
    found: dict[int, str] = {}
    flat = flatten(text)
    for voice, start, end in names.namings(flat):
        if verb := SPEAKS_AFTER.match(flat, end):
            found.setdefault(verb.end(), voice)
        elif SPEAKS_BEFORE.search(flat, max(0, start - LONGEST_VERB), start):
            found.setdefault(end, voice)
    return found


def _spoken(told: Told, narration: Prose, names: Names) -> Iterator[tuple[str, Fragment]]:
    """Yield the quotations of narration, each with its voice; one that has none is left out."""
    before = ""
    for claim in narration.claims:
        for i, span in enumerate(claim.spans):
            if span.style != "quotation":
                before += span.text
                continue
            if voice := speaker(names, before[-FURTHEST:], _behind(claim.spans[i + 1 : i + 1 + FURTHEST])):
                yield voice, Fragment(span.text.strip("“”"), _cited(told, claim.citations))
        before += claim.tail + " "


def _behind(spans: Iterable[Span]) -> str:
    """Return what stands behind a quotation, other quotations left out, as far as a speaker is looked for."""
    found, length = [], 0
    for span in (span for span in spans if span.style != "quotation"):
        found.append(span.text)
        length += len(span.text)
        if length > FURTHEST:
            break
    return "".join(found)[:FURTHEST]


def _fragments(told: Told, claim: Claim) -> Iterator[Fragment]:
    for span in claim.quotations:
        yield Fragment(span.text.strip("“”"), _cited(told, claim.citations))


def _cited(told: Told, citations: Iterable[Citation]) -> tuple[Cited, ...]:
    joined: dict[str, dict[int, None]] = {}
    for citation in citations:
        joined.setdefault(told.sources[citation.key].code, {}).update(dict.fromkeys(citation.paragraphs))
    return tuple(Cited(code, tuple(numbers)) for code, numbers in joined.items())
