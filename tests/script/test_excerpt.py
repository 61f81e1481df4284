"""A part of a story: the scenes asked for, or their gists, with only the cards that they need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from retell.checks import fit
from retell.problems import RetellError
from retell.script.excerpt import Length, excerpt
from retell.script.resolver import write_script
from retell.script.steps import SceneStep
from retell.story.library import load, shipped_root
from retell.story.model import Accounts
from retell.story.texts import namings
from retell.story.told import Told
from retell.story.uses import used_cards
from tests.support.towns import Files, load_files, story_files

LENGTHS: tuple[Length, ...] = ("short", "packet", "full")


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


def made(folder: Path, files: Files, parts: Sequence[str] = (), length: Length = "full") -> Told:
    return excerpt(fit(load_files(folder, files)), parts, length)


def test_the_whole_story_keeps_its_scenes_and_loses_what_nothing_names(tmp_path: Path) -> None:
    whole = made(tmp_path, story_files())
    assert [scene.id for scene in whole.scenes] == ["start", "alone", "many", "end"]
    assert list(whole.terms) == ["bridge"]
    assert sorted(source.code for source in whole.sources.values()) == ["A", "B", "C", "D", "E"]


SHOWN_IN_EACH_PART = ["title", "question", "phase", "note", "road"]
SHOWN_IN_THE_WHOLE = ["subtitle", "about", "other-phase", "task", "starters"]
SHOWN_TO_TEACHERS = ["aims", "sensitivity", "think"]


def with_word(where: str) -> Files:
    """The story with a term that is named in one text that cites nothing, and nowhere else."""
    files = story_files()
    files["cards/terms/oxbow"] = {"term": "oxbow", "meaning": "a lake that was a bend"}
    story, lesson = files["story/story"], files["story/class"]
    if where in ("note", "road"):
        roads = [{"name": "the oxbow road" if where == "road" else "the road", "through": ["aberford"]}]
        story["map"] = {"note": "An oxbow." if where == "note" else "A map.", "roads": roads}
    elif where in ("phase", "other-phase"):
        story["phases"][1 if where == "phase" else 0]["title"] = "The oxbow"
    elif where == "think":
        lesson["misconceptions"][0]["think"] = "An oxbow."
    else:
        fields = story if where in story else lesson
        fields[where] = ["An oxbow."] if isinstance(fields[where], list) else "An oxbow."
    return files


@pytest.mark.parametrize("where", [*SHOWN_IN_EACH_PART, *SHOWN_IN_THE_WHOLE, *SHOWN_TO_TEACHERS])
def test_a_word_is_explained_where_students_see_it(tmp_path: Path, where: str) -> None:
    library = fit(load_files(tmp_path, with_word(where)))
    assert "oxbow" in used_cards(library)["terms"]
    assert "unsaid" not in used_cards(library)["terms"]
    for parts, shown in (((), where not in SHOWN_TO_TEACHERS), (("flood",), where in SHOWN_IN_EACH_PART)):
        for length in LENGTHS:
            assert ("oxbow" in excerpt(library, parts, length).terms) == shown, (parts, length)


@pytest.mark.parametrize(
    ("parts", "scenes", "codes"),
    [
        (["alone"], ["alone"], "A"),
        (["flood"], ["alone", "many"], "ABE"),
        (["many", "alone"], ["alone", "many"], "ABE"),
        (["end", "end"], ["end"], "ADE"),  # A, for the meaning of a word
        (["opening", "close"], ["start", "end"], "ABCDE"),
    ],
)
def test_a_part_has_its_scenes_in_order_and_their_articles(
    tmp_path: Path, parts: list[str], scenes: list[str], codes: str
) -> None:
    part = made(tmp_path, story_files(), parts)
    assert [scene.id for scene in part.scenes] == scenes
    assert "".join(sorted(source.code for source in part.sources.values())) == codes


def test_scenes_keep_their_numbers(tmp_path: Path) -> None:
    part = made(tmp_path, story_files(), ["many"])
    (step,) = [step for step in write_script(part) if isinstance(step, SceneStep)]
    assert (step.place.number, step.of) == (3, 4)


@pytest.mark.parametrize(
    ("part", "message"),
    [("chekpoint", "did you mean 'checkpoint'?"), ("nowhere-at-all", "the phases are opening, ceasefire, ")],
)
def test_an_unknown_part_gets_the_nearest_name(shipped: Told, part: str, message: str) -> None:
    with pytest.raises(RetellError) as caught:
        excerpt(shipped, ["protests", part])
    assert str(caught.value).startswith(f"no scene or phase named '{part}'; {message}")


def test_a_part_has_every_card_that_it_names_and_every_article_that_it_cites(shipped: Told) -> None:
    for parts in ((), ("checkpoint",), ("the-heights",), ("five-articles", "operation")):
        for length in LENGTHS:
            part = excerpt(shipped, parts, length)
            forms = (*part.scenes, *part.disputes.values())
            named = {(naming.kind, naming.card) for form in forms for naming in namings(form)}
            cards = {"voices": set(part.voices), "places": set(part.places), "disputes": set(part.disputes)}
            assert [(kind, card) for kind, card in named if card not in cards[kind]] == []
            assert {citation.key for citation in part.citations()} <= set(part.sources)


def test_an_excerpt_leaves_the_library_as_it_was(shipped: Told) -> None:
    before = (shipped.scenes, dict(shipped.sources), shipped.lesson)
    excerpt(shipped, ["checkpoint"], length="short")
    assert (shipped.scenes, shipped.sources, shipped.lesson) == before


def test_an_article_that_a_text_or_a_note_names_is_needed(tmp_path: Path) -> None:
    files = story_files()
    del files["story/class"]
    files["cards/terms/bridge"]["meaning"] = "a way over water"
    files["story/02-alone"]["beats"][0]["note"] = "Article E has it otherwise."
    files["cards/sources/coast"]["worked-out"] = ["The day is in D ¶2."]
    part = made(tmp_path, files, ["alone"])
    assert sorted(source.code for source in part.sources.values()) == ["A", "D", "E"]


def test_what_belongs_to_another_scene_or_to_the_whole_is_left_out(tmp_path: Path) -> None:
    lesson = made(tmp_path, story_files(), ["alone"]).lesson
    assert [entry.think for entry in lesson.misconceptions] == ["SECRET-THOUGHT one"]
    assert [entry.what.plain for entry in lesson.unknown] == ["Who was on it."]


def short_of(library: Told) -> tuple[list[str], list[str]]:
    told = [beat.accounts for scene in library.scenes for beat in scene.beats if isinstance(beat, Accounts)]
    return told, [question.ask.plain for scene in library.scenes for question in scene.questions]


def test_a_short_one_keeps_the_three_fullest_disputes_and_a_question_for_each_skill(tmp_path: Path) -> None:
    library = made(tmp_path, story_files(), length="short")
    assert short_of(library) == (["of-3", "of-4", "of-5"], ["Who spoke?", "Whose word is “bad”?", "What else?"])
    kept = [beat for scene in library.scenes for beat in scene.beats if not isinstance(beat, Accounts)]
    assert [type(beat).__name__ for beat in kept] == ["Say", "Aside"], "how it begins"
    assert [entry.what.plain for entry in library.lesson.unknown] == ["What it cost."]


def test_marks_choose_what_a_short_one_keeps(tmp_path: Path) -> None:
    files = story_files()
    files["cards/disputes/of-2"]["short"] = True
    files["story/03-many"]["questions"][0]["short"] = True
    assert short_of(made(tmp_path, files, length="short")) == (
        ["of-2"],
        ["Whose word is “bad”?", "What else?", "Which?"],
    )
