"""Check that a claim denies what its article denies, and nothing else: a 'not' beside a word that both have.

A word counts as denied where a negation stands shortly before it in its clause. It is told only where each place of the
article has it the other way.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.denials import NEGATIONS, NOT
from retell.checks.evidence.placement import ABOUT_TEXTS, FEWEST_CITED
from retell.copies.search import COMMON, stem
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion, Part
    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.problems import Problem

POLARITY = Rule(
    "not-turned",
    "What a claim denies the source denies too, and what it says the source says.",
    "warning",
    message="{message}",
    help="say it as the source does, or cite the paragraph that says otherwise",
)
KEPT = 2**13  # texts whose words are kept: as many as a story may have
REACH = 4
NEXT = 2  # so soon behind the claim's own 'not' a word is denied by it
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,.;:?!]")
# what turns a sentence without being a 'not'
TURNING = frozenset(
    re.findall(
        r"\w+",
        "deny denies denied denying denial reject rejects rejected refuse refuses refused refusal fail "
        "fails failed failure failing lack lacks lacked lacking without hardly barely scarcely only "
        "unless until few little false untrue doubt doubts unable impossible unlikely avoid avoids "
        "avoiding avoided prevent prevents prevented stop stopped stops than instead rather neither nor "
        "opt balk decline declined unclear unwilling refrain abstain cease lose lost loses slip slipped "
        "slips out ",
    )
)
# what in an article may stand behind a 'not' of ours, beside these
DENYING = TURNING - {"only"} | frozenset(
    re.findall(
        r"\w+",
        "stall stalled hang hung disagree disagreed against strand stranded halt halted suspend suspended end "
        "ended leave left oppose opposed object objected unacceptable exclude excluded except ban banned "
        "forbid forbidden block blocked blocks restrict restricted close closed shut cut miss missing absent "
        "quit withdraw withdrew hard difficult break broke broken backtrack pretext ignore ignored sever "
        "severed hamper hampers impede impedes undermine undermines nor sabotage yet ",
    )
)
PREFIXED = re.compile(
    r"\b(?:un(?!der|it|til|iq)|im(?:poss|pass|prob)|ir[a-z]|dis(?:agree|put|pro|satis)|in(?:capab|abil|suff|eff))[a-z]{3,}"
)
THE_TEXT = re.compile(
    r"\b(?:it|they|he|she) (?:do(?:es)?|did|names?|says?|will)\b|\bheard\b|\bno source\b"
    r"|\bor (?:did|do|does|was|were|is|are) not\b"
    r"|\bnot (?:only|just|merely|the only)\b|\bno:|\bto none\b|\bwithout (?:delay|exception|doubt)\b",
    re.IGNORECASE,
)
"""Where it is the article that does not say something."""
WEAK = COMMON | frozenset(
    re.findall(
        r"\w+",
        "said say says would could can will may might must shall should did do does done one also still yet "
        "then tell tells told telling how where why whether",
    )
)
PLAIN = ("not", "never", "cannot")
ONLY = re.compile(r" (?:only|just|merely|least)\b")
ARTICLES = ("a", "an", "the", "any", "of")  # they stand between a 'not' and its word, and count for nothing
LEAST_LETTERS = 3
AROUND = 5  # words on either side of one that is denied
LEAST_AROUND = 3  # that a claim has of these, to be told


class Word(NamedTuple):
    """A word's stem, how many words behind which negation it stands (0: none), and whether its sentence has any."""

    stem: str
    denied: int
    by: str
    turned: bool
    place: int


class Standing(NamedTuple):
    """The words of a paragraph that carry its sense, by sentence, and what is said of each stem.

    Of a stem: whether all its places are denied, and whether the sentence of any is turned. `denied` are those of which
    any place is.
    """

    sentences: list[list[Word]]
    stems: dict[str, tuple[bool, bool]]
    denied: frozenset[str]


def words(text: str) -> Iterator[list[Word]]:
    """Yield the words of each sentence of a text that carry its sense."""
    for start, sentence in _sentences(text):
        found: list[Word] = []
        tokens = [(token.start() + start, token[0].replace("’", "'")) for token in TOKEN.finditer(sentence)]
        turned = any(_denies(word) or word in TURNING or word == "?" for _, word in tokens)
        since, by = REACH + 1, ""
        for at, word in tokens:
            if _denies(word) and not ONLY.match(text, at + len(word)):
                since, by = 0, word
            elif not word[0].isalnum():
                since = REACH + 1
            else:
                since += word not in ARTICLES
                if word not in WEAK and len(word) >= LEAST_LETTERS:
                    found.append(Word(stem(word), since if since <= REACH else 0, by, turned, at))
        yield found


