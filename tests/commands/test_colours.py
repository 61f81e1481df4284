"""A wish for no colour is heard under each of its names."""

from __future__ import annotations

from pathlib import Path

import pytest

from retell.commands.console import heed_colour
from tests.support.commands import run_apart


@pytest.mark.parametrize(
    ("wish", "heeded"),
    [
        ({}, {}),
        ({"FORCE_COLOR": "1"}, {"FORCE_COLOR": "1"}),
        ({"FORCE_COLOR": "3", "NO_COLOR": ""}, {"FORCE_COLOR": "3", "NO_COLOR": ""}),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, {"NO_COLOR": "1"}),
        *(({"FORCE_COLOR": no}, {"NO_COLOR": "1"}) for no in ("0", "false", "FALSE", "no", "off")),
    ],
)
def test_no_colour_stands_above_any_colour(wish: dict[str, str], heeded: dict[str, str]) -> None:
    heed_colour(wish)
    assert wish == heeded


@pytest.mark.parametrize(("value", "coloured"), [("0", False), ("false", False), ("1", True)])
def test_in_a_pipe_only_who_asks_for_colours_gets_them(mini: Path, value: str, coloured: bool) -> None:
    (mini / "story" / "02-night.yaml").write_text("title: x\n", "utf-8")
    assert ("\x1b" in run_apart("check", mini, FORCE_COLOR=value).err) is coloured
