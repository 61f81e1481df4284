"""No line leaves the window before the reader has had time to look at it, whatever is told and however."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import pytest

from retell.checks import fit
from retell.script.resolver import write_script
from retell.script.steps import Step
from retell.script.titlepage import title_page
from retell.story.library import load, shipped_root
from retell.terminal.input.keys import Ask
from retell.terminal.layout.frame import title_frame
from retell.terminal.layout.steps import lay
from retell.terminal.show.screen import HOME
from tests.support.drawings import STEPS
from tests.support.folders import MINI
from tests.support.shows import FakeKeyboard, Show, on_a_page

if sys.platform != "win32":
    from tests.support.pseudo import Terminal

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
STORIES = {"mini": MINI, "shipped": shipped_root()}
FULL, BEAT = "Space: more", "Space: on"
PACED = [(300, False), (None, True), (300, True)]  # words a minute (none: at once), and whether it goes on by itself
TALL = STEPS["accounts-of-5"]


class Looking(FakeKeyboard):
    """Looks at the screen at each stop, and goes on; in auto mode a stop is a wait for which there is a footer."""

    def __init__(self, show: Show, answers: Iterable[Ask] = ()) -> None:
        super().__init__(show.clock, [], answers)
        self.show = show
        self.seen: list[str] = []
        self.stops: list[str] = []
        self.waited: list[float | None] = []

    def read(self, seconds: float | None) -> Ask | None:
        shown = [line.rstrip() for line in self.show.emulated().display]
        footer = next((line for line in reversed(shown) if line), "")
        if FULL in footer or BEAT in footer:
            self.stops.append(footer)
            self.waited.append(seconds)
            self.seen += shown[: shown.index(footer)]
        return super().read(seconds)


def looked(*steps: Step, size: tuple[int, int], pace: int | None = None, auto: bool = False, **keys: object) -> Looking:
    show = Show(pace, size=size, auto=auto)
    keyboard = Looking(show, **keys)  # type: ignore[arg-type]
    show = Show(pace, size=size, auto=auto, keyboard=keyboard)
    keyboard.show, keyboard._clock = show, show.clock
    assert show.played(*steps)
    keyboard.seen += [line.rstrip() for line in show.emulated().display]  # the telling ends, and nothing moves any more
    return keyboard


def text_of(steps: Sequence[Step], width: int) -> list[str]:
    return [line.text.rstrip() for line in on_a_page(steps, width) if line.text.strip()]


@pytest.mark.parametrize("size", [(40, 12), (24, 8)], ids=str)
@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize(
    ("pace", "auto"), [(None, False), *(pytest.param(*each, marks=pytest.mark.slow) for each in PACED)]
)
def test_every_line_of_a_step_is_seen(kind: str, size: tuple[int, int], pace: int | None, auto: bool) -> None:
    steps = [STEPS["phase"], STEPS["scene"], STEPS[kind], STEPS["aside"], STEPS["say"]]
    seen = looked(*steps, size=size, pace=pace, auto=auto).seen
    assert [line for line in text_of(steps, size[0]) if line not in seen] == []


def written(show: Show) -> str:
    """All that was written, but for the way to the top of a clean window."""
    return "".join(text for _, text in show.stream.notes if isinstance(text, str) and HOME not in text)


@pytest.mark.parametrize("size", [(40, 12), (24, 8)], ids=str)
@pytest.mark.parametrize("story", STORIES)
def test_every_line_of_a_story_is_seen(story: str, size: tuple[int, int]) -> None:
    """Stop by stop: what came since the last stop is in the window, and nothing of it has left."""
    columns, rows = size
    steps = write_script(fit(load(STORIES[story])))
    show = Show(None, size=size)
    told: list[str] = []

    class Counting(FakeKeyboard):
        def read(self, seconds: float | None) -> Ask | None:
            if seconds is None:
                *new, footer = written(show).split("\n")
                assert FULL in footer or BEAT in footer
                lines = [line.rpartition("\x1b[J")[2].rstrip() for line in new]
                assert len(lines) - len(told) <= rows - 1
                told[:] = lines
            return super().read(seconds)

    show = Show(None, size=size, keyboard=Counting(show.clock, [], []))
    assert show.played(*steps)
    *last, _ = written(show).split("\n")
    assert len(last) - len(told) <= rows - 1
    lines = [line.rpartition("\x1b[J")[2].rstrip() for line in last]
    assert [line for line in lines if line] == text_of(steps, columns)


def test_what_fits_the_window_needs_no_more_than_one_stop() -> None:
    for rows in range(10, 40):
        kept = looked(TALL, STEPS["aside"], STEPS["aside"], size=(80, rows))
        fits = len(text_of([TALL], 80)) + sum(not line.text.strip() for line in on_a_page([TALL], 80)) - 1 <= rows - 1
        assert (FULL in kept.stops[0]) == (not fits)
        assert all(any(line.strip() for line in stop.split("\n")) for stop in kept.stops)


def test_in_auto_mode_a_full_window_stays_as_long_as_its_reading_takes() -> None:
    lines = on_a_page([TALL], 40)[:11]
    words = sum(any(map(str.isalnum, word)) for line in lines for word in line.text.split())
    kept = looked(TALL, STEPS["aside"], size=(40, 12), auto=True)
    assert FULL in kept.stops[0]
    assert kept.waited[0] == pytest.approx(words * 60 / 220)


def test_back_from_a_full_window_leaves_the_rest_untold() -> None:
    show = Show(None, size=(40, 12), answers=[Ask.GO_ON, Ask.BACK, Ask.STOP])
    assert not show.played(STEPS["aside"], TALL, STEPS["say"])
    assert show.kept[-1][0] == 0
    assert "← back to" in show.stream.getvalue()
    assert "Not heard" not in show.stream.getvalue()


def test_before_the_first_beat_there_is_nothing_to_go_back_to() -> None:
    show = Show(None, size=(40, 12), answers=[Ask.BACK])
    assert show.played(TALL, STEPS["aside"])
    assert any("this is the beginning · Space: more" in footer for footer in show.footers())
    assert [line for line in text_of([TALL], 40) if line not in show.stream.getvalue()] == []


@pytest.mark.parametrize("asked", [Ask.SUSPEND, Ask.CONTINUED])
@pytest.mark.parametrize("pace", [None, 600])
def test_a_full_window_is_there_again_after_a_stop_of_the_program(asked: Ask, pace: int | None) -> None:
    kept = looked(TALL, STEPS["aside"], size=(40, 12), pace=pace, answers=[Ask.GO_ON, asked])
    assert [stop.strip()[:11] for stop in kept.stops[:4]] == [FULL] * 4
    assert kept.seen[22:33] == kept.seen[11:22]


@unix
@pytest.mark.parametrize("size", [(40, 12), (24, 8), (24, 5)], ids=str)
def test_the_title_page_is_seen_from_its_first_line(size: tuple[int, int]) -> None:
    columns, _ = size
    story = load(shipped_root()).story
    assert story
    wanted = [line.text for line in lay(title_page(story.form), title_frame(columns)) if line.text]
    with Terminal(size=size) as terminal:
        terminal.wait_for_footer("Space: ")
        seen = list(terminal.screen.display)
        while FULL in terminal.row:
            assert not list(terminal.state.iterdir())
            terminal.press(" ")
            terminal.wait_for_footer("Space: ")
            seen += terminal.screen.display
        assert terminal.row.startswith("Space: begin")
        assert [line for line in wanted if line not in map(str.rstrip, seen)] == []
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert terminal.settings == terminal.before


@unix
def test_a_resize_at_a_full_window_goes_on_where_it_was() -> None:
    with Terminal("--story", MINI, "read", "night", "--pace", "instant", size=(40, 12)) as terminal:
        terminal.wait_for_footer(FULL)
        terminal.resize(30, 9)
        terminal.wait_for(FULL, 2)
        terminal.wait_for_footer(FULL)
        while FULL in terminal.row:
            terminal.press(" ")
            terminal.wait_for_footer("Space: ")
        assert terminal.row.startswith(BEAT)
        assert "— Ann Hill\r\n" in terminal.visible
        assert "Traceback" not in terminal.visible
        terminal.press("\x03")
        assert terminal.wait_for_end() == 130
        assert terminal.settings == terminal.before