@lru_cache(maxsize=KEPT)
def words_told(text: str) -> tuple[Word, ...]:
    """Return the words of a statement's text, which one rule after the other asks for."""
    return tuple(chain.from_iterable(words(text.lower())))


def standing(paragraph: Paragraph, _: Witness) -> Standing:
    """Read what a paragraph says and denies."""
    sentences = list(words(paragraph.folded))
    found: dict[str, tuple[bool, bool]] = {}
    for word in chain.from_iterable(sentences):
        denied, turned = found.get(word.stem, (True, False))
        found[word.stem] = denied and bool(word.denied), turned or word.turned
    return Standing(sentences, found, frozenset([word.stem for word in chain.from_iterable(sentences) if word.denied]))


def check(assertion: Assertion, cited: Sequence[Paragraph], witness: Witness) -> Iterator[Problem]:
    """Yield the first word of a claim that only one side denies."""
    there = [witness.once(standing, paragraph) for paragraph in cited]
    denies = assertion.may_deny
    suspected = frozenset().union(*[each.denied & assertion.stems for each in there])
    if not (denies or suspected):
        return
    own = [part for part in assertion.parts if not part.quoted]
    said = [(part, word) for part in own for word in words_told(part.span.text)]
    for part, word in said:
        if not (word.denied if denies else word.stem in suspected):
            continue
        message = _message(word, [each.stems[word.stem] for each in there if word.stem in each.stems], denies=denies)
        if message:
            yield _problem(assertion, part, word, message)
            return
    if denies:
        yield from _check_nots(assertion, cited)
    else:
        yield from _check_around(assertion, said, there, suspected)


def _problem(assertion: Assertion, part: Part, word: Word, message: str) -> Problem:
    shown = re.match(r"\w+", part.span.text[word.place :])
    (place,) = assertion.locate_within(part, [word.place])
    return POLARITY.at(place, message=message.format(shown[0] if shown else ""))


def _check_nots(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Yield a 'not' of a claim where no cited paragraph has a word that denies, refuses or stops anything."""
    if (
        sum(len(each.words) for each in cited) < FEWEST_CITED
        or ABOUT_TEXTS.search(assertion.own)
        or THE_TEXT.search(assertion.own)
    ):
        return
    for part in assertion.parts:
        found = None if part.quoted else NOT.search(part.span.text)
        if found and not any(
            paragraph.bare.denied or not DENYING.isdisjoint(paragraph.vocabulary) or PREFIXED.search(paragraph.folded)
            for paragraph in cited
        ):
            (place,) = assertion.locate_within(part, [found.start()])
            yield POLARITY.at(place, message=f"this says '{found[0]}', and nothing that it cites denies anything")
            return


def _check_around(
    assertion: Assertion, told: Sequence[tuple[Part, Word]], cited: Iterable[Standing], suspected: Collection[str]
) -> Iterator[Problem]:
    """Yield a word of a claim without a 'not' that the article denies among the same words, and nowhere else says."""
    stems = {word.stem for _, word in told}
    if len(stems) < LEAST_AROUND or any(word.turned for _, word in told):
        return
    denied: dict[str, int] = {}
    said: dict[str, int] = {}
    for there in (sentence for each in cited for sentence in each.sentences):
        for at, word in enumerate(there):
            if word.stem in suspected:
                shared = len(stems & {each.stem for each in there[max(0, at - AROUND) : at + AROUND + 1]})
                found = denied if word.denied else said
                found[word.stem] = max(found.get(word.stem, 0), shared)
    for part, word in told:
        shared = denied.get(word.stem, 0)
        if shared >= LEAST_AROUND and said.get(word.stem, 0) < shared:
            yield _problem(assertion, part, word, "the source denies '{}' where it speaks of the same")
            return


def _message(word: Word, there: Sequence[tuple[bool, bool]], *, denies: bool) -> str:
    if not there:
        return ""
    if not denies and not word.turned and all(is_denied for is_denied, _ in there):
        return "the source denies '{}' where it has the word"
    if (
        0 < word.denied <= NEXT
        and (word.by in PLAIN or word.by.endswith("n't"))
        and not any(is_turned for _, is_turned in there)
    ):
        return "this denies '{}', and the source has the word without a 'not'"
    return ""


def _denies(word: str) -> bool:
    return word in NEGATIONS or word == "cannot" or word.endswith("n't")


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in re.finditer(r"(?<!\b\w)[.?!]['\")]*\s", text):
        yield start, text[start : end.end()]
        start = end.end()
    yield start, text[start:]
