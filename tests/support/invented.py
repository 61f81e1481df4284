"""Two invented articles on an invented bridge, and a way to tell a claim of them in the small story."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from retell.copies.article import article_in
from retell.copies.fingerprints import fingerprint
from retell.copies.readers.opening import read_page

NORTH = (
    "The bridge at Aberford fell at 12:30 on Sunday, 6 May 2001, after four days of rain - nobody was hurt.",
    'Its mayor, Ann Hill, called it "a very bad day for the town\'s trade" and said 1,700 people go by it to work.',
    "The council was not warned by the River Board that the ninety-year-old piers could not stand another flood.",
    "The office of the ferry, first opened in the 1990s, offered a final $2.5 million; traffic fell by 40 per cent.",
    "Well-built or not, the bridge had carried two dozen carts an hour from 8 a.m. to midnight. The café José lost.",
)
SOUTH = (
    "The South said it had no duty to mend the bridge, and that the rain of 2000-01 was the third flood in ten years.",
    '"We do not want a new bridge. The old ferry is enough for us, and it was enough for our grandparents," it said.',
    "Twenty-four boats crossed on 7 May. The official toll was one hundred and five sheep, in a field near the weir.",
)
ARTICLES = {"north": NORTH, "south": SOUTH}
SCENE = """\
title: Start
phase: opening
gist: A bridge fell [@north, para. 1].
beats:
  - say: >-
      {claim}
{note}questions:
  - ask: Who spoke?
    skill: sourcing
    answer: Ann Hill [@north, para. 2].
"""
CLAIM_LINE, CLAIM_COLUMN = 6, 7


def saved_paragraphs(path: Path) -> list[str]:
    """The paragraphs of a saved article, as `retell fingerprint` finds them."""
    return [*article_in(read_page(path)).paragraphs]


def save_copies(mini: Path, articles: Mapping[str, tuple[str, ...]] = ARTICLES) -> Path:
    """Give the small story's source cards the fingerprints of the articles, and save a clean copy of each."""
    folder = mini / "copies"
    folder.mkdir(exist_ok=True)
    for key, paragraphs in articles.items():
        card = mini / "cards" / "sources" / f"{key}.yaml"
        listed = ", ".join(map(fingerprint, paragraphs))
        card.write_text(card.read_text("utf-8").replace("aaaaaaaaaaaa, bbbbbbbbbbbb", listed), "utf-8")
        (folder / f"{key}.txt").write_text("\n\n".join(paragraphs), "utf-8")
    return folder


def tell(mini: Path, claim: str, note: str = "") -> None:
    """Write a scene that makes one claim, in line 6 from column 7."""
    text = SCENE.format(claim=claim, note=f"    note: {note}\n" if note else "")
    (mini / "story" / "01-start.yaml").write_text(text, "utf-8")
