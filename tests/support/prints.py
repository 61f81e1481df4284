"""Pages as Chromium prints them: where each word lands, and what is wrong with a print."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

import html5lib

from tests.support.programs import program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-pdf-header-footer")
SIDE, HEAD, FOOT = 12.5 * 72 / 25.4, 11 * 72 / 25.4, 13 * 72 / 25.4  # the margins of a page, in points
SLACK = 1.5  # points by which a letter may reach over its box
XHTML = "{http://www.w3.org/1999/xhtml}"
LETTER = re.compile(r"(?:^|\W)[A-Z]{1,3}$")  # of an article
TEXTS = ("p", "li", "td", "th")
UNSEEN = {"head", "nav", "title", "desc"}  # elements that no paper shows
MARK = re.compile(r"q[uv]\d+q")


class Word(NamedTuple):
    """A word and its place on the page, in points from the left and from the top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """A printed page: its size in points, the words of its text, and those of its foot."""

    width: float
    height: float
    words: tuple[Word, ...]
    foot: tuple[Word, ...]

    @property
    def filled(self) -> float:
        """How far down the text reaches, as a part of the room that it has."""
        lowest = max((word.bottom for word in self.words), default=HEAD)
        return (lowest - HEAD) / (self.height - HEAD - FOOT)

    @property
    def lines(self) -> int:
        """How many lines of text there are, two beside each other counted once."""
        return len({round(word.bottom / 4) for word in self.words})


def print_page(html: str, folder: Path) -> list[Page]:
    """Print a web page and return its pages."""
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(html, "utf-8")
    command = [program("chromium"), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}"]
    subprocess.run([*command, page.as_uri()], capture_output=True, timeout=120, check=True)
    return read_pages(pdf)


def read_pages(pdf: Path) -> list[Page]:
    """Return the pages of a PDF."""
    read = pdf.with_suffix(".words.html")
    subprocess.run([program("pdftotext"), "-bbox", pdf, read], capture_output=True, timeout=60, check=True)
    return [_page(each) for each in ElementTree.parse(read).iter(f"{XHTML}page")]


def _page(node: ElementTree.Element) -> Page:
    width, height = float(node.attrib["width"]), float(node.attrib["height"])
    sides = ("xMin", "yMin", "xMax", "yMax")
    words = [Word(each.text or "", *(float(each.attrib[side]) for side in sides)) for each in node]
    foot = tuple(word for word in words if word.top > height - FOOT)
    return Page(width, height, tuple(word for word in words if word not in foot), foot)


def clipped(pages: list[Page]) -> list[str]:
    """Return the words that reach over the edge of the room for text, where a printer cuts them."""
    return [
        word.text
        for page in pages
        for word in page.words
        if word.left < SIDE - SLACK or word.right > page.width - SIDE + SLACK or word.top < HEAD - SLACK
    ]


def lost(html: str, pages: list[Page]) -> str:
    """Return the letters of a page, with the numbers of its lists, that its print does not show."""
    given = Counter("".join(_visible(html5lib.parse(html, namespaceHTMLElements=False))))
    given.subtract("".join(word.text for page in pages for word in page.words))
    return "".join(letter for letter, count in given.items() if count > 0 and not letter.isspace())


def _visible(element: ElementTree.Element) -> Iterator[str]:
    """Yield the texts of an element as paper shows them."""
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in UNSEEN:
        return
    yield element.text or ""
    for number, child in enumerate(element, int(element.attrib.get("start", 1))):
        yield f"{number}." if element.tag == "ol" else ""
        yield from _visible(child)
        yield child.tail or ""


def broken_codes(pages: list[Page]) -> list[str]:
    """Return the codes whose letter and paragraph stand in two lines."""
    return [
        f"{first.text}|{second.text}"
        for page in pages
        for first, second in pairwise(page.words)
        if second.text.startswith("¶") and LETTER.search(first.text) and second.top - first.top > SLACK
    ] + [
        page.words[-1].text
        for page, after in pairwise(pages)
        if page.words and LETTER.search(page.words[-1].text) and after.words[0].text.startswith("¶")
    ]


def thin(pages: list[Page], least: float) -> list[int]:
    """Return the numbers of the pages but the last whose text does not reach so far down, and of a last line alone."""
    found = [number for number, page in enumerate(pages[:-1], 1) if page.filled < least]
    return found + ([len(pages)] if len(pages) > 1 and pages[-1].lines < 3 else [])


def mark_whole(html: str, kinds: tuple[str, ...]) -> tuple[str, dict[int, str]]:
    """Return a page with small marks at the beginning and end of each element that belongs on one page.

    Kinds are names of elements and, behind a full stop, of classes. What is marked is returned by its number.
    """
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    whole = [each for each in tree.iter() if isinstance(each.tag, str) and _is_one_of(each, kinds)]
    for number, element in enumerate(whole):
        texts = [each for each in element.iter() if each.tag in TEXTS] or [element]
        first, last = texts[0], texts[-1]
        first.insert(0, _mark(f"qu{number}q", first))
        last.append(_mark(f"qv{number}q"))
    marked = html5lib.serialize(tree, omit_optional_tags=False, quote_attr_values="always")
    return f"<!DOCTYPE html>{marked}", {
        number: " ".join("".join(element.itertext()).split())[:60] for number, element in enumerate(whole)
    }


def _is_one_of(element: ElementTree.Element, kinds: tuple[str, ...]) -> bool:
    classes = str(element.attrib.get("class", "")).split()
    return element.tag in kinds or any(f".{each}" in kinds for each in classes)


def _mark(text: str, before: ElementTree.Element | None = None) -> ElementTree.Element:
    """Make a mark; before a first text it takes this as its tail."""
    made = ElementTree.Element("span", {"style": "position:absolute;font-size:1px;letter-spacing:0;word-spacing:0"})
    made.text = f" {text} "
    if before is not None:
        made.tail, before.text = before.text, None
    return made


def parted(pages: list[Page], whole: dict[int, str]) -> list[str]:
    """Return what is marked as one and stands on two pages, or on none."""
    marks = {mark: at for at, page in enumerate(pages) for word in page.words for mark in MARK.findall(word.text)}
    return [
        text
        for number, text in whole.items()
        if f"qu{number}q" not in marks or marks[f"qu{number}q"] != marks.get(f"qv{number}q")
    ]
