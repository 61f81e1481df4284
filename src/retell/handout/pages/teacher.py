"""The teacher's edition: what only a teacher reads, and the story as the students have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.handout.pages.pieces import closing, grid_cell, grid_table, sources, with_genre
from retell.handout.pages.story import story
from retell.handout.pages.student import citing_passage, opening_of, question_runs, told_in_short
from retell.handout.passages import passage
from retell.handout.tree import (
    Block,
    BulletList,
    Document,
    Emphasis,
    Heading,
    NumberedList,
    Stretches,
    Strong,
    bullets,
    paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retell.handout.choices import Cite
    from retell.handout.drawings import Drawing
    from retell.handout.grid import Grid
    from retell.handout.packets import Plan
    from retell.handout.teacher import Answers, Marked, Mistaken, Outlet, TeacherEdition
    from retell.story.kinds import Noun


OWNED = "The {sources} belong to their owners and are not part of the handout; what is known of where they stand"
FREE = "The {sources} are in the public domain; what is known of where they stand"
CONTROVERSY = "The controversy, in fours of the mixed groups, on one dispute that everyone has"
DOUBT = (
    "In fours of the mixed groups: choose one thing that you are not sure of. Which {source} tells it, who was there "
    "to know, and what would one have to look up?"
)
PASTED: dict[Cite, str] = {
    "codes": "The codes are plain text and survive any paste.",
    "footnotes": "The notes come along with the Word file; a paste of plain text loses them.",
    "pandoc": "First let Pandoc set the citations, with its option --citeproc.",
}


def teacher_document(edition: TeacherEdition, cite: Cite, drawings: Mapping[str, Drawing]) -> Document:
    """Return the teacher's edition as a document."""
    student = edition.student
    blocks = (
        *_head(edition),
        *(() if student.part else _at_a_glance(edition)),
        *_aims(edition),
        *_before(edition, cite),
        *(() if student.part else _long_lesson(edition, cite)),
        *_outlets(edition.outlets, student.noun),
        *_answers(edition, cite),
        *_misconceptions(edition.misconceptions, student.noun),
        *(_marking(edition.samples, cite, student.noun) if student.task else ()),
        *filled_grid(edition.grid, cite, student.noun),
        *(() if student.part else _check_and_print(edition, cite)),
        *_as_the_students_have_it(edition, drawings),
        *sources(student.articles, cite, notes=True),
    )
    return Document(edition.heading, blocks, closing(student.title.title, student.edition))


def _head(edition: TeacherEdition) -> Iterator[Block]:
    part = edition.student.part
    same = "of this part" if part else "of the same length"
    elsewhere = " Plans, groupings and how to print stand in the teacher’s edition of the whole story." if part else ""
    yield paragraph(
        Strong("Do not hand this out: it holds the answers."),
        f" The students’ handout {same} is a file of its own.{elsewhere}",
    )
    yield paragraph(Strong("Central question:"), f" {edition.student.title.question}")


def _at_a_glance(edition: TeacherEdition) -> Iterator[Block]:
    """Yield the first page: what to print, what students need, what stands on the board, the steps of one lesson."""
    yield Heading(2, "At a glance")
    yield from passage(
        "at-a-glance",
        call=edition.call,
        question=edition.student.title.question,
        letters=", ".join(listed.article.code for listed in edition.student.articles),
        groups=str(len(edition.phases)),
        **edition.student.noun.values,
    )
    if edition.look_up:
        yield Heading(3, "Look up before class")
        yield bullets((each,) for each in edition.look_up)
    yield Heading(2, "A lesson of 45 minutes")
    yield from passage("needs-short", call=edition.call)
    taken = "dispute" if edition.disputed else "scene"
    yield from passage("short-plan", taken=taken, **edition.student.noun.values)


def _aims(edition: TeacherEdition) -> Iterator[Block]:
    if edition.aims:
        yield Heading(2, "Aims")
        yield paragraph("At the end of the lesson students can:")
        yield bullets((aim,) for aim in edition.aims)


def _before(edition: TeacherEdition, cite: Cite) -> Iterator[Block]:
    yield Heading(2, "Before you teach this")
    yield from map(paragraph, edition.sensitivity)
    yield from citing_passage("before-you-teach", cite, edition.student.noun)


def _long_lesson(edition: TeacherEdition, cite: Cite) -> Iterator[Block]:
    noun = edition.student.noun
    yield Heading(2, "A lesson of 90 minutes, or two lessons")
    yield from passage("needs-packets", call=edition.call)
    yield from long_plan(edition, cite, noun)
    yield from passage("two-lessons")
    yield Heading(2, "Groupings")
    yield Heading(3, "One part for each group (jigsaw)")
    yield from by_part(edition.phases, noun)
    yield Heading(3, f"One {noun.one} for each group")
    owned = (FREE if all(each.article.is_free for each in edition.student.articles) else OWNED).format_map(noun.values)
    yield from citing_passage("by-source", cite, noun, owned=owned)
    if edition.disputed:
        yield Heading(3, "Structured academic controversy")
        yield from citing_passage("controversy", cite, noun)


