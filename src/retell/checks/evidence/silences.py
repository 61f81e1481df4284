"""Check that what is said not to be heard in the articles is not heard there: who is quoted, who is named.

Only plain sentences are read: that an article, or none of them, quotes or names somebody ("quotes nobody from Norland",
"Norland is not heard", "none of the articles names Ann Hill"). Who speaks is told by a verb of speech beside the name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.narrator import sentences
from retell.copies.search import stem
from retell.copies.text import words_of
from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.evidence.paragraph import Paragraph
    from retell.checks.evidence.witness import Witness
    from retell.checks.statements import Statement
    from retell.problems import Problem
    from retell.story.library import Library

SILENCE_BROKEN = Rule(
    "silence-broken",
    "Who is said not to be heard or named in the sources is not.",
    "warning",
    message="¶{number} of {key} {does} {shown}",
    help="correct it, or say more exactly who is not heard, and on what",
)
_NOBODY = r"(?:nobody|no one|no voice|nobody else|none|no person|no speaker)"
_HEARD = r"(?:quoted|heard|asked|cited|interviewed)"
_HEARS = r"(?:quotes?|hears?|asks?|cites?|interviews?|lets? (?:\w+ )?speak)"
_NAMED = r"(?:named|mentioned)"
_NAMES = r"(?:names?|mentions?)"
_NONE = r"(?:none|not one|no (?:other )?article|no paper|neither)"
_WHO = r"(?P<who>(?:the |a |an |any )?[\w’' -]+?)"
_NOWHERE = r"in (?:none|no one|not one) of (?:them|the (?:\w+ )?articles)"
_THEM = r"in (?:all|any|each|every one) of (?:them|the (?:\w+ )?articles)"
_END = r"(?=[.,;:]| (?:in|on|about|at|by|to|here|there|is|are|was|were)\b|$)"
QUOTING = (
    re.compile(rf"\b{_HEARS} {_NOBODY} (?:from|of|in) {_WHO}{_END}", re.IGNORECASE),
    re.compile(rf"\b{_NOBODY} (?:from|of|in) {_WHO} (?:is|was|are|were) {_HEARD}\b", re.IGNORECASE),
    re.compile(rf"\b{_NONE}(?: of [\w ]+?)? {_HEARS} {_WHO}{_END}", re.IGNORECASE),
    re.compile(rf"\b(?:does|do|did) not {_HEARS} {_WHO}{_END}", re.IGNORECASE),
    re.compile(
        rf"(?:^|[.;:] ){_WHO} (?:is|was|are|were) (?:not|never) {_HEARD}(?=[.,;:]| (?:here|in)\b|$)", re.IGNORECASE
    ),
    re.compile(rf"\b(?:no|not a|not one|not a single) word (?:of|from|by) {_WHO} (?:is|was) ", re.IGNORECASE),
    re.compile(rf"\b{_NOWHERE},? (?:is|was|are|were) {_WHO} {_HEARD}\b", re.IGNORECASE),
    re.compile(rf"(?:^|[.;:] ){_WHO} (?:is|was|are|were) {_HEARD} {_NOWHERE}", re.IGNORECASE),
    re.compile(rf"\b{_THEM},? {_WHO} (?:is|are|stays?|remains?|keeps?) silent", re.IGNORECASE),
    re.compile(rf"(?:^|[.;:] ){_WHO} (?:is|are|stays?|remains?|keeps?) silent {_THEM}", re.IGNORECASE),
    re.compile(rf"(?:^|[.;:] )no {_WHO} (?:is|was|are|were) {_HEARD}(?=[.,;:]| (?:here|in)\b|$)", re.IGNORECASE),
)
NAMING = (
    re.compile(rf"\b{_NONE}(?: of [\w ]+?)? {_NAMES} {_WHO}{_END}", re.IGNORECASE),
    re.compile(rf"\b(?:does|do|did) not {_NAMES} {_WHO}{_END}", re.IGNORECASE),
    re.compile(rf"(?:^|[.;:] ){_WHO} (?:is|was|are|were) {_NAMED} {_NOWHERE}", re.IGNORECASE),
    re.compile(rf"\b{_NOWHERE},? (?:is|was|are|were) {_WHO} {_NAMED}\b", re.IGNORECASE),
    re.compile(
        rf"(?:^|[.;:] )of {_WHO} (?:the (?:\w+ )?articles|they|it|the article) says? (?:nothing|not (?:a|one) word)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:^|[.;:] ){_WHO} (?:is|was|are|were) (?:not|never) {_NAMED}(?=[.,;:]| (?:here|in)\b|$)", re.IGNORECASE
    ),
)
SPEECH = frozenset(
    map(
        stem,
        [
            "said",
            "says",
            "told",
            "tells",
            "added",
            "adds",
            "noted",
            "explained",
            "answered",
            "replied",
            "argued",
            "stressed",
            "asked",
        ],
    )
)
HEARD_OR_NAMED = re.compile(rf"\b(?:silent|word|{_HEARD}|{_HEARS}|{_NAMED}|{_NAMES})\b", re.IGNORECASE)
# a pattern that begins with plain characters is found faster
NOBODY = re.compile(r"n(?<!\w.)(?:o(?:body|ne|thing|t)?|ever|either)\b|silent")
"""One word of either is in every sentence that is read."""
ON_SOMETHING = re.compile(r" (?:on|about|as|with|saying|when|to)\b")
ANYBODY = re.compile(r"^(?:any(?:body|one)|somebody|someone) (?:from|of|in) ", re.IGNORECASE)
ALL_OF_THEM = re.compile(
    r"\b(?:no article|anywhere|nowhere|(?:none|any|all|each) of (?:them|the (?:\w+ )?articles))\b", re.IGNORECASE
)
BESIDE = 4
"""So many words may stand between a speaker without a name, "the minister", and the verb of speech."""


class Silences:
    """What the story says not to be heard, held against all paragraphs of the articles that it speaks of."""

    def __init__(self, library: Library, witness: Witness) -> None:
        """Take the voices with their sides, and the paragraphs."""
        self._sides = {f"voices/{voice.id}": voice.form.side for voice in library.voices.values()}
        self._witness = witness

    def check(self, statement: Statement) -> Iterator[Problem]:
        """Yield the silences of a statement that a paragraph breaks."""
        if not _may_be_of_silence(statement.text):
            return
        paragraphs = list(self._spoken_of(statement))
        for sentence in (each for _, each in sentences(statement.text) if _may_be_of_silence(each)):
            for patterns, naming in ((QUOTING, False), (NAMING, True)):
                for match in (found for pattern in patterns if (found := pattern.search(sentence))):
                    if ON_SOMETHING.match(sentence, match.end()):
                        continue  # silent on one thing, and heard perhaps on another
                    yield from self._broken(statement, match["who"], paragraphs, naming=naming)

    def _spoken_of(self, statement: Statement) -> Iterator[Paragraph]:
        """Yield the paragraphs of the articles that are meant: those cited as a whole, or all."""
        whole = [citation.key for citation in statement.citations if not citation.paragraphs]
        if statement.kind == "source" and not whole:
            whole = [statement.part]
        if statement.kind in ("silent", "notice") or ALL_OF_THEM.search(statement.text):
            whole = list(self._witness.paragraphs)
        for key in whole:
            yield from self._witness.paragraphs.get(key, {}).values()

    def _broken(
        self, statement: Statement, who: str, paragraphs: list[Paragraph], *, naming: bool
    ) -> Iterator[Problem]:
        who = ANYBODY.sub("", who)
        named = {card for card in self._witness.names.in_text(who) if card.startswith("voices/")}
        sides = {self._sides[card] for card in named} - {"press", "other"}
        nouns = [stem(word) for word in words_of(who) if word not in ("the", "a", "an", "any", "other", "one")]
        for paragraph in paragraphs:
            if naming:
                broken = bool(named & paragraph.own_names)
            elif named:
                of_a_state = len(nouns) == 1
                broken = any(
                    card in named or (of_a_state and self._sides[card] in sides) for card in paragraph.speaking
                )
            else:
                broken = len(nouns) == 1 and _speaks(nouns[0], paragraph)
            if broken:
                does = "names" if naming else "quotes"
                bare = re.sub(r"^(?:an?|any) ", "", who.strip())
                shown = bare if naming or named else f"a {bare}"
                yield SILENCE_BROKEN.at(
                    statement.place, number=paragraph.number, key=paragraph.key, does=does, shown=shown
                )
                return


def _may_be_of_silence(text: str) -> bool:
    """Return whether a text has the words that every sentence has which is read."""
    return NOBODY.search(text.lower()) is not None and HEARD_OR_NAMED.search(text) is not None


def _speaks(noun: str, paragraph: Paragraph) -> bool:
    """Return whether somebody without a name, "the minister", speaks in a paragraph."""
    if noun not in paragraph.stemmed:
        return False
    stems = [stem(word) for word in paragraph.words]
    return any(word == noun and not SPEECH.isdisjoint(stems[at + 1 : at + 1 + BESIDE]) for at, word in enumerate(stems))
