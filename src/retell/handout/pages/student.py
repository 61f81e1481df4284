"""The student's handout, of the whole story or of a part of it, short or full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout.pages.pieces import (
    closing,
    gists,
    grid_table,
    map_of,
    sources,
    table_of_articles,
    timeline,
    words,
)
from retell.handout.pages.story import disputes, story
from retell.handout.passages import passage
from retell.handout.tree import (
    Blanks,
    Block,
    Cell,
    Document,
    Emphasis,
    Heading,
    NumberedList,
    PageBreak,
    Run,
    Strong,
    Told,
    WritingLines,
    bullets,
    paragraph,
)
from retell.script.steps import AccountsStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retell.handout.choices import Cite
    from retell.handout.drawings import Drawing
    from retell.handout.grid import BlankGrid
    from retell.handout.student import Asked, StudentEdition

LINES_FOR_AN_ANSWER = 2
LINES_FOR_THE_TASK = 8
NAME_AND_DATE = (("Name", 30), ("Date", 14))


def student_document(edition: StudentEdition, cite: Cite, drawings: Mapping[str, Drawing]) -> Document:
    """Return the handout as a document; a figure that is not among the drawings is told in words."""
    blocks = (
        *_head(edition),
        *(_in_short(edition) if edition.short else _in_full(edition, drawings)),
        *_questions(edition),
        *_grid(edition.grid),
        *_work(edition),
        *_unknown(edition),
        *sources(edition.articles, cite, notes=not edition.short),
    )
    return Document(edition.heading, blocks, closing(edition.title.title, edition.edition))


def _head(edition: StudentEdition) -> Iterator[Block]:
    if edition.title.subtitle and not edition.part:
        yield paragraph(Emphasis(edition.title.subtitle))
    yield Blanks(NAME_AND_DATE)
    yield paragraph(Strong("Central question:"), f" {edition.title.question}")
    yield Heading(2, "What this is")
    if edition.part:
        told_from = "this article" if len(edition.articles) == 1 else "these articles"
        yield paragraph(
            "This is one part of the story ",
            Emphasis(edition.title.title),
            f": {edition.part.scenes} of {edition.part.of}. It is told from {told_from}; a code in square brackets "
            "shows which paragraphs a passage rests on.",
        )
    else:
        yield paragraph(edition.title.about)
    yield table_of_articles(edition.articles)


def _in_short(edition: StudentEdition) -> Iterator[Block]:
    yield Heading(2, "The story in short")
    yield from told_in_short(edition)


def told_in_short(edition: StudentEdition) -> Iterator[Block]:
    """Tell the story in short, and its disputes under a heading of their own."""
    yield gists(edition.gists)
    if any(isinstance(step, AccountsStep) for step in edition.steps):
        yield Heading(2, "Where the accounts differ")
        yield from disputes(edition.steps)


def _in_full(edition: StudentEdition, drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    if edition.words or edition.places or edition.speakers:
        yield Heading(2, "Words and names")
        yield from words(edition)
    if edition.timeline or edition.map:
        yield Heading(2, _timeline_and_map(edition))
        if edition.timeline:
            yield timeline(edition.timeline, drawings)
        if edition.map:
            yield from map_of(edition.map, drawings)
    yield Heading(2, "The story")
    yield from story(edition.steps, drawings)


def _timeline_and_map(edition: StudentEdition) -> str:
    if edition.timeline:
        return "Timeline and map" if edition.map else "Timeline"
    return "Map"


def _questions(edition: StudentEdition) -> Iterator[Block]:
    if not edition.questions:
        return
    yield PageBreak()
    yield Heading(2, "Questions")
    lines = (WritingLines(LINES_FOR_AN_ANSWER),) if edition.short or edition.part else ()
    if edition.short:
        asked = [(each, Emphasis(f"{skill.split(':')[0]}.")) for skill, group in edition.questions for each in group]
        yield NumberedList(tuple((paragraph(*question_runs(*each)), *lines) for each in asked))
        return
    for skill, group in edition.questions:
        yield Heading(3, skill)
        yield NumberedList(tuple((paragraph(*question_runs(each)), *lines) for each in group), group[0].number)


def question_runs(asked: Asked, trained: Emphasis | None = None) -> tuple[Run, ...]:
    """Set a question with the skill that it trains, where that is named, and the scene that it belongs to."""
    text = f"(Scene {asked.scene}) {asked.ask}"
    return (trained, f" {text}") if trained else (text,)


def _grid(grid: BlankGrid | None) -> Iterator[Block]:
    if grid is None:
        return
    yield Heading(2, "Which article says what?")
    yield from passage("grid-to-fill")
    boxes = tuple(Cell() for _ in grid.codes)
    yield grid_table(grid.codes, ((title, [(label, boxes) for label in labels]) for title, labels in grid.groups))


def _work(edition: StudentEdition) -> Iterator[Block]:
    if edition.part and not edition.task:
        yield Heading(2, "For your group")
        yield from passage("for-your-group")
    elif edition.task:
        yield Heading(2, "Writing")
        yield paragraph(edition.task)
        if edition.starters and edition.short:
            yield paragraph(f"Write on the back. You may begin like this: {' / '.join(edition.starters)}")
        elif edition.starters:
            yield paragraph("You may begin like this:")
            yield bullets((starter,) for starter in edition.starters)
            yield WritingLines(LINES_FOR_THE_TASK)


def _unknown(edition: StudentEdition) -> Iterator[Block]:
    if edition.unknown:
        yield Heading(2, "What we still do not know")
        yield bullets((Told(unknown),) for unknown in edition.unknown)
