"""Let a story with faults be told: where a name points nowhere, a placeholder stands.

For previews only. A placeholder bears the name that was looked for; what its card would say is blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from retell.story.cards import Dispute, Place, Position, Source, Voice
from retell.story.filling import blank
from retell.story.model import Broken, Figure, Phase, Story
from retell.story.prose import Prose
from retell.story.texts import namings
from retell.story.told import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.story.form import Form, Kind
    from retell.story.library import Library
    from retell.story.told import Told, ToldScene

UNKNOWN_CODE = "?"
NOBODY = "nobody named"
SILENT = Position(voice="", says=Prose(""))


def complete(library: Library) -> Told:
    """Return a story in which every name of a source, voice, place, dispute or phase leads somewhere.

    The scenes that are not in its list stand behind the others.
    """
    story = library.story.form if library.story else blank(Story)
    scenes = [*(name for name in story.scenes if name in library.scenes), *library.scenes]
    told = unpack(library, story, dict.fromkeys(scenes))
    told = replace(told, story=_with_phases(story, told.scenes), scenes=tuple(map(_without_blanks, told.scenes)))
    told = replace(
        told,
        disputes={name: _no_dispute(name) for name in _named("disputes", told.scenes)}
        | {name: _with_position(dispute) for name, dispute in told.disputes.items()},
    )
    parts = (*told.scenes, *told.disputes.values())
    return replace(
        told,
        voices={name: replace(blank(Voice), name=name or NOBODY, side="other") for name in _named("voices", parts)}
        | {name: replace(voice, side=voice.side or "other") for name, voice in told.voices.items()},
        places={
            name: _on_the_map(place)
            for name, place in (
                {n: replace(blank(Place), name=n) for n in _named("places", parts)} | told.places
            ).items()
        },
        sources={each.key: replace(blank(Source), code=UNKNOWN_CODE) for each in told.citations()}
        | {key: replace(source, code=source.code or UNKNOWN_CODE) for key, source in told.sources.items()},
    )


def _named(kind: Kind, parts: Iterable[Form]) -> list[str]:
    return [naming.card for part in parts for naming in namings(part) if naming.kind == kind]


def _no_dispute(name: str) -> Dispute:
    return replace(blank(Dispute), question=f"{name or 'a dispute'}: no such card", positions=(SILENT,))


def _without_blanks(scene: ToldScene) -> ToldScene:
    """Return a scene without the figures whose kind could not be read: nobody can draw them."""
    beats = tuple(Broken() if isinstance(beat, Figure) and not beat.figure else beat for beat in scene.beats)
    return replace(scene, beats=beats)


def _with_position(dispute: Dispute) -> Dispute:
    return dispute if dispute.positions else replace(dispute, positions=(SILENT,))


def _on_the_map(place: Place) -> Place:
    """Return a place with a position, if it has none that can be read: where Greenwich meets the equator."""
    known = len(place.position) == 2 and None not in place.position
    return place if known else replace(place, position=(0.0, 0.0))


def _with_phases(story: Story, scenes: Iterable[ToldScene]) -> Story:
    """Return a story whose phases are those that its scenes name."""
    known = {phase.id for phase in story.phases}
    missing = dict.fromkeys(scene.phase for scene in scenes if scene.phase not in known)
    return replace(story, phases=(*story.phases, *(Phase(id=name, title=name) for name in missing)))
