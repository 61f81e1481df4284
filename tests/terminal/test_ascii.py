"""What a stream cannot show becomes the nearest that it can, as wide as before."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
from rich.cells import cell_len

import retell
from retell.story.library import shipped_root
from retell.story.typography import END_OF_ISOLATE, ISOLATE
from retell.terminal.layout.ascii import ASCII, fall_back, nearest


@pytest.mark.parametrize("character", ASCII)
def test_each_stand_in_is_ascii_and_as_wide(character: str) -> None:
    assert ASCII[character].isascii()
    assert cell_len(ASCII[character]) == cell_len(character) == (character not in (ISOLATE, END_OF_ISOLATE))


@pytest.mark.parametrize(
    ("character", "stand_in"),
    [
        ("ş", "s"),
        ("İ", "I"),
        ("é", "e"),
        ("ə", "e"),
        ("ı", "i"),
        ("Լ", "?"),
        ("道", "??"),
        ("\u0301", ""),
        ("\u00a0", " "),
        ("\u2009", " "),
        ("⅔", "?"),
        ("²", "?"),
    ],
)
def test_nearest(character: str, stand_in: str) -> None:
    assert nearest(character) == stand_in


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("ascii", 'C #6-7 - "a Susa"'),
        ("latin-1", 'C ¶6-7 · "a Susa"'),
        ("iso-8859-9", 'C ¶6-7 · "a Şuşa"'),
        ("cp1252", "C ¶6–7 · “a Susa”"),
        ("utf-8", "C ¶6–7 · “a Şuşa”"),
    ],
)
def test_a_stream_of_few_characters(encoding: str, told: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    fall_back(stream)
    stream.write("C ¶6–7 · “a Şuşa”")
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding) == told


def test_every_character_of_the_shipped_story_but_its_scripts_has_a_stand_in() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(shipped_root().glob("story/*.yaml")))
    unknown = {char for char in text if char.isprintable() and "?" in nearest(char) != char}
    assert not unknown


def test_every_mark_that_a_terminal_is_sent_has_a_stand_in() -> None:
    modules = [
        path for path in sorted(Path(retell.__file__).with_name("terminal").rglob("*.py")) if path.stem != "ascii"
    ]
    drawn = {
        character
        for path in modules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for character in node.value
        if character.isprintable() and not character.isalpha()
    }
    assert {"↳", "│", "▶", "¶"} <= drawn
    assert {character for character in drawn if "?" in nearest(character) != character} == set()
