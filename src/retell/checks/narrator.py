"""Stage 6: a Library in; every text that the narrator speaks, with what is quoted or cited in it blanked out.

A blanked character leaves another in its place, so that an index in what remains is one in the author's text. The full
stop that ends a quotation stays, for it ends the sentence as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from retell.model import Aside, Quote, Say
from retell.prose import GROUP, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.library import Entry, Library
    from retell.model import Dispute, Scene
    from retell.problems import Location
    from retell.yamlfile import Trail, YamlFile

Field: TypeAlias = Literal[
    "title", "gist", "say", "lead", "aside", "note", "ask", "answer", "question", "says", "notice", "silent"
]
MARKED = ("gist", "say", "ask", "answer", "says")
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
TO_ITS_END = re.compile(r"(?:\\.|[^\\\"”])*[\"”]?", re.DOTALL)
HIDDEN = re.compile(r"[^.?!…]|[.?!…](?![\"”])")


@dataclass(frozen=True)
class Text:
    """One text: where it stands, which field it is, and the stretch of the telling that it belongs to.

    `speaker` is the voice whose words it leads in.
    """

    file: YamlFile
    trail: Trail
    field: Field
    stretch: str
    prose: Prose
    speaker: str = ""

    @property
    def broken(self) -> bool:
        """Whether the check has said already that a mark in it is never closed: what is quoted is then unknown."""
        return self.field in MARKED and any(fault.rule == "unclosed-mark" for fault in self.prose.faults)

    @cached_property
    def own(self) -> str:
        """The narrator's own words, at their places."""
        text = self.prose.text
        blanks = [(group.start(), " " * len(group[0])) for group in GROUP.finditer(text)]
        for claim in self.prose.claims:
            for span in claim.quotations:
                quoted = TO_ITS_END.match(text, span.offset + 1)
                assert quoted is not None, "the pattern matches nothing too"
                blanks.append((span.offset, BLANK + HIDDEN.sub(BLANK, quoted[0])))
        parts, at = [], 0
        for start, blank in sorted(blanks):
            parts += [text[at:start], blank]
            at = start + len(blank)
        return "".join([*parts, text[at:]]).replace("’", "'")

    def locate(self, offset: int) -> Location:
        """Give the place of a character of the text."""
        return self.file.locate(self.trail, offset)


def texts(library: Library) -> Iterator[Text]:
    """Give every text of scenes and disputes that the narrator speaks, in the order of the files and of the telling."""
    for scene in library.scenes.values():
        yield from _of_scene(scene)
    for dispute in library.disputes.values():
        yield from _of_dispute(dispute)


def _of_scene(scene: Entry[Scene]) -> Iterator[Text]:
    yield from _text(scene, ("title",), "title", "title")
    yield from _text(scene, ("gist",), "gist", "gist")
    for i, beat in enumerate(scene.form.beats):
        at: Trail = ("beats", i)
        if isinstance(beat, Say):
            yield from _text(scene, (*at, "say"), "say", "beats")
        elif isinstance(beat, Quote):
            yield from _text(scene, (*at, "lead"), "lead", "beats", beat.by)
        elif isinstance(beat, Aside):
            yield from _text(scene, (*at, "aside"), "aside", "beats")
        if isinstance(beat, Say | Quote):
            yield from _text(scene, (*at, "note"), "note", "notes")
    for i in range(len(scene.form.questions)):
        yield from _text(scene, ("questions", i, "ask"), "ask", "questions")
        yield from _text(scene, ("questions", i, "answer"), "answer", "questions")


def _of_dispute(dispute: Entry[Dispute]) -> Iterator[Text]:
    yield from _text(dispute, ("question",), "question", "dispute")
    for i in range(len(dispute.form.positions)):
        yield from _text(dispute, ("positions", i, "says"), "says", "dispute")
    yield from _text(dispute, ("notice",), "notice", "dispute")
    yield from _text(dispute, ("silent",), "silent", "dispute")


def _text(
    entry: Entry[Scene] | Entry[Dispute], trail: Trail, field: Field, stretch: str, speaker: str = ""
) -> Iterator[Text]:
    """Give the text at a trail as the author typed it, if there is one."""
    value: object = entry.file.data
    for step in trail:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            return
    if isinstance(value, str) and value.strip():
        yield Text(entry.file, trail, field, stretch, Prose(value), speaker)


def sentences(text: str) -> Iterable[tuple[int, str]]:
    """Cut a text into sentences, each with its offset."""
    start = 0
    for end in re.finditer(rf"[.?!…][{BLANK}”\"')\]]*+\s++(?=[A-Z“{BLANK}*])", text):
        yield start, text[start : end.end()]
        start = end.end()
    yield start, text[start:]
