"""Handouts as Chromium prints them: how many pages, nothing cut, no page for a line."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from retell.handout.choices import PAPERS, Paper
from retell.handout.drawings.chosen import drawings_for
from retell.handout.packets import KEY, PLAN, make_packets
from retell.handout.pages.edition import Edition, make_document
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.handout.writers.html import write_page
from tests.support.every import shipped
from tests.support.programs import program

pytestmark = pytest.mark.browser
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-pdf-header-footer")
FEWEST_WORDS = 60  # on a page that is not the last
MOST_PAGES = {"short": 4, "support": 7}


@cache
def editions() -> dict[str, Edition]:
    told = shipped()
    made: dict[str, Edition] = {
        "short": student_edition(told, length="short"),
        "support": student_edition(told, length="short", support=True),
        "full": student_edition(told),
        "teacher": teacher_edition(told, length="short"),
    }
    return made | {f"packet {name}": edition for name, edition in make_packets(told).items()}


NAMES = ("short", "support", "full", "teacher", "packet everyone", "packet 1-ceasefire", "packet 2-protests",
         "packet 3-checkpoint", "packet 4-operation", f"packet {PLAN}", f"packet {KEY}")  # fmt: skip


def printed(name: str, paper: Paper, folder: Path) -> list[str]:
    """The text of each page."""
    edition = editions()[name]
    document = make_document(edition, "codes", drawings_for(shipped(), edition))
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(write_page(document, paper), "utf-8")
    command = [program("chromium"), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}"]
    subprocess.run([*command, page.as_uri()], capture_output=True, timeout=120, check=True)
    command = [program("pdftotext"), "-raw", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()
    return text.split("\f")[:-1]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_print_has_its_pages_whole(name: str, paper: Paper, tmp_path: Path) -> None:
    pages = printed(name, paper, tmp_path)
    if name in MOST_PAGES:
        assert len(pages) <= MOST_PAGES[name]
    elif name.startswith("packet"):
        assert 2 <= len(pages) <= 4
    for number, page in enumerate(pages, 1):
        assert re.search(rf"^(?:The Lachin Road.* )?{number} / {len(pages)}$", page, re.MULTILINE), "its number"
        assert re.search(r"^The Lachin Road", page, re.MULTILINE), "the story's name"
        assert not re.search(r"\[[A-E]$|; [A-E]$", page, re.MULTILINE), "a code broken behind its letter"
    assert [len(page.split()) for page in pages[:-1] if len(page.split()) < FEWEST_WORDS] == []
    assert len(pages[-1].split()) > 12, "no page for a line alone"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_numbers_of_a_list_are_whole(paper: Paper, tmp_path: Path) -> None:
    text = "\n".join(printed("full", paper, tmp_path))
    numbers = [int(number) for number in re.findall(r"^ *(\d+)\. +\(Scene", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 20
