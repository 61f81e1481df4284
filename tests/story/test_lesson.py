"""`story/class.yaml`: read, checked like any prose of the story, and free to be left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from retell.checks import check
from retell.checks.evidence.examination import prove
from retell.story.library import load
from tests.support.invented import save_copies

GOOD = """\
aims: [find the owner of a word]
sensitivity: [Somebody may have lived there.]
misconceptions:
  - think: It was the rain.
    scene: night
    says: Ann Hill said that it was the flood [@north, para. 2].
task: Who broke the bridge?
starters: [The bridge fell …]
unknown:
  - what: Who was on the bridge [@north, para. 1].
"""


def with_class(mini: Path, text: str) -> Path:
    (mini / "story" / "class.yaml").write_text(text, "utf-8")
    return mini


def found(mini: Path, old: str = "", new: str = "") -> list[tuple[str, int, int]]:
    library = load(with_class(mini, GOOD.replace(old, new, 1) if old else GOOD))
    return [
        (problem.rule, problem.location.line, problem.location.column)
        for problem in check(library)
        if problem.location.file.endswith("class.yaml")
    ]


def test_a_good_one_has_no_problem_and_is_no_scene(mini: Path) -> None:
    assert found(mini) == []
    library = load(mini)
    assert list(library.scenes) == ["start", "night"]
    assert library.lesson
    assert library.lesson.form.misconceptions[0].scene == "night"


def test_a_story_may_do_without(mini: Path) -> None:
    assert load(mini).lesson is None
    assert found(mini, GOOD, "{}") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("@north, para. 2", "@nort, para. 2", [("unknown-source", 6, 49)]),
        ("@north, para. 1", "@north, para. 99", [("paragraph-out-of-range", 10, 34)]),
        (" [@north, para. 2]", "", [("claim-without-citation", 6, 11)]),
        (" [@north, para. 1]", "", [("claim-without-citation", 10, 11)]),
        ("scene: night", "scene: nigth", [("unknown-scene", 5, 12)]),
        ("the flood", '"the flood', [("unclosed-mark", 6, 37)]),
        ("think:", "thinks:", [("unknown-field", 4, 5)]),
        ("aims: [find the owner of a word]", "aims: find", [("wrong-type", 1, 7)]),
        ("find the owner", "find the regime", [("loaded-word", 1, 17)]),
        ("Somebody may", "The terrorists may", [("loaded-word", 2, 19)]),
        ("It was the rain", "They massacred it", [("loaded-word", 4, 17)]),
        ("Who broke", "Who, martyrs, broke", [("loaded-word", 7, 12)]),
        ("The bridge fell", "Hill claimed", [("judging-verb", 8, 17)]),
        ("Who was on", "Hill claims who was on", [("judging-verb", 10, 16)]),
        ("Who was on the bridge", 'Who said "no"', [("quotation-without-speaker", 10, 20)]),
    ],
)
def test_what_is_wrong_in_it_is_found(mini: Path, old: str, new: str, expected: list[tuple[str, int, int]]) -> None:
    assert found(mini, old, new) == expected


def test_an_unreadable_one_is_a_problem_and_no_crash(mini: Path) -> None:
    assert found(mini, GOOD, "aims: [") == [("not-yaml", 1, 8)]


def test_it_is_held_against_the_copies(mini: Path) -> None:
    told = GOOD.replace("it was the flood", 'it was "the very wrong word"')
    folder = save_copies(mini)
    problems = prove(load(with_class(mini, told)), folder).problems
    assert [(p.rule, p.location.line) for p in problems if p.location.file.endswith("class.yaml")] == [
        ("quotation-not-found", 6)
    ]
