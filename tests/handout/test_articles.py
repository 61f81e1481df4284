"""`retell articles` prints a reader's own copies, each paragraph with the code that the story cites it by."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retell.checks import fit
from retell.cli import retell
from retell.copies.saved import hold
from retell.handout.articles import NOT_HELD, RIGHT, Selection, make_articles
from retell.handout.tree import Heading, Numbered, PageBreak, WritingLines
from retell.handout.writers.html import write_page
from retell.handout.writers.markdown import write_markdown
from retell.problems import UnknownNameError
from retell.story.kinds import ARTICLE
from retell.story.library import load, shipped_root
from tests.support.invented import NORTH, SOUTH, save_copies

OF_ARTICLES = RIGHT.format_map(ARTICLE.values)


@pytest.fixture
def story(mini: Path) -> Path:
    save_copies(mini)
    return mini


def run(story: Path, *arguments: str | Path) -> Result:
    command = ["--story", str(story), *map(str, arguments), "--copies", str(story / "copies")]
    return CliRunner().invoke(retell, command, standalone_mode=False)


def test_the_articles_as_they_are_printed(story: Path, golden: Callable[[str, str], None]) -> None:
    told = fit(load(story))
    document = make_articles(told, hold(told.sources, story / "copies").copies, Selection())
    golden("articles.md", write_markdown(document))
    page = write_page(document)
    assert page.count('<span class="number">') == len(NORTH) + len(SOUTH)
    assert page.count('class="page-break"') == 1
    assert page.count(OF_ARTICLES) == 2


def test_only_what_is_cited_with_lines_for_notes(story: Path) -> None:
    told = fit(load(story))
    copies = hold(told.sources, story / "copies").copies
    document = make_articles(told, copies, Selection(("B",), cited=True, lines=2))
    labels = [block.label for block in document.blocks if isinstance(block, Numbered)]
    assert labels == ["B ¶1", "B ¶2"]
    assert [block.count for block in document.blocks if isinstance(block, WritingLines)] == [2, 2]
    assert [block.text[0] for block in document.blocks if isinstance(block, Heading)] == ["B"]
    assert not any(isinstance(block, PageBreak) for block in document.blocks)


def test_what_was_not_found_is_named_at_its_place(story: Path) -> None:
    changed = [NORTH[0], NORTH[1].replace("very", "quite"), *NORTH[2:]]
    (story / "copies" / "north.txt").write_text("\n\n".join(changed), "utf-8")
    (story / "copies" / "south.txt").unlink()
    markdown = run(story, "articles", "-o", "-").stdout
    assert "**A ¶2** *(Your copies do not have this paragraph.)*" in markdown
    assert NOT_HELD.format_map(ARTICLE.values) in markdown


def test_an_article_that_there_is_not_is_answered_with_those_that_there_are(story: Path) -> None:
    said = run(story, "articles", "Q", "-o", "-").exception
    assert isinstance(said, UnknownNameError)
    assert str(said) == "no article 'Q'; known here: A, B"


def test_each_packet_has_its_articles_beside_it(story: Path, tmp_path: Path) -> None:
    done = run(story, "handout", "--packets", tmp_path / "lesson", "--no-figures")
    assert done.exception is None, done.exception
    beside = {path.name for path in (tmp_path / "lesson").iterdir() if "-articles." in path.name}
    packets = {path.name for path in (tmp_path / "lesson").iterdir()} - beside - {"plan.md", "key-for-the-teacher.md"}
    assert {name.replace("-articles", "") for name in beside} == packets
    assert "--packets" in str(run(story, "handout", "-o", "-").exception)


@pytest.mark.copies
def test_all_paragraphs_of_the_shipped_story_are_there(copies: Path) -> None:
    told = fit(load(shipped_root()))
    page = write_page(make_articles(told, hold(told.sources, copies).copies, Selection()))
    labels = re.findall(r'<span class="number">([A-E] ¶\d+)</span>', page)
    assert len(labels) == len(set(labels)) == 109
    assert "do not have" not in page
