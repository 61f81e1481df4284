"""`retell new` writes a story that is whole, true to its articles, and told by every command; or nothing at all."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retell.authoring.scaffold import begin_story, example_files
from retell.checks import check
from retell.checks.evidence.examination import BORNE_OUT, prove
from retell.cli import retell
from retell.copies.fingerprints import fingerprint
from retell.problems import RetellError
from retell.story.cards import CARDS
from retell.story.library import Library, load
from retell.story.model import BEATS
from tests.support.invented import saved_paragraphs


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(retell, [*map(str, arguments)], standalone_mode=False)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    assert run("new", tmp_path / "lesson").return_value == 0
    return tmp_path / "lesson"


@pytest.fixture
def library(lesson: Path) -> Library:
    return load(lesson)


def test_it_passes_the_check_with_its_articles_and_without(lesson: Path, library: Library) -> None:
    assert check(library) == []
    findings = prove(library, lesson / "articles")
    assert findings.problems == []
    assert findings.not_looked_into == {}
    assert findings.count(BORNE_OUT) >= 10


@pytest.mark.parametrize(
    ("command", "tells"),
    [
        ("read --pace instant", "People have a right to sleep"),
        ("read the-promise", "Was a promise broken?"),
        ("handout -o -", "# The Quiet Clock"),
        ("sources", "The Hill Gazette"),
        ("sources A", "The Harbour Post"),
        ("voices", "the council"),
        ("voices --format json", "Tom Reeve"),
    ],
)
def test_every_command_tells_it(lesson: Path, command: str, tells: str) -> None:
    told = run("--story", lesson, *command.split())
    assert (told.exception, told.return_value) == (None, 0)
    assert tells in told.output


def test_what_it_says_to_type_next_works_in_a_folder_with_a_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("new", "my lesson").stderr
    commands = [shlex.split(line)[1:] for line in said.splitlines() if line.startswith("  retell ")]
    assert [command[0] for command in commands] == ["--story", "check", "preview"]
    for command in commands:
        told = run(*(part for part in command if part != "--watch"))
        assert (told.exception, told.return_value) == (None, 0)


def test_it_shows_every_kind_of_beat_and_card(lesson: Path, library: Library) -> None:
    assert {type(beat) for scene in library.told() for beat in scene.form.beats} == set(BEATS.values())
    assert all(getattr(library, kind) for kind in CARDS)
    assert (len(library.scenes), len(library.sources), len(library.disputes)) == (2, 2, 1)


def test_its_comments_teach(lesson: Path) -> None:
    texts = [path.read_text("utf-8") for path in lesson.rglob("*.yaml")]
    assert sum(line.lstrip().startswith("# ") for text in texts for line in text.splitlines()) > 2 * len(texts)


def test_the_command_in_the_comment_of_a_source_card_makes_its_fingerprints(lesson: Path, library: Library) -> None:
    command = "retell fingerprint articles/harbour-post.txt"
    assert f"#   {command}\n" in (lesson / "cards" / "sources" / "harbour-post.yaml").read_text("utf-8")
    kept = saved_paragraphs(lesson / "articles" / "harbour-post.txt")
    assert tuple(map(fingerprint, kept)) == library.sources["harbour-post"].form.paragraphs


def test_its_articles_say_that_they_are_invented(lesson: Path) -> None:
    for path in (lesson / "articles").iterdir():
        assert "(This article is invented." in path.read_text("utf-8")


def test_it_is_written_whole(tmp_path: Path, lesson: Path) -> None:
    written = {path.relative_to(lesson).as_posix(): path.read_bytes() for path in lesson.rglob("*") if path.is_file()}
    assert written == example_files()
    assert [path.name for path in tmp_path.iterdir()] == ["lesson"]


def test_what_it_says_to_do_next_can_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("new", "lesson").stderr
    commands = [line.split()[1:] for line in said.splitlines() if line.startswith("  retell ")]
    assert len(commands) == 3
    for command in commands:
        result = run(*(part for part in command if part != "--watch"))
        assert (result.exception, result.return_value) == (None, 0)
    assert Path(said.split()[-1]).is_file()


def test_an_empty_folder_is_filled_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    inode = Path().stat().st_ino
    assert run("new", ".").return_value == 0
    assert (check(load(Path())), Path().stat().st_ino) == ([], inode)
    assert sorted(path.name for path in Path().iterdir()) == [".vscode", "articles", "cards", "story"]


def refusal(folder: Path) -> str:
    with pytest.raises(RetellError) as caught:
        begin_story(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def tree(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", "utf-8")
    before = tree(tmp_path)
    assert refusal(tmp_path) == f"{tmp_path} is there already and not an empty folder: give a new name"
    assert refusal(tmp_path / "notes").endswith("is there already and not an empty folder: give a new name")
    assert refusal(tmp_path / "no" / "lesson").endswith(f"cannot be written: there is no folder {tmp_path / 'no'}")
    assert refusal(tmp_path / "notes" / "lesson").startswith(f"{tmp_path / 'notes' / 'lesson'} cannot be")
    assert tree(tmp_path) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links only for administrators")
def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lesson").symlink_to(tmp_path / "nowhere")
    assert refusal(tmp_path / "lesson").endswith("is there already and not an empty folder: give a new name")


@pytest.mark.parametrize(
    ("there", "name", "calls"),
    [
        (there, name, calls)
        for there, moves in ((False, (1,)), (True, (1, 3)))
        for name, all_calls in (("mkdir", (1, 2)), ("open", (1, 3)), ("replace", moves))
        for calls in all_calls
    ],
)
def test_a_full_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, name: str, calls: int
) -> None:
    if there:
        (tmp_path / "lesson").mkdir()
    before = tree(tmp_path)
    left = [calls]
    original = getattr(os, name)

    def full(*args: object, **kwargs: object) -> object:
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device")
        return original(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr("retell.authoring.scaffold.names_of", lambda _: {})  # the example is read before
        patched.setattr(os, name, full)
        assert refusal(tmp_path / "lesson").endswith("cannot be written: No space left on device")
    assert tree(tmp_path) == before
