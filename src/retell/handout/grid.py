"""The grid of corroboration: which article says what of each claim that is in dispute, and of each event.

An article says a claim, says otherwise, is silent, or could not know: it is older than what the claim is about. The
claims of a dispute are its author's, on its card. A card without claims has its accounts as rows; there no program
knows whether another account of the same question agrees, so it is only named for comparison.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.story.references import joined
from retell.story.texts import texts
from retell.story.typography import capitalise, set_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from retell.story.cards import Dispute
    from retell.story.citations import Citation
    from retell.story.instants import Instant
    from retell.story.model import Scene
    from retell.story.told import Told

Verdict = Literal["says", "otherwise", "compare", "silent", "could not know"]
Paragraphs: TypeAlias = "tuple[int, ...]"
Found: TypeAlias = "dict[str, Paragraphs]"
EVENTS = "What happened"
FEWEST_ARTICLES = 2  # one article corroborates nothing


class Cell(msgspec.Struct, frozen=True):
    """What one article has on a row, in which paragraphs (none: in the article as a whole, or nowhere).

    `otherwise` are those of an article that says both.
    """

    verdict: Verdict
    paragraphs: Paragraphs = ()
    otherwise: Paragraphs = ()


class Row(msgspec.Struct, frozen=True):
    """One claim, account or event, with a cell for each article in the order of the codes."""

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


class BlankRow(msgspec.Struct, frozen=True):
    """A row that students fill in; `given` are its cells where the row is an example, else none."""

    label: str
    given: tuple[Cell, ...] = ()


class BlankGroup(msgspec.Struct, frozen=True):
    """The rows under one title."""

    title: str
    rows: tuple[BlankRow, ...]


class BlankGrid(msgspec.Struct, frozen=True):
    """A grid that students fill in."""

    codes: tuple[str, ...]
    groups: tuple[BlankGroup, ...]


def fill_grid(told: Told, disputes: Collection[str] | None = None, *, events: bool = True) -> Grid | None:
    """Return the grid of a story, or None where there is nothing to compare.

    It has these disputes, or all that are told, and the events if they are wished for or there are no disputes.
    """
    codes = {article.key: article.code for article in told.articles}
    judge = _Judge(told, tuple(codes))
    groups = [
        Group(set_line(dispute.question), tuple(judge.dispute(dispute, told.told_first[name])))
        for name, dispute in told.told_disputes.items()
        if disputes is None or name in disputes
    ]
    happened = tuple(_events(told, judge)) if events or not groups else ()
    if happened:
        groups.append(Group(EVENTS, happened))
    if len(codes) < FEWEST_ARTICLES or not groups:
        return None
    return Grid(tuple(codes.values()), tuple(groups))


def keep_shown(grid: Grid | None, told: Told) -> Grid | None:
    """Return a grid without the paragraphs that an excerpt shows nowhere: nobody could find them in it."""
    if grid is None:
        return None
    open_still = (unknown.what.citations for unknown in told.lesson.unknown)
    shown = joined(chain(*map(told.cited_in, told.scenes), *open_still))
    seen = [frozenset(shown.get(key, ())) for key in (article.key for article in told.articles)]
    return Grid(
        grid.codes, tuple(Group(group.title, tuple(_seen(row, seen) for row in group.rows)) for group in grid.groups)
    )


def _seen(row: Row, shown: Iterable[Collection[int]]) -> Row:
    return Row(row.label, tuple(map(_seen_cell, row.cells, shown)))


def _seen_cell(cell: Cell, shown: Collection[int]) -> Cell:
    kept, otherwise = (tuple(n for n in said if n in shown) for said in (cell.paragraphs, cell.otherwise))
    if kept or not cell.paragraphs:
        return Cell(cell.verdict, kept, otherwise)
    return Cell("otherwise", otherwise) if otherwise else Cell("silent")


def blank(grid: Grid | None, *, half_filled: bool = False) -> BlankGrid | None:
    """Return a grid without its cells, or with those of every other row."""
    if grid is None:
        return None
    return BlankGrid(grid.codes, tuple(_blank(group, half_filled=half_filled) for group in grid.groups))


def _blank(group: Group, *, half_filled: bool) -> BlankGroup:
    rows = enumerate(group.rows)
    given = [(row.label, row.cells if half_filled and number % 2 == 0 else ()) for number, row in rows]
    return BlankGroup(group.title, tuple(BlankRow(label, cells) for label, cells in given))


class _Judge:
    """Says of each article what it has on a row."""

    def __init__(self, told: Told, keys: tuple[str, ...]) -> None:
        self._told = told
        self._keys = keys
        self._published = {key: issued for key in keys if (issued := told.sources[key].written)}

    def dispute(self, dispute: Dispute, scene: Scene) -> Iterator[Row]:
        """Yield the rows of a dispute that a scene tells."""
        about = scene.when.first if scene.when else None
        for claim in dispute.claims:
            says, otherwise = _found(claim.says.citations), _found(claim.otherwise.citations)
            yield Row(set_line(claim.claim), tuple(self._cells(says, otherwise, "otherwise", about)))
        if not dispute.claims:
            yield from self._accounts(dispute, about)

    def _accounts(self, dispute: Dispute, about: Instant | None) -> Iterator[Row]:
        of_all = _found(citation for position in dispute.positions for citation in position.says.citations)
        for position in dispute.positions:
            name = self._told.voices[position.voice].name
            said = _found(position.says.citations)
            others = {key: paragraphs for key, paragraphs in of_all.items() if key not in said}
            yield Row(set_line(capitalise(name)), tuple(self._cells(said, others, "compare", about)))

    def event(self, scene: Scene, label: str) -> Row | None:
        """Return the row of an event: all that its narration cites, but for whole articles.

        A whole article is often cited for its silence, and nobody can look that up in a paragraph.
        """
        said = {key: numbers for key, numbers in _found(_narrated(scene)).items() if numbers}
        if not said:
            return None
        return Row(label, tuple(self._cells(said, {}, "otherwise", scene.when.first if scene.when else None)))

    def _cells(self, says: Found, others: Found, verdict: Verdict, about: Instant | None) -> Iterator[Cell]:
        cited = [self._published[key].last for key in (*says, *others) if key in self._published]
        for key in self._keys:
            if key in says:
                yield Cell("says", says[key], others.get(key, ()))
            elif key in others:
                yield Cell(verdict, others[key])
            elif self._could_not_know(key, cited, about):
                yield Cell("could not know")
            else:
                yield Cell("silent")

    def _could_not_know(self, key: str, cited: list[Instant], about: Instant | None) -> bool:
        """Return whether an article is older than what a row is about, and than every article that has it."""
        published = self._published.get(key)
        if published is None or about is None or published.last >= about:
            return False
        return all(published.last < each for each in cited)


def _events(told: Told, judge: _Judge) -> Iterator[Row]:
    """Yield a row for each scene whose gist rests on paragraphs; others tell of whole articles."""
    for scene in told.scenes:
        if any(citation.paragraphs for citation in scene.gist.citations):
            row = judge.event(scene, f"{scene.number}. {set_line(scene.title)}")
            if row:
                yield row


def _narrated(scene: Scene) -> Iterator[Citation]:
    """Yield what a scene cites in its own narration; its disputes have rows of their own."""
    yield from scene.gist.citations
    for text in (text for beat in scene.beats for text in texts(beat)):
        yield from text.citations


def _found(citations: Iterable[Citation]) -> Found:
    return {key: tuple(sorted(numbers)) for key, numbers in joined(citations).items()}
