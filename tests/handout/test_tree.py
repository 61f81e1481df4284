"""The document of a handout, and that Markdown shows each text of it as it is, to GitHub's parser and to Pandoc."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import cmarkgfm
import pytest

from retell.handout.passages import passage
from retell.handout.tree import (
    Address,
    Block,
    Box,
    BulletList,
    Code,
    Emphasis,
    Figure,
    Heading,
    Numbered,
    NumberedList,
    PageBreak,
    Paragraph,
    Quotation,
    Strong,
    Table,
    WritingLines,
    bullets,
    cells,
    figures_in,
    paragraph,
    row,
    tell,
)
from retell.handout.writers.markdown import write_markdown
from retell.script.steps import Stretch
from retell.story.prose import Span
from tests.support.documents import document_of
from tests.support.programs import pandoc

LOOKS_LIKE_MARKS = (
    "[x] done", "[ ] to do", "[X] done", "x](handout-figures/timeline.svg) y", "a ##", "a #", "# a", "- a", "1. a",
    "~~~", "[a]: b", "{.a}", "a\\", "<!-- a -->", "&copy;", "http://a.b/c_d", "a@b.c", "+ a", "(@) a", ": a", "| a |",
)  # fmt: skip
ADDRESSES = (
    "https://example.org/a_b/*c*", "https://example.org/?a=1&b=2", "https://example.org/?a=1&copy;=2",
    "https://example.org/%5Ba%5D%20b", "https://example.org/a\\_b", "https://example.org/`a`", "https://example.org/[a]",
    "https://example.org/(a)", "https://example.org/a|b",
)  # fmt: skip


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data


def by_github(markdown: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown))


def by_pandoc(markdown: str) -> str:
    return pandoc(markdown, "--from=markdown", "--to=html", "--wrap=none")


READERS = [
    pytest.param(by_github, id="github"),
    pytest.param(by_pandoc, id="pandoc", marks=pytest.mark.pandoc),
]


def shown(page: str) -> str:
    return " ".join(_Page(page).text.replace("\u2060", "").split())


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", LOOKS_LIKE_MARKS)
def test_a_text_that_looks_like_marks_is_only_text(read: Callable[[str], str], text: str) -> None:
    blocks: tuple[Block, ...] = (
        Heading(2, text),
        paragraph(text),
        bullets([(text,), (text, " and more")]),
        NumberedList(((paragraph(text),),), first=12),
        Quotation((paragraph(text),)),
        Table(cells(text, "b"), (row(text, "c"),)),
        paragraph(Strong(text), ": ", Emphasis(text), "."),
    )
    page = read(write_markdown(document_of(*blocks)))
    assert shown(page).count(text) == 10, page
    assert not re.search(r"<(?:input|img|del|dl|span)|☐|☒", page)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_is_shown_and_led_to_as_it_is(read: Callable[[str], str], url: str) -> None:
    page = _Page(read(write_markdown(document_of(paragraph("At ", Address(url), ".")))))
    assert f"At  {url}." in page.text
    (link,) = page.links
    same = {
        link,
        link.replace("%5C", "\\").replace("%60", "`").replace("%7C", "|").replace("%5B", "[").replace("%5D", "]"),
    }
    assert url in same


def test_two_lists_that_follow_each_other_stay_two() -> None:
    page = by_github(write_markdown(document_of(bullets([("a",)]), bullets([("b",)]))))
    assert page.count("<ul>") == 2


def test_items_stand_apart_where_one_has_more_than_a_paragraph() -> None:
    items = ((paragraph("a"), WritingLines(2)), (paragraph("b"), bullets([("c",)])))
    line = "_" * 40
    assert write_markdown(document_of(NumberedList(items, first=9))) == (
        f"# T\n\n9. a\n\n   {line}\n\n   {line}\n\n10. b\n\n    - c\n\nEnd.\n"
    )


def test_each_block_stands_apart_from_the_next() -> None:
    blocks = (
        PageBreak(),
        Numbered("C ¶6", ("It fell.",), marked=True),
        Box("hook", (paragraph("a"), paragraph(Code("b")))),
        BulletList(((paragraph("c"), bullets([("d",)])), (paragraph("e"),))),
    )
    assert write_markdown(document_of(*blocks)) == ("# T\n\n**C ¶6** It fell.\n\na\n\n`b`\n\n- c\n  - d\n- e\n\nEnd.\n")


def test_figures_are_found_wherever_they_stand() -> None:
    figures = [Figure(name, "", "<svg/>") for name in "abc"]
    blocks = (figures[0], Box("a", (figures[1],)), BulletList(((paragraph("d"), figures[2]),)))
    assert list(figures_in(blocks)) == figures


def test_emphasis_of_many_marks_takes_no_longer_than_they_are_long() -> None:
    text = "a" + "!" * 200_000 + "b"
    (told,) = tell([Stretch((Span(text, "emphasis"),), ())])
    assert told == Emphasis(text)


def test_a_value_of_a_passage_is_only_text() -> None:
    blocks = passage("by-part", count="2", phases="*a*, {count}", sources="articles")
    (block,) = blocks
    assert isinstance(block, Paragraph)
    assert "2 groups of experts: *a*, {count}." in "".join(map(str, block.runs))
    with pytest.raises(KeyError):
        passage("by-part", count="2")
