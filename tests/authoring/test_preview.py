"""A scene is shown as it is told whatever is wrong with it, each problem where it stands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from retell.authoring import preview
from retell.authoring.scaffold import begin_story
from retell.cli import retell
from retell.problems import DONE, FOUND, RetellError
from retell.story.library import load
from tests.support.folders import MINI

START, NIGHT = "story/01-start.yaml", "story/02-night.yaml"
FAULTY = """\
title: Night
phase: flod
when: 2001-05
where: abberford
gist: It rained [@north, para. 9].
beats:
  - say: It rained [@nroth, para. 2].
  - quote: it was the rain
    lead: Somebody said
    by: ann-hil
    cite: "@north para. 2"
  - quote: nobody
    lead: Nobody said
  - accounts: who-broke-is
  - accounts: who-broke-it
  - asied: Which?
  - figure: mapp
  - figure: timeline
  - figure: map
  - figure: voices
  - pause: long
  - aside: Whose river is it?
questions:
  - ask: Which?
    skill: reading
    answer: Both [@north, para. 1].
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(retell, [*map(str, arguments)], standalone_mode=False)


def shown(root: Path, name: str) -> str:
    console = Console(width=80, color_system=None, force_terminal=False)
    with console.capture() as capture:
        preview.show(load(root), root / name, console)
    return capture.get()


def test_a_scene_without_faults_is_what_the_telling_shows(mini: Path) -> None:
    told = run("--story", mini, "read", "start", "--width", "80").output
    scene, _, conclusion = shown(mini, START).partition("this scene: ")
    assert scene.strip() in told
    assert conclusion == "no problems\nnot held against your copies of the articles: --copies DIR\n"


def test_the_first_problem_of_a_scene_stands_at_its_end_too(mini: Path) -> None:
    path = mini / NIGHT
    path.write_text(
        path.read_text("utf-8").replace("accounts: who-broke-it", "accounts: who").replace("phase: ", "phase: x")
    )
    told, _, conclusion = shown(mini, NIGHT).partition("this scene: 2 errors")
    assert (told.count("[unknown-phase]"), told.count("[unknown-card]")) == (1, 1)
    assert "; the first:\n" in conclusion
    assert (conclusion.count("[unknown-phase]"), conclusion.count("[unknown-card]")) == (1, 0)


def test_a_scene_that_is_not_in_the_list_has_no_number(mini: Path) -> None:
    story = mini / "story" / "story.yaml"
    story.write_text(story.read_text("utf-8").replace("scenes: [start, night]", "scenes: [start]"), "utf-8")
    assert "A scene that is not in the list" in shown(mini, NIGHT)
    assert "Scene 1 of 1" in shown(mini, START)


def test_copies_are_found_as_the_check_finds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson, unseen = tmp_path / "lesson", "not held against"
    begin_story(lesson)
    scene = lesson / "story" / "01-nine-in-the-evening.yaml"
    scene.write_text(scene.read_text("utf-8").replace("108 years", "109 years"), "utf-8")
    monkeypatch.delenv("RETELL_COPIES", raising=False)
    assert unseen in run("preview", scene).output
    assert "[grounds-not-found]" in run("preview", scene, "--copies", lesson / "articles").output
    monkeypatch.setenv("RETELL_COPIES", str(lesson / "articles"))
    assert "[grounds-not-found]" in run("preview", scene).output
    monkeypatch.delenv("RETELL_COPIES")
    monkeypatch.setenv("RETELL_STATE", str(tmp_path / "state"))
    assert run("--story", lesson, "copies", lesson / "articles").exception is None
    assert "[grounds-not-found]" in run("preview", scene).output


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_about_a_fault_is_wider_than_the_page(mini: Path, width: int) -> None:
    long = "It rained for days and days " * 5
    (mini / NIGHT).write_text(FAULTY.replace("It rained [@nroth", f"{long}[@nroth"), "utf-8")
    lines = run("preview", mini / NIGHT, "--width", str(width)).output.splitlines()
    about = [line for line in lines if not line.startswith((str(mini), "/")) and "retell --story" not in line]
    assert max(map(cell_len, about)) <= width


