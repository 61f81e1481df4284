"""Find every text that the narrator speaks, with what is quoted or cited in it blanked out.

A blanked character leaves another in its place, so that an index in what remains is one in the author's text. The full
stop that ends a quotation stays, for it ends the sentence as well.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.story.model import Aside, Quote, Say
from retell.story.prose import GROUP, Prose
from retell.story.rules import UNCLOSED_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Location
    from retell.story.lesson import Lesson
    from retell.story.library import Entry, Library
    from retell.story.model import Dispute, Scene, Story

Field: TypeAlias = Literal[
    "title",
    "gist",
    "say",
    "lead",
    "aside",
    "note",
    "ask",
    "answer",
    "question",
    "says",
    "notice",
    "silent",
    "head",
    "card",
]
MARKED = ("gist", "say", "ask", "answer", "says")
MARKS = re.compile(r"[\[\"“]")
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
TO_ITS_END = re.compile(r"(?:\\.|[^\\\"”])*[\"”]?", re.DOTALL)
ALIKE = str.maketrans({"’": "'", **dict.fromkeys("‐‑", "-")})  # one character for one: places stay as they are
HIDDEN = re.compile(r"[^.?!…]|[.?!…](?![\"”])")


class Text(msgspec.Struct, frozen=True, dict=True):
    """One text: where it stands, which field it is, and the stretch of the telling that it belongs to.

    `typed` is all of it as the author typed it; `prose` is there where that has been parsed. `speaker` is the voice
    whose words it leads in.
    """

    file: YamlFile
    trail: Trail
    field: Field
    stretch: str
    typed: str
    prose: Prose | None = None
    speaker: str = ""

    @property
    def broken(self) -> bool:
        """Whether the check has said already that a mark in it is never closed: what is quoted is then unknown."""
        faults = self.prose.faults if self.prose and self.field in MARKED else ()
        return any(fault.rule.same(UNCLOSED_MARK) for fault in faults)

    @cached_property
    def own(self) -> str:
        """The narrator's own words, at their places."""
        text = self.typed
        if not MARKS.search(text):
            return text.translate(ALIKE)
        blanks = [(group.start(), " " * len(group[0])) for group in GROUP.finditer(text)]
        for claim in (self.prose or Prose(text)).claims:
            for span in claim.quotations:
                quoted = TO_ITS_END.match(text, span.offset + 1)
                assert quoted is not None, "the pattern matches nothing too"
                blanks.append((span.offset, BLANK + HIDDEN.sub(BLANK, quoted[0])))
        parts, at = [], 0
        for start, blank in sorted(blanks):
            parts += [text[at:start], blank]
            at = start + len(blank)
        return "".join([*parts, text[at:]]).translate(ALIKE)

    @property
    def unquoted(self) -> str:
        """The narrator's own words in their order, but not at their places; of a text not yet parsed, all words."""
        if self.prose is None:
            return GROUP.sub(" ", self.typed)
        spans = [span for claim in self.prose.claims for span in claim.spans if span.style != "quotation"]
        return " ".join([span.text for span in spans])

    def locate(self, offset: int) -> Location:
        """Return the place of a character of the text."""
        return self.file.locate(self.trail, offset)


def texts(library: Library) -> Iterator[Text]:
    """Yield every text that the narrator speaks: of the story's head, scenes, disputes, the lesson and the cards."""
    if library.story:
        yield from _of_head(library.story)
    for scene in library.scenes.values():
        yield from _of_scene(scene)
    for dispute in library.disputes.values():
        yield from _of_dispute(dispute)
    if library.lesson:
        yield from _of_lesson(library.lesson)
    yield from _of_cards(library)


def _of_head(story: Entry[Story]) -> Iterator[Text]:
    """Yield what stands above all scenes: titles, the central question, what it is about, and the map's words."""
    form, file = story.form, story.file
    for name, value in (
        ("title", form.title),
        ("subtitle", form.subtitle),
        ("question", form.question),
        ("about", form.about),
    ):
        yield from _text(file, (name,), value, "head", name)
    for i, phase in enumerate(form.phases):
        yield from _text(file, ("phases", i, "title"), phase.title, "head", f"phase {i}")
    if form.map:
        yield from _text(file, ("map", "note"), form.map.note, "head", "map")
        for i, road in enumerate(form.map.roads):
            yield from _text(file, ("map", "roads", i, "name"), road.name, "head", f"road {i}")


