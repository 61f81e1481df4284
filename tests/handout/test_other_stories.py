"""Handouts of stories that are not the shipped one: nothing in them is empty, and no step needs what is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retell.authoring.scaffold import begin_story
from retell.checks import fit
from retell.handout.packets import EVERYONE, KEY, PLAN, make_packets
from retell.handout.pages.edition import Edition
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.script.excerpt import Length
from retell.story.library import load
from retell.story.told import Told
from tests.support.documents import in_markdown
from tests.support.folders import MINI
from tests.support.reading import headings, tokens
from tests.support.towns import Files, load_files, story_files

STORIES = ("mini", "new", "towns", "undisputed", "undisputed without frames")
OF_DISPUTES = re.compile(r"\b(?:disputes?|disputed word|controversy|first accounts)\b", re.IGNORECASE)
LENGTHS: tuple[Length, ...] = ("short", "full")


def story(name: str, folder: Path) -> Told:
    if name == "mini":
        return fit(load(MINI))
    if name == "towns":
        return fit(load_files(folder, story_files()))
    if name.startswith("undisputed"):
        return fit(load_files(folder, undisputed(frames=not name.endswith("frames"))))
    begin_story(folder / "new")
    return fit(load(folder / "new"))


def undisputed(*, frames: bool) -> Files:
    """The story of the two towns without its disputes, with an opening and a close or without."""
    files = {name: data for name, data in story_files().items() if not name.startswith("cards/disputes")}
    scene = files["story/03-many"]
    scene["beats"] = [
        {"say": "All spoke [@south, para. 2; @coast, para. 1]."},
        *(beat for beat in scene["beats"] if "accounts" not in beat),
    ]
    for phase in files["story/story"]["phases"]:
        phase["frame"] = phase.get("frame", False) and frames
    return files


@pytest.fixture(scope="module", params=STORIES)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    told = story(request.param, tmp_path_factory.mktemp(request.param))
    editions: dict[str, Edition] = {"support": student_edition(told, length="short", support=True)}
    for length in LENGTHS:
        editions[f"student {length}"] = student_edition(told, length=length)
        editions[f"teacher {length}"] = teacher_edition(told, length=length)
    editions |= {f"packet {name}": each for name, each in make_packets(told).items()}
    return {name: in_markdown(edition) for name, edition in editions.items()}


def empty_places(page: str) -> list[str]:
    """Return the headings with nothing below them, and the tables and list items without content."""
    found: list[str] = []
    blocks = [token for token in tokens(page) if not token.type.endswith("_close")]
    for token, following in zip(blocks, [*blocks[1:], None], strict=True):
        if token.type == "heading_open":
            text = next(line for line in page.splitlines()[token.map[0] :]) if token.map else token.tag
            after = blocks[blocks.index(token) + 2 :]
            if not after or (after[0].type == "heading_open" and after[0].tag <= token.tag):
                found.append(text)
        elif token.type == "list_item_open" and (following is None or following.type == "list_item_open"):
            found.append(f"an item: {token.map}")
        elif token.type == "thead_open" and "tbody_open" not in [each.type for each in blocks]:
            found.append(f"a table: {token.map}")
    return found


def test_no_heading_no_item_and_no_table_is_empty(pages: dict[str, str]) -> None:
    assert {name: empty_places(page) for name, page in pages.items() if empty_places(page)} == {}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# A\n\n## B\n\nText.\n", []),
        ("# A\n\n## B\n\n## C\n\nText.\n", ["## B"]),
        ("# A\n\nText.\n\n## B\n", ["## B"]),
        ("# A\n\n| a | b |\n|---|---|\n", ["a table: [2, 3]"]),
    ],
)
def test_what_is_empty_is_found(page: str, found: list[str]) -> None:
    assert empty_places(page) == found


def test_a_plan_sends_nobody_to_a_packet_that_is_not_there(pages: dict[str, str]) -> None:
    plan = pages[f"packet {PLAN}"]
    has_one = f"packet {EVERYONE}" in pages
    assert ("the packet for everyone" in plan) == (has_one and "controversy" in plan), "it has the sheet"
    assert ("--length short" in plan.partition("The steps, in 90 minutes")[2]) != has_one


def test_a_plan_of_disputes_is_made_where_there_are_some(pages: dict[str, str]) -> None:
    rubric = "each disputed word has its owner"
    speaking = {name for name, page in pages.items() if OF_DISPUTES.search(page.replace(rubric, ""))}
    disputed = any("Where the accounts differ" in page for page in pages.values())
    assert speaking >= {"teacher short", "teacher full", f"packet {PLAN}"} if disputed else not speaking
    assert re.search(r"\| 15 \| Weigh (one dispute|what was said) \| ", pages[f"packet {PLAN}"])


def test_a_group_is_told_to_answer_questions_where_there_are_some(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        if name.startswith("packet") and name.split()[1] not in (PLAN, KEY, EVERYONE):
            titles = [title for _, title in headings(page)]
            assert {"The story", "For your group"} <= set(titles)
            assert ("Answer the questions" in page) == ("Questions" in titles)
