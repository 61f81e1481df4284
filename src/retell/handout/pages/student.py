"""The student's handout, of the whole story or of a part of it, short or full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.copies.lines import sentences
from retell.handout.grid import FEWEST_ARTICLES
from retell.handout.pages.pieces import (
    closing,
    gists,
    grid_cell,
    grid_table,
    how_to_look,
    map_of,
    sources,
    table_of_articles,
    table_of_sources,
    timeline,
    who_and_where,
    words,
)
from retell.handout.pages.story import disputes, story
from retell.handout.passages import passage
from retell.handout.tree import (
    CODE,
    Blanks,
    Block,
    Box,
    Cell,
    Document,
    Emphasis,
    Heading,
    NumberedList,
    Paragraph,
    Quotation,
    Run,
    Runs,
    Stretches,
    Strong,
    WritingLines,
    bullets,
    paragraph,
)
from retell.script.selection import of_kind
from retell.script.steps import AccountsStep, AsideStep, PhaseStep, SayStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retell.handout.choices import Cite
    from retell.handout.drawings import Drawing
    from retell.handout.questions import Asked
    from retell.handout.student import StudentEdition
    from retell.script.steps import Step
    from retell.story.kinds import Noun

LINES_FOR_THE_TASK = {"short": 5, "packet": 5, "full": 12}
NAME_AND_DATE = (("Name", 30), ("Date", 14))


def student_document(edition: StudentEdition, cite: Cite, drawings: Mapping[str, Drawing]) -> Document:
    """Return the handout as a document; a figure that is not among the drawings is told in words."""
    tell_it = {"short": _in_short, "packet": _in_a_packet, "full": _in_full}[edition.length]
    blocks = (
        *_head(edition, cite),
        *tell_it(edition, drawings),
        *_for_a_group(edition, cite),
        *_questions(edition),
        *_grid(edition, cite),
        *_work(edition, cite),
        *(_unknown(edition) if edition.length == "full" else ()),
        *(sources(edition.articles, cite, notes=True) if edition.length == "full" else ()),
    )
    line = closing(edition.title.title, edition.edition)
    return Document(edition.heading, blocks, line, roomy=edition.support)


def _head(edition: StudentEdition, cite: Cite) -> Iterator[Block]:
    if edition.title.subtitle and not edition.part:
        yield paragraph(Emphasis(edition.title.subtitle))
    yield Blanks(NAME_AND_DATE)
    yield paragraph(Strong("Central question:"), f" {edition.title.question}")
    if edition.length == "short":
        yield from story(opening_of(edition), {})
    yield Heading(2, "What this is")
    about: Runs = (_without_codes(edition.title.about),)
    if edition.part:
        noun = edition.noun
        told_from = f"this {noun.one}" if len(edition.articles) == 1 else f"these {noun.many}"
        named = Emphasis(edition.title.title)
        scenes = f": {edition.part.scenes} of {edition.part.of}. It is told from {told_from}."
        about = ("This is one part of the story ", named, scenes)
    yield Paragraph((*about, " ", *how_to_look(edition.articles[0].article.code, cite, edition.noun)))
    if edition.length == "full":
        yield table_of_articles(edition.articles)
    else:
        yield table_of_sources(edition.articles, brief=edition.length == "packet")


def _without_codes(about: str) -> str:
    """Return what a story says of itself, but for sentences on codes: a handout says how it cites, in each style."""
    return " ".join(each.strip() for each in sentences(about) if not CODE.search(each))


def opening_of(edition: StudentEdition) -> tuple[Step, ...]:
    """Return how a short handout begins, of the narration."""
    return tuple(of_kind(edition.steps, SayStep, AsideStep))


def _in_short(edition: StudentEdition, drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    if edition.common:
        yield Heading(2, "When it happened")
        yield timeline(edition.timeline, drawings)
    yield from who_and_where(edition, drawings)
    yield Heading(2, "How the story begins and ends" if edition.common else "The story in short")
    yield from told_in_short(edition)


def told_in_short(edition: StudentEdition) -> Iterator[Block]:
    """Tell the story in short, and its disputes under a heading of their own."""
    yield from gists(edition.gists)
    yield from _unknown(edition)
    told = edition.disputes or of_kind(edition.steps, AccountsStep)
    if told:
        yield Heading(2, "Where the accounts differ")
        yield from disputes(told)


def _in_a_packet(edition: StudentEdition, drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    yield from who_and_where(edition, drawings)
    yield Heading(2, "The story")
    for block in story([step for step in edition.steps if not isinstance(step, PhaseStep)], drawings):
        yield Heading(3, block.text) if isinstance(block, Heading) else block  # a scene: its phase is the title
    yield from _unknown(edition)


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
    if edition.disputes:
        yield Heading(2, "Where the accounts differ")
        yield from disputes(edition.disputes)


def _timeline_and_map(edition: StudentEdition) -> str:
    if edition.timeline:
        return "Timeline and map" if edition.map else "Timeline"
    return "Map"


def _for_a_group(edition: StudentEdition, cite: Cite) -> Iterator[Block]:
    if edition.part and not edition.common:
        yield Heading(2, "For your group")
        work = "Answer the questions" if edition.questions else "Underline the loaded words"
        yield from citing_passage("for-your-group", cite, edition.noun, work=work)


def _questions(edition: StudentEdition) -> Iterator[Block]:
    if not edition.questions:
        return
    yield Heading(2, "Questions")
    if edition.length != "full":
        asked = [(each, Emphasis(f"{skill.split(':')[0]}.")) for skill, group in edition.questions for each in group]
        yield NumberedList(tuple(_question(*each) for each in asked))
        return
    for skill, group in edition.questions:
        yield Heading(3, skill)
        yield NumberedList(tuple(map(_question, group)), group[0].number)


def _question(asked: Asked, trained: Emphasis | None = None) -> tuple[Block, ...]:
    """Set a question, what it is to be answered from, where that came with the story, and lines to write on."""
    excerpts = (paragraph(Strong(each.label), " ", each.text) for each in asked.beside if each.text)
    quoted = [Quotation((each,)) for each in excerpts]
    above: dict[int, list[str]] = {}
    for each in asked.beside:
        if not each.text:
            above.setdefault(each.question, []).append(each.label)
    seen = "; ".join(f"{', '.join(labels)} at question {number}" for number, labels in above.items())
    pointed = [paragraph(f"See {seen}.")] if seen else []
    return (paragraph(*question_runs(asked, trained)), *quoted, *pointed, WritingLines(asked.lines))


def question_runs(asked: Asked, trained: Emphasis | None = None) -> tuple[Run, ...]:
    """Set a question with the skill that it trains, where that is named, and the scene that it belongs to."""
    text = f"(Scene {asked.scene}) {asked.ask}"
    return (trained, f" {text}") if trained else (text,)


def _grid(edition: StudentEdition, cite: Cite) -> Iterator[Block]:
    grid = edition.grid
    if grid is None:
        return
    yield Heading(2, f"Which {edition.noun.one} says what?")
    yield from citing_passage("grid-to-fill", cite, edition.noun)
    if edition.support:
        yield from passage("grid-half-filled")
    boxes = tuple(Cell() for _ in grid.codes)
    groups = (
        (group.title, [(row.label, tuple(map(grid_cell, row.given)) or boxes) for row in group.rows])
        for group in grid.groups
    )
    yield grid_table(grid.codes, groups)


PROOF: dict[Cite, str] = {"codes": "code", "footnotes": "note", "pandoc": "citation"}


def citing_passage(name: str, cite: Cite, noun: Noun, **values: str) -> tuple[Block, ...]:
    """Return a passage that speaks of the sources, and of what the text cites with: codes, notes or citations."""
    return passage(name, proof=PROOF[cite], proofs=f"{PROOF[cite]}s", **noun.values, **values)


def _work(edition: StudentEdition, cite: Cite) -> Iterator[Block]:
    if edition.common and edition.disputes:
        yield Heading(2, "Weigh one dispute")
        yield Box("organiser", passage("organiser"))
    if edition.task:
        yield Heading(2, "Writing")
        yield from _task(edition)
    if (edition.part is None or edition.common) and len(edition.articles) >= FEWEST_ARTICLES:
        yield from _exit_slip(cite, edition.noun)


def _task(edition: StudentEdition) -> Iterator[Block]:
    yield paragraph(edition.task)
    if edition.starters and edition.length == "short" and not edition.support:
        yield paragraph(f"You may begin like this: {' / '.join(edition.starters)}")
    elif edition.starters:
        yield paragraph("You may begin like this:")
        yield bullets((starter,) for starter in edition.starters)
    yield WritingLines(LINES_FOR_THE_TASK[edition.length])


def _exit_slip(cite: Cite, noun: Noun) -> Iterator[Block]:
    yield Box("exit-slip", (paragraph(Strong("Before you go")), *citing_passage("exit-slip", cite, noun)))


def _unknown(edition: StudentEdition) -> Iterator[Block]:
    if edition.unknown:
        yield Heading(2, "What we still do not know")
        yield bullets((Stretches(unknown),) for unknown in edition.unknown)
