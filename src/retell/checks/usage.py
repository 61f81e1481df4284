"""Check for what is there and never used: sources, cards and scenes.

Where a name points nowhere, a citation cannot be read or
is missing, what seems unused may be what was meant; so this family is asked only of a story without other problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.problems import Rule
from retell.story.told import unpack
from retell.story.uses import used_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.problems import Problem
    from retell.story.form import Kind
    from retell.story.library import Library

UNLISTED_SCENE = Rule(
    "unlisted-scene",
    "Every scene's file is in the story's list.",
    level="warning",
    message="the scene '{scene}' ({file}) is not in the list and is never told",
    help="add it to 'scenes:', or move the file away",
)
UNUSED_SOURCE = Rule(
    "unused-source",
    "Every source is cited.",
    level="warning",
    message="nothing in the story cites '{key}'",
    help="cite it, or delete the card",
)
UNUSED_CARD = Rule(
    "unused-card",
    "Every card is used or named by the story.",
    level="warning",
    message="nothing in the story uses this card of cards/{kind}",
    help="{help}",
)
HELPS: dict[Kind, str] = {
    "voices": "use it in 'by:', as a position's voice, or name it in the story; or delete the card",
    "places": "use it in 'where:', on a road of the map, or name it in the story; or delete the card",
    "terms": "use the word in the story; or delete the card",
    "disputes": "tell it with 'accounts:' in a scene; or delete the card",
}


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of this family."""
    if library.story is None:
        return
    listed = set(library.story.form.scenes)
    for scene in library.scenes.values():
        if scene.id not in listed:
            place = library.story.file.locate(("scenes",), key=True)
            yield UNLISTED_SCENE.at(place, scene=scene.id, file=scene.file.name)
    yield from _unused_sources(library)
    used = used_cards(unpack(library, library.story.form, library.scenes))
    for kind, help_text in HELPS.items():
        for entry in library.cards(kind).values():
            if entry.id not in used[kind]:
                yield UNUSED_CARD.at(entry.file.place(0), kind=kind, help=help_text)


def _unused_sources(library: Library) -> Iterator[Problem]:
    cited = {citation.key for citation in library.citations()}
    for source in library.sources.values():
        if source.id not in cited:
            yield UNUSED_SOURCE.at(source.file.place(0), key=source.id)
