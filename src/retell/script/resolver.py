"""Resolve a story, or a part of it, into a flat list of steps: each card is looked up and each citation resolved once.

Both tellings consume these steps, and neither opens a file of the story again.
"""

from __future__ import annotations

from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from retell.problems import UnknownNameError, meant, nearest
from retell.script.steps import (
    Account,
    AccountsStep,
    AsideStep,
    MapStep,
    PauseStep,
    PhaseStep,
    Point,
    QuoteStep,
    SayStep,
    SceneStep,
    SourcesStep,
    Step,
    Stretch,
    TimelineStep,
    VoicesStep,
)
from retell.story.model import Accounts, Aside, Figure, Pause, Quote, Say
from retell.story.prose import Span
from retell.story.references import refer
from retell.story.typography import capitalise, set_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retell.figures.map import PlaceMap
    from retell.figures.timeline import Moment, PhaseSpan
    from retell.figures.voices import Balance
    from retell.story.cards import Dispute
    from retell.story.form import Form
    from retell.story.prose import Prose
    from retell.story.told import Told, ToldScene


class Telling(msgspec.Struct, frozen=True):
    """A story and its steps, or those of a part of it."""

    told: Told
    steps: tuple[Step, ...]


def write_script(told: Told, part: str = "", figures: StoryFigures | None = None) -> tuple[Step, ...]:
    """Return the steps of a story, or of a part of it as `scenes_of` knows it.

    `figures` are those of the story, where they are made already. Raises UnknownNameError where there is no such part.
    """
    figures = figures or StoryFigures(told)
    steps = chain.from_iterable(scene_steps(told, scene, figures) for scene in scenes_of(told, part))
    if not part:
        return (*_with_phases(told, steps), SourcesStep(Point(), told.articles))
    cited = {citation.key for scene in scenes_of(told, part) for citation in told.cited_in(scene)}
    return (*_with_phases(told, steps), SourcesStep(Point(), tuple(a for a in told.articles if a.key in cited)))


def scenes_of(told: Told, part: str = "") -> list[ToldScene]:
    """Return the scenes of a story, or of one scene or phase, by a part of its id (see `meant`) or by its number.

    They count from 1; an id that looks like a number comes first. Raises UnknownNameError when the story has no such
    part, or several.
    """
    chosen = [scene for scene in told.scenes if part in ("", scene.id, scene.phase)]
    chosen = chosen or [scene for scene in told.scenes if part == str(scene.number)]
    if chosen:
        return chosen
    names = dict.fromkeys(name for scene in told.scenes for name in (scene.phase, scene.id))
    found = meant(part, names)
    if not found:
        phases = ", ".join(phase.id for phase in told.story.phases)
        help_text = nearest(part, names) or f"the phases are {phases}; 'retell read --list' names the scenes"
        raise UnknownNameError(f"no scene or phase named '{part}'; {help_text}")
    return [scene for scene in told.scenes if found in (scene.id, scene.phase)]


def resolve(told: Told, prose: Prose) -> tuple[Stretch, ...]:
    """Return a prose's claims as they are told."""
    return tuple(
        Stretch(
            (*claim.spans, Span(claim.tail)) if claim.tail else claim.spans,
            refer(told.sources, claim.citations),
        )
        for claim in prose.claims
    )


