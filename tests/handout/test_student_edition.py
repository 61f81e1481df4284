"""The student's handout as a whole: what stands in it, what does not, and that it is well built."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from retell.checks import fit
from retell.handout.student import student_edition
from retell.handout.writers.markdown import ROOM_TO_WRITE
from retell.story.library import load, shipped_root
from retell.story.told import Told
from tests.support.documents import in_markdown
from tests.support.reading import headings, html, structure, tokens, visible
from tests.support.towns import load_files, story_files
from tests.support.unchecked import unchecked


@pytest.fixture
def towns(tmp_path: Path) -> Told:
    return fit(load_files(tmp_path, story_files()))


@pytest.fixture
def page(towns: Told) -> str:
    return in_markdown(student_edition(towns))


def section(page: str, title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found[1]


def table_rows(markdown: str) -> list[list[str]]:
    """The cells of every table row as they stand in the file, without the parser's mending."""
    return [
        re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in markdown.splitlines() if line.lstrip().startswith("|")
    ]


def test_the_small_story_is_set_as_it_always_was(mini_told: Told, golden: Callable[[str, str], None]) -> None:
    golden("handout-mini.md", in_markdown(student_edition(mini_told)))


def test_the_richer_story_is_set_as_it_always_was(page: str, golden: Callable[[str, str], None]) -> None:
    golden("handout-towns.md", page)


def test_headings_are_in_order_and_skip_no_level(page: str) -> None:
    assert headings(page) == [
        (1, "The Two Towns"),
        (2, "What this is"),
        (2, "Words and names"),
        (2, "Timeline"),
        (2, "The story"),
        (3, "Opening"),
        (4, "1. Start"),
        (3, "The flood"),
        (4, "2. Alone"),
        (4, "3. Many"),
        (3, "Close"),
        (4, "4. End"),
        (2, "Questions"),
        (3, "Sourcing: who wrote this, when, and for whom?"),
        (3, "Context: what else was happening?"),
        (3, "Close reading: which word, and whose is it?"),
        (2, "Which article says what?"),
        (2, "Writing"),
        (2, "What we still do not know"),
        (2, "Sources"),
    ]


def test_it_opens_with_title_name_line_and_central_question(page: str) -> None:
    assert visible(page).startswith(
        "The Two Towns A story of a bridge Name: ______________________________ Date: ______________ "
        "Central question: Who broke the bridge? What this is Five invented articles"
    )


def test_every_row_of_a_table_has_the_cells_of_its_header(page: str) -> None:
    blocks = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    assert len(blocks) == 10  # articles, places, speakers, timeline, four disputes, the grid, the exit slip
    for block in blocks:
        rows = table_rows(block)
        assert {len(row) for row in rows} == {len(rows[0])}
        to_fill = rows[0][0].strip() == "Account" or rows[0][0].startswith(" One thing")
        assert all(cell.strip() for row in rows for cell in row) == (not to_fill)
        assert any(cell.strip(" ") == ROOM_TO_WRITE for row in rows for cell in row) == to_fill
    assert html(page).count("<table>") == len(blocks)


def test_two_or_three_accounts_stand_side_by_side_and_more_one_under_the_other(page: str) -> None:
    story = section(page, "The story")
    headers = [[cell.strip() for cell in table_rows(block)[0]] for block in re.findall(r"(?:^\|.*\n)+", story, re.M)]
    assert headers == [
        ["Ann Hill", "Ben Dale"],
        ["Ann Hill", "Ben Dale", "Cy Moor"],
        ["Voice", "Account"],
        ["Voice", "Account"],
    ]
    assert [row[0].strip() for row in table_rows(story)[-5:]] == [
        "Ann Hill",
        "Ben Dale",
        "Cy Moor",
        "Di Lake",
        "Ed Wood",
    ]


def test_notice_and_silence_follow_only_the_disputes_that_have_them(page: str) -> None:
    assert re.findall(r"^\*(To notice|Not heard in our articles):\* (.*)$", page, re.MULTILINE) == [
        ("To notice", "Mark the verbs."),
        ("Not heard in our articles", "The river."),
        ("To notice", "Mark the names."),
        ("Not heard in our articles", "The mayor’s wife."),
    ]


