"""Find every text that the narrator speaks, with what is quoted or cited in it blanked out.

A blanked character leaves another in its place, so that an index in what remains is one in the author's text. The full
stop that ends a quotation stays, for it ends the sentence as well.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from retell.files.characters import STOPS
from retell.story.prose import CLOSED_BY, GROUP, QUOTATION_MARKS, Prose
from retell.story.rules import UNCLOSED_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Location
    from retell.story.form import Role
    from retell.story.library import Library
    from retell.story.texts import Text

LIKE: dict[Role, Role] = {"claim": "question", "plan": "ask", "meaning": "card"}
"""The texts that keep the same rules of wording as others."""
TOGETHER: dict[str | int, str] = {
    "beats": "beats",
    "questions": "questions",
    "question": "dispute",
    "positions": "dispute",
    "notice": "dispute",
    "silent": "dispute",
}
"""What is told in one go, by the field that it stands in; of the others each item may stand alone in a handout."""
MARKED = ("gist", "say", "ask", "answer", "says")
MARKS = re.compile(rf"[\[{''.join(CLOSED_BY)}]")
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
TO_ITS_END = {
    mark: re.compile(rf"(?:\\.|[^\\{closing}])*[{closing}]?", re.DOTALL) for mark, closing in CLOSED_BY.items()
}
ALIKE = str.maketrans({"’": "'", **dict.fromkeys("‐‑‒–", "-")})  # one character for one: places stay as they are
HIDDEN = re.compile(rf"[^{STOPS}]|[{STOPS}](?![{QUOTATION_MARKS}])")


class Narration(msgspec.Struct, frozen=True, dict=True):
    """One text: where it stands, which field it is, and the stretch of the telling that it belongs to.

    `typed` is all of it as the author typed it; `prose` is there where that has been parsed. `speaker` is the voice
    whose words it leads in.
    """

    file: YamlFile
    trail: Trail
    field: Role
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
                quoted = TO_ITS_END[text[span.offset]].match(text, span.offset + 1)
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


def texts(library: Library) -> Iterator[Narration]:
    """Yield every text that the narrator speaks: of the story's head, scenes, disputes, the lesson and the cards."""
    return (_text(file, text) for file, text in library.texts() if text.role != "quote")


def _text(file: YamlFile, text: Text) -> Narration:
    prose = text.value if isinstance(text.value, Prose) else None
    typed = prose.text if prose else as_typed(file, text.trail)
    role = LIKE.get(text.role, text.role)
    speaker = text.speaker if text.role == "lead" else ""
    return Narration(file, text.trail, role, _stretch(text), typed, prose, speaker)


def _stretch(text: Text) -> str:
    """Return a name for the stretch of the telling that a text belongs to."""
    if text.role == "note":
        return "notes"
    items = [at for at, name in enumerate(text.trail, 1) if isinstance(name, int)]
    alone = text.trail[: items[-1]] if items else text.trail
    return TOGETHER.get(text.trail[0]) or " ".join(map(str, alone))


def as_typed(file: YamlFile, trail: Trail) -> str:
    """Return the text at a trail of a file, which must be there, with its escapes and all its white space."""
    value: object = file.data
    for step in trail:
        value = value[step]  # type: ignore[index]  # the form was filled from it, so it is there
    return str(value)


def sentences(text: str) -> Iterable[tuple[int, str]]:
    """Yield the sentences of a text, each with its offset."""
    start = 0
    for end in re.finditer(rf"[{STOPS}][{BLANK}”\"')\]]*+(?:\s++(?=[A-Z“{BLANK}*])|(?<=[。！？]))", text):
        yield start, text[start : end.end()]
        start = end.end()
    yield start, text[start:]
