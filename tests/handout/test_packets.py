"""A jigsaw: a packet for each phase, one for everyone, and a plan."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.checks import fit
from retell.handout.packets import KEY, PLAN, divide, make_packets
from retell.problems import RetellError
from retell.script.excerpt import excerpt
from retell.script.resolver import write_script
from retell.script.titlepage import length
from retell.story.library import load, shipped_root
from retell.story.told import Told
from tests.support.documents import in_markdown
from tests.support.reading import headings, visible
from tests.support.towns import load_files, story_files


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


@pytest.fixture(scope="module")
def files(shipped: Told) -> dict[str, str]:
    return {name: in_markdown(made) for name, made in make_packets(shipped).items()}


def codes_of(page: str) -> list[str]:
    """The codes of the table of articles."""
    return re.findall(r"^\| \*\*([A-E])\*\* \|", page, re.MULTILINE)


def places(page: str) -> set[tuple[str, int]]:
    """Every article and paragraph that is cited."""
    found = set()
    for group in re.findall(r"\[([A-E] ¶[^\]]*)\]", page):
        for code, numbers in re.findall(r"([A-E]) ¶([\d, –]+)", group):
            for first, last in re.findall(r"(\d+)(?:–(\d+))?", numbers):
                found |= {(code, number) for number in range(int(first), int(last or first) + 1)}
    return found


def told_scenes(page: str) -> list[str]:
    return [title for _, title in headings(page) if re.match(r"\d+\. ", title)]


def test_there_is_a_packet_for_each_phase_and_one_for_everyone(files: dict[str, str]) -> None:
    assert list(files) == [
        "plan",
        "key-for-the-teacher",
        "everyone",
        "1-ceasefire",
        "2-protests",
        "3-checkpoint",
        "4-operation",
    ]


def test_together_they_tell_the_whole_story_once(files: dict[str, str]) -> None:
    numbers = [int(title.split(".")[0]) for page in files.values() for title in told_scenes(page)]
    in_short = [int(number) for number in re.findall(r"^(\d+)\. \*\*", files["everyone"], re.MULTILINE)]
    assert sorted(numbers + in_short) == list(range(1, 16))


def test_each_packet_has_only_the_articles_that_it_needs(files: dict[str, str], tmp_path: Path) -> None:
    for name, page in files.items():
        if name not in (PLAN, KEY):
            cited = {code for group in re.findall(r"\[([A-E][^\]]*)\]", page) for code in re.findall("[A-E]", group)}
            assert cited <= set(codes_of(page)), name
    for folder in ("story", "cards"):
        shutil.copytree(shipped_root() / folder, tmp_path / folder)
    for file in (tmp_path / "story" / "12-two-trucks-of-flour.yaml", tmp_path / "story" / "class.yaml"):
        of_all = r"\[@edm;\s+@sabah-report;\s+@moscow-times;\s+@sabah-interview;\s+@mee\]"
        file.write_text(re.sub(of_all, "[@mee]", file.read_text("utf-8")), "utf-8")
    packet = make_packets(fit(load(tmp_path)))["4-operation"]
    assert codes_of(in_markdown(packet)) == ["A", "C", "D", "E"], "it tells no silence of all five now"


def test_everyone_has_what_the_mixed_groups_need(files: dict[str, str]) -> None:
    page = files["everyone"]
    titles = [title for _, title in headings(page)]
    assert "Writing" in titles
    assert "For your group" not in titles
    assert {"Which article says what?", "Weigh one dispute", "Where the accounts differ"} <= set(titles)
    assert len([title for title in titles if title.endswith(")")]) == 4, "a dispute of each phase, with its accounts"
    assert page.count("\n| 19 September 2023 | 14. The nineteenth |") == 1


def test_a_packet_has_names_words_and_at_least_three_questions(files: dict[str, str]) -> None:
    for name in list(files)[3:]:
        titles = [title for _, title in headings(files[name])]
        assert {"Who, where and which words", "The story", "Questions", "For your group"} <= set(titles)
        assert 3 <= len(re.findall(r"^\d+\. \*[A-Z]", files[name], re.MULTILINE)) <= 4
        assert "Which article says what?" not in titles


def test_the_key_has_each_packet_s_questions_in_its_own_numbers(files: dict[str, str]) -> None:
    for name in list(files)[3:]:
        (section,) = re.findall(rf"^## {name}: .*?\n(.*?)(?=^## |\Z)", files[KEY], re.MULTILINE | re.DOTALL)
        asked = re.findall(r"^(\d+)\. \*.*?\* \(Scene \d+\) (.*)$", files[name], re.MULTILINE)
        assert re.findall(r"^(\d+)\. \(Scene \d+\) (.*)$", section, re.MULTILINE) == asked
        assert section.count("*Answer:*") == len(asked)


def test_every_answer_of_the_key_stands_in_its_packet(shipped: Told, files: dict[str, str]) -> None:
    for name in list(files)[3:]:
        (section,) = re.findall(rf"^## {name}: .*?\n(.*?)(?=^## |\Z)", files[KEY], re.MULTILINE | re.DOTALL)
        assert places(section) <= places(files[name]), name


def test_the_plan_lists_each_packet_with_its_articles_and_words(shipped: Told, files: dict[str, str]) -> None:
    rows = re.findall(r"^\| (\S+) \| (.*?) \| (.*?) \| (.*?) \| about (\d+) \|$", files["plan"], re.MULTILINE)
    assert [row[0] for row in rows] == list(files)[2:]
    for name, _, _, codes, _ in rows:
        assert codes.split(", ") == codes_of(files[name])
    told = length(write_script(excerpt(shipped, ["operation"]))).words
    assert abs(int(rows[-1][-1]) - told) <= 5
    assert "| 3-checkpoint | The checkpoint | 9–11 |" in files["plan"]


def test_the_plan_names_every_phase_and_holds_no_answer(files: dict[str, str]) -> None:
    shown = visible(files["plan"])
    for phase in ("The 2020 ceasefire", "The Lachin protests", "The checkpoint", "The September operation"):
        assert phase in shown
    assert "Answer" not in shown


def test_a_story_without_frames_has_no_packet_for_everyone(tmp_path: Path) -> None:
    files = story_files()
    for phase in files["story/story"]["phases"]:
        phase.pop("frame", None)
    made = make_packets(fit(load_files(tmp_path, files)))
    assert list(made) == ["plan", "key-for-the-teacher", "1-opening", "2-flood", "3-close"]
    assert "the close" not in in_markdown(made["plan"])


def test_a_story_of_frames_alone_cannot_be_divided(tmp_path: Path) -> None:
    files = story_files()
    for phase in files["story/story"]["phases"]:
        phase["frame"] = True
    with pytest.raises(RetellError, match="no parts to make packets of"):
        make_packets(fit(load_files(tmp_path, files)))


@pytest.mark.parametrize(
    ("students", "packets", "experts", "mixed"),
    [
        (24, 4, "4 of 6", "6 of 4"),
        (30, 4, "2 of 7 and 2 of 8", "5 of 4 and 2 of 5"),
        (12, 5, "3 of 2 and 2 of 3", "2 of 6"),
        (12, 1, "1 of 12", "12 of 1"),
    ],
)
def test_a_class_is_divided_twice(students: int, packets: int, experts: str, mixed: str) -> None:
    division = divide(students, packets)
    assert (division.experts, division.mixed) == (experts, mixed)


@given(st.integers(1, 12), st.integers(0, 60))
def test_nobody_is_left_over_and_each_mixed_group_can_have_every_packet(packets: int, more: int) -> None:
    students = packets + more
    division = divide(students, packets)
    for words in (division.experts, division.mixed):
        groups = [tuple(map(int, pair)) for pair in re.findall(r"(\d+) of (\d+)", words)]
        assert sum(count * size for count, size in groups) == students
    assert all(int(size) >= packets for size in re.findall(r"of (\d+)", division.mixed))


def test_a_plan_for_many_packets_has_no_class_that_is_too_small(tmp_path: Path) -> None:
    files = story_files()
    files["story/story"]["phases"] = [{"id": f"p{n}", "title": f"Part {n}"} for n in range(20)]
    files["story/story"]["scenes"] = [f"s{n}" for n in range(20)]
    scene = files["story/02-alone"]
    for name in ("01-start", "02-alone", "03-many", "04-end", "class"):
        del files[f"story/{name}"]
    files |= {f"story/{n:02}-s{n}": scene | {"phase": f"p{n}"} for n in range(20)}
    made = make_packets(fit(load_files(tmp_path, files)))
    assert len(made) == 22
    assert "| Students |" not in in_markdown(made["plan"])
