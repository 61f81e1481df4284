"""Stage 3: what a story is made of, as frozen types: the story, its scenes and beats, the cards; no input, no output.

The field names are those of the files (`worked_out` is written `worked-out`). `forms` fills the types from plain data.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec

from retell.story.citations import Locators
from retell.story.dates import When
from retell.story.prose import Prose

Skill = Literal["sourcing", "context", "close-reading", "corroboration"]
FORMAT = 1  # of stories' files; it grows when what an older retell would tell wrongly is added (story/README.md)
Format = Annotated[int, msgspec.Meta(ge=1, le=FORMAT, description=f"a whole number from 1 to {FORMAT}")]
Pace = Annotated[int, msgspec.Meta(ge=100, le=600, description="a whole number from 100 to 600")]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=60, description="a number of seconds from 0 to 60")]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90, description="a latitude in degrees")]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180, description="a longitude in degrees")]
Code = Annotated[str, msgspec.Meta(pattern="^[A-Z]$", description="one capital letter")]
Fingerprint = Annotated[
    str,
    msgspec.Meta(pattern="^[0-9a-f]{12}$", description="a fingerprint, as 'retell fingerprint' prints it"),
]
Address = Annotated[
    str,
    msgspec.Meta(pattern=r"^https?://[^\s<>]+$", description="an address that begins with http:// or https://"),
]
Side = Annotated[
    str,
    msgspec.Meta(
        pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        max_length=40,
        description="a side: small letters, words joined by hyphens, as in united-states, at most 40 characters",
    ),
]

NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
"""What cards, scenes and phases are called by, and files are named by."""
PhaseName = Annotated[
    str,
    msgspec.Meta(
        pattern=f"^{NAME}$",
        max_length=40,
        description="a name of small letters, digits and hyphens, as in the-night, at most 40 characters",
    ),
]
"""Of a phase; a packet's file is named by it."""


def told(description: str) -> msgspec.Meta:
    """Say what a field holds, for the schema, for a new source card and for the authors' pages."""
    return msgspec.Meta(description=description)


class Form(msgspec.Struct, frozen=True, rename="kebab", kw_only=True):
    """Ancestor of all types that are filled from a file."""


class Phase(Form, frozen=True, kw_only=True):
    """A part of the story; a frame (opening, close) stands outside the story's own phases."""

    id: Annotated[PhaseName, told("the name by which scenes call it: small letters, digits and hyphens")]
    title: Annotated[str, told("a few words")]
    span: Annotated[When | None, told("its dates, as in 'when'; may be left out")] = None
    frame: Annotated[bool, told("true for an opening or a close, which stand outside the story's own phases")] = False


class Revision(Form, frozen=True, kw_only=True):
    """What changed in an edition of the story."""

    date: Annotated[When, told("the date of the edition")]
    what: Annotated[str, told("what changed in it")]


class MapRoad(Form, frozen=True, kw_only=True):
    """A road of the map: its name, and the ids of the place cards by which it runs, in order."""

    name: Annotated[str, told("what it is called")]
    through: Annotated[tuple[str, ...], told("the place cards by which it runs, in order")]


class StoryMap(Form, frozen=True, kw_only=True):
    """What a map of the story shows beyond its places: a note for its readers, and roads."""

    note: Annotated[str, told("a line for its readers; may be left out")] = ""
    roads: Annotated[tuple[MapRoad, ...], told("the roads that are drawn; may be left out")] = ()


class Story(Form, frozen=True, kw_only=True):
    """`story/story.yaml`: what holds the scenes together; the pace is in words a minute."""

    title: Annotated[str, told("the story's title")]
    subtitle: Annotated[str, told("a line under it")]
    question: Annotated[str, told("the central question")]
    about: Annotated[str, told("a paragraph on what this is, for the title page")]
    edition: Annotated[When, told("the date of this edition")]
    revisions: Annotated[tuple[Revision, ...], told("what changed, each with its 'date' and 'what'")]
    phases: Annotated[tuple[Phase, ...], told("the parts of the story, in order")]
    scenes: Annotated[tuple[str, ...], told("the names of the scenes, in the order of telling")]
    words_a_minute: Annotated[Pace, told("the pace, from 100 to 600; 220 if it is left out")] = 220
    format: Annotated[Format, told("the format of stories that this one keeps to: 1; may be left out")] = FORMAT
    map: Annotated[StoryMap | None, told("what the map shows beyond the places of the cards; may be left out")] = None


