"""`retell fingerprint` numbers a saved article and makes a source card that says what is still to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from retell.cli import retell
from retell.copies import fingerprint
from retell.forms import fill
from retell.library import load
from retell.model import Source
from retell.problems import RetellError
from retell.sourcecard import leave_out, read_numbers, write_card
from retell.yamlfile import YamlFile

ARTICLE = "A bridge falls\n\nIt rained all week.\n\nRead more: the weather\nOn Sunday the bridge fell.\n"
BODY = ["It rained all week.", "On Sunday the bridge fell."]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(retell, ["fingerprint", *map(str, arguments)], standalone_mode=False)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "north.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_the_card_goes_to_standard_output_and_the_paragraphs_beside_it(
    article: Path, golden: Callable[[str, str], None]
) -> None:
    result = run(article, "--without", "1,3")
    assert result.return_value == 0
    assert result.stderr == "[1] It rained all week.\n\n[2] On Sunday the bridge fell.\n\n"
    golden("source-card.yaml", result.stdout)


def test_the_card_goes_into_a_file_and_the_paragraphs_to_standard_output(article: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.yaml"
    result = run(article, "--without", "1,3", "-o", card)
    assert result.stdout == "[1] It rained all week.\n\n[2] On Sunday the bridge fell.\n"
    assert result.stderr == f"{card} written: 2 paragraphs; fill in its other fields\n"
    assert card.read_text("utf-8") == write_card(BODY)
    again = run(article, "-o", card)
    assert isinstance(again.exception, RetellError)
    assert card.read_text("utf-8") == write_card(BODY)
    assert run(article, "-o", card, "--force").return_value == 0
    assert card.read_text("utf-8") != write_card(BODY)


def test_the_numbered_paragraphs_are_a_copy_of_the_article(article: Path, tmp_path: Path) -> None:
    labelled = tmp_path / "labelled.txt"
    labelled.write_text("Headline\n" + run(article, "--without", "1,3").stderr, "utf-8")
    assert run(labelled).stdout == write_card(BODY)


def test_what_is_to_be_filled_in_is_said_for_each_field(mini: Path) -> None:
    card = mini / "cards" / "sources" / "west.yaml"
    card.write_text(write_card(BODY), "utf-8")
    problems = [(problem.rule, problem.message) for problem in load(mini).problems]
    needed = ["type", "code", "genre", "summary", "stance", "leaves-out"]
    assert problems == [("missing-field", f"'{name}' is empty") for name in needed]


def test_filled_in_it_is_a_source_card() -> None:
    card = write_card(BODY)
    for name in ("genre", "summary", "stance", "leaves-out"):
        card = card.replace(f"\n{name}: ", f"\n{name}: words ")
    file = YamlFile("north.yaml", card.replace("\ntype: ", "\ntype: article ").replace("\ncode: ", "\ncode: A "))
    source = fill(Source, file, file.data)
    assert file.problems == []
    assert source
    assert source.paragraphs == tuple(map(fingerprint, BODY))
    assert source.genre == "words"


def test_it_has_every_field_once_and_no_word_of_the_article() -> None:
    data = yaml.safe_load(write_card(BODY))
    assert sorted(data) == sorted(Source.__struct_encode_fields__)
    assert "rained" not in write_card(BODY)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", set()),
        ("1", {1}),
        ("1,4", {1, 4}),
        ("1-3, 9", {1, 2, 3, 9}),
        (" 7 – 8 ,", {7, 8}),
        ("3-1", set()),
    ],
)
def test_numbers_are_read(typed: str, numbers: set[int]) -> None:
    assert read_numbers(typed) == numbers


@pytest.mark.parametrize("typed", ["a", "1;2", "1--2", "-1", "1-", "9" * 7, "1-9999999"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(RetellError, match="is no number of a paragraph: write 1,4 or 1-3,9"):
        read_numbers(typed)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({3}, "no paragraph 3 to leave out: they are numbered 1 to 2"),
        ({0}, "paragraph 0"),
        ({1, 2}, "is left"),
    ],
)
def test_a_paragraph_that_is_not_there_cannot_be_left_out(numbers: set[int], said: str) -> None:
    with pytest.raises(RetellError, match=said):
        leave_out(BODY, numbers)


def test_an_empty_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n \n", "utf-8")
    assert str(run(tmp_path / "empty.txt").exception) == "no paragraph is left: an article has one at least"
