"""One step of each kind, as a script would hold it, from two invented articles and one of more."""

from __future__ import annotations

from retell.figures.map import MapPlace, PlaceMap, Road
from retell.figures.timeline import Moment, PhaseSpan
from retell.figures.voices import Balance, PhaseName, Share
from retell.script.steps import (
    Account,
    AccountsStep,
    AsideStep,
    MapStep,
    PauseStep,
    PhaseStep,
    Point,
    QuoteStep,
    SayStep,
    SceneStep,
    SourcesStep,
    Step,
    Stretch,
    TimelineStep,
    VoicesStep,
)
from retell.script.titlepage import TitleStep
from retell.story.articles import Article
from retell.story.dates import parse_when
from retell.story.prose import Prose, Span
from retell.story.references import Reference

HERE = Point("bridge", 2, 0)
NORTH = Reference("A", (1, 2, 3, 7), "Northern Post")
SOUTH = Reference("B", (4,), "Southern Times")
WHOLE = Reference("C", (), "Review of Rivers and Bridges")


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


def moment(when: str, number: int, title: str, phase: str) -> Moment:
    dates = parse_when(when)
    return Moment(str(dates), number, title, phase.lower(), Prose("It rained [@north]."), *dates.drawn)


def span(when: str, title: str) -> PhaseSpan:
    dates = parse_when(when)
    return PhaseSpan(title.lower(), title, str(dates), *dates.drawn)


def place(name: str, latitude: float, longitude: float) -> MapPlace:
    return MapPlace(name.lower(), name, (("az", "Şəhər"), ("hy", "Քաղաք")), latitude, longitude)


def share(name: str, times: int) -> Share:
    return Share(name.lower(), name, name.lower(), times, {"flood": times}, {"A": times})


ABERFORD, MILL = place("Aberford/Aberfurt", 52.1, 4.0), place("Mill/Möll", 52.0, 4.3)
FERRY, CAPITAL = place("the Ferry", 52.03, 4.12), place("The Capital", 53.5, 9.5)
RIVER = PlaceMap(
    (ABERFORD, CAPITAL, FERRY, MILL),
    (Road("the old road", (ABERFORD, FERRY, MILL)), Road("the ferry’s way", (ABERFORD, MILL))),
    "The river is not drawn: it moves.",
)
HEARD = Balance(
    times=14,
    phases=(PhaseName("flood", "The flood", 14),),
    sides=(share("the North", 9), share("the South", 4), share("the press", 1)),
    voices=(),
    unheard=(),
    opens={},
    echoes=(),
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
    "scene-of-one-article": SceneStep(HERE, "Noon on the bridge", "", "", "article: B", 15),
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
            moment("2001-05", 2, "Noon on the bridge", "The flood"),
            moment("2001-05/2001-06", 3, "Night", "The flood"),
            moment("2002", 12, "What the two newspapers remember", "The flood"),
        ),
        (span("2001-05/2002", "The flood"),),
    ),
    "map": MapStep(HERE, len(RIVER.places), lambda: RIVER),
    "voices": VoicesStep(HERE, len(HEARD.sides), lambda: HEARD),
    "pause": PauseStep(HERE, 2.0),
    "sources": SourcesStep(
        Point(),
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
        ),
    ),
}
