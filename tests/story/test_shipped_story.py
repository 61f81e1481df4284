"""The shipped story, held against what the editor's guide asks of it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from retell.checks import check, fit
from retell.checks.evidence.examination import BORNE_OUT, prove
from retell.handout.student import student_edition
from retell.script.resolver import write_script
from retell.script.steps import PhaseStep, SceneStep
from retell.script.titlepage import length, title_page
from retell.story.library import Library, load, shipped_root
from retell.story.model import Accounts, Scene
from retell.story.prose import count_words
from retell.story.told import Told
from retell.terminal.layout.steps import draw
from retell.terminal.telling import tell_at_once, write_lines
from tests.story.measures import narration
from tests.support.documents import in_markdown

SCENES = (
    "five-articles before forty-four-days one-paper two-corridors people-on-the-road what-got-through whose-job "
    "the-heights noon-on-sunday the-answers two-trucks-of-flour drafts-and-deadlines the-nineteenth "
    "where-the-articles-stop"
).split()
DISPUTES = (
    "how-it-began what-was-promised who-stopped-the-road was-it-a-blockade what-moved-on-the-road a-gross-violation "
    "who-fired the-other-road why-talks-stalled russias-part what-was-it"
).split()


@pytest.fixture(scope="module")
def library() -> Library:
    return load(shipped_root())


@pytest.fixture(scope="module")
def story(library: Library) -> Told:
    return fit(library)


@pytest.fixture(scope="module")
def told(story: Told) -> str:
    """The whole telling, as a pipe gets it."""
    stream = io.StringIO()
    steps = write_script(story)
    write_lines(stream, draw(title_page(story.story), 80))
    write_lines(stream, draw(length(steps), 80, minutes=17))
    tell_at_once(stream, steps, 80)
    return stream.getvalue()


def account_words(story: Told, scene: Scene) -> int:
    disputes = [story.disputes[beat.accounts] for beat in scene.beats if isinstance(beat, Accounts)]
    return sum(position.says.words for dispute in disputes for position in dispute.positions)


def test_the_check_finds_nothing_not_even_a_warning(library: Library) -> None:
    assert check(library) == []


def test_it_has_the_scenes_and_disputes_of_the_guide(story: Told) -> None:
    assert [scene.id for scene in story.scenes] == SCENES
    assert sorted(story.disputes) == sorted(DISPUTES)
    told = [beat.accounts for scene in story.scenes for beat in scene.beats if isinstance(beat, Accounts)]
    assert sorted(told) == sorted(DISPUTES)


def test_every_scene_asks_and_answers(story: Told) -> None:
    for scene in story.scenes:
        assert 1 <= len(scene.questions) <= 2, scene.id
        assert all(question.answer.citations for question in scene.questions), scene.id


def test_the_scenes_have_the_guides_sizes(story: Told) -> None:
    for scene in story.scenes:
        assert 7 <= len(scene.beats) <= 12, scene.id
        assert 180 <= count_words(narration(scene, asides=True)) <= 340, scene.id


def test_the_whole_has_2800_to_4300_words_with_the_accounts_and_without(story: Told) -> None:
    told = sum(count_words(narration(scene, asides=True)) for scene in story.scenes)
    accounts = sum(account_words(story, scene) for scene in story.scenes)
    assert told >= 2800
    assert told + accounts <= 4300
    assert 14 <= length(write_script(story)).words / 220 <= 20


def test_the_pipe_carries_phases_scenes_and_codes(story: Told, told: str) -> None:
    for title in ("The 2020 ceasefire", "The Lachin protests", "The checkpoint", "The September operation"):
        assert f"\n  {title}\n" in told
    for number, scene in enumerate(story.scenes, 1):
        assert f"  Scene {number} of 15\n  {scene.title}\n" in told
    for code in "ABCDE":
        assert re.search(rf"\b{code} ¶\d", told)
    assert "\x1b" not in told
    assert max(map(len, told.splitlines())) <= 80


def test_a_scene_that_rests_on_one_article_says_so(story: Told) -> None:
    steps = [step for step in write_script(story) if isinstance(step, SceneStep)]
    for step, scene in zip(steps, story.scenes, strict=True):
        keys = {citation.key for citation in story.cited_in(scene)}
        assert step.only == (f"article: {story.sources[keys.pop()].code}" if len(keys) == 1 else "")
    assert [step.place.scene for step in steps if step.only] == ["the-heights", "the-answers", "the-nineteenth"]


def test_nothing_is_told_from_after_the_last_article(story: Told) -> None:
    close = story.scenes[-1]
    assert (close.id, close.when) == ("where-the-articles-stop", None)
    for scene in story.scenes:
        years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", narration(scene, asides=True))}
        assert all(year <= 2023 for year in years), scene.id
    text = narration(close, asides=True)
    assert not re.search(r"\b(?:2[0-9] September|October|November|December|2024)\b", text)


def test_four_phases_between_two_frames(story: Told) -> None:
    phases = [step for step in write_script(story) if isinstance(step, PhaseStep)]
    assert [phase.frame for phase in phases] == [True, False, False, False, False, True]


def test_the_telling_and_the_handout_are_as_they_were_read(
    story: Told, told: str, golden: Callable[[str, str], None]
) -> None:
    golden("the-lachin-road.txt", told)
    golden("the-lachin-road.md", in_markdown(student_edition(story)))


@pytest.mark.copies
def test_every_claim_is_borne_out_by_the_paragraphs_that_it_cites(library: Library, copies: Path) -> None:
    findings = prove(library, copies)
    assert findings.problems == []
    assert findings.not_looked_into == {}
    assert findings.count(BORNE_OUT) > 250
