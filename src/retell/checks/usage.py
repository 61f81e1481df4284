"""Stage 6: what is there and never used: sources, cards and scenes.

Rules: unused-source, unused-card, unlisted-scene (warnings). Where a name points nowhere, a citation cannot be read or
is missing, what seems unused may be what was meant; so this family is asked only of a story without other problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.problems import Problem
from retell.story.mentions import used_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.story.library import Library

HELPS = {
    "voices": "use it in 'by:', as a position's voice, or name it in the story; or delete the card",
    "places": "use it in 'where:', on a road of the map, or name it in the story; or delete the card",
    "terms": "use the word in the story; or delete the card",
    "disputes": "tell it with 'accounts:' in a scene; or delete the card",
}


def check(library: Library) -> Iterator[Problem]:
    """Give the problems of this family."""
    assert library.story is not None, "what is missing is a problem, and this family is asked where there is none"
    listed = set(library.story.form.scenes)
    for scene in library.scenes.values():
        if scene.id not in listed:
            place = library.story.file.locate(("scenes",), key=True)
            message = f"the scene '{scene.id}' ({scene.file.name}) is not in the list and is never told"
            yield Problem("unlisted-scene", place, message, "add it to 'scenes:', or move the file away", "warning")
    yield from _unused_sources(library)
    used = used_cards(library)
    for kind, help_text in HELPS.items():
        for entry in getattr(library, kind).values():
            if entry.id not in used[kind]:
                message = f"nothing in the story uses this card of cards/{kind}"
                yield Problem("unused-card", entry.file.place(0), message, help_text, "warning")


def _unused_sources(library: Library) -> Iterator[Problem]:
    cited: set[str] = set()
    for citation in library.citations():
        cited.add(citation.key)
        if len(cited) == len(library.sources):  # a long story cites all of them early
            return
    for source in library.sources.values():
        if source.id not in cited:
            message = f"nothing in the story cites '{source.id}'"
            yield Problem("unused-source", source.file.place(0), message, "cite it, or delete the card", "warning")
