"""How much work something is: the calls of functions that it takes, which no other program on the machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

MOST_FOR_TWICE = 2.3  # twice the work and what is left for steps of its own


def calls(action: Callable[[], object]) -> int:
    """How many functions are called, ours and Python's, until it has come to its end."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


def assert_grows_as_its_input(build: Callable[[int], Callable[[], object]], size: int) -> None:
    """Twice the input, and twice that, takes twice the work and no more; what is built is not counted."""
    once, twice, four_times = (calls(build(size * times)) for times in (1, 2, 4))
    assert twice <= MOST_FOR_TWICE * once, (once, twice, four_times)
    assert four_times <= MOST_FOR_TWICE * twice, (once, twice, four_times)
