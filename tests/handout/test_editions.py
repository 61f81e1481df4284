"""Every edition, length and part, of the shipped story and of small ones: well built, whole, and fit for its reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from retell.checks import fit
from retell.handout.packets import Key, make_packets
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.script.excerpt import Length
from retell.story.library import load, shipped_root
from retell.story.told import Told
from tests.support.documents import in_markdown
from tests.support.reading import headings, html, tokens, visible
from tests.support.towns import SECRETS, load_files, story_files

LENGTHS: tuple[Length, ...] = ("short", "full")
PACKETS: tuple[tuple[Length, Length], ...] = (("short", "packet"), ("full", "full"))
PARTS: dict[str, tuple[str, ...]] = {
    "whole": (),
    "phase": ("checkpoint",),
    "scene": ("the-heights",),
    "two": ("the-nineteenth", "protests"),
}
CODE = re.compile(r"\[([A-Z](?: ¶[\d, –]+)?(?:; [A-Z](?: ¶[\d, –]+)?)*)\]")
LEFTOVERS = ("[@", "{{", "}}", "{%", "{#", "None", "Undefined", "()", "[]", "<span", "para.", "\\")


@pytest.fixture(scope="module")
def library() -> Told:
    return fit(load(shipped_root()))


@pytest.fixture(scope="module")
def pages(library: Told) -> dict[str, str]:
    """Every combination of edition, length and part, and every file of the packets."""
    made = {}
    for part, names in PARTS.items():
        for length in LENGTHS:
            made[f"student, {length}, {part}"] = in_markdown(student_edition(library, names, length=length))
            made[f"teacher, {length}, {part}"] = in_markdown(teacher_edition(library, names, length=length))
    for _, size in PACKETS:
        for name, document in make_packets(library, size).items():
            made[f"packets, {size}, {name}"] = in_markdown(document)
    return made


@pytest.fixture
def small(tmp_path: Path, mini_told: Told) -> list[str]:
    """The editions of two small stories, one of which has neither lesson nor frames."""
    towns = fit(load_files(tmp_path, story_files()))
    stories = (towns, mini_told)
    return [
        in_markdown(gather(story, length=length))
        for story in stories
        for gather in (student_edition, teacher_edition)
        for length in ("short", "full")
    ] + [in_markdown(made) for story in stories for made in make_packets(story).values()]


def faults(page: str) -> Iterator[str]:
    """What is wrong with how a page is built."""
    shown = visible(page)
    yield from (f"left over: {mark}" for mark in LEFTOVERS if mark in shown.replace("None of ", ""))
    yield from _table_faults(page)
    levels = headings(page)
    if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
        yield "not one title, at the top"
    for (before, _), (after, title) in pairwise(levels):
        if after > before + 1:
            yield f"a level is skipped before “{title}”"
    opened = [token for token in tokens(page) if token.level == 0 and not token.type.endswith(("_close", "inline"))]
    for token, following in zip(opened, [*opened[1:], None], strict=True):
        if token.type == "heading_open" and (
            following is None or (following.type == "heading_open" and following.tag <= token.tag)
        ):
            yield f"an empty section at line {token.map}"
    used = {part[0] for group in CODE.findall(shown) for part in group.split("; ")}
    listed = set(re.findall(r"^(?:- \*\*([A-Z])\*\*: |\| \*\*([A-Z])\*\* \|)", page, re.MULTILINE))
    listed = {code or other for code, other in listed}
    yield from (f"the code {code} is not explained" for code in used - listed)
    if "\n\n\n" in page or re.search(r"[ \t]+$", page, re.MULTILINE) or not page.endswith(".\n"):
        yield "blank lines or trailing spaces"


def _table_faults(page: str) -> Iterator[str]:
    blocks = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    for block in blocks:
        rows = [re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in block.splitlines()]
        if {len(row) for row in rows} != {len(rows[0])} or len(rows) < 3:
            yield f"a broken table: {block[:60]}"
    if html(page).count("<table>") != len(blocks):
        yield "a table that is not read as one"


def test_every_combination_of_the_shipped_story_is_well_built(pages: dict[str, str]) -> None:
    assert len(pages) == 2 * 2 * len(PARTS) + 2 * 7
    assert {name: found for name, page in pages.items() if (found := list(faults(page)))} == {}


def test_small_stories_are_well_built_too(small: list[str]) -> None:
    assert [found for page in small if (found := list(faults(page)))] == []


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("# a\n\nNone.\n", "left over: None"),
        ("# a\n\n| a | b |\n|---|---|\n| c |\n\nd.\n", "a broken table: | a | b |\n|---|---|\n| c |\n"),
        ("# a\n\n### b\n\nc.\n", "a level is skipped before “b”"),
        ("# a\n\n## b\n\n## c\n\nd.\n", "an empty section at line [2, 3]"),
        ("# a\n\nb [C ¶2].\n", "the code C is not explained"),
    ],
)
def test_what_is_badly_built_is_seen(page: str, fault: str) -> None:
    assert list(faults(page)) == [fault]


@pytest.mark.parametrize(
    ("name", "golden_name"),
    [
        ("student, short, whole", "the-lachin-road-short.md"),
        ("teacher, full, whole", "the-lachin-road-teacher.md"),
        ("teacher, short, whole", "the-lachin-road-teacher-short.md"),
        ("packets, full, 3-checkpoint", "the-lachin-road-packet.md"),
        ("packets, full, plan", "the-lachin-road-plan.md"),
    ],
)
def test_the_main_ones_are_as_they_were_read(
    pages: dict[str, str], name: str, golden_name: str, golden: Callable[[str, str], None]
) -> None:
    golden(golden_name, pages[name])


def sentences(text: str) -> set[str]:
    """The sentences of a text without codes and marks, small; one of one or two words says too little to be told."""
    bare = re.sub(r"\s*\[[A-Z][^\]]*\]", "", text).replace("’", "'").replace("*", "")
    cut = (" ".join(re.findall(r"[\w'–-]+", part)).lower() for part in re.split(r"(?<=[.?!;:])[”\"]?\s+|\n", bare))
    return {part for part in cut if len(part.split()) > 2}


def for_the_teacher_alone(library: Told) -> set[str]:
    texts = [question.answer.plain for scene in library.scenes for question in scene.questions]
    for source in library.sources.values():
        texts += [source.stance, source.leaves_out, *source.cautions]
    for misconception in library.lesson.misconceptions:
        texts += [misconception.think, misconception.says.plain]
    texts += [*library.lesson.aims, *library.lesson.sensitivity]
    return set().union(*map(sentences, texts))


def test_a_students_file_shares_no_sentence_with_what_is_for_the_teacher(library: Told, pages: dict[str, str]) -> None:
    secret = for_the_teacher_alone(library)
    assert len(secret) > 100
    for name, page in pages.items():
        told = sentences(visible(page)) & secret
        assert (told == set()) == ("teacher" not in name), (name, told)


def test_no_secret_of_a_small_story_reaches_a_student(tmp_path: Path) -> None:
    towns = fit(load_files(tmp_path, story_files()))
    teachers = in_markdown(teacher_edition(towns))
    assert [secret for secret in SECRETS if secret not in teachers] == []
    for length, size in PACKETS:
        made = [student_edition(towns, length=length), *make_packets(towns, size).values()]
        assert [type(document) for document in made if "SECRET" in in_markdown(document)] == [Key]


def fields_within(value: object) -> set[str]:
    """The names of all fields of a value and of all that it holds."""
    if isinstance(value, (tuple, list)):
        return set().union(*map(fields_within, value))
    if not isinstance(value, msgspec.Struct):
        return set()
    names = set(value.__struct_fields__)
    return names.union(*(fields_within(getattr(value, name)) for name in names))


def test_a_students_edition_has_no_field_for_what_is_for_the_teacher(library: Told) -> None:
    for_teachers = {"answer", "stance", "leaves_out", "cautions", "think", "sensitivity", "aims", "cells"}
    assert fields_within(teacher_edition(library)) >= for_teachers
    for length in LENGTHS:
        assert fields_within(student_edition(library, length=length)) & for_teachers == set()


def minutes(page: str, title: str) -> list[int]:
    """The minutes of the steps of the plan under a heading."""
    (section,) = re.findall(rf"^## {title}.*?\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return [int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)]


def test_the_plans_fill_45_and_90_minutes(pages: dict[str, str]) -> None:
    teacher = pages["teacher, full, whole"]
    for name, total in (("A lesson of 45 minutes", 45), ("A lesson of 90 minutes", 90)):
        assert len(minutes(teacher, name)) >= 5
        assert sum(minutes(teacher, name)) == total
    assert sum(minutes(pages["packets, full, plan"], "The steps, in 90 minutes")) == 90


def test_each_question_has_its_answer_under_the_students_number(library: Told, pages: dict[str, str]) -> None:
    numbered = re.compile(r"^(\d+)\. (?:\*\w.*?\* )?\(Scene (\d+)\) (.*)$", re.MULTILINE)
    for length in ("full", "short"):
        for part in PARTS:
            asked = numbered.findall(pages[f"student, {length}, {part}"])
            answered = numbered.findall(pages[f"teacher, {length}, {part}"])
            assert asked == answered
            assert [int(number) for number, _, _ in asked] == list(range(1, len(asked) + 1))
            assert pages[f"teacher, {length}, {part}"].count("*Answer:*") == len(asked)
    answers = [question.answer for scene in library.scenes for question in scene.questions]
    assert len(numbered.findall(pages["student, full, whole"])) == len(answers)


def test_an_answer_belongs_to_its_question_beyond_the_ninth(pages: dict[str, str]) -> None:
    page = html(pages["teacher, full, whole"])
    items = re.findall(r"<li>\s*<p>\(Scene.*?</li>", page, re.DOTALL)
    assert len(items) > 9
    assert all("<em>Answer:</em>" in item for item in items)


def test_a_short_handout_has_gists_three_disputes_and_a_question_for_each_skill(pages: dict[str, str]) -> None:
    page = pages["student, short, whole"]
    assert [title for level, title in headings(page) if level == 3] == [
        "Was it a blockade? (scene 7)",
        "Who broke the agreement? (scene 10)",
        "What was 19 September? (scene 14)",
    ]
    assert set(re.findall(r"^\d+\. \*(.*?)\.\*", page, re.MULTILINE)) == {
        "Sourcing",
        "Context",
        "Close reading",
        "Corroboration",
    }
    assert "How we know" not in page


def test_a_part_names_no_more_than_it_needs(pages: dict[str, str]) -> None:
    page = pages["student, full, scene"]
    assert page.startswith("# The Lachin Road: The heights\n\nName: ")
    assert "scene 9 of 15" in page
    assert re.findall(r"^\| ([A-E]) \|", page, re.MULTILINE) == ["B"]
    assert re.findall(r"^\| (.*?) \| .*[Əəıİ].* \|$", page, re.MULTILINE) == ["Berdzor/Lachin"]
    assert "Which article says what?" not in page, "one article corroborates nothing"
    assert "## Writing" not in page
    assert "## For your group" in page


def test_parts_are_told_in_the_order_of_the_story(pages: dict[str, str]) -> None:
    page = pages["student, full, two"]
    assert [title for level, title in headings(page) if level == 4] == [
        "6. People on the road",
        "7. What got through",
        "8. Whose job?",
        "14. The nineteenth",
    ]
    assert "scenes 6–8, 14 of 15" in page
