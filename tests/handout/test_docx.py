"""The handout as a Word file: what Pandoc gets, what it lacks, and what LibreOffice shows of it."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from retell.checks import fit
from retell.cli import retell
from retell.handout.student import student_edition
from retell.handout.writers.docx import with_widths, write_word_file
from retell.handout.writers.formats import CITES, Cite, make_file
from retell.problems import RetellError
from retell.story.told import Told
from tests.support.every import drawings, handout
from tests.support.programs import program
from tests.support.towns import load_files, story_files

NEEDS_PANDOC = pytest.mark.skipif(find_spec("pypandoc") is None, reason="needs Pandoc: the extra 'peers'")

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="80" height="40" fill="#f00"/></svg>'


@pytest.fixture
def towns(tmp_path: Path) -> Told:
    return fit(load_files(tmp_path / "towns", story_files()))


def part(document: bytes, name: str) -> str:
    return ZipFile(BytesIO(document)).read(name).decode()


def as_pdf(document: bytes, folder: Path) -> Path:
    """What LibreOffice makes of a Word file."""
    (folder / "handout.docx").write_bytes(document)
    command = [program("soffice"), f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "handout.docx")]
    subprocess.run(command, capture_output=True, timeout=240, check=True)
    return folder / "handout.pdf"


def read_pdf(tool: str, *arguments: str | Path) -> str:
    return subprocess.run(
        [program(tool), *map(str, arguments)], capture_output=True, timeout=60, check=True
    ).stdout.decode()


def test_without_pandoc_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(RetellError) as caught:
        write_word_file("# T\n", {})
    assert str(caught.value) == "a Word file is made by Pandoc, which is not here: pip install 'retell[docx]' brings it"
    target = tmp_path / "handout.docx"
    run = CliRunner().invoke(retell, ["handout", "-o", str(target)])
    assert isinstance(run.exception, RetellError)
    assert not target.exists()


@pytest.mark.parametrize(
    ("table", "dashes"),
    [
        ("| Code | What |\n|---|---|\n| A | so it goes |\n| B | [C ¶2](#source-c) \\| it |\n", [7, 14]),
        ("| Code | What |\n|---|---|\n| A | " + "so it goes " * 20 + "|\n", [7, 69]),
        ("| a | b |\n|---|---|\n| " + "x" * 90 + " | one two |\n", [93, 6]),
        ("| a | b |\n|---|---|\n|  |  |\n", [9, 9]),
    ],
)
def test_a_column_is_as_wide_as_its_texts_need(table: str, dashes: list[int]) -> None:
    text = f"A | line\n\n{table}\nMore | of it\n"
    rule = f"|{'|'.join('-' * number for number in dashes)}|"
    assert with_widths(text) == text.replace("|---|---|", rule)


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_codes_lead_to_the_sources(towns: Told) -> None:
    document = part(make_file(towns, student_edition(towns), "docx", "codes"), "word/document.xml")
    anchors = re.findall(r'<w:hyperlink w:anchor="(.*?)"', document)
    assert len(anchors) > 30
    assert set(anchors) <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="(.*?)"', document))


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_footnotes_are_word_s_own(towns: Told) -> None:
    document = make_file(towns, student_edition(towns), "docx", "footnotes")
    assert part(document, "word/document.xml").count("<w:footnoteReference ") > 30
    assert "The Northern Star" in part(document, "word/footnotes.xml")
    assert "[^" not in part(document, "word/document.xml")


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_pandoc_s_citations_are_set_and_the_articles_listed(towns: Told) -> None:
    document = part(make_file(towns, student_edition(towns), "docx", "pandoc"), "word/document.xml")
    assert "[@" not in document
    assert "paras. 1–2, 4" in re.sub(r"<.*?>", "", document)
    assert document.count(">References<") == 1


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_tables_have_lines_and_their_rows_stay_whole(towns: Told) -> None:
    document = make_file(towns, student_edition(towns), "docx", "codes")
    assert part(document, "word/styles.xml").count("<w:insideH ") == 1
    rows = re.findall(r"<w:tr>.*?<w:tc>", part(document, "word/document.xml"), re.DOTALL)
    assert len(rows) > 20
    assert all("<w:cantSplit/>" in row for row in rows)


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_questions_begin_a_page(towns: Told) -> None:
    document = part(make_file(towns, student_edition(towns), "docx", "codes"), "word/document.xml")
    (heading,) = re.findall(r"<w:p>(?:(?!</w:p>).)*<w:pageBreakBefore/>.*?</w:p>", document, re.DOTALL)
    assert re.sub(r"<.*?>", "", heading) == "Questions"


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_what_belongs_together_stays_on_a_page() -> None:
    table = "| A | B |\n|---|---|\n| **Title** | |\n| row | **no title** |\n"
    markdown = f"Before.\n\n{table}\nAfter.\n\n### Heading\n\n*Its line*\n\nText.\n"
    document = part(write_word_file(markdown, {}), "word/document.xml")
    kept = re.findall(r"<w:p>(?:(?!</w:p>).)*<w:keepNext/>.*?</w:p>", document, re.DOTALL)
    assert [re.sub(r"<.*?>", "", paragraph) for paragraph in kept] == ["Before.", "Title", "Its line"]


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_names_are_marked_with_their_languages() -> None:
    table = "| Place | |\n|---|---|\n| a\\_b | b |\n| A. B. | a b |\n\na\\_b\n"
    document = part(write_word_file(table, {}, {"a_b": "hy", "A. B.": "az", "c": "fr"}), "word/document.xml")
    marked = re.findall(r'<w:r><w:rPr><w:lang w:val="(\w+)" ?/></w:rPr>(.*?)</w:r>', document, re.DOTALL)
    assert [(language, re.sub(r"<.*?>", "", text)) for language, text in marked] == [("hy", "a_b"), ("az", "A. B.")]


@pytest.mark.pandoc
def test_a_figure_is_drawn_for_word(towns: Told) -> None:
    pytest.importorskip("resvg_py", reason="needs resvg: the extra 'peers'")
    document = write_word_file("# T\n\n![A map](figures/map.svg)\n", {"figures/map.svg": SQUARE})
    (picture,) = [name for name in ZipFile(BytesIO(document)).namelist() if "/media/" in name]
    assert ZipFile(BytesIO(document)).read(picture).startswith(b"\x89PNG")
    assert 'descr="A map"' in part(document, "word/document.xml")
    assert "figures/map.svg" not in part(document, "word/document.xml")


@pytest.mark.pandoc
def test_the_letters_of_a_figure_are_drawn_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py", reason="needs resvg: the extra 'peers'")
    lettered = SQUARE.replace("</svg>", '<text y="8" font-size="9" font-family="sans-serif">Abc</text></svg>')
    pictures = []
    for svg in (SQUARE, lettered):
        archive = ZipFile(BytesIO(write_word_file("![A map](map.svg)\n", {"map.svg": svg})))
        pictures += [archive.read(name) for name in archive.namelist() if "/media/" in name]
    assert len(pictures) == len(set(pictures)) == 2
    monkeypatch.setattr("retell.handout.writers.docx.FAMILIES", ("No Such Family",))
    with pytest.raises(RetellError, match="need a font"):
        write_word_file("![A map](map.svg)\n", {"map.svg": lettered})


@pytest.mark.office
@pytest.mark.parametrize("cite", CITES)
def test_libreoffice_shows_tables_figures_and_links(tmp_path: Path, cite: Cite) -> None:
    pytest.importorskip("pypandoc", reason="needs Pandoc: the extra 'peers'")
    pdf = as_pdf(handout("student", "full", "docx", cite), tmp_path)
    text = read_pdf("pdftotext", "-layout", pdf, "-")
    assert re.search(r"^ *Code +Article +What it is about$", text, re.MULTILINE)
    assert re.search(r"^ *Voice +Account$", text, re.MULTILINE)
    links = read_pdf("pdftohtml", "-xml", "-stdout", "-i", "-s", pdf)
    assert len(re.findall(r'<a href="[^"]*#\d+">', links)) > 100
    pictures = re.findall(r"^ *\d+ +\d+ image ", read_pdf("pdfimages", "-list", pdf), re.MULTILINE)
    assert len(pictures) == len(drawings())
    for leftover in ("[@", "[^", "{#", "](#", "|--", "**"):
        assert leftover not in text
