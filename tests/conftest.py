"""What the tests share: the small story in tests/mini, golden files and the flag that rewrites them, the articles."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from retell.checks import fit
from retell.story.library import Library, load
from retell.story.told import Told
from tests.support.folders import GOLDEN, MINI

settings.register_profile("untimed", deadline=None, derandomize=True)
settings.load_profile("untimed")

# programs that the tests start keep their modules compiled, as they do where nobody forbids it
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
ARTICLES = os.environ.get("RETELL_COPIES")


@pytest.fixture(autouse=True)
def _no_copies_of_somebodys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads copies but those that it names: not those of the environment, nor any that somebody remembers."""
    monkeypatch.delenv("RETELL_COPIES", raising=False)
    monkeypatch.setenv("RETELL_STATE", os.devnull)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


# modules whose tests start programs, wait for a terminal, or look through whole stories
UNHURRIED = frozenset(
    """
    hostile fuzz test_package test_plain test_manners test_pseudo_terminal test_session test_handout_command
    test_lookup_commands test_markdown test_every_format test_editions test_preview test_windows test_screens
    test_walks test_deformed_copies test_mutations test_drawn_figures test_explain test_browser test_docx
    test_citation_styles test_homes test_print test_bundle test_watching test_false_changes test_going_back
    test_review test_formats test_reveal test_review_command test_readme test_completion test_pictures
    test_sourcecard test_terminals test_references test_stubs
    """.split()
)
# and tests that try a great many cases, beside others of their modules that try a few
EXHAUSTIVE = frozenset(
    """
    test_no_panel_is_wider_than_the_screen_and_no_word_is_broken test_the_whole_story_takes_the_minutes_that_are_stated
    test_each_scene_is_a_chapter_that_begins_where_its_title_comes
    test_no_heading_and_no_speaker_stands_last_in_a_window test_what_passes_the_plain_schema_passes_that_of_the_story
    test_numbers_below_a_million_in_figures test_numbers_below_a_million_in_words
    test_statements_and_paragraphs_take_no_more_than_their_number test_every_type_is_read_and_handed_on
    test_every_variable_is_handed_on_to_every_format test_each_change_ends_the_readings_that_it_touches
    test_a_run_of_eight_words_is_found_wherever_it_begins test_no_word_of_the_parser_reaches_an_author
    test_what_cannot_be_begun_is_said_in_one_line_and_changes_nothing test_a_story_of_documents_never_says_article
    test_a_long_text_is_looked_through_once test_where_another_story_lies_the_shipped_one_says_its_name
    test_where_it_is_clear_which_story_is_told_nothing_is_said test_what_is_within_the_limits_is_read
    test_a_telling_that_goes_on_by_itself_ends_by_itself
    """.split()
)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave unread what the quick run leaves out whole."""
    is_quick = config.getoption("markexpr") == "quick"
    return True if is_quick and UNHURRIED & {*collection_path.parts, collection_path.stem} else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick: see CONTRIBUTING. Tests that make up their input take long, wherever they stand."""
    for item in items:
        made_up = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        long = made_up or getattr(item, "originalname", "") in EXHAUSTIVE or "slow" in item.keywords
        if not long and not UNHURRIED & {*item.path.parts, item.path.stem}:
            item.add_marker(pytest.mark.quick)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than processors: many tests wait for a terminal."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the small story, to be broken."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture
def mini_library() -> Library:
    return load(MINI)


@pytest.fixture
def mini_told() -> Told:
    return fit(load(MINI))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a whole output against tests/golden/NAME; `pytest --update-golden` writes it instead."""

    def compare(name: str, output: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(output, "utf-8")
        assert path.exists(), f"no golden file {name}: run pytest --update-golden"
        assert output == path.read_text("utf-8")

    return compare


@pytest.fixture
def copies() -> Path:
    """The reader's own copies of the five articles."""
    if not ARTICLES:
        pytest.skip("needs the five articles: set RETELL_COPIES to the folder that holds them")
    return Path(ARTICLES)
