"""A source that is no article: every type and variable of CSL, names, dates, what it is known by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retell.checks import check, fit
from retell.handout.writers.bibliography import references, to_bibtex, to_csl_json, to_csl_yaml
from retell.story import csl
from retell.story.articles import articles_of, facts_of
from retell.story.cards import Name, Source
from retell.story.dates import parse_when
from retell.story.library import load
from retell.story.references import in_order, known_as
from retell.story.told import Told
from tests.support.towns import load_files, story_files

TEXTS = [name for name in (*csl.TEXTS, *csl.NUMBERS) if name not in csl.READ]
OF_NAMES = [name for name in csl.NAMES if name not in csl.READ]
OF_DATES = [name for name in csl.DATES if name not in csl.READ]
VAN_DER_BERG = {"family": "Berg", "given": "Ann", "non-dropping-particle": "van der", "suffix": "Jr."}


def story_of(tmp_path: Path, **card: Any) -> Told:
    files = story_files()
    files["cards/sources/coast"] |= card
    return fit(load_files(tmp_path, files))


def faults(tmp_path: Path, line: str) -> list[str]:
    """What the check says of a card of the example with this line more."""
    files = story_files()
    load_files(tmp_path, files)
    card = tmp_path / "cards" / "sources" / "coast.yaml"
    card.write_text(f"{card.read_text('utf-8')}{line}\n", "utf-8")
    return [f"{found.message}; {found.help}" for found in load(tmp_path).problems]


def test_the_types_and_variables_are_those_of_csl_1_0_2() -> None:
    assert (len(csl.TYPES), len(csl.NAMES), len(csl.DATES), len(csl.NUMBERS)) == (45, 27, 6, 18)
    everything = [*csl.NAMES, *csl.DATES, *csl.NUMBERS, *csl.TEXTS]
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize("kind", csl.TYPES)
def test_every_type_is_read_and_handed_on(tmp_path: Path, kind: str) -> None:
    told = story_of(tmp_path, type=kind, title="A Tide", publisher="Harnsea Press")
    (found,) = references(told, ["coast"])
    assert (found["type"], found["publisher"]) == (kind, "Harnsea Press")
    assert to_bibtex(told, ["coast"]).startswith("@")
    assert "publisher = {{Harnsea Press}}" in to_bibtex(told, ["coast"])


def test_every_variable_is_handed_on_to_every_format(tmp_path: Path) -> None:
    told = story_of(
        tmp_path,
        type="chapter",
        **{name: f"the {name}" for name in TEXTS},
        **{name: [dict(VAN_DER_BERG), {"literal": f"the {name}"}] for name in OF_NAMES},
        **dict.fromkeys(OF_DATES, "1775-04-19"),
        **{"original-date": "1774"},
    )
    (found,) = references(told, ["coast"])
    assert {name: found[name] for name in TEXTS} == {name: f"the {name}" for name in TEXTS}
    assert all(found[name] == [VAN_DER_BERG, {"literal": f"the {name}"}] for name in OF_NAMES)
    assert all(found[name] == {"date-parts": [[1775, 4, 19]]} for name in OF_DATES)
    assert json.loads(to_csl_json(told, ["coast"])) == [found]
    assert all(f"{name}:" in to_csl_yaml(told, ["coast"]) for name in (*TEXTS, *OF_NAMES, *OF_DATES))
    bibtex = to_bibtex(told, ["coast"])
    for field in (
        "editor = {{van der Berg}, {Jr.}, {Ann} and {the editor}}",
        "origdate = {1774}",
        "urldate = {1775-04-19}",
    ):
        assert field in bibtex
    assert [name for name in (*TEXTS, *OF_NAMES) if f"the {name}".replace("_", r"\_") not in bibtex] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("publsher: Harnsea Press", "a source has no 'publsher'; did you mean 'publisher'?"),
        ("editor: Ann Hill", "this should be a list"),
        ("accessed: soon", "'soon' is no date"),
        ("editor:\n  - gven: Ann\n    family: Hill", "a name has no 'gven'; did you mean 'given'?"),
        ("editor:\n  - suffix: Jr.", "a name needs 'literal' or 'family' or 'given'"),
        ("publisher: [a, b]", "this should be a text, not a list"),
        (
            "rights: public domain",
            "this should be one of: public-domain, not 'public domain'; did you mean 'public-domain'?",
        ),
    ],
)
def test_names_and_forms_are_checked(tmp_path: Path, line: str, said: str) -> None:
    assert any(each.startswith(said) for each in faults(tmp_path, line)), faults(tmp_path, line)


def test_a_type_that_is_none_has_the_nearest_named(tmp_path: Path) -> None:
    files = story_files()
    files["cards/sources/coast"]["type"] = "manuscrpt"
    (problem,) = load_files(tmp_path, files).problems
    assert problem.help == "did you mean 'manuscript'?"


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ({"date-parts": [["1775", "4", "19"]]}, "1775-04-19"),
        ({"date-parts": [["1775", "4"], ["1776"]]}, "1775-04/1776"),
        ({"date-parts": [["1775"]], "circa": "true"}, "1775~"),
        ({"date-parts": [["1775"]], "season": "2"}, "1775-22"),
        ({"date-parts": [["-43", "3", "15"]]}, "-0043-03-15"),
        ([{"year": "1775", "month": "4"}], "1775-04"),
        ({"raw": "1775-04-19"}, "1775-04-19"),
        ({"literal": "19 April 1775"}, "19 April 1775"),
    ],
)
def test_dates_of_csl_are_read(date: object, written: str) -> None:
    assert csl.date_of(date) == written
    assert parse_when(csl.date_of(date))


@pytest.mark.parametrize("date", [{}, {"date-parts": [["x"]]}, {"circa": "1"}, {"raw": ["a"]}])
def test_what_is_no_date_of_csl(date: object) -> None:
    with pytest.raises(ValueError, match="date"):
        csl.date_of(date)


@pytest.mark.parametrize(
    ("issued", "csl_date", "bibtex"),
    [
        ("1775-04-19T05", {"date-parts": [[1775, 4, 19]]}, "date = {1775-04-19}"),
        ("1775-04-19T05/1775-04-19T07", {"date-parts": [[1775, 4, 19]]}, "date = {1775-04-19}"),
        ("1775~", {"date-parts": [[1775]], "circa": True}, "date = {1775~}"),
        ("177X", {"literal": "the 1770s"}, "date = {{the 1770s}}"),
        ("../1775", {"literal": "1775 or earlier"}, "date = {{1775 or earlier}}"),
        ("1775-22", {"date-parts": [[1775]], "season": 2}, "date = {1775-22}"),
        ("-0043-03-15", {"date-parts": [[-43, 3, 15]]}, "date = {-0043-03-15}"),
    ],
)
def test_a_date_of_any_kind_is_handed_on(tmp_path: Path, issued: str, csl_date: object, bibtex: str) -> None:
    told = story_of(tmp_path, issued=issued)
    assert references(told, ["coast"])[0]["issued"] == csl_date
    assert bibtex in to_bibtex(told, ["coast"])


def source(**fields: Any) -> Source:
    needed = {"code": "A", "genre": "diary", "summary": "", "stance": "", "leaves_out": "", "paragraphs": ()}
    return Source(**(needed | {"type": "manuscript"} | fields))


BARKER = Name(family="Barker", given="John")
TIDD, ABBOT = Name(family="Tidd", given="Benjamin"), Name(literal="Joseph Abbot")


@pytest.mark.parametrize(
    ("card", "known"),
    [
        (source(author=(BARKER,)), "Barker"),
        (source(author=(BARKER,), title="Diary of a Lieutenant", title_short="Diary"), "Barker, Diary"),
        (source(author=(TIDD, ABBOT), title_short="Deposition"), "Tidd and Joseph Abbot, Deposition"),
        (source(author=(TIDD, ABBOT, BARKER)), "Tidd and others"),
        (source(type="treaty", title="Treaty of Paris"), "Treaty of Paris"),
        (source(type="chapter", author=(BARKER,), container_title="The British in Boston"), "Barker"),
        (source(type="book", container_title="A Series"), "A Series"),
        (source(type="article-newspaper", author=(BARKER,), container_title="The Salem Gazette"), "Salem Gazette"),
        (source(type="speech", author=(Name(family="Berg", non_dropping_particle="van der"),)), "van der Berg"),
    ],
)  # fmt: skip
def test_a_document_is_known_by_its_outlet_or_else_by_author_and_short_title(card: Source, known: str) -> None:
    assert known_as(card) == known


def test_a_document_lacks_no_outlet_and_no_address() -> None:
    diary = source(author=(BARKER,), title="Diary", issued=parse_when("1876"), original_date=parse_when("1775-04-19"))
    assert facts_of(diary) == {"author": "John Barker", "title": "Diary", "date": "19 April 1775, printed 1876"}
    (article,) = articles_of({"barker": diary})
    assert article.line == "John Barker · 19 April 1775, printed 1876 · diary"
    (nameless,) = articles_of({"barker": source()})
    assert (nameless.title, nameless.line) == ("diary", "date not in our copy")


def test_where_a_document_is_kept_is_told() -> None:
    kept = source(author=(BARKER,), title="Diary", more={"archive": "Town Archive", "archive-place": "Boston"})
    (article,) = articles_of({"barker": kept})
    assert article.outlet == "John Barker, Town Archive, Boston"


def test_codes_go_on_behind_z(tmp_path: Path) -> None:
    codes = ["A", "Z", "AA", "AB"]
    assert sorted(["AB", "Z", "AA", "A"], key=in_order) == codes
    told = story_of(tmp_path, code="AA")
    assert [article.code for article in told.articles][-1] == "AA"


@pytest.mark.parametrize(
    ("rights", "cited", "said"), [("", "coast", 1), ("public-domain", "coast", 0), ("public-domain", "north", 1)]
)
def test_what_is_in_the_public_domain_may_be_quoted_at_any_length(
    tmp_path: Path, rights: str, cited: str, said: int
) -> None:
    files = story_files()
    files["cards/sources/coast"] |= {"rights": rights} if rights else {}
    long = " ".join(["tide"] * 20)
    scene = next(data for name, data in files.items() if name.startswith("story/") and "beats" in data)
    beats = [{"say": f'Ann said "{long}" [@{cited}, para. 1].'}]
    beats.append(
        {
            "quote": long,
            "by": next(name for name in files if "/voices/" in name).split("/")[-1],
            "lead": "They said",
            "cite": f"@{cited}, para. 1",
        }
    )
    scene["beats"] = [*scene["beats"], *beats]
    found = [problem for problem in check(load_files(tmp_path, files)) if problem.rule == "quotation-too-long"]
    assert len(found) == 2 * said
