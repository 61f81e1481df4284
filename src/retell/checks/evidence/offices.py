"""Check whose minister somebody is: of the side of the card, and never of a person, nor is a state in office."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from retell.checks.evidence.actors import ACTORS_EXCHANGED, LED
from retell.checks.evidence.nearby import ahead
from retell.story.mentions import set_alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.card_names import Placed
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

A_STATE_IN_OFFICE = ACTORS_EXCHANGED.saying("{name} is here in office under {other}", "exchange the two names")
OFFICE_OF_ANOTHER = ACTORS_EXCHANGED.saying(
    "{name} belongs to {shown} here, and on the card to {other}", "correct it, or the side on the card"
)
OFFICE = re.compile(
    r"\b(?:minister|president|secretary|premier|ambassador|adviser|spokes\w+|leader|general|envoy|chief|commander|colonel|capital)\b"
)
OFFICES = frozenset(re.findall(r"[a-z]{4,}", OFFICE.pattern))
OFFICE_BEHIND = re.compile(rf"'s (?:[a-z-]+ ){{0,3}}{OFFICE.pattern}")
OFFICE_BETWEEN = re.compile(rf"'s (?:[a-z-]+ ){{0,3}}{OFFICE.pattern},? ")
OFFICE_OF = re.compile(rf", (?:the |an? |once an? |now |then )*{OFFICE.pattern} of (?:the )?")
OFFICE_BEFORE = re.compile(rf"{OFFICE.pattern} of (?:the )?$")


def check(assertion: Assertion, witness: Witness) -> Iterator[Problem]:
    """Yield who is called the minister of another side than a card's: no paragraph is needed for that."""
    has_office = not OFFICES.isdisjoint(assertion.words) or "spokes" in assertion.own
    for part in assertion.parts if has_office else ():
        if part.quoted or not OFFICE.search(part.span.text):
            continue
        text = set_alike(part.span.text)
        for one, other in pairwise(witness.names.placed(part.span.text)):
            person, state = _in_office(one, other, text)
            if not person or not state:
                continue
            theirs, its = (witness.side(name.card) for name in (person, state))
            if text[person.start : person.end].lower().replace(" ", "-") == theirs:
                (place,) = assertion.locate_within(part, [person.start])
                under = text[state.start : state.end]
                yield A_STATE_IN_OFFICE.at(place, name=text[person.start : person.end], other=under)
            elif theirs != its and witness.is_of(person.card, theirs) and witness.is_of(state.card, its):
                (place,) = assertion.locate_within(part, [state.start])
                yield OFFICE_OF_ANOTHER.at(place, name=witness.shown(f"voices/{person.card}"), shown=its, other=theirs)


def _in_office(one: Placed, other: Placed, text: str) -> tuple[Placed, Placed] | tuple[None, None]:
    """Return which of two names is called a minister of the other."""
    between = text[one.end : other.start]
    apart = between == ", "
    if (apart and OFFICE_BEHIND.match(text, other.end) and not ahead(LED, text, one.start)) or OFFICE_OF.fullmatch(
        between
    ):
        return one, other
    if OFFICE_BETWEEN.fullmatch(between) or (apart and ahead(OFFICE_BEFORE, text, one.start)):
        return other, one
    return None, None