def test_blocks_are_parted_by_one_blank_line(page: str) -> None:
    assert "\n\n\n" not in page
    assert page.endswith(".\n") and not page.endswith("\n\n")
    assert not re.search(r"[ \t]+$", page, re.MULTILINE)
    lines = page.splitlines()
    for before, after in pairwise(lines):
        if before and after:  # only lines of one block touch
            assert re.match(r"\||> |>$|- |  - |\d+\. ", before), before
            assert before.lstrip()[0] == after.lstrip()[0] or before[0].isdigit(), (before, after)


def test_lists_come_out_as_meant(page: str) -> None:
    sources = html(section(page, "Sources"))
    assert sources.count("<ul>") == 3  # the articles; the worked-out notes of A and of C inside it
    assert sources.count("<li>") == 5 + 2 + 1
    assert "<p><strong>" not in sources  # a list without gaps
    questions = html(section(page, "Questions"))
    assert re.findall(r"<ol.*?>", questions) == ["<ol>", '<ol start="3">', '<ol start="4">']
    assert re.findall(r"<li>\s*<p>(.*?)</p>\s*<hr />", questions) == [
        "(Scene 1) Who spoke?",
        "(Scene 3) Which?",
        "(Scene 2) What else?",
        "(Scene 1) Whose word is “bad”?",
        "(Scene 4) Is it over?",
    ]


def test_a_quotation_is_a_block_with_its_speaker_and_code(page: str) -> None:
    assert "<p>Hill said</p>\n<blockquote>\n<p>“it was the rain”</p>\n<p>— Ann Hill [A ¶2]</p>\n</blockquote>" in html(
        page
    )
    assert "<p><em>How we know: It is a translation.</em></p>" in html(page)


def test_a_scene_told_by_one_article_says_so_under_its_title(page: str) -> None:
    assert "#### 2. Alone\n\n*3 May 2001 · Aberford/Aberfurt · told by one article: A*\n" in page
    assert page.count("told by one article") == 1


def test_the_timeline_holds_the_dated_scenes_of_the_story_proper(page: str) -> None:
    assert [[cell.strip() for cell in row] for row in table_rows(section(page, "Timeline"))[2:]] == [
        ["3 May 2001", "2. Alone", "It rained [A ¶2]."],
        ["June 2001", "3. Many", "All spoke [B ¶2], and nobody agreed [E ¶1, 3]."],
    ]


def test_a_frame_has_a_heading_and_no_dates(page: str) -> None:
    assert "### Opening\n\n#### 1. Start\n\nHill called" in page
    assert "### The flood\n\n*May – June 2001*\n" in page


def test_words_and_names_hold_what_the_story_names_and_no_newspaper(page: str) -> None:
    names = section(page, "Words and names")
    assert "- **bridge**: a way over water [A ¶1]\n" in names
    assert "aqueduct" not in names
    assert "| Ed Wood | a mayor’s friend |" in names
    assert "Northern Star" not in names


def test_every_code_is_explained_under_sources(page: str) -> None:
    groups = re.findall(r"\[([A-Z](?: ¶[\d, –]+)?(?:; [A-Z](?: ¶[\d, –]+)?)*)\]", visible(page))
    used = {part[0] for group in groups for part in group.split("; ")}
    assert used == {"A", "B", "C", "D", "E"}
    assert used == set(re.findall(r"^- \*\*([A-Z])\*\*: ", section(page, "Sources"), re.MULTILINE))


