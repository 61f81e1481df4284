"""Ways about in a telling: contents, scenes back and on, numbers, words found, places named on the command line."""

from __future__ import annotations

import re

import pytest

from retell.checks import fit
from retell.problems import UnknownNameError
from retell.script.resolver import Telling, scenes_of, write_script
from retell.script.steps import AccountsStep, SceneStep
from retell.story.library import load, shipped_root
from retell.terminal.input.keys import HELD, Ask, KeyMemory, Typed, ask_for
from retell.terminal.layout.lines import Line, Piece
from retell.terminal.layout.steps import draw
from retell.terminal.recording import record
from retell.terminal.show.options import PASSAGES, PHRASES, ReadOptions
from retell.terminal.show.pace import Pace
from retell.terminal.show.page import Page
from retell.terminal.show.pager import Spot
from retell.terminal.show.player import Player
from retell.terminal.show.timing import minutes, seconds
from tests.support.casts import played
from tests.support.shows import FakeKeyboard, Show, panel_of
from tests.terminal.test_player import FORTY, say

TOLD = fit(load(shipped_root()))
STORY = Telling(TOLD, write_script(TOLD))
STARTS = {step.place.number: i for i, step in enumerate(STORY.steps) if isinstance(step, SceneStep)}


def panel(asked: Ask, spot: Spot, width: int) -> list[Line]:
    return panel_of(STORY, asked, spot, width)


class Typing(FakeKeyboard):
    """Answers with keys of which some are digits, and types words when it is asked for them."""

    def __init__(self, show: Show, answers: list[Ask | str], typed: str = "") -> None:
        super().__init__(show.clock, [], [])
        self._keys = answers
        self.typed = typed

    def read(self, seconds: float | None) -> Ask | None:
        if seconds is not None:
            return super().read(seconds)
        key = self._keys.pop(0) if self._keys else Ask.STOP
        self.digit = key if isinstance(key, str) else ""
        return Ask.DIGIT if isinstance(key, str) else key


def scenes_visited(*answers: Ask | str, start: int = 1, typed: str = "", size: tuple[int, int] = (80, 60)) -> list[int]:
    """The numbers of the scenes of which a beat was shown last before each stop."""
    show = Show(None, size=size)
    keyboard = Typing(show, list(answers), typed)
    show = Show(None, size=size, keyboard=keyboard, panel=panel)
    keyboard._clock = show.clock
    player: Player = show.player(*STORY.steps)
    player.play(STARTS[start])
    places = [STORY.steps[at].place.number for at, _ in show.kept]
    return [number for i, number in enumerate(places) if i == 0 or number != places[i - 1]]


@pytest.mark.parametrize(
    ("start", "keys", "visited"),
    [
        (14, ["2", Ask.CONTENTS], [14, 2]),
        (1, ["1", "4", Ask.CONTENTS], [1, 14]),
        (5, [Ask.SCENE_ON], [5, 6]),
        (5, [Ask.SCENE_BACK], [5, 4]),
        (5, [Ask.GO_ON, Ask.SCENE_BACK], [5]),
        (15, [Ask.SCENE_ON], [15]),
        (3, [Ask.CONTENTS, Ask.DOWN, Ask.DOWN, Ask.GO_ON], [3, 5]),
        (3, [Ask.CONTENTS, Ask.LAST, Ask.GO_ON], [3, 15]),
        (3, [Ask.CONTENTS, "1", "2", Ask.GO_ON], [3, 12]),
        (3, [Ask.CONTENTS, Ask.STOP], [3]),
        (3, ["9", "9", Ask.CONTENTS], [3]),
    ],
)
def test_keys_lead_to_scenes(start: int, keys: list[Ask | str], visited: list[int]) -> None:
    assert scenes_visited(*keys, start=start) == visited


def test_words_are_found_in_what_was_told_and_no_further() -> None:
    told = tuple(range(STARTS[3]))
    found = panel_of(STORY, Ask.FIND, Spot(STARTS[3], told, "flour"), 80)
    targets = [line.target for line in found if line.target is not None]
    assert targets and all(target in told for target in targets)
    assert all("flour" in line.text for line in found if line.target is not None)
    assert not [line for line in panel_of(STORY, Ask.FIND, Spot(0, (), "flour"), 80) if line.target is not None]


