"""Check that a note and a source card say of paragraphs what stands there: the numbers and the quoted words.

Of a card only those sentences are looked at that name a paragraph (¶6): what else it warns of, its author knows from
elsewhere. A note may also lean on what its beat cites, on the day of publication, and on a sum of two such numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from retell.checks.evidence import fragments, grounds
from retell.checks.evidence.fragments import SENTENCE_END
from retell.checks.evidence.quantities import quantities
from retell.checks.narrator import as_typed
from retell.checks.statements import LOCATORS, numbers_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.checks.evidence.forms import Value
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.quantities import Quantity
    from retell.checks.evidence.witness import Witness
    from retell.checks.statements import Statement
    from retell.problems import Problem
    from retell.story.citations import Citation
    from retell.story.library import Library

NOT_THERE = Rule(
    "grounds-not-found",
    "A number or quotation of a note or a source card stands in the paragraph that it names.",
    "warning",
    message="no paragraph that this leans on has {shown}",
    help="correct it, or name the paragraph (¶6) that has it",
)
IN_A_ROLE = NOT_THERE.saying("no paragraph that names {name} has {shown}", "correct it, or leave it out")
QUOTED = re.compile(r'"[^"]+"|“[^”]+”')
NUMBERED = re.compile(r"\b[Pp]ara(?:graph)?s?\.? \d+(?:(?:, | and |-)\d+)*")
# what its author knows from elsewhere, or from a picture, no paragraph has
OUTSIDE = re.compile(
    r"\b(?:other (?:papers?|coverage|sources?|sites?)|elsewhere|usual(?:ly)?|our own|caption|picture|photo\w*|map)\b",
    re.I,
)
SEVERAL = re.compile(r"\b(?:articles|texts|papers|reports|sources|documents)\b", re.I)
LAST_YEAR = re.compile(r"\b(?:last|previous) (?:year|\w+day|[A-Z][a-z]+)\b")
SUMMARY = "summary"
DATING = "worked-out"  # where a card says how its article was dated
FEWEST = 12  # smaller numbers in words count what the writer puts together
SUM = re.compile(r"(\d[\d,]*) ?(?:\+|plus|and|-|−|minus|less) ?(\d[\d,]*)")


def check(statement: Statement, scene: Sequence[Citation], witness: Witness) -> Iterator[Problem]:
    """Yield what a note, in its scene with these citations, or a card says of paragraphs and they do not have."""
    if statement.trail == ("container-title",):
        return  # what the article prints at its head
    typed = as_typed(statement.file, statement.trail)
    if statement.kind != "note" and not LOCATORS.search(typed) and statement.trail[0] not in (DATING, SUMMARY):
        return
    there = _paragraphs(typed, statement, scene, witness)
    if there is None:
        return
    yield from _numbers(typed, statement, there, witness)
    for quoted in QUOTED.finditer(typed):
        fragment = fragments.read(quoted[0])
        if " " not in quoted[0] or fragment.fault or not _is_looked_at(quoted.start(), typed, statement):
            continue
        if not any(isinstance(fragments.find(fragment, *one.signed), tuple) for one in there):
            yield NOT_THERE.at(statement.file.locate(statement.trail, quoted.start()), shown=quoted[0])


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


def _numbers(typed: str, statement: Statement, paragraphs: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    published = {value for key in _keys(typed, statement, witness) for value in witness.published(key)}
    numbers = quantities(_without(typed, LOCATORS, NUMBERED, QUOTED))
    missing = []
    for sentence, group in groupby(numbers, key=lambda number: _sentence(number.start, typed)):
        near = _named_in(sentence, typed, statement, witness)
        there = [each for each in paragraphs if near is None or (each.key, each.number) in near]
        values = published.union(*[each.values for each in there])
        missing += [number for number in group if _is_missing(number, near, values, statement)]
    worked_out = _worked_out(typed, statement, witness) if missing else set()
    for number in missing:
        if not worked_out.isdisjoint(number.readings):
            continue
        if _is_looked_at(number.start, typed, statement):
            place = statement.file.locate(statement.trail, number.start)
            yield NOT_THERE.at(place, shown=f"'{typed[number.start : number.end]}'")


def _is_missing(number: Quantity, near: set[tuple[str, int]] | None, values: set[Value], statement: Statement) -> bool:
    """Return whether a number that a sentence owes to the paragraphs near it is none of their values."""
    few = _is_small(number) and (near is not None or statement.trail[0] == SUMMARY)
    if few and number.value not in (1, 2, len(near or ())):
        values = values | {("number", sum_) for sum_ in _sums(values)}
    elif _counts(number):
        return False
    return values.isdisjoint(number.readings)


def _paragraphs(
    typed: str, statement: Statement, scene: Sequence[Citation], witness: Witness
) -> list[Paragraph] | None:
    """Return what a text leans on: a card on its article, a note on what its scene cites and on what it names.

    None where the reader's copies lack a part of that, so that nobody can say what does not stand there.
    """
    noted = statement.kind == "note" and statement.citations
    own = statement.citations[0].key if noted else statement.part
    named = {(witness.codes.get(match[1] or "", own)): None for match in LOCATORS.finditer(typed)}
    wanted = {(key, number) for key in named for number in range(1, witness.lengths.get(key, 0) + 1)}
    if statement.kind == "note":
        wanted |= {(citation.key, number) for citation in scene for number in citation.paragraphs}
    else:
        wanted |= {(own, number) for number in range(1, witness.lengths.get(own, 0) + 1)}
    if any(number not in witness.paragraphs.get(key, {}) for key, number in wanted):
        return None
    return [witness.paragraphs[key][number] for key, number in sorted(wanted)]


def _named_in(
    sentence: tuple[int, int], typed: str, statement: Statement, witness: Witness
) -> set[tuple[str, int]] | None:
    """Return the paragraphs that a sentence leans on, those that its note cites among them.

    None where it names none, and so may lean on any.
    """
    own = statement.citations[0].key if statement.kind == "note" and statement.citations else statement.part
    named = {
        (witness.codes.get(match[1] or "", own), number)
        for match in LOCATORS.finditer(typed, *sentence)
        for number in numbers_of(match)
    }
    if not named:
        return None
    if statement.trail[0] == DATING:
        named |= {(own, number) for number in witness.paragraphs.get(own, {})}
    noted = statement.citations if statement.kind == "note" else ()
    return named | {(citation.key, number) for citation in noted for number in citation.paragraphs}


def _sentence(at: int, typed: str) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends."""
    ends = _sentence_ends(typed)
    behind = bisect_right(ends, at)
    return ends[behind - 1], ends[behind]


