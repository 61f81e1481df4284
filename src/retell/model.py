"""Stage 3: what a story is made of, as frozen types: the story, its scenes and beats, the cards; no input, no output.

The field names are those of the files (`worked_out` is written `worked-out`). `forms` fills the types from plain data.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec

from retell.citations import Locators
from retell.dates import When
from retell.prose import Prose

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


class Form(msgspec.Struct, frozen=True, rename="kebab", kw_only=True):
    """Ancestor of all types that are filled from a file."""


class Phase(Form, frozen=True, kw_only=True):
    """A part of the story; a frame (opening, close) stands outside the story's own phases."""

    id: str
    title: str
    span: When | None = None
    frame: bool = False


class Revision(Form, frozen=True, kw_only=True):
    """What changed in an edition of the story."""

    date: When
    what: str


class Story(Form, frozen=True, kw_only=True):
    """`story/story.yaml`: what holds the scenes together; the pace is in words a minute."""

    title: str
    subtitle: str
    question: str
    about: str
    edition: When
    revisions: tuple[Revision, ...]
    phases: tuple[Phase, ...]
    scenes: tuple[str, ...]
    words_a_minute: Pace = 220
    format: Format = FORMAT


class Say(Form, frozen=True, kw_only=True):
    """Narration; the note says how something in it was worked out."""

    say: Prose
    note: str | None = None


class Quote(Form, frozen=True, kw_only=True):
    """A fragment in a speaker's own words, led in by the narrator."""

    quote: str
    lead: str
    by: str
    cite: Locators
    note: str | None = None


class Accounts(Form, frozen=True, kw_only=True):
    """A dispute, told side by side; the value is its card."""

    accounts: str


class Aside(Form, frozen=True, kw_only=True):
    """The narrator's own voice: no facts."""

    aside: str


class Figure(Form, frozen=True, kw_only=True):
    """A figure drawn from the story's data."""

    figure: Literal["timeline"]


class Pause(Form, frozen=True, kw_only=True):
    """Silence, in seconds."""

    pause: Seconds


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
    """A question for the class, the skill it trains, and a model answer."""

    ask: Prose
    skill: Skill
    answer: Prose


class Scene(Form, frozen=True, kw_only=True):
    """`story/NN-id.yaml`: one scene."""

    title: str
    phase: str
    gist: Prose
    beats: tuple[Beat, ...]
    questions: tuple[Question, ...]
    when: When | None = None
    where: str | None = None


class Author(Form, frozen=True, kw_only=True):
    """A name as CSL writes an institution's: whole, not split."""

    literal: str


class Source(Form, frozen=True, kw_only=True):
    """`cards/sources/`: an article, in CSL's fields and retell's; what nobody saw is None."""

    type: Literal["article-newspaper", "article-magazine", "article-journal", "article", "interview", "webpage"]
    code: Code
    genre: str
    summary: str
    stance: str
    leaves_out: str
    paragraphs: tuple[Fingerprint, ...]
    title: str | None = None
    container_title: str | None = None
    volume: str | None = None
    issue: str | None = None
    issued: When | None = None
    author: tuple[Author, ...] = ()
    url: Address | None = msgspec.field(default=None, name="URL")
    cautions: tuple[str, ...] = ()
    worked_out: tuple[str, ...] = ()


class Voice(Form, frozen=True, kw_only=True):
    """`cards/voices/`: who speaks, for which side, and under which names the story mentions them."""

    name: str
    role: str
    side: Literal[
        "azerbaijan",
        "armenia",
        "karabakh-armenian",
        "russia",
        "united-states",
        "france",
        "iran",
        "press",
        "other",
    ]
    aliases: tuple[str, ...] = ()


class Place(Form, frozen=True, kw_only=True):
    """`cards/places/`: the name in narration, its English forms, both spellings, latitude and longitude in degrees.

    `alone` holds those of a place's two names that narration may use without the other: a road may keep one of them.
    """

    name: str
    what: str
    position: tuple[Latitude, Longitude]
    azerbaijani: str = ""
    armenian: str = ""
    aliases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


class Term(Form, frozen=True, kw_only=True):
    """`cards/terms/`: a word that a reader may need, and its meaning in one sentence."""

    term: str
    meaning: Prose
    aliases: tuple[str, ...] = ()


class Position(Form, frozen=True, kw_only=True):
    """What one voice says in a dispute."""

    voice: str
    says: Prose


class Dispute(Form, frozen=True, kw_only=True):
    """`cards/disputes/`: a question, two or more positions on it, what to notice and who is not heard."""

    question: str
    positions: tuple[Position, ...]
    notice: str | None = None
    silent: str | None = None


CARDS: dict[str, type[Form]] = {
    "sources": Source,
    "voices": Voice,
    "places": Place,
    "terms": Term,
    "disputes": Dispute,
}
