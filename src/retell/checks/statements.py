"""List everything that a story asserts, one statement after the other, each with the paragraphs that must bear it.

A statement of narration, of a position or of an answer is a stretch of text with the citation that ends it. Whatever
else asserts something is one as well: a quotation with its speaker, a note, a date, a place, what a dispute notices or
calls silent, a row of the class's grid, a term, and what a card says of its article or of a voice.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.story.articles import dates_of
from retell.story.citations import MOST_PARAGRAPHS, Citation
from retell.story.prose import Prose
from retell.story.texts import disputes_in, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Location
    from retell.story.cards import Dispute, Source, Term
    from retell.story.citations import Locators
    from retell.story.lesson import Lesson
    from retell.story.library import Entry, Library
    from retell.story.model import Scene
    from retell.story.texts import Text

Kind: TypeAlias = Literal[
    "narration",
    "quotation",
    "note",
    "gist",
    "answer",
    "when",
    "where",
    "position",
    "notice",
    "silent",
    "says",
    "says otherwise",
    "term",
    "source",
    "voice",
    "place",
]
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
LOCATORS = re.compile(r"(?:\b([A-Z])\s)?¶¶?\s?(\d+)(?:\s?[-–]\s?(\d+))?")  # as a card's text names a paragraph


class Statement(msgspec.Struct, frozen=True):
    """One thing that the story asserts.

    `name` is what people call it by, and no two have the same; `part` is the scene, dispute or card that it stands in;
    `speaker` is a voice's id, where somebody is said to speak; a citation without paragraphs is the whole article.
    """

    name: str
    kind: Kind
    text: str
    part: str
    file: YamlFile
    trail: Trail
    offset: int | None = None
    speaker: str = ""
    citations: tuple[Citation, ...] = ()

    @property
    def place(self) -> Location:
        """Where it begins in its file."""
        return self.file.locate(self.trail, self.offset)

    @property
    def key(self) -> tuple[str, Trail, int | None]:
        """Where it stands, for what is found there by other means."""
        return self.file.name, self.trail, self.offset


def statements(library: Library) -> list[Statement]:
    """Return all statements: of the scenes as they are told, then of the disputes, the class's file and the cards."""
    listed = [entry.id for entry in library.told()]
    keys = {source.form.code: source.id for source in library.sources.values()}
    scenes = [library.scenes[name] for name in dict.fromkeys([*listed, *library.scenes])]
    found = chain(
        chain.from_iterable(_of_scene(library, scene) for scene in scenes),
        chain.from_iterable(map(_of_dispute, library.disputes.values())),
        _of_lesson(library.lesson) if library.lesson else (),
        *map(_of_term, library.terms.values()),
        *(_of_source(keys, entry) for entry in library.sources.values()),
        _of_names(library),
    )
    return [statement for statement in found if statement.text]


def parts_named(library: Library, name: str) -> frozenset[str] | None:
    """Return the scenes and disputes that a scene's id or number, or a phase's id, stands for; None for another name.

    A dispute belongs to the scenes that tell it.
    """
    told = {entry.id: entry for entry in library.told()}
    numbered = dict(enumerate(told, 1))
    phase = [entry.id for entry in told.values() if entry.form.phase == name]
    scenes = [name] if name in library.scenes else phase
    if not scenes and name.isdecimal() and len(name) < 6 and int(name) in numbered:
        scenes = [numbered[int(name)]]
    if not scenes:
        return None
    return frozenset(scenes) | disputes_in(library.scenes[scene].form for scene in scenes).keys()


def _of_scene(library: Library, entry: Entry[Scene]) -> Iterator[Statement]:
    form, file, name = entry.form, entry.file, entry.id
    beats = [list(texts(beat, ("beats", i))) for i, beat in enumerate(form.beats)]
    cited = joined(chain(form.gist.citations, *(text.citations for found in beats for text in found)))
    if form.when:
        yield Statement(f"{name}, when", "when", f"{form.title}: {form.when}", name, file, ("when",), citations=cited)
    if form.where:
        place = library.places.get(form.where)
        text = f"{form.title}: {place.form.name if place else form.where}"
        yield Statement(f"{name}, where", "where", text, name, file, ("where",), citations=cited)
    yield from _of_prose("gist", f"{name}, gist", name, file, ("gist",), form.gist)
    if form.plain:
        yield from _of_prose("gist", f"{name}, plain", name, file, ("plain",), form.plain)
    for number, found in enumerate(beats, 1):
        yield from _of_beat(f"{name} {number}", name, file, found)
    for i, question in enumerate(form.questions):
        called, trail = f"{name}, answer {i + 1}", ("questions", i, "answer")
        yield from _of_prose("answer", called, name, file, trail, question.answer)


def _of_beat(called: str, part: str, file: YamlFile, found: list[Text]) -> Iterator[Statement]:
    lead = " ".join(_line(text.plain) for text in found if text.role == "lead")
    grounds: tuple[Citation, ...] = ()
    for text in found:
        if isinstance(text.value, Prose):
            yield from _of_prose("narration", called, part, file, text.trail, text.value)
            grounds = joined(text.citations)
        elif text.role == "quote":
            said = f"{lead} “{_line(text.plain)}”"
            yield Statement(called, "quotation", said, part, file, text.trail, None, text.speaker, text.citations)
            grounds = text.citations
        elif text.role == "note":
            yield Statement(f"{called}, note", "note", _line(text.plain), part, file, text.trail, citations=grounds)


