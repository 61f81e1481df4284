"""A story becomes a flat list of steps with every card looked up and every citation resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.checks import fit
from retell.figures.map import place_map
from retell.figures.timeline import Moment, PhaseSpan, moments, phase_spans
from retell.figures.voices import balance
from retell.problems import RetellError, UnknownNameError
from retell.script.resolver import scenes_of, write_script
from retell.script.steps import (
    Account,
    AccountsStep,
    AsideStep,
    PauseStep,
    PhaseStep,
    Point,
    QuoteStep,
    SayStep,
    SceneStep,
    SourcesStep,
    Stretch,
    TimelineStep,
)
from retell.script.titlepage import TitleStep, length, title_page
from retell.story.dates import parse_when
from retell.story.library import load
from retell.story.prose import Prose, Span
from retell.story.references import Reference, ranges
from retell.story.told import Told
from retell.terminal.layout.lines import count_paced
from retell.terminal.layout.steps import draw

if TYPE_CHECKING:
    from pathlib import Path
from tests.support.unchecked import unchecked

PLAIN_SCENE = """\
title: {title}
phase: {phase}
gist: It fell [@{key}].
beats:
  - say: It fell [@{key}].
questions:
  - ask: What fell?
    skill: sourcing
    answer: A bridge [@{key}].
