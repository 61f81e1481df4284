"""Check that a note and a source card say of paragraphs what stands there: numbers, quoted words and who writes them.

Of a card's text, but for its summary, only those sentences are looked at that name a paragraph (¶6): what else it
warns of, its author knows from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.checks.evidence import fragments, noted_numbers
from retell.checks.evidence.facts import ABSENT
from retell.checks.evidence.leaning import lean
from retell.checks.evidence.noted_numbers import NOT_THERE, QUOTED
from retell.checks.evidence.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.leaning import Leaning
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.checks.statements import Statement
    from retell.problems import Problem
    from retell.story.citations import Citation
    from retell.story.library import Library

IN_A_ROLE = NOT_THERE.saying("no paragraph that names {name} has {shown}", "correct it, or leave it out")
NOT_OF_ITS_BEAT = NOT_THERE.saying("nothing that this leans on is of {shown}", "correct it, or cite the article")


def check(statement: Statement, scene: Sequence[Citation], witness: Witness) -> Iterator[Problem]:
    """Yield what a note, in its scene with these citations, or a card says of paragraphs and they do not have."""
    if statement.trail == ("container-title",):
        return  # what the article prints at its head
    leaning = lean(statement, scene, witness)
    if leaning is None:
        return
    yield from noted_numbers.check(leaning)
    outlets = list(_outlets(leaning))
    yield from _quotations(leaning, outlets)
    scenes = {citation.key for citation in scene}
    for at, shown, keys in outlets if leaning.is_a_note else ():
        start, end = leaning.sentence(at)
        if keys.isdisjoint(scenes if ABSENT.search(leaning.typed, start, end) else leaning.beats):
            yield NOT_OF_ITS_BEAT.at(leaning.locate(at), shown=shown)


def _quotations(leaning: Leaning, outlets: Sequence[tuple[int, str, set[str]]]) -> Iterator[Problem]:
    """Yield the quoted words of a note or card that no paragraph has which it may lean on."""
    for quoted in QUOTED.finditer(leaning.typed):
        fragment = fragments.read(quoted[0])
        if " " not in quoted[0] or fragment.fault or not leaning.is_looked_at(quoted.start()):
            continue
        there = _of_outlets(quoted.start(), outlets, leaning)
        if not any(isinstance(fragments.find(fragment, *one.signed), tuple) for one in there):
            yield NOT_THERE.at(leaning.locate(quoted.start()), shown=quoted[0])


def _outlets(leaning: Leaning) -> Iterator[tuple[int, str, set[str]]]:
    """Yield each article's name that a text has: where, the name, and the keys of the articles that bear it."""
    witness = leaning.witness
    for voice, start, end in witness.names.placed(leaning.typed):
        card = f"voices/{voice}"
        if card in witness.outlets:
            keys = {key for key, head in witness.heads.items() if card in head.named}
            yield start, leaning.typed[start:end], keys


def _of_outlets(at: int, outlets: Sequence[tuple[int, str, set[str]]], leaning: Leaning) -> Sequence[Paragraph]:
    """Return the paragraphs that the words quoted at a place are of: those of the outlets that its sentence names."""
    start, end = leaning.sentence(at)
    keys = set().union(*[keys for where, _, keys in outlets if start <= where < end])
    return [each for each in leaning.paragraphs if each.key in keys] if keys else leaning.paragraphs


def check_roles(library: Library, witness: Witness) -> Iterator[Problem]:
    """Yield the ranks of a voice's role (the 52nd) that no paragraph with the voice's name has, where one has the name.

    Other numbers of a role are often worked out.
    """
    for id_, voice in library.voices.items():
        numbers = [each for each in quantities(voice.form.role) if each.kind == "ordinal"]
        there = [each for each in witness.elsewhere(()) if f"voices/{id_}" in each.named] if numbers else []
        values = set().union(*[each.values for each in there])
        for number in numbers if there else ():
            if values.isdisjoint(number.readings):
                place = voice.file.locate(("role",), number.start)
                yield IN_A_ROLE.at(place, shown=f"'{voice.form.role[number.start : number.end]}'", name=voice.form.name)
