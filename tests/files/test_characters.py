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


@pytest.mark.parametrize("blank", ["\u2800", "\U0001d159", "\U00016fe4", "\u3164", "\uffa0", "\u115f", "\U00013441"])
def test_a_blank_that_is_no_white_space_is_not_seen(blank: str) -> None:
    for text in (blank, f"a{blank}b", f"⠁{blank}⠃", f"𝅘{blank}"):
        assert find_unseen(text) is not None
        assert without_unseen(text) == text.replace(blank, "")
        assert visible(text) == text.replace(blank, f"<U+{ord(blank):04X}>")
