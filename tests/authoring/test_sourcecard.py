"""`retell fingerprint` numbers a saved article and makes a source card that says what is still to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from retell.authoring.sourcecard import CANNOT_RENEW, choose, read_article, read_numbers, write_card
from retell.cli import retell
from retell.copies.article import Article
from retell.copies.fingerprints import fingerprint
from retell.files.yamlfile import YamlFile
from retell.problems import RetellError
from retell.story.cards import Source
from retell.story.filling import fill
from retell.story.form import stated
from retell.story.library import load

ARTICLE = "A bridge falls\n\nIt rained all week.\n\nRead more: the weather\nOn Sunday the bridge fell.\n"
LEFT_OUT = """\
left out; --with 1 brings the first of them back, --without 1 leaves out paragraph 1:
  1. A bridge falls (the headline)
  2. Read more: the weather (an appeal or a link of the page)
"""
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
    result = run(article)
    assert result.return_value == 0
    assert result.stderr == f"[1] It rained all week.\n\n[2] On Sunday the bridge fell.\n\n{LEFT_OUT}"
    golden("source-card.yaml", result.stdout)


@pytest.mark.parametrize("day", ["Saturday, 9 November 1811", "9 November 1811", "Saturday, November 9, 1811"])
def test_the_names_and_the_date_above_a_text_are_no_paragraphs(tmp_path: Path, day: str) -> None:
    text = tmp_path / "gazette.txt"
    told = [f"On day {number} the river rose, and the mill stood still." for number in (1, 2, 3)]
    text.write_text("\n\n".join(["The Ledwick Gazette", day, "DREADFUL FLOOD", *told]), "utf-8")
    assert list(read_article(text, ()).paragraphs) == told


def test_the_card_goes_into_a_file_and_the_paragraphs_to_standard_output(article: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.yaml"
    result = run(article, "-o", card)
    assert result.stdout == "[1] It rained all week.\n\n[2] On Sunday the bridge fell.\n"
    assert result.stderr == f"{LEFT_OUT}{card} written: 2 paragraphs; fill in its other fields\n"
    assert card.read_text("utf-8") == write_card(BODY)
    again = run(article, "--with", "1", "-o", card)
    assert isinstance(again.exception, RetellError)
    assert card.read_text("utf-8") == write_card(BODY)
    assert run(article, "--with", "1", "-o", card, "--force").return_value == 0
    assert card.read_text("utf-8") != write_card(BODY)


def test_the_numbered_paragraphs_are_a_copy_of_the_article(article: Path, tmp_path: Path) -> None:
    labelled = tmp_path / "labelled.txt"
    labelled.write_text("Headline\n" + run(article).stderr, "utf-8")
    assert run(labelled).stdout == write_card(BODY)


def test_what_is_to_be_filled_in_is_said_once(mini: Path) -> None:
    card = mini / "cards" / "sources" / "west.yaml"
    card.write_text(write_card(BODY), "utf-8")
    problems = [(problem.rule, problem.message) for problem in load(mini).problems]
    needed = ["type", "code", "genre", "summary", "stance", "leaves-out"]
    named = ", ".join(f"'{name}'" for name in needed)
    assert problems == [("missing-field", f"6 fields are empty: {named}")]


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
    assert sorted(data) == sorted(field.encode_name for field in stated(Source))
    assert "rained" not in write_card(BODY)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", set()),
        ("1", {1}),
        ("1,4", {1, 4}),
        ("1-3, 9", {1, 2, 3, 9}),
        (" 7 – 8 ,", {7, 8}),
    ],
)
def test_numbers_are_read(typed: str, numbers: set[int]) -> None:
    assert read_numbers(typed) == numbers


@pytest.mark.parametrize("typed", ["a", "0", "0-2", "3-1", "4-2,1", "1;2", "1--2", "-1", "1-", "9" * 7, "1-9999999"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(RetellError, match="is no number of a paragraph: write 1,4 or 1-3,9"):
        read_numbers(typed)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({3}, "no paragraph to leave out with the number 3: they are numbered 1 to 2"),
        ({0}, "number 0"),
        ({1, 2}, "is left"),
    ],
)
def test_a_paragraph_that_is_not_there_cannot_be_left_out(numbers: set[int], said: str) -> None:
    with pytest.raises(RetellError, match=said):
        choose(Article(tuple(BODY)), set(), numbers)


def test_an_empty_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n \n", "utf-8")
    assert str(run(tmp_path / "empty.txt").exception) == f"{tmp_path / 'empty.txt'} holds no text"


@pytest.mark.parametrize("typed", ["foo", "0", "3-1"])
def test_wrong_numbers_are_wrong_usage(article: Path, typed: str) -> None:
    result = run(article, "--without", typed)
    assert isinstance(result.exception, click.UsageError)
    assert result.exception.message == f"--without: '{typed}' is no number of a paragraph: write 1,4 or 1-3,9"
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["card", "card.yml", "card.txt", "card.YAML"])
def test_a_card_that_would_not_be_read_is_not_written(article: Path, tmp_path: Path, name: str) -> None:
    result = run(article, "-o", tmp_path / name)
    assert isinstance(result.exception, click.UsageError)
    assert result.exception.message == f"{tmp_path / name} would not be read as a card: end its name in .yaml"
    assert list(tmp_path.iterdir()) == [article]


def test_a_dash_is_standard_output(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(article, "-o", "-").stdout == run(article).stdout
    assert list(tmp_path.iterdir()) == [article]
    assert str(run(article, "-o", tmp_path).exception) == f"{tmp_path} is a folder: name a file in it"


# --- a card that is filled in already ---

PRINTS = [fingerprint(paragraph) for paragraph in BODY]
LISTS = {
    "a line each": ("paragraphs:\n  - aaaaaaaaaaaa # 1\n  - bbbbbbbbbbbb # 2\n  - cccccccccccc # 3\n", "  - "),
    "no comments": ("paragraphs:\n- aaaaaaaaaaaa\n- 'bbbbbbbbbbbb'\n", "- "),
    "one line": ("paragraphs: [aaaaaaaaaaaa, bbbbbbbbbbbb]\n", "  - "),
    "none yet": ("paragraphs:\n", "  - "),
    "a comment beside the name": ("paragraphs:  # of my copy\n    - aaaaaaaaaaaa\n", "    - "),
}
BEFORE = "# my own notes\ncode: A\ntitle: Día   # an accent\nstance: >-\n  It leans.\n\n"
AFTER = "# the end\ncautions:\n  - paragraphs are few # 9\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("written", LISTS)
def test_force_replaces_only_the_fingerprints_of_a_card(
    article: Path, tmp_path: Path, written: str, begin: bytes, line_end: str
) -> None:
    listed, mark = LISTS[written]
    card = tmp_path / "card.yaml"
    for before, after in ((BEFORE, AFTER), (BEFORE, "")):
        card.write_bytes(begin + (before + listed + after).replace("\n", line_end).encode())
        result = run(article, "-o", card, "--force")
        assert result.exception is None
        assert result.stderr == f"{LEFT_OUT}{card} written: 2 paragraphs; its other fields are as they were\n"
        heading = listed.split("\n")[0].split(" [")[0]
        renewed = f"{heading}\n" + "".join(f"{mark}{print_} # {i}\n" for i, print_ in enumerate(PRINTS, 1))
        assert card.read_bytes() == begin + (before + renewed + after).replace("\n", line_end).encode()


def test_force_fills_an_empty_file(article: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.yaml"
    card.write_text("\n")
    assert run(article, "-o", card, "--force").return_value == 0
    assert card.read_text("utf-8") == write_card(BODY)


@pytest.mark.parametrize(
    "held",
    [
        b"code: A\n",
        b"just words\n",
        b"code: [\nparagraphs:\n  - aaaaaaaaaaaa\n",
        b"paragraphs:\n  - aaaaaaaaaaaa # the one that matters\n",
        b"paragraphs:\n  - aaaaaaaaaaaa\n  # a word of mine\n  - bbbbbbbbbbbb\n",
        b"paragraphs:\n  - aaaaaaaaaaaa\n\n  - bbbbbbbbbbbb\n",
        b"paragraphs: [aaaaaaaaaaaa,\n  bbbbbbbbbbbb]\n",
        b"paragraphs:\n  - aaaaaaaaaaaa\nparagraphs:\n  - bbbbbbbbbbbb\n",
        b"{code: A, paragraphs: [aaaaaaaaaaaa]}\n",
        b"paragraphs: &a\n  - aaaaaaaaaaaa\n",
        b"code: \xff\nparagraphs:\n  - aaaaaaaaaaaa\n",
        "code: A\nparagraphs:\n".encode("utf-16"),
    ],
)
def test_what_cannot_be_replaced_alone_is_left_as_it_is(article: Path, tmp_path: Path, held: bytes) -> None:
    card = tmp_path / "card.yaml"
    card.write_bytes(held)
    result = run(article, "-o", card, "--force")
    assert isinstance(result.exception, RetellError)
    assert str(result.exception) == f"{card} is there already, and {CANNOT_RENEW}"
    assert card.read_bytes() == held


@pytest.mark.parametrize(
    "texts",
    [
        ["Ann Hill: we go", "Ben Dale: we stay", "It rained.", "The bridge fell.", "Who paid"],
        ["Ann Hill sang: O mill", "by the river, said Ann Hill", "It rained.", "The bridge fell."],
        ["Ann Hill saw it", "It rained.", "The bridge fell."],
        ["It rained.", "By Sunday the bridge was gone.", "Listen to the river, she said."],
        ["It rained.", "The bridge fell.", "Nobody was hurt.", "The mayor saw it from his house"],
        ["Published reports were few.", "It rained.", "Related work was stopped.", "The bridge fell."],
    ],
)
def test_of_plain_text_only_what_is_certain_is_left_out(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("\n\n".join(texts) + "\n", "utf-8")
    assert read_article(path, ()).paragraphs == tuple(texts)


@pytest.mark.parametrize(
    "furniture",
    [
        "A bridge falls\n\nBy Ann Hill",
        "A bridge falls",
        "Published 6 May 2001",
        "(Source: the council.)",
        "© 2001 The Times.",
    ],
)
def test_what_is_plainly_furniture_is_left_out_of_plain_text(tmp_path: Path, furniture: str) -> None:
    path = tmp_path / "plain.txt"
    texts = ["It rained all week.", "On Sunday the bridge fell.", "Nobody was hurt."]
    path.write_text("\n\n".join([furniture, *texts]) + "\n", "utf-8")
    assert read_article(path, ()).paragraphs == tuple(texts)
