"""Stage 7: a Library in, a flat list of Steps out, with every card looked up and every citation resolved once.

Both tellings consume these steps, and neither opens a file of the story again.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from retell.figures.map import place_map
from retell.figures.timeline import moments, phase_spans
from retell.problems import UnknownNameError, nearest
from retell.script.steps import (
    LABEL_WORDS,
    Account,
    AccountsStep,
    Article,
    AsideStep,
    LengthStep,
    MapStep,
    PauseStep,
    PhaseStep,
    Place,
    QuoteStep,
    Reference,
    SayStep,
    SceneStep,
    SourcesStep,
    Step,
    Stretch,
    TimelineStep,
    TitleStep,
    VoicesStep,
)
from retell.story.model import Accounts, Aside, Figure, Pause, Quote, Say
from retell.story.prose import Span, count_words, set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.figures.map import PlaceMap
    from retell.figures.timeline import Moment, PhaseSpan
    from retell.figures.voices import Balance
    from retell.story.citations import Citation
    from retell.story.library import Entry, Library
    from retell.story.model import Dispute, Scene, Source, Story
    from retell.story.prose import Prose


class Telling(msgspec.Struct, frozen=True):
    """A story and its steps, or those of a part of it."""

    library: Library
    steps: tuple[Step, ...]


def title_page(story: Story) -> TitleStep:
    """Give the title page, but for the length."""
    return TitleStep(set_line(story.title), set_line(story.subtitle), set_line(story.question), set_line(story.about))


def length(library: Library) -> LengthStep:
    """Give the length of the story; it counts words and resolves nothing."""
    scenes = list(library.told())
    return LengthStep(sum(_words(library, beat) for scene in scenes for beat in scene.form.beats), len(scenes))


def write_script(library: Library, part: str = "", figures: StoryFigures | None = None) -> tuple[Step, ...]:
    """Give the steps of the story, or of a part of it as `scenes_of` knows it; the library must have passed the check.

    `figures` are those of the story, where they are made already. Raises UnknownNameError where there is no such part.
    """
    assert library.story is not None, "only a whole story is told"
    chosen = scenes_of(library, part)
    of = len(library.story.form.scenes)
    figures = figures or StoryFigures(library)
    told = chain.from_iterable(scene_steps(library, scene, n, of, figures) for n, scene in chosen)
    return (
        *_with_phases(library, told, {scene.id: scene.form.phase for _, scene in chosen}),
        SourcesStep(articles(library, [scene for _, scene in chosen] if part else None)),
    )


def scenes_of(library: Library, part: str = "") -> list[tuple[int, Entry[Scene]]]:
    """Give the scenes of the story, or of one scene or phase by its id or one scene by its number, with their numbers.

    They count from 1; an id that looks like a number comes first.

    Raises UnknownNameError when the story has no such part.
    """
    assert library.story is not None, "only a whole story has parts"
    numbered = list(library.numbered())
    chosen = [(n, scene) for n, scene in numbered if part in ("", scene.id, scene.form.phase)]
    chosen = chosen or [(n, scene) for n, scene in numbered if part == str(n)]
    chosen = chosen or _beginning_with(part, numbered)
    if not chosen:
        several = _names_beginning_with(part, numbered)
        if several:
            raise UnknownNameError(f"'{part}' begins several names: {', '.join(several)}")
        phases = [phase.id for phase in library.story.form.phases]
        close = nearest(part, phases + [scene.id for _, scene in numbered])
        raise UnknownNameError(f"no scene or phase named '{part}'; {close or 'the phases are ' + ', '.join(phases)}")
    return chosen


def _beginning_with(part: str, numbered: list[tuple[int, Entry[Scene]]]) -> list[tuple[int, Entry[Scene]]]:
    """Return the scene whose id begins so, or the scenes of the phase; none where several do."""
    found = _names_beginning_with(part, numbered)
    name = found[0] if len(found) == 1 else ""
    return [(n, scene) for n, scene in numbered if name and name in (scene.id, scene.form.phase)]


def _names_beginning_with(part: str, numbered: list[tuple[int, Entry[Scene]]]) -> list[str]:
    names = (name for _, scene in numbered for name in (scene.id, scene.form.phase) if name.startswith(part))
    return list(dict.fromkeys(names))


def articles(library: Library, scenes: Iterable[Entry[Scene]] | None = None) -> tuple[Article, ...]:
    """Return the articles in the order of their codes; of some scenes only, those that they cite."""
    cited = None if scenes is None else {citation.key for scene in scenes for citation in cited_in(library, scene)}
    chosen = (source for source in library.sources.values() if cited is None or source.id in cited)
    return tuple(_article(source) for source in sorted(chosen, key=lambda source: source.form.code))


def cited_in(library: Library, scene: Entry[Scene]) -> Iterator[Citation]:
    """Give every citation that a scene rests on: its gist, its beats and the disputes they tell."""
    yield from scene.form.gist.citations
    for beat in scene.form.beats:
        if isinstance(beat, Say):
            yield from beat.say.citations
        elif isinstance(beat, Quote):
            yield from beat.cite.citations
        elif isinstance(beat, Accounts):
            for position in library.disputes[beat.accounts].form.positions:
                yield from position.says.citations


def resolve(library: Library, prose: Prose) -> tuple[Stretch, ...]:
    """Give a prose's claims as they are told."""
    return tuple(
        Stretch(
            (*claim.spans, Span(claim.tail)) if claim.tail else claim.spans,
            _references(library, claim.citations),
        )
        for claim in prose.claims
    )


