"""`retell handout` as a teacher calls it: which files it writes, what it says, and what it never does."""

from __future__ import annotations

import errno
import os
import re
from html import escape
from itertools import product
from pathlib import Path
from urllib.parse import quote

import click
import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from retell.cli import main, retell
from retell.commands.classroom import LINKED
from retell.handout.choices import CITES
from retell.problems import RetellError
from tests.support.folders import MINI
from tests.support.towns import load_files, story_files

STUDENT, TEACHER = "handout.md", "handout-teacher.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, beside a small story."""
    load_files(tmp_path / "towns", story_files())
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def run(*arguments: str) -> Result:
    return CliRunner().invoke(retell, ["--story", "../towns", "handout", *arguments], standalone_mode=False)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_each_edition_has_a_file_of_its_own(folder: Path) -> None:
    assert run().return_value == 0
    assert run("--edition", "teacher").return_value == 0
    assert names(folder) == ["handout-figures/timeline.svg", TEACHER, STUDENT]
    assert (folder / STUDENT).read_text("utf-8").startswith("# The Two Towns\n")
    assert (folder / TEACHER).read_text("utf-8").startswith("# The Two Towns (for the teacher)\n")


def test_it_says_what_it_wrote(folder: Path) -> None:
    assert run("--length", "short").stderr == "handout.md written\n"
    assert run("--force").stderr == "handout.md written, with its pictures in handout-figures\n"


@pytest.mark.parametrize("cite", CITES)
def test_it_says_that_a_web_page_has_codes(folder: Path, cite: str) -> None:
    told = run("-o", "a.html", "--cite", cite).stderr.splitlines()
    assert told == [*([LINKED] if cite != "codes" else []), "a.html written"]
    assert (folder / "a.html").read_text("utf-8").count('<a href="#source-') > 30


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.md", "# The Two Towns"),
        ("a.markdown", "# The Two Towns"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.htm", "<!DOCTYPE html>"),
        ("a.HTML", "<!DOCTYPE html>"),
        ("a", "# The Two Towns"),
        (".hidden", "# The Two Towns"),
    ],
)
def test_the_ending_of_the_name_says_the_format(folder: Path, name: str, begins: str) -> None:
    assert run("-o", name, "--no-figures").return_value == 0
    assert (folder / name).read_text("utf-8").startswith(begins)
    assert names(folder) == [name]


@pytest.mark.parametrize("name", ["a.pdf", "a.odt", "a.txt", "a.doc", "a.PDF"])
def test_an_ending_of_no_format_is_refused_but_where_the_format_is_named(folder: Path, name: str) -> None:
    result = run("-o", name)
    assert isinstance(result.exception, click.UsageError)
    assert result.exception.message.startswith(f"{name}: ")
    assert all(told in result.exception.message for told in (".md, .html or .docx", "a page (.html), printed to PDF"))
    assert names(folder) == []
    assert run("-o", name, "--to", "html").return_value == 0
    assert (folder / name).read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("name", "to"), [("a.html", "docx"), ("a.htm", "md"), ("a.md", "html"), ("a.docx", "md")])
def test_an_ending_and_a_format_that_contradict_each_other_are_refused(folder: Path, name: str, to: str) -> None:
    result = run("-o", name, "--to", to)
    assert isinstance(result.exception, click.UsageError)
    assert result.exception.message == (
        f"{name} ends as a file of another format than --to {to}: leave one of them out"
    )
    assert names(folder) == []
    assert run("-o", "-", "--to", "html").stdout.startswith("<!DOCTYPE html>")


DEFAULTS = {
    ("handout",): ("handout.md", "handout-figures"),
    ("handout", "--length", "short"): ("handout.md",),
    ("handout", "--to", "html"): ("handout.html",),
    ("handout", "-o", "a.html"): ("a.html",),
    ("handout", "--edition", "teacher"): ("handout-teacher.md",),
    ("pack", "../../towns"): ("towns.zip",),
    ("read", "--record", "a.cast"): ("a.cast",),
    ("handout", "--packets", "lesson"): ("lesson",),
    ("fingerprint", str(MINI / "cards" / "sources" / "north.yaml"), "-o", "a.yaml"): ("a.yaml",),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and pipes")
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
@pytest.mark.parametrize("arguments", DEFAULTS, ids=" ".join)
@pytest.mark.parametrize("target", ["../home/new", "../home/kept", "../home", "/dev/null", ""])
def test_a_strangers_link_or_pipe_of_the_name_that_is_written_is_left_alone(
    folder: Path, arguments: tuple[str, ...], force: tuple[str, ...], target: str
) -> None:
    (folder / "home").mkdir()
    (folder / "home" / "kept").write_text("mine")
    (folder / "here").mkdir()
    os.chdir("here")
    for name in DEFAULTS[arguments]:
        if target:
            Path(name).symlink_to(target)
        else:
            os.mkfifo(name)
        result = CliRunner().invoke(retell, ["--story", "../../towns", *arguments, *force], standalone_mode=False)
        assert isinstance(result.exception, RetellError)
        assert str(result.exception).startswith(name)
        assert [path.name for path in Path().iterdir()] == [name]
        assert [(path.name, path.read_text("utf-8")) for path in (folder / "home").iterdir()] == [("kept", "mine")]
        Path(name).unlink()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["a\udcff.md", "\udcff\udcfe"])
