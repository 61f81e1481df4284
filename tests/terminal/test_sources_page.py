"""`retell sources`: the list of the articles, and all that is known of one."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console
from rich.theme import Theme

from retell.checks import fit
from retell.cli import retell
from retell.problems import RetellError
from retell.story.told import Told
from retell.terminal.layout.roles import rich_styles
from retell.terminal.pages import sources as catalogue
from tests.support.towns import load_files, story_files

WIDTHS = (40, 60, 100)
KEYS = ("", "A", "B", "C", "D", "E")


@pytest.fixture
def towns(tmp_path: Path) -> Told:
    return fit(load_files(tmp_path / "towns", story_files()))


def shown(library: Told, name: str, width: int) -> str:
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    catalogue.show(library, name, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_laid_out_as_it_always_was(towns: Told, golden: Callable[[str, str], None], width: int) -> None:
    golden(f"sources-{width}.txt", shown(towns, "", width))


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_is_laid_out_as_it_always_was(towns: Told, golden: Callable[[str, str], None], width: int) -> None:
    golden(f"sources-north-{width}.txt", shown(towns, "north", width))


@pytest.mark.parametrize("width", [24, *WIDTHS])
@pytest.mark.parametrize("name", KEYS)
def test_only_an_address_is_wider_than_the_screen(towns: Told, name: str, width: int) -> None:
    lines = shown(towns, name, width).splitlines()
    assert lines
    assert not [line for line in lines if cell_len(line) > width and "https://" not in line]
    assert not [line for line in lines if line != line.rstrip()]


def test_the_address_stays_in_one_piece(towns: Told) -> None:
    address = towns.sources["north"].url
    assert address
    assert all(address in shown(towns, "A", width) for width in WIDTHS)


@pytest.mark.parametrize("name", ["north", "A", "a", "nor"])
def test_an_article_is_found_by_key_and_by_code(towns: Told, name: str) -> None:
    assert catalogue.find(towns, name).article.key == "north"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nroth", "no article named 'nroth'; did you mean 'north'?"),
        ("Z", "no article named 'Z'; known here: coast, east, north"),
    ],
)
def test_an_unknown_article_gets_the_nearest_name(towns: Told, name: str, message: str) -> None:
    with pytest.raises(RetellError) as caught:
        catalogue.find(towns, name)
    assert str(caught.value).startswith(message)


def test_all_that_the_card_says_is_shown(towns: Told) -> None:
    told = dict(catalogue.describe(catalogue.find(towns, "north")))
    assert told["headline"] == ('Bridge "Falls"',)
    assert told["author"] == ("Nan North, Otto Oak",)
    assert told["outlet"] == ("The Northern Star, volume 20, issue 11",)
    assert told["date"] == ("4 May 2001",)
    assert told["paragraphs"] == ("9",)
    assert told["worked out"] == ("The date is in the address.", "Sunday is 3 May.")
    assert told["cautions"] == (
        "SECRET-CAUTION one: the paper speaks in its own voice of a fall.",
        "SECRET-CAUTION two",
    )
    assert (told["stance"], told["leaves out"]) == (("SECRET-STANCE",), ("SECRET-SILENCE",))


def test_what_is_missing_says_so_once(towns: Told) -> None:
    told = dict(catalogue.describe(catalogue.find(towns, "coast")))
    missing = [label for label, texts in told.items() if texts == ("not in our copy",)]
    assert missing == ["headline", "author", "outlet", "date", "address"]
    assert shown(towns, "E", 80).count("not in our copy") == 5


def test_each_use_is_counted_with_its_scene_and_paragraphs(towns: Told) -> None:
    records = {record.source.code: record for record in catalogue.records(towns)}
    # gist, one say; gist, one quotation; fourteen positions in four disputes
    assert [(use.number, use.times, use.paragraphs) for use in records["A"].uses] == [
        (1, 2, (1, 2, 4)),
        (2, 2, (2,)),
        (3, 14, (1,)),
    ]
    assert records["A"].times == 18
    assert [(use.scene, use.times, use.paragraphs) for use in records["C"].uses] == [("Start", 1, ())]


def test_an_article_that_no_scene_cites_says_so(tmp_path: Path) -> None:
    files = story_files()
    files["story/01-start"]["beats"] = [{"say": "It fell [@north, para. 1]."}]
    library = fit(load_files(tmp_path, files))
    assert "\n   not cited\n" in shown(library, "", 80)
    assert "\ncited       never\n" in shown(library, "C", 80)


@pytest.mark.parametrize("name", KEYS)
def test_a_pipe_gets_plain_text_of_80_columns_whatever_the_reader_forces(
    towns: Told, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    run = CliRunner().invoke(retell, ["--story", str(towns.root), "sources", *([name] if name else [])])
    assert run.exit_code == 0
    assert "\x1b" not in run.output
    assert run.output == shown(towns, name, 80)
    assert max(len(line) for line in run.output.splitlines() if "https://" not in line) <= 80


def test_a_terminal_gets_bold_labels(towns: Told) -> None:
    console = Console(
        file=StringIO(),
        width=60,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        theme=Theme(rich_styles("")),
    )
    catalogue.show(towns, "A", console)
    assert isinstance(console.file, StringIO)
    assert "\x1b[1mheadline" in console.file.getvalue()
