"""Check the words by which a source card describes its article: it has something like each, and the signs of its genre.

Looked at are some words that describe: where a card has one, something like it must stand in the article, or in another
that its sentence names. All else that a card says in its author's own words is for a reader's eye.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from retell.checks.evidence.contraries import borne
from retell.checks.evidence.fragments import SENTENCE_END
from retell.checks.evidence.leaning import OUTSIDE
from retell.checks.evidence.noted_numbers import NOT_THERE
from retell.checks.evidence.polarity import REACH, words
from retell.checks.statements import LOCATORS
from retell.copies.search import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.evidence.witness import Witness
    from retell.checks.statements import Statement
    from retell.problems import Problem

WORD_NOT_THERE = NOT_THERE.saying(
    "the article has nothing that is like '{word}'", "say it in the article's own terms, or leave it out"
)
OTHER_GENRE = NOT_THERE.saying("the genre is {genre}, and the article has no {sign}", "correct the genre")
OF_THE_COPY = re.compile(rf"{OUTSIDE.pattern}|\b(?:copy|copies)\b", re.IGNORECASE)
FIELDS = ("summary", "stance", "leaves-out", "cautions", "worked-out")
QUOTED = re.compile(r'"[^"]+"|“[^”]+”')
SHOWN = re.compile(r"\w+")
# words that describe, and of which stems an article must then have one
DESCRIBING = (
    "royal imperial | royal king queen crown throne prince emperor imperial majesty palace",
    "naval maritime | naval navy ship fleet sea admiral sailor port",
    "military | military army troop soldier war force officer",
    "foreign alien | foreign abroad overseas international embassy country nation",
    "domestic | domestic home internal",
    "religious holy sacred | religion religious god holy sacred church mosque temple faith pray",
    "ancient medieval | ancient antiquity century medieval age old",
    "modern | modern new recent today",
    "wooden | wood wooden timber tree forest plank",
    "stone stony | stone rock wall",
    "golden silver | gold golden silver",
    "weekly | week weekly",
    "daily | day daily",
    "monthly | month monthly",
    "annual yearly | year annual anniversary",
    "nightly nocturnal | night dark",
    "harmless innocent | harm harmless innocent safe peaceful",
    "peaceful | peace peaceful calm quiet truce",
    "cruel brutal savage | cruel brutal savage barbarous massacre torture atrocity murder",
    "rich wealthy | rich wealth money fortune oil gold tycoon",
    "poor needy | poor poverty hunger need impoverish",
    "legal lawful | legal law lawful court right",
    "illegal unlawful criminal | illegal unlawful law crime criminal court violate violation",
    "joyful cheerful merry | joy joyful cheer merry happy laugh celebrate",
    "sad mournful sorrowful | sad mourn sorrow grief weep tear lament regret",
    "rural | village farm farmer field rural country",
    "urban | city town urban street",
    "medical | medical medicine doctor hospital nurse wound",
    "financial economic commercial | money finance financial economy economic trade commerce fund budget market cost",
    "nuclear atomic | nuclear atom atomic",
    "snowy icy frozen | snow ice frozen cold winter",
    "rainy stormy | rain storm wind flood",
    "anonymous nameless | anonymous name unnamed",
    "underground | underground tunnel mine cave",
    "famous celebrated | famous fame known celebrated renown",
    "elected electoral | elect election vote ballot parliament",
)
OF_OTHER_RULES = ("friendly", "hostile", "secret", "secretly", "safe", "safely", "dangerous")
DAY = (
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight"
    r"|(?:last|this) (?:night|morning|evening|week)"
    r"|\d+(?:st|nd|rd|th) inst(?:ant)?)\b"
)
LEAST_WORDS = 150  # of an article that must have the signs of its genre
OF_ONESELF = r"(?:(?<![\"“])\b(?:I|me|my|we|us|our)\b.*){3}"
# a word of a genre, what its articles have, and how that is called
GENRES = (
    ("news", re.compile(DAY, re.IGNORECASE), "weekday, 'yesterday' or 'today'"),
    ("interview", re.compile(r"interview|^\W*[QA](?:uestion|nswer)?[.:]", re.IGNORECASE | re.MULTILINE), "interview"),
    ("speech", re.compile(OF_ONESELF, re.DOTALL), "speaker who says 'I' or 'we'"),
    ("letter", re.compile(OF_ONESELF, re.DOTALL), "writer who says 'I' or 'we'"),
    ("diary", re.compile(OF_ONESELF, re.DOTALL), "writer who says 'I' or 'we'"),
    ("editorial", re.compile(r"\b(?:must|should|ought|we|our)\b"), "'should', 'must' or 'we'"),
)


def _sides(row: str) -> tuple[str, str]:
    told, _, needed = row.partition(" | ")
    return told, needed


@lru_cache(maxsize=1)
def known() -> dict[str, frozenset[str]]:
    """Return for each word that is looked at the stems of which an article must have one."""
    found = {word: borne()[word] for word in OF_OTHER_RULES}
    for told, needed in map(_sides, DESCRIBING):
        found |= dict.fromkeys(told.split(), frozenset(map(stem, (*told.split(), *needed.split()))))
    return found


def check(statement: Statement, witness: Witness) -> Iterator[Problem]:
    """Yield the first word of a card that has nothing like it in the article, and a genre that is another's."""
    if statement.kind != "source" or statement.part not in witness.paragraphs:
        return
    if statement.trail == ("genre",):
        yield from _check_genre(statement, witness)
    elif statement.trail[0] in FIELDS:
        text = QUOTED.sub(lambda quoted: " " * len(quoted[0]), statement.text)
        for start, end in _sentences(text):
            found = None if OF_THE_COPY.search(text, start, end) else _unlike(text[start:end], statement, witness)
            if found:
                yield WORD_NOT_THERE.at(statement.place, word=found)
                return


def _check_genre(statement: Statement, witness: Witness) -> Iterator[Problem]:
    whole = "\n".join([paragraph.text for paragraph in witness.paragraphs[statement.part].values()])
    if len(whole.split()) < LEAST_WORDS:
        return
    for word, sign, called in GENRES:
        if re.search(rf"\b{word}", statement.text, re.IGNORECASE) and not sign.search(whole):
            yield OTHER_GENRE.at(statement.place, genre=f"“{statement.text}”", sign=called)
            return


def _unlike(sentence: str, statement: Statement, witness: Witness) -> str:
    """Return the first word of a sentence that no article has anything like, or nothing."""
    there: set[str] = set()
    for word in chain.from_iterable(words(sentence.lower())):
        shown = SHOWN.match(sentence, word.place)
        if not shown or shown[0][0].isupper() or 0 < word.denied < REACH or shown[0] not in known():
            continue
        there = there or _stems(sentence, statement, witness)
        if there.isdisjoint(known()[shown[0]]):
            return shown[0]
    return ""


def _stems(sentence: str, statement: Statement, witness: Witness) -> set[str]:
    """Return the stems of all words of a card's article, and of those that a sentence names by their letters."""
    keys = {statement.part, *(witness.codes.get(found[1], statement.part) for found in LOCATORS.finditer(sentence))}
    return set().union(*[each.stemmed for key in keys for each in witness.paragraphs.get(key, {}).values()])


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*(match.end() for match in SENTENCE_END.finditer(text)), len(text)):
        yield start, end
        start = end