def test_each_fault_stands_under_what_it_concerns(
    mini: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(mini)
    Path(NIGHT).write_text(FAULTY, "utf-8")
    dispute = Path("cards/disputes/who-broke-it.yaml")
    dispute.write_text(dispute.read_text("utf-8").replace("@south", "@suoth"), "utf-8")
    Path("cards/terms/bridge.yaml").write_text("term: bridge\n", "utf-8")
    golden("preview-of-faults.txt", shown(Path(), NIGHT).replace("\\", "/"))


def test_a_road_by_a_place_without_a_card_is_drawn_by_the_others(mini: Path) -> None:
    story = mini / "story" / "story.yaml"
    roads = "[{name: a road, through: [aberford, '', abreford]}]"
    story.write_text(f"{story.read_text('utf-8')}map: {{roads: {roads}}}\n", "utf-8")
    (mini / NIGHT).write_text((mini / NIGHT).read_text("utf-8").replace("figure: timeline", "figure: map"), "utf-8")
    assert "A road: from Aberford/Aberfurt." in shown(mini, NIGHT)


def test_a_scene_that_is_no_yaml_shows_its_problem(mini: Path) -> None:
    (mini / NIGHT).write_text("title: Night: again\n", "utf-8")
    text = shown(mini, NIGHT)
    assert text.count("[not-yaml]") == 1
    assert "Scene" not in text


def test_a_story_without_its_first_file_is_previewed(mini: Path) -> None:
    (mini / "story" / "story.yaml").unlink()
    text = shown(mini, START)
    assert "Two towns, one river." in text
    assert "elsewhere in the story: 1 error" in text


def test_the_command_finds_the_story_around_the_scene(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (run("preview", mini / START).return_value, run("preview", mini / START).exception) == (DONE, None)
    monkeypatch.chdir(mini / "story")
    assert "Two towns" in run("preview", "01-start.yaml").output
    assert "Two towns" in run("--story", mini, "preview", "elsewhere/01-start.yaml").output
    Path("01-start.yaml").write_text("title: x\n", "utf-8")
    assert run("preview", "01-start.yaml").return_value == FOUND


@pytest.mark.parametrize(
    ("name", "why"),
    [("story/story.yaml", "is no scene: scenes are story/NN-name.yaml"), ("story/03-none.yaml", "does not exist")],
)
def test_what_is_no_scene_is_said_in_one_line(mini: Path, name: str, why: str) -> None:
    assert str(run("preview", mini / name).exception) == f"{mini / name} {why}"


@pytest.mark.parametrize("name", ["01-start.yaml", "07-other.yaml"])
def test_a_scene_of_another_story_is_said_in_one_line(mini: Path, tmp_path: Path, name: str) -> None:
    other = tmp_path / "other" / "story"
    other.mkdir(parents=True)
    (other / name).write_text("title: Other\n", "utf-8")
    result = run("preview", "--story", mini, other / name)
    assert isinstance(result.exception, RetellError)
    assert str(result.exception) == f"{other / name} is no scene of the story in {mini}"
    assert result.output == ""


def test_a_scene_that_tells_more_than_a_preview_draws_is_said_in_one_line(
    mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "MOST_CHARACTERS", 50)
    with pytest.raises(RetellError, match="tells more than 50 characters: make two scenes of it"):
        shown(mini, NIGHT)


def test_a_scene_outside_any_story_is_said_in_one_line(tmp_path: Path) -> None:
    scene = tmp_path / "01-start.yaml"
    assert str(run("preview", scene).exception) == f"{scene} does not exist"
    scene.write_text("title: Start\n", "utf-8")
    said = str(run("preview", scene).exception)
    assert said.endswith("stands in no folder 'story'; name its story with --story")


def test_a_story_of_a_newer_format_is_said_and_not_drawn(mini: Path) -> None:
    story = mini / "story" / "story.yaml"
    story.write_text("format: 2\n" + story.read_text("utf-8"), "utf-8")
    result = run("preview", mini / START)
    assert isinstance(result.exception, RetellError)
    assert "[newer-format]" in result.output
    assert "Two towns" not in result.output


# --- watching ---


def test_it_is_shown_again_at_each_save_until_the_author_ends_it(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def saves(*folders: Path) -> Iterator[set[str]]:
        assert folders == (mini / "story", mini / "cards")
        for text in ("aside: Three towns", "aside: Four: towns", "aside: Five towns"):
            (mini / START).write_text(original.replace("aside: Two towns", text), "utf-8")
            yield {"saved"}
        (mini / "story").rename(mini / "gone")
        yield {"gone"}
        raise KeyboardInterrupt

    original = (mini / START).read_text("utf-8")
    monkeypatch.setattr("watchfiles.watch", saves)
    result = run("preview", mini / START, "--watch")
    assert (result.exception, result.return_value) == (None, DONE)
    wanted = ["Two towns", "Three towns", "[not-yaml]", "Five towns", "no story here", "has no folder 'story'"]
    assert [text for text in wanted if text not in result.output] == []
    assert result.stderr.count("shown again at the next save; Ctrl-C ends") == 5


@pytest.mark.parametrize(
    ("ends", "times", "said"),
    [
        ([RuntimeError("Unable to decode path '\\xff'")] * 2 + [None], 4, None),
        ([OSError("OS file watch limit reached")], 1, "cannot be watched: OS file watch limit reached"),
        ([RuntimeError("Error creating watcher")], 1, "cannot be watched: Error creating watcher"),
    ],
)
def test_what_cannot_be_watched_is_said_and_a_name_that_is_no_utf_8_ends_nothing(
    mini: Path, monkeypatch: pytest.MonkeyPatch, ends: list[Exception | None], times: int, said: str | None
) -> None:
    def saves(*_: Path) -> Iterator[set[str]]:
        if error := ends.pop(0):
            raise error
        yield {"saved"}

    monkeypatch.setattr("watchfiles.watch", saves)
    result = run("preview", mini / START, "--watch")
    assert result.stderr.count("shown again at the next save") == times
    assert said is None if result.exception is None else str(result.exception) == f"{mini} {said}"


def test_without_watchfiles_it_says_how_to_get_it(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = run("preview", mini / START, "--watch")
    assert str(result.exception).startswith("--watch needs the package watchfiles: pip install")
    assert result.output == ""


# --- it never stops at a fault ---

FILES = sorted(path.relative_to(MINI).as_posix() for path in MINI.rglob("*.yaml"))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workshop") / "lesson"
    begin_story(folder)
    return folder


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_any_line_stops_it(workshop: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(workshop.rglob("*.yaml"))))
    original = path.read_text("utf-8")
    lines = original.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    changes = [
        lines[:at] + lines[at + 1 :],
        [*lines[:at], lines[at].split(":")[0] + ":", *lines[at + 1 :]],
        [*lines[:at], lines[at] + data.draw(st.sampled_from("x:\"]'[*{")), *lines[at + 1 :]],
        [*lines[:at], " " + lines[at], *lines[at + 1 :]],
        [*lines[:at], lines[at].replace(": ", ": un", 1), *lines[at + 1 :]],
        lines[:at],
    ]
    path.write_text("\n".join(data.draw(st.sampled_from(changes))), "utf-8")
    try:
        for scene in ("story/01-nine-in-the-evening.yaml", "story/02-a-broken-promise.yaml"):
            shown(workshop, scene)
    finally:
        path.write_text(original, "utf-8")
