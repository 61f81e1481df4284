"""Recordings read and played by the rules of their format, apart from the program that writes them."""

from __future__ import annotations

import json
from itertools import pairwise

from tests.support.emulator import Emulator


def read_cast(text: str) -> tuple[dict[str, object], list[tuple[float, str]]]:
    """Read an asciicast by the rules of its second version, and no others: its header, and what is written when."""
    header, events = _read(text)
    return header, [(time, data) for time, kind, data in events if kind == "o"]


def chapters(text: str) -> list[tuple[float, str]]:
    """Give the markers of an asciicast, of which players make chapters, each with its moment in seconds."""
    return [(time, data) for time, kind, data in _read(text)[1] if kind == "m"]


def _read(text: str) -> tuple[dict[str, object], list[tuple[float, str, str]]]:
    first, *others = text.removesuffix("\n").split("\n")
    header = json.loads(first)
    assert header["version"] == 2
    assert isinstance(header["width"], int)
    assert isinstance(header["height"], int)
    events = []
    for line in others:
        time, kind, data = json.loads(line)
        assert isinstance(time, int | float)
        assert kind in ("o", "m")
        assert isinstance(data, str)
        events.append((float(time), kind, data))
    assert all(before[0] <= after[0] for before, after in pairwise(events))
    return header, events


def played(text: str, until: float = float("inf")) -> Emulator:
    """Give the terminal at the end of a recording, or as it was up to a moment, in seconds."""
    header, events = read_cast(text)
    emulator = Emulator(int(str(header["width"])), int(str(header["height"])))
    for time, data in events:
        if time <= until:
            emulator.feed(data)
    return emulator
