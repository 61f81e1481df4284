"""Check how the narrator words it. The words are data, `wording.yaml`; here is how each kind of them is looked for.

Only words outside quotation marks are looked at, for only those are the narrator's own.
"""

from __future__ import annotations

import re
from functools import cache
from heapq import merge
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.checks.narrator import BLANK, Narration, sentences, texts
from retell.checks.patterns import REACH, Context, Data, Judge, alternation
from retell.figures.voices import OTHER, PRESS
from retell.files.rules import TOO_MANY_WORDS
from retell.files.yamlfile import read_yaml
from retell.problems import Rule
from retell.story.form import Role
from retell.story.library import forms
from retell.story.mentions import flatten, names_of, phrases, voice_names
from retell.story.prose import QUOTATION_MARKS
from retell.story.wording import MOST_WORDS, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retell.problems import Problem
    from retell.story.library import Library

EMPHASIS = "*"  # a word of which a part is marked is that word all the same
DATA = Path(__file__).with_name("wording.yaml")
NO_SIDE = (PRESS, OTHER)
RULES = (
    Rule(
        "loaded-word",
        "The narrator uses no word that takes a side, unless it is named as somebody's.",
        message="“{word}” takes a side, and here the narrator says it",
        help="use a plain word, or give it to its owner: in quotation marks with the speaker named, or as in "
        "“whom the source calls {word}”",
    ),
    Rule(
        "judging-verb",
        "The narrator's verbs of speech do not say whether the speaker is to be believed.",
        message="“{word}” says whether the speaker is to be believed",
        help="write said, told, wrote, called, asked, accused, denied (with what is denied in view) or according to",
    ),
    Rule(
        "one-name-for-two-named-place",
        "A place with two names has both at its first use in a scene.",
        message="“{word}” is one of the two names of this place",
        help="write {whole} here; both names stand at the first use in a scene, in the order of the place card",
    ),
    Rule(
        "people-for-government",
        "Governments and offices act, not whole peoples.",
        level="warning",
        message="here “{word}” acts, a whole people; governments and offices act",
        help="name who acted, such as a ministry, an army or a government; a capital may stand for its government",
    ),
    Rule(
        "contrast-joiner",
        "No 'However' or 'But' sets one side's words against the other's.",
        level="warning",
        message="“{word}” sets one side's words against the other's",
        help="let each side speak in a sentence of its own, without a joining word, as in “X said … Y said …”",
    ),
    Rule(
        "outside-the-aside",
        "An aside has no figures, dates, names or quotations.",
        message="an aside holds no facts, and “{word}” belongs to one",
        help="tell it in a 'say:' with its citation; the aside is the narrator's own voice",
    ),
)
BY_NAME = {rule.name: rule for rule in RULES}


class WordingRule(Data, frozen=True, kw_only=True):
    """Where and for what one of the rules looks; the head of the data file says what each field means."""

    name: str
    in_: tuple[Role, ...] = msgspec.field(name="in")
    finds: Literal["words", "contrast", "place-names", "facts"]
    own: Literal["loaded", "judging", "peoples", ""] = ""
    words: tuple[str, ...] = ()
    unless: tuple[Context, ...] = ()
    only: tuple[Context, ...] = ()

    def problem(self, text: Narration, offset: int, word: str, whole: str = "") -> Problem:
        """Return the problem of a word that was found at an offset of a text."""
        shown = " ".join(word.split()).rstrip(",")
        return BY_NAME[self.name].at(text.locate(offset), word=shown, whole=whole)


@cache
def rules() -> tuple[WordingRule, ...]:
    """Read the data file; raises msgspec.ValidationError where it is not what the program expects."""
    return msgspec.convert(read_yaml(DATA, DATA.name).data, tuple[WordingRule, ...], strict=False)


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of this family."""
    yield from _too_many(library)
    spoken = [text for text in texts(library) if not text.broken]
    for rule in rules():
        yield from FINDERS[rule.finds](rule, [text for text in spoken if text.field in rule.in_], library)


def _too_many(library: Library) -> Iterator[Problem]:
    """Yield a problem for each list of the story's own words that is longer than one that is looked for."""
    if library.wording:
        for name, words in library.wording.form.lists.items():
            if len(words) > MOST_WORDS:
                yield TOO_MANY_WORDS.at(library.wording.file.locate((name,), key=True), most=MOST_WORDS)


