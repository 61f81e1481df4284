"""The page of `retell find`: the paragraphs that say it, best first, with the words that were looked for marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from retell.copies.search import Search, marked
from retell.files.characters import without_unseen

if TYPE_CHECKING:
    from rich.console import Console

    from retell.copies.held import Holding
    from retell.story.told import Told

INDENT = "   "


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
        console.print(Text(f"{article.code} ¶{hit.number}  {article.outlet}, {article.date}", "bold"), highlight=False)
        text = Text()
        for piece, found in marked(without_unseen(hit.text), query.words):
            text.append(f"*{piece}*" if found and plain else piece, "bold underline" if found else "")
        for line in text.wrap(console, max(console.width - len(INDENT), 1)):
            line.rstrip()
            console.print(Text.assemble(INDENT, line), highlight=False, soft_wrap=True)
        console.print()
    if (more := len(hits) - query.most) > 0:
        console.print(f"{more} more paragraphs have a word of it: --most {len(hits)} shows them", highlight=False)
    if not hits:
        console.print("no paragraph of your copies says it", highlight=False)
    return bool(hits)
