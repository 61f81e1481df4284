"""The handout as a web page: one file that loads nothing, built for screen readers and printers, no HTML from texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from retell.checks import fit
from retell.handout.student import student_edition
from retell.handout.tree import Address, Cell, Document, Figure, Heading, Row, Strong, Table, cells, paragraph
from retell.handout.writers.html import FRAME, write_page
from retell.story.told import Told
from tests.handout.test_markdown import with_text_everywhere
from tests.support.documents import document_of, make_file
from tests.support.reading import visible
from tests.support.towns import load_files, story_files

VOID = {"meta", "input", "br", "hr", "img"}


class Outline(HTMLParser):
    """Every element with its attributes and the names of those around it; every text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes, _ in self.elements if name == tag]


@pytest.fixture
def towns(tmp_path: Path) -> Told:
    return fit(load_files(tmp_path / "towns", story_files()))


@pytest.fixture
def page(towns: Told) -> str:
    return made(towns)


def made(library: Told) -> str:
    return make_file(library, student_edition(library), "html", "codes").decode()


def test_the_page_is_as_it_always_was(page: str, golden: Callable[[str, str], None]) -> None:
    golden("handout-towns.html", re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL))


def test_it_shows_what_the_markdown_shows(towns: Told, page: str) -> None:
    markdown = make_file(towns, student_edition(towns), "md", "codes").decode()
    body = re.sub(r"<nav.*?</nav>", "", page.split("<body>")[1].split("</body>", maxsplit=1)[0], flags=re.DOTALL)
    assert " ".join("".join(data for _, data in Outline(body).texts).split()) == visible(markdown)


def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    outline = Outline(page)
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & {tag for tag, _, _ in outline.elements}
    assert {name for _, attributes, _ in outline.elements for name in attributes} & {"src", "srcset", "action"} == set()
    assert not re.search(r"url\(|@import|javascript:", page)
    assert {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"} in (
        outline.all("meta")
    )


