"""The show in time: words at the pace, breaths, pauses, keys and the footer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rich.cells import cell_len

from retell.script.steps import PauseStep, Point, SayStep, SceneStep, Stretch
from retell.story.prose import Span
from retell.story.references import Reference
from retell.terminal.input.keys import Ask
from retell.terminal.layout.lines import count_paced
from retell.terminal.layout.steps import draw
from retell.terminal.show.pace import SCENE_BREATH
from retell.terminal.show.stage import Stopped
from tests.support.drawings import STEPS
from tests.support.emulator import Emulator
from tests.support.pseudo import CONTROL
from tests.support.shows import FakeClock, FakeKeyboard, NoKeys, Show, on_a_page

HERE = Point("bridge", 1)
FORTY = " ".join(f"word{number}" for number in range(40))


def say(text: str, note: str = "") -> SayStep:
    return SayStep(HERE, (Stretch((Span(text),), (Reference("A", (1,)),)),), note)


def scene(number: int, of: int = 3) -> SceneStep:
    return SceneStep(Point(f"scene-{number}", number), f"Title {number}", "", "", "", of)


def test_words_appear_one_after_the_other() -> None:
    show = Show(120)
    assert show.played(say("one two three four"))
    moments = [show.moment_of(word) for word in ("one", "two", "three", "four")]
    assert moments == pytest.approx([0, 0.5, 1.0, 1.5])


@pytest.mark.parametrize("pace", [100, 220, 600])
@pytest.mark.parametrize("kind", ["say", "quote", "aside", "accounts-of-2", "accounts-of-5"])
def test_a_beat_takes_its_words_at_the_pace(kind: str, pace: int) -> None:
    step = STEPS[kind]
    show = Show(pace)
    assert show.played(step)
    assert show.clock.time == pytest.approx(count_paced(draw(step, 80)) * 60 / pace, rel=0.02)


def test_the_words_of_a_narration_are_those_that_set_its_time() -> None:
    show = Show(120)
    assert show.played(say(f"{FORTY}, and — at last — an end.", note="a long note that takes no time at all"))
    assert show.clock.time == pytest.approx(45 * 60 / 120, rel=0.02)


def test_a_breath_at_a_comma_and_a_longer_one_at_a_full_stop() -> None:
    show = Show(220)
    assert show.played(say("one two, three. four five"))
    one, two, three, four, five = (show.moment_of(word) for word in ("one", "two,", "three.", "four", "five"))
    assert two - one < three - two < four - three
    assert five - four == pytest.approx(two - one)


def test_citations_and_notes_come_with_the_last_word_before_the_reader_goes_on() -> None:
    show = Show(220)
    assert show.played(say(FORTY, note="says so"), say("then"))
    last, cited, noted, footer = (
        show.moment_of(text) for text in ("word39", "A ¶1", "How we know: says so", "Space: on")
    )
    assert last <= cited <= noted <= footer
    assert show.moment_of("word38") < cited


def test_space_finishes_the_text_at_once() -> None:
    show = Show(60, pressed=[(5.5, Ask.GO_ON)])
    assert show.played(say(FORTY))
    assert show.clock.time == 5.5
    assert show.moment_of("word5") < show.moment_of("word39") == show.moment_of("A ¶1") == 5.5


def test_space_finishes_only_this_text() -> None:
    show = Show(60, pressed=[(1.5, Ask.GO_ON)])
    assert show.played(say("one two three four"), say("five six seven"))
    assert show.clock.time == pytest.approx(1.5 + 3)


def test_space_while_waiting_goes_on() -> None:
    show = Show(None, answers=[Ask.GO_ON])
    assert show.played(say("first"), say("second"))
    assert [line.strip() for line in show.lines() if line] == ["first", "A ¶1", "second", "A ¶1"]


@pytest.mark.parametrize("moment", [0.2, 1.7, 11.3, 30.9])
def test_stopping_in_the_text_leaves_the_cursor_on_a_fresh_line(moment: float) -> None:
    show = Show(60, pressed=[(moment, Ask.STOP)])
    assert not show.played(say(FORTY), say("never"))
    cursor = show.emulated().cursor
    assert cursor.x == 0
    assert cursor.y > 0
    assert show.lines()[cursor.y] == ""
    assert show.lines()[cursor.y - 1] != ""
    assert "never" not in show.stream.getvalue()


@pytest.mark.parametrize("signal", [KeyboardInterrupt, SystemExit])
def test_a_signal_in_the_text_leaves_the_cursor_on_a_fresh_line(signal: type[BaseException]) -> None:
    class Interrupted(NoKeys):
        def read(self, seconds: float | None) -> Ask | None:
            raise signal

    show = Show(60, keyboard=Interrupted())
    with pytest.raises(signal):
        show.played(say(FORTY))
    assert show.emulated().cursor.x == 0
    assert show.lines()[show.emulated().cursor.y - 1] == "       word0"


def test_stopping_while_the_footer_is_shown_takes_it_away() -> None:
    show = Show(None, answers=[Ask.STOP])
    assert not show.played(say("first"), say("never"))
    assert show.footers()
    assert [line.strip() for line in show.lines() if line] == ["first", "A ¶1"]
    assert show.emulated().cursor.x == 0


def test_stopping_in_a_pause() -> None:
    show = Show(220, pressed=[(4.0, Ask.STOP)])
    assert not show.played(PauseStep(HERE, 10), say("never"))
    assert show.clock.time == 4.0
    assert "never" not in show.stream.getvalue()


def test_a_pause_is_silence_for_its_seconds() -> None:
    show = Show(220)
    assert show.played(PauseStep(HERE, 2.5))
    assert show.clock.time == pytest.approx(2.5)
    assert show.stream.getvalue() == ""


def test_space_ends_a_pause() -> None:
    show = Show(220, pressed=[(1.0, Ask.GO_ON)])
    assert show.played(PauseStep(HERE, 10))
    assert show.clock.time == 1.0


def test_instant_draws_everything_at_once() -> None:
    show = Show(None, size=(80, 400))
    assert show.played(*STEPS.values())
    assert show.clock.time == 0
    drawn = [line.text for line in on_a_page(list(STEPS.values()), 80)]
    assert show.lines()[: len(drawn)] == drawn


def test_the_paced_telling_ends_on_the_same_screen_as_the_instant_one() -> None:
    paced, instant = Show(600, size=(80, 400)), Show(None, size=(80, 400))
    assert paced.played(*STEPS.values())
    assert instant.played(*STEPS.values())
    assert paced.lines() == instant.lines()


@pytest.mark.parametrize("kind", ["phase", "sources"])
def test_what_is_not_read_at_the_pace_takes_no_time_and_no_key(kind: str) -> None:
    show = Show(220)
    assert show.played(STEPS[kind], STEPS[kind])
    assert show.clock.time == 0
    assert show.footers() == []


def test_the_reader_breathes_after_the_heading_of_a_scene() -> None:
    show = Show(240)
    assert show.played(scene(1), say("one two"))
    assert show.moment_of("one") == pytest.approx(SCENE_BREATH * 60 / 240)


def test_space_ends_the_breath_and_hurries_nothing() -> None:
    show = Show(60, pressed=[(0.5, Ask.GO_ON)])
    assert show.played(scene(1), say("one two three"))
    assert show.moment_of("one") == 0.5
    assert show.moment_of("three") > 1.5


def test_a_figure_waits_for_the_reader() -> None:
    show = Show(220)
    assert show.played(STEPS["timeline"], say("end"))
    assert len(show.footers()) == 1


def test_the_footer_is_shown_while_the_reader_waits_and_gone_after() -> None:
    show = Show(None, answers=[Ask.GO_ON])
    assert show.played(scene(1), say("first"), say("second"))
    assert len(show.footers()) == 1
    assert not [line for line in show.lines() if "Space" in line]


def test_the_footer_tells_where_the_story_is() -> None:
    text = " ".join([FORTY] * 10)
    show = Show(100)
    assert show.played(STEPS["phase"], scene(1), say(text), scene(2), say(text), scene(3), say(text), say("end"))
    assert show.footers() == [
        f"Space: on · s: sources · ?: keys · q: stop · scene {number} of 3 · {left} min left"
        for number, left in ((1, 8), (2, 4), (3, 1))
    ]


def test_minutes_left_never_grow() -> None:
    show = Show(220)
    assert show.played(*(step for number in range(1, 30) for step in (scene(number, 29), say(FORTY))))
    minutes = [int(footer.split(" min left")[0].split()[-1]) for footer in show.footers()]
    assert minutes[0] > minutes[-1] == 1
    assert all(later <= sooner for sooner, later in pairwise(minutes))


@pytest.mark.parametrize(
    ("width", "footer"),
    [
        (24, "?: keys"),
        (40, "?: keys · scene 1 of 3"),
        (60, "s: sources · ?: keys · scene 1 of 3"),
        (80, "s: sources · ?: keys · q: stop · scene 1 of 3 · 1 min left · auto"),
        (120, "s: sources · ?: keys · q: stop · scene 1 of 3 · The flood · 1 min left · auto · 220 a minute"),
    ],
)
def test_the_footer_fits_one_line_and_drops_the_least_important_parts(width: int, footer: str) -> None:
    show = Show(220, size=(width, 200), auto=True)
    assert show.played(STEPS["phase"], scene(1), say(FORTY), say("end"))
    assert show.footers() == [f"Space: on · {footer}"]
    assert cell_len(show.footers()[0]) < width
    assert not [line for line in show.lines() if "Space" in line]


def test_the_cursor_waits_before_the_footer() -> None:
    show = Show(None)
    assert show.played(say("first"), say("second"))
    texts = [str(text) for _, text in show.stream.notes]
    footer = next(i for i, text in enumerate(texts) if "Space:" in text)
    emulator = Emulator(show.width, show.height)
    emulator.feed("".join(texts[: footer + 1]).replace("\n", "\r\n"))
    assert "Space:" in emulator.display[emulator.cursor.y]
    assert emulator.cursor.x == 0


def test_no_footer_after_the_last_words() -> None:
    show = Show(None)
    assert show.played(say("the end"))
    assert show.footers() == []


BEGIN = [(1, "Space: begin"), (2, "q: stop")]


def test_the_title_page_waits_for_the_reader() -> None:
    show = Show(None, answers=[Ask.NAMES, Ask.CLOSE, Ask.BACK, Ask.GO_ON])
    assert show.player(say("end")).open([], BEGIN, {Ask.GO_ON}) is Ask.GO_ON
    stopped = Show(None, answers=[Ask.STOP])
    with pytest.raises(Stopped):
        stopped.player(say("end")).open([], BEGIN, {Ask.GO_ON})
    assert stopped.footers() == ["Space: begin · q: stop"]
    assert not any(stopped.lines())


class Dragging(FakeKeyboard):
    """Gives the window one width after the other, each a moment after the one before, while the reader waits."""

    def __init__(self, clock: FakeClock, widths: list[int]) -> None:
        super().__init__(clock, [], [])
        self.show: Show | None = None
        self._widths = widths

    def read(self, seconds: float | None) -> Ask | None:
        if not self._widths:
            return super().read(seconds)
        assert self.show
        self.show.resize(self._widths.pop(0), 200)
        return Ask.RESIZED


@pytest.mark.parametrize(
    ("widths", "copies"), [([50], 2), ([75, 60, 40], 2), ([40, 120], 2), ([200, 80], 1), ([80], 1), ([120], 2)]
)
def test_a_beat_is_laid_out_again_for_a_window_of_another_width(widths: list[int], copies: int) -> None:
    """Once the window has come to rest, however often its size changed until then; the window shows it once."""
    clock = FakeClock()
    keyboard = Dragging(clock, list(widths))
    show = Show(None, keyboard=keyboard)
    keyboard.show = show
    assert show.played(say(FORTY), say("the end"))
    assert CONTROL.sub("", show.stream.getvalue()).count("word0 ") == copies
    lines = [line.strip() for line in show.emulated().told if "word" in line]
    assert lines == [line.text.strip() for line in draw(say(FORTY), widths[-1]) if "word" in line.text]
