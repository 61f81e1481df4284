"""`retell sources --format`: references for Zotero and Pandoc that say what the cards say, no more and no less."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from retell.checks import fit
from retell.cli import retell
from retell.handout.writers.bibliography import references, to_bibtex, to_csl_json, to_csl_yaml
from retell.story.told import Told
from tests.support.programs import pandoc
from tests.support.towns import load_files, story_files
from tests.support.unchecked import unchecked

WRITERS = {"csl-json": to_csl_json, "csl-yaml": to_csl_yaml, "bibtex": to_bibtex}
READERS = {"csl-json": "csljson", "csl-yaml": "markdown", "bibtex": "bibtex"}
AWKWARD = (
    "A {b} }c{", "50 % & $5 #6_7", "a~b^c", "\\textbf{x} \\", "--- a -- b", "<i>x</i> <b>", "5 < 6 > 4", "*a* **b** _c",
    "`code`", "[a](b) [@north]", "a@b.org @north", "H~2~O x^2^ $a$", "…... ....", "a | b", "“q” ‘r’ it's \"x", "Ü ¶ ҫ",
    ": a", "# a", "1. a", "- a", "null", "true", "2023-04", "a\\", "{{a}}", "@article{x,", "&amp; &#42;",
)  # fmt: skip


@pytest.fixture
def towns(tmp_path: Path) -> Told:
    return fit(load_files(tmp_path / "towns", story_files()))


def read_back(form: str, library: Told, only: Any = None) -> list[dict[str, Any]]:
    text = WRITERS[form](library, library.sources if only is None else only)
    return list(json.loads(pandoc(text, "--from", READERS[form], "--to", "csljson")))


def plain(text: str) -> str:
    """A text without Pandoc's marks for capitals that stay, and our joiner; quotation marks are a matter of styles."""
    return re.sub("[“”‘’]", '"', re.sub(r"</?span.*?>|\u2060", "", text))


def test_the_references_are_those_of_the_cards(towns: Told) -> None:
    assert references(towns, towns.sources)[:2] == [
        {
            "id": "north",
            "type": "article-newspaper",
            "title": "Bridge “Falls”",
            "author": [{"literal": "Nan North"}, {"literal": "Otto Oak"}],
            "container-title": "The Northern Star",
            "volume": "20",
            "issue": "11",
            "issued": {"date-parts": [[2001, 5, 4]]},
            "URL": "https://example.org/2001/05/04/a-bridge-has-fallen-into-the-river-between-the-two-old-towns-a80910",
        },
        {
            "id": "south",
            "type": "article-newspaper",
            "title": "A Fall",
            "container-title": "The South",
            "issued": {"date-parts": [[2001, 5]]},
        },
    ]


def test_what_nobody_saw_is_left_out(towns: Told) -> None:
    assert references(towns, ["coast"]) == [{"id": "coast", "type": "article-newspaper"}]
    assert to_bibtex(towns, ["coast"]) == "@article{coast,\n  entrysubtype = {newspaper},\n}\n"


@pytest.mark.parametrize(
    ("issued", "parts", "fields"),
    [
        ("2023", [[2023]], "date = {2023},\n  year = {2023},"),
        ("2023-04", [[2023, 4]], "date = {2023-04},\n  year = {2023},\n  month = {4},"),
        ("2023-04-05", [[2023, 4, 5]], "date = {2023-04-05},\n  year = {2023},\n  month = {4},"),
        ("2022-12/2023-01", [[2022, 12], [2023, 1]], "date = {2022-12/2023-01},\n}"),
        ("2023-01/2023-03", [[2023, 1], [2023, 3]], "date = {2023-01/2023-03},\n  year = {2023},\n}"),
        ("2023/2023-03", [[2023], [2023, 3]], "date = {2023/2023-03},\n  year = {2023},\n}"),
    ],
)
def test_a_date_is_as_exact_as_its_card(tmp_path: Path, issued: str, parts: list[list[int]], fields: str) -> None:
    files = story_files()
    files["cards/sources/coast"]["issued"] = issued
    library = fit(load_files(tmp_path, files))
    assert references(library, ["coast"])[0]["issued"] == {"date-parts": parts}
    assert fields in to_bibtex(library, ["coast"])


@pytest.mark.parametrize("form", WRITERS)
def test_the_command_writes_them(towns: Told, golden: Callable[[str, str], None], form: str) -> None:
    run = CliRunner().invoke(retell, ["--story", str(towns.root), "sources", "--format", form])
    assert run.exit_code == 0
    golden(f"sources.{form}", run.output)
    one = CliRunner().invoke(
        retell, ["--story", str(towns.root), "sources", "b", "--format", form], standalone_mode=False
    )
    assert "south" in one.output
    assert "north" not in one.output


def test_every_string_of_the_yaml_is_in_quotation_marks(towns: Told) -> None:
    text = to_csl_yaml(towns, towns.sources)
    assert {line for line in text.splitlines() if not re.fullmatch(r' *(?:- )*(?:[\w-]+: )?(?:".*"|\d+)', line)} == {
        "---", "references:", "    author:", "    issued:", "      date-parts:"
    }  # fmt: skip
    (head,) = [part for part in text.split("---\n") if part]
    assert [entry["id"] for entry in yaml.safe_load(head)["references"]] == ["north", "south", "west", "east", "coast"]


@pytest.mark.pandoc
@pytest.mark.parametrize("form", WRITERS)
def test_pandoc_reads_what_was_written(towns: Told, form: str) -> None:
    for found, known in zip(read_back(form, towns), references(towns, towns.sources), strict=True):
        assert found == known


@pytest.mark.pandoc
@pytest.mark.parametrize("form", WRITERS)
def test_an_article_of_any_kind_is_read_back(tmp_path: Path, form: str) -> None:
    files = story_files()
    kinds = ("article-magazine", "article-journal", "webpage", "article", "interview")
    for key, kind in zip(("north", "south", "west", "east", "coast"), kinds, strict=True):
        files[f"cards/sources/{key}"]["type"] = kind
    library = fit(load_files(tmp_path, files))
    # BibTeX has neither of the last two: they are articles where they were printed
    read = ("article-magazine", "article-journal", "webpage", "article-journal", "article-journal")
    assert tuple(found["type"] for found in read_back(form, library)) == (read if form == "bibtex" else kinds)


@pytest.mark.pandoc
@pytest.mark.parametrize("form", WRITERS)
def test_awkward_texts_stand_for_themselves(tmp_path: Path, form: str) -> None:
    files = story_files()
    for i, text in enumerate(AWKWARD):
        card = files["cards/sources/south"] | {"title": text, "container-title": text, "author": [{"literal": text}]}
        files[f"cards/sources/south-{i}"] = card
    files["cards/sources/north"]["URL"] = "https://a.b/_x_/*c*_d%20e?f=g&h=$1$#i~j{k}\\l^m^"
    library = unchecked(load_files(tmp_path, files))
    read = {found["id"]: found for found in read_back(form, library)}
    assert len(read) == len(AWKWARD) + 5
    for known in references(library, library.sources):
        found = read[known["id"]]
        for name in ("title", "container-title"):
            assert plain(found.get(name, "")) == plain(known.get(name, ""))
        authors = [plain(author["literal"]) for author in found.get("author", ())]
        assert authors == [plain(author["literal"]) for author in known.get("author", ())]
    address = read["north"]["URL"].replace("%7B", "{").replace("%7D", "}").replace("%5C", "\\")
    assert address == "https://a.b/_x_/*c*_d%20e?f=g&h=$1$#i~j{k}\\l^m^"
