"""A scene is watched on a real pseudo-terminal: each save shows it again, and Ctrl-C gives the terminal back."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="needs a POSIX terminal")
pytest.importorskip("watchfiles", reason="needs the extra 'author'")

from tests.support.pseudo import PATIENCE, Terminal

SCENE = "story/01-start.yaml"


def save_until_shown(terminal: Terminal, scene: Path, text: str, shown: str) -> None:
    """Save a scene again and again until the terminal shows a text: in its first moments it may not be watching yet."""
    deadline = time.monotonic() + PATIENCE
    while shown not in terminal.visible:
        assert time.monotonic() < deadline, "\n".join(terminal.lines)
        scene.write_text(text, "utf-8")
        terminal.read_for(0.5)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_each_save_shows_the_scene_again_until_control_c(mini: Path) -> None:
    original = (mini / SCENE).read_text("utf-8")
    with Terminal("preview", mini / SCENE, "--watch") as terminal:
        terminal.wait_for("Ctrl-C ends")
        assert "Two towns, one river." in terminal.visible
        save_until_shown(
            terminal, mini / SCENE, original.replace("Two towns", "Three towns"), "Three towns, one river."
        )
        save_until_shown(terminal, mini / SCENE, original.replace("aside: Two", "aside: Two: three"), "[not-yaml]")
        save_until_shown(terminal, mini / SCENE, original.replace("Two towns", "Four towns"), "Four towns, one river.")
        terminal.press("\x03")
        assert terminal.wait_for_end() == 0
        assert terminal.settings == terminal.before
        assert "Traceback" not in terminal.visible
        assert not terminal.screen.cursor.hidden
