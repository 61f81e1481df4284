"""Draw the paragraphs that a passage rests on, from the reader's own copies, and those beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.copies.search import TOKEN
from retell.copies.text import words_of
from retell.files.characters import without_unseen
from retell.story.prose import Span, Style
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK, cut_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.copies.held import Copy
    from retell.script.steps import Step, Stretch
    from retell.story.articles import Article
    from retell.terminal.layout.lines import Line

LACKING = "Your copies lack this paragraph; 'retell copies' says why."
NO_COPIES = "With your own copies their words stand here: retell copies DIR"
NOT_CITED = "not cited here"
CITED = "cited here"
MARKED: Style = "emphasis"


class Passage(msgspec.Struct, frozen=True):
    """What a passage of the telling rests on: its step, the paragraphs that it cites, and a frame to draw them in."""

    frame: Frame
    step: Step
    cited: tuple[tuple[str, int], ...]

    def draw_cited(self, article: Article, copy: Copy | None, indent: int) -> list[Line]:
        """Draw the paragraphs of an article that are cited, with what is quoted or counted marked in them."""
        lines: list[Line] = []
        for number in (number for code, number in self.cited if code == article.code):
            lines += [BLANK, *self.frame.text(f"{article.code} ¶{number}", "cite", indent=indent)]
            lines += self._draw_text(article.code, number, copy, indent)
        return lines

    def draw_beside(self, known: Sequence[tuple[Article, Copy | None, int]], walk: int) -> list[Line]:
        """Draw the paragraph that is so many steps from those that are cited, forward or (less than 0) back.

        Each article comes with its copy and the number of its paragraphs; beyond the last of them nothing is reached.
        """
        places = [(article, copy, n) for article, copy, length in known for n in range(1, length + 1)]
        names = [(article.code, n) for article, _, n in places]
        first = [place for place in self.cited if place[0] == self.cited[0][0]]
        start = names.index(max(first)) if walk > 0 else names.index(min(first))
        article, copy, number = places[min(max(start + walk, 0), len(places) - 1)]
        lines = self.frame.text(f"{article.code} ¶{number} · {article.outlet or article.title}", "scene")
        lines += self.frame.text(CITED if (article.code, number) in self.cited else NOT_CITED, "speaker")
        return [*lines, BLANK, *self._draw_text(article.code, number, copy, 0)]

    def _draw_text(self, code: str, number: int, copy: Copy | None, indent: int) -> list[Line]:
        text = without_unseen(copy.printed.get(number, "")) if copy else ""
        if not text:
            return self.frame.text(LACKING, "quiet", indent=indent)
        told = [
            stretch
            for stretch in self.step.claims
            if any(reference.code == code and number in reference.paragraphs for reference in stretch.references)
        ]
        return self.frame.set(cut_marked(marked(text, told)), indent=indent)


def marked(text: str, stretches: Iterable[Stretch]) -> Iterator[Span]:
    """Cut a paragraph into spans, those marked that a claim quotes or counts."""
    places = sorted({place for stretch in stretches for place in (*_quoted(text, stretch), *_counted(text, stretch))})
    end = 0
    for start, stop in places:
        if stop <= end:
            continue
        if start > end:
            yield Span(text[end:start])
        yield Span(text[max(start, end) : stop], MARKED)
        end = stop
    if end < len(text):
        yield Span(text[end:])


def _quoted(text: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    words = [(word, token.start(), token.end()) for token in TOKEN.finditer(text) for word in words_of(token[0])]
    alone = [word for word, _, _ in words]
    for span in stretch.spans:
        for piece in span.text.split("…") if span.style == "quotation" else ():
            sought = words_of(piece)
            for at in range(len(alone) - len(sought) + 1) if sought else ():
                if alone[at : at + len(sought)] == sought:
                    yield words[at][1], words[at + len(sought) - 1][2]


def _counted(text: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    from retell.checks.evidence.quantities import quantities  # noqa: PLC0415 - only where copies are held

    own = " ".join(span.text for span in stretch.spans if span.style != "quotation")
    told = {reading for quantity in quantities(own) for reading in quantity.readings}
    return ((each.start, each.end) for each in quantities(text) if told.intersection(each.readings))
