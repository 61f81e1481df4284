"""The cards of a story, as frozen types: articles, voices, places, terms and disputes."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from retell.story import rules
from retell.story.citations import Locators
from retell.story.dates import When
from retell.story.form import Form, Kind, holds
from retell.story.prose import Prose

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


Tag = Annotated[
    str,
    msgspec.Meta(
        pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        max_length=35,
        description="the tag of a language, as BCP 47 writes it: az, hy, sr-Latn",
    ),
]


class Author(Form, frozen=True, kw_only=True):
    """A name as CSL writes an institution's: whole, not split."""

    literal: Annotated[str, holds("the whole name")]


class Source(Form, frozen=True, kw_only=True):
    """`cards/sources/`: an article, in CSL's fields and retell's; what nobody saw is left out."""

    type: Annotated[
        Literal["article-newspaper", "article-magazine", "article-journal", "article", "interview", "webpage"],
        holds("what kind of text it is"),
    ]
    code: Annotated[Code, holds("one capital letter; A, B, C … in the order of dates")]
    genre: Annotated[str, holds("in a few words: news report, analysis, interview")]
    summary: Annotated[str, holds("one neutral line on what it is about", "card")]
    stance: Annotated[str, holds("how it leans, and where one sees that", "card")]
    leaves_out: Annotated[str, holds("whom and what it does not hear", "card")]
    paragraphs: Annotated[tuple[Fingerprint, ...], holds("a fingerprint of each paragraph of the body, in order")]
    title: Annotated[str | None, holds("its headline")] = None
    container_title: Annotated[str | None, holds("the paper or site")] = None
    volume: Annotated[str | None, holds("of a journal")] = None
    issue: Annotated[str | None, holds("of a journal")] = None
    issued: Annotated[When | None, holds("the date")] = None
    author: Annotated[tuple[Author, ...], holds("a list of names, each written '- literal: Name'")] = ()
    url: Annotated[Address | None, holds("its address")] = msgspec.field(default=None, name="URL")
    cautions: Annotated[tuple[str, ...], holds("what a reader should be careful about", "card")] = ()
    worked_out: Annotated[tuple[str, ...], holds("what the copy does not say, and how you worked it out", "card")] = ()


class Voice(Form, frozen=True, kw_only=True):
    """`cards/voices/`: who speaks, for which side, and under which names the story mentions them."""

    name: Annotated[str, holds("as the story prints it")]
    role: Annotated[str, holds("who that is", "card")]
    side: Annotated[
        Side, holds("whose side it speaks for, in the story's own words; 'press' reports, 'other' is nobody's")
    ]
    aliases: Annotated[tuple[str, ...], holds("other names under which the story or the articles mention it")] = ()


class Place(Form, frozen=True, kw_only=True):
    """`cards/places/`: the name in narration, other English forms, names in other languages, its position in degrees.

    `alone` holds those of a place's two names that narration may use without the other: a road may keep one of them.
    """

    name: Annotated[
        str, holds("as narration prints it at first use; of two names both, in alphabetical order, with a slash")
    ]
    what: Annotated[str, holds("what it is, in a few words", "card")]
    position: Annotated[tuple[Latitude, Longitude], holds("latitude and longitude in degrees, rounded: [39.64, 46.55]")]
    names: Annotated[
        dict[Tag, str],
        holds("its names in other languages, each behind the language's tag: {az: Laçın, hy: Բերձոր}; may be left out"),
    ] = msgspec.field(default_factory=dict)
    aliases: Annotated[tuple[str, ...], holds("other English spellings")] = ()
    moved: ClassVar[dict[str, tuple[str, str]]] = {"azerbaijani": ("names", "az"), "armenian": ("names", "hy")}
    alone: Annotated[
        tuple[str, ...],
        holds("of two names those that may stand without the other, as Derry may in “the Derry road”"),
    ] = ()


class Term(Form, frozen=True, kw_only=True):
    """`cards/terms/`: a word that a reader may need, and its meaning in one sentence."""

    term: Annotated[str, holds("the word")]
    meaning: Annotated[Prose, holds("one plain sentence; cited where it states a fact", "meaning")]
    aliases: Annotated[tuple[str, ...], holds("other forms of the word")] = ()


class Position(Form, frozen=True, kw_only=True):
    """What one voice says in a dispute."""

    voice: Annotated[str, holds("the name of a voice card", card="voices")]
    says: Annotated[Prose, holds("its account, cited", "says")]


class Claim(Form, frozen=True, kw_only=True):
    """A row of the class's grid: which articles say something, and which say otherwise."""

    claim: Annotated[str, holds("a short sentence", "claim")]
    says: Annotated[
        Locators,
        holds(
            'where articles say it, in quotation marks: "@key, para. 3; @other, para. 4"',
            missing=rules.ROW_WITHOUT_CITATION,
        ),
    ]
    otherwise: Annotated[Locators, holds("where articles say otherwise, written as in 'says'; may be left out")] = (
        Locators("")
    )


class Dispute(Form, frozen=True, kw_only=True):
    """`cards/disputes/`: a question, two or more positions on it, what to notice and who is not heard.

    `claims` are its rows in the class's grid; `short` says that the short handout tells it too.
    """

    question: Annotated[str, holds("what is disputed", "question")]
    positions: Annotated[tuple[Position, ...], holds("two or more, each with 'voice' and 'says'")]
    notice: Annotated[str | None, holds("what to look for; may be left out", "notice")] = None
    silent: Annotated[str | None, holds("who is not heard, and what no article says; may be left out", "silent")] = None
    claims: Annotated[
        tuple[Claim, ...],
        holds("the rows of the class's grid, each with 'claim', 'says' and 'otherwise'; may be left out"),
    ] = ()
    short: Annotated[bool, holds("true if the short handout tells it too; may be left out")] = False


CARDS: dict[Kind, type[Form]] = {
    "sources": Source,
    "voices": Voice,
    "places": Place,
    "terms": Term,
    "disputes": Dispute,
}
