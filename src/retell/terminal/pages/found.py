"""The page of `retell find`: the paragraphs that say it, best first, with the words that were looked for marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.copies.search import Search, marked
from retell.files.characters import without_unseen
from retell.story.prose import Span
from retell.terminal.layout.lines import BLANK, cut_marked, indent_line, set_labelled, wrap
from retell.terminal.printing import show_lines

if TYPE_CHECKING:
    from rich.console import Console

    from retell.copies.held import Holding
    from retell.story.told import Told

INDENT = 3


class Query(msgspec.Struct, frozen=True):
    """What is looked for: the words, the keys of the articles (none: in all), and how many paragraphs at most."""

    words: str
    keys: frozenset[str] = frozenset()
    most: int = 5


def show(told: Told, holding: Holding, query: Query, console: Console) -> bool:
    """Print the paragraphs that say it; returns whether there is one."""
    hits = Search({key: copy.printed for key, copy in holding.copies.items()}).find(query.words, query.keys)
    known = {article.key: article for article in told.articles}
    plain = console.color_system is None
    for hit in hits[: query.most]:
        article = known[hit.key]
        label, outlet = f"{article.code} ¶{hit.number}  ", f"{article.outlet or article.title}, {article.date}"
        lines = set_labelled(label, outlet, console.width, "scene", "scene")
        spans = [
            Span(f"*{piece}*" if found and plain else piece, "emphasis" if found else "plain")
            for piece, found in marked(without_unseen(hit.text), query.words)
        ]
        lines += [indent_line(line, INDENT) for line in wrap(cut_marked(spans), max(console.width - INDENT, 1))]
        show_lines(console, [*lines, BLANK])
    if (more := len(hits) - query.most) > 0:
        console.print(f"{more} more paragraphs have a word of it: --most {len(hits)} shows them", highlight=False)
    if not hits:
        console.print("no paragraph of your copies says it", highlight=False)
    return bool(hits)
