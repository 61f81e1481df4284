"""Stage 6: the reader's copies in; for any citation, the text that must bear a claim, prepared for the rules."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from retell.checks.evidence import denials
from retell.checks.evidence.quantities import quantities
from retell.copies.held import Copy
from retell.copies.text import settle, words_of
from retell.story.mentions import flatten, place_names, voice_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.checks.evidence.forms import Value
    from retell.story.citations import Citation
    from retell.story.library import Library

FOLLOWED = 5
LOCATORS = r"(?:\b[A-Z] )?¶\d+"


class Paragraph:
    """One paragraph of an article (number 0: what its card says of it), with what the rules look for in it."""

    def __init__(self, key: str, number: int, text: str, names: AllNames) -> None:
        """Take the paragraph's article, number and text."""
        self.key = key
        self.number = number
        self.text = text
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
        """The cards that it names."""
        return self._names.in_article(self.text)

    @cached_property
    def bare(self) -> denials.Bare:
        """Its words without the negations."""
        return denials.strip(self.text)

    def standing(self, words: Sequence[str]) -> Iterator[int]:
        """Give each place where a run of words stands, negations left aside."""
        for at, word in enumerate(self.bare.words):
            if word == words[0] and self.bare.words[at : at + len(words)] == words:
                yield at


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

    def in_article(self, text: str) -> set[str]:
        """Give what an article names; its "Armenian" bears our "Armenia"."""
        return self.in_text(text) | self.in_text(self._people.sub(r"\1", self._voices.left_out(text)))


class Witness:
    """All paragraphs that the reader has, by article and number."""

    def __init__(self, library: Library, copies: dict[str, Copy]) -> None:
        """Take the library and the copies that were found."""
        self._library = library
        self.names = AllNames(library)
        self.paragraphs: dict[str, dict[int, Paragraph]] = {
            key: {number: Paragraph(key, number, text, self.names) for number, text in copy.paragraphs.items()}
            for key, copy in copies.items()
        }
        self.cards = {key: Paragraph(key, 0, _card_text(library, key), self.names) for key in library.sources}
        self.heads = {key: Paragraph(key, 0, _head_text(library, key), self.names) for key in library.sources}
        self.lengths = {key: len(source.form.paragraphs) for key, source in library.sources.items()}

    def cited(self, citations: Iterable[Citation]) -> list[Paragraph] | None:
        """Give the paragraphs that citations name, and last what each article's card says; None when one is not there.

        An article cited as a whole is there when all its paragraphs are; only then its whole card counts.
        """
        found: dict[tuple[str, int], Paragraph] = {}
        cards: dict[str, Paragraph] = {}
        for citation in citations:
            copy = self.paragraphs.get(citation.key)
            if copy is None:
                return None
            for number in citation.paragraphs or range(1, self.lengths[citation.key] + 1):
                if number not in copy:
                    return None
                found[citation.key, number] = copy[number]
            if citation.key not in cards or not citation.paragraphs:
                cards[citation.key] = (self.heads if citation.paragraphs else self.cards)[citation.key]
        return [*found.values(), *cards.values()]

    @cached_property
    def runs(self) -> dict[str, list[tuple[Paragraph, int]]]:
        """Every run of FOLLOWED words of a paragraph, negations left aside, and where it stands."""
        runs: dict[str, list[tuple[Paragraph, int]]] = {}
        for paragraph in (one for copy in self.paragraphs.values() for one in copy.values()):
            words = paragraph.bare.words
            for at in range(len(words) - FOLLOWED + 1):
                runs.setdefault(" ".join(words[at : at + FOLLOWED]), []).append((paragraph, at))
        return runs

    def shown(self, card: str) -> str:
        """Give the name of a card, `voices/id` or `places/id`."""
        kind, _, entry = card.partition("/")
        cards = self._library.voices if kind == "voices" else self._library.places
        return cards[entry].form.name

    def elsewhere(self, citations: Iterable[Citation]) -> Iterator[Paragraph]:
        """Give all paragraphs, those of the articles that citations name first."""
        for key in dict.fromkeys([*(citation.key for citation in citations), *self.paragraphs]):
            yield from self.paragraphs.get(key, {}).values()


def _head_text(library: Library, key: str) -> str:
    """Give what a source card says of the article at its head: true of each of its paragraphs."""
    form = library.sources[key].form
    authors = (author.literal for author in form.author)
    texts = [form.title, form.container_title, form.genre, str(form.issued or ""), form.summary, *authors]
    return settle("\n".join(filter(None, texts)))


def _card_text(library: Library, key: str) -> str:
    """Give all that a source card says of the article: that, too, may be told of it; a locator is no number."""
    form = library.sources[key].form
    texts = [_head_text(library, key), form.stance, form.leaves_out, *form.cautions, *form.worked_out]
    return settle(re.sub(LOCATORS, "", "\n".join(texts)))
