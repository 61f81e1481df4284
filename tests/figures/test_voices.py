"""Who speaks, how the figures are drawn, and the rules that ask for more than one side."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console
from rich.theme import Theme

from retell import cli
from retell.checks import check, fit
from retell.figures.turns import speaker, turns
from retell.figures.voices import balance, side_name
from retell.story.library import load, shipped_root
from retell.story.mentions import Names
from retell.story.told import Told
from retell.terminal.layout.roles import rich_styles
from retell.terminal.pages import voices
from tests.support.unchecked import unchecked

HILL, SOUTH = "cards/voices/ann-hill.yaml", "cards/voices/south.yaml"
DISPUTE, START, NIGHT = "cards/disputes/who-broke-it.yaml", "story/01-start.yaml", "story/02-night.yaml"
AS_ARMENIA, AS_PRESS = ("side: other", "side: armenia"), ("side: other", "side: press")
NOT_SILENT = (DISPUTE, "silent: The river.\n", "")
WIDTHS = (24, 40, 60, 80, 100)


def replace(root: Path, *changes: tuple[str, str, str]) -> None:
    for file, old, new in changes:
        text = (root / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (root / file).write_text(text.replace(old, new), "utf-8")


def places(root: Path) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.location.line, problem.location.column) for problem in check(load(root))]


# --- who says a quotation ---

TOWN_NAMES = Names(
    [
        ("Ann Hill", "hill"),
        ("Hill", "hill"),
        ("the South", "south"),
        ("Aberford", "town"),
        ("Aberford's paper", "paper"),
    ]
)


@pytest.mark.parametrize(
    ("before", "after", "voice"),
    [
        ("Ann Hill called it ", "", "hill"),
        ("Ann Hill had called it ", "", "hill"),
        ("The South said that Hill was ", "", "hill"),  # no alias with a capital: nobody else is named
        ("Hill said of the South that it was ", "", "hill"),
        ("Hill, of the South, said ", "", "hill"),
        ("The river rose, writes Aberford's paper, and it was ", "", "paper"),
        ("Hill had accused the South of ", "", "hill"),
        ("Hill told the South of ", "", "hill"),
        ("Hill gives figures. To the South, she says, goes ", "", "hill"),
        ("Hill spoke. Then the South answered with ", "", "south"),
        ("Hill and the South met. It was ", "", "south"),  # nobody is said to speak: the nearest
        ("It was ", ", said Hill", "hill"),
        ("It was ", ", and Hill left", ""),
        ("It was ", "", ""),
        ("Hill said ", ", said the South", "hill"),
    ],
)
def test_a_quotation_belongs_to_the_nearest_voice_that_is_said_to_speak(before: str, after: str, voice: str) -> None:
    assert speaker(TOWN_NAMES, before, after) == voice


def test_no_names_at_all() -> None:
    assert speaker(Names([]), "Hill said ") == ""


def test_every_way_to_speak_is_a_turn(mini_told: Told) -> None:
    assert [(turn.scene, turn.phase, turn.voice, [f.text for f in turn.fragments]) for turn in turns(mini_told)] == [
        (1, "opening", "ann-hill", ["a very bad day"]),
        (2, "flood", "ann-hill", ["it was the rain"]),
        (2, "flood", "ann-hill", []),
        (2, "flood", "south", ["with glee"]),
    ]


def test_a_name_within_a_quotation_speaks_for_nobody(mini: Path) -> None:
    old = 'called it "a very bad day" [@north, para. 1], and'
    new = 'said "the South said so" and "never" [@north, para. 1], and'
    replace(mini, (START, old, new))
    found = [(turn.voice, turn.fragments[0].text) for turn in turns(fit(load(mini))) if turn.scene == 1]
    assert found == [("ann-hill", "the South said so"), ("ann-hill", "never")]


def test_a_quotation_of_nobody_is_left_out(mini: Path) -> None:
    replace(mini, (START, "Ann Hill, called", "it is said, called"))
    assert [turn.scene for turn in turns(unchecked(load(mini)))] == [2, 2, 2]


# --- the figures ---


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


def test_the_two_capitals_use_the_same_two_words(shipped: Told) -> None:
    (echo,) = balance(shipped).echoes
    assert echo.phrase == "gross violation"
    assert {(saying.voice, saying.side) for saying in echo.sayings} == {
        ("azerbaijan", "azerbaijan"),
        ("armenia-foreign-ministry", "armenia"),
    }


def test_all_sums_agree(shipped: Told) -> None:
    found = balance(shipped)
    for shares in (found.sides, found.voices):
        assert sum(share.times for share in shares) == found.times
        assert all(sum(share.phases.values()) == share.times for share in shares)
    assert sum(phase.times for phase in found.phases) == found.times
    assert sum(found.opens.values()) == len(shipped.disputes) == len(shipped.told_disputes)
    heard = {share.name for share in found.voices}
    assert len(heard) + len(found.unheard) == len(shipped.voices)
    assert not heard & set(found.unheard)


ECHOES = [
    # Hill's phrase, the South's phrase, the sides of both, and what is shown
    ("with glee", "with glee", ("armenia", "russia"), ["with glee"]),
    ("The Glee", "a glee", ("armenia", "russia"), []),
    ("a bad day", "the bad day", ("armenia", "russia"), ["bad day"]),
    ("Bad  Day!", "bad day", ("armenia", "russia"), ["bad day"]),
    ("bad day", "so bad day", ("armenia", "russia"), []),
    ("bad day", "bad day", ("armenia", "armenia"), []),
    ("bad day", "bad day", ("armenia", "press"), []),
    ("bad day", "bad day", ("other", "other"), ["bad day"]),
]


@pytest.mark.parametrize(("one", "other", "sides", "phrases"), ECHOES)
def test_a_phrase_of_two_sides(mini: Path, one: str, other: str, sides: tuple[str, str], phrases: list[str]) -> None:
    replace(
        mini,
        (NIGHT, "it was the rain", one),
        (DISPUTE, '"with glee"', f'"{other}"'),
        (HILL, "side: other", f"side: {sides[0]}"),
        (SOUTH, "side: other", f"side: {sides[1]}"),
    )
    assert [echo.phrase for echo in balance(fit(load(mini))).echoes] == phrases


@pytest.mark.parametrize(
    ("side", "name"),
    [
        ("united-states", "United States"),
        ("friends-of-the-bell", "Friends of the Bell"),
        ("the-3-towns", "The 3 Towns"),
        ("press", "the press"),
        ("other", "others"),
    ],
)
def test_the_name_of_a_side(side: str, name: str) -> None:
    assert side_name(side) == name


# --- `retell voices` ---


def shown(library: Told, width: int, **manner: bool) -> str:
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    voices.show(library, console, **manner)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_page_of_the_shipped_story(shipped: Told, golden: Callable[[str, str], None], width: int) -> None:
    golden(f"voices-the-lachin-road-{width}.txt", shown(shipped, width))


def test_the_page_of_the_small_story(mini_told: Told, golden: Callable[[str, str], None]) -> None:
    golden("voices-mini.txt", shown(mini_told, 60))
    golden("voices-mini.json", voices.to_json(mini_told))


def test_the_figures_of_the_shipped_story(shipped: Told, golden: Callable[[str, str], None]) -> None:
    golden("voices-the-lachin-road.json", voices.to_json(shipped))


def test_the_page_of_the_shipped_story_in_words(shipped: Told, golden: Callable[[str, str], None]) -> None:
    golden("voices-the-lachin-road-plain.txt", shown(shipped, 80, plain=True))


def test_the_page_of_the_shipped_story_in_ascii(shipped: Told) -> None:
    drawn = shown(shipped, 80)
    assert "█" in drawn
    assert shown(shipped, 80, ascii=True) == drawn.replace("█", "#")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen_or_a_picture_only(shipped: Told, width: int) -> None:
    text = shown(shipped, width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    for side in balance(shipped).sides:
        assert any(side.name in line and str(side.times) in line for line in text.splitlines())


def test_a_longer_bar_is_a_larger_number(shipped: Told) -> None:
    bars = [line.count("█") for line in shown(shipped, 60).splitlines() if "█" in line]
    assert len(bars) == len(balance(shipped).sides)
    assert bars == sorted(bars, reverse=True)
    assert min(bars) >= 1


def test_a_story_in_which_nobody_speaks(mini: Path) -> None:
    hill = '  - quote: it was the rain\n    lead: Hill said\n    by: ann-hill\n    cite: "@north, para. 2"\n'
    replace(mini, (START, '"a very bad day"', "bad"), (NIGHT, hill, ""), (NIGHT, "  - accounts: who-broke-it\n", ""))
    library = fit(load(mini))
    assert shown(library, 60).startswith("Who speaks: 0 times, 0 voices\n")
    assert json.loads(voices.to_json(library))["voices"] == []


def keys_of(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def test_the_json_says_what_the_table_says(shipped: Told) -> None:
    run = CliRunner().invoke(cli.retell, ["voices", "--format", "json"], standalone_mode=False)
    told = json.loads(run.output)
    assert keys_of(told) == "version times phases sides voices unheard opens echoes words".split()
    assert told["version"] == 1
    assert keys_of(told["phases"][0]) == "id title times".split()
    for share in (*told["sides"], *told["voices"]):
        assert keys_of(share) == "id name side times phases articles".split()
    assert keys_of(told["echoes"][0]["sayings"][0]) == "voice name side scenes cited".split()
    assert keys_of(told["echoes"][0]["sayings"][0]["cited"][0]) == "code paragraphs outlet".split()


def test_a_pipe_gets_plain_text_of_80_columns_whatever_the_reader_forces(
    shipped: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    run = CliRunner().invoke(cli.retell, ["voices"], standalone_mode=False)
    assert run.output == shown(shipped, 80, plain=True)
    assert "\x1b" not in run.output


def test_a_terminal_gets_bold_headings(mini_told: Told) -> None:
    console = Console(
        file=StringIO(),
        width=60,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        theme=Theme(rich_styles("")),
    )
    voices.show(mini_told, console)
    assert isinstance(console.file, StringIO)
    assert "\x1b[1mBy side" in console.file.getvalue()


@pytest.mark.parametrize("wrong", ["yaml", "github", ""])
def test_a_wrong_format(wrong: str) -> None:
    run = CliRunner().invoke(cli.retell, ["voices", "--format", wrong])
    assert run.exit_code == 2
    assert "'text', 'json'" in run.output


def test_reading_does_not_wait_for_this() -> None:
    code = (
        "import sys\nfrom retell import cli\ntry:\n"
        f"    cli.retell(['--story', {str(shipped_root())!r}, 'read', 'before'])\nexcept SystemExit:\n    pass\n"
        "print(sorted(name for name in sys.modules if name.startswith('retell.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60, check=True)
    loaded = done.stdout.splitlines()[-1]
    assert "retell.script.resolver" in loaded
    for name in ("balance", "turns", "voices", "summary", "checks.balance", "disputes", "terminal.figures", "labels"):
        assert f"'retell.{name}'" not in loaded


# --- the rules ---


class Case(NamedTuple):
    """What is changed in the small story, and the problems that this makes: rule, line and column."""

    changes: list[tuple[str, str, str]]
    expected: list[tuple[str, int, int]]


ONE_SIDE = [(HILL, *AS_ARMENIA), (SOUTH, *AS_ARMENIA)]
ONE_SIDED = [
    Case([*ONE_SIDE, NOT_SILENT], [("one-sided-dispute", 2, 1)]),
    Case([(HILL, *AS_PRESS), (SOUTH, *AS_PRESS), NOT_SILENT], [("one-sided-dispute", 2, 1)]),
    Case(ONE_SIDE, []),
    Case([NOT_SILENT], []),  # two voices of side `other` are two sides
    Case([(HILL, *AS_ARMENIA), NOT_SILENT], []),
    Case([(HILL, *AS_ARMENIA), (SOUTH, *AS_PRESS), NOT_SILENT], [("one-sided-dispute", 2, 1)]),
    # another fault may be the cause
    Case([*ONE_SIDE, NOT_SILENT, (DISPUTE, "voice: south", "voice: ann-hill")], [("one-position", 2, 1)]),
    Case([*ONE_SIDE, NOT_SILENT, (DISPUTE, "voice: south", "voice: suoth")], [("unknown-card", 5, 12)]),
    Case([*ONE_SIDE, (DISPUTE, "silent:", "slient:")], [("unknown-field", 7, 1)]),
    Case([(HILL, *AS_ARMENIA), NOT_SILENT, (SOUTH, "side: other", "side: Armenia")], [("wrong-type", 3, 7)]),
    # misspelt, it is a side of its own
    Case([(HILL, *AS_ARMENIA), NOT_SILENT, (SOUTH, "side: other", "side: armenai")], [("misspelt-side", 3, 7)]),
]


@pytest.mark.parametrize("case", ONE_SIDED)
def test_one_sided_dispute(mini: Path, case: Case) -> None:
    replace(mini, *case.changes)
    assert places(mini) == case.expected


@pytest.mark.parametrize(
    ("sides", "shown"),
    [
        ("farmers farmers", ""),
        ("farmers framers", "south: the side 'framers' is a single letter from the side 'farmers'"),
        ("farmers farmer", "south: the side 'farmer' is a single letter from the side 'farmers'"),
        ("farmers farrmers", "south: the side 'farrmers' is a single letter from the side 'farmers'"),
        ("farmers farners", "south: the side 'farners' is a single letter from the side 'farmers'"),
        ("farmer farmers farmers", "ann-hill: the side 'farmer' is a single letter from the side 'farmers'"),
        ("farmer farners", ""),
        ("east-town west-town", ""),
        ("iran iraq", ""),
        ("othr farmers", "ann-hill: the side 'othr' is a single letter from the side 'other'"),
        ("press pess", "south: the side 'pess' is a single letter from the side 'press'"),
        ("town-council town-cuoncil", "south: the side 'town-cuoncil' is a single letter from the side 'town-council'"),
    ],
)
def test_misspelt_side(mini: Path, sides: str, shown: str) -> None:
    first, second, *third = sides.split()
    replace(mini, (HILL, "side: other", f"side: {first}"), (SOUTH, "side: other", f"side: {second}"))
    for side in third:
        (mini / "cards/voices/west.yaml").write_text(f"name: the West\nrole: town\nside: {side}\n", "utf-8")
    found = [problem for problem in check(load(mini)) if problem.rule == "misspelt-side"]
    assert [f"{Path(problem.location.file).stem}: {problem.message}" for problem in found] == ([shown] if shown else [])
    assert all((problem.level, problem.help[:12]) == ("warning", "did you mean") for problem in found)


@pytest.mark.parametrize("side", ["Town", "two words", "-town", "town-", "a--b", "rivière", "3-towns", "x" * 41])
def test_a_side_is_small_letters_and_hyphens(mini: Path, side: str) -> None:
    replace(mini, (HILL, "side: other", f"side: {side}"))
    (problem,) = check(load(mini))
    assert problem.rule == "wrong-type"
    assert problem.message.startswith(
        "this should be a side: small letters, words joined by hyphens, as in united-states"
    )


def tell_disputes(root: Path, first: list[str]) -> None:
    """Tell as many disputes as there are voices named, each with that voice first."""
    beats = ""
    for i, voice in enumerate(first):
        other = {"ann-hill": "south", "south": "ann-hill"}[voice]
        positions = "".join(
            f"  - voice: {name}\n    says: The rain did [@north, para. 2].\n" for name in (voice, other)
        )
        (root / f"cards/disputes/dispute-{i}.yaml").write_text(f"question: Who?\npositions:\n{positions}", "utf-8")
        beats += f"  - accounts: dispute-{i}\n"
    (root / DISPUTE).unlink()
    replace(root, (NIGHT, "  - accounts: who-broke-it\n", beats))


@pytest.mark.parametrize(
    ("first", "told_of"),
    [
        ("h", ""),
        ("h h", ""),
        ("h h h", "in 3 of 3 disputes Armenia speaks first"),
        ("h h s", ""),
        ("h h h s", "in 3 of 4 disputes Armenia speaks first"),
        ("s s s h s", "in 4 of 5 disputes Georgia speaks first"),
        ("h h h h s s", ""),
    ],
)
def test_same_side_first(mini: Path, first: str, told_of: str) -> None:
    tell_disputes(mini, [{"h": "ann-hill", "s": "south"}[letter] for letter in first.split()])
    replace(mini, (HILL, *AS_ARMENIA), (SOUTH, "side: other", "side: georgia"))
    problems = check(load(mini))
    assert [problem.message for problem in problems] == ([told_of] if told_of else [])
    for problem in problems:
        assert (problem.rule, problem.level) == ("same-side-first", "warning")
        assert (problem.location.line, problem.location.column) == (13, 1)
        assert problem.location.excerpt == "scenes: [start, night]"
        assert problem.help.startswith("let another side's position stand first in one of: dispute-")


def test_a_voice_of_no_side_that_is_always_first_is_named(mini: Path) -> None:
    tell_disputes(mini, ["ann-hill"] * 3)
    (problem,) = check(load(mini))
    assert problem.message == "in 3 of 3 disputes Ann Hill speaks first"


def test_a_dispute_counts_where_it_is_told_and_once(mini: Path) -> None:
    tell_disputes(mini, ["ann-hill"] * 2)
    replace(mini, (HILL, *AS_ARMENIA), (NIGHT, "  - figure", "  - accounts: dispute-0\n  - figure"))
    assert places(mini) == []
    assert list(fit(load(mini)).told_disputes) == ["dispute-0", "dispute-1"]


def test_who_is_first_is_not_asked_while_a_card_cannot_be_read(mini: Path) -> None:
    tell_disputes(mini, ["ann-hill"] * 3)
    replace(mini, (HILL, "side: other", "side: Armenia"))
    assert [rule for rule, *_ in places(mini)] == ["wrong-type"]
