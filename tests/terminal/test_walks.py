"""Random walks through a story, by seeds: any keys, any sizes, Ctrl-C at any moment; nothing breaks or is lost."""

from __future__ import annotations

import json
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retell.checks import fit
from retell.script.resolver import Telling, write_script
from retell.script.steps import SourcesStep
from retell.story.library import load
from retell.terminal.input.keys import BINDINGS, PANELS, Ask, KeyMemory, Typed, ask_for
from retell.terminal.layout.lines import Line
from retell.terminal.show.pager import Spot
from tests.support.folders import MINI
from tests.support.gestures import KEYS, PASTED, gesture, sent_by, stops
from tests.support.shows import Show, panel_of

if sys.platform != "win32":
    from tests.support.pseudo import Terminal

WALKS, LENGTH = 100, 200
SIZES = [(120, 40), (100, 30), (80, 24), (60, 20), (40, 12), (24, 8), (300, 80), (25, 3)]
WINDOW = [Ask.RESIZED, Ask.RESIZED, Ask.SUSPEND, Ask.CONTINUED]  # what comes from elsewhere than the keys
STORY = Telling(fit(load(MINI)), write_script(fit(load(MINI))))
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
BEATS = [i for i, step in enumerate(STORY.steps) if step.is_beat]


def first(few: int) -> list[object]:
    """All seeds; the ordinary run takes the first few."""
    return [*range(few), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(few, WALKS))]


def test_no_key_can_be_missing_from_a_walk() -> None:
    assert {ask_for(key) for key in KEYS} == set(Ask) - {*WINDOW, Ask.DIGIT}
    assert {key for binding in BINDINGS for key in binding.keys} <= set(KEYS)


class Walker(KeyMemory):
    """Presses any keys, at any moment, in a window of any size; interrupts after so many."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(seed)
        self.left = LENGTH
        self._keys: list[str] = []

    def walks(self, show: Show) -> None:
        """Take the show in which keys are pressed."""
        self.show, self.clock = show, show.clock

    def read(self, seconds: float | None) -> Ask | None:
        if not self._keys and seconds is not None and self.chance.random() < 0.7:
            self.clock.time += seconds
            return None
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        if self.chance.random() < 0.1:
            asked = self.chance.choice(WINDOW)
            if asked is Ask.RESIZED:
                self.show.resize(*self.chance.choice(SIZES))
            return asked
        self.clock.time += 0.03 if self._keys else self.chance.random() * (seconds or 1.0)
        self._keys = self._keys or gesture(self.chance)
        return self.note(self._keys.pop(0), self.clock.time)

    def read_line(self, show: Callable[[str], None]) -> str:
        typed = Typed()
        while not typed.done:
            show(typed.text)
            typed.add(self._keys.pop(0) if self._keys else self.chance.choice(KEYS))
        return typed.text

    def read_theme(self) -> str:
        return ""

    def suspend(self) -> None: ...


def panel(asked: Ask, spot: Spot, width: int) -> list[Line]:
    return panel_of(STORY, asked, spot, width)


@pytest.mark.parametrize("seed", first(8))
def test_a_walk(seed: int) -> None:
    chance = random.Random(seed)
    pace, auto, size = chance.choice([None, 100, 600]), chance.random() < 0.3, chance.choice(SIZES)
    walker = Walker(seed)
    show = Show(pace, auto=auto, size=size, panel=panel, keyboard=walker, kind=chance.choice(["", "linux"]))
    walker.walks(show)
    while walker.left > 0:
        try:
            show.played(*STORY.steps)
        except KeyboardInterrupt:
            break
    written = show.stream.getvalue()
    assert written.count("\x1b[?1049h") == written.count("\x1b[?1049l")
    emulator = show.emulated()
    assert not emulator.alternate
    assert emulator.cursor.x == 0
    assert not emulator.display[emulator.cursor.y].strip()
    assert 0 <= show.kept[-1][0] <= len(STORY.steps)


@pytest.mark.parametrize("seed", first(8))
def test_a_walk_keeps_the_place_where_it_is(seed: int) -> None:
    """Beat by beat, with panels: the kept place is that of a reader who counts along."""
    chance = random.Random(seed)
    here, places, answers = 0, [0], []
    for _ in range(LENGTH):
        asked = chance.choice([Ask.GO_ON, Ask.GO_ON, Ask.BACK, Ask.SUSPEND, *PANELS])
        if asked is Ask.GO_ON and here == len(BEATS) - 1:
            asked = Ask.BACK
        answers.append(asked)
        if asked in PANELS:
            answers.append(Ask.CLOSE)
        here = max(0, here - 1) if asked is Ask.BACK else here + (asked is Ask.GO_ON)
        places.append(here)
    show = Show(None, answers=[*answers, Ask.STOP], panel=panel)
    assert not show.played(*STORY.steps)
    assert [at for at, _ in show.kept[:-1]] == [BEATS[place] for place in places]
    assert show.kept[-1][0] == BEATS[here]


def test_a_hurried_reader_loses_no_word() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        pressed = sorted((chance.random() * 60, Ask.GO_ON) for _ in range(10))
        show = Show(200, pressed=pressed, size=(60, 400))
        calm = Show(None, size=(60, 400))
        assert show.played(*STORY.steps)
        assert calm.played(*STORY.steps)
        assert show.lines() == calm.lines()


def walk_for_real(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    pace = chance.choice(["instant", "600", "300"])
    arguments: list[str | Path] = ["--story", MINI, "read", "--pace", pace]
    arguments += ["--auto"] if chance.random() < 0.3 else []
    with Terminal(*arguments, size=chance.choice(SIZES[:6]), RETELL_STATE=str(tmp_path)) as terminal:
        terminal.leaf()
        for _ in range(LENGTH):
            if chance.random() < 0.1:
                terminal.resize(*chance.choice(SIZES))
            if chance.random() < 0.05:
                terminal.process.send_signal(signal.SIGCONT)
            keys = gesture(chance)
            if not stops(keys):  # a text that is pasted never does
                pasted = chance.choice([PASTED, f"\x1b[200~{PASTED}\x1b[201~"])
                terminal.press(sent_by(keys, chance) if chance.random() < 0.95 else pasted)
            terminal.read_for(chance.random() * 0.02)
            if terminal.process.poll() is not None:
                break
        terminal.press("\x03")
        code = terminal.wait_for_end()
        assert code in (0, 130, -signal.SIGINT)  # the last where it was ending already
        assert terminal.settings == terminal.before
        if code != -signal.SIGINT:  # after the terminal was given back, Ctrl-C drops what is on its way to the screen
            assert not terminal.emulator.alternate
            assert not terminal.screen.cursor.hidden
        assert "Traceback" not in terminal.text
        kept = [json.loads(file.read_text("utf-8")) for file in tmp_path.iterdir()]
        places = {(step.place.scene, step.place.beat) for step in STORY.steps if not isinstance(step, SourcesStep)}
        assert all((each["scene"], each["beat"]) in places | {("", 0)} for each in kept)
        assert all(file.suffix == ".json" for file in tmp_path.iterdir())


@POSIX
@pytest.mark.parametrize("seed", first(2))
def test_a_walk_on_a_real_terminal(seed: int, tmp_path: Path) -> None:
    walk_for_real(seed, tmp_path)
