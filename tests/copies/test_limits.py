"""Copies beyond what any article needs are named, `too-large`, and hide nothing of those that are not."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from retell.checks.evidence import extent
from retell.checks.evidence.examination import check_with_copies
from retell.checks.statements import Statement
from retell.copies import folder, page, saved
from retell.copies.folder import Room
from retell.copies.held import Copy, SavedFile
from retell.copies.page import TooLargeError
from retell.copies.readers import pdf, word
from retell.copies.readers.opening import read_bytes
from retell.copies.saved import read_copies
from retell.problems import StoryUnfitError
from retell.story.citations import Citation
from retell.story.library import load
from tests.hostile.copies import SAY, cited
from tests.hostile.full import write
from tests.support.savers import pdf_file, word_file
from tests.support.work import assert_grows_as_its_input

PARAGRAPHS = ["It rained on Sunday.", "The bridge fell, and nobody was hurt.", "The river rose."]


def make(root: Path, files: dict[str, bytes] | None = None, paragraphs: list[str] = PARAGRAPHS) -> tuple[Path, Path]:
    """Write a story on an article, and the article among copies; returns both folders."""
    story, copy = cited(paragraphs, "say: 'It rained [@n, para. {0}].'", 3)
    copies = root / "copies"
    copies.mkdir(parents=True)
    for name, raw in (copy | (files or {})).items():
        (copies / name).write_bytes(raw)
    return write(story, root / "story"), copies


def said_of(story: Path, copies: Path) -> list[tuple[str, str]]:
    return [(problem.rule, problem.message) for problem in read_copies(load(story), copies)[1]]


@pytest.mark.parametrize(
    ("raw", "limit", "said"),
    [
        (b"a " * 300, "MOST_TEXT", "is plain text of more than 500 characters"),
        (b"a\n" * 60, "MOST_LINES", "is plain text of more than 50 lines"),
        (b"<html>" + b"<p>" * 60, "MOST_TAGS", "is a web page of more than 50 tags"),
        (b"<html>" + b"<p>a" * 60, "MOST_LINES", "is a web page of more than 50 lines"),
        (b"<html><p>" + b"a " * 300, "MOST_TEXT", "is a web page of more than 500 characters"),
        (word_file(f"<a>{'<b/>' * 60}</a>"), "WORD_TAGS", "is a Word file of more than 50 tags"),
        (word_file(f"<a xmlns:w='w'>{'<w:p><w:t>a</w:t></w:p>' * 60}</a>"), "MOST_LINES", "Word file of more"),
        (
            word_file(f"<a xmlns:w='w'><w:t>{'a ' * 300}</w:t></a>"),
            "MOST_TEXT",
            "Word file of more than 500 characters",
        ),
        (pdf_file([["a"] * 60]), "MOST_LINES", "is a PDF of more than 50 lines"),
    ],
)
def test_a_file_of_more_than_one_may_have(raw: bytes, limit: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes(raw)
    for module in [each for name, each in sys.modules.items() if name.startswith("retell.copies") and each]:
        if hasattr(module, limit):
            monkeypatch.setattr(module, limit, 500 if limit == "MOST_TEXT" else 50)
    with pytest.raises(TooLargeError, match=said):
        read_bytes(raw)


@pytest.mark.parametrize(
    ("limit", "most", "raw"),
    [
        ("MOST_TEXT", 400, b"a" * 390),
        ("MOST_LINES", 20, b"a\n" * 19),
        ("MOST_TAGS", 20, b"<html>" + b"<b>a</b>" * 8),
    ],
)
def test_files_of_more_than_all_may_have(
    limit: str, most: int, raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, limit, most)
    story, copies = make(tmp_path, {"y.html": raw, "z.html": raw})
    what = {"MOST_TEXT": "characters", "MOST_LINES": "lines", "MOST_TAGS": "tags"}[limit]
    reason = f"has more than is left of the {most} {what} that are read of all files; it was not read"
    first, second = (f"{copies / name} {reason}" for name in ("y.html", "z.html"))
    assert said_of(story, copies) in (
        [("too-large", second)],
        [("too-large", first), ("too-large", second)],
    ), "what holds the article was read first"


def test_a_large_file_is_a_warning_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_TEXT", 200)
    story, copies = make(tmp_path, {"large.txt": b"a" * 300})
    problems, findings = check_with_copies(load(story), copies)
    assert [each.level for each in problems if each.rule == "too-large"] == ["warning"]
    assert findings.copies["n"].paragraphs.keys() == {1, 2, 3}


def test_a_paragraph_of_more_letters_than_one_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_CHARACTERS", 30)
    story, copies = make(tmp_path)
    said = f"paragraph 2 of 'n' has more than 30 characters in {copies / 'n.txt'}"
    assert said_of(story, copies) == [("too-large", said)]


def test_an_article_of_long_paragraphs_alone_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST_CHARACTERS", 5)
    assert [rule for rule, _ in said_of(*make(tmp_path))] == ["too-large"] * 3


def test_articles_of_more_paragraphs_than_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_PARAGRAPHS", 2)
    story, copies = make(tmp_path)
    assert said_of(story, copies) == [("too-large", "the sources up to this one have more than 2 paragraphs")]


@pytest.mark.parametrize(
    ("limit", "what"), [("MOST_STATEMENTS", "statements"), ("MOST_CHARACTERS", "characters in its texts")]
)
def test_a_story_of_more_than_is_held_against_copies(
    limit: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"retell.checks.evidence.extent.{limit}", 4)
    story, copies = make(tmp_path)
    problems, findings = check_with_copies(load(story), copies)
    (problem,) = (each for each in problems if each.rule == "too-large")
    assert problem.message == f"this story has more than 4 {what}, and is not held against copies"
    assert problem.level == "error"
    assert findings.outcomes == {}


@pytest.mark.parametrize(
    ("beats", "most", "beyond"),
    [
        # nine characters, times those of it and of the one paragraph that it cites
        (["say: 'It rained [@n, para. 1].'"], 9 * (9 + 20), False),
        (["say: 'It rained [@n, para. 1].'"], 9 * (9 + 20) - 1, True),
        (["say: 'It rained [@n].'"], 9 * (9 + 2 * 20) - 1, True),
        (["say: 'It rained [@n, para. 1].'"] * 2, 2 * 9 * (9 + 20) - 1, True),
    ],
)
def test_statements_that_have_too_much_to_be_compared_with(
    beats: list[str], most: int, beyond: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load(make(tmp_path)[0])
    copy = Copy("n", {1: "a" * 20, 2: "b" * 20})
    made = Statement("s 1", "narration", "It rained", "s", next(iter(library.scenes.values())).file, ("title",))
    cites = [Citation("n", () if "para" not in beat else (1,), 0) for beat in beats]
    listed = [msgspec.structs.replace(made, citations=(each,)) for each in cites]
    monkeypatch.setattr(extent, "MOST_COMPARED", most)
    if beyond:
        with pytest.raises(StoryUnfitError) as raised:
            extent.confirm_comparisons(listed, {"n": copy})
        assert "too long to be compared" in raised.value.problems[0].message
    else:
        extent.confirm_comparisons(listed, {"n": copy})


def test_the_time_that_pdfs_take_is_bounded_for_all_of_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taken = iter([0.0, 1.0, 3.5, 9.0])
    given: list[float] = []

    def pages(_: bytes, seconds: float) -> tuple[str, bool, int]:
        given.append(seconds)
        return "A.\f", True, 0

    monkeypatch.setattr(folder, "seconds_taken", lambda: next(taken))
    monkeypatch.setattr(pdf, "_pages", pages)
    room = Room({})
    for name, said in (("a", ""), ("b", ""), ("c", "is a PDF, and those before it took all the time that PDFs have")):
        (tmp_path / name).write_bytes(b"%PDF")
        file = SavedFile(tmp_path / name, name)
        room.read(file)
        assert (file.unread, file.too_large) == (said, bool(said))
    assert given == [4.0, 1.5]


def test_so_many_missing_paragraphs_are_looked_for_more_closely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST_EXPLAINED", 2)
    story, copies = make(tmp_path, paragraphs=[f"It rained on day {i}." for i in range(6)])
    (copies / "n.txt").write_text("It rained on day 0.\n\n" + "\n\n".join(f"Snow on day {i}." for i in range(1, 6)))
    helps = [problem.help for problem in read_copies(load(story), copies)[1]]
    assert len(helps) == 5
    assert [("where it should stand" in each or "it has" in each) for each in helps] == [True] * 2 + [False] * 3


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("It rained on day {}.", "It rained"),
        ("It rained on day {}.", "It cost 7777 coins"),
        ("Hill said that on day {}.", "No article quotes Mole"),
        ("It did not rain on day {}.", "It did not rain on day 1"),
    ],
)
def test_statements_and_paragraphs_take_no_more_than_their_number(paragraph: str, text: str, tmp_path: Path) -> None:
    def build(n: int) -> object:
        beat = SAY.replace("{{}}", text)
        story, copy = cited([paragraph.format(i) for i in range(50)], beat, n)
        root = write(story, tmp_path / str(n))
        (tmp_path / f"{n}.txt").write_bytes(copy["n.txt"])
        library = load(root)
        return lambda: check_with_copies(library, tmp_path / f"{n}.txt")

    assert_grows_as_its_input(build, 100)  # type: ignore[arg-type]


def test_the_largest_copy_is_a_book() -> None:
    assert page.MOST_TEXT >= 5 * 150_000  # words of a long book: five of its chapters' letters each
    assert word.WORD_TAGS > page.MOST_TAGS


def test_too_many_statements_stop_a_review_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from retell.checks.evidence.examination import prove  # noqa: PLC0415 - beside its limit

    monkeypatch.setattr("retell.checks.evidence.extent.MOST_STATEMENTS", 4)
    story, copies = make(tmp_path)
    with pytest.raises(StoryUnfitError):
        prove(load(story), copies)
