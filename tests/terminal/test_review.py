"""A reader is asked of each statement, sees all of it and of its paragraphs, and each answer goes where it belongs."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from rich.cells import cell_len

from retell.checks.cases import Case, CitedParagraph
from retell.checks.statements import Statement
from retell.files.yamlfile import YamlFile
from retell.terminal.input.keys import Ask
from retell.terminal.layout.cases import draw_case
from retell.terminal.show.review import BY_KEY, REVIEW_KEYS, Review
from retell.terminal.show.screen import Screen
from retell.terminal.show.window import Window
from tests.support.emulator import Emulator
from tests.support.shows import NoKeys

LONG = " ".join(f"word{i}" for i in range(60))
SIZES = [(100, 30), (60, 20), (24, 6)]
FILE = YamlFile("story/01-start.yaml", "title: Start\n")


def case(name: str, text: str = "It rained.", paragraphs: int = 2) -> Case:
    statement = Statement(name, "narration", text, "start", FILE, ("title",), None, "ann-hill")
    cited = tuple(CitedParagraph(f"A ¶{i}", "The Post", f"Rain fell on day {i}. {LONG}") for i in range(paragraphs))
    return Case(statement, "Start", "Ann Hill", "Before it.", "After it.", cited, "borne out", ("a doubt [x]",))


class FakeDesk:
    def __init__(self, *cases: Case) -> None:
        self._cases = {each.statement.name: each for each in cases}
        self.answers: list[tuple[str, ...]] = []

    def names(self) -> Sequence[str]:
        return list(self._cases)

    def case(self, name: str) -> Case:
        return self._cases[name]

    def remark(self, name: str) -> str:
        last = [answer for answer in self.answers if answer[1] == name]
        return last[-1][2] if last and last[-1][0] == "no" else ""

    def is_read(self, name: str) -> bool:
        return ("yes", name) in self.answers

    def sign(self, name: str) -> None:
        self.answers.append(("yes", name))

    def refuse(self, name: str, why: str) -> None:
        self.answers.append(("no", name, why))

    def edit(self, name: str) -> None:
        self.answers.append(("edit", name))
        self._cases = {"new": case("new"), **self._cases}


class FakeKeys(NoKeys):
    """Presses what it is told to, and notes the screen before each key."""

    def __init__(self, stream: io.StringIO, size: tuple[int, int], pressed: Sequence[str | Ask]) -> None:
        self._stream, self._emulator, self._pressed, self._fed = stream, Emulator(*size), list(pressed), 0
        self.screens: list[list[str]] = []
        self.away_times = self.suspended = 0

    def read_key(self, seconds: float | None, *, typing: bool = False) -> Ask | str | None:
        new = self._stream.getvalue()[self._fed :]
        self._fed += len(new)
        self._emulator.feed(new.replace("\n", "\r\n"))
        self.screens.append([line.rstrip() for line in self._emulator.screen.display])
        return self._pressed.pop(0) if self._pressed else "q"

    def read(self, seconds: float | None) -> Ask | None:
        raise AssertionError("a review reads keys by their names")

    def read_theme(self) -> str:
        raise AssertionError("the theme is asked for before a review")

    def suspend(self) -> None:
        self.suspended += 1

    @contextmanager
    def away(self) -> Iterator[None]:
        self.away_times += 1
        yield


def reviewed(
    desk: FakeDesk, *pressed: str | Ask, size: tuple[int, int] = (60, 20)
) -> tuple[list[tuple[str, ...]], list[list[str]]]:
    """Return the answers, and what the screen showed before each key."""
    stream = io.StringIO()
    keys = FakeKeys(stream, size, pressed)
    Review(Screen(Window(stream, size=size, styled=False)), keys, desk).run()
    return desk.answers, keys.screens


def three() -> FakeDesk:
    return FakeDesk(case("one"), case("two"), case("three"))


@pytest.mark.parametrize(
    ("pressed", "answers"),
    [
        ("yyy", [("yes", "one"), ("yes", "two"), ("yes", "three")]),
        ("y y", [("yes", "one"), ("yes", "three")]),
        ("Y\rY", [("yes", "one"), ("yes", "three")]),
        ("yby", [("yes", "one"), ("yes", "one")]),
        ("b y", [("yes", "two")]),
        ("xyq", [("yes", "one")]),
        ("qyy", []),
    ],
)
def test_each_answer_goes_where_it_belongs(pressed: str, answers: list[tuple[str, ...]]) -> None:
    assert reviewed(three(), *pressed)[0] == answers


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (["n", *"no rain", "\r"], [("no", "one", "no rain")]),
        (["n", *"not", "KEY_BACKSPACE", "\r"], [("no", "one", "no")]),
        (["n", *"Zo", "ë", "\r"], [("no", "one", "Zoë")]),
        (["n", *"Zo", "ë", "KEY_BACKSPACE", "\r"], [("no", "one", "Zo")]),
        (["n", "\r", "KEY_LEFT", Ask.RESIZED, "y", "\r"], [("no", "one", "y")]),
        (["n", *"well", "KEY_ESCAPE", "y"], [("yes", "one")]),
    ],
)
def test_a_line_of_why_is_asked_for(typed: list[str | Ask], why: list[tuple[str, ...]]) -> None:
    assert reviewed(three(), *typed)[0] == why


def test_what_was_left_open_is_shown_and_counted() -> None:
    _, screens = reviewed(three(), "n", *"no rain", "\r", "b")
    assert screens[-1][0].strip() == "1 of 3 · 0 read · 1 left open"
    assert "  You left open: no rain" in screens[-1]


@pytest.mark.parametrize("size", SIZES)
def test_all_of_a_statement_and_its_paragraphs_can_be_seen(size: tuple[int, int]) -> None:
    long = case("one", LONG)
    lines = [line.text.rstrip() for line in draw_case(long, size[0])]
    assert max(map(cell_len, lines)) <= size[0]
    _, screens = reviewed(FakeDesk(long), *["KEY_DOWN"] * len(lines), size=size)
    seen = {line for screen in screens for line in screen[1:-1]}
    assert [line for line in lines if line not in seen] == []
    assert all(len(screen) == size[1] for screen in screens)
    assert screens[0][2:5] == lines[:3][: size[1] - 3], "it begins with its title"
    assert screens[-1][-2] == lines[-1], "and ends with the last line above the footer"
    back = reviewed(FakeDesk(long), *["KEY_PGDOWN"] * 99, *["k"] * len(lines), size=size)[1]
    assert back[-1][2] == lines[0]


@pytest.mark.parametrize("size", SIZES)
def test_the_footer_says_whether_there_is_more(size: tuple[int, int]) -> None:
    assert "↓ more" in reviewed(FakeDesk(case("one", paragraphs=9)), size=size)[1][0][-1]
    assert "more" not in reviewed(FakeDesk(case("one", paragraphs=0)), size=(60, 20))[1][0][-1]


def test_the_words_that_both_have_are_marked() -> None:
    found = case("one", "Rain fell, they say.", 1)
    marked = [piece.text for line in draw_case(found, 60) for piece in line.pieces if piece.style == "marked"]
    assert [word for word in marked if word.strip()] == ["Rain", "fell"]


def test_a_case_says_who_speaks_what_stands_around_it_and_what_the_program_found() -> None:
    lines = [line.text.strip() for line in draw_case(case("start 1", paragraphs=1), 60, "no rain")]
    assert lines[:12] == [
        "Start",
        "start 1 · narration · Ann Hill speaks",
        "",
        "Before it.",
        "It rained.",
        "After it.",
        "",
        "The program: borne out.",
        "a doubt [x]",
        "You left open: no rain",
        "",
        "The Post",
    ]


def test_the_editor_has_the_terminal_and_the_reader_stays_at_the_statement() -> None:
    desk = three()
    answers, screens = reviewed(desk, " ", "e", "y")
    assert answers == [("edit", "two"), ("yes", "two")]
    assert screens[-2][0].strip() == "3 of 4 · 0 read", "one more stands before it now"


def test_the_window_may_change_and_the_program_be_suspended() -> None:
    stream = io.StringIO()
    keys = FakeKeys(stream, (60, 20), [Ask.RESIZED, Ask.SUSPEND, Ask.CONTINUED, "y"])
    desk = three()
    Review(Screen(Window(stream, size=(60, 20), styled=False)), keys, desk).run()
    assert (desk.answers, keys.suspended) == ([("yes", "one")], 1)
    assert "noon" not in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[?1049l"), "the screen is given back"


def test_no_key_has_two_meanings() -> None:
    assert len(BY_KEY) == sum(len(each.keys) for each in REVIEW_KEYS)
