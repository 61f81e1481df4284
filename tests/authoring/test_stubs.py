"""`retell new KIND NAME` begins a scene or a card: nothing is replaced, and what it is empty of is told of once."""

from __future__ import annotations

import re
import shlex
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from retell.authoring.bundle import pack
from retell.authoring.scaffold import begin_story
from retell.authoring.scenelist import with_scene
from retell.authoring.stubs import STUBS
from retell.checks import check
from retell.cli import retell
from retell.story.library import load


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(retell, [*map(str, arguments)], standalone_mode=False)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    begin_story(tmp_path / "lesson")
    return tmp_path / "lesson"


def new(lesson: Path, *arguments: str) -> Result:
    copies = ["--copies", str(lesson / "articles")] if "--from" in arguments else []
    return run("--story", lesson, "new", *arguments, *copies)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", STUBS)
def test_a_fresh_form_has_one_problem_and_no_other_file_changes(lesson: Path, kind: str) -> None:
    before = contents(lesson)
    assert new(lesson, kind, "ann-hill").return_value == 0
    (problem,) = check(load(lesson))
    assert problem.rule == "missing-field"
    after = contents(lesson)
    changed = {name for name in after if before.get(name) != after[name] and "/.schema/" not in name}
    assert changed - {"story/story.yaml"} == after.keys() - before.keys()
    (written,) = after.keys() - before.keys()
    assert Path(problem.location.file).as_posix().endswith(written)
    assert after[written].decode().startswith("# yaml-language-server: $schema=")


def test_a_scene_has_a_beat_for_each_paragraph_with_its_text_above_it(lesson: Path) -> None:
    assert new(lesson, "scene", "the-society", "--from", "harbour-post", "¶2-3").return_value == 0
    text = (lesson / "story" / "03-the-society.yaml").read_text("utf-8")
    beats = text.split("beats:\n")[1].split("questions:")[0]
    assert beats.startswith(
        '  #¶2 Mayor Ada Lund had the chimes switched off. "People have a right to sleep," she told the\n'
    )
    assert re.findall(r"#¶(\d)|(\[@.*\])\.", beats) == [
        *(("2", ""), ("", "[@harbour-post, para. 2]")),
        *(("3", ""), ("", "[@harbour-post, para. 3]")),
    ]
    (problem,) = check(load(lesson))
    assert problem.message == "6 fields are empty: 'gist', 'say' (lines 13, 17), 'ask', 'skill', 'answer'"
    assert "  - the-society\n" in (lesson / "story" / "story.yaml").read_text("utf-8")


@pytest.mark.parametrize("numbers", ["¶1,3", "1,3", "paras. 1, 3", "¶¶ 1 3", "Para. 1 ¶3"])
def test_paragraphs_are_named_as_people_name_them(lesson: Path, numbers: str) -> None:
    assert new(lesson, "scene", "x", "--from", "hill-gazette", *numbers.split()).return_value == 0
    assert "paras. 1, 3]" in (lesson / "story" / "03-x.yaml").read_text("utf-8")


def test_without_numbers_a_scene_has_all_paragraphs(lesson: Path) -> None:
    assert new(lesson, "scene", "x", "--from", "hill-gazette").return_value == 0
    assert "paras. 1-3]" in (lesson / "story" / "03-x.yaml").read_text("utf-8")


def test_the_articles_words_are_not_packed(lesson: Path) -> None:
    new(lesson, "scene", "the-society", "--from", "harbour-post")
    with ZipFile(BytesIO(pack(lesson))) as archive:
        packed = archive.read("story/03-the-society.yaml").decode()
        others = archive.read("story/01-nine-in-the-evening.yaml")
    assert "right to sleep" not in packed
    assert "[@harbour-post, para. 2]" in packed
    assert others == (lesson / "story" / "01-nine-in-the-evening.yaml").read_bytes()


def test_a_text_that_only_looks_like_such_a_line_is_packed(lesson: Path) -> None:
    scene = lesson / "story" / "02-a-broken-promise.yaml"
    scene.write_text(scene.read_text("utf-8").replace("By day the", "By day the\n      #¶ sign and the"), "utf-8")
    with ZipFile(BytesIO(pack(lesson))) as archive:
        assert archive.read("story/02-a-broken-promise.yaml") == scene.read_bytes()


