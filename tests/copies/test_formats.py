"""An article bears out the same in whatever format it was saved, under whatever name, alone or among others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from retell.checks.evidence.examination import prove
from retell.copies.page import UnreadError
from retell.copies.readers import pdf
from retell.copies.readers.opening import read_bytes, read_page
from retell.copies.saved import hold, read_copies
from retell.story.library import Library, load, shipped_root
from tests.support.invented import ARTICLES, NORTH, save_copies, saved_paragraphs
from tests.support.savers import SAVERS, as_page, as_pdf, as_word, pdf_file, word_file

Save = Callable[[Sequence[str]], bytes]
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices of Unix")


@pytest.fixture
def library(mini: Path) -> Library:
    save_copies(mini)
    return load(mini)


def save(folder: Path, name: str, key: str, paragraphs: Sequence[str], saver: Save) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{key} {name}"
    path.write_bytes(saver(paragraphs))
    return path


@pytest.mark.parametrize("name", SAVERS)
def test_every_format_gives_the_same_findings(library: Library, mini: Path, tmp_path: Path, name: str) -> None:
    file, saver = SAVERS[name]
    for key, paragraphs in ARTICLES.items():
        save(tmp_path / "saved", file, key, paragraphs, saver)
    assert read_copies(library, tmp_path / "saved")[1] == []
    assert prove(library, tmp_path / "saved") == prove(library, mini / "copies")


def test_a_folder_of_mixed_kinds_does_as_well(library: Library, mini: Path, tmp_path: Path) -> None:
    save(tmp_path / "saved", "a.pdf", "x", ARTICLES["north"], as_pdf)
    save(tmp_path / "saved", "b.docx", "y", ARTICLES["south"], as_word)
    (tmp_path / "saved" / "picture.png").write_bytes(b"\x89PNG")
    assert prove(library, tmp_path / "saved") == prove(library, mini / "copies")


def test_of_two_copies_the_fuller_counts_paragraph_by_paragraph(library: Library, tmp_path: Path) -> None:
    first = save(tmp_path / "saved", "1.html", "north", NORTH[:4], as_page)
    second = save(tmp_path / "saved", "2.txt", "north", NORTH[3:], lambda texts: "\n\n".join(texts).encode())
    holding = hold({key: source.form for key, source in library.sources.items()}, tmp_path / "saved")
    assert sorted(holding.copies["north"].paragraphs) == [1, 2, 3, 4, 5]
    assert {file.path: len(file.numbers("north")) for file in holding.files} == {first: 4, second: 2}


@pytest.mark.parametrize("name", ["a web page", "a Word file", "a PDF", "wrapped text"])
@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("very bad", "bad"), "it lacks “very” behind “a”"),
        (("people go", "people will go"), "it has “will” more than the source"),
        (("trade", "ferry"), "it has “ferry” where the source has “trade”"),
        (
            ("people go by it to work", "nobody minds the weather any more"),
            "where it should stand is “Its mayor, Ann Hill",
        ),
    ],
)
def test_a_changed_paragraph_is_named_with_the_difference(
    library: Library, tmp_path: Path, name: str, edit: tuple[str, str], said: str
) -> None:
    file, saver = SAVERS[name]
    changed = [text.replace(*edit) for text in NORTH]
    save(tmp_path / "saved", file, "north", changed, saver)
    save(tmp_path / "saved", file, "south", [*ARTICLES["south"], "A very bad trade."], saver)
    problems = read_copies(library, tmp_path / "saved")[1]
    (problem,) = problems
    assert problem.rule == "copy-differs"
    assert problem.message.startswith("paragraph 2 of 'north' ")
    assert said in problem.help


@pytest.mark.parametrize("name", ["a web page", "a web page in one file", "a Word file", "wrapped text", "Markdown"])
def test_the_paragraphs_of_an_article_are_found_without_a_card(tmp_path: Path, name: str) -> None:
    file, saver = SAVERS[name]
    paragraphs = [f"{text} So much is known of it, and no more than that." for text in ARTICLES["north"]]
    path = save(tmp_path, file, "x", paragraphs, saver)
    assert [" ".join(text.split()) for text in saved_paragraphs(path)] == paragraphs


# --- what is not read ---


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{\\rtf1 One.}", "is a rich text file"),
        (b"\xd0\xcf\x11\xe0\xa1", "is an old Word file or another one of an office program"),
        (b"bplist00", "is a web archive of Safari"),
        (b"\x89PNG\r\n", "is a picture"),
        (bytes(range(32)) * 99, "is no text and no file that retell reads"),
        (b"PK\x03\x04 and no end", "is a damaged zip or Word file"),
        (b"%PDF-1.7\nnot at all", "is a PDF that is damaged"),
        (pdf_file([[]]), "is a PDF of pictures, without text"),
        (
            b"From: x\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n--x",
            "with no HTML in it",
        ),
        (b"<html>" + b"<div>" * 200_000, "is a web page of more than 150,000 tags"),
        (b"<html><p a='" + b"x" * 400_000, "is a damaged web page: a tag in it has no end"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_name(raw: bytes, said: str) -> None:
    with pytest.raises(UnreadError, match=said):
        read_bytes(raw)


def test_a_word_file_that_swells_is_not_unpacked() -> None:
    with pytest.raises(UnreadError, match="of more than 32 MiB of text, unpacked"):
        read_bytes(word_file(f"<w:document xmlns:w='w'>{' ' * (33 * 2**20)}</w:document>"))
    with pytest.raises(UnreadError, match="of more than 450,000 tags"):
        read_bytes(word_file("<a>" * 600_000))
    with pytest.raises(UnreadError, match="with a document type"):
        read_bytes(word_file("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))


def test_a_pdf_that_takes_too_long_ends_with_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_pages", lambda *_: ("One page.\n\f", False, 0))
    assert pdf.read_pdf(b"%PDF", 4).remarks == ("only its first 1 pages could be read",)
    monkeypatch.setattr(pdf, "_pages", lambda *_: ("", False, 0))
    with pytest.raises(UnreadError, match="cannot be read within 4 seconds"):
        pdf.read_pdf(b"%PDF", 4)


def test_without_its_reader_a_pdf_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    with pytest.raises(UnreadError) as caught:
        pdf.read_pdf(b"%PDF", 4)
    assert caught.value.help == f"install it: {sys.executable} -m pip install pypdf"


@UNIX
def test_a_pipe_a_device_and_a_sparse_gigabyte_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    with (tmp_path / "c.pdf").open("wb") as stream:
        stream.truncate(2**30)
    for name, said in (("a.html", "no ordinary file"), ("b.txt", "no ordinary file"), ("c.pdf", "larger than 16 MiB")):
        with pytest.raises(UnreadError, match=said):
            read_page(tmp_path / name)


def test_one_bad_file_hides_nothing_of_the_others(library: Library, mini: Path, tmp_path: Path) -> None:
    save(tmp_path / "saved", "a.html", "x", ARTICLES["north"], as_page)
    (tmp_path / "saved" / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "saved" / "c.html").write_text("<p>Please enable JavaScript</p>", "utf-8")
    found = {problem.rule: problem for problem in read_copies(library, tmp_path / "saved")[1]}
    assert found.keys() == {"copy-unread", "copy-missing"}
    assert "b.pdf is a PDF that is damaged; it was not read" in found["copy-unread"].message
    assert "c.html is a web page of 3 words, and asks for something (javascript)" in found["copy-missing"].help


# --- the five articles ---


@pytest.mark.copies
@pytest.mark.parametrize("name", SAVERS)
def test_the_five_articles_bear_out_the_same_in_every_format(copies: Path, tmp_path: Path, name: str) -> None:
    library = load(shipped_root())
    file, saver = SAVERS[name]
    for key in library.sources:
        save(tmp_path / "saved", file, key, saved_paragraphs(copies / f"{key}.txt"), saver)
    assert [problem.message for problem in read_copies(library, tmp_path / "saved")[1]] == []
    assert prove(library, tmp_path / "saved") == prove(library, copies)
