"""Stage 7, beside script: a library with faults in, one that can be told out: where a name points nowhere, a stand-in.

For previews only. A stand-in bears the name that was looked for; what its card would say is blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from retell.files.yamlfile import YamlFile
from retell.story.filling import fill
from retell.story.library import Entry, Library
from retell.story.model import (
    Accounts,
    Broken,
    Dispute,
    Figure,
    Form,
    Phase,
    Place,
    Position,
    Quote,
    Scene,
    Source,
    Story,
    Voice,
)
from retell.story.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

F = TypeVar("F", bound=Form)
UNKNOWN_CODE = "?"
NOBODY = "nobody named"
SILENT = Position(voice="", says=Prose(""))


def complete(library: Library) -> Library:
    """Give a library in which every name of a source, voice, place, dispute or phase leads somewhere."""
    scenes = {name: _entry(scene, _without_blanks(scene.form)) for name, scene in library.scenes.items()}
    beats = [beat for scene in scenes.values() for beat in scene.form.beats]
    known = {name: _entry(dispute, _with_position(dispute.form)) for name, dispute in library.disputes.items()}
    disputes = known | {
        name: _blank(Dispute, name, question=f"{name or 'a dispute'}: no such card", positions=(SILENT,))
        for name in (beat.accounts for beat in beats if isinstance(beat, Accounts))
        if name not in library.disputes
    }
    speakers = {beat.by for beat in beats if isinstance(beat, Quote)}
    speakers |= {position.voice for dispute in disputes.values() for position in dispute.form.positions}
    voices = {name: _blank(Voice, name, name=name or NOBODY, side="other") for name in speakers}
    places = {name: _blank(Place, name, name=name) for name in {scene.form.where or "" for scene in scenes.values()}}
    return msgspec.structs.replace(
        library,
        scenes=scenes,
        disputes=disputes,
        voices=voices | {name: _entry(voice, _with_side(voice.form)) for name, voice in library.voices.items()},
        places={
            name: _entry(place, _on_the_map(place.form)) for name, place in (places | library.places).items() if name
        },
        sources={key: _blank(Source, key, code=UNKNOWN_CODE) for key in {each.key for each in library.citations()}}
        | {key: _entry(source, _with_code(source.form)) for key, source in library.sources.items()},
        story=_story(library.story, scenes.values()),
    )


def _entry(entry: Entry[F], form: F) -> Entry[F]:
    return Entry(entry.id, form, entry.file)


def _blank(form: type[F], card: str, **known: Any) -> Entry[F]:
    """Give a blank form in which some fields are known."""
    file = YamlFile(card, "{}")
    filled = fill(form, file, {})
    assert filled is not None, "a mapping always fills a form"
    return Entry(card, msgspec.structs.replace(filled, **known), file)


def _without_blanks(scene: Scene) -> Scene:
    """Give a scene without the figures whose kind could not be read: nobody can draw them."""
    beats = tuple(Broken() if isinstance(beat, Figure) and not beat.figure else beat for beat in scene.beats)
    return msgspec.structs.replace(scene, beats=beats)


def _with_position(dispute: Dispute) -> Dispute:
    return dispute if dispute.positions else msgspec.structs.replace(dispute, positions=(SILENT,))


def _with_side(voice: Voice) -> Voice:
    return voice if voice.side else msgspec.structs.replace(voice, side="other")


def _with_code(source: Source) -> Source:
    return source if source.code else msgspec.structs.replace(source, code=UNKNOWN_CODE)


def _on_the_map(place: Place) -> Place:
    """Give a place a position, if it has none that can be read: where Greenwich meets the equator."""
    known = len(place.position) == 2 and None not in place.position
    return place if known else msgspec.structs.replace(place, position=(0.0, 0.0))


def _story(story: Entry[Story] | None, scenes: Iterable[Entry[Scene]]) -> Entry[Story]:
    """Give a story whose phases are those that its scenes name."""
    story = story or _blank(Story, "story")
    known = {phase.id for phase in story.form.phases}
    missing = dict.fromkeys(scene.form.phase for scene in scenes if scene.form.phase not in known)
    phases = (*story.form.phases, *(Phase(id=name, title=name) for name in missing))
    return _entry(story, msgspec.structs.replace(story.form, phases=phases))
