"""Print what `retell sources` says of the articles, as lines of a console's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from retell.problems import UnknownNameError, meant, nearest
from retell.story.articles import MISSING, Article, facts_of, where_of
from retell.story.columns import several, wrap
from retell.story.references import joined, ranges
from retell.story.typography import isolate, set_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from retell.story.cards import Source
    from retell.story.told import Told

ADDRESS = ("http://", "https://")
INDENT = 3
SIDE_BY_SIDE = 60  # columns from which labels stand beside their texts


class Use(msgspec.Struct, frozen=True):
    """How often a scene cites an article, and which of its paragraphs."""

    number: int
    scene: str
    times: int
    paragraphs: tuple[int, ...]


class Record(msgspec.Struct, frozen=True):
    """One article: as readers see it, its card, and which scenes cite it."""

    article: Article
    source: Source
    uses: tuple[Use, ...]

    @property
    def times(self) -> int:
        """How often the whole story cites it."""
        return sum(use.times for use in self.uses)


def records(told: Told) -> tuple[Record, ...]:
    """Return a record of each article, in the order of their codes."""
    return tuple(
        Record(article, told.sources[article.key], tuple(_uses(told, article.key))) for article in told.articles
    )


def find(told: Told, name: str) -> Record:
    """Return the record of the article with this code or key, or a part of it; raises UnknownNameError for others."""
    known = {record.article.key: record for record in records(told)}
    by_code = {record.source.code: record for record in known.values()}
    if name not in known and name.upper() in by_code:
        return by_code[name.upper()]
    if key := meant(name, known):
        return known[key]
    help_text = nearest(name, known) or "'retell sources' lists them"
    raise UnknownNameError(f"no {told.noun.one} named '{name}'; {help_text}")


def overview(record: Record) -> tuple[str, ...]:
    """Return three lines on what an article is and where the story cites it."""
    scenes = f"{several(len(record.uses), 'scene')} {ranges(use.number for use in record.uses)}"
    return (
        f"{record.article.outlet or record.article.title} ({record.article.key})",
        " · ".join(filter(None, (record.article.date, record.article.genre))),
        f"cited {_times(record.times)}, in {scenes}" if record.uses else "not cited",
    )


def describe(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return all that is known of one article, as labels and texts."""
    source = record.source
    yield "code", (source.code,)
    yield "key", (record.article.key,)
    facts = facts_of(source)
    order = ("headline", "title", "author", "outlet", "date")
    facts |= {"headline": source.title or ""} if "headline" in facts else {}
    yield from ((name, (facts[name] or MISSING,)) for name in order if name in facts)
    yield "stands", tuple(filter(None, (where_of(source),)))
    yield "kind", (source.genre,)
    yield "address", tuple(filter(None, (source.url or ("address" in facts and MISSING) or "",)))
    yield "rights", tuple(filter(None, (source.rights,)))
    yield "paragraphs", (str(len(source.paragraphs)),)
    yield "about", (source.summary,)
    yield "worked out", source.worked_out
    yield "stance", (source.stance,)
    yield "leaves out", (source.leaves_out,)
    yield "cautions", source.cautions
    yield "cited", (_times(record.times), *map(_use, record.uses))


def show(told: Told, name: str, console: Console) -> None:
    """Print the list of the articles, or, given a key or code, one in full; raises UnknownNameError as `find` does."""
    lines = _show_one(find(told, name), console) if name else _show_all(told, console)
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False)  # wrapped already, but for addresses


def _show_all(told: Told, console: Console) -> Iterator[Text]:
    for record in records(told):
        marks = (Text(record.source.code.ljust(INDENT), "bold"), *[Text(" " * INDENT)] * 2)
        for mark, text in zip(marks, overview(record), strict=True):
            yield from _beside(mark, text, console)
    yield Text()
    yield from map(Text, _set("retell sources CODE shows one in full.", console.width))


def _show_one(record: Record, console: Console) -> Iterator[Text]:
    rows = [(label, texts) for label, texts in describe(record) if texts]
    column = max(len(label) for label, _ in rows) + 2
    for label, texts in rows:
        if console.width < SIDE_BY_SIDE:
            yield Text(label, "bold")
            marks = [Text(" " * INDENT)] * len(texts)
        else:
            marks = [Text(label.ljust(column), "bold"), *[Text(" " * column)] * (len(texts) - 1)]
        for mark, text in zip(marks, texts, strict=True):
            yield from _beside(mark, text, console, hang=2 if len(texts) > 1 else 0)


def _beside(mark: Text, text: str, console: Console, hang: int = 0) -> Iterator[Text]:
    """Set a text beside a mark, its further lines under its first or, where several texts follow, a little further."""
    column = len(mark) + hang
    for line in _set(text, console.width - column):
        yield Text.assemble(mark, line)
        mark = Text(" " * column)


def _set(text: str, width: int) -> list[str]:
    """Set a text in lines; an address that is broken cannot be copied, so it may be longer."""
    return [text] if text.startswith(ADDRESS) else [*map(isolate, wrap(set_line(text), width))]


def _times(times: int) -> str:
    return {0: "never", 1: "once"}.get(times, f"{times} times")


def _use(use: Use) -> str:
    paragraphs = f", ¶{ranges(use.paragraphs)}" if use.paragraphs else ""
    return f"scene {use.number}, {use.scene}: {_times(use.times)}{paragraphs}"


def _uses(told: Told, key: str) -> Iterator[Use]:
    for scene in told.scenes:
        here = [citation for citation in told.cited_in(scene) if citation.key == key]
        if here:
            yield Use(scene.number, scene.title, len(here), tuple(sorted(joined(here)[key])))
