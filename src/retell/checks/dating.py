"""Check that dates fit each other: a scene's its phase and the scenes before it, a source's the edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.problems import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.problems import Problem
    from retell.story.library import Library
    from retell.story.model import Story

DATE_OUT_OF_PLACE = Rule(
    "date-out-of-place",
    "A scene lies in its phase and is told in its turn; no source is later than the edition.",
    level="warning",
    message="this scene is of {when}, and its phase of {span}",
    help="correct 'when:', or the phase, or its span in story.yaml",
)
OUT_OF_TURN = DATE_OUT_OF_PLACE.saying(
    "this scene is of {when}, before that of {other} ({file}), which is told before it",
    "correct 'when:', or the order of 'scenes:' in story.yaml",
)
AFTER_THE_EDITION = DATE_OUT_OF_PLACE.saying(
    "this source is of {when}, after the edition of {edition} that tells it",
    "correct '{field}:', or 'edition:' in story.yaml",
)


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of this family."""
    if library.story is None:
        return
    story = library.story.form
    yield from _scenes(library, story)
    for source in library.sources.values():
        for field, when in (("issued", source.form.issued), ("original-date", source.form.original_date)):
            if when and when.first > story.edition.last:
                place = source.file.locate((field,))
                yield AFTER_THE_EDITION.at(place, when=when, edition=story.edition, field=field)


def _scenes(library: Library, story: Story) -> Iterator[Problem]:
    """Yield the scenes that lie wholly outside their phase, or wholly before the scene that is told before them."""
    phases = {phase.id: phase for phase in story.phases}
    last = None
    for scene in library.told():
        when, phase = scene.form.when, phases.get(scene.form.phase)
        if when is None or phase is None or phase.frame:
            continue
        place = scene.file.locate(("when",))
        if phase.span and (when.last < phase.span.first or when.first > phase.span.last):
            yield DATE_OUT_OF_PLACE.at(place, when=when, span=phase.span)
        elif last and last.form.when and when.last < last.form.when.first:
            yield OUT_OF_TURN.at(place, when=when, other=last.form.when, file=last.file.name)
        last = scene
