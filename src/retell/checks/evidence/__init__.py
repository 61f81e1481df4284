"""Stage 6: a Library and a reader's copies in; what the copies do not bear out, and how much they do, out.

Each claim is held against the paragraphs that it cites. A claim whose paragraph is not in the copies is unproven, not
wrong. A pass proves that the words and numbers stand in the paragraph, not that the paragraph is true.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retell.checks.evidence import asides, copying, counted, facts, frame, negation, polarity, quotation, turned
from retell.checks.evidence.assertions import Assertion, assertions, speeches
from retell.checks.evidence.placement import Index
from retell.checks.evidence.silences import Silences
from retell.checks.evidence.witness import Witness
from retell.checks.narrator import texts
from retell.checks.statements import statements
from retell.copies.saved import read_copies

if TYPE_CHECKING:
    from pathlib import Path

    from retell.copies.held import Copy
    from retell.problems import Problem
    from retell.story.citations import Citation
    from retell.story.library import Library


@dataclass
class Share:
    """How much of one article the story uses: paragraphs and words in all, those cited, those quoted."""

    paragraphs: int = 0
    cited: set[int] = field(default_factory=set)
    words: int = 0
    quoted: int = 0


@dataclass
class Findings:
    """What holding the story against the copies gave."""

    problems: list[Problem] = field(default_factory=list)
    proven: int = 0
    not_borne_out: int = 0
    unproven: dict[str, int] = field(default_factory=dict)
    quotations: int = 0
    numbers: int = 0
    names: int = 0
    shares: dict[str, Share] = field(default_factory=dict)


def prove(library: Library, folder: Path) -> Findings:
    """Hold the story against a folder of copies; raises RetellError when there is none or one cannot be read."""
    copies, differing = read_copies(library, folder)
    findings = examine(library, copies)
    findings.problems.extend(differing)
    return findings


def examine(library: Library, copies: dict[str, Copy]) -> Findings:
    """Hold every claim and every speaker against the copies; the library's own problems are not looked at again."""
    witness = Witness(library, copies)
    findings = Findings(shares=_shares(library, witness))
    index = Index(witness)
    for assertion in assertions(library):
        _examine_claim(assertion, witness, index, findings)
    shingles = copying.Shingles(witness)
    for text in texts(library):
        findings.problems.extend(shingles.check(text))
    listed = statements(library)
    scenes: dict[str, list[Citation]] = {}
    for statement in listed:
        scenes.setdefault(statement.part, []).extend(statement.citations)
    silences = Silences(library, witness)
    for statement in listed:
        findings.problems.extend(silences.check(statement))
        if statement.kind in ("note", "source"):
            findings.problems.extend(asides.check(statement, scenes[statement.part], witness))
    findings.problems.extend(frame.check(library, witness))
    for speech in speeches(library):
        cited = witness.cited(speech.citations)
        if cited:
            findings.problems.extend(facts.check_speaker(library, speech, cited))
    return findings


def _examine_claim(assertion: Assertion, witness: Witness, index: Index, findings: Findings) -> None:
    cited = witness.cited(assertion.citations)
    if cited is None:
        reason = _why_unproven(assertion, witness)
        findings.unproven[reason] = findings.unproven.get(reason, 0) + 1
        return
    paragraphs = [paragraph for paragraph in cited if paragraph.number]
    told = facts.told_names(assertion, witness)
    found = list(negation.check(assertion, paragraphs, witness))
    if assertion.quotes:
        found += quotation.check(assertion, paragraphs, witness)
        found += negation.check_denials(assertion, paragraphs)
    if assertion.counts:
        found += facts.check_numbers(assertion, cited, witness)
    if told:
        found += facts.check_names(assertion, told, cited, witness)
        findings.names += len(set().union(*[named for _, named in told]))
    found += facts.check_other_names(assertion, cited, witness)
    if not found:
        # where nothing is surely wrong, what may be
        found += index.check(assertion, paragraphs)
        for check in (turned.check, counted.check, polarity.check):
            found += check(assertion, paragraphs)
    findings.problems.extend(found)
    if any(problem.level == "error" for problem in found):
        findings.not_borne_out += 1
    else:
        findings.proven += 1
    _count(assertion, findings)


def _count(assertion: Assertion, findings: Findings) -> None:
    share = findings.shares[assertion.citations[0].key]
    for part in assertion.parts:
        findings.numbers += len(part.quantities)
        if part.quoted:
            findings.quotations += 1
            share.quoted += len(part.words)  # a fragment that two articles bear counts for the first of them
    for citation in assertion.citations:
        findings.shares[citation.key].cited.update(citation.paragraphs)


def _why_unproven(assertion: Assertion, witness: Witness) -> str:
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
