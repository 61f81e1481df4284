"""Stage 6: one paragraph of a reader's copies in; what the rules look for in it, prepared once, out."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from retell.checks.evidence import denials, fragments
from retell.checks.evidence.quantities import quantities
from retell.copies.text import words_of
from retell.story.mentions import flatten, place_names, voice_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.forms import Value
    from retell.story.library import Library

FOLLOWED = 5
_SPEECH = "said|says|told|tells|added|adds|noted|explained|answered|replied|argued|stressed|continued|asserted|recalled"
SPEAKS_AFTER = re.compile(rf"(?:'s)?,? (?:also |then |has )?(?:{_SPEECH})\b")
SPEAKS_BEFORE = re.compile(rf"\b(?:{_SPEECH}|according to)(?: \w+){{0,3}} $", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:he|she|him|his|her|He|She|His|Her)\b")


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
    def values(self) -> set[Value]:
        """Its numbers and dates."""
        return {value for quantity in quantities(self.text) for value in quantity.bears}

    @cached_property
    def named(self) -> set[str]:
        """The cards that it names, the voice that it goes on to call "he" or "she", and who answers in an interview."""
        return self.own_names | self._antecedents() | self.answering

    @cached_property
    def own_names(self) -> set[str]:
        """The cards whose names stand in it."""
        return self._names.in_article(self.text)

    @property
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
        """Give each place where a run of words stands, negations left aside."""
        for at, word in enumerate(self.bare.words):
            if word == words[0] and self.bare.words[at : at + len(words)] == words:
                yield at


class Head(Paragraph):
    """The title and outlet of an article: they name, and bear out nothing else of what a paragraph is cited for."""

    @property
    def values(self) -> set[Value]:
        """No numbers and dates: the day of publication is that of no event."""
        return set()


class AllNames:
    """The names of all voices and places."""

    def __init__(self, library: Library) -> None:
        """Take the names from the library's cards."""
        self._voices = voice_names(library)
        self._places = place_names(library)
        forms = [entry.form for entry in library.voices.values()]
        words = {name for form in forms for name in (form.name, *form.aliases) if name.isalpha() and name[0].isupper()}
        self._people = re.compile(rf"\b({'|'.join(sorted(words)) or '(?!)'})(?:n|i|an|ian)s?\b")

    def in_text(self, text: str) -> set[str]:
        """Give what a text names, as `voices/id` and `places/id`; a capital that stands for its state is a voice."""
        flat = flatten(text)
        voices = self._voices.found_in_flat(flat)
        places = self._places.found_in_flat(self._voices.left_out(flat) if voices else flat)
        return {*[f"voices/{found}" for found in voices], *[f"places/{found}" for found in places]}

    def offset(self, card: str, text: str) -> int:
        """Give where a text names a card first."""
        names = self._voices if card.startswith("voices/") else self._places
        for found, before, _ in names.namings(text):
            if found == card.partition("/")[2]:
                return len(text) - len(text.lstrip()) + len(before)
        return 0

    def speaking(self, text: str) -> set[str]:
        """Give the voices that a text names beside a verb of speech."""
        return {
            f"voices/{card}"
            for card, before, after in self._voices.namings(text)
            if SPEAKS_AFTER.match(after) or SPEAKS_BEFORE.search(before)
        }

    def in_article(self, text: str) -> set[str]:
        """Give what an article names; its "Armenian" bears our "Armenia"."""
        return self.in_text(text) | self.in_text(self._people.sub(r"\1", self._voices.left_out(text)))
