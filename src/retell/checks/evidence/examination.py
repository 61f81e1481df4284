"""The story is held against a reader's copies: what each statement's paragraphs bear out, and what they do not.

A statement whose paragraph is not in the copies is not wrong, and one in which there is nothing that a program can look
for is not borne out either. What is borne out stands in the paragraph; whether the paragraph is true nobody has looked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retell.checks import check, in_order
from retell.checks.evidence import (
    actors,
    asides,
    beside,
    card_words,
    copying,
    counted,
    facts,
    frame,
    kinds,
    negation,
    offices,
    polarity,
    quotation,
    ranks,
    stressed,
    turned,
)
from retell.checks.evidence.assertions import Assertion, assertions, marked, speeches
from retell.checks.evidence.exchanged import Exchanges
from retell.checks.evidence.extent import confirm_comparisons, confirm_size
from retell.checks.evidence.placement import Index
from retell.checks.evidence.pointing import name_paragraphs
from retell.checks.evidence.retold import Tellings
from retell.checks.evidence.silences import Silences
from retell.checks.evidence.witness import Witness
from retell.checks.narrator import texts
from retell.checks.readings import look_up
from retell.checks.statements import statements
from retell.copies.saved import hold_for, problems_of
from retell.copies.search import Search
from retell.problems import StoryUnfitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from retell.checks.evidence.assertions import Part
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.statements import Statement
    from retell.copies.held import Copy, SavedFile
    from retell.files.yamlfile import Trail
    from retell.problems import Problem
    from retell.story.citations import Citation
    from retell.story.library import Library


BORNE_OUT, NOT_BORNE_OUT, NOTHING = "borne out", "not borne out", "nothing to look for"
OUTCOMES = (BORNE_OUT, NOT_BORNE_OUT, NOTHING)
"""What can come of looking into a statement; any other outcome is why that could not be done."""
Key: TypeAlias = "tuple[str, Trail, int | None]"


@dataclass
class Share:
    """How much of one article the story uses: paragraphs and words in all, those cited, those quoted."""

    paragraphs: int = 0
    cited: set[int] = field(default_factory=set)
    words: int = 0
    quoted: int = 0

    @property
    def per_cent_quoted(self) -> float:
        """The share of its words that is quoted, in per cent; 0 for an article without words."""
        return 100 * self.quoted / self.words if self.words else 0.0


@dataclass
class Findings:
    """What holding the story against the copies gave.

    `answered` are doubts, of rules that only suspect, about statements that a person has read as they are now; they are
    looked for only where somebody asks for them.
    """

    problems: list[Problem] = field(default_factory=list)
    answered: list[Problem] = field(default_factory=list)
    copies: dict[str, Copy] = field(default_factory=dict, compare=False)
    files: tuple[SavedFile, ...] = field(default=(), compare=False)
    outcomes: dict[Key, str] = field(default_factory=dict)
    quotations: int = 0
    numbers: int = 0
    names: int = 0
    shares: dict[str, Share] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        """Return how many statements have an outcome."""
        return sum(each == outcome for each in self.outcomes.values())

    @property
    def not_looked_into(self) -> dict[str, int]:
        """How many statements could not be looked into, by the reason."""
        reasons = [each for each in self.outcomes.values() if each not in OUTCOMES]
        return {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}


class Against(NamedTuple):
    """What claims are held against: the paragraphs, how much their words weigh, and what the story tells of them."""

    witness: Witness
    places: Index
    tellings: Tellings
    exchanges: Exchanges


def prove(library: Library, folder: Path | None, *, doubting_what_was_read: bool = False) -> Findings:
    """Return what holding the story against a folder of copies, and against its own documents, gives.

    Raises RetellError when there is no such folder, and StoryUnfitError when there is too much to hold against it.
    """
    listed = statements(library)
    confirm_size(library, listed)
    holding = hold_for(library, folder)
    confirm_comparisons(listed, holding.copies)
    findings = examine(library, holding.copies, listed, doubting_what_was_read=doubting_what_was_read)
    findings.problems.extend(problems_of(library, holding))
    findings.files = holding.files
    return findings


def check_with_copies(library: Library, folder: Path | None) -> tuple[list[Problem], Findings]:
    """Return every problem of a library, those that copies show among them, and all that they show.

    Raises RetellError when there is no such folder.
    """
    try:
        findings = prove(library, folder)
    except StoryUnfitError as error:
        findings = Findings(problems=[*error.problems])
    search = Search({key: copy.paragraphs for key, copy in findings.copies.items()})
    return in_order([*name_paragraphs(check(library), library, search), *findings.problems]), findings


def examine(
    library: Library, copies: dict[str, Copy], listed: Sequence[Statement] = (), *, doubting_what_was_read: bool = False
) -> Findings:
    """Return what holding every claim and every speaker against the copies gives; its statements may be given."""
    witness = Witness(library, copies)
    findings = Findings(copies=copies, shares=_shares(library, witness))
    listed = listed or statements(library)
    read = _read(library, listed)
    for key, doubts in _examine_claims(library, witness, findings):
        if key not in read:
            findings.problems.extend(doubts)
        elif doubting_what_was_read:
            findings.answered.extend(doubts)
    for statement in listed:
        if statement.key not in read:
            findings.problems.extend([*stressed.check(statement), *card_words.check(statement, witness)])
    findings.problems.extend(_found_beside_claims(library, listed, witness))
    return findings


def _found_beside_claims(library: Library, listed: Sequence[Statement], witness: Witness) -> Iterator[Problem]:
    """Yield what is found of all other texts: their wording, silences, notes, cards, roles and speakers."""
    shingles = copying.Shingles(witness)
    for text in texts(library):
        yield from shingles.check(text)
    scenes: dict[str, dict[object, Citation]] = {}
    for statement in listed:
        distinct = scenes.setdefault(statement.part, {})
        distinct.update({(each.key, each.paragraphs): each for each in statement.citations})
    silences = Silences(library, witness)
    for statement in listed:
        yield from silences.check(statement)
        if statement.kind in ("note", "source"):
            yield from asides.check(statement, [*scenes[statement.part].values()], witness)
    yield from frame.check(library, listed, witness)
    yield from ranks.check_roles(library, witness)
    yield from asides.check_roles(library, witness)
    for speech in speeches(library):
        cited = witness.cited(speech.citations)
        if cited:
            yield from facts.check_speaker(library, speech, cited, witness)


def _read(library: Library, listed: Sequence[Statement]) -> set[Key]:
    """Return where the statements stand that a person has read as they are now."""
    if library.readings is None:
        return set()
    states = look_up(library, listed)
    unread = {each.key for each in listed if not states[each.name].readers}
    return {each.key for each in listed} - unread


def _examine_claims(library: Library, witness: Witness, findings: Findings) -> Iterator[tuple[Key, Iterable[Problem]]]:
    """Add what is found of all claims and of those that students mark; yield what may be wrong with each.

    Doubts are half of the work, and are looked for only when they are taken from the iterator.
    """
    claims, of_students = list(assertions(library)), list(marked(library))
    told = [*claims, *(assertion for assertion, said in of_students if said)]
    tellings = Tellings(told, witness)
    against = Against(witness, Index(witness, told), tellings, Exchanges(tellings, witness))
    for assertion in claims:
        yield assertion.key, _examine_claim(assertion, against, findings)
    for assertion, said in of_students:
        cited = witness.cited(assertion.citations) or []
        wrong = _facts(assertion, [], cited, witness) if cited and said else []
        findings.problems.extend(wrong)
        paragraphs = [] if wrong else [each for each in cited if each.number]
        places = against.places
        doubts = _doubts(assertion, paragraphs, against) if said else places.check(assertion, paragraphs, denied=True)
        yield assertion.key, doubts


def _examine_claim(assertion: Assertion, against: Against, findings: Findings) -> Iterable[Problem]:
    """Add what is found of a claim, and return what may be wrong where nothing surely is."""
    witness = against.witness
    cited = witness.cited(assertion.citations)
    if cited is None:
        findings.outcomes[assertion.key] = _why_not(assertion, witness)
        return []
    paragraphs = [paragraph for paragraph in cited if paragraph.number]
    told = facts.told_names(assertion, witness)
    found = list(negation.check(assertion, paragraphs, witness))
    if assertion.quotes:
        found += quotation.check(assertion, paragraphs, witness)
        found += negation.check_denials(assertion, paragraphs)
    found += _facts(assertion, told, cited, witness)
    if told:
        findings.names += len(set().union(*[named for _, named in told]))
    findings.problems.extend(found)
    looked_for = assertion.quotes or assertion.counts or told
    wrong = any(problem.level == "error" for problem in found)
    findings.outcomes[assertion.key] = NOT_BORNE_OUT if wrong else BORNE_OUT if looked_for else NOTHING
    _count(assertion, findings)
    if found:
        return []
    return _doubts(assertion, paragraphs, against)


def _doubts(assertion: Assertion, paragraphs: Sequence[Paragraph], against: Against) -> Iterator[Problem]:
    """Yield what may be wrong with a claim."""
    witness = against.witness
    yield from against.places.check(assertion, paragraphs)
    yield from list(actors.check(assertion, paragraphs, witness)) or against.exchanges.check(assertion, paragraphs)
    yield from against.tellings.check(assertion)
    yield from offices.check(assertion, witness)
    yield from ranks.check(assertion, witness)
    for rule in (turned.check, kinds.check, counted.check):
        yield from rule(assertion, paragraphs)
    for compare in (beside.check, polarity.check):
        yield from compare(assertion, paragraphs, witness)


def _facts(
    assertion: Assertion, told: list[tuple[Part, frozenset[str]]], cited: Sequence[Paragraph], witness: Witness
) -> list[Problem]:
    """Return the numbers and names of a claim that nothing it cites has."""
    found = list(facts.check_numbers(assertion, cited, witness)) if assertion.counts else []
    if told:
        found += facts.check_names(assertion, told, cited, witness)
    return [*found, *facts.check_other_names(assertion, cited, witness)]


def _count(assertion: Assertion, findings: Findings) -> None:
    share = findings.shares[assertion.citations[0].key]
    for part in assertion.parts:
        findings.numbers += len(part.quantities)
        if part.quoted:
            findings.quotations += 1
            share.quoted += len(part.words)  # a fragment that two articles bear counts for the first of them
    for citation in assertion.citations:
        findings.shares[citation.key].cited.update(citation.paragraphs)


def _why_not(assertion: Assertion, witness: Witness) -> str:
    for citation in assertion.citations:
        if citation.key not in witness.cards:
            return "no such source"
        if citation.key not in witness.paragraphs:
            return f"no copy of {citation.key}"
        if max(citation.paragraphs, default=1) > witness.lengths[citation.key] or 0 in citation.paragraphs:
            return "no such paragraph"
    return "a paragraph differs in the copy"


def _shares(library: Library, witness: Witness) -> dict[str, Share]:
    shares = {}
    for key, source in library.sources.items():
        words = sum(len(paragraph.words) for paragraph in witness.paragraphs.get(key, {}).values())
        shares[key] = Share(paragraphs=len(source.form.paragraphs), words=words)
    return shares
