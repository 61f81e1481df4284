"""Read what stands between a citation's brackets: articles and their paragraphs.

`@key, para. 6`, `@key, paras. 6-7`, `@key, paras. 3, 6`, `@key, ¶6`, `@key` alone; several joined by `;`.
Citation syntax: https://pandoc.org/MANUAL.html#citation-syntax
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from retell.problems import Location, Problem, Rule
from retell.story import rules

ITEM = re.compile(r"\s*+@(?P<key>[\w.-]*\w)?\s*+(?:,\s*+(?P<locator>.*))?", re.DOTALL)  # each text is read once
LOCATOR = re.compile(r"(?:para(?:graph)?s?\.?|¶¶?)\s*(?P<numbers>\d[\d\s,–-]*)", re.IGNORECASE)
RANGE = re.compile(r"(\d+)(?:\s*[-–]+\s*(\d+))?")
MOST_PARAGRAPHS = 50
"""How many one citation may name: what is said by more is what the article says as a whole."""
MOST_KEPT = 4096
"""Of so many citations it is kept what they say: most stand in a story several times."""
HELP_CITATION = (
    "a citation is written [@key, para. 6], [@key, paras. 6-7] or [@key, paras. 3, 6]; join several with ';'"
)
HELP_CITE = (
    """a 'cite:' field is written "@key, para. 6", "@key, paras. 6-7" or "@key, paras. 3, 6", in straight """
    "quotation marks; join several with ';'"
)


class Citation(msgspec.Struct, frozen=True):
    """One article cited: its key, the paragraphs (none: the article as a whole), and where in the text it stands."""

    key: str
    paragraphs: tuple[int, ...]
    offset: int


class Fault(msgspec.Struct, frozen=True):
    """A rule that a text breaks, at which character (0-based), and what is said there."""

    rule: Rule
    offset: int
    said: dict[str, str] = {}

    def at(self, place: Location) -> Problem:
        """Return the problem, once it is known where in a file the text stands."""
        return self.rule.at(place, **self.said)


class Locators:
    """The value of a `cite:` field, `@key, para. 6; @other, paras. 2-3`, as citations and faults."""

    def __init__(self, text: str) -> None:
        """Take the text as the author typed it; the square brackets may be there or not."""
        self.text = text
        faults: list[Fault] = []
        inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
        offset = 1 if inside is not text else 0
        self.citations = read_citations(inside, offset, faults, HELP_CITE) if inside.strip() else ()
        self.faults = tuple(faults)

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.text.strip())


def read_citations(text: str, offset: int, faults: list[Fault], help_text: str = HELP_CITATION) -> tuple[Citation, ...]:
    """Read what stands between the brackets, at an offset of its text; what cannot be read is added to the faults.

    The help says how a citation is written there.
    """
    citations = []
    for part in text.split(";"):
        key, paragraphs, locator = _read(part)
        start = offset + len(part) - len(part.lstrip())
        if key is None:
            rule = rules.NO_CITATION if part.strip() else rules.EMPTY_CITATION
            faults.append(Fault(rule, start, {"part": part.strip(), "help": help_text}))
        elif paragraphs is None:
            said = {"named": part[locator:].rstrip(), "help": help_text}
            faults.append(Fault(rules.NO_PARAGRAPH, offset + locator, said))
        elif len(paragraphs) > MOST_PARAGRAPHS:
            faults.append(Fault(rules.TOO_MANY_PARAGRAPHS, offset + locator, {"most": str(MOST_PARAGRAPHS)}))
        else:
            citations.append(Citation(key, paragraphs, start))
        offset += len(part) + 1
    return tuple(citations)


@lru_cache(MOST_KEPT)
def _read(part: str) -> tuple[str | None, tuple[int, ...] | None, int]:
    """Read one citation: its key (None: it is no citation), its paragraphs, and where in it the locator begins."""
    item = ITEM.fullmatch(part.rstrip())
    if item is None or item["key"] is None:
        return None, None, 0
    return item["key"], _paragraphs(item["locator"]), item.start("locator")


def _paragraphs(locator: str | None) -> tuple[int, ...] | None:
    """Read `para. 6`, `paras. 6-7` or `paras. 3, 6`; nothing is the whole article, None what cannot be read.

    Of too many, which is more than MOST_PARAGRAPHS, only the first are given.
    """
    if locator is None:
        return ()
    match = LOCATOR.fullmatch(locator.strip())
    if match is None:
        return None
    numbers: dict[int, None] = {}
    for part in match["numbers"].split(","):
        found = RANGE.fullmatch(part.strip())
        if found is None or len(found[1]) > 6 or len(found[2] or "") > 6:
            return None
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            return None
        if len(numbers) <= MOST_PARAGRAPHS:
            numbers.update(dict.fromkeys(range(first, min(last, first + MOST_PARAGRAPHS) + 1)))
    return tuple(numbers)
