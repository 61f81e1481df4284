"""Names of cards are found in texts as whole words, the longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retell.checks import fit
from retell.story.library import forms, load
from retell.story.mentions import Names, place_names, set_apart, term_names, voice_names
from retell.story.told import Told
from retell.story.uses import used_cards, visible_texts

if TYPE_CHECKING:
    from pathlib import Path


PAIRS = [
    ("Lachin", "town"),
    ("Lachin road", "road"),
    ("Road  Authority", "authority"),
    ("St. John's", "church"),
    ("Şuşa", "shusha"),
    ("", "nothing"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lachin", ["town"]),
        ("the Lachin road, then Lachin", ["road", "town"]),
        ("Lachin, then the Lachin road and Lachin", ["town", "road"]),
        ("Lachin\n  road", ["road"]),
        ("the Road\nAuthority", ["authority"]),
        ("lachin", []),
        ("Lachins", []),
        ("NewLachin", []),
        ("(Lachin’s)", ["town"]),
        ("St. John’s", ["church"]),
        ("St. John's", ["church"]),
        ("Stx John's", []),
        ("Şuşa/Shushi", ["shusha"]),
        ("", []),
    ],
)
def test_names_found(text: str, found: list[str]) -> None:
    assert Names(PAIRS).found_in(text) == found


def test_no_names_are_found_where_there_are_none() -> None:
    assert Names([]).found_in("Lachin") == []
    assert Names([(" ", "a")]).found_in("Lachin") == []


def test_names_of_cards(mini_told: Told) -> None:
    assert voice_names(mini_told.voices).found_in("Ann Hill, the South and Hill") == ["ann-hill", "south"]
    for name in ("Aberford/Aberfurt", "Aberford", "Aberfurt"):
        assert place_names(mini_told.places).found_in(f"in {name}.") == ["aberford"]
    assert term_names(mini_told.terms).found_in("Bridge") == ["bridge"]
    assert term_names(mini_told.terms).found_in("a bridge") == ["bridge"]
    assert term_names(mini_told.terms).found_in("BRIDGE") == []


def test_apostrophes_of_cards_and_texts_are_one(mini: Path) -> None:
    term = mini / "cards" / "terms" / "bridge.yaml"
    term.write_text("term: mayor’s bridge\nmeaning: a way over water\naliases: [Hill's bridge]\n", "utf-8")
    names = term_names(forms(load(mini).terms))
    for text in ("the mayor's bridge", "the mayor’s bridge", "Hill’s bridge", "Hill's bridge"):
        assert names.found_in(text) == ["bridge"]


def test_visible_texts_are_those_that_readers_see(mini_told: Told) -> None:
    texts = list(visible_texts(mini_told))
    together = "\n".join(texts)
    for seen in (
        "A bridge fell",
        "a very bad day",
        'says "Sunday"',
        "Two towns",
        "Hill said",
        "it was the rain",
        "Night",
    ):
        assert seen in together
    for seen in ("Who broke it?", "The river.", "The rain did", "Who spoke?", "with glee"):
        assert seen in together
    assert "a way over water" not in together  # a card's meaning is no use of its term
    assert "[@" not in together
    assert "None" not in together


def test_no_name_spans_two_texts(mini: Path) -> None:
    for name in ("Night it", "rain Hill said"):  # a title and a quotation, a quotation and its lead
        (mini / "cards" / "terms" / "across.yaml").write_text(f"term: {name}\nmeaning: two texts\n", "utf-8")
        assert "across" not in used_cards(fit(load(mini)))["terms"]
    together = set_apart(["the rain", "Hill said", "a bridge", "the rain Hill said"])
    assert term_names(forms(load(mini).terms)).found_in(together) == ["bridge", "across"]
