"""Stage 6: a Library in; every text that the narrator speaks, with what is quoted or cited in it blanked out.

A blanked character leaves another in its place, so that an index in what remains is one in the author's text. The full
stop that ends a quotation stays, for it ends the sentence as well.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from retell.story.prose import GROUP, Prose
from retell.story.rules import UNCLOSED_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Location
    from retell.story.form import Role
    from retell.story.library import Library
    from retell.story.texts import Text as FiledText

UNSPOKEN: tuple[Role, ...] = ("page", "quote", "meaning", "card")
OF_CARDS: tuple[Role, ...] = ("meaning", "card")
LIKE: dict[Role, Role] = {"claim": "question", "plan": "ask"}
"""The texts that keep the same rules of wording as others."""
TOGETHER: dict[str | int, str] = {
    "beats": "beats",
    "questions": "questions",
    "question": "dispute",
    "positions": "dispute",
    "notice": "dispute",
    "silent": "dispute",
}
"""What is told in one go, by the fields that it stands in; of the others each item may stand alone in a handout."""
MARKED = ("gist", "say", "ask", "answer", "says")
MARKS = re.compile(r"[\[\"“]")
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
TO_ITS_END = re.compile(r"(?:\\.|[^\\\"”])*[\"”]?", re.DOTALL)
HIDDEN = re.compile(r"[^.?!…]|[.?!…](?![\"”])")


class Text(msgspec.Struct, frozen=True, dict=True):
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
            return text.replace("’", "'")
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
        return "".join([*parts, text[at:]]).replace("’", "'")

    @property
    def unquoted(self) -> str:
        """The narrator's own words in their order, but not at their places; of a text not yet parsed, all words."""
        if self.prose is None:
            return GROUP.sub(" ", self.typed)
        spans = [span for claim in self.prose.claims for span in claim.spans if span.style != "quotation"]
        return " ".join([span.text for span in spans])

    def locate(self, offset: int) -> Location:
        """Give the place of a character of the text."""
        return self.file.locate(self.trail, offset)


def texts(library: Library) -> Iterator[Text]:
    """Yield every text of scenes, disputes and the lesson that the narrator speaks, in the order of the files."""
    return (_text(file, text) for file, text in library.texts() if text.role not in UNSPOKEN)


def card_texts(library: Library) -> Iterator[Text]:
    """Yield the texts of the cards that no rule of wording is for: they tell of articles and explain words."""
    return (_text(file, text) for file, text in library.texts() if text.role in OF_CARDS)


def _text(file: YamlFile, text: FiledText) -> Text:
    prose = text.value if isinstance(text.value, Prose) else None
    typed = prose.text if prose else as_typed(file, text.trail)
    first = text.trail[0]
    stretch = "notes" if text.role == "note" else TOGETHER.get(first) or " ".join(map(str, text.trail[:2]))
    speaker = text.speaker if text.role == "lead" else ""
    return Text(file, text.trail, LIKE.get(text.role, text.role), stretch, typed, prose, speaker)


def as_typed(file: YamlFile, trail: Trail) -> str:
    """Give the text at a trail of a file, which must be there, with its escapes and all its white space."""
    value: object = file.data
    for step in trail:
        value = value[step]  # type: ignore[index]  # the form was filled from it, so it is there
    return str(value)


def sentences(text: str) -> Iterable[tuple[int, str]]:
    """Cut a text into sentences, each with its offset."""
    start = 0
    for end in re.finditer(rf"[.?!…][{BLANK}”\"')\]]*+\s++(?=[A-Z“{BLANK}*])", text):
        yield start, text[start : end.end()]
        start = end.end()
    yield start, text[start:]