"""


def stretch(text: str, *references: Reference) -> Stretch:
    return Stretch((Span(text),), references)


def test_steps_of_the_small_story(mini_told: Told) -> None:
    steps = write_script(mini_told)
    start, night = Point("start", 1), Point("night", 2)
    assert [type(step) for step in steps] == [
        *(PhaseStep, SceneStep, SayStep, AsideStep),
        *(PhaseStep, SceneStep, QuoteStep, AccountsStep, TimelineStep, PauseStep),
        SourcesStep,
    ]
    assert steps[0] == PhaseStep(start, "Opening", "", True)
    assert steps[1] == SceneStep(start, "Start", "", "", "", 2, "Opening", asks=True)
    assert steps[3] == AsideStep(Point("start", 1, 1), "Two towns, one river.")
    assert steps[4] == PhaseStep(night, "The flood", "2001", False)
    assert steps[5] == SceneStep(night, "Night", "May 2001", "Aberford/Aberfurt", "", 2, "The flood", asks=True)
    assert steps[9] == PauseStep(Point("night", 2, 3), 1.0)


def test_narration_keeps_its_spans_and_takes_the_punctuation_behind_its_citations(mini_told: Told) -> None:
    say = write_script(mini_told)[2]
    assert isinstance(say, SayStep)
    assert say.note == "says “Sunday”"
    assert [part.text for part in say.stretches] == [
        "The mayor of Aberford/Aberfurt, Ann Hill, called it “a very bad day”,",
        "and left.",
    ]
    assert [span.style for span in say.stretches[0].spans] == ["plain", "quotation", "plain"]
    assert [part.references for part in say.stretches] == [(Reference("A", (1,)),), (Reference("B", (1, 2)),)]


def test_quotations_and_accounts_name_who_speaks(mini_told: Told) -> None:
    quote, accounts = write_script(mini_told)[6:8]
    assert quote == QuoteStep(
        Point("night", 2, 0), "Hill said", "“it was the rain”", "Ann Hill", "mayor", (Reference("A", (2,)),), ""
    )
    assert isinstance(accounts, AccountsStep)
    assert (accounts.question, accounts.notice, accounts.silent) == ("Who broke it?", "", "The river.")
    assert [account.voice for account in accounts.accounts] == ["Ann Hill", "The South"]
    assert isinstance(accounts.accounts[0], Account)
    assert [part.text for account in accounts.accounts for part in account.stretches] == [
        "The rain did.",
        "The mayor did, “with glee”.",
    ]


def test_sources_stand_in_the_order_of_their_codes_and_say_what_nobody_saw(mini_told: Told) -> None:
    listed = mini_told.articles
    assert write_script(mini_told)[-1] == SourcesStep(Point(), listed)
    assert [(article.code, article.key) for article in listed] == [("A", "north"), ("B", "south")]
    assert listed[0].title == "headline not in our copy"
    assert listed[0].outlet == "outlet not in our copy"
    assert listed[0].date == "date not in our copy"
    assert (listed[0].url, listed[0].worked_out) == ("", ())


def test_a_source_that_was_seen_whole(mini: Path) -> None:
    card = mini / "cards" / "sources" / "north.yaml"
    seen = "title: '\"Fallen\"'\ncontainer-title: The North\nvolume: 3\nissue: 4\nissued: 2001-05\nURL: https://example.org/1\n"
    card.write_text(seen + 'worked-out: [the "Sunday"]\n' + card.read_text("utf-8"), "utf-8")
    article = fit(load(mini)).articles[0]
    assert (article.title, article.outlet, article.date) == ("“Fallen”", "The North, volume 3, issue 4", "May 2001")
    assert (article.url, article.worked_out) == ("https://example.org/1", ("the “Sunday”",))


def test_a_title_or_name_in_two_lines_with_typed_marks_is_set_wherever_it_is_shown(mini: Path) -> None:
    typed, shown = '|\n{0}The "Bell"\n{0}isn\'t\n', "The “Bell” isn’t"
    changes = {
        "story/story.yaml": [
            ("title: The flood\n", f"title: {typed.format(' ' * 6)}"),
            ("scenes:", f"map:\n  roads:\n    - name: {typed.format(' ' * 8)}      through: [aberford]\nscenes:"),
        ],
        "story/02-night.yaml": [("title: Night\n", f"title: {typed.format('  ')}")],
        "cards/places/aberford.yaml": [
            ("name: Aberford/Aberfurt\n", f"name: {typed.format('  ')}"),
            ("names: {az: Aberford, hy: Aberfurt}\n", f"names:\n  az: {typed.format('    ')}"),
        ],
        "cards/voices/ann-hill.yaml": [("name: Ann Hill\n", f"name: {typed.format('  ')}")],
        "cards/sources/north.yaml": [
            ("genre: news report\n", f"genre: {typed.format('  ')}container-title: {typed.format('  ')}")
        ],
    }
    for file, pairs in changes.items():
        text = (mini / file).read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (mini / file).write_text(text, "utf-8")
    library = fit(load(mini))
    (moment,), (span,), drawn, said = moments(library), phase_spans(library), place_map(library), balance(library)
    (place,), (road,), article = drawn.places, drawn.roads, library.articles[0]
    names = (moment.title, span.title, place.name, *dict(place.names).values(), road.name)
    assert {*names, said.phases[1].title, said.voices[0].name, article.outlet, article.genre} == {shown}
    steps = write_script(library)
    assert {step.title for step in steps if isinstance(step, SceneStep | PhaseStep)} == {"Start", "Opening", shown}


def test_the_timeline_has_the_dated_scenes_of_the_story_proper(mini: Path) -> None:
    days = parse_when("2001-05").drawn
    moment = Moment("May 2001", 2, "Night", "flood", Prose("It rained [@north, para. 2]."), *days)
    library = fit(load(mini))
    assert moments(library) == (moment,)
    (step,) = (step for step in write_script(library) if isinstance(step, TimelineStep))
    flood = PhaseSpan("flood", "The flood", "2001", *parse_when("2001").drawn)
    assert step == TimelineStep(Point("night", 2, 2), (moment,), (flood,))
    start = mini / "story" / "01-start.yaml"
    start.write_text(start.read_text("utf-8") + "when: 2001-01\n", "utf-8")
    assert moments(fit(load(mini))) == (moment,)  # a frame's date is none of the story's


@pytest.mark.parametrize(
    ("key", "old", "only"),
    [("north", "", "article: A"), ("south", "", "article: B"), ("north", "gist: It fell [@north]", "")],
)
def test_a_scene_that_rests_on_one_article_says_so(mini: Path, key: str, old: str, only: str) -> None:
    text = PLAIN_SCENE.format(title="Start", phase="opening", key=key)
    (mini / "story" / "01-start.yaml").write_text(text.replace(old, "gist: It fell [@south]") if old else text, "utf-8")
    scene = write_script(fit(load(mini)))[1]
    assert isinstance(scene, SceneStep)
    assert scene.only == only


def test_what_a_scene_rests_on(mini_told: Told) -> None:
    start, night = mini_told.scenes
    assert [(found.key, found.paragraphs) for found in mini_told.cited_in(start)] == [
        ("north", (1,)),
        ("north", (1,)),
        ("south", (1, 2)),
    ]
    assert {(found.key, found.paragraphs) for found in mini_told.cited_in(night)} == {
        ("north", (2,)),
        ("south", (1,)),
    }


def test_citations_of_one_article_are_one_reference(mini: Path) -> None:
    text = PLAIN_SCENE.format(title="Start", phase="opening", key="north")
    cites = "say: It fell [@north, para. 2; @south, para. 1; @north, paras. 1-2; @south]"
    (mini / "story" / "01-start.yaml").write_text(text.replace("say: It fell [@north]", cites), "utf-8")
    say = write_script(fit(load(mini)))[2]
    assert isinstance(say, SayStep)
    assert say.stretches == (
        Stretch((Span("It fell", offset=0), Span(".")), (Reference("A", (2, 1)), Reference("B", (1,)))),
    )


@pytest.mark.parametrize("part", ["start", "opening", "1"])
def test_a_part_of_the_story_keeps_its_numbers(mini_told: Told, part: str) -> None:
    whole = write_script(mini_told)
    assert write_script(mini_told, part) == (*whole[:4], whole[-1])


@pytest.mark.parametrize("part", ["night", "flood", "2"])
def test_a_later_part_begins_with_its_phase(mini_told: Told, part: str) -> None:
    assert write_script(mini_told, part) == write_script(mini_told)[4:]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("nigth", "no scene or phase named 'nigth'; did you mean 'night'?"),
        ("flod", "no scene or phase named 'flod'; did you mean 'flood'?"),
        ("x", "no scene or phase named 'x'; known here: flood, night, opening, start"),
    ],
)
def test_an_unknown_part(mini_told: Told, part: str, message: str) -> None:
    with pytest.raises(RetellError) as caught:
        write_script(mini_told, part)
    assert str(caught.value) == message


@pytest.mark.parametrize("number", ["0", "3", "02", "-1", "1.0", "²"])
def test_there_is_no_scene_of_another_number(mini_told: Told, number: str) -> None:
    with pytest.raises(UnknownNameError, match=f"^no scene or phase named '{re.escape(number)}'; known here: "):
        write_script(mini_told, number)


def test_a_name_that_looks_like_a_number_comes_first(mini: Path) -> None:
    (mini / "story" / "02-night.yaml").rename(mini / "story" / "02-1.yaml")
    story = mini / "story" / "story.yaml"
    story.write_text(story.read_text("utf-8").replace("night]", '"1"]'), "utf-8")
    assert [scene.id for scene in scenes_of(fit(load(mini)), "1")] == ["1"]
    assert [scene.id for scene in scenes_of(fit(load(mini)), "2")] == ["1"]


def test_an_unknown_part_of_a_long_story_lists_its_phases(mini: Path) -> None:
    add_scenes(mini, 12)
    with pytest.raises(
        RetellError,
        match=r"no scene or phase named 'x'; the phases are opening, flood; 'retell read --list' names the scenes$",
    ):
        write_script(fit(load(mini)), "x")


def add_scenes(root: Path, count: int) -> None:
    for i in range(count):
        text = PLAIN_SCENE.format(title=f"Scene {i}", phase="flood" if i % 2 else "opening", key="north")
        (root / "story" / f"{i + 3:02}-more-{i}.yaml").write_text(text, "utf-8")
    listed = ", ".join(f"more-{i}" for i in range(count))
    story = root / "story" / "story.yaml"
    story.write_text(story.read_text("utf-8").replace("night]", f"night, {listed}]"), "utf-8")


def test_a_phase_is_announced_each_time_that_it_begins(mini: Path) -> None:
    add_scenes(mini, 4)
    phases = [step.title for step in write_script(fit(load(mini))) if isinstance(step, PhaseStep)]
    assert phases == ["Opening", "The flood"] * 3


def test_the_title_page(mini_told: Told) -> None:
    assert title_page(mini_told.story) == TitleStep(
        "The Bridge",
        "A small story",
        "Who broke the bridge?",
        "Two invented articles on an invented bridge.",
    )
    assert length(write_script(mini_told)).scenes == 2


def test_the_length_counts_the_words_that_are_told(mini: Path) -> None:
    for _ in range(2):
        steps = write_script(unchecked(load(mini)))
        assert [step.words for step in steps] == [count_paced(draw(step, 80)) for step in steps]
        assert length(steps).words == sum(step.words for step in steps)
        start = mini / "story" / "01-start.yaml"
        more = (
            "beats:\n"
            "  - say: One[@north], *two*-three – 'four' “five – six”'s _ [@south, para. 1]seven \\[eight\\] [@south]?\n"
            "  - aside: A *star*, two – and 30 000 more.\n"
            "  - quote: four words – told here\n"
            "    lead: Hill's  own\n"
            "    by: ann-hill\n"
            "    cite: '@north, para. 1'\n"
            "  - accounts: who-broke-it\n"
        )
        start.write_text(start.read_text("utf-8").replace("beats:\n", more, 1), "utf-8")


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ([], ""),
        ([6], "6"),
        ([6, 7], "6–7"),
        ([3, 6, 7, 8], "3, 6–8"),
        ([1, 3, 5], "1, 3, 5"),
        ([9, 3], "9, 3"),
        ([7, 6], "7, 6"),
        ([2, 2], "2, 2"),
    ],
)
def test_ranges(numbers: list[int], written: str) -> None:
    assert ranges(numbers) == written


@given(st.lists(st.integers(1, 30), unique=True))
def test_ranges_say_every_number_in_order(numbers: list[int]) -> None:
    said: list[int] = []
    for part in ranges(numbers).split(", ") if numbers else ():
        first, _, last = part.partition("–")
        said.extend(range(int(first), int(last or first) + 1))
    assert said == numbers


@pytest.mark.parametrize(
    ("reference", "written"),
    [(Reference("C", (3, 6, 7)), "C ¶3, 6–7"), (Reference("C", ()), "C")],
)
def test_references(reference: Reference, written: str) -> None:
    assert str(reference) == written
