"""Stage 6: how the narrator words it. The rules are data, `wording.yaml`; here is how each kind of them is looked for.

Rules: loaded-word, judging-verb, one-name-for-two-named-place, people-for-government, contrast-joiner,
outside-the-aside. Only words outside quotation marks are looked at, for only those are the narrator's own.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.checks.narrator import BLANK, Field, Text, sentences, texts
from retell.checks.patterns import Context, Data, Judge, alternation, named
from retell.files.yamlfile import read_yaml
from retell.problems import Level, Problem
from retell.story.mentions import flatten, names_of, voice_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retell.story.library import Library

DATA = Path(__file__).with_name("wording.yaml")
NO_SIDE = ("press", "other")


class WordingRule(Data, frozen=True, kw_only=True):
    """One rule; the head of the data file says what each field means."""

    name: str
    level: Level
    message: str
    help: str
    in_: tuple[Field, ...] = msgspec.field(name="in")
    finds: Literal["words", "contrast", "place-names", "facts"]
    words: tuple[str, ...] = ()
    unless: tuple[Context, ...] = ()
    only: tuple[Context, ...] = ()

    def problem(self, text: Text, offset: int, word: str, whole: str = "") -> Problem:
        """Give the problem of a word that was found at an offset of a text."""
        shown = " ".join(word.split()).rstrip(",")
        message, help_text = (form.format(word=shown, whole=whole) for form in (self.message, self.help))
        return Problem(self.name, text.locate(offset), message, help_text, self.level)


@cache
def rules() -> tuple[WordingRule, ...]:
    """Read the data file; raises msgspec.ValidationError where it is not what the program expects."""
    return msgspec.convert(read_yaml(DATA, DATA.name).data, tuple[WordingRule, ...], strict=False)


def check(library: Library) -> Iterator[Problem]:
    """Give the problems of this family."""
    spoken = [text for text in texts(library) if not text.broken]
    for rule in rules():
        yield from FINDERS[rule.finds](rule, [text for text in spoken if text.field in rule.in_], library)


def _words(rule: WordingRule, spoken: Iterable[Text], library: Library) -> Iterator[Problem]:
    pattern, judge = re.compile(alternation(rule.words)), Judge(rule.unless, rule.only)
    for text in spoken:
        for match in pattern.finditer(text.own):
            if judge.finds(match):
                yield rule.problem(text, match.start(), match[0])


def _facts(rule: WordingRule, spoken: Iterable[Text], library: Library) -> Iterator[Problem]:
    """Look for figures, dates, quotations and every name that a card gives to a voice or place."""
    names = [name for voice in library.voices.values() for name in (voice.form.name, *voice.form.aliases)]
    names += [name for place in library.places.values() for name in names_of(place.form)]
    judge = Judge(rule.unless, rule.only)
    either = f"{alternation(rule.words)}|{named(names)}"
    pattern = re.compile(rf"(?P<word>{either})|\d+(?:[.,:]\d+)*|{BLANK}[{BLANK}.?!…]*|[\"“”]")
    for text in spoken:
        for match in pattern.finditer(text.own):
            if match["word"] is None or judge.finds(match):
                typed = text.typed[match.start() : match.end()]
                yield rule.problem(text, match.start(), typed.strip('"“”') or typed)


def _place_names(rule: WordingRule, spoken: Iterable[Text], library: Library) -> Iterator[Problem]:
    """Look for the first name of each place with two names, in each stretch of the telling."""
    wholes = {
        flatten(name): place.form.name
        for place in library.places.values()
        if "/" in place.form.name
        for name in names_of(place.form)
        if name not in place.form.alone
    }
    pattern = re.compile(named(wholes))
    met: set[tuple[str, str, str]] = set()
    for text in spoken:
        for match in pattern.finditer(text.own):
            name = flatten(match[0])
            first = (text.file.name, text.stretch, wholes[name])
            if first not in met and name != flatten(wholes[name]):
                yield rule.problem(text, match.start(), name, wholes[name])
            met.add(first)


def _contrast(rule: WordingRule, spoken: Iterable[Text], library: Library) -> Iterator[Problem]:
    """Look at each sentence that opens with a joining word and names another side than the one before it."""
    joining = alternation(rule.words)
    pattern, anywhere = re.compile(rf"[\s*{BLANK}]*+(?P<word>{joining})"), re.compile(joining)
    voices = voice_names(library)

    def side(sentence: str, *speakers: str) -> str:
        heard = (library.voices[voice].form.side for voice in (*voices.found_in(sentence), *speakers))
        return next((side for side in heard if side and side not in NO_SIDE), "")

    for text in spoken:
        if not anywhere.search(text.own):
            continue
        told = list(sentences(text.own))
        for (_, before), (offset, sentence) in pairwise(told):
            match = pattern.match(sentence)
            if match and side(before):
                # a lead's last sentence is led on by its speaker's own words
                last = [text.speaker] if sentence is told[-1][1] and text.speaker in library.voices else []
                if side(sentence, *last) not in ("", side(before)):
                    yield rule.problem(text, offset + match.start("word"), match["word"])


Finder: TypeAlias = "Callable[[WordingRule, Iterable[Text], Library], Iterator[Problem]]"
FINDERS: dict[str, Finder] = {
    "words": _words,
    "facts": _facts,
    "place-names": _place_names,
    "contrast": _contrast,
}
