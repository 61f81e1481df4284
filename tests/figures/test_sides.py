"""Sides are called as people write them, the press is no side of a quarrel, and whoever speaks is introduced."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from retell.checks import check, fit
from retell.cli import retell
from retell.figures.voices import balance, by_name, is_outlet, side_name
from retell.handout.student import student_edition
from retell.story.cards import Source, Voice
from tests.support.towns import Files, load_files, story_files

TITLES = {"kings-troops": "the King’s troops", "sinn-fein": "Sinn Féin"}


@pytest.mark.parametrize(
    ("side", "name"),
    [
        ("kings-troops", "the King’s troops"),
        ("sinn-fein", "Sinn Féin"),
        ("town-council", "Town Council"),
        ("press", "the press"),
    ],
)
def test_a_side_has_its_title_or_its_word(side: str, name: str) -> None:
    assert side_name(side, TITLES) == name


def with_sides(files: Files, **sides: str) -> Files:
    for voice, side in sides.items():
        files[f"cards/voices/{voice.replace('_', '-')}"]["side"] = side
    return files


def problems(folder: Path, files: Files) -> list[tuple[str, str]]:
    found = check(load_files(folder, files))
    return [(each.rule, each.message) for each in found if each.rule in ("one-sided-dispute", "misspelt-side")]


def test_titles_are_shown_wherever_sides_are(tmp_path: Path) -> None:
    files = with_sides(story_files(), ann_hill="kings-troops", ben_dale="militia")
    files["story/story"]["sides"] = {"kings-troops": TITLES["kings-troops"]}
    told = fit(load_files(tmp_path, files))
    assert {side.name for side in balance(told).sides} >= {"the King’s troops", "Militia"}
    for arguments in (["voices"], ["voices", "--format", "json"]):
        shown = CliRunner().invoke(retell, ["--story", str(tmp_path), *arguments]).output
        assert "King’s troops" in shown
        assert "Kings Troops" not in shown


def test_a_title_of_a_side_that_nobody_has(tmp_path: Path) -> None:
    files = with_sides(story_files(), ann_hill="militia")
    files["story/story"]["sides"] = {"miltia": "the militia"}
    assert problems(tmp_path, files) == [
        ("misspelt-side", "no voice is of the side 'miltia', which has a title here"),
    ]


@pytest.mark.parametrize(
    ("role", "side", "told"),
    [
        ("captain of the militia", "kings-troops", True),
        ("captain of the militia", "militia", False),
        ("a lieutenant of the King's Own", "militia", True),
        ("led the King's troops against the militia", "kings-troops", False),
        ("a lieutenant", "militia", False),
        ("captain of the militia", "other", False),
    ],
)
def test_a_role_has_no_word_of_another_side_alone(tmp_path: Path, role: str, side: str, *, told: bool) -> None:
    files = with_sides(story_files(), ann_hill=side, ben_dale="militia", cy_moor="kings-troops")
    files["story/story"]["sides"] = TITLES | {"kings-troops": "the King's troops"}
    del files["story/story"]["sides"]["sinn-fein"]
    files["cards/voices/ann-hill"]["role"] = role
    assert any(rule == "misspelt-side" for rule, _ in problems(tmp_path, files)) == told


def told_by(*voices: str, silent: str = "") -> dict[str, object]:
    said = [{"voice": voice, "says": "It rained [@north, para. 1]."} for voice in voices]
    return {"question": "Who?", "positions": said, **({"silent": silent} if silent else {})}


@pytest.mark.parametrize(
    ("voices", "silent", "one_sided"),
    [
        (("ann-hill", "ben-dale", "north"), "", True),  # two of one side and a paper
        (("ann-hill", "north"), "", True),  # one side and a paper
        (("ann-hill", "north"), "The other bank.", False),
        (("ann-hill", "ben-dale"), "", True),
        (("ann-hill", "cy-moor", "north"), "", False),
        (("north", "ed-wood"), "", True),  # a paper and a reporter
        (("cy-moor", "di-lake"), "", False),  # each stands for itself
    ],
)
def test_the_press_makes_no_dispute_two_sided(
    tmp_path: Path, voices: tuple[str, ...], silent: str, one_sided: bool
) -> None:
    files = with_sides(story_files(), ann_hill="militia", ben_dale="militia", ed_wood="press")
    files["cards/disputes/of-2"] = told_by(*voices, silent=silent)
    found = problems(tmp_path, files)
    assert [rule for rule, _ in found] == ["one-sided-dispute"] * one_sided
    if one_sided and "north" in voices and "ann-hill" in voices:
        assert found[0][1].startswith("but for the press, every position here comes from one side, Militia")


def test_a_reporter_is_introduced_and_a_paper_is_not(tmp_path: Path) -> None:
    files = with_sides(story_files(), ed_wood="press")
    speakers = [name for name, _ in student_edition(fit(load_files(tmp_path, files))).speakers]
    assert "Ed Wood" in speakers
    assert "The Northern Star" not in speakers


def _voice(name: str, side: str = "press", *aliases: str) -> Voice:
    return Voice(name=name, role="x", side=side, aliases=aliases)


def test_what_an_outlet_is() -> None:
    card = {"code": "A", "genre": "x", "summary": "x", "stance": "x", "leaves_out": "x", "paragraphs": ()}
    source = Source(type="article-newspaper", container_title="The Salem Gazette", **card)  # type: ignore[arg-type]
    assert is_outlet(_voice("Salem Gazette"), [source])
    assert is_outlet(_voice("the paper", "press", "The Salem Gazette"), [source])
    assert not is_outlet(_voice("Salem Gazette", "other"), [source])
    assert not is_outlet(_voice("Ann Hill"), [source])


def test_voices_stand_by_the_names_that_are_shown(tmp_path: Path) -> None:
    listed = by_name([_voice("Zoe Ash"), _voice("the Council"), _voice("ben Dale"), _voice("Ann Wood")])
    assert [voice.name for voice in listed] == ["Ann Wood", "ben Dale", "the Council", "Zoe Ash"]
    files = story_files()
    files["cards/voices/ann-hill"]["name"] = "Zoe Hill"
    speakers = [name for name, _ in student_edition(fit(load_files(tmp_path, files))).speakers]
    assert speakers[-1] == "Zoe Hill"
    assert speakers == sorted(speakers)
