"""Cite what a text rests on as readers see it: an article's letter and its paragraphs, `C ¶3, 6–7`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.story.csl import PUBLISHED
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retell.story.cards import Source
    from retell.story.citations import Citation


def in_order(code: str) -> tuple[int, str]:
    """Return by what codes are put in order: A, B … Z, AA, AB."""
    return len(code), code


def known_as(source: Source) -> str:
    """Return what a document is known by for short: its outlet, or its authors and its short title.

    An outlet stands without its "The".
    """
    container = set_line(source.more.get("container-title-short") or source.container_title).removeprefix("The ")
    if source.type in PUBLISHED and container:
        return container
    authors = [set_line(author.short) for author in source.author]
    author = f"{authors[0]} and others" if len(authors) > 2 else " and ".join(authors)
    title = set_line(source.title_short or source.more.get("shortTitle") or ("" if author else source.title))
    return ", ".join(filter(None, (author, title))) or container


class Reference(msgspec.Struct, frozen=True):
    """One article cited: its code, the paragraphs (none: the article as a whole), and what it is known by."""

    code: str
    paragraphs: tuple[int, ...]
    outlet: str = ""

    def __str__(self) -> str:
        """Return the citation as readers see it: `C ¶3, 6–7`."""
        return f"{self.code} ¶{ranges(self.paragraphs)}" if self.paragraphs else self.code


def ranges(numbers: Iterable[int]) -> str:
    """Write paragraph numbers as readers see them: `3, 6–8`; order is kept."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def joined(citations: Iterable[Citation]) -> dict[str, tuple[int, ...]]:
    """Return what each article is cited for, by key: its paragraphs, each once, in the order of the citations."""
    found: dict[str, dict[int, None]] = {}
    for citation in citations:
        found.setdefault(citation.key, {}).update(dict.fromkeys(citation.paragraphs))
    return {key: tuple(numbers) for key, numbers in found.items()}


def refer(sources: Mapping[str, Source], citations: Iterable[Citation]) -> tuple[Reference, ...]:
    """Return citations as readers see them; what one article is cited for becomes one reference."""
    return tuple(
        Reference(sources[key].code, numbers, known_as(sources[key])) for key, numbers in joined(citations).items()
    )


def by_code(references: Iterable[Reference]) -> dict[str, tuple[int, ...]]:
    """Return what each article is cited for, in the order of the codes and of its paragraphs."""
    found: dict[str, set[int]] = {}
    for reference in references:
        found.setdefault(reference.code, set()).update(reference.paragraphs)
    return {code: tuple(sorted(found[code])) for code in sorted(found, key=in_order)}
