"""Check who did what to whom: whoever accuses, asks or attacks in a claim does so in the cited paragraphs.

The nearest name before a verb does it, the nearest behind it suffers it, and "by" turns that round. It is told only
where the paragraphs have the same verb, or one like it, with the sides exchanged or with another side alone. Whose
minister, soldiers or border somebody speaks of is held against whose they are there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.card_names import Placed
from retell.checks.evidence.fragments import sentence_ends
from retell.checks.evidence.nearby import ahead
from retell.copies.search import COMMON, stem
from retell.problems import Rule
from retell.story.mentions import set_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

ACTORS_EXCHANGED = Rule(
    "actors-exchanged",
    "Who accuses, asks or attacks whom in a claim does so in a cited paragraph.",
    "warning",
    message="'{word}' is said of {shown} here, and of {other} in ¶{number} of {key}",
    help="say who did it as the source does, or cite the paragraph that says otherwise",
)
ANOTHER_SPEAKER = ACTORS_EXCHANGED.saying(
    "the words before this quotation name {named}, and its 'by' is {speaker}",
    "correct 'by', or name the speaker in 'lead'",
)
PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|their|him)\b", re.IGNORECASE)
ALIKE = (
    "accused accuses accusing blamed blames blaming",
    "attacked attacks attacking shelled shells shelling fired fires firing struck bombed bombs shot shoots assaulted",
    "killed kills killing wounded wounds",
    "asked asks asking urged urges urging demanded demands demanding called calls calling pressed",
    "warned warns warning",
    "refused refuses refusing rejected rejects rejecting declined declines",
    "denied denies denying dismissed dismisses",
    "blocked blocks blocking closed closes closing",
    "seized seizes captured captures occupied occupies took takes",
    "condemned condemns condemning criticised criticized criticises criticizes deplored deplores",
    "thanked thanks praised praises welcomed welcomes",
    "invaded invades invading crossed crosses",
    "arrested arrests detained detains",
    "supported supports backed backs",
    "offered offers promised promises guaranteed guarantees",
    "violated violates violating broke breaks breached",
    "said says told tells stated states announced announces wrote writes added adds",
)
GROUPS = {stem(word): number for number, row in enumerate(ALIKE) for word in row.split()}
ALONE = frozenset(number for number, row in enumerate(ALIKE) if row.split()[0] in ("refused", "denied", "said"))
"""Of these verbs nobody need suffer anything: they are held against who else does so."""
WORD = re.compile(r"[^\W\d_]+")
PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are)(?: (?:not|also|then|twice|first|\w+ly))? $")
LED = re.compile(
    r"\b(?:of|to|on|in|from|with|against|for|by|at|near|between|over|into|than|towards?) (?:the |its |an? )?$"
)
BROKEN = re.compile(r"[;:]|\b(?:that|which|who|while|whereas|after|before|but|because|as)\b")
BY = re.compile(r"^(?: [\w-]+){0,3} by (?:the |an? )?$")
OWNS = re.compile(r"(?:'s|s'|')?((?: [a-z]+(?:-[a-z]+)*){1,3})")
AHEAD = re.compile(r"([a-z]{4,}) (with|against|to) (?:the )?$")  # relations with, allied with, war against
STOPS = COMMON | frozenset(
    ("side", "sake", "eyes", "favour", "and", "or", "not", "also", "then", "said", "says", "own", "new", "old")
)
NEAR = 20  # characters between a name and the verb of which nothing else can be the subject
REACH = 70  # characters between a verb and who does it or suffers it


class Act(NamedTuple):
    """Something done: the group of its verb and the word, its place, and the sides that do and suffer it, if told.

    `near` is whether the name of who does it stands close by.
    """

    group: int
    word: str
    at: int
    by: str
    to: str
    near: bool = False


class Deeds(NamedTuple):
    """What a paragraph says that is done and owned: the acts with their groups, and what is whose, with its stems."""

    acts: list[Act]
    groups: frozenset[int]
    owned: list[tuple[str, str, int]]
    stems: frozenset[str]


def check(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield what a claim gives to the other side than its paragraphs and cards do."""
    there = [(paragraph, witness.once(_deeds, paragraph)) for paragraph in cited]
    found = [problem for look in (_check_acts, _check_owners) for problem in look(assertion, there, witness)]
    yield from found[:1]
    if assertion.quotes:
        yield from _check_lead(assertion, cited, witness)


def _deeds(paragraph: Paragraph, witness: Witness) -> Deeds:
    text, names = paragraph.text, witness.names.placed(paragraph.text)
    has_acts = names and not GROUPS.keys().isdisjoint(paragraph.stemmed)
    done = list(_acts_of(text, names, witness)) if has_acts else []
    owns = list(owned(text, witness)) if names else []
    heads = frozenset([noun.partition(" ")[0] for noun, _, _ in owns])
    return Deeds(done, frozenset([act.group for act in done]), owns, heads)


