"""Phrases are found as one pattern of them all would find them, in a time that does not grow with their number."""

from __future__ import annotations

import re
import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.story.phrases import Phrases

LETTERS = st.text("ab1 .'’-İ\u0301", max_size=12)


def by_one_pattern(phrases: list[str], text: str) -> list[tuple[int, int]]:
    """What a pattern with every phrase in it finds, the longest first."""
    forms = [r"\s+".join(re.escape(part).replace("'", "['’]") for part in re.split(r"\s+", each)) for each in phrases]
    longest_first = sorted(forms, key=len, reverse=True)
    if not forms:
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", text)]


@given(
    st.lists(st.sampled_from(["a", "ab", "a b", "a b a", "'a", "b.", "b. a", "1", "İ", "a-b", "a'b"]), unique=True),
    LETTERS,
)
def test_they_are_found_as_by_one_pattern(phrases: list[str], text: str) -> None:
    assert [match.span() for match in Phrases(phrases).find(text)] == by_one_pattern(phrases, text)


def calls(phrases: Phrases, text: str) -> int:
    """How many calls of a function it takes to look a text through."""
    count = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        list(phrases.find(text))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "phrases",
    [
        lambda n: [f"a{i}" for i in range(n)],
        lambda n: [f"a b{i}" for i in range(n)],
        lambda n: ["bb", *(f"{'a ' * (i % 50)}b{i}" for i in range(n))],
    ],
)
def test_the_work_does_not_grow_with_the_number_of_phrases(phrases: object) -> None:
    assert callable(phrases)
    once, twice, more = (calls(Phrases(phrases(n)), "a " * 200) for n in (500, 1000, 2000))
    assert max(once, twice, more) <= 1.05 * min(once, twice, more)  # a collection of garbage may call something, too


def test_the_work_grows_as_the_text() -> None:
    found = Phrases(["a b", "a c", "ab"])
    once, twice, more = (calls(found, "a b ab a a " * n) for n in (100, 200, 400))
    assert twice <= 2.1 * once
    assert more <= 2.1 * twice
