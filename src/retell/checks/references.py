"""Stage 6: names that point nowhere: sources, paragraphs, cards, phases and scenes.

Rules: unknown-source, paragraph-out-of-range, unknown-card, unknown-phase, unknown-scene, repeated-name.
A blank name is passed over: that it is missing has been said already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.problems import Problem, nearest
from retell.story.model import Accounts, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.story.citations import Citation
    from retell.story.library import Entry, Library
    from retell.story.model import Scene

HELP_EITHER = "rename one of them, for 'retell read {}' could mean either"


def check(library: Library) -> Iterator[Problem]:
    """Give the problems of this family."""
    for passage in library.passages():
        yield from _citations(library, passage.file, passage.trail, passage.prose.citations)
    for file, trail, locators in library.locators():
        yield from _citations(library, file, trail, locators.citations)
    for scene in library.scenes.values():
        yield from _scene(library, scene)
    yield from _lesson(library)
    for dispute in library.disputes.values():
        for i, position in enumerate(dispute.form.positions):
            yield from _card(library, "voices", dispute.file, ("positions", i, "voice"), position.voice)
    yield from _story(library)
    codes = [(source.form.code, source.file, ("code",)) for source in library.sources.values()]
    yield from _repeated("source code", codes)


def _citations(library: Library, file: YamlFile, trail: Trail, citations: Iterable[Citation]) -> Iterator[Problem]:
    for citation in citations:
        source = library.sources.get(citation.key)
        if source is None:
            # a citation begins with its '@'; the key stands behind it
            place = file.locate(trail, citation.offset + 1)
            message = f"no source named '{citation.key}'"
            yield Problem("unknown-source", place, message, nearest(citation.key, library.sources))
            continue
        last = len(source.form.paragraphs)
        outside = [number for number in citation.paragraphs if not 1 <= number <= last]
        if outside and last:
            message = f"{citation.key} has no paragraph {outside[0]}"
            place = file.locate(trail, citation.offset)
            yield Problem("paragraph-out-of-range", place, message, f"its paragraphs are numbered 1 to {last}")


def _scene(library: Library, scene: Entry[Scene]) -> Iterator[Problem]:
    phases = {phase.id for phase in library.story.form.phases} if library.story else set()
    listed = bool(phases) or (library.story is not None and not library.story.file.problems)
    if scene.form.phase and listed and "" not in phases and scene.form.phase not in phases:
        place = scene.file.locate(("phase",))
        message = f"no phase named '{scene.form.phase}'"
        yield Problem("unknown-phase", place, message, nearest(scene.form.phase, phases))
    if scene.form.where:
        yield from _card(library, "places", scene.file, ("where",), scene.form.where)
    for i, beat in enumerate(scene.form.beats):
        if isinstance(beat, Accounts):
            yield from _card(library, "disputes", scene.file, ("beats", i, "accounts"), beat.accounts)
        elif isinstance(beat, Quote):
            yield from _card(library, "voices", scene.file, ("beats", i, "by"), beat.by)


def _lesson(library: Library) -> Iterator[Problem]:
    if library.lesson is None:
        return
    lesson, file = library.lesson.form, library.lesson.file
    for field, scenes in (
        ("misconceptions", [misconception.scene for misconception in lesson.misconceptions]),
        ("unknown", [unknown.scene for unknown in lesson.unknown]),
    ):
        for i, scene in enumerate(scenes):
            if scene and scene not in library.scenes:
                message = f"no scene named '{scene}'"
                help_text = nearest(scene, library.scenes)
                yield Problem("unknown-scene", file.locate((field, i, "scene")), message, help_text)


def _card(library: Library, kind: str, file: YamlFile, trail: Trail, name: str) -> Iterator[Problem]:
    known = getattr(library, kind)
    if name and name not in known:
        message = f"no card named '{name}' in cards/{kind}"
        yield Problem("unknown-card", file.locate(trail), message, nearest(name, known))


def _story(library: Library) -> Iterator[Problem]:
    if library.story is None:
        return
    story, file = library.story.form, library.story.file
    for i, scene in enumerate(story.scenes):
        if scene and scene not in library.scenes:
            message = f"no scene named '{scene}'"
            yield Problem("unknown-scene", file.locate(("scenes", i)), message, nearest(scene, library.scenes))
    for i, road in enumerate(story.map.roads if story.map else ()):
        for j, place in enumerate(road.through):
            yield from _card(library, "places", file, ("map", "roads", i, "through", j), place)
    yield from _repeated("scene", [(scene, file, ("scenes", i)) for i, scene in enumerate(story.scenes)])
    yield from _repeated("phase", [(phase.id, file, ("phases", i, "id")) for i, phase in enumerate(story.phases)])
    for i, phase in enumerate(story.phases):
        if phase.id and phase.id in story.scenes:
            message = f"a phase and a scene are both named '{phase.id}'"
            yield Problem("repeated-name", file.locate(("phases", i, "id")), message, HELP_EITHER.format(phase.id))


def _repeated(what: str, named: Iterable[tuple[str, YamlFile, Trail]]) -> Iterator[Problem]:
    first: dict[str, YamlFile] = {}
    for name, file, trail in named:
        if name and name in first:
            message = f"the {what} '{name}' stands a second time"
            yield Problem("repeated-name", file.locate(trail), message, f"the first is in {first[name].name}")
        first.setdefault(name, file)
