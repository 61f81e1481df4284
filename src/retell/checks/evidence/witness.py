"""Find for any citation the text in a reader's copies that must bear a claim out, prepared for the rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from retell.checks.evidence.card_names import AllNames, words_in
from retell.checks.evidence.names import LEAST_STEM, TOKEN, is_a_name, never_names
from retell.checks.evidence.paragraph import MOST_ABOVE, Head, Paragraph, runs_of
from retell.checks.evidence.quantities import quantities
from retell.checks.evidence.typography import has_long_s, set_round
from retell.copies.held import Copy
from retell.copies.search import Search
from retell.copies.text import settle, words_of
from retell.figures.voices import OTHER, PRESS
from retell.story.articles import dates_of
from retell.story.cards import PUBLIC_DOMAIN
from retell.story.texts import texts as library_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.forms import Value
    from retell.story.citations import Citation
    from retell.story.dates import When
    from retell.story.library import Library

T = TypeVar("T")
LEAST_SPEAKING = 5  # in one of so many paragraphs of an interview
SENTENCE_START = re.compile(r" (?:(?<=[?!:;…] )|(?<=[a-z]{5}\. ))")  # no title is so long: "Mr. Smith" is not parted
LOCATORS = r"(?:\b[A-Z] )?¶\d+"


class Witness:
    """All paragraphs that the reader has, by article and number."""

    def __init__(self, library: Library, copies: dict[str, Copy]) -> None:
        """Take the library and the copies that were found."""
        self._library = library
        self._as_names: dict[str, bool] = {}
        self._found: dict[Callable[[Paragraph, Witness], Any], dict[Paragraph, Any]] = defaultdict(dict)
        self._of_all: dict[Callable[[Witness], Any], Any] = {}
        self._published: dict[tuple[str, bool], set[Value]] = {}
        self.names = AllNames(library)
        self.pointed = 0  # problems that were answered with the paragraph that bears it
        self.paragraphs: dict[str, dict[int, Paragraph]] = {
            key: {number: Paragraph(key, number, text, self.names) for number, text in copy.items()}
            for key, copy in _readable(library, copies).items()
        }
        for key, copy in self.paragraphs.items():
            answering = _interviewed(copy) if library.sources[key].form.type == "interview" else frozenset()
            for number, paragraph in copy.items():
                paragraph.answering = answering
                paragraph.above = tuple([copy[n] for n in range(number - 1, number - 1 - MOST_ABOVE, -1) if n in copy])
        self.owned = {
            key: copy for key, copy in self.paragraphs.items() if library.sources[key].form.rights != PUBLIC_DOMAIN
        }
        self.cards = {key: Paragraph(key, 0, _card_text(library, key), self.names) for key in library.sources}
        self.heads = {key: Head(key, 0, _head_text(library, key), self.names) for key in library.sources}
        self.codes = {source.form.code: key for key, source in library.sources.items()}
        self.lengths = {key: len(source.form.paragraphs) for key, source in library.sources.items()}

    def cited(self, citations: Iterable[Citation]) -> list[Paragraph] | None:
        """Return the paragraphs that citations name, and last what each article's card says; None when one is missing.

        Of an article cited by its paragraphs the card gives title and outlet, as names. An article cited as a whole is
        there when all its paragraphs are; but only its card bears out what is said of it.
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
                if citation.paragraphs:
                    found[citation.key, number] = copy[number]
            if citation.key not in cards or not citation.paragraphs:
                cards[citation.key] = (self.heads if citation.paragraphs else self.cards)[citation.key]
        return [*found.values(), *cards.values()]

    def whole(self, citations: Iterable[Citation]) -> Iterator[Paragraph]:
        """Yield all paragraphs of the articles that are cited as a whole."""
        for key in {citation.key for citation in citations if not citation.paragraphs}:
            yield from self.paragraphs.get(key, {}).values()

    def names_an_outlet(self, assertion: Assertion) -> bool:
        """Return whether a claim is a paper's, or names the paper of an article that it cites."""
        voices = self._library.voices
        if assertion.speaker in voices and voices[assertion.speaker].form.side == PRESS:
            return True
        told = self.names.in_text(assertion.own)
        return any(told & self.heads[each.key].named for each in assertion.citations if each.key in self.heads)

    def issued(self, key: str) -> When | None:
        """Return when an article was written or published, as its card says."""
        return self._library.sources[key].form.written if key in self._library.sources else None

    def published(self, key: str, *, to_the_day: bool = True) -> set[Value]:
        """Return the date of publication of an article as values, with its day and weekday or without."""
        if (key, to_the_day) not in self._published:
            self._published[key, to_the_day] = self._read_published(key, to_the_day=to_the_day)
        return self._published[key, to_the_day]

    def _read_published(self, key: str, *, to_the_day: bool) -> set[Value]:
        issued = self.issued(key)
        values = {value for quantity in quantities(str(issued or "")) for value in quantity.bears}
        if issued and to_the_day and issued.is_day:
            values.update(("weekday", Decimal(weekday)) for weekday in issued.first.weekdays)
        return values if to_the_day else {(kind, value) for kind, value in values if kind in ("number", "month")}

    def joined(self, cited: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """Yield each two or more cited paragraphs that follow one another as one: a speech may go on in the next."""
        run: list[Paragraph] = []
        for paragraph in (*sorted(cited, key=lambda each: (each.key, each.number)), None):
            if paragraph and run and (paragraph.key, paragraph.number) == (run[-1].key, run[-1].number + 1):
                run.append(paragraph)
                continue
            if len(run) > 1:
                yield Paragraph(run[0].key, run[0].number, " ".join([each.text for each in run]), self.names)
            run = [paragraph] if paragraph else []

    def has_as_name(self, word: str) -> bool:
        """Return whether the articles have a word as a name only, of somebody without a card."""
        if word not in self._as_names:
            folded = word.casefold()
            copies = self.paragraphs.values()
            texts = [each.text for copy in copies for each in copy.values() if folded in each.vocabulary]
            self._as_names[word] = is_a_name(word, texts)
        return self._as_names[word]

    def has_word(self, word: str) -> bool:
        """Return whether the articles have a word, with a capital or without."""
        return any(word.casefold() in each.vocabulary for copy in self.paragraphs.values() for each in copy.values())

    def is_familiar(self, text: str) -> bool:
        """Return whether each word with a capital is part of a card's name, or begins a sentence and is no name.

        In such a text, as most are, nobody is named who has no card.
        """
        return all(map(self._is_familiar, SENTENCE_START.split(text)))

    def _is_familiar(self, sentence: str) -> bool:
        opening = TOKEN.match(sentence)
        words = TOKEN.findall(sentence, opening.end() if opening else 0)
        return all(map(self.names.is_familiar, words)) and (opening is None or self._opens_only(opening[0]))

    def _opens_only(self, word: str) -> bool:
        """Return whether a word that begins a sentence names nobody, whatever stands behind it."""
        bare = word.rstrip(".")
        if self.names.is_familiar(word) or len(bare) < LEAST_STEM:
            return True
        return not self.has_as_name(bare) and (never_names(bare) or self.has_word(bare))

    def once(self, find: Callable[[Paragraph, Witness], T], paragraph: Paragraph) -> T:
        """Return what a rule finds in a paragraph, which it looks through once for all claims."""
        kept: dict[Paragraph, T] = self._found[find]
        if paragraph not in kept:
            kept[paragraph] = find(paragraph, self)
        return kept[paragraph]

    def once_in_all(self, find: Callable[[Witness], T]) -> T:
        """Return what a rule finds in all paragraphs, which it looks through once for all claims."""
        if find not in self._of_all:
            self._of_all[find] = find(self)
        found: T = self._of_all[find]
        return found

    @cached_property
    def runs(self) -> dict[tuple[str, ...], list[tuple[Paragraph, int]]]:
        """Every run of FOLLOWED words of a paragraph, negations left aside, and where it stands."""
        runs: dict[tuple[str, ...], list[tuple[Paragraph, int]]] = defaultdict(list)
        for paragraph in self.elsewhere(()):
            for at, run in enumerate(runs_of(paragraph.bare.words)):
                runs[run].append((paragraph, at))
        return runs

    def side(self, voice: str) -> str:
        """Return the side of a voice, or its name where it is of none."""
        form = self._library.voices[voice].form
        return form.side if form.side and form.side not in (PRESS, OTHER) else form.name

    def is_of(self, voice: str, side: str) -> bool:
        """Return whether a voice's card has this side."""
        return self._library.voices[voice].form.side == side

    @cached_property
    def press(self) -> frozenset[str]:
        """The names of the voices that are of the press."""
        return frozenset(voice.form.name for voice in self._library.voices.values() if voice.form.side == PRESS)

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The cards of the voices that are of the press."""
        return frozenset(f"voices/{voice.id}" for voice in self._library.voices.values() if voice.form.side == PRESS)

    def shown(self, card: str) -> str:
        """Return the name of a card, `voices/id` or `places/id`."""
        kind, _, entry = card.partition("/")
        cards = self._library.voices if kind == "voices" else self._library.places
        return cards[entry].form.name

    @cached_property
    def search(self) -> Search:
        """The search in all paragraphs."""
        return Search(
            {key: {n: each.text for n, each in paragraphs.items()} for key, paragraphs in self.paragraphs.items()}
        )

    def elsewhere(self, citations: Iterable[Citation]) -> Iterator[Paragraph]:
        """Yield all paragraphs, those of the articles that citations name first."""
        for key in dict.fromkeys([*(citation.key for citation in citations), *self.paragraphs]):
            yield from self.paragraphs.get(key, {}).values()


def _readable(library: Library, copies: dict[str, Copy]) -> dict[str, dict[int, str]]:
    """Return the paragraphs of copies, those that have each long s as an f in letters of today.

    What words there are is known from the other paragraphs and from the story itself.
    """
    texts = {key: copy.paragraphs for key, copy in copies.items()}
    printed = {text for copy in texts.values() for text in copy.values() if has_long_s(text)}
    if not printed:
        return texts
    told = [text.plain for entry in library.entries() for text in library_texts(entry.form)]
    others = [text for copy in texts.values() for text in copy.values() if text not in printed]
    known = {word for text in (*others, *told, *words_in(library)) for word in words_of(text)}
    return {
        key: {number: set_round(text, known) if text in printed else text for number, text in copy.items()}
        for key, copy in texts.items()
    }


def _interviewed(copy: dict[int, Paragraph]) -> frozenset[str]:
    """Return whom an interview is with: the voice that speaks in most of its paragraphs."""
    speaking = Counter(card for paragraph in copy.values() for card in paragraph.speaking)
    return frozenset(card for card, times in speaking.most_common(1) if LEAST_SPEAKING * times >= len(copy))


def _head_text(library: Library, key: str) -> str:
    """Return the names at an article's head: its title, its outlet, its authors."""
    form = library.sources[key].form
    texts = [form.title, form.title_short, form.container_title, *map(str, form.author)]
    return settle("\n".join(filter(None, texts)))


def _card_text(library: Library, key: str) -> str:
    """Return all that a source card says of the article: that may be told of it as a whole; a locator is no number."""
    form = library.sources[key].form
    texts = [_head_text(library, key), form.genre, dates_of(form), form.summary, form.stance, form.leaves_out]
    return settle(re.sub(LOCATORS, "", "\n".join([*texts, *form.cautions, *form.worked_out])))
