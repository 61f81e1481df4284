"""Make the grid of corroboration: which article says what, for each account and scene.

An article that is cited for an account says it, be it in its own voice or a speaker's. One that is cited only for other
accounts of the same dispute says otherwise. One that is not cited is silent, as far as the story tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from retell.story.prose import capitalise, set_line
from retell.story.references import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retell.story.cards import Dispute
    from retell.story.told import Told

Verdict = Literal["says", "otherwise", "silent"]
EVENTS = "What happened"
FEWEST_ARTICLES = 2  # one article corroborates nothing


class Cell(msgspec.Struct, frozen=True):
    """What one article has on a row, and in which paragraphs (none: in the article as a whole, or nowhere)."""

    verdict: Verdict
    paragraphs: tuple[int, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """One account or event, with a cell for each article in the order of the codes."""

    label: str
    cells: tuple[Cell, ...]


class Group(msgspec.Struct, frozen=True):
    """The rows of one dispute under its question, or all events."""

    title: str
    rows: tuple[Row, ...]


class Grid(msgspec.Struct, frozen=True):
    """The codes of the articles, and the groups."""

    codes: tuple[str, ...]
    groups: tuple[Group, ...]


class BlankGrid(msgspec.Struct, frozen=True):
    """A grid that students fill in: the codes, and the labels of the rows under the title of their group."""

    codes: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def fill_grid(told: Told, *, short: bool = False) -> Grid | None:
    """Return the grid of a story, or None where there is nothing to compare.

    A short one has the events only where there are no disputes.
    """
    codes = {article.key: article.code for article in told.articles}
    groups = [
        Group(set_line(dispute.question), tuple(_accounts(told, dispute, tuple(codes))))
        for dispute in told.told_disputes.values()
    ]
    events = tuple(_events(told, tuple(codes)))
    if events and not (short and groups):
        groups.append(Group(EVENTS, events))
    if len(codes) < FEWEST_ARTICLES or not groups:
        return None
    return Grid(tuple(codes.values()), tuple(groups))


def blank(grid: Grid | None) -> BlankGrid | None:
    """Take the cells out of a grid."""
    if grid is None:
        return None
    return BlankGrid(grid.codes, tuple((group.title, tuple(row.label for row in group.rows)) for group in grid.groups))


def _accounts(told: Told, dispute: Dispute, keys: Sequence[str]) -> Iterable[Row]:
    of_all = joined(citation for position in dispute.positions for citation in position.says.citations)
    for position in dispute.positions:
        said = joined(position.says.citations)
        name = capitalise(told.voices[position.voice].name)
        yield Row(set_line(name), tuple(_cell(key, said, of_all) for key in keys))


def _events(told: Told, keys: Sequence[str]) -> Iterable[Row]:
    """Give a row for each scene whose gist rests on paragraphs, with all that it cites; others tell of whole articles.

    Where a whole article is cited it is often for its silence, and nobody can look that up in a paragraph.
    """
    for scene in told.scenes:
        if any(citation.paragraphs for citation in scene.gist.citations):
            said = joined(citation for citation in told.cited_in(scene) if citation.paragraphs)
            yield Row(f"{scene.number}. {set_line(scene.title)}", tuple(_cell(key, said, {}) for key in keys))


def _cell(key: str, said: dict[str, tuple[int, ...]], of_all: dict[str, tuple[int, ...]]) -> Cell:
    if key in said:
        return Cell("says", tuple(sorted(said[key])))
    return Cell("otherwise", tuple(sorted(of_all[key]))) if key in of_all else Cell("silent")
