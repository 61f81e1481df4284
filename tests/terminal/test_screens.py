"""The shipped story stepped through on a real pseudo-terminal of every size, with a panel at each stop; what a screen
looks like at a wait, for each kind of step.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import cycle

import pytest
from rich.cells import cell_len

from retell.checks import fit
from retell.script.resolver import write_script
from retell.script.steps import (
    MapStep,
    PhaseStep,
    Point,
    SayStep,
    SceneStep,
    SourcesStep,
    Step,
    Stretch,
    TimelineStep,
    VoicesStep,
)
from retell.story.library import load, shipped_root
from retell.story.prose import Span
from retell.terminal.input.keys import BINDINGS, PANELS, Ask
from retell.terminal.layout.steps import draw
from tests.support.drawings import STEPS
from tests.support.shows import NoKeys, Show, on_a_page

if sys.platform != "win32":
    from tests.support.pseudo import CONTROL, Terminal

SIZES = [(120, 40), (60, 20), (24, 8)]
MORE_SIZES = [pytest.param(size, marks=pytest.mark.slow) for size in ((100, 30), (80, 24), (40, 12))]
END = SayStep(Point("a", 2, 9), (Stretch((Span("The end."),), ()),), "")
KEYS = {binding.ask: min(binding.keys, key=len) for binding in BINDINGS}
WIDE = 400
FIGURES = (TimelineStep, MapStep, VoicesStep)
MARGIN = set("Daily Sabah Moscow Times Middle East Eye Eurasia Monitor".split())  # the outlets, as cited
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")


@pytest.mark.parametrize("kind", [kind for kind, step in STEPS.items() if step.is_beat])
def test_the_screen_at_a_wait(kind: str, golden: Callable[[str, str], None]) -> None:
    parts = []
    for size in ((120, 24), (80, 24), (40, 30)):
        show = Show(220, size=size)

        class Waiting(NoKeys):
            def read(self, seconds: float | None, show: Show = show) -> Ask | None:
                show.clock.time += seconds or 0.0
                if seconds is None:
                    parts.append("\n".join(line.rstrip() for line in show.emulated().display))
                return None if seconds else Ask.GO_ON

        show = Show(220, size=size, keyboard=Waiting())
        Waiting.read.__defaults__ = (show,)
        parts.append(f"{size[0]:─<{size[0]}}")
        assert show.played(STEPS["phase"], STEPS["scene"], STEPS[kind], END)
    golden(f"terminal/screens/{kind}.txt", "\n".join(parts) + "\n")


def words_of(steps: Sequence[Step]) -> set[str]:
    """Every word of the telling."""
    return {word for step in steps for line in draw(step, WIDE, columns=False) for word in line.text.split()}


@unix
@pytest.mark.parametrize("size", [*SIZES, *MORE_SIZES], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_whole_story_is_stepped_through(size: tuple[int, int]) -> None:
    library = fit(load(shipped_root()))
    steps = write_script(library)
    columns, _ = size
    panels = cycle(sorted(PANELS - {Ask.FIND}, key=str))
    beats = [i for i, step in enumerate(steps) if step.is_beat]
    with Terminal("read", "--pace", "instant", "--restart", size=size, RETELL_THEME="dark") as terminal:
        terminal.leaf()
        for number, at in enumerate(beats):
            terminal.go_on()
            scene = next(step for step in reversed(steps[:at]) if isinstance(step, SceneStep))
            phase = next(step for step in reversed(steps[:at]) if isinstance(step, PhaseStep))
            check_footer(terminal.row, columns, scene, phase)
            if number % 4 == 0:
                check_panel(terminal, KEYS[next(panels)])
        assert terminal.go_on_to_the_end() == 0
        check_lines(terminal, columns, steps)


def check_footer(footer: str, columns: int, scene: SceneStep, phase: PhaseStep) -> None:
    assert footer.startswith("Space: on · s: sources · ?: keys" if columns >= 60 else "Space: on")
    assert cell_len(footer) <= columns
    if columns >= 40:
        assert f"scene {scene.place.number} of 15" in footer
    if columns >= 120:
        assert f" · {phase.title} · " in footer
        assert " min left" in footer  # the pace as well, where the name of the phase leaves room


def check_panel(terminal: Terminal, key: str) -> None:
    before = terminal.emulator.state()
    key = key.lower()
    terminal.press(key)
    terminal.wait_for_footer(": ", alternate=True)
    assert all(cell_len(line) <= terminal.emulator.main.columns for line in terminal.screen.display)
    terminal.press("q")
    terminal.wait_for_footer("Space: on")
    assert terminal.emulator.state() == before


def check_lines(terminal: Terminal, columns: int, steps: tuple[Step, ...]) -> None:
    """No line was cut by the terminal, and no word broken, but for addresses, which end in the panels."""
    main = "".join(part.split("\x1b[?1049l")[-1] for part in terminal.text.split("\x1b[?1049h"))
    lines = [part for line in CONTROL.sub("", main).split("\r\n") for part in line.split("\r")]
    assert max(map(cell_len, lines)) <= columns
    told = terminal.lines
    begun = next(i for i, line in enumerate(told) if "Scene 1 of 15" in line)
    ended = next(i for i, line in enumerate(told) if line.strip() == "The articles")
    figures = [step for step in steps if isinstance(step, FIGURES)]
    drawn = {word for step in figures for line in on_a_page([step], columns) for word in line.text.split()}
    phases = {word for step in steps if isinstance(step, PhaseStep) for word in step.title.split()}
    known = phases | words_of([step for step in steps if not isinstance(step, SourcesStep)]) | drawn | MARGIN
    found = [word for line in told[begun:ended] for word in line.split()]
    assert [word for word in found if word not in known and word.isalpha()] == []


@unix
def test_no_panel_breaks_the_text_that_it_stands_over() -> None:
    with Terminal("read", "noon-on-sunday", "--pace", "600", size=(60, 20)) as terminal:
        terminal.wait_for("Azerbaijan’s")
        terminal.press("s")
        terminal.wait_for_footer("s: sources", alternate=True)
        terminal.press("s")
        terminal.press(" ")
        terminal.wait_for_footer("Space: on")
        lines = [line.strip() for line in terminal.lines]
        first = next(i for i, line in enumerate(lines) if line.startswith("At noon"))
        step = next(step for step in write_script(fit(load(shipped_root()))) if "At noon" in repr(step))
        assert lines[first:-1][:6] == [line.text.strip() for line in on_a_page([step], 60)][:6]
