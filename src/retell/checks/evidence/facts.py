"""Check that the numbers, dates, names and speakers of what is told in our own words stand in what it cites.

A number or date that the article does not print may stand
in the note of a `say` or `quote`, which says how it was worked out and is shown to readers; no other text has a note.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from retell.checks.evidence import grounds
from retell.checks.evidence.names import capitals_of, is_named_by_its_deed, stands_in
from retell.checks.evidence.pointing import pointing
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part, Speech
    from retell.checks.evidence.forms import Value
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.quantities import Quantity
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem
    from retell.story.library import Library

NUMBER_NOT_FOUND = Rule(
    "number-not-found",
    "A number or date stands in a cited paragraph, or in a note that explains it.",
    message="the {what} '{shown}' stands in no cited paragraph",
    help="correct it, or leave it out",
)
NUMBER_OF_A_BEAT = NUMBER_NOT_FOUND.saying(
    NUMBER_NOT_FOUND.message, "correct it, or say in the beat's 'note:' how it was worked out"
)
NUMBER_NOT_READ = Rule(
    "number-not-read",
    "A number is written in a way that the check can read.",
    "warning",
    message="'{shown}' is a figure that this check cannot read",
    help="write it as the source does, or in another way",
)
COUNT_NOT_FOUND = Rule(
    "count-not-found",
    "What is called two, first or second is so in a cited paragraph.",
    "warning",
    message="no cited paragraph has '{shown}'",
    help="correct it, or leave it out",
)
ABSENT = re.compile(
    r"\b(?:not|no|nobody|nothing|none|never|neither|without|silent|only|alone)\b|n[’']t\b", re.IGNORECASE
)
MOST_TOLD, MOST_COUNTED = 3, 12
TOLD = re.compile(
    r" of (?:these|those)\b|(?: [a-z-]+)? (?:articles?|sides?|ways?|things?|reasons?|readings?|questions?|answers?"
    r"|words?|voices?|accounts?|papers?|sources?|witness(?:es)?|texts?|capitals?|stor(?:y|ies)|versions?|views?|ends?"
    r"|names?|points?|kinds?|sentences?|halves|letters?)\b"
)
"""What a teller counts without any article saying the number."""
NAME_NOT_FOUND = Rule(
    "name-not-found",
    "Whom and what a claim names is named in a cited paragraph.",
    message="no cited paragraph names {name}",
    help="cite the paragraph that names it, or leave the name out",
)
SPEAKER_NOT_FOUND = Rule(
    "speaker-not-found",
    "A cited paragraph names the speaker of a quotation or position.",
    message="no cited paragraph names {name}",
    help="cite the paragraph that names the speaker as well; who wrote the source is told by its card's 'author:'",
)


def check_numbers(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield the numbers and dates of a claim that no cited paragraph and no note has."""
    there = [paragraph.values for paragraph in cited]
    for part in assertion.parts:
        missing = _missing(part, there)
        if missing:
            there += [
                grounds.borne_out(assertion.note, assertion.citations, witness),
                _of_the_articles(assertion, witness),
            ]
            missing = _missing(part, there)
        for quantity, place in zip(missing.values(), assertion.locate_within(part, missing), strict=True):
            shown = part.span.text[quantity.start : quantity.end]
            rule = pointing(_rule(quantity, part), assertion.own, assertion.citations, _has(quantity), witness)
            yield rule.at(place, what=_kind(quantity), shown=shown)


def _missing(part: Part, there: Iterable[set[Value]]) -> dict[int, Quantity]:
    missing = {}
    for quantity in part.quantities:
        if quantity.asks and all(values.isdisjoint(quantity.readings) for values in there):
            told = MOST_TOLD if _counts_the_telling(quantity, part) else 1
            if not 1 < _value(quantity) <= told:
                missing[quantity.start] = quantity
    return missing


def _rule(quantity: Quantity, part: Part) -> Rule:
    if quantity.kind == "unread":
        return NUMBER_NOT_READ
    if quantity.kind == "ordinal" or quantity.value == 2 or _counts_the_telling(quantity, part):
        return COUNT_NOT_FOUND
    return NUMBER_OF_A_BEAT if part.trail[0] == "beats" else NUMBER_NOT_FOUND


