"""The cards of a story, as frozen types: articles, voices, places, terms and disputes."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from retell.story import csl, rules
from retell.story.citations import Locators
from retell.story.dates import When
from retell.story.form import Form, Kind, holds
from retell.story.model import Side
from retell.story.prose import Prose

PUBLIC_DOMAIN: Literal["public-domain"] = "public-domain"
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90, description="a latitude in degrees")]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180, description="a longitude in degrees")]
Code = Annotated[str, msgspec.Meta(pattern="^[A-Z]{1,2}$", description="one capital letter, or two")]
Fingerprint = Annotated[
    str,
    msgspec.Meta(pattern="^[0-9a-f]{12}$", description="a fingerprint, as 'retell fingerprint' prints it"),
]
Address = Annotated[
    str,
    msgspec.Meta(pattern=r"^https?://[^\s<>]+$", description="an address that begins with http:// or https://"),
]
Tag = Annotated[
    str,
    msgspec.Meta(
        pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        max_length=35,
        description="the tag of a language, as BCP 47 writes it: az, hy, sr-Latn",
    ),
]


class Name(Form, frozen=True, kw_only=True):
    """A name as CSL writes it: whole, as an institution's, or in parts."""

    literal: Annotated[str | None, holds("the whole name, as an institution's")] = None
    family: Annotated[str | None, holds("the family name")] = None
    given: Annotated[str | None, holds("given names")] = None
    suffix: Annotated[str | None, holds("Jr., III")] = None
    dropping_particle: Annotated[
        str | None, holds("“de” in Alfred de Musset: given up before the family name alone")
    ] = None
    non_dropping_particle: Annotated[str | None, holds("“van der” in Ann van der Berg: always part of the name")] = None
    comma_suffix: Annotated[bool, holds("whether a comma stands before the suffix")] = False
    static_ordering: Annotated[bool, holds("whether the family name stands first")] = False
    either: ClassVar[tuple[str, ...]] = ("literal", "family", "given")

    def __str__(self) -> str:
        """Return the whole name, as it is spoken."""
        family = [self.dropping_particle, self.non_dropping_particle, self.family]
        parts = [*family, self.given] if self.static_ordering else [self.given, *family]
        comma = "," if self.suffix and self.comma_suffix else ""
        return self.literal or " ".join(filter(None, [" ".join(filter(None, parts)) + comma, self.suffix]))

    @property
    def short(self) -> str:
        """What a person is called for short: the family name, with what always belongs to it."""
        return self.literal or " ".join(filter(None, [self.non_dropping_particle, self.family])) or self.given or ""


HANDED_ON: dict[str, Any] = {
    name: kind
    for names, kind in ((csl.TEXTS, str), (csl.NUMBERS, str), (csl.NAMES, tuple[Name, ...]), (csl.DATES, When))
    for name in names
    if name not in csl.READ
}


class Source(Form, frozen=True, kw_only=True):
    """`cards/sources/`: an article or another document, in CSL's fields and retell's; what nobody saw is left out.

    `more` holds the other variables of CSL, by name, which are handed on to every bibliography.
    """

    type: Annotated[
        csl.SourceType,
        holds("what kind of text it is, as CSL names it: article-newspaper, interview, book, manuscript, speech …"),
    ]
    code: Annotated[Code, holds("one capital letter; A, B, C … in the order of dates, after Z AA, AB …")]
    genre: Annotated[str, holds("in a few words: news report, analysis, interview")]
    summary: Annotated[str, holds("one neutral line on what it is about", "card")]
    stance: Annotated[str, holds("how it leans, and where one sees that", "card")]
    leaves_out: Annotated[str, holds("whom and what it does not hear", "card")]
    paragraphs: Annotated[tuple[Fingerprint, ...], holds("a fingerprint of each paragraph of the body, in order")]
    title: Annotated[str | None, holds("its headline or title")] = None
    title_short: Annotated[str | None, holds("a short title, for the margin")] = None
    container_title: Annotated[str | None, holds("the paper, site or book that it stands in")] = None
    volume: Annotated[str | None, holds("of a journal")] = None
    issue: Annotated[str | None, holds("of a journal")] = None
    issued: Annotated[When | None, holds("the date when it was published")] = None
    original_date: Annotated[When | None, holds("when it was written, where it was printed later")] = None
    author: Annotated[
        tuple[Name, ...], holds("a list of names, each written '- literal: Name', or with 'family' and 'given'")
    ] = ()
    rights: Annotated[
        Literal["public-domain"] | None,
        holds("public-domain, if it belongs to nobody: then it may be quoted at any length; else left out"),
    ] = None
    url: Annotated[Address | None, holds("its address")] = msgspec.field(default=None, name="URL")
    cautions: Annotated[tuple[str, ...], holds("what a reader should be careful about", "card")] = ()
    worked_out: Annotated[tuple[str, ...], holds("what the copy does not say, and how you worked it out", "card")] = ()
    more: dict[str, Any] = msgspec.field(default_factory=dict)
    beyond: ClassVar[Mapping[str, Any]] = HANDED_ON
    former: ClassVar[tuple[str, ...]] = ("id",)

    @property
    def written(self) -> When | None:
        """When it was written, or, where the card does not say that, published."""
        return self.original_date or self.issued


class Voice(Form, frozen=True, kw_only=True):
    """`cards/voices/`: who speaks, for which side, and under which names the story mentions them."""

    name: Annotated[str, holds("as the story prints it")]
    role: Annotated[str, holds("who that is", "card")]
    side: Annotated[
        Side, holds("whose side it speaks for, in the story's own words; 'press' reports, 'other' is nobody's")
    ]
    aliases: Annotated[tuple[str, ...], holds("other names under which the story or the sources mention it")] = ()


class Place(Form, frozen=True, kw_only=True):
    """`cards/places/`: the name in narration, other English forms, names in other languages, its position in degrees.

    `alone` holds those of a place's two names that narration may use without the other: a road may keep one of them.
    """

    name: Annotated[
        str, holds("as narration prints it at first use; of two names both, in alphabetical order, with a slash")
    ]
    what: Annotated[str, holds("what it is, in a few words", "card")]
    position: Annotated[tuple[Latitude, Longitude], holds("latitude and longitude in degrees, rounded: [48.21, 16.37]")]
    names: Annotated[
        dict[Tag, str],
        holds("its names in other languages, each behind the language's tag: {de: Wien, hu: Bécs}; may be left out"),
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
            'where sources say it, in quotation marks: "@key, para. 3; @other, para. 4"',
            missing=rules.ROW_WITHOUT_CITATION,
        ),
    ]
    otherwise: Annotated[Locators, holds("where sources say otherwise, written as in 'says'; may be left out")] = (
        Locators("")
    )


class Dispute(Form, frozen=True, kw_only=True):
    """`cards/disputes/`: a question, two or more positions on it, what to notice and who is not heard.

    `claims` are its rows in the class's grid; `short` says that the short handout tells it too.
    """

    question: Annotated[str, holds("what is disputed", "question")]
    positions: Annotated[tuple[Position, ...], holds("two or more, each with 'voice' and 'says'")]
    notice: Annotated[str | None, holds("what to look for; may be left out", "notice")] = None
    silent: Annotated[str | None, holds("who is not heard, and what no source says; may be left out", "silent")] = None
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
