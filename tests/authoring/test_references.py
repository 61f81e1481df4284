"""Source cards are made of what Zotero and others export; none is changed, and bad input loses nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from retell.authoring import importedcards
from retell.authoring.exportlimits import MOST_COSTLY, MOST_EXPANDED, MOST_REFERENCES
from retell.authoring.references import read_export
from retell.authoring.scaffold import begin_story
from retell.checks import fit
from retell.cli import retell
from retell.handout.writers.bibliography import WORD_JOINER, to_bibtex, to_csl_json, to_csl_yaml
from retell.problems import RetellError
from retell.story.cards import Source
from retell.story.library import load, shipped_root
from retell.story.volume import MOST_VALUES
from tests.support.work import assert_grows_as_its_input

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


MARKS = (
    *("a ^ b", "x^2^", "`a`", "```", "a ~ b", 'a " b', "\\alpha \\{}", "$x$ 5% #1 a_b {c}", "<b>a</b>", "<i", "--- --"),
    *("\\<b>", "@a, b and c", "[a](b) *c* _d_", "a & b &amp;", "ä é ß 火 शब्द", "\\href{a}{b}", "\\", "//", "%a"),
)


@pytest.mark.parametrize(("name", "write"), [("x.json", to_csl_json), ("x.yaml", to_csl_yaml), ("x.bib", to_bibtex)])
def test_any_marks_in_a_title_come_back(mini: Path, tmp_path: Path, name: str, write: Any) -> None:
    told = fit(load(mini))
    source = told.sources["north"]
    for mark in MARKS:
        told.sources["north"] = msgspec.structs.replace(source, title=mark, container_title=f"{mark} a")
        (tmp_path / name).write_text(write(told, ["north"]), "utf-8")
        (reference,) = read_export(tmp_path / name)
        brought = (reference.data["title"], reference.data["container-title"])
        assert tuple(each.replace(WORD_JOINER, "") for each in brought) == (mark, f"{mark} a")


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
        ("z.yaml", "references:\n- type: book\n- type: bok\n", "z.yaml:3: 'bok' is no type of CSL's"),
        ("z.yaml", "references:\n- type: book\n\tx: y\n", "z.yaml:3: this is not YAML"),
        ("z.yaml", "a: b\n", "z.yaml:1: this is no export of references"),
        (
            "z.bib",
            "@book{a, title={x}}\n\n@book{b,\n title={x\n}\n@book{c, title={y}}",
            "z.bib:3: this entry cannot be read",
        ),
        ("z.bib", "@book{a, title={x}}\n@book{a, title={x}}", "z.bib:2: this entry cannot be read: a key or a field"),
        ("z.bib", "@book{a,\n title={\\href{x}}}", "z.bib:1: a command of TeX is not whole here"),
        ("z.bib", "@book{a, date={\\begin{array}}}", "z.bib:1: a command of TeX is not whole here"),
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


BOOK = '{"type":"book"}'
TOO_MUCH: dict[str, tuple[str, str]] = {
    "braces in braces": ("x.bib", "@book{a,\n title={" + "{" * 20 + "x" + "}" * 20 + "}}"),
    "braces in a name": ("x.bib", "@book{a,\n author={" + "{" * 9_000 + "x" + "}" * 9_000 + "}}"),
    "open entries": ("x.bib", "\n" + "@book{a, title={x " * 20_000),
    "block starts": ("x.bib", "\n" + "@{" * 20_000),
    "groups of TeX": ("x.bib", "\n@book{a, title={" + r"\begin{a}" * 5_000 + "}}"),
    "commands of TeX": ("x.bib", "@book{a,\n title={" + r"\a" * MOST_COSTLY + "}}"),
    "names": ("x.bib", "@book{a,\n author={" + "A B and " * MOST_COSTLY + "C}}"),
    "a long text": ("x.bib", "\n@book{a, title={" + "x " * 25_001 + "}}"),
    "an abbreviation used often": (
        "x.bib",
        "@string{a={" + "x" * 40_000 + "}}@book{b, title=A,\n" + ",".join(f"x{i}=a" for i in range(30)) + "}",
    ),
    "TeX in an abbreviation": (
        "x.bib",
        "@string{a={" + r"\a" * 10_000 + "}}@book{b, title=a,\n" + ",".join(f"x{i}=a" for i in range(9)) + "}",
    ),
    "wholes that are taken over": (
        "x.bib",
        "@book{a, title={" + "x" * 40_000 + "}}\n" + "".join(f"@inbook{{b{i}, crossref={{A}}}}" for i in range(30)),
    ),
    "commands of wholes": (
        "x.bib",
        "@book{a, title={" + r"\a" * 10_000 + "}}\n" + "".join(f'@inbook{{b{i}, crossref="a"}}' for i in range(9)),
    ),
    "doubled abbreviations": ("x.bib", "@string{b={x}}\n@string{a=b # b}\n@book{c, title=a}"),
    "joined values": ("x.bib", '@book{c,\n title={a # b} # "c"}'),
    "books": ("x.bib", "\n" + "".join(f"@a{{b{i}}}" for i in range(MOST_REFERENCES + 1))),
    "lists in lists": ("x.json", '[{"type":"book","x":\n' + "[" * 900 + "]" * 900 + "}]"),
    "groups in groups": ("x.json", '[\n{"x":' + '{"a":' * 40_000 + "1" + "}" * 40_001 + "]"),
    "items": ("x.json", f"[\n{','.join([BOOK] * (MOST_REFERENCES + 1))}]"),
    "values": ("x.json", '[{"type":"book",\n"x":[' + ",".join("1" * MOST_VALUES) + "]}]"),
    "digits": ("x.json", '[\n{"type":"book","volume":' + "1" * 100_000 + "}]"),
    "anchors": ("x.yaml", "references:\n- &a {type: book}\n- *a\n"),
    "lists in YAML": ("x.yaml", "references:\n- " + "[" * 9_000),
    "items of YAML": ("x.yaml", "references:\n- " + "{type: book}\n- " * (MOST_REFERENCES + 1)),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_or_too_deep_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / TOO_MUCH[name][0]
    path.write_text(TOO_MUCH[name][1], "utf-8")
    with pytest.raises(RetellError) as refused:
        read_export(path)
    line = MOST_REFERENCES + 2 if name == "items of YAML" else 2
    assert str(refused.value).startswith(f"{path}:{line}: ")


def test_what_is_within_the_limits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    entries = (f"@book{{b{i}, title=a, note={{{'{' * 18}x{'}' * 18}}}}}\n" for i in range(MOST_REFERENCES))
    path.write_text("@string{a={" + "x" * (MOST_EXPANDED // MOST_REFERENCES - 2) + "}}\n" + "".join(entries), "utf-8")
    assert len(read_export(path)) == MOST_REFERENCES
    path = tmp_path / "x.json"
    path.write_text(f"[{','.join([BOOK] * MOST_REFERENCES)}]", "utf-8")
    assert len(read_export(path)) == MOST_REFERENCES


def test_more_references_than_letters_are_refused_and_nothing_is_written(
    lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importedcards, "ascii_uppercase", "ABC")  # with pairs of them twelve, of which two are taken
    result = bring(lesson, "a.json", json.dumps([{"type": "book", "id": f"a{i}"} for i in range(11)]))
    assert str(result.exception).endswith("a.json:1: a story has no letter left for this reference")
    assert not cards(lesson)
    bring(lesson, "a.json", json.dumps([{"type": "book", "id": f"a{i}"} for i in range(10)]))
    assert len(cards(lesson)) == 10


@pytest.mark.parametrize("ending", ["json", "bib"])
def test_reading_grows_as_the_export(ending: str, tmp_path: Path) -> None:
    def build(n: int) -> Callable[[], object]:
        path = tmp_path / f"{n}.{ending}"
        bib = "".join(f"@book{{b{i}, title={{A}}, author={{A and B}}}}\n" for i in range(n))
        path.write_text(bib if ending == "bib" else f"[{','.join([BOOK] * n)}]", "utf-8")
        return lambda: read_export(path)

    assert_grows_as_its_input(build, MOST_REFERENCES // 4)


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


DATED = {
    "{date = {19 April 1775}}": "19 April 1775",
    "{date = {1775-04-18/1775-04-20}}": "18 April – 20 April 1775",
    "{year = 1775, month = {April}, day = 19}": "19 April 1775",
    "{year = 1775, month = {19 April}}": "19 April 1775",
    "{year = 1775, month = {apr~19}}": "19 April 1775",
    "{year = 1775, month = 4}": "April 1775",
    "{year = {1775--1776}}": "1775–1776",
    "{year = {c. 1775}}": "about 1775",
    "{year = {Spring 1775}}": "spring 1775",
    "{year = {April 19th, 1775}}": "19 April 1775",
}


@pytest.mark.parametrize("fields", DATED)
def test_the_dates_of_bibtex(lesson: Path, fields: str) -> None:
    bring(lesson, "a.bib", "@misc{x, title = {News}, " + fields[1:])
    assert str(cards(lesson)["x"].issued) == DATED[fields]


@pytest.mark.parametrize(
    ("issued", "told"),
    [
        ({"date-parts": [[1775]], "season": 1}, "spring 1775"),
        ({"date-parts": [[1775]], "season": "autumn"}, "autumn 1775"),
        ({"date-parts": [[1775, 4]], "circa": True}, "about April 1775"),
        ({"date-parts": [[1775, 4, 18], [1775, 4, 20]]}, "18 April – 20 April 1775"),
        ({"literal": "circa 1775"}, "about 1775"),
        ({"literal": "19 April 1775"}, "19 April 1775"),
    ],
)
def test_the_dates_of_csl(lesson: Path, issued: object, told: str) -> None:
    bring(lesson, "a.json", json.dumps([{"id": "x", "type": "book", "title": "News", "issued": issued}]))
    assert str(cards(lesson)["x"].issued) == told


def test_what_is_no_date_is_left_out_and_named_and_the_other_references_are_read(lesson: Path) -> None:
    other = {"id": "y", "type": "book", "title": "Notes", "issued": {"literal": "forthcoming"}}
    result = bring(lesson, "a.json", json.dumps([BARKER, other]))
    assert "no card has issued 'forthcoming'" in result.stderr
    assert cards(lesson)["y"].issued is None
    assert len(cards(lesson)) == 2


@pytest.mark.parametrize("month", ["1" * 5_000, "\u00b2", "Monday", "13", "0"])
def test_a_month_that_is_none_leaves_the_year(lesson: Path, month: str) -> None:
    bring(lesson, "a.bib", f"@book{{a, title={{A}}, year=1775, month={{{month}}}}}")
    assert str(cards(lesson)["a"].issued) == "1775"


def test_a_part_of_a_book_has_what_the_book_says(lesson: Path) -> None:
    bring(
        lesson,
        "a.bib",
        "@book{whole, title = {A Book}, editor = {Roe, Jane}, publisher = {Press}, year = 1775, url = {https://b.org}}"
        "@incollection{part, author = {Doe, John}, title = {A Chapter}, crossref = {Whole}}",
    )
    part = cards(lesson)["part"]
    assert (part.title, part.container_title, str(part.issued), part.url) == ("A Chapter", "A Book", "1775", None)
    assert [str(name) for name in part.author] == ["John Doe"]