def _references(library: Library, citations: Iterable[Citation]) -> tuple[Reference, ...]:
    """Resolve citations; what one article is cited for in one place becomes one reference."""
    joined: dict[str, tuple[int, ...]] = {}
    for citation in citations:
        before = joined.get(citation.key)
        joined[citation.key] = citation.paragraphs if before is None else (*before, *citation.paragraphs)
    forms = {key: library.sources[key].form for key in joined}
    return tuple(_reference(forms[key].code, forms[key].container_title, joined[key]) for key in joined)


@lru_cache(maxsize=4096)  # a story cites the same paragraphs again and again
def _reference(code: str, outlet: str | None, paragraphs: tuple[int, ...]) -> Reference:
    return Reference(code, tuple(dict.fromkeys(paragraphs)), set_line(outlet).removeprefix("The "))


def _with_phases(library: Library, steps: Iterable[Step], phase_of: dict[str, str]) -> Iterator[Step]:
    """Put a phase's own step before its first scene."""
    assert library.story is not None
    phases = {phase.id: phase for phase in library.story.form.phases}
    current = ""
    for step in steps:
        if isinstance(step, SceneStep) and phase_of[step.place.scene] != current:
            current = phase_of[step.place.scene]
            phase = phases[current]
            yield PhaseStep(step.place, set_line(phase.title), str(phase.span or ""), phase.frame)
        yield step


class StoryFigures:
    """The figures of a story, each made once: it looks through all scenes, and any of them may show it."""

    def __init__(self, library: Library, whole: Library | None = None) -> None:
        """Take the story, and the whole one where it is a part: who speaks how often is counted in that.

        Nothing is made before a scene shows it.
        """
        self._library = library
        self._whole = whole or library

    def step(self, place: Place, figure: str) -> Step:
        """Give the step of a figure."""
        if figure == "map":
            return MapStep(place, self._map)
        return VoicesStep(place, self._voices) if figure == "voices" else TimelineStep(place, *self._timeline)

    @cached_property
    def _map(self) -> PlaceMap:
        return place_map(self._library)

    @cached_property
    def _voices(self) -> Balance:
        from retell.figures.voices import balance  # noqa: PLC0415 - few parts of a story ask for it

        return balance(self._whole)

    @cached_property
    def _timeline(self) -> tuple[tuple[Moment, ...], tuple[PhaseSpan, ...]]:
        return moments(self._library), phase_spans(self._library)


