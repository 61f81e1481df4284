"""Check that a scene is dated and placed by what it tells: its day stands in it, and its place in what it cites."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from retell.checks.evidence import grounds
from retell.checks.evidence.quantities import quantities
from retell.problems import Rule
from retell.story.mentions import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.checks.evidence.forms import Value
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.checks.statements import Statement
    from retell.problems import Problem
    from retell.story.dates import When
    from retell.story.library import Entry, Library
    from retell.story.model import Scene

WHEN_NOT_TOLD = Rule(
    "when-not-told",
    "The date of a scene is one that its statements and notes tell.",
    "warning",
    message="no statement or note of this scene tells {missing}",
    help="correct 'when:', make it less exact, or say in a note how it was worked out",
)
WHERE_NOT_NAMED = Rule(
    "where-not-named",
    "The place of a scene is named in a paragraph that it cites.",
    "warning",
    message="no paragraph that this scene cites names {shown}",
    help="correct 'where:', or leave it out",
)
ANOTHER_PLACE = WHERE_NOT_NAMED.saying(
    "this scene names {other}, and nowhere {shown}", "correct 'where:', or say in the scene that it is there"
)
YEARS = range(1000, 2200)
EARLY = re.compile(
    r"\b(?:in|year|about|since|until|before|after|anno|a\.?d\.?) \d{1,3}\b|\b\d{1,4} ?(?:b\.?c|a\.?d|(?:b\.?)?c\.?e)\b",
    re.IGNORECASE,
)
"""How a year before 1000, or one before our era, is told from another number."""
LEAST_NAMED = 2  # statements that name another place, so that a scene may be there
TOLD = ("narration", "quotation", "note", "gist", "position")


def check(library: Library, all_statements: Iterable[Statement], witness: Witness) -> Iterator[Problem]:
    """Yield the scenes whose date or place is not what they tell and cite; without all their paragraphs, nothing."""
    listed: dict[str, list[Statement]] = {}
    for statement in all_statements:
        listed.setdefault(statement.part, []).append(statement)
    for scene in library.scenes.values():
        all_of_it = listed.get(scene.id, [])
        told = [each for each in all_of_it if each.kind in TOLD]
        yield from _check_when(scene, told, witness)
        yield from _check_where(scene, [each for each in all_of_it if each.kind != "where"], library, witness)


def _check_when(scene: Entry[Scene], told: list[Statement], witness: Witness) -> Iterator[Problem]:
    when = scene.form.when
    paragraphs = None if when is None else _cited(told, witness)
    if when is None or paragraphs is None:
        return
    parts = list(_parts(when))
    keys = {citation.key for each in told for citation in each.citations}
    there = [paragraph.values for paragraph in paragraphs]
    there += [witness.published(key, to_the_day=False) for key in keys]
    if all(any(value in known for known in there) for value, _ in parts):
        return  # mostly the articles have the date, and what is told need not be read for it
    values: set[Value] = set()
    for each in told:
        values.update(*[number.bears for number in quantities(each.text)])
        if all(value in values or any(value in known for known in there) for value, _ in parts):
            return
    for key in keys:
        values |= witness.published(key, to_the_day=False) | set(grounds.before(values, witness.issued(key)))
    values = values.union(*there)
    early = when.drawn_part.year < YEARS.start and any(EARLY.search(each.text) for each in paragraphs)
    if not early and not any(("number", Decimal(year)) in values for year in YEARS):
        return  # it tells no date at all, and its articles have none
    missing = [shown for value, shown in parts if value not in values]
    if missing:
        yield WHEN_NOT_TOLD.at(scene.file.locate(("when",)), missing=" nor ".join(dict.fromkeys(missing)))


def _parts(when: When) -> Iterator[tuple[Value, str]]:
    """Yield each year, month and day of a date or range that it says, as a value and in words."""
    words = [*quantities(str(when))]
    for number in words:
        if isinstance(number.value, Decimal):
            yield number.readings[0], str(when)[number.start : number.end]


def _check_where(scene: Entry[Scene], told: list[Statement], library: Library, witness: Witness) -> Iterator[Problem]:
    place = library.places.get(scene.form.where or "")
    paragraphs = None if place is None else _cited(told, witness)
    if place is None or paragraphs is None:
        return
    words = [name.casefold() for name in names_of(place.form)]
    texts = [each.text.casefold() for each in told]
    cited = {citation.key for each in told for citation in each.citations}
    titles = [witness.heads[key].text.casefold() for key in cited if key in witness.heads]
    headed = _names(words, titles) and _names(words, texts)  # of a town's own paper only the title may name the town
    if (
        paragraphs
        and not headed
        and not _names(words, [witness.once(_casefolded, paragraph) for paragraph in paragraphs])
    ):
        yield WHERE_NOT_NAMED.at(scene.file.locate(("where",)), shown=place.form.name)
        return
    if _names(words, [scene.form.title.casefold(), *texts]):
        return
    named = [(each.kind, witness.names.in_text(each.text)) for each in told]
    times = Counter(card for _, cards in named for card in cards if card.startswith("places/"))
    for card, many in times.most_common(1):
        if many >= LEAST_NAMED or any(kind == "gist" and card in cards for kind, cards in named):
            there = scene.file.locate(("where",))
            yield ANOTHER_PLACE.at(there, shown=place.form.name, other=witness.shown(card))


def _cited(told: Iterable[Statement], witness: Witness) -> list[Paragraph] | None:
    """Return the paragraphs that statements cite; None where the reader lacks one.

    Of an article that is cited as a whole those are all.
    """
    found: dict[Paragraph, None] = {}
    for key, numbers in dict.fromkeys(
        (citation.key, citation.paragraphs) for each in told for citation in each.citations
    ):
        copy = witness.paragraphs.get(key, {})
        wanted = numbers or range(1, (witness.lengths.get(key) or 1) + 1)
        if any(number not in copy for number in wanted):
            return None
        found.update((copy[number], None) for number in wanted)
    return list(found)


def _casefolded(paragraph: Paragraph, _: Witness) -> str:
    return paragraph.text.casefold()


def _names(words: Sequence[str], texts: Iterable[str]) -> bool:
    return any(word in text for text in texts for word in words)
