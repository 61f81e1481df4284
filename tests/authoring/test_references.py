"""Source cards are made of what Zotero and others export; none is changed, and bad input loses nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from retell.authoring.references import read_export
from retell.authoring.scaffold import begin_story
from retell.checks import fit
from retell.cli import retell
from retell.handout.writers.bibliography import to_bibtex, to_csl_json, to_csl_yaml
from retell.problems import RetellError
from retell.story.cards import Source
from retell.story.library import load, shipped_root

BARKER: dict[str, Any] = {
    "id": "http://zotero.org/users/1/items/ABCD",
    "type": "manuscript",
    "title": "<i>Diary</i> of  an officer",
    "shortTitle": "Diary",
    "author": [{"family": "Barker", "given": "John", "isInstitution": False}],
    "issued": {"date-parts": [["1876", 5]]},
    "original-date": {"raw": "1775-04-19"},
    "archive": "Harvard",
    "custom": {"x": 1},
    "volume": 3,
}
BIB = r"""
@string{hp = "Harnsea Press"}
% a remark
@book{Barker_1876,
  author = {Barker, John and {The Council of L\"ubeck} and van der Berg, Ann and others},
  title = {The {British} in {Boston}: M{\"u}ller \& Co, 5\% off},
  publisher = hp, year = 1876, month = may, origdate = {1775-04-19}, number = 4,
}
@article{gazette, title = {News}, journaltitle = {The Gazette}, number = {7}, date = {1775-04-25},
  entrysubtype = {newspaper}, url = {https://example.org/a_b%20c}}
"""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    begin_story(tmp_path / "lesson")
    return tmp_path / "lesson"


def bring(lesson: Path, name: str, text: str | bytes) -> Result:
    path = lesson.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(retell, ["--story", str(lesson), "sources", "--from", str(path)], standalone_mode=False)


def cards(lesson: Path) -> dict[str, Source]:
    own = ("harbour-post", "hill-gazette")
    return {key: entry.form for key, entry in load(lesson).sources.items() if key not in own}


def test_a_reference_of_zotero(lesson: Path) -> None:
    result = bring(lesson, "z.json", json.dumps([BARKER]))
    assert "no card has custom" in result.stderr
    (found,) = cards(lesson).items()
    key, card = found
    assert (key, card.type, card.title, card.title_short) == (
        "barker-1775",
        "manuscript",
        "Diary of an officer",
        "Diary",
    )
    assert (str(card.author[0]), str(card.issued), str(card.original_date)) == (
        "John Barker",
        "May 1876",
        "19 April 1775",
    )
    assert (card.code, card.volume, card.more) == ("C", "3", {"archive": "Harvard"})
    # what only its reader knows is one problem, and nothing else is wrong
    (problem,) = [each for each in load(lesson).problems if "barker" in each.location.file]
    assert problem.message == "5 fields are empty: 'genre', 'summary', 'stance', 'leaves-out', 'paragraphs'"


@pytest.mark.parametrize(("name", "write"), [("x.json", to_csl_json), ("x.yaml", to_csl_yaml), ("x.bib", to_bibtex)])
def test_what_retell_exports_comes_back(lesson: Path, name: str, write: Any) -> None:
    told = fit(load(shipped_root()))
    bring(lesson, name, write(told, list(told.sources)))
    brought = cards(lesson)
    assert brought.keys() == told.sources.keys()
    for key, card in brought.items():
        kept = told.sources[key]
        for field in ("title", "container_title", "issued", "volume", "issue", "url", "author"):
            assert getattr(card, field) == getattr(kept, field), (key, field)
        if name != "x.bib":
            assert (card.type, card.more) == (kept.type, kept.more)
    codes = sorted(card.code for card in brought.values())
    assert codes == ["C", "D", "E", "F", "G"]
    by_date = sorted(brought.values(), key=lambda card: card.code)
    assert [card.issued for card in by_date if card.issued] == sorted(
        (card.issued for card in by_date if card.issued), key=lambda when: when.first
    )


def test_bibtex(lesson: Path) -> None:
    bring(lesson, "x.bib", BIB)
    found = cards(lesson)
    book, article = found["barker-1876"], found["gazette"]
    assert (book.type, book.title) == ("book", "The British in Boston: Müller & Co, 5% off")
    assert [str(name) for name in book.author] == ["John Barker", "The Council of Lübeck", "Ann van der Berg"]
    assert book.more == {"publisher": "Harnsea Press", "number": "4"}
    assert (str(book.issued), str(book.original_date)) == ("May 1876", "19 April 1775")
    assert (article.type, article.container_title, article.issue) == ("article-newspaper", "The Gazette", "7")
    assert article.url == "https://example.org/a_b%20c"


def test_none_that_is_there_is_changed(lesson: Path) -> None:
    card = lesson / "cards" / "sources" / "harbour-post.yaml"
    before = card.read_bytes()
    result = bring(lesson, "z.json", json.dumps([{**BARKER, "id": "harbour-post"}, BARKER, {**BARKER, "volume": 4}]))
    assert "harbour-post has a card already, which is left as it is" in result.stderr
    assert card.read_bytes() == before
    assert sorted(cards(lesson)) == ["barker-1775", "barker-1775-2"]
    again = bring(lesson, "z.json", json.dumps([BARKER]))
    assert again.stderr == "barker-1775 has a card already, which is left as it is\n"


def test_without_a_title_or_an_author_it_has_a_name(lesson: Path) -> None:
    bring(lesson, "z.json", json.dumps([{"type": "map"}, {"type": "map", "id": "con"}, {"type": "map", "id": "地図"}]))
    assert sorted(cards(lesson)) == ["source", "source-2", "the-con"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("z.json", '[\n {"type": "book"},\n {"type": "bok"}]', "z.json:3: 'bok' is no type of CSL's"),
        ("z.json", '[\n {"type": "book",\n "title" "x"}]', "z.json:3: this is no JSON: "),
        ("z.json", '[\n {"type": "book"}\n {"type": "book"}]', "z.json:3: this is no JSON: a comma is missing here"),
        ("z.json", '[\n {"type": "book"}\n', "z.json:3: this is no JSON: the list is not closed"),
        ("z.json", "[\n1]", "z.json:2: a reference is a group of fields in braces"),
        ("z.json", "[" * 100_000, "z.json:1: "),
        ("z.json", "[]", "z.json: this is no export of references"),
        ("z.json", '[\n{"type":"book","URL":"ftp://x"}]', "z.json:2: URL: this should be an address"),
        ("z.json", '[\n{"type":"book","issued":{"date-parts":[["x"]]}}]', "z.json:2: issued: 'date-parts' are whole"),
        ("z.json", '[\n{"type":"book","issued":{"raw":"soon"}}]', "z.json:2: issued: "),
        ("z.yaml", "references:\n- type: book\n- type: bok\n", "z.yaml:3: 'bok' is no type of CSL's"),
        ("z.yaml", "references:\n- type: book\n\tx: y\n", "z.yaml:3: this is not YAML"),
        ("z.yaml", "a: b\n", "z.yaml:1: this is no export of references"),
        (
            "z.bib",
            "@book{a, title={x}}\n\n@book{b,\n title={x\n}\n@book{c, title={y}}",
            "z.bib:3: this entry cannot be read",
        ),
        ("z.bib", "@book{a, title={x}}\n@book{a, title={x}}", "z.bib:2: this entry cannot be read: a key or a field"),
        ("z.bib", "@comment{x}", "z.bib: this is no export of references"),
        ("z.txt", b"\xff\xfea\0", "z.txt is UTF-16 text"),
        ("z.bib", b"PK\x03\x04", "z.bib is a Word file"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_nothing_is_written(
    lesson: Path, name: str, text: str | bytes, said: str
) -> None:
    result = bring(lesson, name, text)
    assert isinstance(result.exception, RetellError)
    assert str(result.exception).startswith(f"{lesson.parent}/{said}")
    assert not cards(lesson)


def test_a_card_holds_nothing_that_nobody_sees(lesson: Path) -> None:
    bring(lesson, "z.json", json.dumps([{**BARKER, "title": "A\u202eB\u0007C", "publisher": "x\ny: z # no"}]))
    ((_, card),) = cards(lesson).items()
    assert card.title == "ABC"
    assert card.more["publisher"] == "x y: z # no"


def test_bibtex_without_its_package(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser.entrypoint", None)
    result = bring(lesson, "x.bib", BIB)
    assert str(result.exception).startswith("BibTeX is read with the package bibtexparser")


@given(
    text=st.text(st.sampled_from('[]{}",:@\\a1%#-\n \té'), max_size=60),
    ending=st.sampled_from([".json", ".bib", ".yaml"]),
)
def test_any_text_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, text: str, ending: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{ending}"
    path.write_text(text, "utf-8")
    try:
        assert read_export(path)
    except RetellError as error:
        assert "\n" not in str(error)
