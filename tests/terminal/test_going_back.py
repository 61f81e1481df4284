"""Going back beat by beat, and forward again; auto mode, the pace and panels at a wait."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from retell.script.steps import PauseStep, Point, SayStep, SceneStep, Step, Stretch
from retell.story.prose import Span
from retell.terminal.input.keys import PANELS, Ask
from retell.terminal.show.footer import fit
from retell.terminal.show.pace import LEAST_REST, Pace
from retell.terminal.show.route import Route
from retell.terminal.show.timing import seconds
from tests.support.drawings import STEPS
from tests.support.shows import NoKeys, Show

SPACE, BACK = Ask.GO_ON, Ask.BACK


def say(text: str, scene: int = 1, beat: int = 0) -> SayStep:
    return SayStep(Point(f"s{scene}", scene, beat), (Stretch((Span(text),), ()),), "")


def scene(number: int) -> SceneStep:
    return SceneStep(Point(f"s{number}", number), f"Title {number}", "", "", "", 2)


STORY: tuple[Step, ...] = (
    scene(1),
    say("one", 1, 0),
    PauseStep(Point("s1", 1, 1), 2.0),
    say("two", 1, 2),
    scene(2),
    say("three", 2, 0),
    say("four", 2, 1),
)


def told(show: Show) -> list[str]:
    return [line.strip() for line in show.told.split("\n") if line.strip("━─ ")]


def test_back_tells_the_beat_before_again_under_a_quiet_line() -> None:
    show = Show(None, answers=[SPACE, BACK, SPACE])
    assert show.played(*STORY)
    first = ["Scene 1 of 2", "Title 1", "one", "two"]
    assert told(show)[: len(first) + 3] == [*first, "← back to scene 1, Title 1", "one", "two"]


def test_back_crosses_the_bounds_of_scenes_and_goes_on_from_there() -> None:
    show = Show(None, answers=[SPACE, SPACE, BACK, BACK, SPACE, SPACE])
    assert show.played(*STORY)
    back = "← back to scene 1, Title 1"
    heading = ["Scene 2 of 2", "Title 2"]
    assert told(show)[4:] == [*heading, "three", back, "two", back, "one", "two", *heading, "three", "four"]


def test_at_the_beginning_there_is_nothing_before() -> None:
    show = Show(None, answers=[BACK, BACK])
    assert show.played(*STORY)
    assert "this is the beginning" in show.footers()[1]
    assert "this is the beginning" not in show.footers()[-1]
    assert told(show).count("one") == 1


def test_a_footer_says_nothing_twice() -> None:
    parts = [(0, "?: keys"), (1, "Space: on"), (2, "?: keys"), (3, "q: stop")]
    assert fit(parts, 60) == "?: keys · Space: on · q: stop"


def test_the_past_comes_at_once_and_what_is_new_in_time() -> None:
    show = Show(60, answers=[SPACE, BACK, SPACE])
    assert show.played(*STORY)
    moments = [time for time, text in show.stream.notes if "two" in text]
    assert len(moments) == 2
    assert moments[0] == moments[1] - 1, "told once in time, then twice at once"


def test_back_in_the_middle_of_a_text_leaves_the_rest_untold() -> None:
    show = Show(60, pressed=[(2.5, BACK)])
    steps = (say("one"), say(" ".join(f"word{i}" for i in range(9)), beat=1), say("end", beat=2))
    assert show.played(*steps)
    assert told(show)[:4] == ["one", "word0 word1", "← back to the beat before", "one"]


def test_back_in_a_pause() -> None:
    show = Show(60, pressed=[(1.5, BACK)])
    assert show.played(say("one"), PauseStep(Point("s1", 1, 1), 9), say("two", beat=2))
    assert told(show) == ["one", "← back to the beat before", "one", "two"]


def test_a_start_in_the_middle_shows_the_heading_and_can_go_back() -> None:
    show = Show(None, answers=[BACK])
    assert show.played(*STORY, start=6)
    assert told(show) == ["Scene 2 of 2", "Title 2", "four"]
    show = Show(None, answers=[BACK])
    assert show.played(*STORY, say("five", 2, 2), start=6)
    assert told(show)[2:] == ["four", "← back to scene 2, Title 2", "three", "four", "five"]


@pytest.mark.parametrize("asked", sorted(PANELS, key=str))
def test_a_panel_closes_to_the_same_screen(asked: Ask) -> None:
    for closing in (Ask.STOP, Ask.CLOSE, asked, Ask.GO_ON):
        show = Show(None, answers=[asked, closing, SPACE])
        assert show.played(*STORY)
        assert f"panel {asked.value} at 1, 2 told" in show.stream.getvalue()
        plain = Show(None)
        assert plain.played(*STORY)
        assert show.lines() == plain.lines()
        assert not show.emulated().alternate


def test_a_terminal_without_an_alternate_screen_shows_a_panel_in_the_stream() -> None:
    show = Show(None, answers=[Ask.NAMES, Ask.CLOSE], kind="linux")
    assert show.played(*STORY)
    assert "\x1b[?1049h" not in show.stream.getvalue()
    assert told(show)[2:6] == ["one", "panel names at 1, 2 told", "one", "two"]


def test_the_pace_goes_up_and_down_and_each_change_is_announced() -> None:
    show = Show(580, answers=[Ask.FASTER, Ask.FASTER, Ask.SLOWER, Ask.SLOWER])
    assert show.played(say("one"), say("two"))
    said = ["600 words a minute", "instant", "600 words a minute", "580 words a minute"]
    assert [footer.split(" · ")[0] for footer in show.footers()[1:]] == [f"pace: {pace}" for pace in said]


@pytest.mark.parametrize(
    ("pace", "faster", "slower"),
    [(100, 120, 100), (110, 130, 100), (220, 240, 200), (590, 600, 570), (600, None, 580), (None, None, 600)],
)
def test_the_steps_of_the_pace(pace: int | None, faster: int | None, slower: int | None) -> None:
    assert (Pace(pace).faster().words_a_minute, Pace(pace).slower().words_a_minute) == (faster, slower)


def test_a_new_pace_tells_the_rest_of_the_text() -> None:
    show = Show(100, pressed=[(0.6 * 4 + 0.1, Ask.SLOWER), (0.6 * 6 + 0.1, Ask.FASTER)])
    assert show.played(say(" ".join(["word"] * 20)))
    assert show.clock.time == pytest.approx(0.6 * 7 + 0.5 * 13)
    assert "pace: 100 words a minute" in show.stream.getvalue()
    assert told(show) == [" ".join(["word"] * 13), " ".join(["word"] * 7)]


def test_auto_goes_on_by_itself_after_the_time_to_read_what_came_at_once() -> None:
    show = Show(220, auto=True)
    step = STEPS["say"]
    assert show.played(step, say("end"))
    assert show.moment_of("end") == pytest.approx(seconds([step], Pace(220)), rel=0.02)


def test_auto_gives_a_short_beat_a_moment() -> None:
    show = Show(600, auto=True)
    assert show.played(say("one"), say("two"))
    assert show.moment_of("two") == pytest.approx(0.1 + LEAST_REST)


def test_auto_leaves_time_to_read_what_is_told_at_once() -> None:
    show = Show(None, auto=True)
    assert show.played(say(" ".join(["word"] * 44)), say("end"))
    assert show.moment_of("end") == pytest.approx(44 * 60 / 220)


def test_auto_only_sends_what_the_key_would() -> None:
    by_itself, by_key = Show(None, auto=True), Show(None)
    assert by_itself.played(*STORY)
    assert by_key.played(*STORY)
    assert by_itself.lines() == by_key.lines()


def test_auto_is_switched_on_and_off_and_says_so() -> None:
    show = Show(None, answers=[Ask.AUTO], pressed=[(3.0, Ask.AUTO)])
    assert show.played(say(" ".join(["word"] * 44)), say("end"))
    assert [footer.split(" · ")[0] for footer in show.footers()] == ["Space: on", "auto on", "auto off"]
    assert [footer.count("auto") for footer in show.footers()] == [0, 2, 1]
    assert show.clock.time == 3.0


def test_the_place_is_kept_at_every_beat_and_at_the_end() -> None:
    show = Show(None, answers=[SPACE, SPACE, BACK])
    assert show.played(*STORY)
    assert [at for at, _ in show.kept] == [1, 3, 5, 3, 5, 7]


def test_the_place_is_kept_when_the_reader_stops_and_when_something_breaks() -> None:
    show = Show(60, pressed=[(2.5, Ask.STOP)])
    assert not show.played(say("one"), say("one two three four five six", beat=1))
    assert show.kept[-1][0] == 1

    class Broken(NoKeys):
        def read(self, seconds: float | None) -> Ask | None:
            raise ZeroDivisionError

    show = Show(None, keyboard=Broken())
    with pytest.raises(ZeroDivisionError):
        show.played(*STORY)
    assert show.kept[-1][0] == 1
    assert show.emulated().cursor.x == 0
    assert "Space" not in "".join(show.lines())


@pytest.mark.parametrize("asks", [True, False])
def test_questions_are_offered_at_the_end_of_a_scene_that_asks_and_of_no_other(asks: bool) -> None:
    steps = [replace(step, asks=asks) if isinstance(step, SceneStep) else step for step in STORY]
    show = Show(None, answers=[SPACE] * 5, size=(200, 60))
    assert show.played(*steps)
    assert ["e: questions" in footer for footer in show.footers()] == [False, asks, False]
    assert Route(steps).asks_at_all is asks
