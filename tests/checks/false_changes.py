"""False changes to a story's statements, one at a time and at random: of words, numbers, names, places and locators.

What is put in is written by hand in `false_words`, and knows nothing of the words that the rules look for.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from retell.checks.statements import Statement, statements
from retell.story.library import Library
from tests.checks import false_words as words

MONTHS = "January February March April May June July August September October November December".split()
COUNTS = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty".split()
NUMBER = re.compile(rf"(?<![\w¶])(?:\d[\d,]*\d|\d|{'|'.join((*MONTHS, *COUNTS[1:]))})\b")
CITED = re.compile(r"@(?P<key>[\w-]+), paras?\. (?P<numbers>[\d, –-]+)")
CITATION = re.compile(r"\[@[^\]]*\]|¶\s?\d+")
QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")
NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
CONTENT = re.compile(r"\b[a-z]{5,}\b")
AUXILIARY = re.compile(r"\b(was|is|had|has|were|are|could|would|can|should|must|did)\b(?! not)")
CITED_IN = {"quotation": "cite", "says": "says", "says otherwise": "otherwise"}
NOT = re.compile(r"\b(?:not|never|no) |(?<=n)[’']t\b")


class Change(NamedTuple):
    """What was changed, in one field of a file: from what, to what."""

    kind: str
    file: Path
    trail: tuple[str | int, ...]
    old: str
    new: str


Made = Iterator[tuple[tuple[str | int, ...], str]]
"""All that one kind of change makes of a statement: in which field, and what is written there."""


class FalseChanges:
    """Makes one change of each kind in turn, no two the same."""

    def __init__(self, library: Library, seed: int) -> None:
        self._library = library
        self._random = random.Random(seed)
        self._listed = statements(library)
        self._starts: dict[object, list[int]] = {}
        for each in self._listed:
            self._starts.setdefault((each.file.name, each.trail), []).append(each.offset or 0)
        actors = [voice for voice in library.voices.values() if voice.form.side != "press"]
        self._actors = {name: voice.id for voice in actors for name in (voice.form.name, *voice.form.aliases)}
        self._outlets = {str(source.form.container_title) for source in library.sources.values()}
        self._kinds: dict[str, Callable[[Statement], Made]] = {
            "locator moved to another article": lambda each: self._locators(each, "article"),
            "locator moved in its article": lambda each: self._locators(each, "paragraph"),
            "locator moved to a neighbour": lambda each: self._locators(each, "neighbour"),
            "two actors exchanged": self._exchanged,
            "speaker exchanged": self._speakers,
            "'not' dropped": lambda each: self._replaced(each, NOT, lambda _: [""]),
            "'not' added": lambda each: self._replaced(each, AUXILIARY, lambda found: [f"{found[0]} not"]),
            "more or fewer": lambda each: self._contraries(each, words.MORE),
            "before or after": lambda each: self._contraries(each, words.TIMES),
            "first or last": lambda each: self._contraries(each, words.ORDER),
            "verb turned": lambda each: self._contraries(each, words.VERBS),
            "number of a text": lambda each: self._numbers(each, ("note", "source"), are=False),
            "number of a note": lambda each: self._numbers(each, ("note",), are=True),
            "number of a card": lambda each: self._numbers(each, ("source",), are=True),
            "outlet": self._outlet,
            "date of a scene": self._dates,
            "place of a scene": self._places,
            "sentence invented": self._sentences,
            "silence invented": self._silences,
            "word of a source card": self._card_words,
            "word of a quotation": self._quoted,
            "name invented": lambda each: self._replaced(each, NAMED, lambda _: words.NAMES, of=("source", "voice")),
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of changes, in their order."""
        return tuple(self._kinds)

    def changes(self, count: int) -> Iterator[Change]:
        """Yield so many changes, of each kind in turn; one that runs out is passed over."""
        left = {kind: self._all(kind) for kind in self._kinds}
        while count and left:
            for kind, made in list(left.items()):
                change = next(made, None)
                if change is None:
                    del left[kind]
                elif count:
                    count -= 1
                    yield change

    def of(self, kind: str, count: int) -> Iterator[Change]:
        """Yield so many changes of one kind."""
        for change, _ in zip(self._all(kind), range(count), strict=False):
            yield change

    def _all(self, kind: str) -> Iterator[Change]:
        """Yield changes of a kind, each of another statement."""
        for each in self._random.sample(self._listed, len(self._listed)):
            made = [one for one in self._kinds[kind](each) if one[1] != str(_at(each.file.data, one[0]))]
            if made:
                trail, new = self._random.choice(made)
                yield Change(kind, Path(each.file.name), trail, str(_at(each.file.data, trail)), new)

    def _region(self, each: Statement) -> tuple[str, int, int]:
        """Return the field that a statement stands in, and from where to where it does, with its citation."""
        value = str(_at(each.file.data, each.trail) or "")
        starts = self._starts[each.file.name, each.trail]
        start = each.offset or 0
        return value, start, min([at for at in starts if at > start], default=len(value))

    def _replaced(
        self,
        each: Statement,
        pattern: re.Pattern[str],
        news: Callable[[re.Match[str]], Any],
        of: tuple[str, ...] = ("source", "voice", "place", "term"),
    ) -> Made:
        """Yield a statement with one place of its own words replaced, in all ways."""
        if each.kind in (*of, "when", "where"):
            return
        yield from self._anywhere(each, pattern, news)

    def _anywhere(self, each: Statement, pattern: re.Pattern[str], news: Callable[[re.Match[str]], Any]) -> Made:
        value, start, end = self._region(each)
        hidden = [CITATION, QUOTED] if pattern is not NAMED else [CITATION]
        own = value[start:end]
        for marks in hidden:
            own = marks.sub(lambda found: " " * len(found[0]), own)
        for found in pattern.finditer(own):
            for new in news(found):
                yield each.trail, value[: start + found.start()] + new + value[start + found.end() :]

    def _contraries(self, each: Statement, rows: tuple[str, ...]) -> Made:
        for row in rows:
            one, other = row.split(" / ")
            pattern = re.compile(rf"\b{one}\b")
            yield from self._replaced(each, pattern, partial(_always, other))

    def _locators(self, each: Statement, where: str) -> Made:
        trail, (value, start, end) = each.trail, self._region(each)
        if each.kind in CITED_IN:
            trail = (*trail[:-1], CITED_IN[each.kind])
            value = str(_at(each.file.data, trail))
            start, end = 0, len(value)
        for cited in CITED.finditer(value, start, end) if each.kind != "source" else ():
            if where == "article":
                moved = self._in_other_articles(value[start:end])
                yield from ((trail, f"{value[: cited.start()]}{new}{value[cited.end() :]}") for new in moved)
            else:
                moved = self._in_the_article(cited, near=where == "neighbour")
                at, behind = cited.span("numbers")
                yield from ((trail, f"{value[:at]}{new}{value[behind:]}") for new in moved)

    def _in_other_articles(self, text: str) -> Iterator[str]:
        for key, source in self._library.sources.items():
            if f"@{key}" not in text:
                yield from (f"@{key}, para. {number}" for number in range(1, len(source.form.paragraphs) + 1))

    def _in_the_article(self, cited: re.Match[str], *, near: bool) -> Iterator[str]:
        """Yield a citation's numbers with one of them moved."""
        numbers = cited["numbers"]
        there = [int(number) for number in re.findall(r"\d+", numbers)]
        last = len(self._library.sources[cited["key"]].form.paragraphs)
        for old in re.finditer(r"\d+", numbers) if "-" not in numbers else ():
            for new in range(1, last + 1):
                if new not in there and (abs(new - int(old[0])) == 1) == near:
                    yield f"{numbers[: old.start()]}{new}{numbers[old.end() :]}"

    def _exchanged(self, each: Statement) -> Made:
        """Yield a statement with two that act in it exchanged, unless it says the same of both."""
        if each.kind in ("source", "voice", "place", "when", "where"):
            return
        value, start, end = self._region(each)
        text = value[start:end]
        name = "|".join(sorted(map(re.escape, self._actors), key=len, reverse=True))
        there = dict.fromkeys(found[0] for found in re.finditer(rf"\b(?:{name})\b(?![-/])", text))
        for one, other in combinations(there, 2):
            both = rf"(?:{re.escape(one)}|{re.escape(other)})"
            if self._actors[one] == self._actors[other] or re.search(rf"{both}\W+(?:and|or|nor) {both}", text):
                continue
            turned = partial(_turned, {one: other, other: one})
            yield each.trail, value[:start] + re.sub(rf"\b(?:{name})\b", turned, text) + value[end:]

    def _speakers(self, each: Statement) -> Made:
        if each.speaker:
            trail = (*each.trail[:-1], "by" if each.kind == "quotation" else "voice")
            yield from ((trail, voice) for voice in self._library.voices if voice != each.speaker)

    def _numbers(self, each: Statement, kinds: tuple[str, ...], *, are: bool) -> Made:
        if (each.kind in kinds) == are and each.kind not in ("when", "where", "voice", "place"):
            yield from self._anywhere(each, NUMBER, lambda found: _other_numbers(found[0]))

    def _outlet(self, each: Statement) -> Made:
        value, start, end = self._region(each)
        for old in self._outlets if each.kind not in ("source", "voice") else ():
            for new in self._outlets - {old} if old in value[start:end] else ():
                yield each.trail, value[:start] + value[start:end].replace(old, new, 1) + value[end:]

    def _dates(self, each: Statement) -> Made:
        if each.kind != "when":
            return
        old = str(_at(each.file.data, each.trail))
        for found in re.finditer(r"\d{4}", old):
            for years in (-4, -1, 1):
                yield each.trail, f"{old[: found.start()]}{int(found[0]) + years}{old[found.end() :]}"
        for found in re.finditer(r"(?<=-)\d\d\b", old):
            for more in (1, 4, 7):
                yield each.trail, f"{old[: found.start()]}{(int(found[0]) + more - 1) % 12 + 1:02}{old[found.end() :]}"

    def _places(self, each: Statement) -> Made:
        if each.kind == "where":
            yield from ((each.trail, place) for place in self._library.places)

    def _sentences(self, each: Statement) -> Made:
        if each.kind not in ("narration", "gist", "answer", "position") or not each.citations:
            return
        value, start, _ = self._region(each)
        for key, source in self._library.sources.items():
            for number in range(1, len(source.form.paragraphs) + 1):
                sentence = f"{self._random.choice(words.SENTENCES)} [@{key}, para. {number}]. "
                yield each.trail, value[:start] + sentence + value[start:]

    def _silences(self, each: Statement) -> Made:
        if each.kind == "silent" or each.trail == ("leaves-out",):
            value, _, _ = self._region(each)
            for line in words.SILENCES:
                for who in words.STATES if "{state}" in line else words.SPEAKING:
                    yield each.trail, f"{value.rstrip()} {line.format(state=who, voice=who)}"

    def _card_words(self, each: Statement) -> Made:
        if each.trail == ("genre",):
            yield from ((each.trail, genre) for genre in words.GENRES)
        elif each.kind == "source" and each.trail != ("container-title",):
            yield from self._anywhere(each, CONTENT, lambda _: words.OTHER_WORDS)

    def _quoted(self, each: Statement) -> Made:
        value, start, end = self._region(each)
        spans = [(found.start(1), found.end(1)) for found in QUOTED.finditer(value, start, end)]
        if each.kind == "quotation":
            spans = [(0, len(value))]
        for first, last in spans if each.kind != "source" else ():
            for word in re.finditer(r"[\w’'-]+", value[first:last]):
                for new in words.OTHER_WORDS if " " in value[first:last] else ():
                    yield each.trail, value[: first + word.start()] + new + value[first + word.end() :]


def changed_data(data: Any, change: Change) -> Any:
    """Return a file's data with the change in it."""
    new = copy.deepcopy(data)
    inner = new
    for step in change.trail[:-1]:
        inner = inner[step]
    inner[change.trail[-1]] = change.new
    return new


def _always(new: str, _: re.Match[str]) -> list[str]:
    return [new]


def _turned(names: dict[str, str], found: re.Match[str]) -> str:
    return names.get(found[0], found[0])


def _other_numbers(old: str) -> list[str]:
    for row in (MONTHS, COUNTS):
        if old in row:
            return [word for word in row if word != old]
    number = int(old.replace(",", ""))
    return [f"{number + more:,}" if "," in old else str(number + more) for more in (1, 2, 10, number)]


def _at(data: Any, trail: tuple[str | int, ...]) -> Any:
    for step in trail:
        if isinstance(data, dict) and step not in data:
            return None
        data = data[step]
    return data
