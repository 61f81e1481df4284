"""Dates that cannot be right are named: a scene's outside its phase or its turn, a source's after the edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from retell.checks import check
from retell.checks.evidence.examination import check_with_copies
from retell.copies.fingerprints import fingerprint
from retell.story.library import load, shipped_root
from tests.support.invented import NORTH, save_copies, tell
from tests.support.small import Small, Told, write
from tests.support.towns import load_files, story_files

PHASE = "2001-05/2001-06"


def found(tmp_path: Path, **dates: str) -> list[str]:
    files = story_files()
    files["story/02-alone"]["when"] = dates.get("alone", "2001-05-03")
    files["story/03-many"]["when"] = dates.get("many", "2001-06")
    files["story/04-end"] |= {"when": dates["end"]} if "end" in dates else {}
    files["cards/sources/north"] |= {"issued": dates.get("issued", "2001-05-04")}
    files["cards/sources/coast"] |= {"original-date": dates["original"]} if "original" in dates else {}
    problems = check(load_files(tmp_path, files))
    return [problem.message for problem in problems if problem.rule == "date-out-of-place"]


@pytest.mark.parametrize(
    ("dates", "messages"),
    [
        ({}, []),
        ({"alone": "1991-05-03"}, ["this scene is dated 3 May 1991, and its phase May – June 2001"]),
        ({"many": "2002"}, ["this scene is dated 2002, and its phase May – June 2001"]),
        ({"alone": "2001"}, []),
        ({"alone": "1990/2001-05"}, []),  # it looks back
        ({"alone": "../2001-05"}, []),
        (
            {"many": "2001-05-02"},
            ["this scene is dated 2 May 2001, and the one told before it 3 May 2001 (02-alone.yaml)"],
        ),
        ({"many": "2001-05-03"}, []),
        ({"many": "2001-05"}, []),
        (
            {"alone": "2001-05-03T09", "many": "2001-05-03T08"},
            ["this scene is dated 3 May 2001, 8 a.m., and the one told before it"],
        ),
        ({"end": "1066"}, []),  # a frame
        ({"issued": "2175"}, ["this source is of 2175, after the edition of 22 November 2026"]),
        ({"issued": "2026"}, []),
        ({"original": "2026-11-23"}, ["this source is of 23 November 2026, after the edition"]),
    ],
)
def test_dates(tmp_path: Path, dates: dict[str, str], messages: list[str]) -> None:
    said = found(tmp_path, **dates)
    assert len(said) == len(messages)
    for message, begins in zip(said, messages, strict=True):
        assert message.replace(f"{tmp_path}/story/", "").startswith(begins)


def test_the_shipped_story_has_its_dates_in_place() -> None:
    assert not [problem for problem in check(load(shipped_root())) if problem.rule == "date-out-of-place"]


EARLY = "In 955 the bridge at Aberford fell, and 300 men went by boat. Ann Hill told it."


@pytest.mark.parametrize(
    ("text", "when", "named"),
    [
        (EARLY, "0955", False),
        (EARLY, "0962", True),
        (EARLY.replace("In 955", "It was 44 BC when"), "-0043", False),
        (EARLY.replace("In 955", "It was 44 BC when"), "-0050", True),
        (EARLY.replace("In 955 the", "The"), "0962", False),  # no year is told at all
    ],
)
def test_a_scene_before_1000_is_held_against_the_years_of_its_paragraphs(
    mini: Path, text: str, when: str, named: bool
) -> None:
    copies = save_copies(mini)
    card = mini / "cards" / "sources" / "north.yaml"
    card.write_text(card.read_text("utf-8").replace(fingerprint(NORTH[0]), fingerprint(text)), "utf-8")
    (copies / "north.txt").write_text("\n\n".join([text, *NORTH[1:]]), "utf-8")
    tell(mini, "The bridge fell [@north, para. 1].")
    scene = mini / "story" / "01-start.yaml"
    scene.write_text(scene.read_text("utf-8").replace("gist: A bridge", f"when: '{when}'\ngist: A bridge"), "utf-8")
    problems, _ = check_with_copies(load(mini), copies)
    assert [p.rule for p in problems if p.location.file.endswith("01-start.yaml") and "when" in p.rule] == (
        ["when-not-told"] if named else []
    )


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("It fell on Sunday, 6 May 2001", []),
        ("It fell on Sunday 6 May 2001", []),
        ("It fell on Sunday, the 6th of May 2001", []),
        ("It fell on Monday 6 May 2001", ["6 May 2001 is no Monday"]),
        ("It fell on Monday, May 6, 2001", ["May 6, 2001 is no Monday"]),
        ("It fell on Monday, the 6th of May 2001", ["6th of May 2001 is no Monday"]),
        ("It fell on Monday 6 May", ["6 May 2001 is no Monday"]),  # of the year of its scene
        ("It fell on Sunday 6 May", []),
        ("It rained from Monday to 6 May 2001", []),
        ("It fell on 6 May 2001, and on Monday they met", []),
        ("It fell on Wednesday, 19 April 1775", []),
        ("It fell on Tuesday, 19 April 1775", ["19 April 1775 is no Tuesday"]),
        ("It fell on Friday, 5 November 1605", ["5 November 1605 is no Friday"]),
        ("It fell on Tuesday, 5 November 1605", []),  # as England counted
        ("It fell on Saturday, 5 November 1605", []),
    ],
)
def test_a_weekday_and_its_date(tmp_path: Path, claim: str, told: list[str]) -> None:
    small = Small({"post": ["It fell."]}, head="when: 2001-05\n")
    write(tmp_path, small, [Told(claim, "@post, para. 1")])
    assert [problem.message for problem in check(load(tmp_path)) if problem.rule == "weekday-differs"] == told


def test_without_an_edition_no_source_is_after_it(tmp_path: Path) -> None:
    load_files(
        tmp_path,
        story_files() | {"cards/sources/north": story_files()["cards/sources/north"] | {"issued": "2001-05-04"}},
    )
    (tmp_path / "story" / "story.yaml").write_text("title: 'no end\n", "utf-8")
    assert "date-out-of-place" not in {problem.rule for problem in check(load(tmp_path))}