def test_sources_say_what_is_known_and_once_what_is_not(page: str) -> None:
    shown = [visible(line) for line in section(page, "Sources").splitlines() if line.startswith("- ")]
    assert shown == [
        "A: Bridge “Falls”, Nan North, Otto Oak, The Northern Star, volume 20, issue 11, 4 May 2001. "
        "https://example.org/2001/05/04/a-bridge-has-fallen-into-the-river-between-the-two-old-towns-a80910",
        "B: A Fall, The South, May 2001. Not in our copy: author, address.",
        "C: West Wind, 2001. Not in our copy: author, headline, address.",
        "D: No Bridge, East End. Not in our copy: author, date, address.",
        "E: Not in our copy: author, headline, outlet, date, address.",
    ]
    assert [row[1].strip() for row in table_rows(section(page, "What this is"))[2:]] == [
        "The Northern Star, 4 May 2001 (news report)",
        "The South, May 2001 (news report)",
        "West Wind, 2001 (news report)",
        "East End, date not in our copy (interview)",
        "outlet and date not in our copy (news report)",
    ]


@pytest.mark.parametrize("leftover", ["[@", "{{", "}}", "{%", "{#", "None", "Undefined", "()", "[]", "<span", "para."])
def test_nothing_raw_is_left(page: str, leftover: str) -> None:
    assert leftover not in page


def test_a_sparse_story_has_no_empty_section(tmp_path: Path) -> None:
    files = story_files()
    kept = {name: files[name] for name in ("story/story", "cards/sources/north", "story/01-start")}
    kept["story/story"] |= {"scenes": ["start"], "subtitle": "", "phases": [{"id": "opening", "title": "Opening"}]}
    del kept["story/01-start"]["questions"][1:]
    kept["story/01-start"]["beats"] = [{"say": "It fell [@north, para. 1]."}]
    page = in_markdown(student_edition(unchecked(load_files(tmp_path, kept))))
    levels = headings(page)
    assert levels == [
        (1, "The Two Towns"),
        (2, "What this is"),
        (2, "The story"),
        (3, "Opening"),
        (4, "1. Start"),
        (2, "Questions"),
        (3, "Sourcing: who wrote this, when, and for whom?"),
        (2, "Sources"),
    ]
    assert "**\n" not in page


def test_no_heading_stands_over_nothing(page: str) -> None:
    opened = [token for token in tokens(page) if token.level == 0 and not token.type.endswith(("_close", "inline"))]
    for token, following in zip(opened, [*opened[1:], None], strict=True):
        if token.type == "heading_open":
            assert following is not None
            assert following.type != "heading_open" or following.tag > token.tag


def test_the_articles_keep_their_order_by_code(tmp_path: Path) -> None:
    files = story_files()
    files["cards/sources/north"]["code"], files["cards/sources/coast"]["code"] = "E", "A"
    page = in_markdown(student_edition(fit(load_files(tmp_path, files))))
    assert [row[0].strip() for row in table_rows(section(page, "What this is"))[2:]] == list("ABCDE")
    assert "A code such as [A ¶2]" in page


def test_the_structure_is_read_the_same_with_windows_line_ends(page: str) -> None:
    assert structure(page.replace("\n", "\r\n")) == structure(page)


def test_words_and_places_stand_in_the_order_of_the_alphabet(tmp_path: Path) -> None:
    files = story_files()
    files["cards/places/zz"] = files["cards/places/aberford"] | {"name": "Aabach"}
    files["story/04-end"]["where"] = "zz"
    files["cards/terms/zz"] = {"term": "Abutment", "meaning": "what a bridge rests on", "aliases": ["gone"]}
    names = section(in_markdown(student_edition(fit(load_files(tmp_path, files)))), "Words and names")
    assert re.findall(r"^- \*\*(.*?)\*\*", names, re.MULTILINE) == ["Abutment", "bridge"]
    assert [row[0].strip() for row in table_rows(names)[2:4]] == ["Aabach", "Aberford/Aberfurt"]


def test_with_support_the_story_in_short_has_shorter_sentences() -> None:
    def sentences(*, support: bool) -> list[int]:
        gists = student_edition(fit(load(shipped_root())), length="short", support=support).gists
        texts = ["".join(stretch.text + " " for stretch in gist.gist) for gist in gists]
        return [len(part.split()) for text in texts for part in re.split(r"(?<=[.:])\s+", text) if len(part) > 3]

    usual, plain = sentences(support=False), sentences(support=True)
    assert max(plain) <= 16
    assert sum(plain) / len(plain) < 0.9 * sum(usual) / len(usual)
