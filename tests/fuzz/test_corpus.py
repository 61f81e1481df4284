"""What was found by fuzzing, and where it starts from, goes through the same entries at each run of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.entries import ENTRIES
from tests.fuzz.handout import plain_words

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPUS)))
def test_a_file_of_the_corpus(path: Path) -> None:
    ENTRIES[path.parent.name](path.read_bytes())


def test_each_entry_has_a_corpus() -> None:
    assert {path.parent.name for path in FILES} == set(ENTRIES)


def test_plain_words_in_each_field_make_a_handout() -> None:
    assert all(seen.tokens or seen.elements for seen in plain_words().values())
