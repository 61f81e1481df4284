"""What a user is told to type works as it is, whatever the story's folder is called."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.story.invocation import call, quote
from retell.story.library import shipped_root

NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)


def test_the_shipped_story_need_not_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(shipped_root()) == "retell"
    monkeypatch.chdir(shipped_root())
    assert call(Path()) == "retell"


@pytest.mark.parametrize(
    ("root", "typed"),
    [
        ("lesson", "retell --story lesson"),
        ("a b", "retell --story 'a b'"),
        ("it's", """retell --story 'it'"'"'s'"""),
        (".", "retell --story ."),
        ("a\x1b[2J", "retell --story 'a<U+001B>[2J'"),
    ],
)
def test_any_other_story_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: str, typed: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(Path(root)) == typed


@given(NAMES)
def test_a_shell_reads_the_name_back(name: str) -> None:
    assert shlex.split(quote(Path(name), "linux")) == [str(Path(name))]


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("lesson", "lesson"),
        (r"C:\\lessons\\one", r"C:\\lessons\\one"),
        ("a b", '"a b"'),
        ("a&b", '"a&b"'),
        ("it's", '"it\'s"'),
    ],
)
def test_on_windows_it_stands_in_double_quotation_marks(path: str, typed: str) -> None:
    assert quote(Path(path), "win32") == typed
