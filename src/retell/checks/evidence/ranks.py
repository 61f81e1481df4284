"""Check that nobody is called captain in a claim or on a card whom the sources call colonel, and never captain.

A title is held against those that stand before the same name anywhere in the sources: who is named twice is seldom
called by it twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.turned import TURNED
from retell.story.mentions import set_alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem
    from retell.story.library import Library

RANKS = (
    "colonel col",
    "captain capt",
    "major maj",
    "general gen",
    "lieutenant lieut lt",
    "ensign",
    "sergeant serjeant sgt",
    "corporal",
    "private",
    "admiral adm",
    "commodore",
    "brigadier brig",
    "marshal",
    "king",
    "queen",
    "prince",
    "princess",
    "lord",
    "lady",
    "duke",
    "earl",
    "count",
    "baron",
    "emperor",
    "sultan",
    "tsar czar",
    "president",
    "minister",
    "chancellor",
    "senator",
    "governor",
    "mayor",
    "ambassador",
    "judge",
    "bishop",
    "archbishop",
    "pope",
    "professor prof",
)
RANK = {word: row.split()[0] for row in RANKS for word in row.split()}
CIVIL = ("mr", "mrs", "ms", "miss")
MILITARY = frozenset(row.split()[0] for row in RANKS[:13])
"""A plain Mr. is no captain; but a president is a Mr. as well."""
TITLED = frozenset([*RANK, *CIVIL])
_WORD = rf"(?:{'|'.join([*RANK, *CIVIL])})"
TITLES = re.compile(
    rf"\b(?P<titles>(?i:{_WORD})\b\.?(?:[ -](?i:{_WORD})\b\.?)*)"
    r"(?P<name>(?: (?:[A-Z]\.|de|van|von|al|[^\W\d_a-z][\w'-]+))*? (?P<last>[^\W\d_a-z][\w'-]+))(?!\w| [^\W\d_a-z]\w)"
)
IN_A_ROLE = re.compile(
    rf"^(?:an? |the )?(?P<rank>{'|'.join(RANK)})(?=,|$| (?:of|in|at|who|with|under)\b)", re.IGNORECASE
)
OTHER_TITLE = TURNED.saying("'{word}' here, and in ¶{number} of {key} '{other}'", "correct the title, or leave it out")


class Titled(NamedTuple):
    """Somebody's last name with the titles that stand before it, in their full form, as printed, and where."""

    last: str
    titles: frozenset[str]
    printed: str
    start: int


def _titled(text: str) -> Iterator[Titled]:
    """Yield the names of a text that have titles before them."""
    flat = set_alike(text)
    for found in TITLES.finditer(flat):
        words = re.findall(r"[a-z]+", found["titles"].lower())
        if not found["titles"][0].isupper():
            continue
        last = found["last"].removesuffix("'s")
        yield Titled(last, frozenset(RANK.get(word, word) for word in words), found["titles"], found.start())


def _titles_of(paragraph: Paragraph, _: Witness) -> list[Titled]:
    return list(_titled(paragraph.text)) if not TITLED.isdisjoint(paragraph.vocabulary) else []


def check(assertion: Assertion, witness: Witness) -> Iterator[Problem]:
    """Yield the titles of a claim that the sources never give to that name, where they give it another."""
    for part in assertion.parts if not TITLED.isdisjoint(assertion.words) else ():
        has_title = not part.quoted and not TITLED.isdisjoint(part.words)
        for named in _titled(part.span.text) if has_title else ():
            found = _called_otherwise(named, witness)
            if found:
                (place,) = assertion.locate_within(part, [named.start])
                paragraph, other = found
                yield OTHER_TITLE.at(
                    place,
                    word=f"{named.printed} {named.last}",
                    number=paragraph.number,
                    key=paragraph.key,
                    other=f"{other.printed} {other.last}",
                )


def check_roles(library: Library, witness: Witness) -> Iterator[Problem]:
    """Yield the voices whose role begins with a title that the sources never give them, where they give another."""
    for voice in library.voices.values():
        found = IN_A_ROLE.match(voice.form.role)
        if not found:
            continue
        last = set_alike(voice.form.name).split()[-1]
        rank = RANK[found["rank"].lower()]
        other = _called_otherwise(Titled(last, frozenset([rank]), found["rank"], 0), witness)
        if other:
            place = voice.file.locate(("role",), found.start("rank"))
            paragraph, named = other
            yield OTHER_TITLE.at(
                place,
                word=found["rank"],
                number=paragraph.number,
                key=paragraph.key,
                other=f"{named.printed} {named.last}",
            )


def _called_otherwise(named: Titled, witness: Witness) -> tuple[Paragraph, Titled] | None:
    """Return where the sources give a name other titles alone."""
    ranks = named.titles - set(CIVIL)
    called = witness.once_in_all(_called).get(named.last, {})
    there = [found for found in called.values() if ranks <= MILITARY or found[1].titles - set(CIVIL)]
    if not ranks or not there or any(ranks & each.titles for _, each in there):
        return None
    return there[0]


def _called(witness: Witness) -> dict[str, dict[frozenset[str], tuple[Paragraph, Titled]]]:
    """Return where the sources give each last name each of its titles first."""
    called: dict[str, dict[frozenset[str], tuple[Paragraph, Titled]]] = {}
    for paragraph in witness.elsewhere(()):
        for each in witness.once(_titles_of, paragraph):
            called.setdefault(each.last, {}).setdefault(each.titles, (paragraph, each))
    return called