def test_what_was_passed_over_from_the_title_page_was_not_told() -> None:
    seen: list[Spot] = []

    def look(asked: Ask, spot: Spot, width: int) -> list[Line]:
        seen.append(spot)
        return panel(asked, spot, width)

    show = Show(None)
    keyboard = Typing(show, ["1", "0", Ask.CONTENTS, Ask.GO_ON, Ask.HISTORY, Ask.CLOSE])
    show = Show(None, keyboard=keyboard, panel=look)
    keyboard._clock = show.clock
    player: Player = show.player(*STORY.steps)
    assert player.open([], [(0, "Space: begin")], {Ask.GO_ON}) is None
    player.play()
    assert seen and min(seen[-1].told) >= STARTS[10]


def test_choosing_what_was_found_leads_there() -> None:
    assert scenes_visited(Ask.FIND, Ask.GO_ON, start=14, typed="flour")[1] < 14


def test_the_contents_say_what_was_told_and_where_the_reader_is() -> None:
    lines = panel_of(STORY, Ask.CONTENTS, Spot(STARTS[3] + 1, tuple(range(STARTS[3] + 2))), 100)
    rows = {line.target: line.text for line in lines if line.target is not None}
    assert len(rows) == 15
    told = [text for text in rows.values() if text.endswith("told")]
    assert len(told) == 3
    assert "▶" in told[-1]
    assert all(" min" in text for text in rows.values())


def test_one_line_alone_looks_chosen_once_the_reader_has_gone_to_another() -> None:
    lines = panel_of(STORY, Ask.CONTENTS, Spot(STARTS[3] + 1, tuple(range(STARTS[3] + 2))), 100)
    page = Page(lines, 40)
    assert [line.text.split()[1] for line in page.shown if "▶" in line.text] == ["3"]
    page.move(Ask.DOWN)
    assert [line.text.split()[1] for line in page.shown if "▶" in line.text] == ["4"]
    assert [line.text.split()[1] for line in page.shown if "•" in line.text] == ["3"]


def test_a_panel_of_another_key_is_shown_from_within_a_panel() -> None:
    show = Show(None, answers=[Ask.SOURCES, Ask.MAP, Ask.CLOSE, Ask.STOP], panel=panel)
    assert not show.played(*STORY.steps)
    written = show.stream.getvalue()
    assert written.index("s: sources") < written.index("m: map")
    assert written.count("\x1b[?1049h") == written.count("\x1b[?1049l") == 1


@pytest.mark.parametrize("height", [10, 24])
def test_a_panel_scrolls_by_lines_and_windows(height: int) -> None:
    lines = [f"line {number}" for number in range(60)]

    def draw_lines(asked: Ask, spot: Spot, width: int) -> list[Line]:
        return [Line((Piece(text),)) for text in lines]

    keys = [Ask.NAMES, Ask.DOWN, Ask.DOWN, Ask.UP, Ask.GO_ON, Ask.LAST, Ask.FIRST, Ask.CLOSE, Ask.STOP]
    show = Show(None, answers=keys, panel=draw_lines, size=(60, height))
    assert not show.played(*STORY.steps)
    pages = show.stream.getvalue().split("\x1b[2J")[1:]
    tops = [int(re.findall(r"line (\d+)", page)[0]) for page in pages]
    rows = height - (3 if height >= 16 else 1)  # the footer, and where there is room blank lines above and below
    assert tops == [0, 1, 2, 1, 1 + rows, 60 - rows, 0]


@pytest.mark.parametrize(
    ("part", "ids"),
    [
        ("noon", ["noon-on-sunday"]),
        ("10", ["noon-on-sunday"]),
        ("the-h", ["the-heights"]),
        ("one", ["one-paper"]),
        ("sunday", ["noon-on-sunday"]),
        ("Flour", ["two-trucks-of-flour"]),
    ],
)
def test_a_scene_is_named_by_its_number_or_a_part_of_its_name(part: str, ids: list[str]) -> None:
    assert [scene.id for scene in scenes_of(TOLD, part)] == ids


def test_names_that_begin_alike_are_listed() -> None:
    with pytest.raises(UnknownNameError, match="may be any of these: the-heights, the-answers, the-nineteenth"):
        scenes_of(TOLD, "the-")