def _of_dispute(entry: Entry[Dispute]) -> Iterator[Statement]:
    form, file, name = entry.form, entry.file, entry.id
    for i, position in enumerate(form.positions):
        called, trail = f"{name}, position {i + 1}", ("positions", i, "says")
        yield from _of_prose("position", called, name, file, trail, position.says, position.voice)
    cited = joined(citation for position in form.positions for citation in position.says.citations)
    yield Statement(f"{name}, notice", "notice", _line(form.notice), name, file, ("notice",), citations=cited)
    yield Statement(f"{name}, silent", "silent", _line(form.silent), name, file, ("silent",), citations=cited)
    for i, claim in enumerate(form.claims):
        at = ("claims", i, "claim")
        sides: tuple[tuple[Kind, Locators | None], ...] = (("says", claim.says), ("says otherwise", claim.otherwise))
        for kind, locators in sides:
            if locators is not None and locators.citations:
                called = f"{name}, claim {i + 1}, {kind}"
                yield Statement(called, kind, _line(claim.claim), name, file, at, citations=locators.citations)


def _of_lesson(entry: Entry[Lesson]) -> Iterator[Statement]:
    for i, misconception in enumerate(entry.form.misconceptions):
        trail = ("misconceptions", i, "says")
        yield from _of_prose("answer", f"class, misconception {i + 1}", "class", entry.file, trail, misconception.says)
    for i, unknown in enumerate(entry.form.unknown):
        yield from _of_prose(
            "narration", f"class, unknown {i + 1}", "class", entry.file, ("unknown", i, "what"), unknown.what
        )


def _of_term(entry: Entry[Term]) -> Iterator[Statement]:
    return _of_prose("term", f"term {entry.id}", entry.id, entry.file, ("meaning",), entry.form.meaning)


def _of_source(keys: Mapping[str, str], entry: Entry[Source]) -> Iterator[Statement]:
    form, file, name = entry.form, entry.file, entry.id
    whole = (Citation(name, (), 0),)
    printed = ", ".join(filter(None, (form.container_title, dates_of(form), form.title, *map(str, form.author))))
    yield Statement(f"{form.code}, printed", "source", printed, name, file, ("container-title",), citations=whole)
    for field, value in (
        ("genre", form.genre),
        ("summary", form.summary),
        ("stance", form.stance),
        ("leaves-out", form.leaves_out),
    ):
        cited = _located(keys, name, value)
        yield Statement(f"{form.code}, {field}", "source", _line(value), name, file, (field,), citations=cited)
    for field, items in (("caution", form.cautions), ("worked out", form.worked_out)):
        for i, item in enumerate(items):
            trail = ("cautions" if field == "caution" else "worked-out", i)
            cited = _located(keys, name, item)
            called = f"{form.code}, {field} {i + 1}"
            yield Statement(called, "source", _line(item), name, file, trail, citations=cited)


def _of_names(library: Library) -> Iterator[Statement]:
    for voice in library.voices.values():
        said = f"{voice.form.name}: {voice.form.role} (side: {voice.form.side})"
        yield Statement(f"voice {voice.id}", "voice", said, voice.id, voice.file, ("role",))
    for place in library.places.values():
        said = f"{place.form.name}: {place.form.what}"
        yield Statement(f"place {place.id}", "place", said, place.id, place.file, ("what",))


def _of_prose(  # noqa: PLR0913, PLR0917 - one row of a table
    kind: Kind, name: str, part: str, file: YamlFile, trail: Trail, prose: Prose, speaker: str = ""
) -> Iterator[Statement]:
    """Yield each stretch of a prose; where there is more than one, it is named by its number."""
    for i, claim in enumerate(prose.claims):
        called = name if len(prose.claims) == 1 else f"{name}, {_ordinal(i)} sentence"
        yield Statement(called, kind, claim.text, part, file, trail, claim.offset, speaker, claim.citations)


def _ordinal(index: int) -> str:
    return ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def joined(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Join citations of one article, its paragraphs each once and in their order; cited as a whole it stays whole."""
    numbers: dict[str, set[int]] = {}
    whole: set[str] = set()
    for citation in citations:
        numbers.setdefault(citation.key, set()).update(citation.paragraphs)
        whole |= set() if citation.paragraphs else {citation.key}
    return tuple(Citation(key, () if key in whole else tuple(sorted(found)), 0) for key, found in numbers.items())


def _located(keys: Mapping[str, str], key: str, text: str) -> tuple[Citation, ...]:
    """Return the paragraphs that a card's text names, `¶6` of its own article, `C ¶6` of another; else the article.

    `keys` are those of the articles, by their codes.
    """
    found = [
        Citation(keys.get(match[1] or "", key), tuple(numbers), 0)
        for match in LOCATORS.finditer(text)
        if (numbers := numbers_of(match))
    ]
    return joined(found) if found else (Citation(key, (), 0),)


def numbers_of(match: re.Match[str]) -> range:
    """Return the paragraphs that a match of LOCATORS names, as many as a citation may; none of numbers without end."""
    first, last = match[2], match[3] or match[2]
    if max(len(first), len(last)) >= 5:
        return range(0)
    return range(int(first), min(int(last), int(first) + MOST_PARAGRAPHS - 1) + 1)
