"""Put beside each question the paragraphs that answer it, of documents that came with the story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from retell.copies.saved import hold
from retell.copies.text import words_of
from retell.files.characters import without_unseen
from retell.handout.questions import Excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.handout.questions import Asked
    from retell.story.model import Question
    from retell.story.told import Told

WHOLE = 90  # words of a paragraph that is printed whole
MOST_WORDS = 60  # of a longer one; a sentence is never cut
LEAST_LETTERS = 4  # of a word by which sentences are chosen
SHORT = "".join(rf"(?<!\b[A-Z]{'[a-z]' * n})" for n in range(4))  # Lt. or Capt. ends no sentence
SENTENCE = re.compile(rf".+?(?:(?:{SHORT}\.|[!?])[\"'”’)\]]*(?=\s)|\Z)", re.DOTALL)
CUT = "[…]"


class Excerpts:
    """The paragraphs of a story's own documents, each of which is printed once."""

    def __init__(self, told: Told) -> None:
        """Take the story."""
        shipped = {key: text for key, text in told.documents.items() if key in told.sources}
        self._codes = {key: told.sources[key].code for key in shipped}
        self._copies = hold({key: told.sources[key] for key in shipped}, None, shipped).copies if shipped else {}
        self._printed: dict[str, int] = {}

    def beside(self, pairs: Iterable[tuple[Asked, Question]]) -> tuple[Asked, ...]:
        """Return questions, each with the paragraphs that its answer cites."""
        return tuple(
            msgspec.structs.replace(asked, beside=tuple(self._excerpts(asked.number, question)))
            for asked, question in pairs
        )

    def _excerpts(self, asked: int, question: Question) -> Iterator[Excerpt]:
        places = dict.fromkeys((cited.key, n) for cited in question.answer.citations for n in cited.paragraphs)
        for key, number in places:
            copy = self._copies.get(key)
            if copy is None or number not in copy.printed:
                continue
            label = f"{self._codes[key]} ¶{number}"
            first = self._printed.setdefault(label, asked)
            text = without_unseen(copy.printed[number])
            yield Excerpt(label, shorten(text, question.answer.plain) if first == asked else "", first)


def shorten(text: str, answer: str) -> str:
    """Return a paragraph, or of a long one the sentences in a row that share most words with an answer."""
    if len(text.split()) <= WHOLE:
        return text
    wanted = set(_weighty(answer))
    sentences = [sentence[0].strip() for sentence in SENTENCE.finditer(text)]
    runs = [(start, _end(sentences, start)) for start in range(len(sentences))]

    def shared(run: tuple[int, int]) -> int:
        return len(wanted.intersection(_weighty(" ".join(sentences[slice(*run)]))))

    start, end = max(runs, key=shared)
    before, after = [CUT] * (start > 0), [CUT] * (end < len(sentences))
    return " ".join([*before, *sentences[start:end], *after])


def _end(sentences: list[str], start: int) -> int:
    """Return where a run of sentences ends that begins here: it has at least one."""
    words, end = len(sentences[start].split()), start + 1
    while end < len(sentences) and (words := words + len(sentences[end].split())) <= MOST_WORDS:
        end += 1
    return end


def _weighty(text: str) -> Iterator[str]:
    return (word for word in words_of(text) if len(word) >= LEAST_LETTERS)
