"""Every edition as a Word file, as LibreOffice sets it: how many pages, no code broken, no page nearly empty."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from retell.handout.choices import PAPERS, Paper
from retell.handout.packets import KEY, PLAN
from retell.handout.pages.edition import drawings_for, make_document
from retell.handout.writers.docx import write_word_file
from tests.support.every import shipped
from tests.support.printed import MOST_FILLED, PAGES, editions
from tests.support.prints import broken_codes, read_pages, thin
from tests.support.programs import program

pytestmark = [pytest.mark.office, pytest.mark.slow]
LEAST = 0.35  # of a page, but for the last; the words in pictures are not counted
FOR_THE_TEACHER = {"teacher", "teacher full", f"packet {KEY}", f"packet {PLAN}"}
MORE = {"full": 1, "teacher": 1}  # pages than on the printed web page
WIDTHS = {"a4": 595, "letter": 612}  # in points


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF of each edition on each paper: LibreOffice is started once, for it starts slowly."""
    pytest.importorskip("pypandoc", reason="needs Pandoc: the extra 'peers'")
    folder = tmp_path_factory.mktemp("word")
    for name, edition in editions().items():
        document = make_document(edition, "codes", drawings_for(shipped(), edition))
        for paper in PAPERS:
            (folder / f"{name} {paper}.docx").write_bytes(write_word_file(document, "codes", shipped(), paper))
    command = [program("soffice"), f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))]
    subprocess.run(command, capture_output=True, timeout=480, check=True)
    return folder


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", PAGES)
def test_a_word_file_takes_the_pages_of_the_print(name: str, paper: Paper, printed: Path) -> None:
    pages = read_pages(printed / f"{name} {paper}.pdf")
    assert round(pages[0].width) == WIDTHS[paper]
    assert len(pages) <= PAGES[name][PAPERS.index(paper)] + MORE.get(name, 0)
    assert broken_codes(pages) == []
    assert thin(pages, LEAST) == [], [round(page.filled, 2) for page in pages]
    if name == "short":
        assert pages[-1].filled <= MOST_FILLED
    for number, page in enumerate(pages, 1):
        foot = " ".join(word.text for word in page.foot)
        assert foot.startswith("The Lachin Road")
        assert foot.endswith(f" {number}")
        assert ("for the teacher" in foot) == (name in FOR_THE_TEACHER)
