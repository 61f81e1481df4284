"""The styles of citing: what each sets, and that Pandoc and GitHub's parser take it as it is meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
import yaml
from cmarkgfm.cmark import Options

from retell.checks import fit
from retell.handout.choices import CITES, Cite
from retell.handout.student import student_edition
from retell.handout.writers.citation_styles import citing_style
from retell.handout.writers.escaping import at_line_start, escape_line
from retell.script.resolver import resolve
from retell.story.library import load, shipped_root
from retell.story.prose import Prose
from retell.story.references import Reference
from retell.story.told import Told
from retell.story.typography import set_quotes
from tests.handout.test_markdown import AWKWARD, with_text_everywhere
from tests.support.documents import in_style, told
from tests.support.programs import STYLES, citation_style, pandoc
from tests.support.reading import NOT_SEEN
from tests.support.towns import load_files, story_files
from tests.support.unchecked import unchecked

PROSE = "It fell [@north, paras. 1-2, 4], then sank [@south, para. 3; @west]. It is *gone*.[@east, para. 1]"
PANDOCS_MARKS = (
    "@north", "a^2^", "[^1]", "^[note]", "H~2~O", ": a", "Table: a", "{#a}", "::: a", "(1) a", "a) b", "(@) a", "#. a",
    "i. a", "A) b", "(IV) b", "\\begin{a}", "--", "...", "....", '"a', "@{a b}", "-@a", "(c)", "| a", "% a", ":a:",
    "II. a", "MM. a", "Z.", "XX.", "IV)", "a.", "9.", "(II)", "A. B", "-", "#.", "(@)", "~", ":", "Table:", "==a==",
)  # fmt: skip


@pytest.fixture
def towns(tmp_path: Path) -> Told:
    return fit(load_files(tmp_path / "towns", story_files()))


def page(library: Told, name: Cite) -> str:
    return in_style(library, student_edition(library), name)


@pytest.mark.parametrize(
    ("name", "markdown"),
    [
        ("codes", "It fell [A ¶1–2, 4], then sank [B ¶3; C]. It is *gone* [D ¶1]."),
        ("footnotes", "It fell,[^a1-2_4] then sank.[^b3][^c] It is *gone*.[^d1]"),
        ("pandoc", "It fell [@north, {¶¶1–2, 4}], then sank [@south, {¶3}; @west]. It is *gone* [@east, {¶1}]."),
    ],
)
def test_each_style_sets_a_claim_in_its_own_way(towns: Told, name: Cite, markdown: str) -> None:
    assert told(resolve(towns, Prose(PROSE)), citing_style(name, towns)) == markdown


@pytest.mark.parametrize("name", ["footnotes", "pandoc"])
def test_a_handout_in_each_style_is_set_as_it_always_was(
    towns: Told, golden: Callable[[str, str], None], name: Cite
) -> None:
    golden(f"handout-towns-{name}.md", page(towns, name))


def test_no_line_ends_between_a_letter_and_its_paragraphs(towns: Told) -> None:
    style = citing_style("codes", towns)
    assert style.cite([Reference("C", (6, 7)), Reference("E", ())]) == "[C\u00a0¶6–7; E]"


def test_a_note_is_named_after_its_place_and_written_once(towns: Told) -> None:
    style = citing_style("footnotes", towns)
    places = [Reference("B", (3,)), Reference("A", (1, 2, 4)), Reference("B", (3,)), Reference("E", ())]
    assert [style.cite([place]) for place in places] == ["[^b3]", "[^a1-2_4]", "[^b3]", "[^e]"]
    assert style.after().splitlines() == [
        "[^b3]: B\u00a0¶3: *A Fall*, The South, May 2001.",
        "[^a1-2_4]: A\u00a0¶1–2, 4: *Bridge “Falls”*, The Northern Star, volume 20, issue 11, 4 May 2001.",
        "[^e]: E: headline not in our copy, outlet not in our copy, date not in our copy.",
    ]


def test_a_footnote_s_name_does_not_depend_on_what_else_is_cited(towns: Told) -> None:
    files = story_files()
    before = page(towns, "footnotes")
    files["story/01-start"]["beats"].insert(0, {"say": "It rained first [@west, para. 7]."})
    after = page(fit(load_files(towns.root, files)), "footnotes")
    assert set(re.findall(r"\[\^.*?\]", after)) == {*re.findall(r"\[\^.*?\]", before), "[^c7]"}


def test_every_footnote_has_one_note_and_every_note_a_mark(towns: Told) -> None:
    text = page(towns, "footnotes")
    notes = re.findall(r"^\[\^(.*?)\]: ", text, re.MULTILINE)
    assert len(notes) == len(set(notes)) >= 10
    assert set(re.findall(r"\[\^(.*?)\](?!:)", text)) == set(notes)
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES)
    assert html.count("<li id=") == len(notes)
    assert "[^" not in html


def head(text: str) -> dict[str, Any]:
    found = re.match(r"---\n(.*?\n)---\n\n", text, re.DOTALL)
    assert found
    return dict(yaml.safe_load(found[1]))


def test_the_header_for_pandoc_holds_what_it_needs(towns: Told) -> None:
    header = head(page(towns, "pandoc"))
    assert {name: header[name] for name in ("title", "lang", "link-citations")} == {
        "title": "The Two Towns",
        "lang": "en",
        "link-citations": True,
    }
    assert [entry["id"] for entry in header["references"]] == ["north", "south", "west", "east", "coast"]
    assert header["references"][4]["title"] == r"\[news report\]", "described, for it has no title"
    assert [entry["genre"] for entry in header["references"]] == [f"article {code}" for code in "ABCDE"]


def test_a_key_that_pandoc_would_misread_stands_in_braces(tmp_path: Path) -> None:
    files = story_files()
    files["cards/sources/a--b"] = files["cards/sources/coast"] | {"code": "F"}
    style = citing_style("pandoc", unchecked(load_files(tmp_path, files)))
    assert style.cite([Reference("F", (2,))]) == "[@{a--b}, {¶2}]"


@pytest.mark.pandoc
@pytest.mark.parametrize("style", STYLES)
def test_pandoc_prints_every_paragraph_in_each_style(style: str) -> None:
    library = fit(load(shipped_root()))
    text = page(library, "pandoc")
    cited = re.findall(r"\{(¶+)([\d, –]+)\}", text)
    arguments = ("--from", "markdown", "--citeproc", f"--csl={citation_style(style)}")
    printed = pandoc(text, *arguments, "--to", "plain")
    marks = re.findall(r"\bparas?\. ([\d, –]+)|\bpars?\. ([\d, –]+)", printed)
    assert len(cited) > 200
    assert sorted(numbers.strip(", ") for pair in marks for numbers in pair if numbers) == sorted(n for _, n in cited)
    assert "[@" not in printed
    outlets = {str(source.container_title) for source in library.sources.values()}
    listed = printed.split("\nReferences\n")[1].split("\n[1] ")[0]  # notes stand behind them
    assert all(outlet in listed for outlet in outlets)
    assert sorted(re.findall(r"\bArticle\s+([A-E])\b", listed, re.IGNORECASE)) == list("ABCDE")
    html = pandoc(text, *arguments, "--to", "html")
    assert set(re.findall(r'id="ref-([\w-]+)"', html)) == set(library.sources)


def inlines(node: Any) -> Iterator[dict[str, Any]]:
    """Every element of Pandoc's tree."""
    if isinstance(node, dict):
        if "t" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from inlines(part)


