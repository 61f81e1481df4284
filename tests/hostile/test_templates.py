"""No text of a story is ever a template."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from retell.checks import fit
from retell.handout import templating
from retell.handout.drawings import draw
from retell.handout.student import student_edition
from retell.story.library import load
from tests.support.documents import make_file

WAY_OUT = "{{ ''.__class__.__mro__[1].__subclasses__() }}"


def test_only_our_own_files_are_templates(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = jinja2.Environment.compile

    def listen(self: jinja2.Environment, source: str, *rest: object, **named: object) -> object:
        compiled.append(source)
        return compile_(self, source, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", listen)
    scene = mini / "story" / "01-start.yaml"
    scene.write_text(scene.read_text("utf-8").replace("title: Start", f'title: "{WAY_OUT}"'), "utf-8")
    library = fit(load(mini))
    drawings = {drawing.name: drawing for drawing in draw(library)}
    told = make_file(library, student_edition(library), "html", "codes", drawings).decode()
    ours = [path.read_text("utf-8") for path in templating.TEMPLATES.rglob("*") if path.is_file()]
    assert compiled
    assert [source for source in compiled if source not in ours] == []
    assert "subclasses" in told
    assert "<class" not in told
