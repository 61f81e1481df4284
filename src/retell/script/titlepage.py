"""Return what stands on the title page; it is shown while the story is read, so it waits for no other part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.script.selection import of_kind
from retell.script.steps import SceneStep
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.script.steps import Step
    from retell.story.model import Story


class TitleStep(msgspec.Struct, frozen=True):
    """The title page, but for the length: it needs only story.yaml, and so is shown while the rest is read."""

    title: str
    subtitle: str
    question: str
    about: str


class LengthStep(msgspec.Struct, frozen=True):
    """The last line of the title page: how many words are told at the reader's pace, in how many scenes."""

    words: int
    scenes: int


def title_page(story: Story) -> TitleStep:
    """Return the title page, but for the length."""
    return TitleStep(set_line(story.title), set_line(story.subtitle), set_line(story.question), set_line(story.about))


def length(steps: Iterable[Step]) -> LengthStep:
    """Return the length of what is told by steps."""
    told = list(steps)
    return LengthStep(sum(step.words for step in told), len(of_kind(told, SceneStep)))
