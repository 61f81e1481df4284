"""Stage 6: rules for what is told in our own words: its numbers, dates, names and speakers stand in what it cites.

Rules: number-not-found, name-not-found, speaker-not-found. A number or date that the article does not print may stand
in the note of a `say` or `quote`, which says how it was worked out and is shown to readers; no other text has a note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.checks.evidence.quantities import quantities
from retell.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part, Speech
    from retell.checks.evidence.quantities import Quantity
    from retell.checks.evidence.witness import Paragraph, Witness
    from retell.story.library import Library

HELP_NUMBER = "correct it, or leave it out"
HELP_NOTE = "correct it, or say in the beat's 'note:' how it was worked out"
HELP_NAME = "cite the paragraph that names it, or leave the name out"
HELP_SPEAKER = "cite the paragraph that names the speaker as well"


def check_numbers(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Give the numbers and dates of a claim that no cited paragraph and no note has."""
    there = set().union(*[paragraph.values for paragraph in cited])
    there |= {value for quantity in quantities(assertion.note) for value in quantity.bears}
    for part in assertion.parts:
        missing = {
            quantity.start: quantity
            for quantity in part.quantities
            if quantity.asks and there.isdisjoint(quantity.readings)
        }
        if missing:
            help_text = HELP_NOTE if part.trail[0] == "beats" else HELP_NUMBER
            for quantity, place in zip(missing.values(), assertion.locate_within(part, missing), strict=True):
                yield Problem("number-not-found", place, _missing(quantity, part.span.text), help_text)


def told_names(assertion: Assertion, witness: Witness) -> list[tuple[Part, set[str]]]:
    """Give the parts of a claim that name voices and places in our own words, and which."""
    own = [part for part in assertion.parts if not part.quoted]
    return [(part, named) for part in own if (named := witness.names.in_text(part.span.text))]


def check_names(
    assertion: Assertion, told: list[tuple[Part, set[str]]], cited: Sequence[Paragraph], witness: Witness
) -> Iterator[Problem]:
    """Give the voices and places that a claim names and no cited paragraph does."""
    there = set().union(*[paragraph.named for paragraph in cited])
    for part, named in told:
        missing = sorted(named - there)
        indexes = [witness.names.offset(card, part.span.text) for card in missing]
        for card, place in zip(missing, assertion.locate_within(part, indexes) if missing else (), strict=True):
            yield Problem("name-not-found", place, f"no cited paragraph names {witness.shown(card)}", HELP_NAME)


def check_speaker(library: Library, speech: Speech, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Give a problem when no cited paragraph names the speaker and the article is not the speaker's own."""
    if not speech.voice or any(f"voices/{speech.voice}" in paragraph.named for paragraph in cited):
        return
    name = library.voices[speech.voice].form.name if speech.voice in library.voices else speech.voice
    message = f"no cited paragraph names {name}"
    yield Problem("speaker-not-found", speech.file.locate(speech.trail), message, HELP_SPEAKER)


def _missing(quantity: Quantity, text: str) -> str:
    what = "number" if quantity.kind in ("number", "percent", "ordinal") else "date or time"
    return f"the {what} '{text[quantity.start : quantity.end]}' stands in no cited paragraph"
