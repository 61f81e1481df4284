"""How many words each side has, in narration and in positions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retell.checks import fit
from retell.figures.words import NARRATOR, side_words
from retell.story.library import load, shipped_root
from retell.story.prose import count_words
from retell.story.told import Told
from retell.terminal.pages import voices

MOST_TO_ONE = 2
GOVERNMENTS = ("azerbaijan", "armenia")


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


SAYS = [
    # a statement of narration, and the sides that its words count for
    ("The river rose [@north, para. 1].", {NARRATOR: 3}),
    ("Ann Hill told the South of it [@north, para. 1].", {"hill": 7}),
    ("The paper that the South reads named Ann Hill [@north, para. 1].", {"south": 9}),
    ("It rained [@north, para. 1]. Then the South spoke [@north, para. 1].", {NARRATOR: 2, "south": 4}),
]


@pytest.mark.parametrize(("say", "counted"), SAYS)
def test_a_statement_counts_for_the_side_that_it_names_first(mini: Path, say: str, counted: dict[str, int]) -> None:
    before = words_of(mini)
    (mini / "story" / "01-start.yaml").write_text(
        (mini / "story" / "01-start.yaml").read_text("utf-8").replace("beats:\n", f'beats:\n  - say: "{say}"\n'),
        "utf-8",
    )
    after = words_of(mini)
    assert {side: after[side] - before.get(side, 0) for side in after if after[side] != before.get(side, 0)} == counted


def words_of(mini: Path) -> dict[str, int]:
    for card, side in (("ann-hill", "hill"), ("south", "south")):
        file = mini / "cards" / "voices" / f"{card}.yaml"
        file.write_text(file.read_text("utf-8").replace("side: other", f"side: {side}"), "utf-8")
    return {words.id: sum(words.narration.values()) for words in side_words(fit(load(mini)))}


def test_every_word_of_narration_and_of_positions_is_counted_once(shipped: Told) -> None:
    narration = positions = 0
    for scene in shipped.scenes:
        for text in (text for beat in scene.beats for text in shipped.texts_of(beat)):
            if text.role in ("say", "lead", "quote"):
                narration += count_words(text.plain)
            elif text.role == "says":
                positions += text.words
    found = side_words(shipped)
    assert sum(sum(words.narration.values()) for words in found) == narration
    assert sum(sum(words.positions.values()) for words in found) == positions
    assert found[-1].id == NARRATOR


def test_no_government_has_more_than_twice_the_others_words_in_a_phase(shipped: Told) -> None:
    found = {words.id: words for words in side_words(shipped)}
    for phase in shipped.story.phases:
        most, least = sorted((found[side].of(phase.id) for side in GOVERNMENTS), reverse=True)
        assert 0 < most <= MOST_TO_ONE * least, (phase.id, most, least)


def test_the_json_has_them(shipped: Told) -> None:
    words = json.loads(voices.to_json(shipped))["words"]
    assert [side["id"] for side in words] == [side.id for side in side_words(shipped)]
    assert set(words[0]) == {"id", "name", "narration", "positions"}