def long_plan(edition: TeacherEdition | Plan, cite: Cite, noun: Noun) -> tuple[Block, ...]:
    """Return the plan for 90 minutes, for a story with or without an opening and a close, and with disputes or none.

    Without an opening or a close there is no packet for everyone; the short handout has what the mixed groups need.
    """
    frames = edition.frames
    held = "the disputes and the grid" if edition.disputed else "the grid"
    short = f"for everyone the short handout, which has {held}: {edition.call} handout --length short"
    sheet = "; its sheet stands in the packet for everyone" if frames else ""
    return citing_passage(
        "long-plan",
        cite,
        noun,
        groups=str(len(edition.phases)),
        opening="the opening and " if frames else "",
        close="Read the close of the story" if frames else "Back to the central question",
        weigh="Weigh one dispute" if edition.disputed else "Weigh what was said",
        weighing=f"{CONTROVERSY}{sheet}." if edition.disputed else DOUBT.format_map(noun.values),
        for_everyone="the opening and the close for everyone" if frames else short,
    )


def by_part(phases: Sequence[str], noun: Noun) -> tuple[Block, ...]:
    """Return how a class is divided by the parts of the story."""
    return passage("by-part", count=str(len(phases)), phases=", ".join(phases), **noun.values)


def _outlets(outlets: Sequence[Outlet], noun: Noun) -> Iterator[Block]:
    yield Heading(2, f"The {noun.many}: how they lean and what they leave out")
    for outlet in outlets:
        article = outlet.listed.article
        yield Heading(3, f"{article.code}: {with_genre(outlet.listed.published, outlet.listed)}")
        said = (("How it leans:", outlet.stance), ("What it leaves out:", outlet.leaves_out))
        careful = (("Careful:", caution) for caution in outlet.cautions)
        yield bullets((Strong(label), f" {text}") for label, text in (*said, *careful))


def _answers(edition: TeacherEdition, cite: Cite) -> Iterator[Block]:
    if edition.questions:
        yield Heading(2, "Questions, with answers")
        yield from citing_passage("answers", cite, edition.student.noun)
        yield from answered_questions(edition.questions)


def answered_questions(questions: Answers) -> Iterator[Block]:
    """Yield each question with its answer, under the skill that it trains."""
    for skill, answered in questions:
        yield Heading(3, skill)
        items = tuple(
            (paragraph(*question_runs(each.asked)), paragraph(Emphasis("Answer:"), " ", Stretches(each.answer)))
            for each in answered
        )
        yield NumberedList(items, answered[0].asked.number)


def _misconceptions(mistaken: Sequence[Mistaken], noun: Noun) -> Iterator[Block]:
    if mistaken:
        yield Heading(2, f"What students may think, and what the {noun.many} say")
        yield BulletList(
            tuple(
                (
                    paragraph(f"“{each.think}”{f' (scene {each.scene})' if each.scene else ''}"),
                    paragraph(Stretches(each.says)),
                )
                for each in mistaken
            )
        )


def _marking(samples: Sequence[Marked], cite: Cite, noun: Noun) -> Iterator[Block]:
    yield Heading(2, "Marking the paragraph")
    yield from citing_passage("rubric", cite, noun)
    for sample in samples:
        yield Heading(3, f"A {sample.quality} paragraph")
        yield paragraph(Stretches(sample.paragraph))
        yield paragraph(Emphasis("Why:"), f" {sample.why}")


def filled_grid(grid: Grid | None, cite: Cite, noun: Noun) -> Iterator[Block]:
    """Yield the grid with its cells."""
    if grid is None:
        return
    yield Heading(2, f"Which {noun.one} says what? The grid, filled in")
    yield from citing_passage("grid-filled", cite, noun)
    groups = (
        (group.title, [(row.label, tuple(map(grid_cell, row.cells))) for row in group.rows]) for group in grid.groups
    )
    yield grid_table(grid.codes, groups)


def _check_and_print(edition: TeacherEdition, cite: Cite) -> Iterator[Block]:
    call = edition.call
    yield Heading(2, "What the check can see, and what it cannot")
    yield from passage("what-the-check-sees", call=call, **edition.student.noun.values)
    if edition.disputed:
        yield from passage("what-the-check-sees-of-disputes", call=call)
    yield Heading(2, "To print, or to put into a school’s system")
    yield from passage("to-print", call=call, pasted=PASTED[cite])


def _as_the_students_have_it(edition: TeacherEdition, drawings: Mapping[str, Drawing]) -> Iterator[Block]:
    if edition.student.length == "short":
        yield Heading(2, "The story in short, as the students have it")
        yield from story(opening_of(edition.student), {})
        yield from told_in_short(edition.student)
    else:
        yield Heading(2, "The story, as the students have it")
        yield from story(edition.student.steps, drawings)