class Say(Form, frozen=True, kw_only=True):
    """Narration; the note says how something in it was worked out."""

    say: Annotated[Prose, told("narration; every stretch of it ends in a citation")]
    note: Annotated[str | None, told("how something in it was worked out; readers see it; may be left out")] = None


class Quote(Form, frozen=True, kw_only=True):
    """A fragment in a speaker's own words, led in by the narrator."""

    quote: Annotated[str, told("a speaker's own words, at most 15")]
    lead: Annotated[str, told("the narrator's words before it")]
    by: Annotated[str, told("who speaks: the name of a voice card")]
    cite: Annotated[Locators, told('where it stands, in quotation marks: "@key, para. 6"')]
    note: Annotated[str | None, told("how something in it was worked out; readers see it; may be left out")] = None


class Accounts(Form, frozen=True, kw_only=True):
    """A dispute, told side by side; the value is its card."""

    accounts: Annotated[str, told("the name of a dispute card: the accounts of it are told side by side")]


class Aside(Form, frozen=True, kw_only=True):
    """The narrator's own voice: no facts."""

    aside: Annotated[str, told("the narrator's own voice, without facts, names, dates or figures")]


class Figure(Form, frozen=True, kw_only=True):
    """A figure drawn from the story's data."""

    figure: Literal["timeline", "map", "voices"]


class Pause(Form, frozen=True, kw_only=True):
    """Silence, in seconds."""

    pause: Annotated[Seconds, told("so many seconds of silence")]


class Broken(Form, frozen=True, kw_only=True):
    """Keeps the place of a beat that could not be read, so that the others keep their numbers."""


Beat: TypeAlias = Say | Quote | Accounts | Aside | Figure | Pause | Broken
BEATS: dict[str, type[Form]] = {
    "say": Say,
    "quote": Quote,
    "accounts": Accounts,
    "aside": Aside,
    "figure": Figure,
    "pause": Pause,
}


class Question(Form, frozen=True, kw_only=True):
    """A question for the class, the skill it trains, a model answer, and whether the short handout asks it too."""

    ask: Annotated[Prose, told("the question")]
    skill: Annotated[Skill, told("what it trains")]
    answer: Annotated[Prose, told("a model answer, cited")]
    short: Annotated[bool, told("true if the short handout asks it too; may be left out")] = False


class Scene(Form, frozen=True, kw_only=True):
    """`story/NN-id.yaml`: one scene."""

    title: Annotated[str, told("a few words")]
    phase: Annotated[str, told("the id of one of the phases in story.yaml")]
    gist: Annotated[Prose, told("one or two cited sentences, for the timeline")]
    beats: Annotated[tuple[Beat, ...], told("the scene itself, one beat after the other")]
    questions: Annotated[tuple[Question, ...], told("one or two for the class, each with 'ask', 'skill' and 'answer'")]
    when: Annotated[
        When | None,
        told("a day (2023-04-23), a month, a year, or a range (2022-12/2023-01); never more exact than the article"),
    ] = None
    where: Annotated[str | None, told("the name of a place card; may be left out")] = None


class Author(Form, frozen=True, kw_only=True):
    """A name as CSL writes an institution's: whole, not split."""

    literal: Annotated[str, told("the whole name")]


