"""Marks that pile up on a letter: which are too many, in which scripts, and what is left of them."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest

from retell.files.characters import MOST_MARKS, find_unseen, is_mark, visible, without_unseen

ACUTE = "\u0301"
CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if category(chr(code))[0] not in "C"]


def test_every_mark_of_every_script_is_one_too_many_when_it_is_the_ninth() -> None:
    marks = [char for char in CHARACTERS if is_mark(char)]
    assert len(marks) > 2000
    assert [char for char in marks if not find_unseen("a" + char * (MOST_MARKS + 1))] == []


def test_nothing_but_a_mark_is_ever_too_much() -> None:
    seen = [char for char in CHARACTERS if not is_mark(char) and not find_unseen(f"a{char}a")]
    assert [char for char in seen if find_unseen("a" + char * (MOST_MARKS + 1))] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a" + ACUTE * 8, "a" + ACUTE * 8),
        ("a" + ACUTE * 9 + "b", "a" + ACUTE * 8 + "b"),
        ("a" + ACUTE * 5 + "\u200b" + ACUTE * 5, "a" + ACUTE * 8),
        ("…" * 20 + "—" * 20, "…" * 20 + "—" * 20),
        ("שְׁלוֹם ", "שְׁלוֹם "),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert without_unseen(text) == left
    assert find_unseen(left) is None


def test_a_message_writes_out_the_marks_beyond_the_eighth() -> None:
    assert visible("a" + ACUTE * 10) == "a" + ACUTE * 8 + "<U+0301><U+0301>"


@pytest.mark.parametrize("blank", ["\u2800", "\U0001d159", "\U00016fe4", "\u3164", "\uffa0", "\u115f", "\U00013430"])
def test_a_blank_that_is_no_white_space_is_not_seen(blank: str) -> None:
    for text in (blank, f"a{blank}b", f"⠁{blank}⠃", f"𝅘{blank}"):
        assert find_unseen(text) is not None
        assert without_unseen(text) == text.replace(blank, "")
        assert visible(text) == text.replace(blank, f"<U+{ord(blank):04X}>")


# signs before or around a number, or of an abbreviation (Unicode Standard 9.2, 9.3, 15.2): they are drawn
DRAWN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


def test_of_the_characters_of_format_only_those_are_seen_that_are_drawn() -> None:
    formats = [char for char in map(chr, range(sys.maxunicode + 1)) if category(char) in ("Cf", "Zl", "Zp", "Cc")]
    seen = [char for char in formats if not find_unseen(f"a{char}a")]
    assert set(seen) - {"\n", "\t"} == set(DRAWN) & set(formats)


@pytest.mark.parametrize("text", ["\U00013171\U00013430\U00013000", "क\u200dष", "❤\ufe0f"])
def test_what_a_script_is_written_with_is_right_in_it(text: str) -> None:
    assert find_unseen(text) is None
    assert without_unseen(f"a{text[1]}b") == "ab"
