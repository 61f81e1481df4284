"""Find the paragraph that holds what no cited paragraph does, by the search that `retell find` has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from retell.checks.claims import uncited_claims
from retell.story.rules import CLAIM_WITHOUT_CITATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.copies.search import Search
    from retell.problems import Problem, Rule
    from retell.story.citations import Citation
    from retell.story.library import Library

MARKS = re.compile(r"[\"“”„«»]")  # a quotation that the author wrote need not be exact to be found
MOST_POINTED = 100  # problems that are answered with a paragraph
CLEARLY = 1.2  # how much better than the next a paragraph answers that is named to an author who cited none


def pointing(
    rule: Rule, told: str, citations: Sequence[Citation], bears: Callable[[Paragraph], bool], witness: Witness
) -> Rule:
    """Return a rule that says in which paragraph it does stand, of those that bear it the one most like what is told.

    The articles that are cited come first. Where no paragraph bears it, and after the first problems, the rule is given
    back as it is.
    """
    if witness.pointed >= MOST_POINTED:
        return rule
    witness.pointed += 1
    there = [paragraph for paragraph in witness.elsewhere(()) if bears(paragraph)]
    if not there:
        return rule
    cited = {citation.key for citation in citations}
    order = [(hit.key, hit.number) for hit in witness.search.find(MARKS.sub(" ", told))]
    rank = {place: at for at, place in enumerate(order)}
    best = min(there, key=lambda each: (each.key not in cited, rank.get((each.key, each.number), len(rank))))
    return rule.saying(rule.message, f"it is in ¶{best.number} of {best.key}: cite that, or correct it")


def name_paragraphs(problems: Iterable[Problem], library: Library, search: Search) -> list[Problem]:
    """Return problems, those of claims that cite nothing with the paragraph that says most of it, where one does."""
    told = dict(uncited_claims(library))
    return [
        _named(problem, told[problem.location], search)
        if CLAIM_WITHOUT_CITATION.same(problem) and problem.location in told
        else problem
        for problem in problems
    ]


def _named(problem: Problem, told: str, search: Search) -> Problem:
    hits = search.find(MARKS.sub(" ", told))[:2]
    if not hits or (len(hits) > 1 and hits[0].score < CLEARLY * hits[1].score):
        return problem
    best = hits[0]
    where = f"it may rest on ¶{best.number} of {best.key}: if so, end it with [@{best.key}, para. {best.number}]"
    return msgspec.structs.replace(problem, help=where)
