"""Our templates are compiled once and kept, wherever that can be done; a kept one never outlives its template."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from retell.handout import templating
from retell.handout.student import student_edition
from retell.handout.writers.markdown import write_markdown
from retell.story.told import Told


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are compiled from now on."""
    texts: list[str] = []
    compile_ = jinja2.Environment.compile

    def listen(self: jinja2.Environment, source: str, *rest: object, **named: object) -> object:
        texts.append(source)
        return compile_(self, source, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", listen)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return texts


@pytest.fixture
def tell(mini_told: Told, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], str]:
    """Write a handout as a new command would, with a folder for what is compiled."""

    def write(folder: Path) -> str:
        monkeypatch.setattr(templating, "COMPILED", templating.CompiledTemplates(folder))
        return write_markdown(student_edition(mini_told))

    return write


def test_the_next_command_need_not_compile(compiled: list[str], tell: Callable[[Path], str], tmp_path: Path) -> None:
    first = tell(tmp_path / "kept")
    assert compiled
    compiled.clear()
    assert tell(tmp_path / "kept") == first
    assert compiled == []


def test_what_is_damaged_is_compiled_anew(compiled: list[str], tell: Callable[[Path], str], tmp_path: Path) -> None:
    first = tell(tmp_path)
    kept = {file: file.read_bytes() for file in tmp_path.glob("*.j2c")}
    assert kept
    for length in (0, 3, 20, 60, 200):
        for file, data in kept.items():
            file.write_bytes(data[:length])
        compiled.clear()
        assert tell(tmp_path) == first
        assert len(compiled) == len(kept)


def test_a_changed_template_is_compiled_anew(
    compiled: list[str], tell: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "templates"
    changed.mkdir()
    for file in templating.TEMPLATES.glob("*.*"):
        (changed / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(templating, "TEMPLATES", changed)
    first = tell(tmp_path / "kept")
    with (changed / "student.md.j2").open("a", encoding="utf-8") as template:
        template.write("\nThe end.\n")
    compiled.clear()
    assert tell(tmp_path / "kept") == f"{first}\nThe end.\n"
    assert len(compiled) == 1


@pytest.mark.parametrize("folder", ["a-file", "a-file/below", "nowhere/below"])
def test_where_nothing_can_be_kept_all_is_told_the_same(
    folder: str, compiled: list[str], tell: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("", "utf-8")
    assert tell(tmp_path / folder) == tell(tmp_path)


def test_nothing_is_kept_where_python_may_not_keep_its_own(
    tell: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert tell(tmp_path)
    assert list(tmp_path.glob("*.j2c")) == []
