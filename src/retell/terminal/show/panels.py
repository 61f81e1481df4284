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
from retell.script.selection import scene_starts
from retell.script.steps import AccountsStep, PhaseStep, SceneStep
from retell.story.columns import several
from retell.story.mentions import Names, set_apart
from retell.story.references import by_code, ranges
from retell.story.typography import set_line
from retell.terminal.input.keys import BINDINGS, Ask
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import BLANK, Line, Piece, indent_line, set_text, wrap
from retell.terminal.layout.map import draw_map
from retell.terminal.layout.steps import lay
from retell.terminal.layout.timeline import draw_timeline
from retell.terminal.show.composition import compose
from retell.terminal.show.evidence import NO_COPIES, Passage
from retell.terminal.show.pace import Pace
from retell.terminal.show.page import CHOSEN
from retell.terminal.show.route import named_before
from retell.terminal.show.timing import minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retell.copies.held import Copy
    from retell.script.resolver import Telling
    from retell.script.steps import Step
    from retell.story.articles import Article
    from retell.story.model import Question
    from retell.story.told import Told
    from retell.terminal.show.pager import Spot

S = TypeVar("S")
BEFORE = "What the passage before rests on"
FEWEST_TITLE_COLUMNS = 20  # of the contents; where titles have less, the minutes are left out
HIGH = 1000  # rows of a window that is high enough for any beat
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
    pace: Pace = Pace(220)

    @property
    def story(self) -> Told:
        """The story and its cards."""
        return self.telling.told

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


def draw_panel(ask: Ask, view: View) -> list[Line]:
    """Draw the panel that is asked for."""
    return PANELS[ask](view)


def _history(view: View) -> list[Line]:
    width, steps = view.frame.width, view.telling.steps
    named = named_before(steps)
    for at in view.spot.told:
        if (at, width) not in view.drawn:
            view.drawn[at, width] = compose(steps, at, (width, HIGH), named[at])
    lines = [line for at in view.spot.told for line in view.drawn[at, width]]
    return lines or view.frame.text("Nothing has been told yet.")


def _sources(view: View) -> list[Line]:
    frame = view.frame
    step = next((step for step in reversed(view.past) if step.is_beat), None)
    title = "What this beat rests on"
    if step is None or not step.references:
        step, title = next((step for step in reversed(view.past) if step.references), None), BEFORE
    if step is None:
        return frame.text(f"What stands here rests on no {view.story.noun.one}.")
    cited = by_code(step.references)
    known = {article.code: article for article in view.story.articles if article.code in cited}
    passage = Passage(frame, step, tuple((code, number) for code in cited for number in cited[code]))
    if view.spot.walk and any(cited.values()) and view.copies:
        lengths = {code: len(view.story.sources[known[code].key].paragraphs) for code in cited}
        beside = [(known[code], view.copies.get(known[code].key), lengths[code]) for code in cited]
        return passage.draw_beside(beside, view.spot.walk)
    lines = frame.text(title, "scene")
    for code, numbers in cited.items():
        lines += [BLANK, *_article(frame, known[code], numbers)]
        if view.copies is not None:
            lines += [*passage.draw_cited(known[code], view.copies.get(known[code].key), INDENT), BLANK]
        lines += _notes(frame, known[code])
    lines += [BLANK, *frame.text(f"How we know: {step.note}")] if step.note else []
    return lines if view.copies is not None else [*lines, BLANK, *frame.text(NO_COPIES, "quiet")]


def _article(frame: Frame, article: Article, paragraphs: Sequence[int]) -> list[Line]:
    lines = frame.labelled(f"{article.code}  ", article.title, "cite")
    lines += frame.text(article.line, indent=INDENT)
    cited = f"{several(len(paragraphs), 'paragraph')} {ranges(paragraphs)}" if paragraphs else "as a whole"
    return lines + frame.text(f"cited here: {cited}", "speaker", indent=INDENT)


def _notes(frame: Frame, article: Article) -> list[Line]:
    lines: list[Line] = []
    if article.url:
        # an address that is broken cannot be copied, so where the screen has room for it, it is not
        room = max(frame.room - INDENT, 1)
        room = room if cell_len(article.url) <= room else max(frame.measure - INDENT, 1)
        address = wrap([(Piece(article.url, "cite", link=article.url),)], room)
        lines += [indent_line(line, frame.margin + INDENT) for line in address]
    for label, texts in (("worked out", article.worked_out), ("caution", article.cautions)):
        for text in texts:
            lines += frame.text(f"{label}: {text}", "quiet", indent=INDENT)
    return lines


def _dispute(view: View) -> list[Line]:
    step = view.latest(AccountsStep)
    return lay(step, view.frame) if step else view.frame.text("No dispute has been told yet.")


