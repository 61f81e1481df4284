"""What can happen while a text is being revealed: the window changes, a panel opens, the program is stopped."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from retell.script.steps import Point, SayStep, Step, Stretch
from retell.story.prose import Span
from retell.terminal.input.keys import Ask
from retell.terminal.layout.lines import count_paced
from retell.terminal.layout.steps import draw
from tests.support.drawings import STEPS
from tests.support.shows import FakeKeyboard, Show

WORDS = [f"word{number:02}" for number in range(60)]
LONG = SayStep(Point("a", 1), (Stretch((Span(" ".join(WORDS)),), ()),), "")


class Resizing(FakeKeyboard):
    """Gives the window other sizes at given moments."""

    def __init__(self, show: Show, sizes: list[tuple[float, int, int]]) -> None:
        super().__init__(show.clock, [(moment, Ask.RESIZED) for moment, _, _ in sizes], [])
        self._show = show
        self._sizes = sizes

    def read(self, seconds: float | None) -> Ask | None:
        asked = super().read(seconds)
        if asked is Ask.RESIZED:
            _, *size = self._sizes.pop(0)
            self._show.resize(*size)
        return asked


def resized(step: Step, *sizes: tuple[float, int, int], first: int = 80) -> Show:
    show = Show(60, size=(first, 30))
    keyboard = Resizing(show, list(sizes))
    again = Show(60, size=(first, 30), keyboard=keyboard)
    keyboard._show, keyboard._clock = again, again.clock
    assert again.played(step)
    return again


def plain(show: Show) -> list[str]:
    return [line.strip() for line in show.told.split("\n")]


@pytest.mark.parametrize(("first", "then"), [(80, 40), (80, 24), (40, 100), (24, 60), (120, 30)])
@pytest.mark.parametrize("moment", [0.5, 7.5, 8.5, 9.5, 30.5])
def test_after_a_resize_the_window_is_clean_and_no_word_is_lost(first: int, then: int, moment: float) -> None:
    """No broken piece of the text stands above it, and all of it is laid out for the window as it is now."""
    show = resized(LONG, (moment, then, 20), first=first)
    lines = [line.strip() for line in show.emulated().told if line.strip()]
    assert " ".join(lines).split() == WORDS
    assert lines == [line.text.strip() for line in draw(LONG, then) if line.text.strip()]


@pytest.mark.parametrize("moment", [70.5, 75.5])
def test_a_resize_lays_out_anew_what_stands_above_the_text_at_hand(moment: float) -> None:
    """Once more, and in its order; what left the window before is not told again."""
    short = SayStep(Point("a", 1, 1), (Stretch((Span(" ".join(f"next{number:02}" for number in range(20))),), ()),), "")
    show = Show(60, size=(80, 30))
    keyboard = Resizing(show, [(moment, 44, 25)])
    show = Show(60, size=(80, 30), keyboard=keyboard)
    keyboard._show, keyboard._clock = show, show.clock
    assert show.played(LONG, short)
    lines = [line.strip() for line in show.emulated().told if line.strip()]
    expected = [line.text.strip() for step in (LONG, short) for line in draw(step, 44) if line.text.strip()]
    assert lines == expected


@pytest.mark.parametrize("moment", [0.5, 7.5, 30.5])
def test_a_resize_takes_no_time(moment: float) -> None:
    assert resized(LONG, (moment, 40, 20)).clock.time == pytest.approx(60, rel=0.02)


def test_a_line_that_still_fits_is_not_broken() -> None:
    show = resized(LONG, (1.5, 79, 30), (2.5, 78, 30), (3.5, 77, 30))
    assert plain(show)[0] == " ".join(WORDS[:9])


def test_many_sizes_break_no_line() -> None:
    show = resized(LONG, *((3.1 + i / 100, 40 + i, 20) for i in range(20)))
    assert " ".join(show.emulated().told).split() == WORDS
    assert show.clock.time == pytest.approx(60, rel=0.02)


def test_a_window_is_clean_as_soon_as_its_size_has_changed() -> None:
    show = resized(LONG, (3.4, 40, 20))
    shown = [line.strip() for line in show.emulated(until=3.41).told if line.strip()]
    assert shown[0] == draw(LONG, 40)[0].text.strip()
    assert all(cell_len(line) <= 40 for line in shown)


@pytest.mark.parametrize("moment", [2.5, 20.5, 40.5])
def test_accounts_that_no_longer_stand_side_by_side_are_told_again(moment: float) -> None:
    step = STEPS["accounts-of-2"]
    show = resized(step, (moment, 50, 20))
    narrow = [line.text.strip() for line in draw(step, 50)]
    assert [line.strip() for line in show.emulated().told if line.strip()] == [line for line in narrow if line]
    assert show.clock.time == pytest.approx(count_paced(draw(step, 80)), rel=0.05)  # breaths stand elsewhere now


def test_citations_are_not_lost_when_the_margin_comes_or_goes() -> None:
    for first, then in ((120, 60), (60, 120)):
        show = resized(STEPS["say"], (25.5, then, 20), first=first)
        assert show.stream.getvalue().count("B ¶4") >= 1
        assert show.stream.getvalue().count("A ¶1–3, 7") >= 1


def test_a_panel_in_the_middle_of_a_text_takes_none_of_its_time() -> None:
    show = Show(60, pressed=[(5.5, Ask.SOURCES)], answers=[Ask.CLOSE])
    assert show.played(LONG)
    assert show.clock.time == pytest.approx(60)
    calm = Show(60)
    assert calm.played(LONG)
    assert show.lines() == calm.lines()


def test_a_program_that_was_stopped_begins_its_text_again() -> None:
    show = Show(60, pressed=[(12.5, Ask.SUSPEND)])
    assert show.played(LONG)
    assert isinstance(show.keyboard, FakeKeyboard)
    assert show.keyboard.suspended == 1
    lines = plain(show)
    broken = lines.index(" ".join(WORDS[9:13]))
    assert lines[broken + 1] == " ".join(WORDS[:9])
    assert show.clock.time == pytest.approx(60, rel=0.02)


def test_a_program_that_was_stopped_at_a_wait_tells_its_beat_again() -> None:
    show = Show(None, answers=[Ask.SUSPEND])
    assert show.played(LONG, STEPS["aside"])
    assert sum("word00" in line for line in show.lines()) == 2


def test_a_window_that_changed_behind_a_panel() -> None:
    class Keys(FakeKeyboard):
        def read(self, seconds: float | None) -> Ask | None:
            asked = super().read(seconds)
            if asked is Ask.RESIZED:
                show.resize(40, 10)
            return asked

    show = Show(None)
    keyboard = Keys(show.clock, [], [Ask.NAMES, Ask.RESIZED, Ask.CLOSE])
    show = Show(None, keyboard=keyboard)
    assert show.played(LONG, STEPS["aside"])
    lines = [line for line in show.told.split("\n") if "word" in line]
    told = lines[max(i for i, line in enumerate(lines) if "word00" in line) :]
    assert [word for line in told for word in line.split()] == WORDS
    assert all(cell_len(line) <= 40 for line in told)


def test_an_announcement_stands_in_the_footer_and_goes_with_it() -> None:
    show = Show(60, pressed=[(2.5, Ask.FASTER)], size=(40, 20))
    assert show.played(LONG)
    rows = [line.strip() for line in show.emulated(2.5).display]
    assert rows[0] == "word00 word01 word02"
    assert any(row.startswith("pace: 80 words a minute") for row in rows)
    assert "pace" not in " ".join(show.lines())
    assert " ".join(" ".join(show.lines()).split()) == " ".join(WORDS)