def test_a_source_is_made_from_a_saved_article(lesson: Path) -> None:
    saved = lesson / "articles" / "times.txt"
    saved.write_text("It rained all week.\n\nOn Sunday the bridge fell.\n", "utf-8")
    result = run("--story", lesson, "new", "source", "times", "--from", saved)
    assert result.return_value == 0
    assert len(load(lesson).sources["times"].form.paragraphs) == 2
    again = result.stderr.splitlines()[-1].split()
    assert run(*again[1:]).return_value == 0, "the command that it names leaves a paragraph out"
    assert len(load(lesson).sources["times"].form.paragraphs) == 1


def test_a_kind_of_card_that_the_story_has_none_of_gets_its_folder(lesson: Path) -> None:
    (lesson / "cards" / "terms" / "chimes.yaml").unlink()
    (lesson / "cards" / "terms").rmdir()
    assert new(lesson, "term", "chime").return_value == 0
    assert load(lesson).terms.keys() == {"chime"}


REFUSED = [
    (["voice", "ada-lund"], "the voice 'ada-lund' is there already: "),
    (["scene", "a-broken-promise"], "the scene 'a-broken-promise' is there already: "),
    (["scene", "the-night"], "a phase is named 'the-night'"),
    (["scene", "class"], "story/class.yaml holds something else"),
    (["voice", "Ann Hill"], "small letters, digits, hyphens: ann-hill"),
    (["voice", "../x"], "small letters, digits, hyphens: x"),
    (["place", "con"], "small letters, digits, hyphens: the-con"),
    (["scene", "x", "--from", "harbour-pots"], "no source named 'harbour-pots'; did you mean 'harbour-post'?"),
    (["scene", "x", "--from", "harbour-post", "4"], "harbour-post has no paragraph 4: they are numbered 1 to 3"),
    (["scene", "x", "--from", "harbour-post", "4-2"], "'4-2' is no number of a paragraph"),
    (["scne", "x"], "'scne' is no kind of thing to begin: did you mean 'scene'?"),
    (["voice", "x", "y"], "only a scene has paragraphs"),
    (["voice", "x", "--from", "harbour-post"], "--from is for a scene or a source"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED])
def test_what_cannot_be_begun_is_said_in_one_line_and_changes_nothing(
    lesson: Path, arguments: list[str], said: str
) -> None:
    before = contents(lesson)
    assert said in str(new(lesson, *arguments).exception)
    assert contents(lesson) == before


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
@pytest.mark.parametrize("linked", ["cards", "cards/sources", "story"])
@pytest.mark.parametrize(
    "arguments",
    [("new", "source", "times", "--from", "{0}/times.txt"), ("new", "source", "times"), ("new", "scene", "x"),
     ("sources", "--from", "{0}/zotero.json"), ("fingerprint", "{0}/times.txt", "-o", "{1}/cards/sources/times.yaml")],
    ids="new-from new scene sources fingerprint".split(),
)  # fmt: skip
def test_nothing_is_begun_through_a_link_of_the_story(
    lesson: Path, tmp_path: Path, linked: str, arguments: tuple[str, ...]
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "times.txt").write_text("It rained all week.\n\nOn Sunday the bridge fell.\n", "utf-8")
    (mine / "zotero.json").write_text('[{"id": "times", "type": "article-newspaper", "title": "T"}]', "utf-8")
    (lesson / linked).rename(tmp_path / "away")
    (lesson / linked).symlink_to(mine)
    before = [path.name for path in sorted(mine.iterdir())]
    run("--story", lesson, *(each.format(mine, lesson) for each in arguments))
    assert [path.name for path in sorted(mine.iterdir())] == before


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
def test_what_was_begun_is_said_though_the_schemas_cannot_be_renewed(lesson: Path) -> None:
    schema = lesson / "story" / ".schema" / "scene.json"
    schema.unlink()
    schema.symlink_to("story.json")
    result = new(lesson, "scene", "x")
    assert "03-x.yaml written" in result.stderr
    assert "- x\n" in (lesson / "story" / "story.yaml").read_text("utf-8")
    assert f"{schema} is a link, and nothing is written through one" in str(result.exception)