def _names(view: View) -> list[Line]:
    frame = view.frame
    text = set_apart(text for step in view.told for text in step.texts)
    names = view.story.names
    places = [view.story.places[card] for card in _found(names["places"], text)]
    voices = [view.story.voices[card] for card in _found(names["voices"], text)]
    terms = [view.story.terms[card] for card in _found(names["terms"], text)]
    lines = frame.text("Places", "scene") if places else []
    for place in places:
        spellings = " / ".join(dict.fromkeys(map(set_line, place.names.values())))
        lines += frame.text(set_line(place.name))
        lines += frame.text(": ".join(filter(None, (spellings, set_line(place.what)))), "quiet", indent=2)
    lines += [*([BLANK] if places else []), *frame.text("Voices", "scene")] if voices else []
    for voice in voices:
        lines += [*frame.text(set_line(voice.name)), *frame.text(set_line(voice.role), "quiet", indent=2)]
    lines += [*([BLANK] if lines else []), *frame.text("Words", "scene")] if terms else []
    for term in terms:
        lines += [*frame.text(set_line(term.term)), *frame.text(term.meaning.plain, "quiet", indent=2)]
    return lines or frame.text("No names have been told yet.")


def _found(names: Names, text: str) -> list[str]:
    return sorted(names.found_in(text))


def _timeline(view: View) -> list[Line]:
    scene = view.latest(SceneStep)
    here = scene.place.number if scene else None
    spans = phase_spans(view.story)
    lines = view.frame.figure("timeline", draw_timeline(moments(view.story), spans, view.frame.room, here=here))
    return lines or view.frame.text(f"{TITLES['timeline']}: no scene has a date.")


def _map(view: View) -> list[Line]:
    here = view.latest(SceneStep)
    where = next((each.where for each in view.story.scenes if here and each.id == here.place.scene), None)
    lines = view.frame.figure("map", draw_map(place_map(view.story, where), view.frame.room))
    return lines or view.frame.text(f"{TITLES['map']}: there are no places.")


def _contents(view: View) -> list[Line]:
    """List the scenes, each with its minutes and whether it was told; choosing one leads there."""
    frame, here = view.frame, view.latest(SceneStep)
    steps = view.telling.steps
    starts = scene_starts(steps)
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
        room = (frame.margin + frame.measure) - cell_len(label) - cell_len(long)
        if room < FEWEST_TITLE_COLUMNS:
            room, long = frame.width - cell_len(label), ""
        first, *more = set_text(scene.title, room)
        text = f"{label}{set_cell_size(f'{first.text} …' if more else first.text, room)}{long}"
        lines.append(Line((Piece(text.rstrip()),), at - isinstance(before, PhaseStep)))
    return lines


def _find(view: View) -> list[Line]:
    """List the beats told so far that have the words looked for; choosing one leads there."""
    frame, sought = view.frame, view.spot.words.casefold()
    lines: list[Line] = [*frame.text(f"“{view.spot.words}”, in what was told so far", "scene"), BLANK]
    for at in view.spot.told:
        step = view.telling.steps[at]
        if not step.is_beat or not any(sought in text.casefold() for text in step.texts):
            continue
        text = next(text for text in step.texts if sought in text.casefold())
        at_word = text[: text.casefold().index(sought)].count(" ")
        words = text.split(" ")[max(0, at_word - 3) :]
        label = f"  {step.place.number:>2}  "
        around = set_text(" ".join(words), (frame.margin + frame.measure) - cell_len(label))[0].text
        lines.append(Line((Piece(label + around),), at))
    return lines if len(lines) > 2 else frame.text(f"“{view.spot.words}” has not been told so far.")


def _questions(view: View) -> list[Line]:
    """Ask the questions of the scene that the reader is in; at the end those of the story."""
    frame, scene = view.frame, view.latest(SceneStep)
    if view.spot.at >= len(view.telling.steps):
        scenes = [told for told in view.story.scenes if told.questions]
        lines = [*frame.text(set_line(view.story.story.question), "scene"), BLANK]
        for told in scenes:
            lines += [*frame.text(set_line(told.title), "quiet"), *_asked(frame, told.questions), BLANK]
        return lines
    asked = next((told.questions for told in view.story.scenes if scene and told.id == scene.place.scene), ())
    title = frame.text("Questions on this scene", "scene") if asked else frame.text("Nothing is asked here.")
    return [*title, *([BLANK] if asked else []), *_asked(frame, asked)]


def _asked(frame: Frame, questions: Sequence[Question]) -> list[Line]:
    """Number questions, and set them one under the other."""
    return [
        line
        for number, question in enumerate(questions, 1)
        for line in frame.labelled(f"{number}  ", question.ask.plain)
    ]


def _help(view: View) -> list[Line]:
    frame = view.frame
    label = max(len(binding.shown) for binding in BINDINGS) + 2
    lines = [*frame.text("Keys", "scene"), BLANK]
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