def _check_lead(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield a quotation whose lead names somebody else alone; a state is named for many reasons."""
    *leads, quote = assertion.parts
    speaker = f"voices/{assertion.speaker}"
    there = quote.trail[-1] == "quote" and any(speaker in paragraph.named for paragraph in cited)
    if not there or not leads or PRONOUN.search(assertion.own):
        return
    named = [card for card in sorted(witness.names.in_text(assertion.own)) if card.startswith("voices/")]
    if named and speaker not in named and not any(witness.shown(card).isalpha() for card in named):
        yield ANOTHER_SPEAKER.at(assertion.locate(quote), named=witness.shown(named[0]), speaker=witness.shown(speaker))


def _check_owners(
    assertion: Assertion, cited: Sequence[tuple[Paragraph, Deeds]], witness: Witness
) -> Iterator[Problem]:
    if all(deeds.stems.isdisjoint(assertion.stems) for _, deeds in cited):
        return
    there: dict[str, list[tuple[str, Paragraph]]] = {}
    for paragraph, deeds in cited:
        for noun, side, _ in deeds.owned:
            there.setdefault(noun, []).append((side, paragraph))
    for part in assertion.parts:
        for noun, side, at in () if part.quoted else owned(part.span.text, witness):
            others = there.get(noun, [])
            if others and all(other != side for other, _ in others):
                (place,) = assertion.locate_within(part, [at])
                other, paragraph = others[0]
                word = re.match(r"\w+", part.span.text[at:])
                yield ACTORS_EXCHANGED.at(
                    place,
                    word=word[0] if word else noun,
                    shown=side,
                    number=paragraph.number,
                    key=paragraph.key,
                    other=other,
                )


def owned(text: str, witness: Witness) -> Iterator[tuple[str, str, int]]:
    """Yield what is a side's, behind its name or before "with" it: the stem of a word, the side, and its place."""
    flat = set_alike(text)
    for name in witness.names.placed(text):
        behind = OWNS.match(flat, name.end)
        for word in WORD.finditer(flat, behind.start(1), behind.end(1)) if behind else ():
            if word[0] in STOPS or stem(word[0]) in GROUPS:
                break
            yield stem(word[0]), witness.side(name.card), word.start()
        ahead = AHEAD.search(flat, max(0, name.start - REACH), name.start)
        if ahead and ahead[1] not in STOPS and stem(ahead[1]) not in GROUPS:
            yield f"{stem(ahead[1])} {ahead[2]}", witness.side(name.card), ahead.start()


def _check_acts(assertion: Assertion, cited: Sequence[tuple[Paragraph, Deeds]], witness: Witness) -> Iterator[Problem]:
    groups = {GROUPS[verb] for verb in GROUPS.keys() & assertion.stems}
    if all(deeds.groups.isdisjoint(groups) for _, deeds in cited):
        return
    there = [(paragraph, act) for paragraph, deeds in cited for act in deeds.acts]
    for part in (part for part in assertion.parts if not part.quoted):
        for act in acts(part.span.text, witness.names.placed(part.span.text), witness):
            told = act.by and act.by not in witness.press  # an article names not its own paper
            same = [(paragraph, each) for paragraph, each in there if each.group == act.group] if told else []
            other = _other(act, same) if same else None
            if other:
                paragraph, each = other
                (place,) = assertion.locate_within(part, [act.at])
                yield ACTORS_EXCHANGED.at(
                    place, word=act.word, shown=act.by, number=paragraph.number, key=paragraph.key, other=each.by
                )
                return


def _other(act: Act, there: Sequence[tuple[Paragraph, Act]]) -> tuple[Paragraph, Act] | None:
    """Return where the articles have an act the other way round, or by another alone; None where one bears it."""
    if any(each.by == act.by or (act.to and each.to == act.to and not each.by) for _, each in there):
        return None
    if act.to and act.to != act.by:
        return next(((paragraph, each) for paragraph, each in there if (each.by, each.to) == (act.to, act.by)), None)
    if act.group in ALONE and act.near and there and all(each.by and each.near for _, each in there):
        return there[0]
    return None


def _acts_of(text: str, names: Sequence[Placed], witness: Witness) -> Iterator[Act]:
    """Yield what is done in each sentence of a text that has these names."""
    ends = [0, *sentence_ends(text), len(text)]
    starts = [name.start for name in names]
    for start, end in pairwise(ends):
        within = names[bisect_left(starts, start) : bisect_left(starts, end)]
        here = [Placed(name.card, name.start - start, name.end - start) for name in within]
        yield from acts(text[start:end], here, witness)


def acts(text: str, names: Sequence[Placed], witness: Witness) -> Iterator[Act]:
    """Yield what is done in a text by whom and to whom, as far as its names in order tell it."""
    flat = set_alike(text) if names else ""
    verbs = [(match, GROUPS[found]) for match in WORD.finditer(flat) if (found := stem(match[0].lower())) in GROUPS]
    starts = [name.start for name in names]
    for match, group in verbs:
        before = _before(names[: bisect_left(starts, match.start())], flat, match.start())
        following = bisect_left(starts, match.end())
        behind = names[following] if following < len(names) and starts[following] < match.end() + REACH else None
        if behind and BROKEN.search(flat, match.end(), behind.start):
            behind = None
        if ahead(PASSIVE, flat, match.start()):
            agent = behind if behind and BY.match(flat[match.end() : behind.start]) else None
            before, behind = agent, before
        by, to = (witness.side(name.card) if name else "" for name in (before, behind))
        near = before is not None and 0 <= match.start() - before.end < NEAR
        yield Act(group, match[0], match.start(), by, to, near)


def _before(names: Sequence[Placed], text: str, end: int) -> Placed | None:
    """Return the nearest of the names before a verb that no preposition leads, or else one behind "of"."""
    owner = None
    for name in reversed(names):
        if name.end > end:
            continue
        if end - name.end > REACH or BROKEN.search(text, name.end, end):
            break
        led = ahead(LED, text, name.start)
        if not led:
            return name
        owner = owner or (name if led[0].startswith("of ") else None)
    return owner
