"""What a story is made of, as frozen types: the story, its scenes and their beats.

The field names are those of the files (`worked_out` is written `worked-out`); `filling` fills the types from plain
data.
"""

from typing import Annotated, ClassVar, Literal, TypeAlias

import msgspec

from retell.story import rules
from retell.story.citations import Locators
from retell.story.dates import When
from retell.story.form import Form, holds
from retell.story.prose import Prose

Skill = Literal["sourcing", "context", "close-reading", "corroboration"]
FORMAT = 1  # of stories' files; it grows when what an older retell would tell wrongly is added (story/README.md)
Format = Annotated[int, msgspec.Meta(ge=1, le=FORMAT, description=f"a whole number from 1 to {FORMAT}")]
Pace = Annotated[int, msgspec.Meta(ge=100, le=600, description="a whole number from 100 to 600")]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=60, description="a number of seconds from 0 to 60")]

NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
"""What cards, scenes and phases are called by, and files are named by."""
PhaseId = Annotated[
    str,
    msgspec.Meta(
        pattern=f"^{NAME}$",
        max_length=40,
        description="a name of small letters, digits and hyphens, as in the-night, at most 40 characters",
    ),
]
"""Of a phase; a packet's file is named by it."""
Side = Annotated[
    str,
    msgspec.Meta(
        pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        max_length=40,
        description="a side: small letters, words joined by hyphens, as in united-states, at most 40 characters",
    ),
]
"""Of a voice; a story names its own."""


class Phase(Form, frozen=True, kw_only=True):
    """A part of the story; a frame (opening, close) stands outside the story's own phases."""

    id: Annotated[PhaseId, holds("the name by which scenes call it: small letters, digits and hyphens")]
    title: Annotated[str, holds("a few words", "head")]
    span: Annotated[When | None, holds("its dates, as in 'when'; may be left out")] = None
    frame: Annotated[bool, holds("true for an opening or a close, which stand outside the story's own phases")] = False


class MapRoad(Form, frozen=True, kw_only=True):
    """A road of the map: its name, and the ids of the place cards by which it runs, in order."""

    name: Annotated[str, holds("what it is called", "head")]
    through: Annotated[tuple[str, ...], holds("the place cards by which it runs, in order", card="places")]


class StoryMap(Form, frozen=True, kw_only=True):
    """What a map of the story shows beyond its places: a note for its readers, and roads."""

    note: Annotated[str, holds("a line for its readers; may be left out", "head")] = ""
    roads: Annotated[tuple[MapRoad, ...], holds("the roads that are drawn; may be left out")] = ()
    unit: Annotated[Literal["km", "miles"], holds("what distances are told in, km or miles; km if left out")] = "km"


class Story(Form, frozen=True, kw_only=True):
    """`story/story.yaml`: what holds the scenes together; the pace is in words a minute."""

    title: Annotated[str, holds("the story's title", "head")]
    subtitle: Annotated[str, holds("a line under it", "head")]
    question: Annotated[str, holds("the central question", "head")]
    about: Annotated[str, holds("a paragraph on what this is, for the title page", "head")]
    edition: Annotated[When, holds("the date of this edition")]
    phases: Annotated[tuple[Phase, ...], holds("the parts of the story, in order")]
    scenes: Annotated[tuple[str, ...], holds("the names of the scenes, in the order of telling")]
    words_a_minute: Annotated[Pace, holds("the pace, from 100 to 600; 220 if it is left out")] = 220
    format: Annotated[Format, holds("the format of stories that this one keeps to: 1; may be left out")] = FORMAT
    sides: Annotated[
        dict[Side, str],
        holds("what readers call a side, behind its word: {kings-troops: the King's troops}; may be left out"),
    ] = msgspec.field(default_factory=dict)
    map: Annotated[StoryMap | None, holds("what the map shows beyond the places of the cards; may be left out")] = None
    former: ClassVar[tuple[str, ...]] = ("revisions",)


Note: TypeAlias = Annotated[
    str | None, holds("how something in it was worked out; readers see it; may be left out", "note")
]


class Say(Form, frozen=True, kw_only=True):
    """Narration; the note says how something in it was worked out."""

    say: Annotated[Prose, holds("narration; every stretch of it ends in a citation", "say")]
    note: Note = None


class Quote(Form, frozen=True, kw_only=True):
    """A fragment in a speaker's own words, led in by the narrator."""

    quote: Annotated[str, holds("a speaker's own words, at most 15", "quote")]
    lead: Annotated[str, holds("the narrator's words before it", "lead")]
    by: Annotated[
        str,
        holds("who speaks: the name of a voice card", card="voices", missing=rules.QUOTE_WITHOUT_SPEAKER),
    ]
    cite: Annotated[
        Locators,
        holds('where it stands, in quotation marks: "@key, para. 6"', missing=rules.QUOTE_WITHOUT_CITATION),
    ]
    note: Note = None


class Accounts(Form, frozen=True, kw_only=True):
    """A dispute, told side by side; the value is its card."""

    accounts: Annotated[
        str, holds("the name of a dispute card: the accounts of it are told side by side", card="disputes")
    ]


class Aside(Form, frozen=True, kw_only=True):
    """The narrator's own voice: no facts."""

    aside: Annotated[str, holds("the narrator's own voice, without facts, names, dates or figures", "aside")]


class Figure(Form, frozen=True, kw_only=True):
    """A figure drawn from the story's data."""

    figure: Literal["timeline", "map", "voices"]


class Pause(Form, frozen=True, kw_only=True):
    """Silence, in seconds."""

    pause: Annotated[Seconds, holds("so many seconds of silence")]


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

    ask: Annotated[Prose, holds("the question", "ask")]
    skill: Annotated[Skill, holds("what it trains")]
    answer: Annotated[Prose, holds("a model answer, cited", "answer")]
    short: Annotated[bool, holds("true if the short handout asks it too; may be left out")] = False


class Scene(Form, frozen=True, kw_only=True):
    """`story/NN-id.yaml`: one scene."""

    title: Annotated[str, holds("a few words", "title")]
    phase: Annotated[str, holds("the id of one of the phases in story.yaml")]
    gist: Annotated[Prose, holds("one or two cited sentences, for the timeline", "gist")]
    beats: Annotated[tuple[Beat, ...], holds("the scene itself, one beat after the other")]
    questions: Annotated[tuple[Question, ...], holds("one or two for the class, each with 'ask', 'skill' and 'answer'")]
    when: Annotated[
        When | None,
        holds(
            "a day (2019-03-05), an hour (2019-03-05T21), a month, a range (2018-12/2019-03); as exact as the source"
        ),
    ] = None
    where: Annotated[str | None, holds("the name of a place card; may be left out", card="places")] = None
    plain: Annotated[
        Prose | None,
        holds("the gist in shorter sentences, cited, for the class's handout with support; may be left out", "gist"),
    ] = None
