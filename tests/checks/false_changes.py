"""False changes to a story's statements, one at a time and at random: of words, numbers, names, places and locators."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from retell.checks.statements import Statement, statements
from retell.story.library import Library

PAIRS = {
    "two actors exchanged": [
        ("Armenia", "Azerbaijan"),
        ("Yerevan", "Baku"),
        ("Moscow", "Washington"),
        ("Armenian", "Azerbaijani"),
    ],
    "direction turned": [
        ("more than", "fewer than"),
        ("before", "after"),
        ("first", "last"),
        ("over", "under"),
        ("into", "out of"),
        ("to", "from"),
        ("at least", "at most"),
        ("since", "until"),
        ("north", "south"),
    ],
    "verb turned": [
        ("said", "denied"),
        ("accused", "praised"),
        ("asked", "refused"),
        ("called", "did not call"),
        ("blamed", "thanked"),
        ("opened", "closed"),
        ("agreed", "refused"),
        ("signed", "tore up"),
        ("says", "denies"),
        ("calls", "never calls"),
        ("writes", "conceals"),
        ("is", "never was"),
        ("are", "never were"),
        ("stood", "fell"),
    ],
}
OUTLETS = ("The Moscow Times", "Middle East Eye", "Daily Sabah", "Eurasia Daily Monitor")
INVENTED = (
    "Children had gone to school across the border all the while",
    "The bells rang, and nobody had slept",
    "A colonel by the name of Blunder led them",
    "Nine hundred people waited at the gate",
)
SILENCES = (
    "No article quotes anybody from Baku.",
    "Nobody from Yerevan is heard.",
    "Of the road none of them says a word.",
)
MONTHS = "January February March April May June July August September October November December".split()
COUNTS = "two three four five six seven eight nine ten eleven twelve".split()
NUMBER = re.compile(rf"\b(?:\d[\d,]*|{'|'.join((*MONTHS, *COUNTS))})\b")
CITED = re.compile(r"@(?P<key>[\w-]+), paras?\. (?P<numbers>[\d, –-]+)")
QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")
NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
CHANGED_WORD = re.compile(r"\b[a-z]{5,}\b")


class Change(NamedTuple):
    """What was changed, in one field of a file: from what, to what."""

    kind: str
    file: Path
    trail: tuple[str | int, ...]
    old: str
    new: str


class FalseChanges:
    """Makes one change of each kind in turn, no two the same."""

    def __init__(self, library: Library, seed: int) -> None:
        self._library = library
        self._random = random.Random(seed)
        self._listed = statements(library)
        self._kinds: dict[str, Callable[[Statement, str], str | None]] = {
            "locator moved": self._locator(far=True),
            "locator moved to a neighbour": self._locator(far=False),
            **{kind: self._exchange(pairs) for kind, pairs in PAIRS.items()},
            "'not' dropped": lambda _, text: _once(self._random, r"\b(?:not|never|no) ", "", text),
            "'not' added": lambda _, text: _once(
                self._random, r"\b(was|is|had|has|were|are|could|would)\b", r"\1 not", text
            ),
            "number changed": self._number,
            "quoted word changed": self._quoted,
            "outlet exchanged": self._outlet,
            "name invented": lambda _, text: _once(self._random, NAMED.pattern, "Blunder", text),
            "sentence invented": self._sentence,
            "false silence": self._silence,
            "word of a card changed": self._word,
        }
        self._fields: dict[str, Callable[[], Change | None]] = {
            "speaker exchanged": self._speaker,
            "date changed": self._when,
            "place changed": self._where,
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        return (*self._kinds, *self._fields)

    def changes(self, count: int) -> Iterator[Change]:
        seen: set[tuple[object, ...]] = set()
        turn = 0
        while len(seen) < count:
            kind = self.kinds[turn % len(self.kinds)]
            for _ in range(200):
                change = self._one(kind)
                if change and change[1:] not in seen:
                    seen.add(change[1:])
                    yield change
                    break
            turn += 1

    def _one(self, kind: str) -> Change | None:
        if kind in self._fields:
            return self._fields[kind]()
        of_cards = kind == "word of a card changed"
        chosen = [each for each in self._listed if (each.kind == "source") == of_cards or kind == "number changed"]
        statement = self._random.choice(chosen)
        trail = statement.trail
        if statement.kind == "quotation" and "locator" in kind:
            trail = (*trail[:-1], "cite")
        value = _at(statement.file.data, trail)
        if not isinstance(value, str):
            return None
        start, end = self._region(statement, value)
        new = self._kinds[kind](statement, value[start:end])
        if new is None or new == value[start:end]:
            return None
        return Change(kind, Path(statement.file.name), trail, value, value[:start] + new + value[end:])

    def _region(self, statement: Statement, value: str) -> tuple[int, int]:
        """Where in its field a statement stands, with its citation."""
        if statement.offset is None:
            return 0, len(value)
        later = [
            each.offset
            for each in self._listed
            if each.file is statement.file and each.trail == statement.trail and (each.offset or 0) > statement.offset
        ]
        return statement.offset, min([offset for offset in later if offset is not None], default=len(value))

    def _locator(self, *, far: bool) -> Callable[[Statement, str], str | None]:
        def move(_: Statement, text: str) -> str | None:
            found = list(CITED.finditer(text))
            if not found:
                return None
            cited = self._random.choice(found)
            last = len(self._library.sources[cited["key"]].form.paragraphs)
            there = {int(number) for number in re.findall(r"\d+", cited["numbers"])}
            number = self._random.choice(list(re.finditer(r"\d+", cited["numbers"])))
            near = {int(number[0]) - 1, int(number[0]) + 1}
            free = [
                each
                for each in range(1, last + 1)
                if each not in there and (far or each in near) and not (far and each in near)
            ]
            if not free or "-" in cited["numbers"]:
                return None
            at = cited.start("numbers") + number.start()
            return f"{text[:at]}{self._random.choice(free)}{text[at + len(number[0]) :]}"

        return move

    def _exchange(self, pairs: list[tuple[str, str]]) -> Callable[[Statement, str], str | None]:
        def exchange(_: Statement, text: str) -> str | None:
            there = [pair for pair in pairs if re.search(rf"\b(?:{pair[0]}|{pair[1]})\b", text)]
            if not there:
                return None
            one, other = self._random.choice(there)
            return re.sub(rf"\b({one}|{other})\b(?![\w/])", lambda match: other if match[0] == one else one, text)

        return exchange

    def _number(self, statement: Statement, text: str) -> str | None:
        own = CITED.sub(lambda match: " " * len(match[0]), text)
        found = list(NUMBER.finditer(own))
        if not found:
            return None
        match = self._random.choice(found)
        words = next((words for words in (MONTHS, COUNTS) if match[0] in words), None)
        if words:
            new = self._random.choice([word for word in words if word != match[0]])
        else:
            new = str(int(match[0].replace(",", "")) + self._random.choice([1, 2, 10]))
        return text[: match.start()] + new + text[match.end() :]

    def _quoted(self, _: Statement, text: str) -> str | None:
        found = [match for match in QUOTED.finditer(text) if len(match[1].split()) > 1]
        if not found:
            return None
        match = self._random.choice(found)
        words = list(re.finditer(r"[\w'’-]+", match[1]))
        word = self._random.choice(words)
        at = match.start(1)
        return text[: at + word.start()] + self._random.choice(["river", "old", "blue"]) + text[at + word.end() :]

    def _outlet(self, _: Statement, text: str) -> str | None:
        there = [outlet for outlet in OUTLETS if outlet in text]
        if not there:
            return None
        old = self._random.choice(there)
        return text.replace(old, self._random.choice([outlet for outlet in OUTLETS if outlet != old]), 1)

    def _sentence(self, statement: Statement, text: str) -> str | None:
        if statement.kind not in ("narration", "gist", "answer", "position") or not statement.citations:
            return None
        key = statement.citations[0].key
        number = self._random.randint(1, len(self._library.sources[key].form.paragraphs))
        return f"{self._random.choice(INVENTED)} [@{key}, para. {number}]. {text}"

    def _silence(self, statement: Statement, text: str) -> str | None:
        wanted = statement.kind == "silent" or statement.name.endswith("leaves-out")
        return f"{text.rstrip()} {self._random.choice(SILENCES)}" if wanted else None

    def _word(self, _: Statement, text: str) -> str | None:
        return _once(self._random, CHANGED_WORD.pattern, self._random.choice(["friendly", "weekly", "hostile"]), text)

    def _speaker(self) -> Change | None:
        statement = self._random.choice([each for each in self._listed if each.speaker])
        trail = (*statement.trail[:-1], "by" if statement.kind == "quotation" else "voice")
        other = self._random.choice([voice for voice in self._library.voices if voice != statement.speaker])
        return Change("speaker exchanged", Path(statement.file.name), trail, statement.speaker, other)

    def _when(self) -> Change | None:
        statement = self._random.choice([each for each in self._listed if each.kind == "when"])
        old = str(_at(statement.file.data, ("when",)))
        year = self._random.choice(["2018", "2019", "2021", "2022"])
        return Change("date changed", Path(statement.file.name), ("when",), old, re.sub(r"\d{4}", year, old))

    def _where(self) -> Change | None:
        statement = self._random.choice([each for each in self._listed if each.kind == "where"])
        old = str(_at(statement.file.data, ("where",)))
        other = self._random.choice([place for place in self._library.places if place != old])
        return Change("place changed", Path(statement.file.name), ("where",), old, other)


def changed_data(data: Any, change: Change) -> Any:
    """Return a file's data with the change in it."""
    new = copy.deepcopy(data)
    inner = new
    for step in change.trail[:-1]:
        inner = inner[step]
    inner[change.trail[-1]] = change.new
    return new


def _at(data: Any, trail: tuple[str | int, ...]) -> Any:
    for step in trail:
        if isinstance(data, dict) and step not in data:
            return None
        data = data[step]
    return data


def _once(chance: random.Random, pattern: str, new: str, text: str) -> str | None:
    own = re.sub(r"\[@[^\]]*\]", lambda match: " " * len(match[0]), text)
    found = list(re.finditer(pattern, own))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + match.expand(new) + text[match.end() :]
