"""The web page in a real browser: nothing leaves it, nothing is logged, axe finds no fault; on paper nothing is cut."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from retell.handout.tree import Heading, Row, Table, cells, paragraph, row
from retell.handout.writers.html import write_page
from tests.support.documents import document_of
from tests.support.every import handout
from tests.support.programs import program

pytestmark = pytest.mark.browser
DRIVER = Path(__file__).with_name("browser.cjs")
PAPER = ("A4", "Letter")
LOOKS = ("light", "dark", "large", "easy")
MOST_PAGES = {"student-short": 4}


class Visit(NamedTuple):
    """What the browser saw, and the folder of its prints and pictures."""

    seen: dict[str, Any]
    folder: Path
    page: Path


def browse(page: Path, folder: Path) -> Visit:
    packages = os.environ.get("RETELL_NODE_MODULES")
    if not packages:
        pytest.skip("needs playwright-core and axe-core: set RETELL_NODE_MODULES to the folder of their packages")
    environment = {**os.environ, "NODE_PATH": packages, "RETELL_CHROMIUM": program("chromium")}
    command = [program("node"), str(DRIVER), str(page), str(folder)]
    run = subprocess.run(command, env=environment, capture_output=True, timeout=240, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return Visit(json.loads(run.stdout), folder, page)


@pytest.fixture(scope="module", params=["student short", "student full", "teacher short"])
def visit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    folder = tmp_path_factory.mktemp("browser")
    page = folder / f"{request.param.replace(' ', '-')}.html"
    edition, length = request.param.split()
    page.write_bytes(handout(edition, length, "html", "codes"))
    return browse(page, folder)


def printed(visit: Visit, name: str) -> list[str]:
    """The text of each page of a print."""
    command = [program("pdftotext"), str(visit.folder / f"{name}.pdf"), "-"]
    return subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode().split("\f")[:-1]


def test_no_request_leaves_the_page(visit: Visit) -> None:
    assert set(visit.seen["requests"]) == {visit.page.as_uri()}


def test_the_console_stays_empty(visit: Visit) -> None:
    assert visit.seen["messages"] == []


def test_axe_finds_no_violation_in_light_in_dark_and_with_each_switch(visit: Visit) -> None:
    assert visit.seen["violations"] == []
    assert visit.seen["checked"] > 20


def test_text_is_12_points_and_18_in_large_print(visit: Visit) -> None:
    pixels = {look: visit.seen[look]["size"] for look in LOOKS}
    assert pixels == {"light": 16, "dark": 16, "large": 24, "easy": 16}


def test_figures_grow_with_large_print_or_fill_the_page(visit: Visit) -> None:
    figures = zip(visit.seen["light"]["figures"], visit.seen["large"]["figures"], strict=True)
    assert all(large > light for light, large in figures)


def test_easy_reading_has_no_italics_and_the_space_that_dyslexic_readers_ask_for(visit: Visit) -> None:
    plain, easy = visit.seen["light"], visit.seen["easy"]
    assert plain["italics"] > 5
    assert easy["italics"] == 0
    # WCAG 2.2, 1.4.12, names lines of 1.5, letters 0.12 and words 0.16 apart as what a page has to bear
    assert easy["line"] >= 1.5 * easy["size"] > plain["letters"] == 0
    assert easy["letters"] >= 0.03 * easy["size"]
    assert easy["words"] >= 3 * easy["letters"]


@pytest.mark.parametrize("look", ["large", "easy"])
def test_a_switch_that_is_on_is_on_in_print(visit: Visit, look: str) -> None:
    assert len(printed(visit, f"A4-{look}")) > len(printed(visit, "A4"))


def test_a_narrow_screen_needs_no_scrolling_sideways(visit: Visit) -> None:
    assert max(visit.seen["overflow"][look] for look in LOOKS) <= 0


def parted(visit: Visit, paper: str) -> dict[str, list[int]]:
    """The rows, and the headings with what follows them, that a print has on more than one page or has lost."""
    pages_of: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(printed(visit, f"{paper}-marked"), 1):
        for mark in re.findall(r"q([rh]\d+)q", text):
            pages_of[mark].append(number)
    assert sum(mark.startswith("r") for mark in pages_of) > 20
    assert sum(mark.startswith("h") for mark in pages_of) > 5
    return {mark: pages for mark, pages in pages_of.items() if len(set(pages)) > 1 or len(pages) < 2}


@pytest.mark.parametrize("paper", PAPER)
def test_no_row_is_cut_and_no_heading_stands_alone_at_the_foot_of_a_page(visit: Visit, paper: str) -> None:
    assert parted(visit, paper) == {}


def test_the_title_of_a_group_of_rows_stays_with_them_wherever_a_page_ends(tmp_path: Path) -> None:
    rows = [
        made
        for number in range(120)
        for made in (Row(cells(f"Group {number}"), title=True), *[row("Row", str(number))] * (number % 5 + 1))
    ]
    grid = Table(cells("Account", "A"), tuple(rows))
    page = tmp_path / "grid.html"
    page.write_text(write_page(document_of(Heading(2, "All"), paragraph("Here."), grid)), "utf-8")
    visit = browse(page, tmp_path)
    assert {paper: parted(visit, paper) for paper in PAPER} == {paper: {} for paper in PAPER}


@pytest.mark.parametrize("paper", PAPER)
def test_a_short_handout_for_students_has_four_pages_at_most(visit: Visit, paper: str) -> None:
    assert len(printed(visit, paper)) <= MOST_PAGES.get(visit.page.stem, 40)