def tree(markdown: str) -> list[dict[str, Any]]:
    return list(inlines(json.loads(pandoc(markdown, "--from", "markdown", "--to", "json"))["blocks"]))


def built(markdown: str) -> list[str]:
    """What Pandoc finds besides words; how wide it makes a column depends on them."""
    words = {"Str", "Space", "SoftBreak", "ColWidth", "ColWidthDefault"}
    return [node["t"] for node in tree(markdown) if node["t"] not in words]


def shown(markdown: str) -> str:
    return " ".join(pandoc(markdown, "--from", "markdown", "--to", "plain").split())


@pytest.mark.pandoc
@pytest.mark.parametrize("form", ["markdown+mark+emoji", "gfm", "commonmark_x"])
def test_awkward_texts_stand_for_themselves_to_pandoc(form: str) -> None:
    texts = [set_quotes(" ".join(text.split())) for each in (*AWKWARD, *PANDOCS_MARKS) for text in around(each)]
    lines = "\n\n".join(at_line_start(escape_line(text)) for text in texts)
    blocks = json.loads(pandoc(lines, "--from", form, "--to", "json"))["blocks"]
    for text, block in zip(texts, blocks, strict=True):
        assert block["t"] == "Para", text
        assert {node["t"] for node in inlines([block])} <= {"Para", "Str", "Space"}, text
        found = "".join(node.get("c", " ") for node in inlines([block]) if node["t"] != "Para")
        assert found.translate(NOT_SEEN) == text


def around(text: str) -> tuple[str, ...]:
    """A text alone, and before, between and behind words."""
    return text, f"{text} bridge{text}bridge {text}", f"bridge {text}"


@pytest.mark.pandoc
@pytest.mark.parametrize("name", CITES)
def test_a_handout_full_of_marks_is_built_for_pandoc_like_a_plain_one(tmp_path: Path, name: Cite) -> None:
    text = r"*a* [b](c) <b> @north a^b^ H~2~ $x$ {#i} \x | # " + '"'
    plain = unchecked(load_files(tmp_path / "plain", with_text_everywhere(story_files(), "bridge")))
    awkward = unchecked(load_files(tmp_path / "awkward", with_text_everywhere(story_files(), text)))
    assert built(page(plain, name)) == built(page(awkward, name))
    assert shown(page(awkward, name)).count("@north a^b^ H~2~ $x$ {#i}") > 30


@pytest.mark.parametrize("name", CITES)
def test_github_s_parser_finds_the_same_tables_and_nothing_raw(towns: Told, name: Cite) -> None:
    text = page(towns, name)
    text = text.split("---\n", 2)[2] if name == "pandoc" else text
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES)
    assert html.count("<table>") == 10
    for table in re.findall(r"<table>.*?</table>", html, re.DOTALL):
        widths = {row.count("<td") + row.count("<th") for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)}
        assert len(widths) == 1
    without_code = re.sub(r"<[^>]*>", "", html)
    assert "|--" not in without_code
    assert "**" not in without_code
