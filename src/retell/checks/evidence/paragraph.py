"""Prepare one paragraph of a reader's copies, once, for what the rules look for in it."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence import denials, fragments
from retell.checks.evidence.names import is_kind
from retell.checks.evidence.nouns import counts_in
from retell.checks.evidence.quantities import Quantity, quantities
from retell.copies.search import stem
from retell.copies.text import ANY_WORD, bare_letters, normalise, without_accents, words_of
from retell.story.library import forms
from retell.story.mentions import Names, cut, flatten, names_of, place_names, set_alike, voice_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.checks.evidence.forms import Value
    from retell.story.library import Library

FOLLOWED = 5
KEPT = 64  # texts whose names are kept until all rules have asked for them
NAMES_KEPT = 4096  # a story has the same names again and again
_SPEECH = "said|says|told|tells|added|adds|noted|explained|answered|replied|argued|stressed|continued|asserted|recalled"
CAPITALS = re.compile(r"\b[^\W\d_a-z]{2,}(?:[ '-][^\W\d_a-z]{2,})+\b")
SPEAKS_AFTER = re.compile(rf"(?:'s)?,? (?:also |then |has )?(?:{_SPEECH})\b")
SPEAKS_BEFORE = re.compile(
    rf"\b(?:{_SPEECH}|according to)(?:,? (?!(?:that|he|she|they|it|we|of|to|about)\b)[\w'-]+){{0,4}},? $", re.IGNORECASE
)
CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w[\w’']*")
DASHED = re.compile(r"\w[–−]\w")
FURTHEST = 100  # characters before a name in which the verb of SPEAKS_BEFORE stands
PEOPLE = ("ian", "an", "n", "i")
PRONOUN = re.compile(r"\b(?:he|she|him|his|her|He|She|His|Her)\b")


class Placed(NamedTuple):
    """A voice, by its id, and where a text names it."""

    card: str
    start: int
    end: int


class Reading(NamedTuple):
    """What a text names: the voices with their places, the cards, and what is left of it without their names."""

    voices: tuple[tuple[str, int, int], ...]
    cards: frozenset[str]
    rest: str


class Paragraph:
    """One paragraph of an article (number 0: what its card says of it), with what the rules look for in it."""

    def __init__(self, key: str, number: int, text: str, names: AllNames) -> None:
        """Take the paragraph's article, number and text."""
        self.key = key
        self.number = number
        self.text = text
        self.before: tuple[Paragraph, ...] = ()
        self.answering: frozenset[str] = frozenset()
        self._names = names

    @cached_property
    def words(self) -> list[str]:
        """Its words, as they are compared."""
        return words_of(self.text)

    @cached_property
    def vocabulary(self) -> set[str]:
        """Its words, each once."""
        return set(self.words)

    @cached_property
    def line(self) -> str:
        """Its words in one line, with a space at either end, so that a run of words is a part of it."""
        return f" {' '.join(self.words)} "

    @cached_property
    def folded(self) -> str:
        """Its text in small letters without accents, with its signs."""
        return bare_letters(normalise(self.text))

    @cached_property
    def _may_deny(self) -> bool:
        return denials.may_deny(self.folded, self.vocabulary)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each of its words begins in `folded`."""
        return [word.start() for word in ANY_WORD.finditer(self.folded)]

    def denies(self, run: str) -> bool:
        """Return whether somebody denies a run of its words, parted by spaces, each time that it stands here."""
        if not self._may_deny:
            return False
        at = [found.start() for found in re.finditer(rf"(?= {re.escape(run)} )", self.line)]
        return all(denials.is_denied(self.folded, self._starts[self.line.count(" ", 0, each)]) for each in at)

    @cached_property
    def values(self) -> set[Value]:
        """Its numbers and dates."""
        exact = {each.readings[0] for each in self.numbers if each.kind == "clock" and len(each.readings) == 1}
        return {
            value
            for each in self.numbers
            # "at 2 o'clock" is of the half of the day that another "two in the morning" has
            if each.kind != "clock" or len(each.readings) == 1 or exact.isdisjoint(each.readings)
            for value in each.bears
        }

    @cached_property
    def stemmed(self) -> set[str]:
        """The stems of its words."""
        return {stem(word) for word in self.vocabulary}

    @cached_property
    def sentences(self) -> list[list[str]]:
        """The words of each of its sentences."""
        ends = [0, *fragments.sentence_ends(self.text), len(self.text)]
        return [words_of(self.text[start:end]) for start, end in pairwise(ends)]

    @cached_property
    def numbers(self) -> list[Quantity]:
        """Its numbers and dates, in order."""
        return quantities(self.text)

    @cached_property
    def counts(self) -> dict[str, set[Value]]:
        """What it counts, and with which numbers."""
        return counts_in(self.text, self.numbers)

    @cached_property
    def named(self) -> set[str]:
        """The cards that it names, the voice that it goes on to call "he" or "she", and who answers in an interview."""
        return self.own_names | self._antecedents() | self.answering

    @cached_property
    def own_names(self) -> set[str]:
        """The cards whose names stand in it."""
        return self._names.in_article(self.text)

    @cached_property
    def speaking(self) -> set[str]:
        """The voices that speak in it."""
        return self._names.speaking(self.text)

    def _antecedents(self) -> set[str]:
        if not PRONOUN.search(self.text):
            return set()
        for earlier in self.before:
            if voices := {card for card in earlier.own_names if card.startswith("voices/")}:
                return voices
        return set()

    @cached_property
    def bare(self) -> denials.Bare:
        """Its words without the negations."""
        return denials.strip(self.text)

    @cached_property
    def signed(self) -> tuple[str, list[int]]:
        """Its words and signs in one line, and where in that line its sentences end."""
        parts, ends, at, length = [], [], 0, 1
        for end in (*fragments.sentence_ends(self.text), len(self.text)):
            tokens = fragments.signed(self.text[at:end])
            parts += tokens
            length += sum(map(len, tokens)) + len(tokens)
            ends.append(length - 1)
            at = end
        return f" {' '.join(parts)} ", ends[:-1]

    def standing(self, words: Sequence[str]) -> Iterator[int]:
        """Yield each place where a run of words stands, negations left aside."""
        for at, word in enumerate(self.bare.words):
            if word == words[0] and self.bare.words[at : at + len(words)] == words:
                yield at


class Head(Paragraph):
    """The title and outlet of an article: they name, and bear out nothing else of what a paragraph is cited for."""

    @property
    def values(self) -> set[Value]:
        """No numbers and dates: the day of publication is that of no event."""
        return set()


def words_in(library: Library) -> Iterator[str]:
    """Yield every name of a card."""
    for voice in library.voices.values():
        yield from (voice.form.name, *voice.form.aliases)
    for place in library.places.values():
        yield from names_of(place.form)


class AllNames:
    """The names of all voices and places."""

    def __init__(self, library: Library) -> None:
        """Take the names from the library's cards."""
        voices = forms(library.voices)
        self._voices = voice_names(voices)
        self._places = place_names(forms(library.places))
        plain = {name: without_accents(name) for voice in voices.values() for name in (voice.name, *voice.aliases)}
        self._plain = Names(
            (plain[name], card)
            for card, voice in voices.items()
            for name in (voice.name, *voice.aliases)
            if plain[name] != name
        )
        self._parts = {part for name in words_in(library) for part in words_of(name)}
        names = (name for voice in voices.values() for name in (voice.name, *voice.aliases))
        self._states = {name for name in names if name.isalpha() and name[0].isupper()}
        states = "|".join(map(re.escape, sorted(self._states)))
        self._people = re.compile(rf"\b(?:{states})(?:{'|'.join(PEOPLE)})s?\b")
        # one rule after the other asks for the names of the same text
        self._read = lru_cache(maxsize=KEPT)(self._look_through)
        self.placed = lru_cache(maxsize=KEPT)(self._placed)
        self.unknown = lru_cache(maxsize=NAMES_KEPT)(self._unknown)

    def _look_through(self, text: str) -> Reading:
        """Read a text once for all that ask for its names."""
        alike = set_alike(text)
        voices = tuple(self._voices.namings(alike))
        rest = cut(alike, voices)
        places = list(self._places.namings(rest))
        found = (*[f"voices/{card}" for card, _, _ in voices], *[f"places/{card}" for card, _, _ in places])
        return Reading(voices, frozenset(found), cut(rest, places))

    def in_text(self, text: str) -> frozenset[str]:
        """Return what a text names, as `voices/id` and `places/id`; a capital that stands for its state is a voice."""
        return self._read(text).cards

    def left_out(self, text: str) -> str:
        """Return a text without the names of cards in it."""
        return self._read(text).rest

    def are_parts(self, name: str) -> bool:
        """Return whether a word of a name is one of a card's, so that `in_text` answers for it."""
        return not self._parts.isdisjoint(word.removesuffix("'s") for word in words_of(name))

    def _unknown(self, name: str) -> tuple[str, bool]:
        """Return what of a name no card's name has, "Tbilisi" of "Ilham Tbilisi", and whether a card's has the rest."""
        if not self.are_parts(name):
            return name, False
        rest = self.left_out(name)
        words = [word for word in CAPITALISED.findall(rest) if not self.are_parts(word) and not is_kind(word)]
        return (" ".join(words), True) if words or rest != name or not DASHED.search(name) else (name, False)

    def offsets(self, cards: Iterable[str], text: str) -> list[int]:
        """Return where a text names each of these cards first, 0 where it does not."""
        flat, before = flatten(text), len(text) - len(text.lstrip())
        found: dict[str, int] = {}
        for kind, names in (("voices", self._voices), ("places", self._places)):
            for entry, start, _ in names.namings(flat):
                found.setdefault(f"{kind}/{entry}", before + start)
        return [found.get(card, 0) for card in cards]

    def _placed(self, text: str) -> tuple[Placed, ...]:
        """Return the voices that a text names, in order, with their places once it is alike; a people is its state."""
        alike, voices = set_alike(text), self._read(text).voices
        found = [Placed(*naming) for naming in voices]
        for people in self._people.finditer(alike):
            state = self._state_of(people)
            if state != people[0] and all(people.end() <= name.start or name.end <= people.start() for name in found):
                found += [Placed(card, people.start(), people.end()) for card in self._voices.found_in(state)]
        return tuple(sorted(found, key=lambda name: name.start))

    def speaking(self, text: str) -> set[str]:
        """Return the voices that a text names beside a verb of speech."""
        flat = flatten(text)
        return {
            f"voices/{card}"
            for card, start, end in self._voices.namings(flat)
            if SPEAKS_AFTER.match(flat, end) or SPEAKS_BEFORE.search(flat, max(0, start - FURTHEST), start)
        }

    def in_article(self, text: str) -> set[str]:
        """Return what an article names; its "Armenian" bears our "Armenia", its "ANN HILL" or "Jose" ours."""
        if CAPITALS.search(text):
            text = f"{text}\n{CAPITALS.sub(lambda words: words[0].title(), text)}"
        plain = {f"voices/{card}" for card in self._plain.found_in(without_accents(text))}
        return plain | self.in_text(text) | self.in_text(self._people.sub(self._state_of, self._voices.left_out(text)))

    def _state_of(self, people: re.Match[str]) -> str:
        """Return the name that a voice has, of what is called after it, as "Armenia" of "Armenians"."""
        stem = people[0].removesuffix("s")
        ended = (stem.removesuffix(ending) for ending in PEOPLE if stem.endswith(ending))
        return next((name for name in ended if name in self._states), people[0])
