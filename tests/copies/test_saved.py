"""A reader's copy is held against the source cards by fingerprints that do not mind how a browser saved it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.copies.fingerprints import fingerprint
from retell.copies.matching import Finder
from retell.copies.page import Page, blocks_of
from retell.copies.saved import read_copies
from retell.copies.text import normalise
from retell.story.library import load

if TYPE_CHECKING:
    from pathlib import Path

    from retell.problems import Problem

MADE_UP = settings(max_examples=150, deadline=None)
PARAGRAPHS = (
    "The bridge at Aberford fell on Sunday - nobody was hurt.",
    'Its mayor called it "a very bad day" for the town\'s trade.',
    "It had stood for ninety years...",
)


@pytest.mark.parametrize(
    ("saved", "same_as"),
    [
        ("a  b\tc\n", "a b c"),
        ("a\r\nb", "a b"),
        ("\ufeffa b", "a b"),
        ("“a” ‘b’ „c‟ «d»", '"a" \'b\' "c" "d"'),
        ("it’s", "it's"),
        ("it`s it´s it′s", "it's it's it's"),
        ("a\u00a0b\u202fc\u2009d", "a b c d"),
        ("a\u2010b\u2011c\u2012d\u2013e\u2014f\u2015g\u2212h", "a-b-c-d-e-f-g-h"),
        ("sol\u00addier", "soldier"),
        ("a\u200bb\u2060c", "abc"),
        ("ﬁre ﬂood", "fire flood"),
        ("wait…", "wait..."),
        ("Straße CAFÉ", "strasse café"),
        ("cafe\u0301", "café"),
        ("ＡＢ", "ab"),
    ],
)
def test_what_makes_no_difference(saved: str, same_as: str) -> None:
    assert normalise(saved) == normalise(same_as)
    assert fingerprint(saved) == fingerprint(same_as)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a", "b"),
        ("3", "4"),
        ("a", "á"),
        ("1.5", "15"),
        ("1.5", "1,5"),
        ("5/6", "56"),
        ("2022-23", "202223"),
        ("12:30", "1230"),
        ("40%", "40"),
        ("$40", "€40"),
        ("ка", "ки"),
        ("का", "की"),
        ("It was -4 degrees.", "It was 4 degrees."),
        ("−.5", ".5"),
    ],
)
def test_what_makes_a_difference(text: str, other: str) -> None:
    assert fingerprint(text) != fingerprint(other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a, b", "a b"),
        ("a-b", "a - b"),
        ("permit-\nted", "permitted"),
        ("well-\nknown", "well-known"),
        ("nobody -- knew", "nobody—knew"),
        ("``old men''", '"old men"'),
        ("‘‘old men’’", "＂old men＂"),
        ("town\u02bcs", "town's"),
        ("well\u058aknown", "well-known"),
        ("5½ hours", "5 1/2 hours"),
        ("1,200", "1200"),
        ("1,200,300", "1 200 300"),
        ("2022 – 23", "2022-23"),
        ("It was −4 (–5)", "It was -4 (-5)"),
        ("F-16, Covid−19", "F16, Covid19"),
        ("rain – 4 days", "rain 4 days"),
        ("night—4 men−came", "night 4 men came"),
        ("**Sunday** _and_ *Monday*", "Sunday and Monday"),
        ("wait . . .", "wait…"),
    ],
)
def test_how_it_is_set_makes_no_difference_to_a_fingerprint(text: str, other: str) -> None:
    assert fingerprint(text) == fingerprint(other)


def test_a_fingerprint_never_changes_for_the_cards_hold_it() -> None:
    assert fingerprint(PARAGRAPHS[0]) == FIRST_FINGERPRINT
    assert fingerprint("") == "e3b0c44298fc"  # SHA-256 of nothing, FIPS 180-4


FIRST_FINGERPRINT = "0c89179cae0e"


@MADE_UP
@given(st.text())
def test_any_text_has_a_fingerprint_that_spaces_around_it_do_not_change(text: str) -> None:
    found = fingerprint(text)
    assert len(found) == 12
    assert set(found) <= set("0123456789abcdef")
    assert fingerprint(f"\n {text} \u00a0") == found


@pytest.fixture
def saved(mini: Path, tmp_path: Path) -> Path:
    """A folder of copies that the cards of the small story fit."""
    folder = tmp_path / "copies"
    folder.mkdir()
    for key, paragraphs in (("north", [f"{text} So the North." for text in PARAGRAPHS]), ("south", PARAGRAPHS)):
        card = mini / "cards" / "sources" / f"{key}.yaml"
        listed = ", ".join(map(fingerprint, paragraphs))
        card.write_text(card.read_text("utf-8").replace("aaaaaaaaaaaa, bbbbbbbbbbbb", listed), "utf-8")
        (folder / f"{key}.txt").write_text("\n\n".join(paragraphs), "utf-8")
    return folder


def differences(mini: Path, saved: Path) -> list[tuple[str, str, int]]:
    return [
        (problem.rule, problem.message.split(" does ")[0], problem.location.column) for problem in found(mini, saved)
    ]


def found(mini: Path, saved: Path) -> list[Problem]:
    _, problems = read_copies(load(mini), saved)
    assert all(problem.level == "warning" for problem in problems)
    return problems


@pytest.mark.parametrize(
    "copy",
    [
        "\n\n".join(PARAGRAPHS),
        "\n".join(PARAGRAPHS),
        "\r\n\r\n".join(PARAGRAPHS),
        "\ufeffA headline\n\n" + "\n \n".join(PARAGRAPHS) + "\n\nA caption\n",
        "\n\n".join(PARAGRAPHS).replace(" - ", " — ").replace('"', "”").replace("'", "’").replace("...", "…"),
        "\n\n".join(paragraph.replace(" ", "\n", 5) for paragraph in PARAGRAPHS),
        "\n\n".join(paragraph.replace(" ", "\r\n   ", 2) for paragraph in PARAGRAPHS),
        "A headline\n\n" + "\n\n".join(f"[{i}] {paragraph}" for i, paragraph in enumerate(PARAGRAPHS, 1)),
        "\n".join(f"[{i}] {paragraph}" for i, paragraph in enumerate(PARAGRAPHS, 1)),
        "\n".join(f"[{i}] " + paragraph.replace(" ", "\n", 3) for i, paragraph in enumerate(PARAGRAPHS, 1)),
        "\n\n".join(reversed(PARAGRAPHS)),
    ],
)
def test_a_copy_in_any_dress_fits(mini: Path, saved: Path, copy: str) -> None:
    (saved / "south.txt").write_bytes(copy.encode())
    assert found(mini, saved) == []


@pytest.mark.parametrize("wrapped", [" ", "\n"])
@pytest.mark.parametrize("label", ["", "[2] "])
def test_an_edited_paragraph_is_told_once_at_its_fingerprint(mini: Path, saved: Path, wrapped: str, label: str) -> None:
    edited = label + PARAGRAPHS[1].replace("very bad", "bad").replace(" ", wrapped)
    (saved / "south.txt").write_text("\n\n".join((PARAGRAPHS[0], edited, PARAGRAPHS[2])), "utf-8")
    column = len("paragraphs: [") + len("aaaaaaaaaaaa, ") + 1
    assert differences(mini, saved) == [("copy-differs", "paragraph 2 of 'south'", column)]


def test_a_copy_that_is_not_there_is_told_once(mini: Path, saved: Path) -> None:
    (saved / "north.txt").unlink()
    (problem,) = found(mini, saved)
    assert problem.rule == "copy-missing"
    assert problem.location.file.endswith("north.yaml")


def test_a_fingerprint_that_cannot_be_read_is_not_looked_for(mini: Path, saved: Path) -> None:
    card = mini / "cards" / "sources" / "north.yaml"
    card.write_text(card.read_text("utf-8").replace(fingerprint(f"{PARAGRAPHS[1]} So the North."), "oops"), "utf-8")
    assert found(mini, saved) == []


BURNED = "Ann Hill said the mill burned on Sunday - 5½ hours, at 20 °C - and the report of the council came on Monday."
TWO_LINES = BURNED.replace(" and the", "\nand the")
MARKED_BY_PROGRAMS = {
    "HTML": BURNED.replace("report", '<a href="https://example.org/r">report</a>'),
    "a wiki's link": BURNED.replace("report", "[[Report|report]]"),
    "an Org link": BURNED.replace("report", "[[https://example.org/r][report]]"),
    "an AsciiDoc link": BURNED.replace("report", "link:https://example.org/r[report]"),
    "a span": BURNED.replace("report", "[report]{.underline}"),
    "a link before its text": BURNED.replace("report", "[ 3 ]report"),
    "a note in round brackets": BURNED.replace("council", "council (1)"),
    "a note in braces": BURNED.replace("council", "council{1}"),
    "an address on a line of its own": BURNED.replace(" and the", "\nhttps://example.org/mill 3/7\nand the"),
    "numbers of lines": re.sub("^", "  12 ", TWO_LINES, flags=re.MULTILINE),
    "an ordinal's sign for degrees": BURNED.replace("°", "º"),
    "a hyphen in a mixed number": BURNED.replace("5½", "5-1/2"),
    **{f"the label {label!r}": label + BURNED for label in ("§ 1 ", "Para 1: ", "1: ", "1\t", "a. ", "iv) ", "C ¶6 ")},
}


@pytest.mark.parametrize("name", MARKED_BY_PROGRAMS)
def test_a_paragraph_is_found_whatever_program_marked_it(name: str) -> None:
    page = Page(blocks_of(MARKED_BY_PROGRAMS[name]), "plain text")
    assert fingerprint(BURNED) in Finder(page).find({fingerprint(BURNED)})


def test_numbers_that_are_the_articles_own_are_no_marks() -> None:
    text = "They asked for (1) bread and (2) a mill; see [[the list]] of 5-1/2 pages, <b> included."
    assert Finder(Page(blocks_of(text), "plain text")).find({fingerprint(text)})
    assert not Finder(Page(blocks_of(text), "plain text")).find({fingerprint(text.replace("bread", "water"))})
