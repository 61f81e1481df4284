"""Draw what a reader wants to look up, as it is at the place where the telling stands.

Imported when a panel is opened for the first time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from rich.cells import cell_len, set_cell_size

from retell.figures import TITLES
from retell.figures.map import place_map
from retell.figures.timeline import moments, phase_spans
from retell.script.resolver import articles
from retell.script.steps import AccountsStep, PhaseStep, QuoteStep, SayStep, SceneStep, ranges
from retell.story.mentions import Names, place_names, set_apart, term_names, voice_names
from retell.story.prose import set_line
from retell.terminal.input.keys import BINDINGS, Ask
from retell.terminal.layout.frame import MEASURE, Frame
from retell.terminal.layout.lines import BLANK, Line, Piece, indent_line, wrap
from retell.terminal.layout.map import draw_map
from retell.terminal.layout.steps import draw
from retell.terminal.layout.timeline import draw_timeline
from retell.terminal.show.pace import Pace
from retell.terminal.show.pager import CHOSEN
from retell.terminal.show.route import NO_BEATS
from retell.terminal.show.timing import minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retell.script.resolver import Telling
    from retell.script.steps import Article, Reference, Step
    from retell.story.library import Library
    from retell.terminal.show.pager import Spot

S = TypeVar("S")
FEWEST_TITLE_COLUMNS = 20  # of the contents; where titles have less, the minutes are left out
INDENT = 3  # under a title, behind its article's letter
Drawn = dict[tuple[int, int], list[Line]]  # by the number of the step and the width


class View(msgspec.Struct, frozen=True):
    """What a panel looks at: the story, where its telling stands, a frame, the steps drawn before, and the pace."""

    telling: Telling
    spot: Spot
    frame: Frame
    drawn: Drawn
    pace: Pace

    @property
    def library(self) -> Library:
        """The story's files."""
        return self.telling.library

    @property
    def told(self) -> Sequence[Step]:
        """All steps that were told."""
        return [self.telling.steps[at] for at in self.spot.told]

    @property
    def past(self) -> Sequence[Step]:
        """The steps that were told, up to where the telling stands."""
        return [self.telling.steps[at] for at in self.spot.told if at <= self.spot.at]

    def latest(self, *kinds: type[S]) -> S | None:
        """Return the last step of some kinds that was told, up to where the telling stands."""
        return next((step for step in reversed(self.past) if isinstance(step, kinds)), None)


def draw_panel(view: View, ask: Ask) -> list[Line]:
    """Draw the panel that is asked for; the view keeps the drawn steps that the next panel needs again."""
    return PANELS[ask](view)


def _history(view: View) -> list[Line]:
    width = view.frame.width
    for at in view.spot.told:
        if (at, width) not in view.drawn:
            view.drawn[at, width] = draw(view.telling.steps[at], width)
    lines = [line for at in view.spot.told for line in view.drawn[at, width]]
    return lines or view.frame.text("Nothing has been told yet.")


def _sources(view: View) -> list[Line]:
    frame = view.frame
    step = next((step for step in reversed(view.past) if not isinstance(step, NO_BEATS)), None)
    references = _references(step)
    if not references:
        return frame.text("What stands here rests on no article.")
    known = {article.code: article for article in articles(view.library)}
    lines = frame.text("What this beat rests on", "scene")
    for code in sorted({reference.code for reference in references}):
        cited = {number for reference in references if reference.code == code for number in reference.paragraphs}
        lines += [BLANK, *_article(frame, known[code], sorted(cited))]
    note = step.note if isinstance(step, SayStep | QuoteStep) else ""
    return [*lines, BLANK, *frame.text(f"How we know: {note}")] if note else lines


def _references(step: object) -> list[Reference]:
    """Return all that a beat rests on."""
    if isinstance(step, QuoteStep):
        return [*step.references]
    stretches = step.stretches if isinstance(step, SayStep) else ()
    if isinstance(step, AccountsStep):
        stretches = tuple(stretch for account in step.accounts for stretch in account.stretches)
    return [reference for stretch in stretches for reference in stretch.references]


def _article(frame: Frame, article: Article, paragraphs: list[int]) -> list[Line]:
    lines = frame.labelled(f"{article.code}  ", article.title, "cite")
    lines += frame.text(f"{article.outlet} · {article.date} · {article.genre}", indent=INDENT)
    cited = f"paragraph{'s' if len(paragraphs) > 1 else ''} {ranges(paragraphs)}" if paragraphs else "as a whole"
    lines += frame.text(f"cited here: {cited}", "speaker", indent=INDENT)
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


def _contents(view: View) -> list[Line]:
    """List the scenes, each with its minutes and whether it was told; choosing one leads there."""
    frame, here = view.frame, view.latest(SceneStep)
    steps = view.telling.steps
    starts = [at for at, step in enumerate(steps) if isinstance(step, SceneStep)]
    lines = [*frame.text("Contents", "scene"), BLANK]
    for at, end in zip(starts, [*starts[1:], len(steps)], strict=True):
        before, scene = steps[at - 1] if at else None, steps[at]
        assert isinstance(scene, SceneStep)
        if isinstance(before, PhaseStep) and not before.frame:
            lines += frame.text(before.title, "quiet")
        told = "told" if at in view.spot.told else ""
        long = f"{minutes(steps[at:end], view.pace):>4} min  {told:<4}"
        mark = CHOSEN if here is not None and here.place == scene.place else " "
        label = f"{mark} {scene.place.number:>2}  "
        room = min(MEASURE, frame.width) - cell_len(label) - cell_len(long)
        if room < FEWEST_TITLE_COLUMNS:
            room, long = frame.width - cell_len(label), ""
        title = scene.title if cell_len(scene.title) <= room else set_cell_size(scene.title, room - 1) + "…"
        text = f"{label}{set_cell_size(title, room)}{long}"
        lines.append(Line((Piece(text.rstrip()),), at - isinstance(before, PhaseStep)))
    return lines


def _find(view: View) -> list[Line]:
    """List the beats told so far that have the words looked for; choosing one leads there."""
    frame, sought = view.frame, view.spot.words.casefold()
    lines: list[Line] = [*frame.text(f"“{view.spot.words}”, in what was told so far", "scene"), BLANK]
    for at in view.spot.told:
        step = view.telling.steps[at]
        if isinstance(step, NO_BEATS) or not any(sought in text.casefold() for text in _texts(step)):
            continue
        text = next(text for text in _texts(step) if sought in text.casefold())
        start = max(0, text.casefold().index(sought) - 30)
        around = ("…" if start else "") + text[start : start + max(20, frame.measure - 8)]
        lines.append(Line((Piece(f"  {step.place.number:>2}  {around}"),), at))
    return lines if len(lines) > 2 else frame.text(f"“{view.spot.words}” has not been told so far.")


def _questions(view: View) -> list[Line]:
    """Ask the questions of the scene that the reader is in."""
    frame, scene = view.frame, view.latest(SceneStep)
    asked = view.library.scenes[scene.place.scene].form.questions if scene else ()
    lines = frame.text("Questions to this scene", "scene") if asked else frame.text("Nothing is asked here.")
    for number, question in enumerate(asked, 1):
        lines += [BLANK, *frame.labelled(f"{number}  ", question.ask.plain)]
    return lines


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
    Ask.CONTENTS: _contents,
    Ask.FIND: _find,
    Ask.QUESTIONS: _questions,
}
