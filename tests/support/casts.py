"""Recordings read and played by the rules of their format, apart from the program that writes them."""

from __future__ import annotations

import json
from itertools import pairwise

from tests.support.emulator import Emulator


def read_cast(text: str) -> tuple[dict[str, object], list[tuple[float, str]]]:
    """Read an asciicast by the rules of its second version, and no others."""
    first, *others = text.removesuffix("\n").split("\n")
    header = json.loads(first)
    assert header["version"] == 2
    assert isinstance(header["width"], int)
    assert isinstance(header["height"], int)
    events = []
    for line in others:
        time, kind, data = json.loads(line)
        assert isinstance(time, int | float)
        assert kind == "o"
        assert isinstance(data, str)
        events.append((float(time), data))
    assert all(before <= after for (before, _), (after, _) in pairwise(events))
    return header, events


def played(text: str, until: float = float("inf")) -> Emulator:
    """Give the terminal at the end of a recording, or as it was up to a moment, in seconds."""
    header, events = read_cast(text)
    emulator = Emulator(int(str(header["width"])), int(str(header["height"])))
    for time, data in events:
        if time <= until:
            emulator.feed(data)
    return emulator
