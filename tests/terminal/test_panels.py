"""What the panels hold, on the small story and on the shipped one, and that they fit."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from retell.checks import fit
from retell.figures.map import place_map
from retell.script.resolver import Telling, write_script
from retell.script.steps import AccountsStep, QuoteStep, SayStep, SceneStep
from retell.story.columns import chop_columns
from retell.story.library import load, shipped_root
from retell.terminal.input.keys import BINDINGS, PANELS, Ask
from retell.terminal.layout.lines import Line
from retell.terminal.layout.steps import draw
from retell.terminal.show.evidence import NO_COPIES
from retell.terminal.show.pager import Spot
from tests.support.folders import MINI
from tests.support.shows import panel_of


def telling(root: object = MINI) -> Telling:
    library = fit(load(MINI if root is MINI else shipped_root()))
    return Telling(library, write_script(library))


SMALL, SHIPPED = telling(), telling(shipped_root)
NOWHERE = Spot(0, ())
WIDE = 400


def first(story: Telling, kind: type) -> int:
    return next(i for i, step in enumerate(story.steps) if isinstance(step, kind))


def lines(asked: Ask, story: Telling, at: int, width: int = 80) -> list[Line]:
    return panel_of(story, asked, Spot(at, tuple(range(at + 1))), width)


def texts(asked: Ask, story: Telling, at: int, width: int = 80) -> list[str]:
    return [line.text.strip(" │↳") for line in lines(asked, story, at, width)]


def test_the_sources_of_a_beat() -> None:
    assert texts(Ask.SOURCES, SMALL, first(SMALL, SayStep), 120) == [
        "What this beat rests on",
        "",
        "A  headline not in our copy",
        "outlet not in our copy · date not in our copy · news report",
        "cited here: paragraph 1",
        "",
        "B  headline not in our copy",
        "outlet not in our copy · date not in our copy · news report",
        "cited here: paragraphs 1–2",
        "",
        "How we know: says “Sunday”",
        "",
        NO_COPIES,
    ]


def test_an_address_is_a_link_on_each_of_its_lines() -> None:
    at = next(
        i
        for i, step in enumerate(SHIPPED.steps)
        if isinstance(step, QuoteStep) and [reference.code for reference in step.references] == ["C"]
    )
    for width in (120, 60, 40, 24):
        pieces = [piece for line in lines(Ask.SOURCES, SHIPPED, at, width) for piece in line.pieces if piece.link]
        (address,) = {piece.link for piece in pieces}
        assert address.startswith("https://www.themoscowtimes.com/")
        assert "".join(piece.text for piece in pieces) == address


@pytest.mark.parametrize("width", range(24, 100, 4))
def test_an_address_is_broken_where_its_words_end(width: int) -> None:
    address = "https://www.example.org/2023/04/24/a-gate-on-the-road?page=2&from=home_page"
    parts = chop_columns(address, width)
    assert "".join(parts) == address
    assert all(cell_len(part) <= width for part in parts)
    assert all(end[-1] == "/" or begin[0] in "?&-_=." for end, begin in pairwise(parts))


def test_the_sources_of_accounts_are_those_of_all_of_them() -> None:
    told = texts(Ask.SOURCES, SMALL, first(SMALL, AccountsStep))
    assert [line[0] for line in told if line[1:3] == "  "] == ["A", "B"]


def test_a_name_that_spans_a_title_and_a_place_is_not_met(mini: Path) -> None:
    card = "name: Night Aberford\nrole: a ghost\nside: other\n"
    (mini / "cards" / "voices" / "night.yaml").write_text(card, "utf-8")
    library = fit(load(mini))
    story = Telling(library, write_script(library))
    met = texts(Ask.NAMES, story, len(story.steps) - 1)
    assert "Ann Hill" in met
    assert "Night Aberford" not in met


def test_what_was_worked_out_and_what_to_beware_of() -> None:
    told = " ".join(texts(Ask.SOURCES, SHIPPED, first(SHIPPED, SayStep)))
    assert "worked out:" in told
    assert "caution:" in told


def test_the_dispute_is_the_last_that_was_told() -> None:
    at = first(SMALL, AccountsStep)
    assert texts(Ask.DISPUTE, SMALL, at - 1) == ["No dispute has been told yet."]
    for later in (at, at + 1):
        told = texts(Ask.DISPUTE, SMALL, later)
        assert told[0] == "Who broke it?"
        assert {"Ann Hill", "The South", "A ¶2", "B ¶1", "Not heard: The river."} <= set(told)


def test_the_dispute_of_an_earlier_beat_after_going_back() -> None:
    disputes = [i for i, step in enumerate(SHIPPED.steps) if isinstance(step, AccountsStep)]
    told = panel_of(SHIPPED, Ask.DISPUTE, Spot(disputes[0] + 1, tuple(range(disputes[3]))), 80)
    step = SHIPPED.steps[disputes[0]]
    assert isinstance(step, AccountsStep)
    assert told[0].text.strip() == step.question


def test_the_names_are_those_met_so_far_with_both_spellings() -> None:
    assert texts(Ask.NAMES, SMALL, 0) == ["No names have been told yet."]
    assert texts(Ask.NAMES, SMALL, first(SMALL, SayStep)) == [
        "Places",
        "Aberford/Aberfurt",
        "Aberford / Aberfurt: a town",
        "",
        "Voices",
        "Ann Hill",
        "mayor",
    ]


def test_the_words_that_were_met_are_explained() -> None:
    met = texts(Ask.NAMES, SHIPPED, len(SHIPPED.steps) - 1)
    words = met[met.index("Words") + 1 :]
    assert words[words.index("pretext") + 1] == "A reason that is given in order to hide the real one."
    assert "Words" not in texts(Ask.NAMES, SHIPPED, first(SHIPPED, SceneStep))


def test_the_names_grow_with_the_story() -> None:
    counts = [len(texts(Ask.NAMES, SHIPPED, at)) for at in range(0, len(SHIPPED.steps), 12)]
    assert counts == sorted(counts)
    told = texts(Ask.NAMES, SHIPPED, len(SHIPPED.steps) - 1)
    for place in load(shipped_root()).places.values():
        assert any(all(name in line for name in place.form.names.values()) for line in told)


def test_the_timeline_says_where_you_are() -> None:
    night = next(i for i, step in enumerate(SMALL.steps) if isinstance(step, SceneStep) and step.place.number == 2)
    told = texts(Ask.TIMELINE, SMALL, night)
    assert "▶ you are here" in told
    assert any(line.startswith("▶  2  Night") for line in told)
    assert not any("▶" in line for line in texts(Ask.TIMELINE, SMALL, night - 1))


def test_the_map_has_every_place() -> None:
    told = " ".join(texts(Ask.MAP, SHIPPED, 0))
    assert all(place.name in told for place in place_map(fit(load(shipped_root()))).places)
    assert "no borders" in told.lower()


def test_the_history_is_what_was_told() -> None:
    told = texts(Ask.HISTORY, SMALL, 3)
    assert "Two towns, one river." in told
    assert "The flood" not in told


def test_the_keys_are_those_of_the_bindings() -> None:
    told = " ".join(" ".join(texts(Ask.HELP, SMALL, 0, 120)).split())
    assert told == "Keys " + " ".join(" ".join(f"{binding.shown} {binding.does}" for binding in BINDINGS).split())


@pytest.mark.parametrize("asked", sorted(PANELS, key=str))
def test_nothing_has_been_told_at_the_title_page(asked: Ask) -> None:
    assert panel_of(SHIPPED, asked, NOWHERE, 80)


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100, 120])
@pytest.mark.parametrize("asked", sorted(PANELS, key=str))
def test_no_panel_is_wider_than_the_screen_and_no_word_is_broken(asked: Ask, width: int) -> None:
    whole = {word for line in lines(asked, SHIPPED, len(SHIPPED.steps) - 1, WIDE) for word in line.text.split()}
    whole |= {word for step in SHIPPED.steps for line in draw(step, WIDE, columns=False) for word in line.text.split()}
    for line in lines(asked, SHIPPED, len(SHIPPED.steps) - 1, width):
        assert cell_len(line.text) <= width
        told = "".join(piece.text for piece in line.pieces if piece.style != "cite")
        assert {word for word in told.split() if word.isalpha()} <= whole, line.text
