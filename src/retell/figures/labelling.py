"""Find a place for each label of a drawing, so that none stands on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

OVER = 2  # to cover something is worse than to have twice the last wish
MOST_STEPS = 5_000  # where so many trials find no better order, the best one found is good enough


class Box(NamedTuple):
    """A rectangle in any unit, its right and lower edges outside it."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two boxes share any ground."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Return whether a box lies whole inside another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


class Placed(NamedTuple):
    """A box for each label, in order, and how far they are from what was wished (0: every label has its first wish)."""

    boxes: tuple[Box, ...]
    cost: int


def place_labels(
    wished: Sequence[Sequence[Box]], frame: Box, taken: Sequence[Box], better_free: Sequence[Box]
) -> Placed | None:
    """Choose one of each label's boxes, so that none meets another or what is taken; None where that cannot be.

    The boxes of a label stand in order of preference. One that covers what is `better_free` is chosen last.
    """
    choices: list[list[tuple[int, Box]]] = []
    for boxes in wished:
        free = [
            (order + OVER * len(boxes) * sum(box.meets(other) for other in better_free), box)
            for order, box in enumerate(boxes)
            if box.within(frame) and not any(box.meets(other) for other in taken)
        ]
        choices.append(sorted(free))
    order = sorted(range(len(choices)), key=lambda label: len(choices[label]))
    search = _Search([choices[label] for label in order])
    found = search.best()
    if found is None:
        return None
    placed = dict(zip(order, found, strict=True))
    return Placed(tuple(placed[label] for label in range(len(choices))), search.cost)


class _Search:
    """Goes through the choices depth first, and keeps the cheapest that has no two labels on one another."""

    def __init__(self, choices: list[list[tuple[int, Box]]]) -> None:
        self._choices = choices
        self._least = [0] * (len(choices) + 1)
        for label in reversed(range(len(choices))):
            self._least[label] = self._least[label + 1] + (choices[label][0][0] if choices[label] else 0)
        self._found: list[Box] | None = None
        self.cost = 0
        self._steps = 0

    def best(self) -> list[Box] | None:
        if all(self._choices):
            self._found = None if self._choices else []
            self._go_through()
        return self._found

    def _go_through(self) -> None:
        """Put one label after the other, and take back those behind which nothing better comes."""
        placed: list[Box] = []
        costs = [0]
        ways = [iter(self._choices[0])] if self._choices else []
        while ways:
            box, more = self._next(ways[-1], placed, costs[-1])
            if box is None:
                ways.pop()
                if placed:
                    placed.pop()
                    costs.pop()
            elif len(placed) + 1 == len(self._choices):
                self._found, self.cost = [*placed, box], costs[-1] + more
            else:
                placed.append(box)
                costs.append(costs[-1] + more)
                ways.append(iter(self._choices[len(placed)]))

    def _next(self, way: Iterator[tuple[int, Box]], placed: list[Box], cost: int) -> tuple[Box | None, int]:
        """Return the next box of a label that meets none, and what it costs; None where the rest is no better."""
        for more, box in way:
            self._steps += 1
            cheapest = cost + more + self._least[len(placed) + 1]
            if self._steps > MOST_STEPS or (self._found is not None and cheapest >= self.cost):
                break
            if not any(box.meets(other) for other in placed):
                return box, more
        return None, 0
