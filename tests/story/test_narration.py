"""How the shipped story sounds, whom it introduces, and how it carries its question: the table is printed and held."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from retell.checks import fit
from retell.story.library import load, shipped_root
from retell.story.mentions import flatten
from retell.story.model import Aside
from retell.story.told import Told
from tests.story.measures import LONG, Measure, measure, narration, reading_grade, sentences, table, unheard

MOST_ASIDES, MOST_UNHEARD = 18, 12
LEAST_SPREAD, LONGEST_RUN, HIGHEST_GRADE = 7.0, 4, 9.0
STRANDS = {  # the question in other words, in the last scene of each phase
    "ceasefire": "readings",
    "protests": "Who keeps a ceasefire",
    "checkpoint": "gate",
    "operation": "still a ceasefire",
    "close": "broke the ceasefire",
}


@pytest.fixture(scope="module")
def story() -> Told:
    return fit(load(shipped_root()))


@pytest.fixture(scope="module")
def measures(story: Told) -> list[Measure]:
    return [measure(scene.id, scene) for scene in story.scenes]


def test_long_sentences_stand_among_the_short(measures: list[Measure]) -> None:
    print(f"\n{table(measures)}")  # noqa: T201 - the table that an editor reads
    lengths = [length for each in measures for length in each.lengths]
    assert sum(length >= LONG for length in lengths) >= len(lengths) / 4
    assert {each.scene: each.spread for each in measures if each.spread < LEAST_SPREAD} == {}
    assert {each.scene: each.run for each in measures if each.run > LONGEST_RUN} == {}


def test_each_scene_can_be_read_at_fifteen_with_and_without_its_asides(measures: list[Measure]) -> None:
    hard = {each.scene: each for each in measures if max(each.grade, each.grade_with_asides) > HIGHEST_GRADE}
    assert hard == {}
    assert {each.scene for each in measures if sum(each.lengths) > 20 * len(each.lengths)} == set()


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("The cat sat on the mat.", -1.4),
        ("Azerbaijan announced an international investigation of ministerial responsibility.", 28.8),
    ],
)
def test_the_grade_is_that_of_the_formula(text: str, grade: float) -> None:
    assert reading_grade(text) == pytest.approx(grade, abs=0.1)


def test_asides_and_silences_are_few(story: Told) -> None:
    asides = [beat.aside for scene in story.scenes for beat in scene.beats if isinstance(beat, Aside)]
    in_narration = [(scene.id, sentence) for scene in story.scenes for sentence in unheard(scene)]
    on_cards = [(name, dispute.silent) for name, dispute in story.disputes.items() if dispute.silent]
    print(f"\nasides {len(asides)}, silences: narration {len(in_narration)}, cards {len(on_cards)}")  # noqa: T201
    assert len(asides) <= MOST_ASIDES
    assert len(in_narration) + len(on_cards) <= MOST_UNHEARD, in_narration + on_cards


def test_each_phase_ends_on_the_question_and_the_story_on_a_question_mark(story: Told) -> None:
    last = {scene.phase: scene for scene in story.scenes}
    for phase, words in STRANDS.items():
        assert words in narration(last[phase], asides=True), phase
    assert narration(story.scenes[-1], asides=True).endswith("?")
    assert isinstance(story.scenes[-1].beats[-1], Aside)


# --- introductions, by the cards ---


def people(story: Told) -> dict[str, tuple[str, str]]:
    """The voices that are persons: every name of theirs has two capitals or is the last word of one that has."""
    found = {}
    for name, voice in story.voices.items():
        if re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", voice.name) and voice.side != "press":
            found[name] = (voice.name.split()[-1], voice.role)
    return found


def places(story: Told) -> dict[str, tuple[str, str]]:
    return {name: (place.name, place.what) for name, place in story.places.items() if not place.alone}


def content(text: str) -> set[str]:
    """The words of a card or sentence that can introduce somebody: of four letters and more, in small letters."""
    return set(re.findall(r"[a-z]{4,}", text.lower())) - {"that", "which", "from", "with", "their"}


def strangers(named: dict[str, tuple[str, str]], text: str) -> Iterator[tuple[str, str]]:
    """Yield whoever is first named with no word of the card's in that sentence or beside it."""
    cut = sentences(flatten(text))
    for name, (shown, card) in named.items():
        for i, sentence in enumerate(cut):
            if re.search(rf"\b{re.escape(shown)}\b", sentence):
                if not content(card) & content(" ".join(cut[max(0, i - 1) : i + 2])):
                    yield name, sentence
                break


def test_nobody_and_no_place_is_a_stranger_in_a_scene_or_in_the_short_handout(story: Told) -> None:
    named = people(story) | places(story)
    assert len(people(story)) >= 6
    parts = {scene.id: narration(scene, asides=False) for scene in story.scenes}
    parts["the gists, one after the other"] = " ".join(scene.gist.plain for scene in story.scenes)
    assert {(part, *stranger) for part, text in parts.items() for stranger in strangers(named, text)} == set()


def test_a_capital_stands_beside_its_country(story: Told) -> None:
    for capital, country in (("Baku", "Azerbaijan"), ("Yerevan", "Armenia")):
        for scene in story.scenes:
            for sentence in sentences(narration(scene, asides=False)):
                if capital in sentence:
                    assert country in sentence, (scene.id, sentence)
                    break


def test_of_two_names_none_stands_alone(story: Told) -> None:
    halves = [half for place in story.places.values() if "/" in place.name for half in place.name.split("/")]
    for scene in story.scenes:
        text = narration(scene, asides=True)
        for place in story.places.values():
            text = text.replace(place.name, "")
        text = re.sub(r"“[^”]*”|(?:new )?Lachin (?:road|corridor)", "", text)
        assert [half for half in halves if half in text] == [], scene.id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aliyev spoke.", ["aliyev"]),
        ("The president of Azerbaijan, Ilham Aliyev, spoke.", []),
        ("Aliyev spoke. He is the president.", []),
        ("Aliyev spoke. It rained. He is the president.", ["aliyev"]),
        ("They met in Baku.", ["baku"]),
        ("They met in Baku, the capital.", []),
    ],
)
def test_a_stranger_is_found(story: Told, text: str, found: list[str]) -> None:
    assert [name for name, _ in strangers(people(story) | places(story), text)] == found
