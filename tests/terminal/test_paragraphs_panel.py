"""With copies, the panel of sources has the cited paragraphs themselves, and leads to those beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from retell.checks import fit
from retell.copies.saved import hold
from retell.script.resolver import Telling, write_script
from retell.script.steps import AsideStep, QuoteStep, SayStep
from retell.story.library import load, shipped_root
from retell.terminal.input.keys import Ask
from retell.terminal.layout.frame import Frame
from retell.terminal.layout.lines import Line
from retell.terminal.show.pager import Spot
from retell.terminal.show.panels import View, draw_panel
from tests.support.invented import NORTH, SOUTH, save_copies, tell
from tests.support.pseudo import Terminal

CLAIM = (
    'At 12:30 the bridge fell, and nobody, says Ann Hill, was "hurt" [@north, para. 1]. '
    'Ann Hill: "The old ferry is enough" [@south, para. 2].'
)


@pytest.fixture
def story(mini: Path) -> Path:
    save_copies(mini)
    tell(mini, CLAIM)
    return mini


def panel(root: Path, walk: int = 0, width: int = 80, at: int | None = None) -> list[Line]:
    library = fit(load(root))
    telling = Telling(library, write_script(library))
    at = next(i for i, step in enumerate(telling.steps) if isinstance(step, SayStep)) if at is None else at
    copies = hold(library.sources, root / "copies").copies
    return draw_panel(
        Ask.SOURCES, View(telling, Spot(at, tuple(range(at + 1)), walk=walk), Frame(width, columns=False), {}, copies)
    )


def text_of(lines: list[Line]) -> str:
    return " ".join(" ".join(line.text.split()) for line in lines)


def marks_in(lines: list[Line]) -> list[str]:
    return ["".join(piece.text for piece in line.pieces if piece.style == "marked") for line in lines]


@pytest.mark.parametrize("width", [100, 60, 40, 24])
def test_the_paragraphs_stand_there_with_what_is_quoted_or_counted_marked(story: Path, width: int) -> None:
    lines = panel(story, width=width)
    assert NORTH[0] in text_of(lines)
    assert SOUTH[1] in text_of(lines)
    assert max(len(line.text) for line in lines) <= width
    marked = " ".join("".join(marks_in(lines)).split())
    assert "12:30" in marked
    assert "hurt" in marked
    assert "old" in marked
    assert "rain" not in marked


def test_the_arrows_lead_to_the_paragraphs_beside_them(story: Path) -> None:
    after = text_of(panel(story, walk=1))
    assert after.startswith("A ¶2 · ")
    assert "not cited here" in after
    assert NORTH[1] in after
    assert "B ¶2 · " in text_of(panel(story, walk=6))
    assert "cited here" in text_of(panel(story, walk=6))
    assert "not cited here" not in text_of(panel(story, walk=6))
    assert text_of(panel(story, walk=7)) == text_of(panel(story, walk=99))
    assert text_of(panel(story, walk=-1)) == text_of(panel(story, walk=-99))


def test_a_paragraph_that_the_copies_lack_is_named(story: Path) -> None:
    (story / "copies" / "south.txt").unlink()
    lines = text_of(panel(story))
    assert NORTH[0] in lines
    assert "Your copies lack this paragraph" in lines


def test_at_an_aside_the_passage_before_is_shown(story: Path) -> None:
    scene = story / "story" / "01-start.yaml"
    scene.write_text(
        scene.read_text("utf-8").replace("questions:", "  - aside: So much for that.\nquestions:"), "utf-8"
    )
    library = fit(load(story))
    at = next(i for i, step in enumerate(write_script(library)) if isinstance(step, AsideStep))
    assert text_of(panel(story, at=at)).startswith("What the passage before rests on")
    assert NORTH[0] in text_of(panel(story, at=at))


def test_a_reader_looks_at_a_paragraph_and_walks_on(story: Path) -> None:
    with Terminal("--story", story, "read", "start", "--copies", story / "copies", "--pace", "instant") as terminal:
        terminal.wait_for("B ¶2")
        terminal.wait_for("Space: ")
        terminal.press("s")
        terminal.wait_for("four days of rain")
        terminal.press("\x1b[C")
        terminal.wait_for("not cited here")
        terminal.wait_for("a very bad day")
        terminal.press("p")
        terminal.wait_for("What this beat rests on")
        terminal.press("q")
        terminal.press("q")


@pytest.mark.copies
def test_each_cited_paragraph_of_the_shipped_story_can_be_read(copies: Path) -> None:
    library = fit(load(shipped_root()))
    telling = Telling(library, write_script(library))
    held = hold(library.sources, copies).copies
    for at, step in enumerate(telling.steps):
        if isinstance(step, SayStep | QuoteStep):
            lines = draw_panel(
                Ask.SOURCES, View(telling, Spot(at, tuple(range(at + 1))), Frame(60, columns=False), {}, held)
            )
            assert "Your copies lack" not in text_of(lines)
