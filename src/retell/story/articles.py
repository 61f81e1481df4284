"""Describe an article as readers see it: what nobody saw in the copies says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.story.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retell.story.cards import Source

MISSING = "not in our copy"


class Article(msgspec.Struct, frozen=True):
    """One of the articles, as a reader needs it."""

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


def articles_of(sources: Mapping[str, Source]) -> tuple[Article, ...]:
    """Return the articles of source cards, which are by key, in the order of their codes."""
    return tuple(_article(key, sources[key]) for key in sorted(sources, key=lambda key: sources[key].code))


def _article(key: str, source: Source) -> Article:
    volume = (f"{word} {set_line(n)}" for word, n in (("volume", source.volume), ("issue", source.issue)) if n)
    return Article(
        key=key,
        code=source.code,
        title=set_line(source.title) or f"headline {MISSING}",
        outlet=", ".join((set_line(source.container_title) or f"outlet {MISSING}", *volume)),
        date=str(source.issued or f"date {MISSING}"),
        genre=set_line(source.genre),
        summary=set_line(source.summary),
        url=source.url or "",
        worked_out=tuple(map(set_line, source.worked_out)),
        cautions=tuple(map(set_line, source.cautions)),
    )