def test_a_name_of_a_file_may_be_no_text(folder: Path, name: str) -> None:
    assert run("-o", name).return_value == 0
    (markdown,) = (path for path in folder.iterdir() if path.is_file())
    stem = re.escape(quote(os.fsencode(Path(name).stem)))
    assert re.search(rf"\]\({stem}-figures/timeline\.svg\)", markdown.read_text("utf-8"))


def test_standard_output_gets_the_markdown_alone(folder: Path) -> None:
    for edition in ("student", "teacher"):
        result = run("-o", "-", "--edition", edition)
        assert result.stdout.startswith("# The Two Towns")
        assert result.stderr == ""
    assert names(folder) == []


def test_a_part_may_be_asked_for_more_than_once(folder: Path) -> None:
    run("--only", "end", "--only", "alone", "-o", "part.md")
    page = (folder / "part.md").read_text("utf-8")
    assert page.startswith("# The Two Towns: End · Alone\n")
    assert page.index("#### 2. Alone") < page.index("#### 4. End")


def test_a_scene_may_be_named_by_its_number(folder: Path) -> None:
    assert run("--only", "2", "-o", "-").stdout == run("--only", "alone", "-o", "-").stdout
    assert run("--only", "4", "--only", "alone", "-o", "-").stdout.startswith("# The Two Towns: End · Alone\n")
    assert run("--only", "2", "--only", "alone", "-o", "-").stdout.startswith("# The Two Towns: Alone\n")


def test_an_unknown_part_writes_nothing(folder: Path) -> None:
    result = run("--only", "alonn")
    assert isinstance(result.exception, RetellError)
    assert str(result.exception) == "no scene or phase named 'alonn'; did you mean 'alone'?"
    assert names(folder) == []


def test_packets_are_a_folder(folder: Path) -> None:
    result = run("--packets", "lesson")
    assert names(folder) == [
        "lesson/1-flood.md",
        "lesson/everyone.md",
        "lesson/figures/timeline.svg",
        "lesson/key-for-the-teacher.md",
        "lesson/plan.md",
    ]
    assert result.stderr == "lesson written: plan.md, key-for-the-teacher.md, everyone.md, 1-flood.md\n"


def test_packets_fit_the_copier_and_full_ones_have_all_that_is_told(folder: Path) -> None:
    run("--packets", "few")
    run("--packets", "full", "--length", "full")
    few, full = ((folder / size / "1-flood.md").read_text() for size in ("few", "full"))
    assert "How we know" in full
    assert "How we know" not in few
    assert "Which article says what?" in full
    assert "Which article says what?" not in few


def test_support_is_for_the_short_handout(folder: Path) -> None:
    run("--support", "-o", "easy.md")
    run("--length", "short", "-o", "short.md")
    easy, short = ((folder / f"{name}.md").read_text() for name in ("easy", "short"))
    assert "Some rows are filled in" in easy
    assert "says ¶" in easy
    assert "says ¶" not in short
    assert len(re.findall(r"^\d+\. \*\w", easy, re.MULTILINE)) == 3
    result = run("--support", "--length", "full", "-o", "a.md")
    assert "leave --length full out" in str(result.exception)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_page_says_the_size_of_its_paper(folder: Path, paper: str) -> None:
    run("--paper", paper, "-o", "a.html")
    assert f"@page {{ size: {paper}; " in (folder / "a.html").read_text()


@pytest.mark.parametrize("more", [["-o", "a.md"], ["--only", "alone"], ["--edition", "teacher"]])
def test_packets_go_with_no_other_wish(
    folder: Path, more: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["retell", "--story", "../towns", "handout", "--packets", "lesson", *more])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "Error: --packets writes all packets, for students" in capsys.readouterr().err
    assert names(folder) == []


def test_an_existing_folder_is_kept_and_force_replaces_only_what_is_written(folder: Path) -> None:
    (folder / "lesson").mkdir()
    (folder / "lesson" / "plan.md").write_text("old")
    (folder / "lesson" / "notes.md").write_text("mine")
    result = run("--packets", "lesson")
    assert str(result.exception) == "lesson is there already: give another name, or --force to replace its files"
    assert names(folder) == ["lesson/notes.md", "lesson/plan.md"]
    assert run("--packets", "lesson", "--force").return_value == 0
    assert (folder / "lesson" / "notes.md").read_text() == "mine"
    assert (folder / "lesson" / "plan.md").read_text() != "old"
    assert len(names(folder)) == 6


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "no/a.md"], "no/a.md cannot be written: there is no folder no"),
        (["--packets", "no/lesson"], "no/lesson cannot be written: there is no folder no"),
        (["-o", "."], ". is a folder: name a file in it"),
        (["--packets", "file"], "file is there already, and is no folder: give another name"),
    ],
)
def test_what_cannot_be_written_is_one_line(folder: Path, arguments: list[str], message: str) -> None:
    (folder / "file").write_text("mine")
    result = run(*arguments)
    assert isinstance(result.exception, RetellError)
    assert str(result.exception) == message.replace("/", os.sep)
    assert names(folder) == ["file"]


