"""No text of a story is ever a template, and the templates stand in a sandbox."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment

from retell.checks import fit
from retell.handout import templating
from retell.handout.student import student_edition
from retell.handout.writers.markdown import write_markdown
from retell.story.library import load

WAY_OUT = "{{ ''.__class__.__mro__[1].__subclasses__() }}"


def test_only_our_own_files_are_templates(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = jinja2.Environment.compile

    def listen(self: jinja2.Environment, source: str, *rest: object, **named: object) -> object:
        assert isinstance(self, SandboxedEnvironment)
        compiled.append(source)
        return compile_(self, source, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", listen)
    monkeypatch.setattr(templating, "COMPILED", templating.CompiledTemplates(tmp_path / "compiled"))
    scene = mini / "story" / "01-start.yaml"
    scene.write_text(scene.read_text("utf-8").replace("title: Start", f'title: "{WAY_OUT}"'), "utf-8")
    told = write_markdown(student_edition(fit(load(mini))))
    ours = [path.read_text("utf-8") for path in templating.TEMPLATES.iterdir() if path.is_file()]
    assert compiled
    assert [source for source in compiled if source not in ours] == []
    assert "subclasses" in told
    assert "<class" not in told
