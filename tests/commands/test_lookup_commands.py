"""`retell timeline`, `map`, `voices` and `compare`: at a terminal, in a pipe, in a terminal of few characters."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support.commands import Outcome, run, run_apart
from tests.support.folders import MINI
from tests.support.pseudo import Terminal

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
FIGURES = ("timeline", "map", "voices")
PAGES = (*FIGURES, "compare")


@pytest.fixture
def retell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


@pytest.mark.parametrize("page", [*PAGES, "compare what-was-it"])
def test_a_pipe_gets_words_without_control_characters_in_80_columns(page: str) -> None:
    code, out, err = run_apart(*page.split(), FORCE_COLOR="1", COLUMNS="200")
    assert (code, err) == (0, "")
    assert not any(ord(char) < 32 for char in out.replace("\n", ""))
    assert not set(out) & set("█░●•├▶↗")
    assert max(map(cell_len, out.splitlines())) <= 80


@pytest.mark.parametrize("page", FIGURES)
def test_plain_is_what_a_pipe_gets(retell: Callable[..., Outcome], page: str) -> None:
    assert retell(page) == retell(page, "--plain")


@pytest.mark.parametrize("width", [24, 40, 120])
@pytest.mark.parametrize("page", [*PAGES, "compare what-was-it"])
def test_a_chosen_width(retell: Callable[..., Outcome], page: str, width: int) -> None:
    code, out, _ = retell(*page.split(), "--width", width)
    assert code == 0
    assert max(map(cell_len, out.splitlines())) <= width


def screen(page: str, size: tuple[int, int], **changed: str) -> list[str]:
    """What a terminal shows of a page."""
    with Terminal(*page.split(), size=size, **changed) as terminal:
        assert terminal.wait_for_end() == 0
        return terminal.lines


@unix
@pytest.mark.parametrize(("page", "mark"), [("timeline", "█"), ("map", "●"), ("voices", "█")])
def test_a_terminal_gets_a_drawing(page: str, mark: str) -> None:
    assert any(mark in line for line in screen(page, (60, 40)))
    assert not any(mark in line for line in screen(f"{page} --plain", (60, 40)))


@unix
@pytest.mark.parametrize("page", FIGURES)
def test_a_terminal_of_few_characters_gets_the_drawing_in_them(page: str) -> None:
    lines = screen(page, (60, 40), PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert any("###" in line or "O " in line for line in lines)
    title = next(line for line in lines if line)
    assert "?" not in "".join(lines[lines.index(title) : lines.index(title) + 8])


@unix
def test_a_terminal_gets_the_accounts_side_by_side() -> None:
    lines = screen("compare a-gross-violation", (100, 30))
    assert any("Armenia’s foreign ministry" in line and "Azerbaijan’s government" in line for line in lines)
    narrow = screen("compare a-gross-violation", (40, 60))
    assert not any("Armenia’s foreign ministry" in line and "Azerbaijan’s government" in line for line in narrow)


def test_the_disputes_are_listed_in_the_order_of_telling(retell: Callable[..., Outcome]) -> None:
    assert retell("--story", MINI, "compare") == (
        0,
        "Who broke it?\n   who-broke-it: 2 voices\n\nretell compare NAME shows one in full.\n",
        "",
    )


def test_a_story_that_tells_no_dispute(retell: Callable[..., Outcome], mini: Path) -> None:
    night = mini / "story" / "02-night.yaml"
    night.write_text(night.read_text("utf-8").replace("  - accounts: who-broke-it\n", ""), "utf-8")
    assert retell("--story", mini, "compare") == (0, "No dispute is told.\n", "")


@pytest.mark.parametrize(
    ("name", "help_text"), [("who-broke-is", "did you mean 'who-broke-it'?"), ("x", "known here: who-broke-it")]
)
def test_an_unknown_dispute_is_answered_with_the_nearest_name(
    retell: Callable[..., Outcome], name: str, help_text: str
) -> None:
    assert retell("--story", MINI, "compare", name) == (2, "", f"retell: no dispute named '{name}'; {help_text}\n")


def test_a_story_without_dates_says_so(retell: Callable[..., Outcome], mini: Path) -> None:
    for file, old in (("story.yaml", "    span: 2001\n"), ("02-night.yaml", "when: 2001-05\n")):
        path = mini / "story" / file
        path.write_text(path.read_text("utf-8").replace(old, ""), "utf-8")
    assert retell("--story", mini, "timeline") == (0, "When it happened\nNo scene has a date.\n", "")


def test_a_story_without_places_says_so(retell: Callable[..., Outcome], mini: Path) -> None:
    (mini / "cards" / "places" / "aberford.yaml").unlink()
    night = mini / "story" / "02-night.yaml"
    night.write_text(night.read_text("utf-8").replace("where: aberford\n", ""), "utf-8")
    assert retell("--story", mini, "map") == (0, "Where it happened\nNo place has a card.\n", "")