class Source(Form, frozen=True, kw_only=True):
    """`cards/sources/`: an article, in CSL's fields and retell's; what nobody saw is left out."""

    type: Annotated[
        Literal["article-newspaper", "article-magazine", "article-journal", "article", "interview", "webpage"],
        told("what kind of text it is"),
    ]
    code: Annotated[Code, told("one capital letter; A, B, C … in the order of dates")]
    genre: Annotated[str, told("in a few words: news report, analysis, interview")]
    summary: Annotated[str, told("one neutral line on what it is about")]
    stance: Annotated[str, told("how it leans, and where one sees that")]
    leaves_out: Annotated[str, told("whom and what it does not hear")]
    paragraphs: Annotated[tuple[Fingerprint, ...], told("a fingerprint of each paragraph of the body, in order")]
    title: Annotated[str | None, told("its headline")] = None
    container_title: Annotated[str | None, told("the paper or site")] = None
    volume: Annotated[str | None, told("of a journal")] = None
    issue: Annotated[str | None, told("of a journal")] = None
    issued: Annotated[When | None, told("the date")] = None
    author: Annotated[tuple[Author, ...], told("a list of names, each written '- literal: Name'")] = ()
    url: Annotated[Address | None, told("its address")] = msgspec.field(default=None, name="URL")
    cautions: Annotated[tuple[str, ...], told("what a reader should be careful about")] = ()
    worked_out: Annotated[tuple[str, ...], told("what the copy does not say, and how you worked it out")] = ()


class Voice(Form, frozen=True, kw_only=True):
    """`cards/voices/`: who speaks, for which side, and under which names the story mentions them."""

    name: Annotated[str, told("as the story prints it")]
    role: Annotated[str, told("who that is")]
    side: Annotated[
        Side, told("whose side it speaks for, in the story's own words; 'press' reports, 'other' is nobody's")
    ]
    aliases: Annotated[tuple[str, ...], told("other names under which the story or the articles mention it")] = ()


class Place(Form, frozen=True, kw_only=True):
    """`cards/places/`: the name in narration, its English forms, both spellings, latitude and longitude in degrees.

    `alone` holds those of a place's two names that narration may use without the other: a road may keep one of them.
    """

    name: Annotated[
        str, told("as narration prints it at first use; of two names both, in alphabetical order, with a slash")
    ]
    what: Annotated[str, told("what it is, in a few words")]
    position: Annotated[tuple[Latitude, Longitude], told("latitude and longitude in degrees, rounded: [39.64, 46.55]")]
    azerbaijani: Annotated[str, told("its Azerbaijani spelling; may be left out")] = ""
    armenian: Annotated[str, told("its Armenian spelling; may be left out")] = ""
    aliases: Annotated[tuple[str, ...], told("other English spellings")] = ()
    alone: Annotated[
        tuple[str, ...],
        told("of two names those that may stand without the other, as Lachin does in “the Lachin road”"),
    ] = ()


class Term(Form, frozen=True, kw_only=True):
    """`cards/terms/`: a word that a reader may need, and its meaning in one sentence."""

    term: Annotated[str, told("the word")]
    meaning: Annotated[Prose, told("one plain sentence; cited where it states a fact")]
    aliases: Annotated[tuple[str, ...], told("other forms of the word")] = ()


class Position(Form, frozen=True, kw_only=True):
    """What one voice says in a dispute."""

    voice: Annotated[str, told("the name of a voice card")]
    says: Annotated[Prose, told("its account, cited")]


class Claim(Form, frozen=True, kw_only=True):
    """A row of the class's grid: which articles say something, and which say otherwise."""

    claim: Annotated[str, told("a short sentence")]
    says: Annotated[Locators, told('where articles say it, in quotation marks: "@key, para. 3; @other, para. 4"')]
    otherwise: Annotated[Locators, told("where articles say otherwise, written as in 'says'; may be left out")] = (
        Locators("")
    )


class Dispute(Form, frozen=True, kw_only=True):
    """`cards/disputes/`: a question, two or more positions on it, what to notice and who is not heard.

    `claims` are its rows in the class's grid; `short` says that the short handout tells it too.
    """

    question: Annotated[str, told("what is disputed")]
    positions: Annotated[tuple[Position, ...], told("two or more, each with 'voice' and 'says'")]
    notice: Annotated[str | None, told("what to look for; may be left out")] = None
    silent: Annotated[str | None, told("who is not heard, and what no article says; may be left out")] = None
    claims: Annotated[
        tuple[Claim, ...],
        told("the rows of the class's grid, each with 'claim', 'says' and 'otherwise'; may be left out"),
    ] = ()
    short: Annotated[bool, told("true if the short handout tells it too; may be left out")] = False


CARDS: dict[str, type[Form]] = {
    "sources": Source,
    "voices": Voice,
    "places": Place,
    "terms": Term,
    "disputes": Dispute,
}
