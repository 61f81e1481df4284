"""Draw what a reader wants to look up, as it is at the place where the telling stands.

Imported when a panel is opened for the first time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from retell.figures import TITLES
from retell.figures.map import place_map
from retell.figures.timeline import moments, phase_spans
from retell.script.resolver import articles
from retell.script.steps import AccountsStep, QuoteStep, SayStep, SceneStep, ranges
from retell.story.mentions import Names, place_names, set_apart, term_names, voice_names
from retell.story.prose import set_line
from retell.terminal.input.keys import BINDINGS, Ask
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK, Line, Piece, indent_line, wrap
from retell.terminal.layout.map import draw_map
from retell.terminal.layout.steps import draw
from retell.terminal.layout.timeline import draw_timeline
from retell.terminal.show.evidence import NO_COPIES, Passage, stretches_of
from retell.terminal.show.player import NO_BEATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retell.copies.held import Copy
    from retell.script.resolver import Telling
    from retell.script.steps import Article, Reference, Step
    from retell.story.library import Library
    from retell.terminal.show.pager import Spot

S = TypeVar("S")
INDENT = 3  # under a title, behind its article's letter
Drawn = dict[tuple[int, int], list[Line]]  # by the number of the step and the width


class View(msgspec.Struct, frozen=True):
    """What a panel looks at: the story, where its telling stands, a frame to draw in, and the steps drawn before.

    `drawn` keeps what the next panel needs again; `copies` are the reader's, None where they named none.
    """

    telling: Telling
    spot: Spot
    frame: Frame
    drawn: Drawn
    copies: dict[str, Copy] | None = None

    @property
    def library(self) -> Library:
        """The story's files."""
        return self.telling.library

    @property
    def told(self) -> Sequence[Step]:
        """All steps that were told."""
        return self.telling.steps[: self.spot.told]

    @property
    def past(self) -> Sequence[Step]:
        """The steps that were told, up to where the telling stands."""
        return self.told[: self.spot.at + 1]

    def latest(self, *kinds: type[S]) -> S | None:
        """Return the last step of some kinds that was told, up to where the telling stands."""
        return next((step for step in reversed(self.past) if isinstance(step, kinds)), None)


def draw_panel(ask: Ask, view: View) -> list[Line]:
    """Draw the panel that is asked for."""
    return PANELS[ask](view)


def _history(view: View) -> list[Line]:
    width = view.frame.width
    for at, step in enumerate(view.told):
        if (at, width) not in view.drawn:
            view.drawn[at, width] = draw(step, width)
    lines = [line for at in range(view.spot.told) for line in view.drawn[at, width]]
    return lines or view.frame.text("Nothing has been told yet.")


def _sources(view: View) -> list[Line]:
    frame = view.frame
    step: object = next((step for step in reversed(view.past) if not isinstance(step, NO_BEATS)), None)
    title = "What this beat rests on"
    if not stretches_of(step) and (before := view.latest(SayStep, QuoteStep, AccountsStep)):
        step, title = before, "What the passage before rests on"
    references = [reference for stretch in stretches_of(step) for reference in stretch.references]
    if not references:
        return frame.text("What stands here rests on no article.")
    known = {article.code: article for article in articles(view.library) if _is_cited(article, references)}
    cited = {code: sorted(_numbers(code, references)) for code in sorted(known)}
    passage = Passage(frame, step, tuple((code, number) for code in cited for number in cited[code]))
    if view.spot.walk and any(cited.values()) and view.copies:
        lengths = {code: len(view.library.sources[known[code].key].form.paragraphs) for code in cited}
        beside = [(known[code], view.copies.get(known[code].key), lengths[code]) for code in cited]
        return passage.draw_beside(beside, view.spot.walk)
    lines = frame.text(title, "scene")
    for code, numbers in cited.items():
        lines += [BLANK, *_article(frame, known[code], numbers)]
        if view.copies is not None:
            lines += [*passage.draw_cited(known[code], view.copies.get(known[code].key), INDENT), BLANK]
        lines += _notes(frame, known[code])
    note = step.note if isinstance(step, SayStep | QuoteStep) else ""
    lines += [BLANK, *frame.text(f"How we know: {note}")] if note else []
    return lines if view.copies is not None else [*lines, BLANK, *frame.text(NO_COPIES, "quiet")]


def _is_cited(article: Article, references: Sequence[Reference]) -> bool:
    return any(reference.code == article.code for reference in references)


def _numbers(code: str, references: Sequence[Reference]) -> set[int]:
    return {number for reference in references if reference.code == code for number in reference.paragraphs}