def _of_the_articles(assertion: Assertion, witness: Witness) -> set[Value]:
    """Return what may be said of the articles themselves: how many they are, and when a report appeared."""
    keys = {citation.key for citation in assertion.citations}
    values: set[Value] = set()
    if len(keys) > 1:
        values |= {("number", Decimal(count)) for count in (len(keys), len(witness.cards))}
    if grounds.REPORTED.search(assertion.own) or witness.names_an_outlet(assertion):
        values |= {value for key in keys for value in witness.published(key, to_the_day=False)}
    return values


def _counts_the_telling(quantity: Quantity, part: Part) -> bool:
    """Return whether a small number counts what the teller takes together: two sides, three questions."""
    return 1 < _value(quantity) <= MOST_COUNTED and bool(TOLD.match(part.span.text, quantity.end))


def _value(quantity: Quantity) -> Decimal:
    counts = quantity.kind == "number" and isinstance(quantity.value, Decimal)
    return Decimal(quantity.value) if counts else Decimal(0)


def told_names(assertion: Assertion, witness: Witness) -> list[tuple[Part, frozenset[str]]]:
    """Return the parts of a claim that name voices and places in our own words, and which."""
    own = [part for part in assertion.parts if not part.quoted]
    return [(part, named) for part in own if (named := witness.names.in_text(part.span.text))]


def check_names(
    assertion: Assertion, told: list[tuple[Part, frozenset[str]]], cited: Sequence[Paragraph], witness: Witness
) -> Iterator[Problem]:
    """Yield the voices and places that a claim names and no cited paragraph does."""
    there = set().union(*[paragraph.named for paragraph in cited])
    if all(named <= there for _, named in told):
        return
    if ABSENT.search(assertion.own):
        # who is not heard in an article, and who is, is told of its whole text
        there |= {name for paragraph in witness.whole(assertion.citations) for name in paragraph.named}
    for part, named in told:
        missing = sorted(named - there)
        indexes = witness.names.offsets(missing, part.span.text) if missing else []
        for card, place in zip(missing, assertion.locate_within(part, indexes) if missing else (), strict=True):
            rule = pointing(NAME_NOT_FOUND, assertion.own, assertion.citations, _names(card), witness)
            yield rule.at(place, name=witness.shown(card))


def check_other_names(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield the capitalised names of a claim that no card gives and no cited paragraph has."""
    unfamiliar = [part for part in assertion.parts if not part.quoted and not witness.is_familiar(part.span.text)]
    own = [(part, capitals_of(part.span.text)) for part in unfamiliar]
    found = [(part, name) for part, capitals in own for name in capitals.names]
    found += [
        (part, name)
        for part, capitals in own
        for name in capitals.openings
        if witness.has_as_name(name.text)
        or (is_named_by_its_deed(name, part.span.text) and not witness.has_word(name.text))
    ]
    there = [*cited, *witness.whole(assertion.citations)] if found else []
    for part, name in found:
        unknown, mixed = witness.names.unknown(name.text)
        # of "Nagorno-Karabakh", where a card has the second, any paragraph may have the first
        where = chain(there, witness.elsewhere(()) if mixed else ())
        if unknown and not any(stands_in(unknown, each.text, each.vocabulary, each.line) for each in where):
            (place,) = assertion.locate_within(part, [name.start])
            yield NAME_NOT_FOUND.at(place, name=re.sub(r"[’']s$", "", name.text))


def check_speaker(library: Library, speech: Speech, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield a problem when no cited paragraph names the speaker and the article is not the speaker's own."""
    if speech.voice not in library.voices or any(f"voices/{speech.voice}" in paragraph.named for paragraph in cited):
        return
    name = library.voices[speech.voice].form.name
    rule = pointing(SPEAKER_NOT_FOUND, name, speech.citations, _names(f"voices/{speech.voice}"), witness)
    yield rule.at(speech.file.locate(speech.trail), name=name)


def _has(quantity: Quantity) -> Callable[[Paragraph], bool]:
    return lambda paragraph: not paragraph.values.isdisjoint(quantity.readings)


def _names(card: str) -> Callable[[Paragraph], bool]:
    return lambda paragraph: card in paragraph.named


def _kind(quantity: Quantity) -> str:
    return "date or time" if quantity.kind in ("clock", "day", "month", "weekday", "year", "decade") else "number"