@pytest.mark.parametrize("wish", [["--packets", "lesson"], ["-o", "a.md"]])
def test_a_full_disk_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, wish: list[str]) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    result = run(*wish)
    assert str(result.exception) == f"{wish[1]} cannot be written: {os.strerror(errno.ENOSPC)}"
    assert list(folder.iterdir()) == []


def test_tables_stand_in_the_place_of_pictures(folder: Path) -> None:
    run("--no-figures", "-o", "tables.md")
    run("-o", "pictures.md")
    assert names(folder) == ["pictures-figures/timeline.svg", "pictures.md", "tables.md"]
    tables, pictures = ((folder / f"{name}.md").read_text("utf-8") for name in ("tables", "pictures"))
    assert "](pictures-figures/timeline.svg)" in pictures
    assert "| When | Scene | In short |" not in pictures
    assert "| When | Scene | In short |" in tables
    assert "](" not in tables


def test_a_name_with_a_space_leads_to_its_pictures(folder: Path) -> None:
    run("-o", "my lesson.md")
    assert "](my%20lesson-figures/timeline.svg)" in (folder / "my lesson.md").read_text("utf-8")
    assert (folder / "my lesson-figures" / "timeline.svg").is_file()


def test_a_handout_and_its_pictures_are_kept_together(folder: Path) -> None:
    (folder / "handout-figures").mkdir()
    (folder / "handout-figures" / "mine.svg").write_text("mine")
    result = run()
    assert (
        str(result.exception) == "handout-figures is there already: give another name, or --force to replace its files"
    )
    assert names(folder) == ["handout-figures/mine.svg"]
    run("--force")
    assert names(folder) == ["handout-figures/mine.svg", "handout-figures/timeline.svg", STUDENT]


COMBINATIONS = list(product(("student", "teacher"), ("short", "full"), CITES, ("md", "html"), ("", "many")))


@pytest.mark.parametrize("wishes", COMBINATIONS, ids=" ".join)
def test_every_edition_length_and_part_comes_in_every_style(folder: Path, wishes: tuple[str, ...]) -> None:
    edition, length, cite, to, part = wishes
    only = ["--only", part] if part else []
    page = run("-o", "-", "--edition", edition, "--length", length, "--cite", cite, "--to", to, *only).stdout
    assert not [leftover for leftover in ("{{", "{%", "None", "Undefined") if leftover in page]
    assert "The Two Towns" in page
    assert ("SECRET" in page) == (edition == "teacher")


COMMANDS = re.compile(r"(`+) ?(retell .+?) ?\1(?!`)")


@pytest.mark.parametrize(
    ("name", "typed"),
    [("my towns", "'../my towns'"), ("to`wn``s`", "'../to`wn``s`'"), ("towns_*a*", "'../towns_*a*'")],
)
@pytest.mark.parametrize("wish", ["--edition teacher -o all.md", "--packets lesson"])
def test_a_story_of_ones_own_is_named_in_the_commands_that_a_page_tells_to_type(
    folder: Path, name: str, typed: str, wish: str
) -> None:
    (folder.parent / "towns").rename(folder.parent / name)
    told = CliRunner().invoke(retell, ["--story", f"../{name}", "handout", *wish.split()], standalone_mode=False)
    assert told.exception is None
    page = next(path for path in (folder / "all.md", folder / "lesson/plan.md") if path.exists())
    commands = [command for _, command in COMMANDS.findall(page.read_text("utf-8"))]
    assert commands
    assert [command for command in commands if not command.startswith(f"retell --story {typed} ")] == []
    shown = MarkdownIt().render(page.read_text("utf-8"))
    assert [command for command in commands if f"<code>{escape(command, quote=False)}</code>" not in shown] == []


@pytest.mark.pandoc
@pytest.mark.parametrize("wishes", list(product(("student", "teacher"), ("short", "full"))), ids=" ".join)
def test_every_edition_and_length_comes_as_a_word_file(folder: Path, wishes: tuple[str, ...]) -> None:
    pytest.importorskip("pypandoc", reason="needs Pandoc: the extra 'peers'")
    pytest.importorskip("resvg_py", reason="needs resvg: the extra 'peers'")
    edition, length = wishes
    result = run("-o", "lesson.docx", "--edition", edition, "--length", length)
    assert result.exception is None
    assert (folder / "lesson.docx").read_bytes().startswith(b"PK")
    assert names(folder) == ["lesson.docx"]
