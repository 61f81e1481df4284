"""Search the paragraphs that a reader has for those that say a thing, best first.

Words are compared by their stems (Snowball's English, https://snowballstem.org/algorithms/english/stemmer.html) and
weighed by how rare they are among all paragraphs: Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework", 2009, section 3), with a share for two words that stand next to each other in both. What stands in
quotation marks must stand in the paragraph, word for word.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import msgspec

from retell.copies.text import words_of

# BM25: how soon a word said again counts for nothing more, and how much a long paragraph is held back for its length
SATURATION, LENGTH_SHARE = 1.6, 0.5
PAIR_SHARE = 0.4  # what two words side by side add, of what one of so rare a kind would
# words of one kin that a stemmer keeps apart, Armenia and Armenian: so many first letters are the same
KIN_LETTERS, KIN_SHARE = 6, 0.8
QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]")
TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
# words that nearly every sentence has; in so few paragraphs as a story's one of them can be rare by chance
COMMON = frozenset(
    re.split(
        " ",
        "a an and are as at be been but by for from had has have he her his in into is it its not of on or she that "
        "the their them there they this those to was we were what when which who will with would",
    )
)
NUMERALS = re.split(
    " ",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
)
FIGURES = {word: str(value) for value, word in enumerate(NUMERALS)} | {
    f"{word}ty": str(10 * value) for value, word in enumerate(("thir", "for", "fif", "six", "seven", "eigh", "nine"), 3)
}


class Hit(msgspec.Struct, frozen=True):
    """A paragraph that was found: its article's key, its number from 1, its text, and how well it answers."""

    key: str
    number: int
    text: str
    score: float


class _Entry(msgspec.Struct, frozen=True):
    key: str
    number: int
    text: str
    line: str
    terms: Counter[str]
    length: int


class Search:
    """All paragraphs of the articles that a reader has, to be searched."""

    def __init__(self, paragraphs: Mapping[str, Mapping[int, str]]) -> None:
        """Take the paragraphs by article and number; they are read when something is looked for."""
        self._paragraphs = paragraphs

    def find(self, query: str, keys: Collection[str] = ()) -> list[Hit]:
        """Return the paragraphs that say it, best first, of all articles or only of these."""
        phrases = [f" {' '.join(words)} " for words in map(words_of, quoted_in(query)) if words]
        weights = {term: self._rarity(term) for term in _terms(words_of(query), apart=True)}
        hits = [
            Hit(entry.key, entry.number, entry.text, self._score(entry, weights))
            for entry in self._entries
            if (not keys or entry.key in keys) and all(phrase in entry.line for phrase in phrases)
        ]
        found = [hit for hit in hits if hit.score > 0 or phrases]
        return sorted(found, key=lambda hit: (-hit.score, hit.key, hit.number))

    @cached_property
    def _entries(self) -> list[_Entry]:
        entries = []
        for key, numbered in self._paragraphs.items():
            for number, text in sorted(numbered.items()):
                words = words_of(text)
                terms = Counter(_terms(words, apart=False))
                entries.append(_Entry(key, number, text, f" {' '.join(words)} ", terms, len(words)))
        return entries

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many paragraphs each term stands."""
        return Counter(term for entry in self._entries for term in entry.terms)

    @cached_property
    def _usual_length(self) -> float:
        return sum(entry.length for entry in self._entries) / max(len(self._entries), 1) or 1.0

    def _rarity(self, term: str) -> float:
        """Return BM25's weight of a term, never less than nothing."""
        standing = self._spread[term]
        rare = math.log(1 + (len(self._entries) - standing + 0.5) / (standing + 0.5))
        return rare * (PAIR_SHARE if " " in term else KIN_SHARE if term.endswith("-") else 1.0)

    def _score(self, entry: _Entry, weights: Mapping[str, float]) -> float:
        held_back = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * entry.length / self._usual_length)
        times = ((entry.terms[term], weight) for term, weight in weights.items() if term in entry.terms)
        return sum(weight * n * (SATURATION + 1) / (n + held_back) for n, weight in times)


def quoted_in(query: str) -> list[str]:
    """Return what stands in quotation marks."""
    return [next(filter(None, found)) for found in QUOTED.findall(query)]


def marked(text: str, query: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into pieces, and say of each whether it is a word, or a form of one, that was looked for."""
    sought = {stem(word) for word in words_of(query) if word not in COMMON}
    end = 0
    for token in TOKEN.finditer(text):
        if any(stem(word) in sought for word in words_of(token[0])):
            if token.start() > end:
                yield text[end : token.start()], False
            yield token[0], True
            end = token.end()
    if end < len(text):
        yield text[end:], False


def _terms(words: Sequence[str], *, apart: bool) -> Iterable[str]:
    """Yield the stems of words, and of two that stand side by side, and what kin has; each once with `apart`."""
    stems = [stem(word) for word in words]
    pairs = [f"{one} {other}" for one, other in pairwise(stems)]
    alone = [each for word, each in zip(words, stems, strict=True) if word not in COMMON]
    kin = [f"{word[:KIN_LETTERS]}-" for word in words if len(word) >= KIN_LETTERS]
    return dict.fromkeys([*alone, *pairs, *kin]) if apart else [*alone, *pairs, *kin]


@lru_cache(maxsize=2**14)
def stem(word: str) -> str:
    """Return the stem of a word as `words_of` gives it; a number in words is a figure."""
    bare = word.removesuffix("'s")
    return FIGURES.get(bare) or str(_stemmer().stemWord(bare))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from snowballstemmer import stemmer  # noqa: PLC0415 - only a search waits for it

    return stemmer("english")