@lru_cache(maxsize=1)
def _sentence_ends(typed: str) -> list[int]:
    return [0, *(match.end() for match in SENTENCE_END.finditer(typed)), len(typed)]


def _keys(typed: str, statement: Statement, witness: Witness) -> set[str]:
    """Return the articles that a text is of: its own, those it names, and those that its beat cites."""
    if SEVERAL.search(typed):
        return set(witness.codes.values())
    named = witness.names.in_text(typed)
    keys = {key for key, head in witness.heads.items() if named & head.named & witness.outlets}
    keys |= {witness.codes[code] for code in re.findall(r"\b[A-Z]\b", typed) if code in witness.codes}
    return keys | {citation.key for citation in statement.citations} | ({statement.part} & set(witness.codes.values()))


def _sums(values: Iterable[Value]) -> set[Decimal]:
    """Return the sums of two of the numbers."""
    numbers = [value for kind, value in values if kind == "number" and isinstance(value, Decimal) and value <= FEWEST]
    return {one + other for one in numbers for other in numbers}


def _is_small(number: Quantity) -> bool:
    return isinstance(number.value, Decimal) and number.kind == "number" and number.asks and number.value <= FEWEST


def _counts(number: Quantity) -> bool:
    """Return whether a number is the writer's own count or none at all."""
    return not number.asks or _is_small(number) or number.kind in ("ordinal", "percent", "times")


def _is_looked_at(at: int, typed: str, statement: Statement) -> bool:
    """Return whether the sentence around a place rests on paragraphs: of a card, that it names one."""
    start, end = _sentence(at, typed)
    sentence = typed[start:end]
    leans = statement.kind == "note" or statement.trail[0] == DATING or LOCATORS.search(sentence) is not None
    return leans and not OUTSIDE.search(sentence)


def _worked_out(typed: str, statement: Statement, witness: Witness) -> set[Value]:
    """Return the days of weekdays and the years of months before an article's date, and sums of two numbers."""
    written = {value for number in quantities(_without(typed, LOCATORS, NUMBERED)) for value in number.readings}
    keys = {citation.key for citation in statement.citations}
    months = {value for value in written if value[0] == "month"}
    found = {value for key in keys for value in grounds.before(written - months, witness.issued(key))}
    found |= {value for key in keys for value in grounds.before(months, witness.issued(key)) if value[0] == "number"}
    if LAST_YEAR.search(typed):
        found |= {("number", Decimal(issued.first.year - 1)) for key in keys if (issued := witness.issued(key))}
    for sum_ in SUM.finditer(typed):
        terms = [Decimal(number.replace(",", "")) for number in sum_.groups()]
        found |= {("number", terms[0] + terms[1]), ("number", terms[0] - terms[1])}
    return found


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    """Return a text with what patterns find blanked out."""
    for pattern in patterns:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text
