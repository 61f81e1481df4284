"""The pieces that more than one handout has: the table of articles, words and names, the grid, the sources."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from retell.figures.map import tell_places, tell_road
from retell.handout.student import noun_of_listed
from retell.handout.tree import (
    WHO_AND_WHERE,
    Address,
    Block,
    Box,
    BulletList,
    Cell,
    Citation,
    Emphasis,
    Figure,
    Heading,
    NumberedList,
    Paragraph,
    Row,
    Run,
    Runs,
    Stretches,
    Strong,
    Table,
    bullets,
    cells,
    paragraph,
    row,
    source_anchor,
)
from retell.story.languages import language
from retell.story.references import Reference, ranges
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retell.figures.map import PlaceMap
    from retell.handout.choices import Cite
    from retell.handout.drawings import Drawing
    from retell.handout.grid import Cell as GridCell
    from retell.handout.student import Gist, Listed, StudentEdition
    from retell.story.cards import Place
    from retell.story.kinds import Noun


def figure(drawing: Drawing) -> Figure:
    """Return a drawing as a block."""
    return Figure(drawing.name, set_line(drawing.alternative), drawing.svg)


def table_of_articles(articles: Sequence[Listed]) -> Table:
    """Return a table of when each article was published and what it is about."""
    rows = (
        row(
            listed.article.code,
            with_genre(set_line(listed.published), listed),
            listed.article.summary,
        )
        for listed in articles
    )
    return Table(cells("Letter", noun_of_listed(articles).title, "What it is about"), tuple(rows))


def table_of_sources(articles: Sequence[Listed], *, brief: bool) -> Table:
    """Return a table of what is known of each article, which then is the list of sources as well.

    In brief it has no addresses, and not what is unknown.
    """
    rows = (
        Row(
            (
                Cell((Strong(listed.article.code, source_anchor(listed.article.code)),)),
                Cell(_known(listed, with_genre(", ".join(listed.known), listed), brief=brief)),
                Cell((listed.article.summary,)),
            )
        )
        for listed in articles
    )
    noun = noun_of_listed(articles)
    return Table(cells("Letter", noun.title, "What it is about"), tuple(rows))


def with_genre(published: str, listed: Listed) -> str:
    """Return how a source was published, and its genre in brackets, which stands alone where no more is known."""
    return f"{published} ({listed.article.genre})" if published else listed.article.genre


def words(edition: StudentEdition) -> Iterator[Block]:
    """Explain the terms, then the names of places and of those who speak."""
    if edition.words:
        yield bullets((Strong(set_line(word.term)), ": ", Stretches(word.meaning)) for word in edition.words)
    if edition.places:
        yield table_of_places(edition.places)
    if edition.speakers:
        speakers = (row(set_line(name), set_line(role)) for name, role in edition.speakers)
        yield Table(cells("Who speaks", "Who that is"), tuple(speakers))


def table_of_places(places: Sequence[Place]) -> Table:
    """Set the places' names in the languages of their people, in the columns that any of them needs."""
    tags = dict.fromkeys(tag for place in places for tag in place.names)
    rows = (
        Row(
            (
                Cell((set_line(place.name),)),
                *(Cell((set_line(place.names.get(tag)),), tag if tag in place.names else "") for tag in tags),
                Cell((set_line(place.what),)),
            )
        )
        for place in places
    )
    return Table(cells("Place", *(f"In {language(tag)}" for tag in tags), "What it is"), tuple(rows))


