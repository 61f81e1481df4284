"""Write the line that tells a waiting reader where the story is, and what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.script.steps import PhaseStep, SceneStep
    from retell.terminal.show.pace import Pace

Part = tuple[int, str]  # how early it is left out where there is no room (0: never), and what it says
BETWEEN = " · "
QUESTIONS = (4, "e: questions")
ON, MORE, AT_ONCE = (1, "Space: on"), (1, "Space: more"), (1, "Space: at once")


def ending(*, asks: bool) -> list[Part]:
    """Return the keys that a reader is told of at the end of a story, which `asks` where a scene of it does."""
    return [(1, "Space: close"), (2, "r: start again"), *([QUESTIONS] * asks), (5, "c: dispute"), (6, "g: contents")]


def keys(*, asks: bool) -> list[Part]:
    """Return the keys that a reader is told of who waits at a beat, first what goes on; a scene's end `asks`."""
    return [ON, (4, "s: sources"), (2, "?: keys"), *([(8, QUESTIONS[1])] if asks else []), (6, "q: stop")]


def manner(pace: Pace, *, auto: bool) -> list[Part]:
    """Return how the story is told."""
    wanted = pace.words_a_minute
    return [(5, "auto" if auto else ""), (8, f"{wanted} a minute" if wanted else "instant")]


def place(scene: SceneStep | None, phase: PhaseStep | None, minutes_left: int) -> list[Part]:
    """Return how far the story is."""
    return [
        (3, f"scene {scene.place.number} of {scene.of}" if scene else ""),
        (7, phase.title if phase else ""),
        (5, f"{minutes_left} min left"),
    ]


def fit(parts: Sequence[Part], width: int) -> str:
    """Join parts in a line of at most so many columns, leaving out the least important ones that it has no room for."""
    said: dict[str, int] = {}
    for rank, text in parts:
        said.setdefault(text, rank)  # a hint may say what stands there already
    kept = [(rank, text) for text, rank in said.items() if text]
    while len(kept) > 1 and cell_len(_line(kept)) > width:
        kept.remove(max(kept))
    line = _line(kept)
    return line if cell_len(line) <= width else set_cell_size(line, max(width, 0))


def _line(parts: Sequence[Part]) -> str:
    return BETWEEN.join(text for _, text in parts)
