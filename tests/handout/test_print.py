"""Handouts as Chromium prints them: how many pages, no word or code cut, nothing parted, no page for a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retell.checks import fit
from retell.copies.saved import hold
from retell.handout.articles import Selection, make_articles
from retell.handout.choices import PAPERS, Paper
from retell.handout.pages.edition import drawings_for, make_document
from retell.handout.tree import Block, Heading, NumberedList, PageBreak, Row, Table, cells, paragraph, row
from retell.handout.writers.html import write_page
from retell.story.library import load
from tests.support.documents import document_of
from tests.support.every import shipped
from tests.support.invented import ARTICLES, save_copies
from tests.support.printed import MOST_FILLED, PAGES, editions
from tests.support.prints import broken_codes, clipped, lost, mark_whole, parted, print_page, thin

pytestmark = pytest.mark.browser
LEAST = 0.6  # of a page, but for the last
WHOLE = ("tr", "tbody", "blockquote", "figure", ".box", ".lines", ".together")
LONG_PARAGRAPHS = tuple(
    f"Witness {number} said it in many words. {'The river rose by the mill and no bell rang. ' * (number % 9 + 1)}"
    + ("https://example.org/" + "bridge" * 30 if number == 12 else "")
    for number in range(5, 45)
)
LONG_TABLE = 10  # rows; a longer one may go on on the next page


def page_of(name: str, paper: Paper) -> str:
    edition = editions()[name]
    return write_page(make_document(edition, "codes", drawings_for(shipped(), edition)), paper)


def test_every_edition_is_printed() -> None:
    assert PAGES.keys() == editions().keys()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", PAGES)
def test_a_print_has_its_pages_whole(name: str, paper: Paper, tmp_path: Path) -> None:
    marked, whole = mark_whole(page_of(name, paper), WHOLE)
    pages = print_page(marked, tmp_path)
    assert len(pages) <= PAGES[name][PAPERS.index(paper)]
    assert (clipped(pages), lost(marked, pages)) == ([], "")
    assert broken_codes(pages) == []
    assert thin(pages, LEAST) == [], [round(page.filled, 2) for page in pages]
    long = {number for number, text in whole.items() if marked.count("<tr", *_body(marked, number)) > LONG_TABLE}
    assert parted(pages, {number: text for number, text in whole.items() if number not in long}) == []
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in " ".join(word.text for word in page.foot), "its number"
        assert "The Lachin Road" in " ".join(word.text for word in page.foot), "the story's name"
    if name == "short":
        assert pages[-1].filled <= MOST_FILLED


def _body(marked: str, number: int) -> tuple[int, int]:
    """Return where a marked element begins and ends in its page."""
    return marked.index(f"qu{number}q"), marked.index(f"qv{number}q")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lines", [0, 2])
def test_articles_are_printed_whole(lines: int, paper: Paper, mini: Path, tmp_path: Path) -> None:
    """The bridge's articles, made long: one word of them is wider than a page."""
    long = {key: (*texts, *LONG_PARAGRAPHS) for key, texts in ARTICLES.items()}
    told = fit(load(save_copies(mini, long).parent))
    document = make_articles(told, hold(told.sources, mini / "copies").copies, Selection(lines=lines))
    html, whole = mark_whole(write_page(document, paper), (".lines",))
    pages = print_page(html, tmp_path)
    assert parted(pages, whole) == []
    assert 4 <= len(pages) <= 20
    assert (clipped(pages), lost(html, pages), broken_codes(pages)) == ([], "", [])
    numbers = [
        f"{code}\N{NO-BREAK SPACE}¶{number}"
        for code, key in (("A", "north"), ("B", "south"))
        for number in range(1, len(long[key]) + 1)
    ]
    printed = " ".join(word.text for page in pages for word in page.words)
    assert [number for number in numbers if not re.search(rf"{number[0]}\s¶{number[3:]}\b", printed)] == []
    begins = [at for at, page in enumerate(pages) if "B:" in [word.text for word in page.words[:1]]]
    assert len(begins) == 1, "the second article begins on a page of its own"
    own = {begins[0] - 1, len(pages) - 1}  # the last pages of the articles
    assert [at for at, page in enumerate(pages) if at not in own and page.filled < LEAST] == []
    assert lines or all(page.lines >= 3 for page in pages), "but for lines to write on, no line is alone"


# each of the checks finds the fault that it is there for


def test_a_number_over_the_edge_is_found(tmp_path: Path) -> None:
    items = NumberedList(tuple((paragraph("An item."),) for _ in range(12)))
    html = write_page(document_of(Heading(2, "All"), items))
    assert lost(html, print_page(html, tmp_path)) == ""
    cut = html.replace("ol { padding-left: 2.2em; }", "ol { padding-left: 0.9em; }")
    assert lost(cut, print_page(cut, tmp_path)) == "1"


def test_a_word_that_is_too_wide_is_found(tmp_path: Path) -> None:
    html = write_page(document_of(Heading(2, "All"), paragraph("W" * 200)))
    assert lost(html, print_page(html, tmp_path)) == ""
    assert lost(html, print_page(html.replace("overflow-wrap: anywhere", ""), tmp_path)) == "W"


def test_a_broken_code_is_found(tmp_path: Path) -> None:
    texts = [paragraph(f"{'word ' * n}which stands in the article A ¶4, and in B ¶5 as well.") for n in range(40)]
    html = write_page(document_of(Heading(2, "All"), *texts))
    assert broken_codes(print_page(html, tmp_path)) == []
    assert broken_codes(print_page(html.replace("\N{NO-BREAK SPACE}", " "), tmp_path)) != []


def test_a_parted_dispute_is_found(tmp_path: Path) -> None:
    rows = [
        made
        for number in range(60)
        for made in (Row(cells(f"Group {number}"), title=True), *[row("Row", str(number))] * (number % 5 + 1))
    ]
    marked, whole = mark_whole(
        write_page(document_of(Heading(2, "All"), Table(cells("Account", "A"), tuple(rows)))), WHOLE
    )
    assert len(whole) > 200
    assert parted(print_page(marked, tmp_path), whole) == []
    assert parted(print_page(re.sub("break-(?:inside|after): avoid", "", marked), tmp_path), whole) != []


def test_a_row_that_is_lost_is_found(tmp_path: Path) -> None:
    table = Table(cells("Account", "A"), (row("One", "1"), row("Two", "2")))
    marked, whole = mark_whole(write_page(document_of(Heading(2, "All"), table)), ("tr",))
    assert parted(print_page(marked, tmp_path), whole) == []
    hidden = marked.replace("</style>", "tbody tr:last-child { display: none; }</style>")
    assert parted(print_page(hidden, tmp_path), whole) == [whole[2]]


def test_an_empty_page_and_a_line_alone_are_found(tmp_path: Path) -> None:
    full = [paragraph(f"Text {number}. " * 80) for number in range(9)]
    pages = print_page(write_page(document_of(Heading(2, "All"), *full, PageBreak(), *full[:2])), tmp_path)
    assert thin(pages, LEAST) == []
    empty: list[Block] = [Heading(2, "All"), paragraph("Short."), PageBreak(), *full, PageBreak(), paragraph("Alone.")]
    pages = print_page(write_page(document_of(*empty)).replace("break-after: avoid", ""), tmp_path)
    assert thin(pages, LEAST) == [1, len(pages)]
