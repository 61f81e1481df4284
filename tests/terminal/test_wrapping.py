"""Lines are filled, never too wide, and no word is broken that fits a line; whatever the script."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from retell.script.steps import Point, SayStep, Stretch
from retell.story.prose import Span
from retell.terminal.layout.lines import (
    BLANK,
    SHORTEST_END,
    Line,
    Piece,
    count_paced,
    cut_words,
    indent_line,
    weigh,
    wrap,
)
from retell.terminal.layout.steps import draw

LATIN, AZERBAIJANI, ARMENIAN = "abcxyzIi", "əğışöüçƏĞİŞ", "աբգդեզէըթժԼաչինՀայաստան"
MARKS, WIDE, DIGITS = ".,;:!?…“”‘’—–-()", "道路橋", "0123456789"
COMBINING = "\N{COMBINING ACUTE ACCENT}\N{COMBINING DIAERESIS}\N{COMBINING DOT ABOVE}"
letters = LATIN + AZERBAIJANI + ARMENIAN + MARKS + WIDE + DIGITS
words = st.builds(str.__add__, st.sampled_from(letters), st.text(letters + COMBINING, max_size=20))
long_words = st.builds(str.__add__, st.sampled_from(letters), st.text(letters + COMBINING, min_size=60, max_size=130))
texts = st.builds(list.__add__, st.lists(words, min_size=1, max_size=30), st.lists(words | long_words, max_size=4))
widths = st.integers(24, 120)


def wrapped(text: str, width: int) -> list[Line]:
    return wrap(cut_words([Span(text)], "", paced=True), width)


@given(texts, widths)
def test_no_line_is_wider_than_the_width(parts: list[str], width: int) -> None:
    assert all(cell_len(line.text) <= width for line in wrapped(" ".join(parts), width))


@given(texts, widths)
def test_no_character_is_lost_or_moved(parts: list[str], width: int) -> None:
    lines = wrapped(" ".join(parts), width)
    assert "".join(line.text for line in lines).replace(" ", "") == "".join(parts)


@given(texts, widths)
def test_only_a_word_wider_than_the_line_is_broken(parts: list[str], width: int) -> None:
    tokens = [token for line in wrapped(" ".join(parts), width) for token in line.text.split(" ")]
    cuts = set(accumulate(map(len, tokens), initial=0))
    bounds = list(accumulate(map(len, parts), initial=0))
    for word, (start, end) in zip(parts, pairwise(bounds), strict=True):
        assert {start, end} <= cuts
        if cell_len(word) <= width:
            assert not any(start < cut < end for cut in cuts), word


@pytest.mark.parametrize("width", range(24, 60))
def test_a_code_in_a_text_stands_in_one_line(width: int) -> None:
    lines = wrapped(
        "A passage shows what it rests on: C ¶6 is paragraph 6 of article C, and AA ¶12, 14 are two.", width
    )
    said = [line.text for line in lines]
    assert any("C ¶6" in text for text in said) and any("AA ¶12," in text for text in said)


@given(texts, widths)
def test_lines_are_full(parts: list[str], width: int) -> None:
    lines = wrapped(" ".join(parts), width)
    for line, following in pairwise(lines[:-1]):
        first_word = following.text.split(" ")[0]
        assert cell_len(line.text) + 1 + cell_len(first_word) > width
    if len(lines) == 1:
        return
    *_, before, last = (line.text for line in lines)
    taken = last.split(" ")
    while len(taken) > 1 and cell_len(f"{before} {taken[0]}") <= width:
        before = f"{before} {taken.pop(0)}"
    assert taken == last.split(" ") or cell_len(" ".join(taken)) < SHORTEST_END


@pytest.mark.parametrize(
    ("text", "width", "ends"),
    [
        (
            "The corridor is the Lachin road by another name.",
            42,
            ["The corridor is the Lachin road by", "another name."],
        ),
        ("It was there at noon, and nobody was told so.", 40, ["It was there at noon, and nobody", "was told so."]),
        ("It rained for days, and then it rained more.", 39, ["It rained for days, and then it", "rained more."]),
        ("Nobody was told anything at all by the mayor.", 39, ["Nobody was told anything at all by", "the mayor."]),
        (
            "December 2022 and after it until 2022 – Jan 2023",
            43,
            ["December 2022 and after it until 2022 –", "Jan 2023"],
        ),
        ("of telecommunications", 18, ["of", "telecommunications"]),
        ("telecommunications so", 18, ["telecommunications", "so"]),
    ],
)
def test_no_short_word_ends_a_paragraph_alone_where_the_break_can_be_moved(
    text: str, width: int, ends: list[str]
) -> None:
    assert [line.text for line in wrapped(text, width)] == ends


@given(texts, widths)
def test_a_broken_word_still_counts_once(parts: list[str], width: int) -> None:
    spoken = sum(any(char.isalnum() for char in word) for word in parts)
    assert count_paced(wrapped(" ".join(parts), width)) == spoken


@given(texts, st.integers(24, 200), st.booleans())
def test_narration_keeps_to_the_measure(parts: list[str], width: int, columns: bool) -> None:
    step = SayStep(Point("a", 1), (Stretch((Span(" ".join(parts)),), ()),), " ".join(parts))
    assert all(cell_len(line.text) <= min(68, width) for line in draw(step, width, columns=columns))


def test_two_styles_meet_in_one_word() -> None:
    spans = [Span("the "), Span("“far-fetched”", "quotation"), Span(", he"), Span("said", "emphasis")]
    assert ["".join(piece.text for piece in word) for word in cut_words(spans, "", paced=True)] == [
        "the",
        "“far-fetched”,",
        "hesaid",
    ]


def test_a_space_inside_one_style_keeps_it() -> None:
    (line,) = wrap(cut_words([Span("two words", "emphasis")], "", paced=False), 40)
    assert [piece.style for piece in line.pieces] == ["emphasis", "emphasis", "emphasis"]


@pytest.mark.parametrize(
    ("word", "weight"),
    [("road", 1.0), ("road,", 1.5), ("road.", 2.0), ("road.”", 2.0), ("(road)", 1.0), ("road?", 2.0), ("—", 0.0)],
)
def test_a_reader_breathes_at_marks(word: str, weight: float) -> None:
    assert weigh(wrapped(word, 40)) == weight


def test_a_blank_line_is_not_indented() -> None:
    assert indent_line(BLANK, 4) is BLANK
    assert indent_line(Line((Piece("a"),)), 2).text == "  a"


@given(st.text("漢字、。」）「（", min_size=30, max_size=150), widths)
def test_no_line_begins_with_a_mark_that_ends_or_opens_with_one_left_behind(text: str, width: int) -> None:
    text = re.sub("[「（]{2,}", "「", re.sub("[、。」）]{2,}", "。", f"漢{text}"))
    text = re.sub("(?<=[、。」）])[「（]|[「（](?=[、。」）])", "字", text)
    lines = [line.text for line in wrapped(text, width)]
    assert "".join(lines) == text
    assert not any(line[0] in "、。」）" for line in lines[1:])
    assert not any(line[-1] in "「（" for line in lines[:-1])


def test_a_word_of_two_styles_that_is_broken_stays_one_word() -> None:
    spans = [Span("漢字" * 20), Span("「漢字」", "quotation"), Span("。")]
    lines = wrap(cut_words(spans, "", paced=True), 24)
    assert "".join(line.text for line in lines) == "漢字" * 20 + "「漢字」。"
    assert [piece.text for line in lines for piece in line.pieces if piece.style == "quotation"] == ["「漢字」"]
