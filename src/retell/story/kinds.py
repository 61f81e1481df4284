"""What readers call a source: an article, a diary, a treaty; and several of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.story.csl import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retell.story.cards import Source


class Noun(msgspec.Struct, frozen=True):
    """What one source is called, and what several are."""

    one: str
    many: str

    @property
    def title(self) -> str:
        """The word for one, with a capital."""
        return self.one.capitalize()

    @property
    def some(self) -> str:
        """The word for one, with "a" or "an" before it."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    @property
    def values(self) -> dict[str, str]:
        """The words by the names that passages and sentences have for them."""
        return {"source": self.one, "a_source": self.some, "sources": self.many}


ARTICLE, DOCUMENT = Noun("article", "articles"), Noun("document", "documents")
BY_GENRE: dict[str, Noun] = {
    "diary": Noun("diary", "diaries"),
    "journal": Noun("diary", "diaries"),
    "sworn statement": Noun("sworn statement", "sworn statements"),
    "sworn statements": Noun("sworn statement", "sworn statements"),
    "deposition": Noun("sworn statement", "sworn statements"),
    "depositions": Noun("sworn statement", "sworn statements"),
    "affidavit": Noun("sworn statement", "sworn statements"),
    "affidavits": Noun("sworn statement", "sworn statements"),
    "testimony": Noun("testimony", "testimonies"),
    "letter": Noun("letter", "letters"),
    "treaty": Noun("treaty", "treaties"),
    "speech": Noun("speech", "speeches"),
    "poem": Noun("poem", "poems"),
    "memoir": Noun("memoir", "memoirs"),
    "report": Noun("report", "reports"),
}
"""By the last of these words in a card's `genre` before its first "of", "by", "on" or comma: `diary of an officer`."""
BY_TYPE: dict[str, Noun] = {
    **dict.fromkeys(("book", "classic", "collection", "periodical"), Noun("book", "books")),
    "broadcast": Noun("broadcast", "broadcasts"),
    "chapter": Noun("chapter", "chapters"),
    "hearing": Noun("hearing", "hearings"),
    "legal_case": Noun("judgment", "judgments"),
    **dict.fromkeys(("bill", "legislation", "regulation"), Noun("law", "laws")),
    "map": Noun("map", "maps"),
    "pamphlet": Noun("pamphlet", "pamphlets"),
    "personal_communication": BY_GENRE["letter"],
    "report": BY_GENRE["report"],
    "song": Noun("song", "songs"),
    "speech": BY_GENRE["speech"],
    "treaty": BY_GENRE["treaty"],
}
"""By the type of a source that is no article; another one is a document."""


def noun_of(source: Source) -> Noun:
    """Return what a source is called. What was published in a paper, a site or a broadcast is an article."""
    if source.type in PUBLISHED and source.type != "broadcast":
        return ARTICLE
    words = source.genre.casefold().replace(",", " , ").split()
    named = words[: next((i for i, word in enumerate(words) if word in ("of", "by", "on", "to", "from", ",")), None)]
    for genre in (" ".join(named[-2:]), *named[-1:]):
        if genre in BY_GENRE:
            return BY_GENRE[genre]
    return BY_TYPE.get(source.type, DOCUMENT)


def noun_for(sources: Mapping[str, Source]) -> Noun:
    """Return what the sources of a story, which are by key, are called together."""
    return together(map(noun_of, sources.values()))


def together(nouns: Iterable[Noun]) -> Noun:
    """Return what several sources are called: as each of them is, or documents."""
    kinds = set(nouns)
    return kinds.pop() if len(kinds) == 1 else DOCUMENT
