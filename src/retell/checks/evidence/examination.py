"""The story is held against a reader's copies: what each statement's paragraphs bear out, and what they do not.

A statement whose paragraph is not in the copies is not wrong, and one in which there is nothing that a program can look
for is not borne out either. What is borne out stands in the paragraph; whether the paragraph is true nobody has looked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from retell.checks import check, in_order
from retell.checks.evidence import (
    actors,
    asides,
    beside,
    copying,
    counted,
    facts,
    frame,
    kinds,
    negation,
    polarity,
    quotation,
    ranks,
    turned,
)
from retell.checks.evidence.assertions import Assertion, assertions, marked, speeches
from retell.checks.evidence.placement import Index
from retell.checks.evidence.pointing import name_paragraphs
from retell.checks.evidence.silences import Silences
from retell.checks.evidence.witness import Witness
from retell.checks.narrator import texts
from retell.checks.readings import look_up
from retell.checks.statements import statements
from retell.copies.saved import hold_for, problems_of
from retell.copies.search import Search
from retell.files.rules import TOO_LARGE
from retell.problems import Location, StoryUnfitError

if TYPE_CHECKING:
    from collections.abc import Sequence
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
MOST_STATEMENTS, MOST_CHARACTERS = 4_000, 1_000_000
"""How much a story has that is held against copies: statements, and characters of all its texts."""
TOO_MUCH_TO_HOLD = TOO_LARGE.saying(
    "this story has more than {most:,} {what}, and is not held against copies",
    "check its parts as stories of their own, or without copies",
)
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

    `answered` are doubts, of rules that only suspect, about statements that a person has read as they are now.
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


def prove(library: Library, folder: Path | None) -> Findings:
    """Return what holding the story against a folder of copies, and against its own documents, gives.

    Raises RetellError when there is no such folder, and StoryUnfitError when there is too much to hold against it.
    """
    listed = statements(library)
    if library.story and (problem := _too_much(library, len(listed), Location(library.story.file.name))):
        raise StoryUnfitError([problem])
    holding = hold_for(library, folder)
    findings = examine(library, holding.copies, listed)
    findings.problems.extend(problems_of(library, holding))
    findings.files = holding.files
    return findings


def _too_much(library: Library, number: int, place: Location) -> Problem | None:
    """Return the problem of a story that has too many statements or too long texts to be held against copies."""
    characters = sum(len(text.plain) for _, text in library.texts())
    for has, most, what in (
        (number, MOST_STATEMENTS, "statements"),
        (characters, MOST_CHARACTERS, "characters in its texts"),
    ):
        if has > most:
            return TOO_MUCH_TO_HOLD.at(place, most=most, what=what)
    return None


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


def examine(library: Library, copies: dict[str, Copy], listed: Sequence[Statement] = ()) -> Findings:
    """Return what holding every claim and every speaker against the copies gives; its statements may be given."""
    witness = Witness(library, copies)
    findings = Findings(copies=copies, shares=_shares(library, witness))
    listed = listed or statements(library)
    _examine_claims(library, _read(library, listed), witness, findings)
    shingles = copying.Shingles(witness)
    for text in texts(library):
        findings.problems.extend(shingles.check(text))
    scenes: dict[str, list[Citation]] = {}
    for statement in listed:
        scenes.setdefault(statement.part, []).extend(statement.citations)
    silences = Silences(library, witness)
    for statement in listed:
        findings.problems.extend(silences.check(statement))
        if statement.kind in ("note", "source"):
            findings.problems.extend(asides.check(statement, scenes[statement.part], witness))
    findings.problems.extend(frame.check(library, listed, witness))
    findings.problems.extend([*ranks.check_roles(library, witness), *asides.check_roles(library, witness)])
    for speech in speeches(library):
        cited = witness.cited(speech.citations)
        if cited:
            findings.problems.extend(facts.check_speaker(library, speech, cited, witness))
    return findings


def _read(library: Library, listed: Sequence[Statement]) -> set[Key]:
    """Return where the statements stand that a person has read as they are now."""
    if library.readings is None:
        return set()
    states = look_up(library, listed)
    unread = {each.key for each in listed if not states[each.name].readers}
    return {each.key for each in listed} - unread


def _examine_claims(library: Library, read: set[Key], witness: Witness, findings: Findings) -> None:
    """Add what is found of all claims, and of those that students mark whether they rest on the right paragraph."""
    claims, of_students = list(assertions(library)), list(marked(library))
    index = Index(witness, [*claims, *(assertion for assertion, said in of_students if said)])
    for assertion in claims:
        doubts = _examine_claim(assertion, witness, index, findings)
        (findings.answered if assertion.key in read else findings.problems).extend(doubts)
    for assertion, said in of_students:
        cited = witness.cited(assertion.citations) or []
        wrong = _facts(assertion, [], cited, witness) if cited and said else []
        findings.problems.extend(wrong)
        paragraphs = [] if wrong else [each for each in cited if each.number]
        doubts = (
            _doubts(assertion, paragraphs, index, witness)
            if said
            else list(index.check(assertion, paragraphs, denied=True))
        )
        (findings.answered if assertion.key in read else findings.problems).extend(doubts)


def _examine_claim(assertion: Assertion, witness: Witness, index: Index, findings: Findings) -> list[Problem]:
    """Add what is found of a claim, and return what may be wrong where nothing surely is."""
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
    return _doubts(assertion, paragraphs, index, witness)


def _doubts(assertion: Assertion, paragraphs: Sequence[Paragraph], index: Index, witness: Witness) -> list[Problem]:
    """Return what may be wrong with a claim."""
    doubts = [*index.check(assertion, paragraphs), *actors.check(assertion, paragraphs, witness)]
    doubts += [*ranks.check(assertion, witness), *beside.check(assertion, paragraphs, witness)]
    for rule in (turned.check, kinds.check, counted.check, polarity.check):
        doubts += rule(assertion, paragraphs)
    return doubts


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
