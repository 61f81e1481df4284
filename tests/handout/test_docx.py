"""The handout as a Word file: what Pandoc is told, what it lacks, and what LibreOffice shows of it."""

from __future__ import annotations

import re
import shlex
import shutil
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
from retell.handout.choices import CITES, PAPERS, Cite
from retell.handout.student import student_edition
from retell.handout.tree import (
    Block,
    Cell,
    Figure,
    Heading,
    NumberedList,
    PageBreak,
    Row,
    Strong,
    Table,
    WritingLines,
    cells,
    paragraph,
    row,
)
from retell.handout.writers.column_widths import column_widths
from retell.handout.writers.docx import write_word_file
from retell.handout.writers.pandoc import how_to_get_it
from retell.problems import RetellError
from retell.story.told import Told
from tests.support.documents import document_of, make_file
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


def word(towns: Told, *blocks: Block) -> bytes:
    return write_word_file(document_of(*blocks), "codes", towns)


def text_of(xml: str) -> str:
    return re.sub(r"<.*?>", "", xml)


def paragraphs(document: bytes, style: str) -> list[str]:
    """The texts of the paragraphs of a style."""
    found = re.findall(r"<w:p>(?:(?!</w:p>).)*</w:p>", part(document, "word/document.xml"), re.DOTALL)
    return [text_of(each) for each in found if f'<w:pStyle w:val="{style}"' in each]


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


def test_without_pandoc_it_prints_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, towns: Told
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(RetellError) as caught:
        word(towns)
    said = re.fullmatch(r"a Word file is made by Pandoc, which is not here: (.*) brings it", str(caught.value))
    assert said
    assert sys.executable in said[1]
    assert "pypandoc-binary>=1.13" in said[1]
    assert "resvg-py>=0.1.5" in said[1]
    target = tmp_path / "handout.docx"
    run = CliRunner().invoke(retell, ["handout", "-o", str(target)])
    assert isinstance(run.exception, RetellError)
    assert not target.exists()


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_a_pandoc_on_the_path_serves_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, towns: Told) -> None:
    import pypandoc  # noqa: PLC0415 - where it is not, this test is skipped

    (tmp_path / "pandoc").symlink_to(pypandoc.get_pandoc_path())
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "So it is." in text_of(part(word(towns, paragraph("So it is.")), "word/document.xml"))


PANDOC = """#!{python}
import json, sys, zipfile
version = {version}
if "--to=json" in sys.argv:
    print(json.dumps({{"pandoc-api-version": version, "meta": {{}}, "blocks": []}}, separators=(",", ":")))
else:
    served = str(json.load(sys.stdin)["pandoc-api-version"] == version)
    with zipfile.ZipFile(sys.stdout.buffer, "w") as made:
        made.writestr("served", served)
"""


@pytest.mark.parametrize(("version", "serves"), [([1, 23, 1], True), ([1, 22, 2, 1], True), ([1, 20], False)])
def test_each_pandoc_gets_the_model_of_its_own_version_and_one_too_old_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, towns: Told, version: list[int], *, serves: bool
) -> None:
    (tmp_path / "pandoc").write_text(PANDOC.format(python=sys.executable, version=version))
    (tmp_path / "pandoc").chmod(0o755)
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    if serves:
        assert part(word(towns, paragraph("So it is.")), "served") == "True"
        return
    with pytest.raises(RetellError, match=r"too old for our Word files .*pypandoc-binary"):
        word(towns, paragraph("So it is."))


