"""`retell copies` shows and remembers where a reader's articles are; `retell find` finds who says a thing in them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retell.cli import retell
from retell.problems import DONE, FOUND, RetellError
from tests.support.invented import ARTICLES, save_copies, tell


@pytest.fixture
def story(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    save_copies(mini)
    monkeypatch.setenv("RETELL_STATE", str(tmp_path / "state"))
    return mini


@pytest.fixture
def run(story: Path) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(
        retell, ["--story", str(story), *map(str, arguments)], standalone_mode=False
    )


def test_a_folder_is_shown_and_remembered_by_its_name_alone(run: Callable[..., Result], story: Path) -> None:
    shown = run("copies", story / "copies")
    assert shown.return_value == DONE
    assert "A  north: 5 of 5 paragraphs\n   in north.txt (plain text)\n" in shown.stdout
    (memory,) = (story.parent / "state").iterdir()
    assert memory.read_text("utf-8") == f"{story / 'copies'}\n"
    assert run("copies").stdout == shown.stdout
    assert run("copies", "--forget").stderr == "the folder of copies is forgotten\n"
    assert run("copies", "--forget").stderr == "no folder of copies was remembered\n"
    assert run("copies").stdout == ""


def test_what_is_remembered_serves_each_command(run: Callable[..., Result], story: Path) -> None:
    without = run("check").stdout
    run("copies", story / "copies")
    assert "statements" in run("check").stdout
    assert run("check").stdout != without
    assert "¶3" in run("find", "old piers").stdout


def test_a_folder_that_is_gone_is_named(run: Callable[..., Result], story: Path) -> None:
    run("copies", story / "copies")
    (story / "copies").rename(story / "elsewhere")
    checked = run("check")
    assert checked.return_value == DONE
    assert f"the folder of copies is not there any more: {story / 'copies'}" in checked.stderr


@pytest.mark.parametrize(
    "kept", ["", "\n", "{}", "copies", "[" * 9_000, "/a\0b", "/a\n/b\n", "/" + "a" * 9_000, "/\udcff"]
)
def test_what_is_kept_and_is_no_folders_name_stops_no_command(
    kept: str, run: Callable[..., Result], story: Path
) -> None:
    run("copies", story / "copies")
    (memory,) = (story.parent / "state").glob("*.copies")
    memory.write_bytes(kept.encode("utf-8", "surrogateescape"))
    assert run("check").return_value == DONE
    assert run("copies", story / "copies").return_value == DONE
    assert "¶3" in run("find", "old piers").stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_stands_in_the_place_of_the_memory_is_left_as_it_is(
    kind: str, run: Callable[..., Result], story: Path
) -> None:
    run("copies", story / "copies")
    (memory,) = (story.parent / "state").glob("*.copies")
    memory.unlink()
    kept = story / "kept"
    kept.write_text(f"{story / 'copies'}\n", "utf-8")
    if kind == "link":
        memory.symlink_to(kept)
    elif kind == "pipe":
        os.mkfifo(memory)
    else:
        memory.mkdir()
    assert run("check").return_value == DONE
    assert isinstance(run("copies", story / "copies").exception, RetellError)
    assert kept.read_text("utf-8") == f"{story / 'copies'}\n"


def test_a_folder_without_an_article_is_not_remembered(run: Callable[..., Result], story: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "page.html").write_text("<p>Please enable JavaScript to read on.</p>", "utf-8")
    (tmp_path / "other" / "a.png").write_bytes(b"\x89PNG")
    result = run("copies", tmp_path / "other")
    assert isinstance(result.exception, RetellError)
    assert "not remembered" in str(result.exception)
    said = " ".join(result.stdout.split())
    assert "page.html is a web page of 6 words, and asks for something (javascript)" in said
    assert "1 file here was not read: a.png" in said


def test_a_story_without_sources_remembers_where_they_will_be(run: Callable[..., Result], story: Path) -> None:
    for card in (story / "cards" / "sources").iterdir():
        card.unlink()
    assert "is remembered" in run("copies", story / "copies").stderr


def test_the_environment_names_a_folder_and_an_option_another(
    run: Callable[..., Result], story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETELL_COPIES", str(story / "copies"))
    assert "¶3" in run("find", "old piers").stdout
    (tmp_path / "one.md").write_text(ARTICLES["south"][2], "utf-8")
    assert run("find", "boats", "--copies", tmp_path / "one.md").stdout.startswith("B ¶3")
    monkeypatch.setenv("RETELL_COPIES", str(tmp_path / "none"))
    assert str(run("find", "boats").exception) == f"no folder of copies: {tmp_path / 'none'}"


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_no_folder(run: Callable[..., Result], name: str) -> None:
    assert "no folder is named" in str(run("check", "--copies", name).exception)


def test_find_marks_the_words_and_says_where(run: Callable[..., Result], story: Path) -> None:
    found = run("find", "warnings", "flood", "--copies", story / "copies")
    assert found.return_value == DONE
    first, *rest = found.stdout.split("\n\n")
    assert first.startswith("A ¶3 ")
    assert "*warned*" in first
    assert "*flood*" in first
    assert len(rest) > 1
    assert run("find", "flood", "--in", "B", "--copies", story / "copies").stdout.startswith("B ¶1")
    nothing = run("find", "zebra", "--copies", story / "copies")
    assert (nothing.return_value, nothing.stdout) == (FOUND, "no paragraph of your copies says it\n")


def test_find_without_copies_says_how_to_name_them(run: Callable[..., Result]) -> None:
    said = str(run("find", "boats").exception)
    assert "retell copies DIR" in said
    assert "--copies DIR" in said


def test_the_paragraphs_that_nothing_cites_are_listed(run: Callable[..., Result], story: Path) -> None:
    listed = run("check", "--copies", story / "copies", "--uncited").stdout
    assert "  A ¶5   Well-built or not, the bridge had carried" in listed
    assert "¶1 " not in listed.split("nothing cites:")[1]
    assert "a list to read" in str(run("check", "--uncited").exception)


def test_a_claim_that_cites_nothing_is_shown_its_paragraph(run: Callable[..., Result], story: Path) -> None:
    scene = story / "story" / "01-start.yaml"
    tell(story, "The ferry's office offered money and traffic fell. It fell [@north, para. 1].")
    scene.write_text(scene.read_text("utf-8").replace(" It fell [@north, para. 1]", ""), "utf-8")
    checked = run("check", "--copies", story / "copies").stderr
    assert "it may rest on ¶4 of north: if so, end it with [@north, para. 4]" in checked
    assert "end it with a citation such as" in run("check").stderr


def test_a_preview_shows_evidence_while_one_writes(run: Callable[..., Result], story: Path) -> None:
    tell(story, "On 7 May it fell [@north, para. 1].")
    scene = story / "story" / "01-start.yaml"
    assert "number-not-found" not in run("preview", scene).stdout
    shown = " ".join(run("preview", scene, "--copies", story / "copies").stdout.split())
    assert "the date or time '7 May' stands in no cited paragraph [number-not-found]" in shown
    assert "it is in ¶3 of south: cite that, or correct it" in shown


def test_the_check_says_in_which_files_it_found_the_articles(run: Callable[..., Result], story: Path) -> None:
    assert "is read in" not in run("check", "--copies", story / "copies").stderr
    (story / "copies" / "north.txt").rename(story / "copies" / "Saved (1).md")
    assert "north is read in Saved (1).md, plain text\n" in run("check", "--copies", story / "copies").stderr
