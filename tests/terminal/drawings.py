"""One step of each kind, as a script would hold it, from two invented articles and one of more."""

from __future__ import annotations

from retell.figures import Moment
from retell.prose import Prose, Span
from retell.steps import (
    Account,
    AccountsStep,
    Article,
    AsideStep,
    PauseStep,
    PhaseStep,
    Place,
    QuoteStep,
    Reference,
    SayStep,
    SceneStep,
    SourcesStep,
    Step,
    Stretch,
    TimelineStep,
    TitleStep,
)

HERE = Place("bridge", 2, 0)
NORTH = Reference("A", (1, 2, 3, 7))
SOUTH = Reference("B", (4,))
WHOLE = Reference("C", ())


def stretch(text: str, *references: Reference) -> Stretch:
    return Stretch((Span(text),), references)


def account(voice: str) -> Account:
    return Account(
        voice,
        (
            stretch("The bridge was closed at noon, and nobody was told why until the evening.", NORTH),
            Stretch((Span("It was "), Span("“a very bad day”", "quotation"), Span(".")), (SOUTH,)),
        ),
    )


def accounts(number: int) -> AccountsStep:
    voices = ("the North", "the South", "Ann Hill, mayor of Aberford", "Միջազգային դիտորդ", "Şuşa şəhəri")
    return AccountsStep(
        HERE,
        "Who closed the bridge?",
        tuple(map(account, voices[:number])),
        "Which of them were there at noon?",
        "The people who live beside the river.",
    )


TITLE = TitleStep(
    "The Bridge",
    "A small story, told twice",
    "Who broke the bridge, and who was told?",
    "Two invented articles on an invented bridge. Every sentence points to a paragraph.",
)
STEPS: dict[str, Step] = {
    "phase": PhaseStep(HERE, "The flood", "May 2001", frame=False),
    "frame-phase": PhaseStep(HERE, "Opening", "", frame=True),
    "scene": SceneStep(HERE, "Noon on the bridge", "1 May 2001", "Aberford/Aberfurt", "", 15),
    "scene-of-one-article": SceneStep(HERE, "Noon on the bridge", "", "", "B", 15),
    "say": SayStep(
        HERE,
        (
            stretch("On Tuesday, at noon, the council of Aberford/Aberfurt closed the old bridge.", NORTH),
            Stretch(
                (
                    Span("Two "),
                    Span("kinds", "emphasis"),
                    Span(" of lorry still crossed it, the mayor said: "),
                    Span("“the red and the blue”", "quotation"),
                    Span(", and left."),
                ),
                (SOUTH, WHOLE),
            ),
            stretch("Nobody else did.", SOUTH),
        ),
        "The article says “Tuesday”; it was published on Wednesday 2 May 2001.",
    ),
    "quote": QuoteStep(
        HERE,
        "Asked about the reasons, the mayor called them a",
        "“far-fetched and baseless pretext, as anyone who lives beside this river could tell you”",
        "Ann Hill, mayor",
        "mayor",
        (NORTH,),
        "Translated by the newspaper.",
    ),
    "accounts-of-2": accounts(2),
    "accounts-of-3": accounts(3),
    "accounts-of-4": accounts(4),
    "accounts-of-5": accounts(5),
    "aside": AsideStep(HERE, "Two towns, one river, and two ways of telling a morning; here they stand side by side."),
    "timeline": TimelineStep(
        HERE,
        (
            Moment("May 2001", 2, "Noon on the bridge", "The flood", Prose("It closed [@north].")),
            Moment("May 2001 – June 2001", 3, "Night", "The flood", Prose("It rained [@north].")),
            Moment("2002", 12, "What the two newspapers remember", "The flood", Prose("It stood [@north].")),
        ),
    ),
    "pause": PauseStep(HERE, 2.0),
    "sources": SourcesStep(
        (
            Article(
                "north",
                "A",
                "Aberford closes its bridge as the river rises for the third day",
                "The Northern Post, volume 20, issue 11",
                "2 May 2001",
                "news report",
                "A bridge closes.",
                "https://example.org/a",
                ("the date, from the day of the week in paragraph 2", "the author is not in our copy"),
            ),
            Article(
                "south",
                "B",
                "headline not in our copy",
                "Southern Times",
                "May 2001",
                "interview",
                "One voice.",
                "",
                (),
            ),
        )
    ),
}