def who_and_where(edition: StudentEdition, drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    """Yield a box that says who speaks, where it happened and what a few words mean, beside a small map."""
    lists: dict[str, list[Runs]] = {
        "Who speaks": [(Strong(set_line(name)), f", {set_line(role)}") for name, role in edition.speakers],
        "Where": [(Strong(set_line(place.name)), f", {set_line(place.what)}") for place in edition.places],
        "Words": [(Strong(set_line(word.term)), ": ", Stretches(word.meaning)) for word in edition.words],
    }
    told = [block for title, items in lists.items() if items for block in (paragraph(Strong(title)), bullets(items))]
    if told:
        drawn = [figure(drawings["map"])] if "map" in drawings else []
        yield Heading(2, "Who, where and which words")
        yield Box(WHO_AND_WHERE, (*drawn, *told))


def timeline(dated: Iterable[Gist], drawings: Mapping[str, Drawing]) -> Block:
    """Draw the timeline, or tell it in a table."""
    if "timeline" in drawings:
        return figure(drawings["timeline"])
    rows = (
        Row(
            (
                *cells(each.when, f"{each.number}. {each.title}"),
                Cell((Stretches(each.gist),)),
            )
        )
        for each in dated
    )
    return Table(cells("When", "Scene", "In short"), tuple(rows))


def map_of(drawn: PlaceMap, drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    """Draw the map, or tell it in a list."""
    if "map" in drawings:
        yield figure(drawings["map"])
        return
    yield bullets((set_line(told),) for told in (*tell_places(drawn), *map(tell_road, drawn.roads)))
    if drawn.note:
        yield paragraph(Emphasis(drawn.note))


def gists(told: Sequence[Gist]) -> Iterator[NumberedList]:
    """Tell the scenes in short, under their numbers: a list for each run of scenes that follow one another."""
    begin = [i for i, gist in enumerate(told) if not i or gist.number != told[i - 1].number + 1]
    for start, end in pairwise([*begin, len(told)]):
        items = ((Paragraph(_gist(gist)),) for gist in told[start:end])
        yield NumberedList(tuple(items), told[start].number)


def _gist(gist: Gist) -> tuple[Run, ...]:
    return (Strong(gist.title), f" ({gist.when}): " if gist.when else ": ", Stretches(gist.gist))


def grid_table(codes: Iterable[str], groups: Iterable[tuple[str, Iterable[tuple[str, Sequence[Cell]]]]]) -> Table:
    """Set a grid: under the title of each group its rows, each with a cell for every code."""
    codes = tuple(codes)
    rows: list[Row] = []
    for title, labelled in groups:
        rows.append(Row((Cell((Strong(title),)),), title=True))
        rows += [Row((Cell((label,)), *boxes)) for label, boxes in labelled]
    return Table(cells("Account", *codes), tuple(rows))


def grid_cell(cell: GridCell) -> Cell:
    """Set a cell of the grid: `says ¶3, 5–6`, `otherwise ¶2`, both, `could not know` or a dash."""
    if cell.verdict == "silent":
        return Cell(("–",))
    otherwise = f"otherwise {_paragraphs(cell.otherwise)}" if cell.otherwise else ""
    return Cell(("; ".join(filter(None, (f"{cell.verdict} {_paragraphs(cell.paragraphs)}".strip(), otherwise))),))


def _paragraphs(numbers: tuple[int, ...]) -> str:
    return f"¶{ranges(numbers)}" if numbers else ""


def sources(articles: Sequence[Listed], cite: Cite, *, notes: bool) -> Iterator[Block]:
    """Yield how to read a citation, and what is known of each article; with `notes`, how that was worked out."""
    yield Heading(2, "Sources")
    yield Paragraph(how_to_look(articles[0].article.code, cite, noun_of_listed(articles)))
    yield BulletList(tuple(_source(listed, notes=notes) for listed in articles))


def how_to_look(code: str, cite: Cite, noun: Noun) -> Runs:
    """Return how to read a citation, by the example of a source's code."""
    if cite == "footnotes":
        return (f"Each small number leads to a note that begins with {noun.some}’s letter and its paragraphs.",)
    if cite == "pandoc":
        return (
            f"Each citation names {noun.some} and its paragraphs; References lists each {noun.one} with its letter.",
        )
    example = Citation((Reference(code, (2,)),))
    return ("A code such as ", example, f" means paragraph 2 of the {noun.one} with that letter.")


def _source(listed: Listed, *, notes: bool) -> tuple[Block, ...]:
    label = Strong(listed.article.code, source_anchor(listed.article.code))
    known = _known(listed, ", ".join(listed.known))
    worked_out = listed.article.worked_out if notes else ()
    under = [bullets((f"Worked out: {note}",) for note in worked_out)] if worked_out else []
    return (Paragraph((label, ": " if known else ":", *known)), *under)


def _known(listed: Listed, published: str, *, brief: bool = False) -> Runs:
    """Return an article's headline and how it was published, where it stands, and what our copy does not say.

    In brief it is the first two.
    """
    runs: list[Run] = [Emphasis(set_line(listed.headline))] if listed.headline else []
    published = set_line(published).strip()
    if runs or published:
        runs.append(f"{', ' if runs and published else ''}{published}.")
    if brief and runs:
        return tuple(runs)
    if listed.article.url:
        runs += [" " if runs else "", Address(listed.article.url)]
    if listed.missing:
        stop = "." if listed.article.url else ""
        runs.append(f"{stop}{' ' if runs else ''}Not in our copy: {', '.join(listed.missing)}.")
    return tuple(run for run in runs if run)


def closing(title: str, edition: str) -> Runs:
    """Return what a document is an edition of."""
    return (Emphasis(title), f", edition of {edition}.")
