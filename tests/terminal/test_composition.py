"""The page that a telling stands on: its place in the window, its running head, its bars, its margin, its breaks."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from retell.checks import fit
from retell.script.resolver import write_script
from retell.script.steps import Point, QuoteStep, SayStep, SceneStep, Step
from retell.story.library import load, shipped_root
from retell.story.references import Reference
from retell.terminal.input.keys import Ask
from retell.terminal.layout.frame import title_frame
from retell.terminal.layout.lines import Line, Piece
from retell.terminal.layout.roles import ROLES
from retell.terminal.layout.steps import draw, lay
from retell.terminal.show.composition import compose
from retell.terminal.show.pager import Pager
from retell.terminal.show.route import named_before
from tests.support.drawings import NORTH, SOUTH, STEPS, TITLE, WHOLE, stretch
from tests.support.shows import FakeKeyboard, Show

HERE = Point("bridge", 2, 0)


def texts(step: Step, size: tuple[int, int]) -> list[str]:
    return [line.text for line in compose([step], 0, size)]


def free_before(lines: list[Line]) -> int:
    return min(len(line.text) - len(line.text.lstrip()) for line in lines if line.text.strip())


@pytest.mark.parametrize(("columns", "left"), [(40, 0), (60, 2), (80, 7), (100, 2), (140, 22), (200, 52)])
@pytest.mark.parametrize("kind", ["say", "quote", "accounts-of-3", "scene", "sources"])
def test_the_block_stands_in_the_middle_of_the_window(kind: str, columns: int, left: int) -> None:
    lines = compose([STEPS[kind]], 0, (columns, 50))
    assert free_before(lines) in range(left, left + 7)
    assert max(cell_len(line.text) for line in lines) <= columns - left


def test_a_scene_opens_under_its_phase_its_number_and_how_far_the_story_is() -> None:
    scene = SceneStep(Point("bridge", 4), "Noon", "1 May 2001", "Aberford", "article: B", 12, "The flood")
    blank, head, rule, second, *title = (text.strip() for text in texts(scene, (120, 40)))
    assert (blank, second) == ("", "")
    assert head.split("  ")[0] == "The flood" and head.split("  ")[-1] == "Scene 4 of 12"
    assert cell_len(head) == cell_len(rule) == 96
    assert rule == "━" * 24 + "─" * 72, "three of twelve scenes are told"
    assert title == ["Noon", "1 May 2001 · Aberford", "told by one article: B", ""]


def test_the_running_head_leaves_out_the_phase_whose_title_stands_above_it() -> None:
    scene = SceneStep(HERE, "Noon", "", "", "", 15, "The flood")
    for before, said in (("phase", False), ("frame-phase", True), ("say", True)):
        shown = [line.text for line in compose([STEPS[before], scene], 1, (80, 40))]
        assert any("The flood" in text for text in shown) == said


def test_a_low_window_has_no_line_to_spare() -> None:
    scene = STEPS["scene"]
    assert [text.strip() for text in texts(scene, (60, 12))][2:] == [
        "Noon on the bridge",
        "1 May 2001 · Aberford/Aberfurt",
        "",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_the_words_of_others_stand_behind_a_bar_and_the_narrators_do_not(columns: int) -> None:
    quote, accounts = (compose([STEPS[kind]], 0, (columns, 60)) for kind in ("quote", "accounts-of-2"))
    for lines, spoken in ((quote, ("far-fetched", "— Ann Hill")), (accounts, ("the North", "A ¶1–3, 7"))):
        for words in spoken:
            found = [line.text for line in lines if words in line.text]
            assert found and all(text.lstrip().startswith("│ ") for text in found[:1])
    for words in ("Asked about", "Who closed", "How we know", "To notice", "Not heard"):
        assert not any("│" in line.text for line in (*quote, *accounts) if words in line.text)


def test_a_speaker_is_bold_and_the_words_are_plain() -> None:
    for kind, speaker, words in (("quote", "Hill,", "“far-fetched"), ("accounts-of-2", "South", "noon,")):
        pieces = [piece for line in compose([STEPS[kind]], 0, (80, 60)) for piece in line.pieces]
        assert {ROLES[piece.style].attributes for piece in pieces if speaker in piece.text} == {("bold",)}
        assert {ROLES[piece.style] for piece in pieces if piece.text == words} == {ROLES[""]}


def test_a_note_hangs_under_its_mark() -> None:
    lines = [text for text in texts(STEPS["say"], (60, 40)) if text.strip()]
    begun = next(i for i, text in enumerate(lines) if "↳ How we know:" in text)
    column = lines[begun].index("How we know")
    assert len(lines) > begun + 1
    assert all(text[:column].isspace() and text[column] != " " for text in lines[begun + 1 :])


def test_a_citation_has_a_line_of_its_own_and_its_outlet_where_it_first_stands() -> None:
    long = Reference("B", (4, 7, 12, 19, 23, 31, 40, 52), "Southern Times")
    say = SayStep(HERE, (stretch("It rained.", NORTH, SOUTH), stretch("It rained more.", NORTH, WHOLE, long)), "")
    quote = QuoteStep(HERE, "It was", "“rain”", "Ann Hill", "ann", (NORTH, SOUTH), "")
    steps = [STEPS["scene"], say, quote, STEPS["scene"], quote]
    named = named_before(steps)
    drawn = {at: compose(steps, at, (100, 40), named[at]) for at in (1, 2, 4)}
    margin = {at: [line.text[71:] for line in lines if line.text[71:]] for at, lines in drawn.items()}
    assert margin == {
        1: [
            "A ¶1–3, 7 Northern Post",
            "B ¶4 Southern Times",
            "C Review of Rivers",
            "  and Bridges",
            "B ¶4, 7, 12, 19, 23,",
            "  31, 40, 52",
        ],
        2: ["A ¶1–3, 7", "B ¶4"],
        4: ["A ¶1–3, 7 Northern Post", "B ¶4 Southern Times"],
    }


class Watching(FakeKeyboard):
    """Notes the last line above the footer at each stop, and goes on."""

    def __init__(self, show: Show) -> None:
        super().__init__(show.clock, [], [])
        self.show = show
        self.last: set[str] = set()

    def read(self, seconds: float | None) -> Ask | None:
        if seconds is None:
            shown = [line.rstrip() for line in self.show.emulated().display if line.strip()]
            assert "Space: " in shown[-1]
            self.last.add(shown[-2])
        return super().read(seconds)


@pytest.mark.parametrize("size", [(100, 20), (80, 18), (40, 12), (36, 16)], ids=str)
def test_no_heading_and_no_speaker_stands_last_in_a_window(size: tuple[int, int]) -> None:
    steps = write_script(fit(load(shipped_root())), "checkpoint")
    show = Show(None, size=size)
    show = Show(None, size=size, keyboard=(watching := Watching(show)))
    watching.show, watching._clock = show, show.clock
    assert show.played(*steps)
    lines = [line for at in range(len(steps)) for line in compose(steps, at, size)]
    kept = {line.text for line in lines if line.kept} - {line.text for line in lines if not line.kept}
    assert any("│ Armenia’s foreign ministry" in text for text in kept)
    assert len(watching.last) > 20
    assert not watching.last & kept


def test_a_scene_opens_at_the_top_of_a_clean_window_and_what_was_told_stays() -> None:
    show = Show(None, size=(80, 24), answers=[Ask.GO_ON, Ask.STOP])
    other = SceneStep(Point("mill", 3), "The mill", "", "", "", 15)
    assert not show.played(STEPS["scene"], STEPS["say"], other, STEPS["aside"], STEPS["say"])
    lines = show.lines()
    assert "Scene 3 of 15" in lines[1] and not lines[0]
    assert "The mill" in lines[4]
    assert not any("Noon on the bridge" in line for line in lines)
    assert "Noon on the bridge" in show.told


def test_a_title_page_stands_in_the_middle_and_in_the_upper_half() -> None:
    for size, above in (((200, 50), 10), ((80, 24), 2), ((40, 12), 1)):
        lines = lay(TITLE, title_frame(*size))
        assert [bool(line.pieces) for line in lines[: above + 1]] == [False] * above + [True]
        title = lines[above].text
        assert abs(len(title) - len(title.lstrip()) - (size[0] - len(title.strip())) // 2) <= 1


def test_plain_text_has_no_bar_no_mark_and_no_middle() -> None:
    for step in STEPS.values():
        lines = draw(step, 120, columns=False)
        assert not any(mark in line.text for line in lines for mark in ("│ ", "↳"))
        assert not lines or free_before(lines) <= 4


@pytest.mark.parametrize(("width", "left"), [(40, 0), (68, 0), (80, 5), (100, 15), (138, 34)])
def test_a_panel_stands_in_the_middle(width: int, left: int) -> None:
    assert shown_in_a_panel(width, 30, 20)[:2] == ["", " " * left + "line 0"]


def test_a_panel_that_is_too_long_for_a_wide_window_stands_in_two_columns() -> None:
    lines = shown_in_a_panel(200, 10, 16)
    assert lines[0] == f"{' ' * 30}line 0{' ' * 65}line 9"
    assert lines[8] == f"{' ' * 30}line 8"


def shown_in_a_panel(width: int, rows: int, length: int) -> list[str]:
    """Give what a panel of so many lines shows."""
    show = Show(None, size=(width, rows), answers=[Ask.CLOSE])
    seen: list[list[str]] = []

    class Seeing(FakeKeyboard):
        def read(self, seconds: float | None) -> Ask | None:
            seen.append(show.lines())
            return super().read(seconds)

    pager = Pager(show.screen, Seeing(show.clock, [], [Ask.CLOSE]))
    pager.show(Ask.NAMES, lambda asked, columns, walk: [Line((Piece(f"line {i}"),)) for i in range(length)])
    return seen[0]