def scene_steps(
    library: Library, scene: Entry[Scene], number: int, of: int, figures: StoryFigures | None = None
) -> Iterator[Step]:
    """Give the steps of one scene, which is the number-th of so many; every name in it must be that of a card."""
    figures = figures or StoryFigures(library)
    form = scene.form
    only = _only_article(library, scene)
    where = library.places[form.where].form.name if form.where else ""
    yield SceneStep(Place(scene.id, number), set_line(form.title), str(form.when or ""), set_line(where), only, of)
    for i, beat in enumerate(form.beats):
        place = Place(scene.id, number, i)
        if isinstance(beat, Say):
            yield SayStep(place, resolve(library, beat.say), set_line(beat.note))
        elif isinstance(beat, Quote):
            yield _quote(library, place, beat)
        elif isinstance(beat, Accounts):
            yield accounts_step(library, place, library.disputes[beat.accounts].form)
        elif isinstance(beat, Aside):
            yield AsideStep(place, set_line(beat.aside))
        elif isinstance(beat, Figure):
            yield figures.step(place, beat.figure)
        elif isinstance(beat, Pause):
            yield PauseStep(place, beat.pause)


def _only_article(library: Library, scene: Entry[Scene]) -> str:
    """Give the code of the article that a scene rests on alone, or nothing."""
    keys = (citation.key for citation in cited_in(library, scene))
    first = next(keys, None)
    return library.sources[first].form.code if first and all(key == first for key in keys) else ""


def _quote(library: Library, place: Place, beat: Quote) -> QuoteStep:
    voice = library.voices[beat.by].form
    references = _references(library, beat.cite.citations)
    quote = f"“{set_line(beat.quote)}”"
    return QuoteStep(
        place, set_line(beat.lead), quote, set_line(voice.name), set_line(voice.role), references, set_line(beat.note)
    )


def accounts_step(library: Library, place: Place, dispute: Dispute) -> AccountsStep:
    """Give a dispute as it is told."""
    accounts = tuple(
        Account(_heading(library.voices[position.voice].form.name), resolve(library, position.says))
        for position in dispute.positions
    )
    return AccountsStep(place, set_line(dispute.question), accounts, set_line(dispute.notice), set_line(dispute.silent))


def _article(source: Entry[Source]) -> Article:
    form = source.form
    missing = "not in our copy"
    volume = ", ".join(
        f"{word} {set_line(number)}" for word, number in (("volume", form.volume), ("issue", form.issue)) if number
    )
    return Article(
        key=source.id,
        code=form.code,
        title=set_line(form.title) if form.title else f"headline {missing}",
        outlet=", ".join(filter(None, (set_line(form.container_title) or f"outlet {missing}", volume))),
        date=str(form.issued) if form.issued else f"date {missing}",
        genre=set_line(form.genre),
        summary=set_line(form.summary),
        url=form.url or "",
        worked_out=tuple(map(set_line, form.worked_out)),
        cautions=tuple(map(set_line, form.cautions)),
    )


def _heading(name: str) -> str:
    """Set a name to stand at the head of its account: `The authorities …`."""
    return set_line(name[:1].upper() + name[1:])


def _words(library: Library, beat: object) -> int:
    """Count the words of a beat that are told at the reader's pace."""
    if isinstance(beat, Say):
        return beat.say.words
    if isinstance(beat, Quote):
        return count_words(beat.lead) + count_words(beat.quote)
    if isinstance(beat, Aside):
        return count_words(beat.aside)
    if isinstance(beat, Accounts) and beat.accounts in library.disputes:
        dispute = library.disputes[beat.accounts].form
        labelled = sum(LABEL_WORDS + count_words(text) for text in (dispute.notice, dispute.silent) if text)
        return count_words(dispute.question) + sum(position.says.words for position in dispute.positions) + labelled
    return 0