def _words(rule: WordingRule, spoken: Iterable[Narration], library: Library) -> Iterator[Problem]:
    own = (library.wording.form if library.wording else Wording()).lists
    pattern = re.compile(alternation({*rule.words, *own.get(rule.own, ())}))
    allowed, judge = re.compile(alternation(own["allowed"])), Judge(rule.unless, rule.only)
    for text in spoken:
        places = [at for at, sign in enumerate(text.own) if sign != EMPHASIS] if EMPHASIS in text.own else None
        for match in pattern.finditer(text.own.replace(EMPHASIS, "")):
            if judge.finds(match) and not _is_allowed(match, allowed):
                yield rule.problem(text, places[match.start()] if places else match.start(), match[0])


def _is_allowed(match: re.Match[str], allowed: re.Pattern[str]) -> bool:
    """Return whether a word stands in a phrase, or is one, that is plain in this story."""
    around = allowed.finditer(match.string, max(0, match.start() - REACH), match.end() + REACH)
    return any(phrase.start() <= match.start() and match.end() <= phrase.end() for phrase in around)


def _facts(rule: WordingRule, spoken: Iterable[Narration], library: Library) -> Iterator[Problem]:
    """Yield a problem for each figure, date, quotation, and name of a voice or place."""
    names = [name for voice in library.voices.values() for name in (voice.form.name, *voice.form.aliases)]
    names += [name for place in library.places.values() for name in names_of(place.form)]
    judge = Judge(rule.unless, rule.only)
    named = phrases(names)
    pattern = re.compile(
        rf"(?P<word>{alternation(rule.words)})|\d+(?:[.,:]\d+)*|{BLANK}[{BLANK}.?!…]*|[{QUOTATION_MARKS}]"
    )
    for text in spoken:
        behind = 0
        for match in merge(pattern.finditer(text.own), named.find(text.own), key=re.Match.start):
            if match.start() < behind:
                continue
            behind = match.end()
            if (match.re is pattern and match["word"] is None) or judge.finds(match):
                typed = text.typed[match.start() : match.end()]
                yield rule.problem(text, match.start(), typed.strip(QUOTATION_MARKS) or typed)


def _place_names(rule: WordingRule, spoken: Iterable[Narration], library: Library) -> Iterator[Problem]:
    """Yield a problem where a place with two names is first named by only one of them in a stretch of the telling."""
    wholes = {
        flatten(name): place.form.name
        for place in library.places.values()
        if "/" in place.form.name
        for name in names_of(place.form)
        if name not in place.form.alone
    }
    pattern = phrases(wholes)
    met: set[tuple[str, str, str]] = set()
    for text in spoken:
        for match in pattern.find(text.own):
            name = flatten(match[0])
            first = (text.file.name, text.stretch, wholes[name])
            if first not in met and name != flatten(wholes[name]):
                yield rule.problem(text, match.start(), name, wholes[name])
            met.add(first)


def _contrast(rule: WordingRule, spoken: Iterable[Narration], library: Library) -> Iterator[Problem]:
    """Yield a problem where a sentence opens with a joining word and names another side than the one before it."""
    joining = alternation(rule.words)
    pattern, anywhere = re.compile(rf"[\s*{BLANK}]*+(?P<word>{joining})"), re.compile(joining)
    voices = voice_names(forms(library.voices))

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


Finder: TypeAlias = "Callable[[WordingRule, Iterable[Narration], Library], Iterator[Problem]]"
FINDERS: dict[str, Finder] = {
    "words": _words,
    "facts": _facts,
    "place-names": _place_names,
    "contrast": _contrast,
}
