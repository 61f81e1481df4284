"""Count what a check went through: how much there is, how much of it is borne out, and how much was read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from retell.checks.evidence.examination import BORNE_OUT, NOT_BORNE_OUT, NOTHING, OUTCOMES
from retell.checks.readings import look_up
from retell.story.kinds import ARTICLE, Noun, noun_for
from retell.story.library import forms
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.checks.evidence.examination import Findings, Share
    from retell.checks.statements import Statement
    from retell.story.form import Role
    from retell.story.library import Library

CLAIMED: tuple[Role, ...] = ("gist", "say", "says")


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What copies bore out: of the statements, and by article.

    `neither` counts the statements that are neither borne out nor read: a reader's eye is wanted for them. `noun` is
    what the sources are called.
    """

    borne_out: int = 0
    not_borne_out: int = 0
    nothing_to_look_for: int = 0
    not_looked_into: dict[str, int] = {}
    neither: int = 0
    numbers: int = 0
    names: int = 0
    articles: dict[str, Share] = {}
    noun: Noun = ARTICLE


class Summary(msgspec.Struct, frozen=True):
    """How many of each the check went through; the evidence only where there were copies to look into.

    `story` is the story's title or, where it has none, the name of its folder. `read` counts the statements that a
    person has read as they are now, `read_by_two` those that two or more have.
    """

    scenes: int
    disputes: int
    claims: int
    quotations: int
    evidence: Evidence | None = None
    story: str = ""
    statements: int = 0
    read: int = 0
    read_by_two: int = 0
    unread: int = 0


def summarise(library: Library, listed: Sequence[Statement], findings: Findings | None = None) -> Summary:
    """Return how many scenes, disputes, claims, quotations and statements there are, and what was found of these."""
    claims = [claim for passage in library.passages() if passage.role in CLAIMED for claim in passage.prose.claims]
    quotes = sum(text.role == "quote" for _, text in library.texts())
    states = look_up(library, listed)
    readers = [len(states[statement.name].readers) for statement in listed]
    return Summary(
        scenes=len(library.scenes),
        disputes=len(library.disputes),
        claims=len(claims),
        quotations=sum(len(claim.quotations) for claim in claims) + quotes,
        evidence=_evidence(library, listed, findings) if findings else None,
        story=_name(library),
        statements=len(listed),
        read=sum(number > 0 for number in readers),
        read_by_two=sum(number > 1 for number in readers),
        unread=readers.count(0),
    )


def unread_of(library: Library, listed: Sequence[Statement]) -> list[Statement]:
    """Return the statements that nobody has read as they are now."""
    states = look_up(library, listed)
    return [statement for statement in listed if not states[statement.name].readers]


def neither(library: Library, listed: Sequence[Statement], findings: Findings) -> list[Statement]:
    """Return the statements that are neither borne out nor read."""
    return [each for each in unread_of(library, listed) if findings.outcomes.get(each.key) != BORNE_OUT]


def _evidence(library: Library, listed: Sequence[Statement], findings: Findings) -> Evidence:
    # a paragraph to mark by is looked into as well, but is a student's, and no statement of the story
    outcomes = Counter(findings.outcomes.get(each.key, NOTHING) for each in listed)
    return Evidence(
        borne_out=outcomes[BORNE_OUT],
        not_borne_out=outcomes[NOT_BORNE_OUT],
        nothing_to_look_for=outcomes[NOTHING],
        not_looked_into={reason: number for reason, number in outcomes.items() if reason not in OUTCOMES},
        neither=len(neither(library, listed, findings)),
        numbers=findings.numbers,
        names=findings.names,
        articles=findings.shares,
        noun=noun_for(forms(library.sources)),
    )


def _name(library: Library) -> str:
    title = set_line(library.story.form.title) if library.story else ""
    return title or library.root.resolve().name or str(library.root)
