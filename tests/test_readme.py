"""The README and the authors' pages say what the program does: commands, output and fields are held against it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from interface import every_command
from retell.checks import check
from retell.cli import retell
from retell.library import load, shipped_root
from retell.model import BEATS, CARDS, Form, Question, Scene, Story
from retell.report import lines_of
from retell.terminal.keys import BINDINGS

TOP = Path(__file__).parents[1]


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
    scene = tmp_path / "story" / "10-noon-on-sunday.yaml"
    text = scene.read_text("utf-8").replace("by: azerbaijan-border-service", "by: border-service")
    scene.write_text(text.replace("@moscow-times, para. 16", "@moscow-times, para. 61"), "utf-8")
    monkeypatch.chdir(tmp_path)
    reported = [line.plain for problem in check(load(Path())) for line in lines_of(problem)]
    assert samples()[1].splitlines() == reported


def test_every_command_and_option_that_it_names_is_there() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    assert isinstance(retell, click.Group)
    options = {option for command in (retell, *every_command().values()) for p in command.params for option in p.opts}
    named = set(re.findall(r"(?:`|^ {4})retell ([a-z]+)", text, re.MULTILINE))
    assert named <= set(every_command())
    assert set(every_command()) - {"fingerprint"} <= named
    pip_options = {"--version"}
    assert set(re.findall(r"(?<=[ `])(--[a-z]+)", text)) <= options | pip_options


def test_it_names_every_key() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    for binding in BINDINGS:
        for key in binding.shown.split(", "):
            assert re.search(rf"\b{key}\b", text), key


def field_names(form: type[Form]) -> list[str]:
    return list(form.__struct_encode_fields__)


@pytest.mark.parametrize("form", [Story, Scene, Question, *BEATS.values()], ids=lambda form: form.__name__)
def test_the_page_on_scenes_names_every_field(form: type[Form]) -> None:
    text = (TOP / "story" / "README.md").read_text("utf-8")
    assert [name for name in field_names(form) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("form", CARDS.values(), ids=CARDS)
def test_the_page_on_cards_names_every_field(form: type[Form]) -> None:
    text = (TOP / "cards" / "README.md").read_text("utf-8")
    assert [name for name in field_names(form) if f"`{name}`" not in text] == []


def test_the_scene_on_the_page_on_scenes_passes_the_check(tmp_path: Path) -> None:
    for folder in ("story", "cards"):
        shutil.copytree(shipped_root() / folder, tmp_path / folder)
    (example,) = [content for language, content in fences(TOP / "story" / "README.md") if language == "yaml"]
    (tmp_path / "story" / "10-noon-on-sunday.yaml").write_text(example, "utf-8")
    assert [problem for problem in check(load(tmp_path)) if problem.level == "error"] == []
