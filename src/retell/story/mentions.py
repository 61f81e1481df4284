"""Find the places, voices and terms that a text names."""

from __future__ import annotations

import unicodedata
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from retell.story.phrases import Phrases
from retell.story.texts import namings
from retell.story.typography import capitalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from retell.story.cards import Place, Term, Voice
    from retell.story.form import Form, Kind

ALIKE = (*((sign, "'") for sign in "’‘ʼ＇"), *((sign, "-") for sign in "‐‑"))
APART = "\0"  # no white space and no part of a name: a story has no character that cannot be seen


class Names:
    """Every name of a set of cards, found in a text as whole words; the longest name wins."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a name and the id of its card; case counts, for "Lachin road" is no town."""
        self._owners = {flatten(name): card for name, card in names if name.strip()}
        self._cards: Collection[str] = set(self._owners.values())

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self._owners)

    def of(self, cards: Collection[str]) -> Names:
        """Return the names of these cards alone; what names another card is still none of theirs."""
        chosen = copy(self)
        chosen._phrases, chosen._cards = self._phrases, cards
        return chosen

    def left_out(self, text: str) -> str:
        """Return a text without these names."""
        flat = flatten(text)
        return cut(flat, self.namings(flat))

    def namings(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield each naming in a text that is `set_alike`, in order: the card's id, and where it begins and ends."""
        for found in self._phrases.find(text):
            card = self._owner_of(found[0])
            if card in self._cards:
                yield card, found.start(), found.end()

    def _owner_of(self, name: str) -> str:
        return self._owners[" ".join(name.split())]

    def found_in(self, text: str) -> list[str]:
        """Return the ids of the cards that a text names, in the order of their first naming."""
        return self.found_in_flat(flatten(text))

    def found_in_flat(self, text: str) -> list[str]:
        """Return what `found_in` does, of a text that is flat already, as `left_out` returns it."""
        names = dict.fromkeys(found[0] for found in self._phrases.find(text))
        return [card for card in dict.fromkeys(map(self._owner_of, names)) if card in self._cards]


def cut(flat: str, namings: Iterable[tuple[str, int, int]]) -> str:
    """Return a text without the namings that were found in it."""
    kept, behind = [], 0
    for _, start, end in namings:
        kept.append(flat[behind:start])
        behind = end
    return " ".join([*kept, flat[behind:]]) if kept else flat


def phrases(names: Iterable[str]) -> Phrases:
    """Return names to be found as they are spelt, in a text that was not flattened."""
    return Phrases({flatten(name) for name in names if name.strip()})


def flatten(text: str) -> str:
    """Return a text with one form for each apostrophe, hyphen and accented letter, and one space between words."""
    return " ".join(set_alike(text).split())


def set_alike(text: str) -> str:
    """Return a text with one form for each apostrophe, hyphen and accented letter."""
    if text.isascii():
        return text
    for sign, alike in ALIKE:
        text = text.replace(sign, alike)  # one after the other is quicker than a table
    return unicodedata.normalize("NFC", text)


def set_apart(texts: Iterable[str]) -> str:
    """Join texts to be looked through at once, so that no name spans two of them."""
    return APART.join(texts)


def voice_names(voices: Mapping[str, Voice]) -> Names:
    """Return the names of voices, by id."""
    return _with_capitals((card, (voice.name, *voice.aliases)) for card, voice in voices.items())


def place_names(places: Mapping[str, Place]) -> Names:
    """Return the names of places, by id, in every spelling and script that their cards give."""
    return Names((name, card) for card, place in places.items() for name in names_of(place))


def names_of(place: Place) -> tuple[str, ...]:
    """Return a place's names: that of narration, each of two names alone, those in other languages and the aliases."""
    names = (place.name, *place.name.split("/"), *place.names.values(), *place.aliases)
    return tuple(name for name in names if name.strip())


def term_names(terms: Mapping[str, Term]) -> Names:
    """Return terms, by id."""
    return _with_capitals((card, (term.term, *term.aliases)) for card, term in terms.items())


def _with_capitals(cards: Iterable[tuple[str, tuple[str, ...]]]) -> Names:
    """Return names as their cards spell them, and with a capital: "the Kremlin" at the start of a sentence."""
    return Names((form, card) for card, names in cards for name in names for form in (name, capitalise(name)))


def names_of_cards(
    voices: Mapping[str, Voice], places: Mapping[str, Place], terms: Mapping[str, Term]
) -> dict[Kind, Names]:
    """Return the names of cards, by their kind."""
    return {"voices": voice_names(voices), "places": place_names(places), "terms": term_names(terms)}


def cards_in(names: Mapping[Kind, Names], texts: Iterable[str], forms: Iterable[Form]) -> dict[Kind, set[str]]:
    """Return the ids of the cards, by their kind, that texts name and that forms use; no dispute is named in a text."""
    text = flatten(set_apart(texts))
    used = {kind: set(each.found_in_flat(text)) for kind, each in names.items()} | {"disputes": set()}
    for form in forms:
        for naming in namings(form):
            used[naming.kind].add(naming.card)
    return used