@pytest.mark.parametrize(
    ("rows", "widths"),
    [
        ([("Code", "What"), ("A", "so it goes"), ("B", "[C ¶2] | it")], [7, 14]),
        ([("Code", "What"), ("A", "so it goes " * 20)], [7, 93]),
        ([("a", "b"), ("x" * 90, "one two")], [90, 10]),
        ([("a", "b"), ("", "")], [11, 11]),
        ([("", "Place"), ("a", "ԱԲԳԴԵԶԷԸԹԺ")], [4, 17]),
    ],
)
def test_a_column_is_as_wide_as_its_texts_need(rows: list[tuple[str, ...]], widths: list[int]) -> None:
    assert column_widths([tuple(Cell((text,) if text else ()) for text in each) for each in rows]) == widths


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
    assert "paras. 1–2, 4" in text_of(document)
    assert document.count(">References<") == 1


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_tables_have_single_lines_and_a_page_ends_between_two_rows(towns: Told) -> None:
    document = make_file(towns, student_edition(towns), "docx", "codes")
    styles = part(document, "word/styles.xml")
    (line,) = re.findall(r"<w:insideH .*?>", styles)
    assert {'w:val="single"', 'w:sz="6"'} <= set(line.split())
    for style in ("Compact", "Cell", "TableHead", "RowTitle", "BoxToWriteIn"):
        assert re.search(rf'w:styleId="{style}"(?:(?!</w:style>).)*<w:keepLines ?/>', styles, re.DOTALL), style


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_a_section_can_begin_a_page(towns: Told) -> None:
    document = word(towns, paragraph("a"), PageBreak(), Heading(2, "Questions"))
    assert paragraphs(document, "SectionOnANewPage") == ["Questions"]
    assert "<w:pageBreakBefore" in part(document, "word/styles.xml")


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_what_belongs_together_stays_on_a_page(towns: Told) -> None:
    rows = (Row((Cell((Strong("Title"),)),), title=True), row("row", "no title"))
    table = Table(cells("A", "B"), rows)
    under = (Heading(3, "Heading"), paragraph("Its line"), paragraph("Text."))
    document = word(towns, paragraph("Before."), table, paragraph("After."), *under)
    assert paragraphs(document, "KeptWithNext") == ["Before.", "Its line"]
    assert [text for text in paragraphs(document, "RowTitle") if text.strip()] == ["Title"]


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_a_name_is_marked_with_the_language_of_its_cell(towns: Told) -> None:
    table = Table(
        cells("Place", ""), (Row((Cell(("a_b",), "hy"), Cell(("a_b",)))), Row((Cell(("A. B.",), "az"), Cell())))
    )
    document = part(word(towns, table, paragraph("a_b")), "word/document.xml")
    marked = re.findall(r'<w:r><w:rPr><w:lang w:val="(\w+)" ?/></w:rPr>(.*?)</w:r>', document, re.DOTALL)
    told: dict[str, str] = {}
    for language, text in marked:
        told[language] = told.get(language, "") + text_of(text)
    assert told == {"hy": "a_b", "az": "A. B."}


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_a_text_that_looks_like_marks_is_only_text(towns: Told) -> None:
    strange = "x](figures/map.svg) **a** [@north] {#b} <w:p> [x] $c$ ## \\"
    item = ((paragraph(f"[x] {strange}"),),)
    blocks = (Heading(2, strange), paragraph(strange), NumberedList(item), Table(cells(strange), (row(strange),)))
    shown = text_of(part(word(towns, *blocks), "word/document.xml")).replace("&lt;", "<").replace("&gt;", ">")
    assert shown.count(strange) == 5
    assert f"[x] {strange}" in shown


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_lines_to_write_on_are_single_and_as_many_as_asked_for(towns: Told) -> None:
    document = word(towns, WritingLines(3), NumberedList(((paragraph("Why?"), WritingLines(2)),), first=10))
    assert len(paragraphs(document, "KeptWritingLine")) == 3
    assert len(paragraphs(document, "WritingLine")) == 2
    assert re.search(r'<w:between [^>]*w:val="single"', part(document, "word/styles.xml"))


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_a_page_has_its_size_a_margin_and_a_line_at_its_foot(towns: Told) -> None:
    sizes = {}
    for paper in PAPERS:
        document = write_word_file(document_of(PageBreak(), Heading(2, "A")), "codes", towns, paper)
        (size,) = re.findall(r"<w:pgSz .*?>", part(document, "word/document.xml"))
        sizes[paper] = {name: int(number) for name, number in re.findall(r'w:(\w)="(\d+)"', size)}
        assert "T · " in part(document, "word/footer1.xml")
        assert "PAGE" in part(document, "word/footer1.xml")
    assert sizes == {"a4": {"w": 11906, "h": 16838}, "letter": {"w": 12240, "h": 15840}}


@pytest.mark.pandoc
def test_a_figure_is_drawn_for_word_and_no_path_of_this_disk_is_in_it(towns: Told) -> None:
    pytest.importorskip("resvg_py", reason="needs resvg: the extra 'peers'")
    document = word(towns, Figure("map", "A map", SQUARE))
    (picture,) = [name for name in ZipFile(BytesIO(document)).namelist() if "/media/" in name]
    assert ZipFile(BytesIO(document)).read(picture).startswith(b"\x89PNG")
    assert 'descr="A map"' in part(document, "word/document.xml")
    everything = b"".join(map(ZipFile(BytesIO(document)).read, ZipFile(BytesIO(document)).namelist()))
    assert b"/tmp" not in everything


