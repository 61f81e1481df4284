"""Each combination of edition, length, citations and format is made, and each is read by another's parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

from retell.handout.choices import CITES, FORMATS, Cite, Format
from retell.script.excerpt import Length
from tests.handout.test_html import Outline
from tests.support.every import EDITIONS, LENGTHS, drawings, handout, shipped
from tests.support.reading import headings

EVERY = [(edition, length, cite) for edition in EDITIONS for length in LENGTHS for cite in CITES]
LEFTOVERS = ("[@", "[^", "](", "{#", "{{", "{%", "**", "|--", "None,", "Undefined")
NUMBER = re.compile(r"\d+")


def text_of(html: str) -> str:
    return "".join(text for tag, text in Outline(html).texts if tag not in ("style", "title"))


def table_faults(html: str) -> Iterator[str]:
    for table in re.findall(r"<table>.*?</table>", html, re.DOTALL):
        rows = [row.count("<td") + row.count("<th") for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
        if len(set(rows)) > 1 or len(rows) < 2:
            yield table


@pytest.mark.parametrize(("edition", "length", "cite"), EVERY)
def test_the_markdown_is_read_by_github_s_parser(edition: str, length: Length, cite: Cite) -> None:
    text = handout(edition, length, "md", cite).decode()
    body = text.split("---\n", 2)[2] if cite == "pandoc" else text
    html = cmarkgfm.github_flavored_markdown_to_html(body, Options.CMARK_OPT_FOOTNOTES)
    assert html.count("<table>") == len(re.findall(r"^(?:\|-+)+\|$", body, re.MULTILINE)) > 0
    assert list(table_faults(html)) == []
    shown = re.sub(r"<[^>]*>", "", html)
    assert [mark for mark in LEFTOVERS if mark in shown and (cite, mark) != ("pandoc", "[@")] == []


@pytest.mark.parametrize(("edition", "length", "cite"), EVERY)
def test_every_citation_names_an_article_and_a_paragraph_that_it_has(edition: str, length: Length, cite: Cite) -> None:
    text = handout(edition, length, "md", cite).decode()
    paragraphs = {source.code: len(source.paragraphs) for source in shipped().sources.values()}
    keys = {key: source.code for key, source in shipped().sources.items()}
    if cite == "pandoc":
        found = [(keys[key], numbers) for key, numbers in re.findall(r"@([\w-]+)(?:, \{¶+([\d–, ]+)\})?", text)]
    elif cite == "footnotes":
        found = [(name[0].upper(), name[1:]) for name in re.findall(r"\[\^(\w[\d_-]*)\](?!:)", text)]
    else:
        groups = re.findall(r"(?<![\\\w])\[([A-E](?:[ \u00a0]¶[^\]]+)?(?:; [A-E](?:[ \u00a0]¶[^\];]+)?)*)\]", text)
        found = [(item[0], item[1:]) for group in groups for item in group.split("; ")]
    assert len(found) > 50
    for code, numbers in found:
        assert all(1 <= int(number) <= paragraphs[code] for number in NUMBER.findall(numbers))


@pytest.mark.parametrize(("edition", "length", "cite"), EVERY)
def test_the_web_page_has_no_leftovers_and_each_link_a_place(edition: str, length: Length, cite: Cite) -> None:
    html = handout(edition, length, "html", cite).decode()
    outline = Outline(html)
    assert [mark for mark in LEFTOVERS if mark in text_of(html)] == []
    assert list(table_faults(re.sub(r" (?:scope|lang)=\"\w+\"", "", html))) == []
    places = {f"#{attributes['id']}" for _, attributes, _ in outline.elements if "id" in attributes}
    assert {link["href"] for link in outline.all("a") if link["href"].startswith("#")} <= places
    figures = re.findall(r"<figure>\s*<svg", html)
    assert len(figures) == (len(drawings()) if (edition, length) == ("student", "full") else len(figures))


@pytest.mark.pandoc
@pytest.mark.parametrize(("edition", "length", "cite"), EVERY)
def test_the_word_file_has_no_leftovers(edition: str, length: Length, cite: Cite) -> None:
    pytest.importorskip("pypandoc", reason="needs Pandoc: the extra 'peers'")
    document = ZipFile(BytesIO(handout(edition, length, "docx", cite))).read("word/document.xml").decode()
    shown = re.sub(r"<.*?>", "", document)
    assert [mark for mark in LEFTOVERS if mark in shown] == []
    tables = len([token for token in MarkdownIt("gfm-like", {"linkify": False}).parse(
        handout(edition, length, "md", "codes").decode()) if token.type == "table_open"])  # fmt: skip
    assert document.count("<w:tbl>") == tables


def test_all_formats_and_styles_are_there() -> None:
    formats: tuple[Format, ...] = FORMATS
    assert (formats, CITES) == (("md", "html", "docx"), ("codes", "footnotes", "pandoc"))


@pytest.mark.parametrize(("edition", "length", "cite"), EVERY)
def test_headings_skip_no_level(edition: str, length: Length, cite: Cite) -> None:
    text = handout(edition, length, "md", cite).decode()
    body = text.split("---\n", 2)[2] if cite == "pandoc" else text
    levels = [1, *(level for level, _ in headings(body))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
