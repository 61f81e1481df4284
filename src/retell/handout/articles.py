"""Write out the articles of a reader's own copies, each paragraph with the code that the story cites it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.files.characters import without_unseen
from retell.handout.tree import (
    Address,
    Block,
    Document,
    Emphasis,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Run,
    Strong,
    WritingLines,
    paragraph,
)
from retell.problems import UnknownNameError, nearest
from retell.story.articles import facts_of
from retell.story.cards import PUBLIC_DOMAIN
from retell.story.columns import several
from retell.story.references import ranges
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retell.copies.held import Copy
    from retell.story.articles import Article
    from retell.story.told import Told

FREE = "These texts are in the public domain."
FREE_ONE = "In the public domain."
RIGHT = "Made from the reader’s own copies of the {sources}; whether it may be copied for a class is theirs to know."
NOT_HELD = "Your copies do not have this {source}."
NOT_FOUND = "(Your copies do not have this paragraph.)"
HOW = "The scenes of the story that cite a paragraph stand in brackets at its end."


class Selection(msgspec.Struct, frozen=True):
    """What is wanted: articles by their codes (none: all), only what is cited, lines for notes behind a paragraph."""

    codes: tuple[str, ...] = ()
    cited: bool = False
    lines: int = 0


def make_articles(told: Told, copies: Mapping[str, Copy], selection: Selection) -> Document:
    """Return the document; raises UnknownNameError where no article has such a code or key."""
    chosen = [*_choose(told, selection.codes)]
    free = [told.sources[article.key].rights == PUBLIC_DOMAIN for article in chosen]
    right = FREE if all(free) else RIGHT.format_map(told.noun.values)
    blocks: list[Block] = [paragraph(right), paragraph(HOW)]
    for number, article in enumerate(chosen):
        blocks += [PageBreak()] if number else []
        blocks += _article(told, article, copies.get(article.key), selection)
    edition = told.story.edition
    title = set_line(told.story.title)
    closing = (Emphasis(title), f", edition of {edition}. {right}")
    return Document(f"{title}: the {told.noun.many}", tuple(blocks), closing)


def _choose(told: Told, codes: Iterable[str]) -> Iterator[Article]:
    known = told.articles
    wanted = [code.casefold() for code in codes]
    names = {name.casefold() for article in known for name in (article.code, article.key)}
    for code in codes:
        if code.casefold() not in names:
            raise UnknownNameError(f"no {told.noun.one} '{code}'; {nearest(code, [article.code for article in known])}")
    return (each for each in known if not wanted or {each.code.casefold(), each.key.casefold()} & {*wanted})


def _article(told: Told, article: Article, copy: Copy | None, selection: Selection) -> Iterator[Block]:
    form = told.sources[article.key]
    facts = facts_of(form)
    known = [article.outlet] * bool(facts.get("outlet", True)) + [article.date] * bool(facts["date"]) + [article.genre]
    known = [each for each in known if each]
    named = facts.get("headline", article.title)
    yield Heading(2, f"{article.code}: {named or ', '.join(known)}")
    about: list[Run] = [Strong(f"{' · '.join(known)}."), " "] if known else []
    about.append(article.summary)
    about += [" ", Address(article.url)] if article.url else []
    about += [f" {FREE_ONE}"] if form.rights == PUBLIC_DOMAIN else []
    yield Paragraph(tuple(about))
    if lacking := [name for name, fact in facts.items() if not fact]:
        yield paragraph(f"Not in our copy: {', '.join(lacking)}.")
    for text in article.worked_out:
        yield paragraph(Emphasis(f"Worked out: {text}"))
    if copy is None:
        yield paragraph(NOT_HELD.format_map(article.noun.values))
        return
    scenes = _scenes(told, article.key)
    for number in range(1, len(told.sources[article.key].paragraphs) + 1):
        told_in = scenes.get(number, [])
        if selection.cited and not told_in:
            continue
        text = without_unseen(copy.printed.get(number, ""))
        marks = f" [{several(len(told_in), 'scene')}\N{NO-BREAK SPACE}{ranges(told_in)}]" if told_in else ""
        words = (text or Emphasis(NOT_FOUND), *filter(None, (marks,)))
        yield Numbered(f"{article.code} ¶{number}", words, marked=bool(told_in))
        if selection.lines:
            yield WritingLines(selection.lines)


def _scenes(told: Told, key: str) -> dict[int, list[int]]:
    """Return the numbers of the scenes that cite each paragraph of an article."""
    found: dict[int, list[int]] = {}
    for scene in told.scenes:
        cited = {n for citation in told.cited_in(scene) if citation.key == key for n in citation.paragraphs}
        for number in cited:
            found.setdefault(number, []).append(scene.number)
    return found