def test_it_has_a_title_a_language_a_width_and_landmarks(page: str) -> None:
    outline = Outline(page)
    assert ("title", "The Two Towns") in outline.texts
    assert outline.all("html") == [{"lang": "en"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in outline.all("meta")
    landmarks = [tag for tag, _, around in outline.elements if around == ("html", "body")]
    assert landmarks == ["header", "nav", "main", "footer"]
    assert [around[2] for tag, _, around in outline.elements if tag == "h1"] == ["header"]


def test_headings_are_in_order_and_the_contents_lead_to_them(page: str) -> None:
    outline = Outline(page)
    levels = [int(tag[1]) for tag, _, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    contents = [attributes["href"] for tag, attributes, around in outline.elements if tag == "a" and "nav" in around]
    assert contents == [f"#{attributes['id']}" for attributes in outline.all("h2")]
    assert contents == [
        "#what-this-is",
        "#words-and-names",
        "#timeline",
        "#the-story",
        "#questions",
        "#which-article-says-what",
        "#writing",
        "#what-we-still-do-not-know",
        "#sources",
    ]


def test_every_code_leads_to_its_article(page: str) -> None:
    outline = Outline(page)
    links = [a["href"] for a in outline.all("a") if a["href"].startswith("#source-")]
    assert len(links) > 30
    places = [attributes["id"] for attributes in outline.all("strong") if "id" in attributes]
    assert places == [f"source-{letter}" for letter in "abcde"]
    assert {f"#{place}" for place in places} == set(links)
    identities = [attributes["id"] for _, attributes, _ in outline.elements if "id" in attributes]
    assert len(identities) == len(set(identities))
    codes = re.findall(r'<span class="code">(.)[^<]*<a href="#source-(.)"', page)
    assert len(codes) == len(links)
    assert all(code.lower() == letter for code, letter in codes)


def test_where_names_are_lost_a_code_is_left_and_no_link(page: str) -> None:
    """Google Docs and Moodle drop the names that links lead to; a link without a text then is none."""
    links = re.findall(r"<a ([^>]*)>([^<]*)</a>", page.partition("</nav>")[2])
    assert all(not text for attributes, text in links if 'href="#' in attributes)
    assert re.search(r"\[<span[^>]*>A\xa0¶1", page)


def test_tables_have_headers_and_names_their_language(page: str) -> None:
    outline = Outline(page)
    assert {attributes["scope"] for attributes in outline.all("th")} == {"col", "rowgroup"}
    assert f'<td lang="az"{FRAME}>Əberford</td>\n<td lang="hy"{FRAME}>Աբերֆորդ</td>' in page


def test_what_is_pasted_without_the_style_keeps_its_frames_and_its_room_to_write(page: str) -> None:
    outline = Outline(page)
    framed = [*outline.all("td"), *outline.all("th"), *(each for each in outline.all("div") if "box" in each["class"])]
    assert len(framed) > 40
    assert all(each["style"] == "border:1px solid" for each in framed)
    boxes = [cell for cell in outline.all("td") if "box" in cell.get("class", "")]
    assert boxes and all(int(box["height"]) >= 32 for box in boxes)
    assert {table["cellpadding"] for table in outline.all("table")} == {"4"}
    text = re.sub("<style>.*?</style>|<.*?>", "", page, flags=re.DOTALL)
    assert "More space" not in text, "a switch that does nothing there leaves no words behind"


def test_a_cell_is_in_the_language_that_it_knows_and_not_in_that_of_a_cell_with_the_same_text(tmp_path: Path) -> None:
    files = story_files()
    place = next(fields for name, fields in files.items() if name.startswith("cards/places/"))
    place["names"]["az"] = place["name"]
    page = made(fit(load_files(tmp_path, files)))
    in_none, in_az = (f"<td{language}{FRAME}>{place['name']}</td>" for language in ("", ' lang="az"'))
    assert page.count(in_none) == page.count(in_az) == 1


def test_a_row_that_titles_a_group_says_so() -> None:
    rows = (Row((Cell((Strong("Was it so?"),)),), title=True), Row((Cell((Strong("Ann"),)), Cell())))
    outline = Outline(write_page(document_of(Table(cells("Account", "A"), rows))))
    assert outline.all("tr") == [{}, {"class": "title"}, {}]
    assert outline.all("th")[-1] == {"scope": "rowgroup", "colspan": "2", "style": "border:1px solid"}


def test_no_markup_of_a_text_reaches_the_page(tmp_path: Path) -> None:
    text = "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; </style> {{ 7 * 7 }} [a](javascript:b) ![c](d)"
    page = made(fit(load_files(tmp_path, with_text_everywhere(story_files(), text))))
    outline = Outline(page)
    assert not {"script", "img"} & {tag for tag, _, _ in outline.elements}
    assert page.count("<style") == page.count("</style>") == 1
    shown = " ".join("".join(data for _, data in outline.texts).split())
    assert shown.count(text) > 40
    assert all(a["href"].startswith(("#", "https://example.org/")) for a in outline.all("a"))


def test_a_figure_stands_inside_the_page() -> None:
    page = write_page(document_of(Heading(2, "A"), Figure("map", "A map", "<svg><title>M</title></svg>")))
    assert "<figure><svg><title>M</title></svg></figure>\n" in page
    assert "<img" not in page
    assert "<p></p>" not in page
    Outline(page)


def test_a_page_of_a_title_alone() -> None:
    page = write_page(Document("T", (), ()))
    assert "<h1>T</h1>" in page
    Outline(page)


def test_two_sections_of_one_name_have_two_places() -> None:
    outline = Outline(write_page(document_of(Heading(2, "So"), Heading(2, "So"), Heading(2, "…"))))
    assert [section["id"] for section in outline.all("h2")] == ["so", "so-2", "section-3"]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a%5Bb?c=d&e;", True),
        ('https://example.org/"><script>', True),
        ("javascript:alert(1)", False),
    ],
)
def test_an_address_is_shown_and_led_to_as_it_is(url: str, linked: bool) -> None:
    outline = Outline(write_page(document_of(paragraph(Address(url)))))
    assert ("a" if linked else "p", url) in outline.texts
    assert [link["href"] for link in outline.all("a")] == [url] * linked
