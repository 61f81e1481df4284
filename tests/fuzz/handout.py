"""Made-up prose in every field of a story, told as a handout, which readers of Markdown and HTML read back.

Whatever the prose is, they find no tag, no attribute and no address in it that stands in none of plain words.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import html5lib
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

from retell.checks import fit
from retell.files.characters import without_unseen
from retell.handout.choices import Cite
from retell.handout.pages.edition import Edition
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.problems import StoryUnfitError
from retell.story.library import load
from retell.story.told import Told
from tests.support.documents import make_file
from tests.support.folders import MINI

CITED = " [@north, para. 1]."
# where prose goes: the file, what stands there, what it is replaced by; {} is a text in quotation marks
FIELDS = (
    ("story/story.yaml", "The Bridge", "{}"),
    ("story/story.yaml", "A small story", "{}"),
    ("story/story.yaml", "Who broke the bridge?", "{}"),
    ("story/story.yaml", "Two invented articles on an invented bridge.", "{}"),
    ("story/story.yaml", "Opening", "{}"),
    ("story/01-start.yaml", "title: Start", "title: {}"),
    ("story/01-start.yaml", "A bridge fell in Aberford/Aberfurt [@north, para. 1].", "{cited}"),
    ("story/01-start.yaml", 'says "Sunday"', "{}"),
    ("story/01-start.yaml", "  - aside: Two towns, one river.", "  - aside: {}\n  - say: {cited}"),
    ("story/01-start.yaml", "Who spoke?", "{}"),
    ("story/01-start.yaml", "Ann Hill [@north, para. 1].", "{cited}"),
    ("story/02-night.yaml", "Hill said", "{}"),
    ("story/02-night.yaml", "it was the rain", "{}"),
    ("cards/places/aberford.yaml", "a town", "{}"),
    ("cards/places/aberford.yaml", "az: Aberford", "az: {}"),
    ("cards/disputes/who-broke-it.yaml", "Who broke it?", "{}"),
    ("cards/disputes/who-broke-it.yaml", "The rain did [@north, para. 2].", "{cited}"),
    ("cards/disputes/who-broke-it.yaml", "The river.", "{}"),
    ("cards/voices/south.yaml", "the South", "{}"),
    ("cards/voices/south.yaml", "town", "{}"),
    ("cards/terms/bridge.yaml", "a way over water", "{}"),
    ("cards/sources/north.yaml", "A bridge falls.", "{}"),
    ("cards/sources/north.yaml", "northern", "{}"),
    ("cards/sources/north.yaml", "code: A", "code: A\ntitle: {}\ncontainer-title: {}"),
)
# emphasis, and what keeps a name from right to left in its place, are ours in any text
STYLED = {
    ("em", ()),
    ("em_open", ""),
    ("em_close", ""),
    ("bdi", ()),
    ("html_inline", "<bdi>"),
    ("html_inline", "</bdi>"),
}
CITES: tuple[Cite, ...] = ("codes", "footnotes", "pandoc")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
FOOTNOTE = re.compile(r"^#fn(?:ref)?-[a-e][0-9_]+(?:-[0-9]+)*$")  # one for each place that is cited, and back
BY_GITHUB = ("mailto:", "xmpp:")  # what it makes of every e-mail address, escaped or not
RAW = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES


class Seen(NamedTuple):
    """What readers of a handout find: elements with their attributes, tokens of Markdown, addresses."""

    elements: frozenset[tuple[str, tuple[str, ...]]]
    tokens: frozenset[tuple[str, str]]
    addresses: frozenset[str]


def read_handout(raw: bytes) -> None:
    """Tell a story of this prose on paper, and read it back; a story that does not pass the check is passed over."""
    prose = without_unseen(raw.decode("utf-8", "ignore")).split("\n")
    try:
        told = _told(tuple(line for line in prose if line.strip())[: len(FIELDS)])
    except StoryUnfitError:
        return
    for name, document in _documents(told):
        found, plain = _read(name, document), plain_words()[name]
        assert found.elements <= plain.elements | STYLED, (name, found.elements - plain.elements)
        assert found.tokens <= plain.tokens | STYLED, (name, found.tokens - plain.tokens)
        assert found.addresses <= plain.addresses, (name, found.addresses - plain.addresses)


@cache
def plain_words() -> dict[str, Seen]:
    """What is found of plain words."""
    words = _told(tuple(f"plain *words* {'abcdefghijklmnopqrstuvwxyz'[i]}" for i in range(len(FIELDS))))
    return {name: _read(name, document) for name, document in _documents(words)}


def _told(prose: tuple[str, ...]) -> Told:
    files = {path.relative_to(MINI).as_posix(): path.read_text("utf-8") for path in sorted(MINI.rglob("*.yaml"))}
    for (name, there, field), text in zip(FIELDS, prose, strict=False):
        typed = json.dumps(text, ensure_ascii=False)
        cited = json.dumps(text + CITED, ensure_ascii=False)
        assert there in files[name], there
        files[name] = files[name].replace(there, field.replace("{cited}", cited).replace("{}", typed), 1)
    handle, path = tempfile.mkstemp(suffix=".zip")
    try:
        with os.fdopen(handle, "wb") as stream, ZipFile(stream, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return fit(load(Path(path)))
    finally:
        Path(path).unlink()


def _documents(told: Told) -> Iterator[tuple[str, str]]:
    """Yield each handout by a name that ends as its format does."""
    editions: dict[str, Edition] = {"student": student_edition(told), "teacher": teacher_edition(told)}
    for name, edition in editions.items():
        for cite in CITES:
            yield f"{name}-{cite}.md", make_file(told, edition, "md", cite).decode()
        yield f"{name}.html", make_file(told, edition, "html", "codes").decode()


def _read(name: str, document: str) -> Seen:
    if name.endswith(".html"):
        return _of_page(document)
    if "pandoc" in name:
        document = document.partition("\n---\n")[2]  # behind its head, which is YAML
    tokens = [each for token in MARKDOWN.parse(document) for each in (token, *(token.children or ()))]
    named = frozenset((token.type, token.content if token.type.startswith("html") else "") for token in tokens)
    addresses = {str(token.attrs[name]) for token in tokens for name in ("href", "src") if name in token.attrs}
    page = _of_page(github_flavored_markdown_to_html(document, RAW))
    return Seen(page.elements, named, frozenset(addresses | page.addresses))


def _of_page(page: str) -> Seen:
    elements: set[tuple[str, tuple[str, ...]]] = set()
    addresses: set[str] = set()
    tree: Any = html5lib.parse(page, namespaceHTMLElements=False)
    for element in tree.iter():
        if element.attrib.get("href", "").startswith(BY_GITHUB):
            continue
        elements.add((str(element.tag), tuple(sorted(element.attrib))))
        there = {value for name, value in element.attrib.items() if name in ("href", "src", "action")}
        addresses |= {FOOTNOTE.sub("#fn", value) for value in there}
    return Seen(frozenset(elements), frozenset(), frozenset(addresses))
