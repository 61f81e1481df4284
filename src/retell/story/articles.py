"""Describe an article or another document as readers see it: what nobody saw in the copies says so.

What a paper, a site or a station brought is known by that; a diary, a treaty or a speech by its author and its title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.story.csl import PUBLISHED
from retell.story.kinds import ARTICLE, Noun, noun_of
from retell.story.references import in_order
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retell.story.cards import Source

MISSING = "not in our copy"


class Article(msgspec.Struct, frozen=True):
    """One of the articles, as a reader needs it; `outlet` is who brought it, or of another document who wrote it."""

    key: str
    code: str
    title: str
    outlet: str
    date: str
    genre: str
    summary: str
    url: str
    worked_out: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    noun: Noun = ARTICLE

    @property
    def line(self) -> str:
        """Who brought or wrote it, when, and what kind it is."""
        return " · ".join(filter(None, (self.outlet, self.date, self.genre)))


def articles_of(sources: Mapping[str, Source]) -> tuple[Article, ...]:
    """Return the articles of source cards, which are by key, in the order of their codes."""
    return tuple(_article(key, sources[key]) for key in sorted(sources, key=lambda key: in_order(sources[key].code)))


def facts_of(source: Source) -> dict[str, str]:
    """Return what readers ask of a document, by name; what its card does not say is empty.

    Only what was published by an outlet has one to be missed, and an address.
    """
    title = set_line(source.title)
    authors = ", ".join(map(str, source.author))
    if source.type not in PUBLISHED:
        return {"author": authors, "title": title or set_line(source.title_short), "date": dates_of(source)}
    outlet = ", ".join(filter(None, (set_line(source.container_title), *_volume(source))))
    return {
        "author": authors,
        "headline": title,
        "outlet": outlet if source.container_title else "",
        "date": dates_of(source),
        "address": source.url or "",
    }


def where_of(source: Source) -> str:
    """Return where a document stands that no outlet published: the book, its publisher, the archive; maybe nothing."""
    if source.type in PUBLISHED:
        return ""
    more = source.more
    publisher = ": ".join(filter(None, map(set_line, (more.get("publisher-place"), more.get("publisher")))))
    archive = (more.get(name) for name in ("archive", "archive-place", "archive_collection", "archive_location"))
    container = f"in {set_line(source.container_title)}" if source.container_title else ""
    return ", ".join(filter(None, (container, *_volume(source), publisher, *map(set_line, archive))))


def dates_of(source: Source) -> str:
    """Return when a document was written and, where that was later, printed: `9 April 1775, printed 1876`."""
    if source.original_date and source.issued:
        return f"{source.original_date}, printed {source.issued}"
    return str(source.original_date or source.issued or "")


def _volume(source: Source) -> tuple[str, ...]:
    return tuple(f"{word} {set_line(n)}" for word, n in (("volume", source.volume), ("issue", source.issue)) if n)


def _article(key: str, source: Source) -> Article:
    facts = facts_of(source)
    title = facts.get("headline") or facts.get("title")
    if "outlet" in facts:
        outlet = facts["outlet"] or ", ".join((f"outlet {MISSING}", *_volume(source)))
    else:
        outlet = ", ".join(filter(None, (facts["author"], where_of(source))))
    return Article(
        key=key,
        code=source.code,
        title=title or (f"headline {MISSING}" if "headline" in facts else set_line(source.genre)),
        outlet=outlet,
        date=facts["date"] or f"date {MISSING}",
        genre=set_line(source.genre) if title or "headline" in facts else "",
        summary=set_line(source.summary),
        url=source.url or "",
        worked_out=tuple(map(set_line, source.worked_out)),
        cautions=tuple(map(set_line, source.cautions)),
        noun=noun_of(source),
    )
