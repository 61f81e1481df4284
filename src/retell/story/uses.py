"""Find the texts of a story that are seen, and the cards that it uses or names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.story.mentions import cards_in
from retell.story.texts import texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from retell.story.form import Kind, Role
    from retell.story.told import Told

HIDDEN: tuple[Role, ...] = ("meaning",)


def visible_texts(told: Told, hidden: Collection[Role] = HIDDEN) -> Iterator[str]:
    """Yield every text that a reader or a teacher sees, without citations, but for those of the hidden roles."""
    phases = {scene.phase for scene in told.scenes}
    story = msgspec.structs.replace(told.story, phases=tuple(p for p in told.story.phases if p.id in phases))
    for part in (story, *told.scenes, *told.disputes.values(), *told.terms.values(), told.lesson):
        yield from (text.plain for text in texts(part) if text.role not in hidden)


def used_cards(told: Told, hidden: Collection[Role] = HIDDEN) -> dict[Kind, set[str]]:
    """Return the ids of the voices, places, terms and disputes that the story uses or names; see `visible_texts`."""
    return cards_in(told.names, visible_texts(told, hidden), (told.story, *told.scenes, *told.disputes.values()))
