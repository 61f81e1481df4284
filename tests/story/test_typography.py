"""A text is set as print does: spaces at which no line breaks are kept, apostrophes turn, capitals keep their rules."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from retell.handout.writers import html, pandoc_model
from retell.handout.writers.escaping import escape_line
from retell.story.columns import wrap
from retell.story.prose import Prose, Span, count_words
from retell.story.typography import capitalise, in_capitals, isolate, set_line, set_quotes
from retell.terminal.layout.lines import cut_words, in_ascii
from retell.terminal.layout.lines import wrap as set_lines

KEPT = ["4\u00a0000 men", "5\u202f%", "No.\u20071"]


@pytest.mark.parametrize("text", KEPT)
def test_a_space_at_which_no_line_breaks_is_kept(text: str) -> None:
    assert set_line(f" a  {text}\n b ") == f"a {text} b"
    (claim,) = Prose(f"a  {text}\n b [@a, para. 1]").claims
    assert claim.text == f"a {text} b"


@pytest.mark.parametrize("text", KEPT)
def test_no_line_breaks_there(text: str) -> None:
    words = text.replace("men", "").strip()
    long = f"one two three {words} four"
    assert any(words in line for line in wrap(long, len(words) + 1))
    lines = set_lines(cut_words([Span(long)], "", paced=False), len(words) + 1)
    assert any(words in line.text for line in lines)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("in '75", "in ’75"),
        ("the '90s", "the ’90s"),
        ("'76 was", "’76 was"),
        ("('75)", "(’75)"),
        ("'Tis the mill's", "’Tis the mill’s"),
        ("call 'em", "call ’em"),
        ("a 'mill' it was", "a ‘mill’ it was"),
        ("a '1775 map'", "a ‘1775 map’"),
    ],
)
def test_an_apostrophe_before_figures_opens_nothing(typed: str, shown: str) -> None:
    assert set_quotes(typed) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the Kremlin", "The Kremlin"),
        ("independents", "Independents"),
        ("ijssel", "IJssel"),
        ("ijsland and all", "IJsland and all"),
        ("iğdır", "İğdır"),
        ("ilham Əliyev", "Ilham Əliyev"),
        ("élan", "Élan"),
        ("ß", "ß"),
        ("σπίτι", "Σπίτι"),
        ("", ""),
        ("東京", "東京"),
    ],
)
def test_a_capital_is_that_of_the_language(text: str, shown: str) -> None:
    assert capitalise(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the Lachin road", "THE LACHIN ROAD"),
        ("Əliyev of Şişli", "ƏLİYEV OF ŞİŞLİ"),
        ("diyarbakır in time", "DİYARBAKIR IN TIME"),
        ("Straße", "STRASSE"),
        ("the ijssel", "THE IJSSEL"),
        ("Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"),
        ("ΐ Άγιος", "Ϊ ΑΓΙΟΣ"),
        ("élan", "ÉLAN"),
    ],
)
def test_capitals_are_those_of_the_language(text: str, shown: str) -> None:
    assert in_capitals(text) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("老磨坊没有了", 6),
        ("Ann 说：老磨坊 ok", 6),
        ("東京 2020", 3),
        ("ในเมือง", 6),
        ("صحيفة فلسطين", 2),
        ("a mill – its wheel", 4),
    ],
)
def test_letters_count_where_there_are_no_spaces(text: str, number: int) -> None:
    assert count_words(text) == number


PAPER = "صحيفة فلسطين"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{PAPER}, 8 March 1938", f"<{PAPER}>, 8 March 1938"),
        (f"{PAPER}, {PAPER}", f"<{PAPER}>, <{PAPER}>"),
        ("in 1948 דָּבָר wrote", "in 1948 <דָּבָר> wrote"),
        ("ח״ן and תל־אביב 7", "<ח״ן> and <תל־אביב> 7"),
        ("Şuşa, 8 May", "Şuşa, 8 May"),
        ("plain", "plain"),
    ],
)
def test_words_from_right_to_left_are_set_apart(text: str, shown: str) -> None:
    assert isolate(text, "<", ">") == shown


def test_they_are_set_apart_in_each_line_of_a_window_and_take_no_room() -> None:
    words = cut_words([Span("In "), Span(PAPER, "emphasis"), Span(f", 8 March 1938, {PAPER}")], "", paced=True)
    whole, narrow = set_lines(words, 80), set_lines(words, 20)
    assert [line.text for line in whole] == [f"In \u2068{PAPER}\u2069, 8 March 1938, \u2068{PAPER}\u2069"]
    assert sum(piece.style == "emphasis" for piece in whole[0].pieces) == 3, "a space between two such words is one too"
    assert all(line.text.count("\u2068") == line.text.count("\u2069") for line in narrow)
    assert max(cell_len(line.text) for line in narrow) <= 20
    assert [line.text for line in in_ascii(set_lines(cut_words([Span("דבר 7")], "", paced=False), 80))] == ["דבר 7"]


def test_they_are_set_apart_in_every_format() -> None:
    text = f"{PAPER}, 8 March 1938"
    assert html.shown(text) == f"<bdi>{PAPER}</bdi>, 8 March 1938"
    assert escape_line(text) == f"\u2068{PAPER}\u2069, 8 March 1938"
    span, *others = pandoc_model._words(text)
    assert span["c"][0][2] == [["dir", "rtl"]]
    assert "".join(each.get("c", " ") for each in others) == ", 8 March 1938"