@pytest.mark.pandoc
def test_the_letters_of_a_figure_are_drawn_as_well(monkeypatch: pytest.MonkeyPatch, towns: Told) -> None:
    pytest.importorskip("resvg_py", reason="needs resvg: the extra 'peers'")
    lettered = SQUARE.replace("</svg>", '<text y="8" font-size="9" font-family="sans-serif">Abc</text></svg>')
    pictures = []
    for svg in (SQUARE, lettered):
        archive = ZipFile(BytesIO(word(towns, Figure("map", "A map", svg))))
        pictures += [archive.read(name) for name in archive.namelist() if "/media/" in name]
    assert len(pictures) == len(set(pictures)) == 2
    monkeypatch.setattr("retell.handout.writers.pictures.FAMILIES", ("No Such Family",))
    with pytest.raises(RetellError, match="need a font"):
        word(towns, Figure("map", "A map", lettered))


RSVG = """#!{python}
import sys
assert sys.stdin.read().startswith("<svg") and "--background-color=white" in sys.argv
sys.stdout.buffer.write({png!r})
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000 3a7e9b55 0000000a49444154789c63f80f0001010100"
    " 1bb6ee56 0000000049454e44ae426082".replace(" ", "")
)


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_without_resvg_the_rsvg_convert_that_pandoc_itself_uses_draws(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, towns: Told
) -> None:
    (tmp_path / "rsvg-convert").write_text(RSVG.format(python=sys.executable, png=PNG))
    (tmp_path / "rsvg-convert").chmod(0o755)
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    archive = ZipFile(BytesIO(word(towns, Figure("map", "A map", SQUARE))))
    assert [archive.read(name) for name in archive.namelist() if "/media/" in name] == [PNG]


@pytest.mark.pandoc
@NEEDS_PANDOC
def test_where_nothing_draws_tables_stand_in_place_of_the_pictures_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    run = CliRunner().invoke(retell, ["handout", "-o", str(tmp_path / "handout.docx")])
    assert run.exit_code == 0, run.output
    assert "tables stand in place of the pictures" in run.output
    assert "resvg-py>=0.1.5" in run.output
    archive = ZipFile(tmp_path / "handout.docx")
    assert not [name for name in archive.namelist() if "/media/" in name]
    assert "10 November 2020" in text_of(archive.read("word/document.xml").decode())


@pytest.mark.office
@pytest.mark.parametrize("cite", CITES)
def test_libreoffice_shows_tables_figures_and_links(tmp_path: Path, cite: Cite) -> None:
    pytest.importorskip("pypandoc", reason="needs Pandoc: the extra 'peers'")
    pdf = as_pdf(handout("student", "full", "docx", cite), tmp_path)
    text = read_pdf("pdftotext", "-layout", pdf, "-")
    assert re.search(r"^ *Letter +Article +What it is about$", text, re.MULTILINE)
    assert re.search(r"^ *Voice +Account$", text, re.MULTILINE)
    links = read_pdf("pdftohtml", "-xml", "-stdout", "-i", "-s", pdf)
    assert len(re.findall(r'<a href="[^"]*#\d+">', links)) > 100
    pictures = re.findall(r"^ *\d+ +\d+ image ", read_pdf("pdfimages", "-list", pdf), re.MULTILINE)
    assert len(pictures) == len(drawings())
    for leftover in ("[@", "[^", "{#", "](#", "|--", "**"):
        assert leftover not in text


@pytest.mark.parametrize(
    ("has_pip", "begins"), [(True, ["-m", "pip", "install"]), (False, ["pip", "install", "--python"])]
)
def test_what_is_missing_is_got_by_a_command_that_is_typed_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, has_pip: bool, begins: list[str]
) -> None:
    monkeypatch.setattr("retell.handout.writers.pandoc.find_spec", lambda _: object() if has_pip else None)
    words = shlex.split(how_to_get_it())
    assert words[1 : 1 + len(begins)] == begins
    assert sys.executable in words and any(word.startswith("pypandoc") for word in words)
