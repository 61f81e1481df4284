"""Find the names of all voices and places in a claim and in an article, in any of their forms."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.names import PLACE_WORDS, is_kind
from retell.copies.text import without_accents, words_of
from retell.story.library import forms
from retell.story.mentions import Names, cut, flatten, names_of, place_names, set_alike, voice_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.story.library import Library

KEPT = 2**13  # texts whose names are kept until all rules have asked for them: as many as a story may have
NAMES_KEPT = 4096  # a story has the same names again and again
_SPEECH = (
    "said|says|told|tells|added|adds|noted|explained|answered|replied|argued|stressed|continued|asserted|recalled"
    "|announced|claimed|warned|reminded|lamented|revealed|admitted|declared|insisted|stated|reiterated|articulated by"
)
CAPITALS = re.compile(r"\b[^\W\d_a-z]{2,}(?:[ '-][^\W\d_a-z]{2,})+\b")
SPEAKS_AFTER = re.compile(rf"(?:'s)?,? (?:also |then |has )?(?:{_SPEECH})\b")
SPEAKS_BEFORE = re.compile(
    rf"\b(?:{_SPEECH}|according to)(?:,? (?!(?:that|he|she|they|it|we|of|to|about)\b)[\w'-]+){{0,4}},? $", re.IGNORECASE
)
CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w[\w’']*")
ARTICLE = re.compile(r"^(?:the|a|an) ")
DASHED = re.compile(r"\w[–−]\w")
FURTHEST = 100  # characters before a name in which the verb of SPEAKS_BEFORE stands
PEOPLE = ("ian", "an", "n", "i")
MAYBE_PEOPLE = re.compile(r"\b[^\W\d_a-z]\w*[ni]s?\b")


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
        named = [(name, card) for card, voice in voices.items() for name in (voice.name, *voice.aliases)]
        plain = {name: without_accents(name) for name, _ in named}
        self._plain = Names((plain[name], card) for name, card in named if plain[name] != name)
        self._nouns = Names((ARTICLE.sub("", name), card) for name, card in named if name.islower())
        self._parts = {part for name in words_in(library) for part in words_of(name)}
        self._states = {name for name, _ in named if name.isalpha() and name[0].isupper()}
        # one rule after the other asks for the names of the same text
        self._read = lru_cache(maxsize=KEPT)(self._look_through)
        self.placed = lru_cache(maxsize=KEPT)(self._placed)
        self.unknown = lru_cache(maxsize=NAMES_KEPT)(self._unknown)
        self.is_familiar = lru_cache(maxsize=NAMES_KEPT)(self._is_familiar)

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

    def _is_familiar(self, word: str) -> bool:
        """Return whether a word with a capital is part of a card's name, or of none: a title, a day, a letter."""
        bare = word.rstrip(".")
        if len(bare) < 2 or not bare[0].isupper():
            return True
        if is_kind(bare):
            return bare.lower() not in PLACE_WORDS
        return self.are_parts(bare) and not DASHED.search(bare) and not self.unknown(bare)[0]

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
        ends = [name.end for name in found]  # no two of them overlap
        for people in MAYBE_PEOPLE.finditer(alike):
            state = self._state_of(people)
            if state == people[0]:
                continue
            behind = bisect_right(ends, people.start())
            if behind == len(ends) or people.end() <= found[behind].start:
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
        """Return what an article names; its "Armenian" bears our "Armenia", its "ANN HILL", "Jose" or "Jury" ours."""
        if CAPITALS.search(text):
            text = f"{text}\n{CAPITALS.sub(lambda words: words[0].title(), text)}"
        plain = {f"voices/{card}" for card in self._plain.found_in(without_accents(text))}
        plain |= {f"voices/{card}" for card in self._nouns.found_in(text.casefold())}
        return plain | self.in_text(text) | self.in_text(MAYBE_PEOPLE.sub(self._state_of, self._voices.left_out(text)))

    def _state_of(self, people: re.Match[str]) -> str:
        """Return the name that a voice has, of what is called after it, as "Armenia" of "Armenians"."""
        stem = people[0].removesuffix("s")
        ended = (stem.removesuffix(ending) for ending in PEOPLE if stem.endswith(ending))
        return next((name for name in ended if name in self._states), people[0])