@pytest.mark.parametrize(
    ("part", "scene", "beat"),
    [("noon#5", "noon", 4), ("noon", "noon", 0), ("noon#0", "noon", 0), ("noon#x", "noon", 0)],
)
def test_a_beat_is_named_behind_its_scene(part: str, scene: str, beat: int) -> None:
    assert (ReadOptions(part).scene, ReadOptions(part).beat) == (scene, beat)


def test_accounts_side_by_side_are_told_one_after_the_other() -> None:
    """In the order of the events of a recording, each account's words stand together and in order."""
    step = next(step for step in write_script(TOLD, "noon-on-sunday") if isinstance(step, AccountsStep))
    assert any(piece.turn > 1 for line in draw(step, 100) for piece in line.pieces), "they stand side by side"
    show = Show(220, size=(100, 40), way=PHRASES)
    assert show.played(step)
    plain = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", " ", show.stream.getvalue())
    written = "".join(plain.replace("│", " ").split())
    at = 0
    for account in step.accounts:
        text = "".join("".join(stretch.text for stretch in account.stretches).split())
        at = written.index(text, at)


def test_a_phrase_comes_at_once_and_rests_for_its_words() -> None:
    show = Show(60, way=PHRASES)
    assert show.played(say("one two three, four five."))
    moments = [show.moment_of(word) for word in ("one", "two", "three,", "four", "five.")]
    assert moments[0] == moments[1] == moments[2] < moments[3] == moments[4]
    words = Show(60, way=PASSAGES)
    assert words.played(say("one two three, four five."))
    assert words.moment_of("one") == words.moment_of("five.") == 0
    assert show.clock.time == pytest.approx(5)
    assert words.clock.time == pytest.approx(5)


def test_nothing_scrolls_while_a_text_is_told() -> None:
    """Room is made first: between the first word and the wait no line end is written."""
    show = Show(220, size=(40, 30), way=PHRASES)
    assert show.played(say(FORTY.replace("5", "5,")), say("end"))
    told = [text for time, text in show.stream.notes if isinstance(text, str) and 0 < time < 5]
    assert told
    assert not [text for text in told if "\n" in text]


class Held(FakeKeyboard):
    """Space is held down, from a moment on and for ever."""

    def __init__(self, show: Show) -> None:
        super().__init__(show.clock, [], [])
        self.pressed = 0

    def read(self, seconds: float | None) -> Ask | None:
        if self.pressed > 300:
            return Ask.STOP
        self._clock.time += 0.03
        self.held = self.pressed > 0
        self.pressed += 1
        return Ask.GO_ON


@pytest.mark.parametrize("pace", [None, 220])
def test_a_key_that_is_held_skips_no_more_than_the_passage_at_hand(pace: int | None) -> None:
    show = Show(pace)
    keyboard = Held(show)
    show = Show(pace, keyboard=keyboard)
    keyboard._clock = show.clock
    keyboard.held = False
    assert not show.played(*(say(f"{FORTY} {number}.") for number in range(9)))
    assert show.kept[-1][0] <= 1


def test_a_key_is_held_where_it_comes_too_soon_after_itself() -> None:
    keys = KeyMemory()
    held = []
    for key, when in ((" ", 0), (" ", HELD / 2), (" ", HELD), ("b", HELD), ("b", 3 * HELD)):
        keys.note(key, when)
        held.append(keys.held)
    assert held == [False, True, True, False, False]


def test_a_line_is_typed_key_by_key() -> None:
    typed = Typed()
    for key in ("f", "l", "x", "KEY_BACKSPACE", "ж", "KEY_UP", "KEY_ENTER"):
        typed.add(key)
    assert (typed.text, typed.done) == ("flж", True)
    typed.add("KEY_ESCAPE")
    assert typed.text == ""
    assert ask_for("7") is Ask.DIGIT


@pytest.mark.parametrize("part", ["", "noon-on-sunday", "protests"])
def test_the_minutes_are_those_of_a_recording(part: str) -> None:
    pace = Pace(220)
    steps = write_script(TOLD, part)
    told = record(TOLD, ReadOptions(part, pace=220), 100, 40).seconds
    assert seconds(steps, pace) == pytest.approx(told, rel=0.05)
    assert minutes(steps, pace) == max(1, round(seconds(steps, pace) / 60))


def test_a_recording_tells_what_is_told(part: str = "noon-on-sunday") -> None:
    told = [line for line in played(record(TOLD, ReadOptions(part, pace=0), 100, 40).text).told if line]
    assert "Noon on Sunday" in " ".join(told)