def _article(frame: Frame, article: Article, paragraphs: list[int]) -> list[Line]:
    lines = frame.labelled(f"{article.code}  ", article.title, "cite")
    lines += frame.text(f"{article.outlet} · {article.date} · {article.genre}", indent=INDENT)
    cited = f"paragraph{'s' if len(paragraphs) > 1 else ''} {ranges(paragraphs)}" if paragraphs else "as a whole"
    return lines + frame.text(f"cited here: {cited}", "speaker", indent=INDENT)


def _notes(frame: Frame, article: Article) -> list[Line]:
    lines: list[Line] = []
    if article.url:
        # an address that is broken cannot be copied, so it may be as long as the screen is wide
        room = max(frame.width - frame.margin - INDENT, 1)
        address = wrap([(Piece(article.url, "cite", link=article.url),)], room)
        lines += [indent_line(line, frame.margin + INDENT) for line in address]
    for label, texts in (("worked out", article.worked_out), ("caution", article.cautions)):
        for text in texts:
            lines += frame.text(f"{label}: {text}", "quiet", indent=INDENT)
    return lines


def _dispute(view: View) -> list[Line]:
    step = view.latest(AccountsStep)
    return draw(step, view.frame.width, columns=False) if step else view.frame.text("No dispute has been told yet.")


def _names(view: View) -> list[Line]:
    frame = view.frame
    text = set_apart(text for step in view.told for text in _texts(step))
    places = [view.library.places[card].form for card in _found(place_names(view.library), text)]
    voices = [view.library.voices[card].form for card in _found(voice_names(view.library), text)]
    terms = [view.library.terms[card].form for card in _found(term_names(view.library), text)]
    lines = frame.text("Places", "scene") if places else []
    for place in places:
        spellings = " / ".join(filter(None, dict.fromkeys(map(set_line, (place.azerbaijani, place.armenian)))))
        lines += frame.text(set_line(place.name))
        lines += frame.text(": ".join(filter(None, (spellings, set_line(place.what)))), "quiet", indent=2)
    lines += [*([BLANK] if places else []), *frame.text("Voices", "scene")] if voices else []
    for voice in voices:
        lines += [*frame.text(set_line(voice.name)), *frame.text(set_line(voice.role), "quiet", indent=2)]
    lines += [*([BLANK] if lines else []), *frame.text("Words", "scene")] if terms else []
    for term in terms:
        lines += [*frame.text(set_line(term.term)), *frame.text(term.meaning.plain, "quiet", indent=2)]
    return lines or frame.text("No names have been told yet.")


def _texts(step: object) -> list[str]:
    """Return the texts of a step in which names are met."""
    stretches = step.stretches if isinstance(step, SayStep) else ()
    texts = [str(getattr(step, name, "")) for name in ("title", "where", "lead", "quote", "speaker", "note", "text")]
    if isinstance(step, AccountsStep):
        stretches = tuple(stretch for account in step.accounts for stretch in account.stretches)
        texts += [step.question, step.notice, step.silent, *(account.voice for account in step.accounts)]
    return [*texts, *(stretch.text for stretch in stretches)]


def _found(names: Names, text: str) -> list[str]:
    return sorted(names.found_in(text))


def _timeline(view: View) -> list[Line]:
    scene = view.latest(SceneStep)
    here = scene.place.number if scene else None
    spans = phase_spans(view.library)
    lines = view.frame.figure("timeline", draw_timeline(moments(view.library), spans, view.frame.room, here=here))
    return lines or view.frame.text(f"{TITLES['timeline']}: no scene has a date.")


def _map(view: View) -> list[Line]:
    lines = view.frame.figure("map", draw_map(place_map(view.library), view.frame.room))
    return lines or view.frame.text(f"{TITLES['map']}: there are no places.")


def _help(view: View) -> list[Line]:
    frame = view.frame
    label = max(len(binding.shown) for binding in BINDINGS) + 2
    lines: list[Line] = []
    for binding in BINDINGS:
        if frame.width >= 40:
            lines += frame.labelled(binding.shown.ljust(label), binding.does)
        else:
            lines += [*frame.text(binding.shown, "scene"), *frame.text(binding.does, indent=2)]
    return lines


PANELS: dict[Ask, Callable[[View], list[Line]]] = {
    Ask.HISTORY: _history,
    Ask.SOURCES: _sources,
    Ask.NAMES: _names,
    Ask.TIMELINE: _timeline,
    Ask.MAP: _map,
    Ask.DISPUTE: _dispute,
    Ask.HELP: _help,
}