def _of_cards(library: Library) -> Iterator[Text]:
    """Yield what the cards say in our own words: who a voice is, what a place and a term are, and of each article."""
    for voice in library.voices.values():
        yield from _text(voice.file, ("role",), voice.form.role, "card", "card")
    for place in library.places.values():
        yield from _text(place.file, ("what",), place.form.what, "card", "card")
    for term in library.terms.values():
        yield from _text(term.file, ("meaning",), term.form.meaning, "card", "card")
    for source in library.sources.values():
        form = source.form
        for field in ("summary", "stance", "leaves-out"):
            yield from _text(source.file, (field,), getattr(form, field.replace("-", "_")), "card", "card")
        for field, items in (("cautions", form.cautions), ("worked-out", form.worked_out)):
            for i, item in enumerate(items):
                yield from _text(source.file, (field, i), item, "card", "card")


def _of_scene(scene: Entry[Scene]) -> Iterator[Text]:
    form, file = scene.form, scene.file
    yield from _text(file, ("title",), form.title, "title", "title")
    yield from _text(file, ("gist",), form.gist, "gist", "gist")
    for i, beat in enumerate(form.beats):
        at: Trail = ("beats", i)
        if isinstance(beat, Say):
            yield from _text(file, (*at, "say"), beat.say, "say", "beats")
        elif isinstance(beat, Quote):
            yield from _text(file, (*at, "lead"), beat.lead, "lead", "beats", beat.by)
        elif isinstance(beat, Aside):
            yield from _text(file, (*at, "aside"), beat.aside, "aside", "beats")
        if isinstance(beat, Say | Quote):
            yield from _text(file, (*at, "note"), beat.note, "note", "notes")
    for i, question in enumerate(form.questions):
        yield from _text(file, ("questions", i, "ask"), question.ask, "ask", "questions")
        yield from _text(file, ("questions", i, "answer"), question.answer, "answer", "questions")


def _of_dispute(dispute: Entry[Dispute]) -> Iterator[Text]:
    form, file = dispute.form, dispute.file
    yield from _text(file, ("question",), form.question, "question", "dispute")
    for i, position in enumerate(form.positions):
        yield from _text(file, ("positions", i, "says"), position.says, "says", "dispute")
    yield from _text(file, ("notice",), form.notice, "notice", "dispute")
    yield from _text(file, ("silent",), form.silent, "silent", "dispute")
    for i, claim in enumerate(form.claims):
        yield from _text(file, ("claims", i, "claim"), claim.claim, "question", f"claim {i}")


def _of_lesson(lesson: Entry[Lesson]) -> Iterator[Text]:
    """Yield its texts, each under the rules of the field that it is like; each may stand alone in a handout."""
    form, file = lesson.form, lesson.file
    lists = {"aims": form.aims, "sensitivity": form.sensitivity, "starters": form.starters}
    for name, items in lists.items():
        for i, item in enumerate(items):
            yield from _text(file, (name, i), item, "ask", f"{name} {i}")
    yield from _text(file, ("task",), form.task, "ask", "task")
    for i, misconception in enumerate(form.misconceptions):
        yield from _text(file, ("misconceptions", i, "think"), misconception.think, "ask", f"misconception {i}")
        yield from _text(file, ("misconceptions", i, "says"), misconception.says, "answer", f"misconception {i}")
    for i, unknown in enumerate(form.unknown):
        yield from _text(file, ("unknown", i, "what"), unknown.what, "say", f"unknown {i}")


def _text(  # noqa: PLR0913, PLR0917 - one row of a table
    file: YamlFile, trail: Trail, value: Prose | str | None, field: Field, stretch: str, speaker: str = ""
) -> Iterator[Text]:
    """Yield the text at a trail, if there is one: as the author typed it, white space at its ends and all."""
    if isinstance(value, Prose):
        typed, prose = value.text, value
    else:
        typed, prose = as_typed(file, trail) if value else "", None
    if typed and not typed.isspace():
        yield Text(file, trail, field, stretch, typed, prose, speaker)


def as_typed(file: YamlFile, trail: Trail) -> str:
    """Return the text at a trail of a file, which must be there, with its escapes and all its white space."""
    value: object = file.data
    for step in trail:
        value = value[step]  # type: ignore[index]  # the form was filled from it, so it is there
    return str(value)


def sentences(text: str) -> Iterable[tuple[int, str]]:
    """Yield the sentences of a text, each with its offset."""
    start = 0
    for end in re.finditer(rf"[.?!…][{BLANK}”\"')\]]*+\s++(?=[A-Z“{BLANK}*])", text):
        yield start, text[start : end.end()]
        start = end.end()
    yield start, text[start:]