@pytest.mark.parametrize("name", STUBS)
def test_one_word_begins_a_story_whatever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", name).return_value == 0
    assert check(load(Path(name))) == []


def test_in_a_storys_folder_it_need_not_be_named(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lesson)
    assert run("new", "voice", "ann-hill").return_value == 0
    monkeypatch.chdir(lesson / "cards")
    assert "in which story?" in str(run("new", "voice", "bob-dale").exception)


@pytest.mark.parametrize(
    ("file", "old", "name", "kind"),
    [
        ("story/01-nine-in-the-evening.yaml", "by: ada-lund", "by: Queen Victoria", "voices"),
        ("story/01-nine-in-the-evening.yaml", "where: harnsea", "where: zzz", "places"),
        ("story/02-a-broken-promise.yaml", "accounts: was-it-promised", "accounts: qqq", "disputes"),
    ],
)
def test_where_a_card_is_missing_the_check_names_the_command_that_begins_it(
    lesson: Path, file: str, old: str, name: str, kind: str
) -> None:
    path = lesson / file
    path.write_text(path.read_text("utf-8").replace(old, name), "utf-8")
    (problem,) = [problem for problem in check(load(lesson)) if problem.rule == "unknown-card"]
    command = shlex.split(problem.help.partition("begin it: ")[2])
    before = len(getattr(load(lesson), kind))
    assert run(*command[1:]).return_value == 0
    assert len(getattr(load(lesson), kind)) == before + 1


@pytest.mark.parametrize(
    ("listed", "then"),
    [
        ("scenes: [a, b]\ntitle: x\n", "scenes: [a, b, new]\ntitle: x\n"),
        ("scenes:\n  - a\n  - b # the last\n# end\n", "scenes:\n  - a\n  - b # the last\n  - new\n# end\n"),
        ("scenes:\n- a\ntitle: x", "scenes:\n- a\n- new\ntitle: x"),
        ("scenes:\n  - a", "scenes:\n  - a\n  - new"),
        ('scenes: [\n  "a",\n  b\n]\n', 'scenes: [\n  "a",\n  b, new\n]\n'),
        ("scenes: []\ntitle: x\n", "scenes:\n  - new\ntitle: x\n"),
        ("scenes:\ntitle: x\n", "scenes:\n  - new\ntitle: x\n"),
        ("scenes:", "scenes:\n  - new"),
        ("scenes: [new, a]\n", "scenes: [new, a]\n"),
        ("title: x\n", ""),
        ("scenes: a\n", ""),
        ("scenes: [a\n", ""),
    ],
)
def test_the_list_of_scenes_grows_by_one_line_or_not_at_all(listed: str, then: str) -> None:
    assert with_scene(listed, "new") == then


def test_line_ends_stay_as_they_are(lesson: Path) -> None:
    story = lesson / "story" / "story.yaml"
    story.write_bytes(story.read_bytes().replace(b"\n", b"\r\n"))
    assert new(lesson, "scene", "x").return_value == 0
    assert story.read_bytes().count(b"\n") == story.read_bytes().count(b"\r\n")
    assert story.read_bytes().endswith(b"  - x\r\n")


def test_a_scene_is_in_the_phase_of_the_last_scene_listed_or_the_first(lesson: Path) -> None:
    story = lesson / "story" / "story.yaml"
    phases = [phase.id for phase in begun.form.phases] if (begun := load(lesson).story) else []
    *_, last = load(lesson).told()
    assert new(lesson, "scene", "the-society").return_value == 0
    assert f"phase: {last.form.phase}" in (lesson / "story" / "03-the-society.yaml").read_text("utf-8")
    story.write_text(re.sub(r"(?m)^scenes:(\n +- .*)+", "scenes: []", story.read_text("utf-8")), "utf-8")
    assert new(lesson, "scene", "the-boats").return_value == 0
    assert f"phase: {phases[0]}" in (lesson / "story" / "04-the-boats.yaml").read_text("utf-8")
