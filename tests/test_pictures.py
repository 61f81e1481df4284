"""The README's pictures show what the program tells now, are those that their command makes, and load nothing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

import pytest

from retell.checks import fit
from retell.story.library import load, shipped_root
from retell.terminal.recording import record
from retell.terminal.show.options import ReadOptions
from tests.support import pictures
from tests.support.casts import played
from tests.support.folders import TOP
from tests.support.pictures import COLUMNS, FOLDER, PICTURES, ROWS, Picture

SVG = "{http://www.w3.org/2000/svg}"
PLACE = re.compile(r"line-(\d+)\)$")


def lines_of(path: Path) -> list[str]:
    """Give the lines of text that a picture shows, each piece of them where it stands."""
    rows: dict[int, dict[float, tuple[str, float]]] = defaultdict(dict)
    for text in ET.parse(path).getroot().iter(f"{SVG}text"):
        if place := PLACE.search(text.get("clip-path", "")):
            characters = text.text or ""
            wide = float(text.get("textLength", "0")) / len(characters)
            rows[int(place[1])][float(text.get("x", "0"))] = (characters.replace("\xa0", " "), wide)
    lines = []
    for number in range(max(rows) + 1):
        line = ""
        for x, (characters, wide) in sorted(rows[number].items()):
            line = line.ljust(round(x / wide)) + characters
        lines.append(line.rstrip())
    return lines


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_shows_what_is_told(picture: Picture) -> None:
    """The program is played and recorded; the lines of the picture stand in it, one after the other."""
    shown = [line for line in lines_of(FOLDER / f"{picture.name}.svg") if line]
    assert len(shown) > 5
    recording = record(fit(load(shipped_root())), ReadOptions(picture.part, pace=0), COLUMNS, ROWS)
    screen = [line for line in played(recording.text).told if line]
    assert any(screen[i : i + len(shown)] == shown for i in range(len(screen)))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_the_one_that_the_command_makes(
    picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "FOLDER", tmp_path / "pictures")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")
    pictures.main()
    made = (tmp_path / "pictures" / f"{picture.name}.svg").read_bytes()
    assert made == (FOLDER / f"{picture.name}.svg").read_bytes(), "run: python -m tests.support.pictures"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_loads_nothing(picture: Picture) -> None:
    text = (FOLDER / f"{picture.name}.svg").read_text("utf-8")
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"@import|@font-face|<image|href", text)
    assert set(re.findall(r"url\((.)", text)) == {"#"}


def test_there_is_no_other_picture() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{picture.name}.svg" for picture in PICTURES}


def test_the_readme_shows_each_of_them_and_says_in_words_what_it_shows() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", (TOP / "README.md").read_text("utf-8"))
    assert sorted(TOP / path for _, path in shown) == sorted(FOLDER.iterdir())
    assert all(len(words.split()) > 5 for words, _ in shown)