def _with_phases(told: Told, steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the scenes' steps, with a phase's own step before its first scene."""
    phases = {phase.id: phase for phase in told.story.phases}
    phase_of = {scene.id: scene.phase for scene in told.scenes}
    current = ""
    for step in steps:
        if isinstance(step, SceneStep) and phase_of[step.place.scene] != current:
            current = phase_of[step.place.scene]
            phase = phases[current]
            yield PhaseStep(step.place, set_line(phase.title), str(phase.span or ""), phase.frame)
        yield step


class StoryFigures:
    """The figures of a story, each made once: it looks through all scenes, and any of them may show it."""

    def __init__(self, told: Told, whole: Told | None = None) -> None:
        """Take the story, and the whole one where it is a part: who speaks how often is counted in that.

        Nothing is made before a scene shows it.
        """
        self._told = told
        self._whole = whole or told

    def step(self, place: Point, figure: str) -> Step:
        """Return the step of a figure."""
        if figure == "map":
            return MapStep(place, len(self._told.places), partial(self._map_from, place.scene))
        if figure == "voices":
            return VoicesStep(place, len({voice.side for voice in self._whole.voices.values()}), self.count_voices)
        return TimelineStep(place, *self._timeline)

    def count_voices(self) -> Balance:
        """Return who speaks how often."""
        return self._voices

    def _map_from(self, name: str) -> PlaceMap:
        """Return the map with its distances from a scene's own place."""
        from retell.figures.map import place_map  # noqa: PLC0415 - the title page does not wait for it

        return place_map(self._told, next((scene.where for scene in self._told.scenes if scene.id == name), None))

    @cached_property
    def _voices(self) -> Balance:
        from retell.figures.voices import balance  # noqa: PLC0415 - few parts of a story ask for it

        return balance(self._whole)

    @cached_property
    def _timeline(self) -> tuple[tuple[Moment, ...], tuple[PhaseSpan, ...]]:
        from retell.figures.timeline import moments, phase_spans  # noqa: PLC0415 - the title page does not wait for it

        return moments(self._told), phase_spans(self._told)


def scene_steps(told: Told, scene: ToldScene, figures: StoryFigures | None = None) -> Iterator[Step]:
    """Yield the steps of one scene."""
    figures = figures or StoryFigures(told)
    only = _only_article(told, scene)
    where = set_line(told.places[scene.where].name) if scene.where else ""
    of = len(told.story.scenes)
    phase = next((set_line(phase.title) for phase in told.story.phases if phase.id == scene.phase), "")
    when = str(scene.when or "")
    asks = bool(scene.questions)
    yield SceneStep(Point(scene.id, scene.number), set_line(scene.title), when, where, only, of, phase, asks)
    for i, beat in enumerate(scene.beats):
        if type(beat) in STEPS:
            yield STEPS[type(beat)](told, figures, Point(scene.id, scene.number, i), beat)


def _only_article(told: Told, scene: ToldScene) -> str:
    """Return what a scene rests on alone, `article: C`, or nothing."""
    cited = (citation.key for citation in told.cited_in(scene))
    key = next(cited, "")
    if any(other != key for other in cited):
        return ""
    return next((f"{article.noun.one}: {article.code}" for article in told.articles if article.key == key), "")


def _say(told: Told, figures: StoryFigures, place: Point, beat: Say) -> Step:
    return SayStep(place, resolve(told, beat.say), set_line(beat.note))


def _quote(told: Told, figures: StoryFigures, place: Point, beat: Quote) -> Step:
    voice = told.voices[beat.by]
    references = refer(told.sources, beat.cite.citations)
    quote = f"“{set_line(beat.quote)}”"
    return QuoteStep(
        place, set_line(beat.lead), quote, set_line(voice.name), set_line(voice.role), references, set_line(beat.note)
    )


def _accounts(told: Told, figures: StoryFigures, place: Point, beat: Accounts) -> Step:
    return accounts_step(told, place, told.disputes[beat.accounts])


def _aside(told: Told, figures: StoryFigures, place: Point, beat: Aside) -> Step:
    return AsideStep(place, set_line(beat.aside))


def _figure(told: Told, figures: StoryFigures, place: Point, beat: Figure) -> Step:
    return figures.step(place, beat.figure)


def _pause(told: Told, figures: StoryFigures, place: Point, beat: Pause) -> Step:
    return PauseStep(place, beat.pause)


STEPS: dict[type[Form], Callable[[Told, StoryFigures, Point, Any], Step]] = {
    Say: _say,
    Quote: _quote,
    Accounts: _accounts,
    Aside: _aside,
    Figure: _figure,
    Pause: _pause,
}
"""What makes the step of each type of beat; one that could not be read has none."""


def accounts_step(told: Told, place: Point, dispute: Dispute) -> AccountsStep:
    """Return a dispute as it is told."""
    accounts = tuple(
        Account(set_line(capitalise(told.voices[position.voice].name)), resolve(told, position.says))
        for position in dispute.positions
    )
    notice, silent = set_line(dispute.notice), set_line(dispute.silent)
    return AccountsStep(place, set_line(dispute.question), accounts, notice, silent, told.noun.many)
