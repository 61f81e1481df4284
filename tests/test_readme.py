"""The README and the authors' pages say what the program does: commands, output and fields are held against it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from retell.authoring.scaffold import begin_story
from retell.authoring.schema import describe
from retell.checks import check
from retell.checks.evidence.examination import check_with_copies
from retell.checks.report import lines_of
from retell.cli import retell
from retell.story.cards import CARDS, Claim, Position
from retell.story.form import Form, stated
from retell.story.lesson import Lesson, Misconception, Sample, Unknown
from retell.story.library import load, shipped_root
from retell.story.model import (
    BEATS,
    MapRoad,
    Phase,
    Question,
    Scene,
    Story,
    StoryMap,
)
from retell.story.wording import Wording
from retell.terminal.input.keys import BINDINGS
from tests.checks.test_false_changes import LEAST_BY_READINGS, LEAST_BY_THE_COPIES
from tests.support.folders import TOP
from tests.support.interface import every_command

SCENE = "story/01-nine-in-the-evening.yaml"


def fences(path: Path) -> list[tuple[str, str]]:
    """The language and content of every fenced block."""
    blocks = MarkdownIt("commonmark").parse(path.read_text("utf-8"))
    return [(block.info.strip(), block.content) for block in blocks if block.type == "fence"]


def commands() -> list[str]:
    return [content for language, content in fences(TOP / "README.md") if language == "sh"]


def samples() -> list[str]:
    return [content for language, content in fences(TOP / "README.md") if language == "text"]


def test_it_opens_with_output_and_two_commands_of_one_line() -> None:
    assert [language for language, _ in fences(TOP / "README.md")][:3] == ["text", "sh", "sh"]
    assert len(commands()) == 2
    for command in commands():
        assert command.count("\n") == 1
        assert not command.startswith(("$", "#", " "))


def test_the_first_tells_the_story_and_the_second_passes_the_tests() -> None:
    first, second = (command.split("&&")[-1].split()[0] for command in commands())
    assert (Path(first).name, Path(second).name) == ("retell", "pytest")


def test_the_telling_that_it_shows_is_the_programs() -> None:
    told = CliRunner().invoke(retell, ["read", "noon-on-sunday"], standalone_mode=False).output
    parts = samples()[0].split("\n  …\n")
    assert len(parts) == 2
    for part in parts:
        assert part.strip("\n") in told


def test_the_problems_that_it_shows_are_the_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("story", "cards"):
        shutil.copytree(shipped_root() / folder, tmp_path / folder)
    (tmp_path / "story" / "readings.yaml").unlink()  # a story that is still being written
    scene = tmp_path / "story" / "10-noon-on-sunday.yaml"
    text = scene.read_text("utf-8").replace("by: azerbaijan-border-service", "by: border-service")
    scene.write_text(text.replace("@moscow-times, para. 14]", "@moscow-times, para. 61]"), "utf-8")
    monkeypatch.chdir(tmp_path)
    reported = [line.plain for problem in check(load(Path())) for line in lines_of(problem)]
    assert samples()[1].splitlines() == reported


def test_what_the_check_says_of_the_story_is_what_it_says_today(copies: Path) -> None:
    printed = CliRunner().invoke(retell, ["check", "--copies", str(copies)]).output
    assert printed.startswith(samples()[2])


def test_how_many_false_changes_the_check_names_is_what_the_tests_ask() -> None:
    text = " ".join((TOP / "README.md").read_text("utf-8").split())
    assert f"at least {100 * LEAST_BY_READINGS:.0f} in 100 where the statements were read" in text
    assert f"at least {100 * LEAST_BY_THE_COPIES:.0f} in 100 with copies alone" in text


def test_every_command_and_option_that_it_names_is_there() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    assert isinstance(retell, click.Group)
    options = {option for command in (retell, *every_command().values()) for p in command.params for option in p.opts}
    named = set(re.findall(r"(?:`|^ {4})retell ([a-z]+)", text, re.MULTILINE))
    assert named <= set(every_command())
    assert set(every_command()) <= named
    pip_options = {"--version"}
    assert set(re.findall(r"(?<=[ `])(--[a-z]+(?:-[a-z]+)*)", text)) <= options | pip_options


def test_its_table_of_keys_is_that_of_the_bindings() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+?) +\| (.+?) +\|$", text.split("| Key ")[1].split("\n\n")[0], re.MULTILINE)
    assert rows == [(binding.shown, binding.does) for binding in BINDINGS]


def test_the_help_page_of_read_names_every_key() -> None:
    told = CliRunner().invoke(retell, ["read", "--help"]).output
    rows = re.findall(
        r"^  {1,4}(\S.*?) {2,}(.+(?:\n {10,}.+)*)", told.split("Keys:")[1].split("Options:")[0], re.MULTILINE
    )
    assert [(keys, " ".join(does.split())) for keys, does in rows] == [(b.shown, b.does) for b in BINDINGS]


def field_names(form: type[Form]) -> list[str]:
    return [field.encode_name for field in stated(form)]


@pytest.mark.parametrize(
    "form",
    [Story, StoryMap, MapRoad, Scene, Question, *BEATS.values(), Lesson, Misconception, Sample, Unknown],
    ids=lambda form: form.__name__,
)
def test_the_page_on_scenes_names_every_field(form: type[Form]) -> None:
    text = (TOP / "story" / "README.md").read_text("utf-8")
    assert [name for name in field_names(form) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("form", CARDS.values(), ids=CARDS)
def test_the_page_on_cards_names_every_field(form: type[Form]) -> None:
    text = (TOP / "cards" / "README.md").read_text("utf-8")
    assert [name for name in field_names(form) if f"`{name}`" not in text] == []


def test_the_scene_on_the_page_on_scenes_passes_the_check(tmp_path: Path) -> None:
    begin_story(tmp_path / "lesson")
    (example,) = [content for language, content in fences(TOP / "story" / "README.md") if language == "yaml"]
    (tmp_path / "lesson" / SCENE).write_text(example, "utf-8")
    problems, _ = check_with_copies(load(tmp_path / "lesson"), tmp_path / "lesson" / "articles")
    assert {problem.rule for problem in problems} <= {"unused-card"}, "it names fewer people than the scene before"


@pytest.mark.parametrize("page", ["story", "cards"])
def test_the_pages_that_go_into_a_lesson_speak_of_that_lesson(page: str) -> None:
    text = (TOP / page / "README.md").read_text("utf-8")
    ours = [*load(shipped_root()).sources, "Lachin", "Armenia", "Azerbaijan", "Baku", "Yerevan"]
    assert [name for name in ours if re.search(rf"\b{name}\b", text)] == []
    assert set(re.findall(r"\[@([\w-]+)", text)) <= {"harbour-post", "hill-gazette", "times", "key", "other"}


PAGES: dict[str, tuple[type[Form], ...]] = {
    "story": (
        Story,
        StoryMap,
        MapRoad,
        Phase,
        Scene,
        Question,
        *BEATS.values(),
        Lesson,
        Misconception,
        Unknown,
        Sample,
        Wording,
    ),
    "cards": (*CARDS.values(), Position, Claim),
}


@pytest.mark.parametrize("page", PAGES)
def test_the_authors_pages_say_of_each_field_what_the_model_says(page: str) -> None:
    text = (TOP / page / "README.md").read_text("utf-8")
    rows = {(name, words.replace("`", "")) for name, words in re.findall(r"^\| `([\w-]+)` \| (.+) \|$", text, re.M)}
    said = {(field.encode_name, describe(field.type)) for form in PAGES[page] for field in stated(form)}
    assert {row for row in rows if row[0] != "figure"} == {row for row in said if row[0] != "figure"}


# the five mistakes of the page on scenes: the file of the example, what stands there, and what is written instead
MISTAKES = [
    (SCENE, "aside: The same quiet, and two words for it.", "aside: The same quiet: two words for it."),
    ("story/story.yaml", "    title: The night\n", "    title: The night\n    frame: no\n"),
    (SCENE, "    lead: The mayor", "\tlead: The mayor"),
    (SCENE, "    lead: The mayor", "  lead: The mayor"),
    (SCENE, "[@harbour-post, para. 3]", "[@harbour-post ¶3]"),
]


def test_the_five_mistakes_have_the_messages_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = [content for language, content in fences(TOP / "story" / "README.md") if language == "text"]
    assert len(printed) == len(MISTAKES)
    for number, ((file, old, new), message) in enumerate(zip(MISTAKES, printed, strict=True)):
        begin_story(tmp_path / str(number))
        monkeypatch.chdir(tmp_path / str(number))
        text = Path(file).read_text("utf-8")
        assert text.count(old) == 1
        Path(file).write_text(text.replace(old, new), "utf-8")
        assert CliRunner().invoke(retell, ["check"], standalone_mode=False).return_value == 0, "the shipped story"
        result = CliRunner().invoke(retell, ["check", "."], standalone_mode=False)
        assert result.stderr.replace("\\", "/") == message


def test_no_is_a_text_like_any_other_and_an_old_encoding_is_named(tmp_path: Path) -> None:
    begin_story(tmp_path / "lesson")
    scene = tmp_path / "lesson" / SCENE
    text = scene.read_text("utf-8")
    scene.write_text(text.replace("title: Nine in the evening", "title: No"), "utf-8")
    assert load(tmp_path / "lesson").scenes["nine-in-the-evening"].form.title == "No"
    scene.write_bytes(text.replace("@harbour-post, para. 3", "@harbour-post, ¶3").encode("latin-1"))
    (problem,) = load(tmp_path / "lesson").problems
    page = (TOP / "story" / "README.md").read_text("utf-8")
    assert f'"{problem.message}". S{problem.help[1:]}.' in page


def test_the_steps_of_the_page_on_scenes_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (TOP / "story" / "README.md").read_text("utf-8")
    commands = [line.split()[1:] for line in re.findall(r"^ {7}(retell .+)$", page, re.M)]
    kinds = ["new", "read", "preview", "copies", "new", "new", "preview", "check", "read", "new", "pack"]
    assert [next(word for word in command if word not in ("--story", "lesson")) for command in commands] == kinds
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RETELL_STATE", str(tmp_path / "state"))
    for command in commands:
        if command[-2:] == ["copies", "lesson/articles"]:
            Path("lesson/articles/times.txt").write_text("It rained.\n\nIt stopped.\n", "utf-8")
        if "voice" in command:
            continue  # nobody speaks in it
        result = CliRunner().invoke(retell, [part for part in command if part != "--watch"], standalone_mode=False)
        assert (result.exception, result.return_value) == (None, 0), command
        if "source" in command:
            _fill_in_the_card()
        if "scene" in command:
            _tell_the_paragraphs()
    assert "My scene" in CliRunner().invoke(retell, ["--story", "lesson.zip", "read"], standalone_mode=False).output
    typed = commands.index(next(command for command in commands if "my-scene" in command and "read" in command)) + 1
    assert typed - 1 <= 8, "commands from the first file to the first scene told; looking at the example is not one"


def _fill_in_the_card() -> None:
    card = Path("lesson/cards/sources/times.yaml")
    filled = {"type": "webpage", "code": "C", "genre": "news", "summary": "x", "stance": "x", "leaves-out": "x"}
    text = card.read_text("utf-8")
    for name, value in filled.items():
        text = text.replace(f"\n{name}:", f"\n{name}: {value}")
    card.write_text(text, "utf-8")


def _tell_the_paragraphs() -> None:
    """Write into the scene that was begun what the page says: words before each citation, and a question."""
    scene = Path("lesson/story/03-my-scene.yaml")
    text = scene.read_text("utf-8")
    for cited, told in (
        ("[@times, paras. 1-2].\nbeats", "Rain fell, and then no more "),
        ("[@times, para. 1].", "Rain fell "),
        ("[@times, para. 2].", "Then no more fell "),
        ("    [@times, paras. 1-2].\n", "    Nobody says "),
    ):
        text = text.replace(cited, cited.replace("[", f"{told}["))
    scene.write_text(text.replace("ask:", "ask: How long?").replace("skill:", "skill: context"), "utf-8")


def test_the_page_on_security_is_up_to_date() -> None:
    page = (TOP / ".github" / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in page
    assert not re.search(r"https?://|@\w", page), "no address that nobody reads"
    for target in re.findall(r"\]\(([^)#]+)", page):
        assert (TOP / ".github" / target).exists(), target
    assert "## What a story may hold" in (TOP / "story" / "README.md").read_text("utf-8")
