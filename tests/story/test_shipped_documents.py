"""The text of a source in the public domain may travel with its story, and is everybody's copy of it."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from retell.authoring.bundle import pack
from retell.checks import check, fit
from retell.checks.evidence.examination import check_with_copies
from retell.cli import retell
from retell.copies.saved import hold, hold_for
from retell.files.folder import MOST_FILE_BYTES
from retell.handout.articles import FREE, FREE_ONE, RIGHT
from retell.handout.excerpts import CUT, WHOLE, shorten
from retell.handout.pages.edition import make_document
from retell.handout.student import student_edition
from retell.handout.writers.markdown import write_markdown
from retell.story.documents import MOST_TEXTS
from retell.story.kinds import ARTICLE
from retell.story.library import load
from tests.support.invented import NORTH, SOUTH, save_copies, tell

FREED = "rights: public-domain\n"


def free(story: Path, key: str) -> None:
    """Let a source be in the public domain."""
    card = story / "cards" / "sources" / f"{key}.yaml"
    card.write_text(card.read_text("utf-8") + FREED, "utf-8")


@pytest.fixture
def story(mini: Path) -> Path:
    """The small story, with one of its two articles shipped, and no copies beside it."""
    copies = save_copies(mini)
    free(mini, "north")
    (mini / "documents").mkdir()
    (copies / "north.txt").rename(mini / "documents" / "north.txt")
    (copies / "south.txt").unlink()
    return mini


def run(story: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(retell, ["--story", str(story), *map(str, arguments)], standalone_mode=False)


def faults(story: Path) -> list[str]:
    return [f"{problem.location.file.rpartition(os.sep)[2]}: {problem.message}" for problem in load(story).problems]


def test_it_is_the_copy_of_its_own_source_alone(story: Path) -> None:
    both = story / "documents" / "north.txt"
    both.write_text("\n\n".join([*NORTH, *SOUTH]), "utf-8")
    held = hold_for(load(story), None)
    assert list(held.copies) == ["north"]
    assert held.copies["north"].printed == dict(enumerate(NORTH, 1))


def test_a_claim_is_held_against_it_without_copies(story: Path) -> None:
    tell(story, "On 9 May 2001 the bridge fell [@north, para. 1].")
    problems, findings = check_with_copies(load(story), None)
    told = [problem for problem in problems if problem.location.file.endswith("01-start.yaml")]
    assert [problem.rule for problem in told] == ["number-not-found"]
    assert not any(problem.rule == "copy-missing" for problem in problems)
    assert [*findings.not_looked_into] == ["no copy of south"]
    assert "number-not-found" in run(story, "check").stderr
    assert "number-not-found" in run(story, "preview", story / "story" / "01-start.yaml").stdout


@pytest.mark.parametrize(("freed", "found"), [(False, ["copied-wording"]), (True, [])])
def test_the_words_of_what_nobody_owns_may_be_taken_over(mini: Path, freed: bool, found: list[str]) -> None:
    copies = save_copies(mini)
    if freed:
        free(mini, "north")
    tell(mini, "The council was not warned by the River Board that the piers were old [@north, para. 3].")
    problems, _ = check_with_copies(load(mini), copies)
    assert [problem.rule for problem in problems if problem.rule == "copied-wording"] == found


def test_a_paragraph_that_differs_is_named(story: Path) -> None:
    text = story / "documents" / "north.txt"
    text.write_text(text.read_text("utf-8").replace("final", "last"), "utf-8")
    problems, _ = check_with_copies(load(story), None)
    assert [problem.message for problem in problems if problem.rule == "copy-differs"] == [
        f"paragraph 4 of 'north' does not stand in {text}"
    ]


def test_another_text_is_no_copy(story: Path) -> None:
    text = story / "documents" / "north.txt"
    text.write_text("Something else stands here.\n", "utf-8")
    problems, _ = check_with_copies(load(story), None)
    assert [problem.message for problem in problems if problem.rule == "copy-missing"] == [
        f"{text} holds no paragraph of 'north'"
    ]


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("south.txt", b"A.", "'south' is not in the public domain, as its card has it, so its text does not travel"),
        ("nroth.txt", b"A.", "no source has the name 'nroth', which this text has"),
        ("north.pdf", b"A.", "this is no name for a document's text"),
        ("north (1).txt", b"A.", "this is a second copy of north.txt"),
        ("north.txt", b"\xff\xfeA\0", "this file is UTF-16 text, not UTF-8"),
        ("north.txt", b"\xe9", "this file is not UTF-8 text"),
        ("north.txt", b"%PDF", "this file is a PDF"),
        ("north.txt", b"a" * (MOST_FILE_BYTES + 1), "this file cannot be read: it is larger than"),
    ],
)
def test_what_is_no_text_of_a_free_source(story: Path, name: str, raw: bytes, message: str) -> None:
    (story / "documents" / name).write_bytes(raw)
    (found,) = faults(story)
    assert found.startswith(f"{name}: {message}")
    assert load(story).documents.keys() <= {"north"}


@pytest.mark.skipif(os.name == "nt", reason="not every Windows lets a user make links")
@pytest.mark.parametrize("linked", ["documents", "documents/north.txt"])
def test_no_link_out_of_the_story_is_followed(story: Path, tmp_path: Path, linked: str) -> None:
    outside = tmp_path / "outside"
    (story / linked).rename(outside)
    (story / linked).symlink_to(outside)
    assert len(faults(story)) == 1
    assert not load(story).documents


def test_a_folder_in_the_place_of_a_text(story: Path) -> None:
    (story / "documents" / "north.txt").unlink()
    (story / "documents" / "north.txt").mkdir()
    assert faults(story) == ["north.txt: this file cannot be read: it is a folder"]


def test_a_pack_holds_it_and_tells_it(story: Path, tmp_path: Path) -> None:
    (story / "documents" / "notes.md").write_text("Of my own.", "utf-8")
    packed = tmp_path / "story.zip"
    packed.write_bytes(pack(story))
    with ZipFile(packed) as archive:
        assert [name for name in archive.namelist() if name.startswith("documents")] == ["documents/north.txt"]
    assert load(packed).documents["north"].text == "\n\n".join(NORTH)
    assert not check(load(packed))


def test_commands_take_it_without_being_asked(story: Path) -> None:
    found = run(story, "find", "council warned")
    assert "The *council* was not *warned*" in found.stdout
    listed = run(story, "copies").stdout
    assert "north: 5 of 5 paragraphs" in listed
    assert "south: 0 of 3 paragraphs" in listed
    written = run(story, "articles", "-o", "-").stdout
    assert f"**A ¶3** {NORTH[2]}" in written
    assert RIGHT.format_map(ARTICLE.values) in written
    assert FREE_ONE in written
    alone = run(story, "articles", "A", "-o", "-").stdout
    assert FREE in alone
    assert "own copies" not in alone


def test_a_reader_s_fuller_copy_goes_before_it(story: Path, tmp_path: Path) -> None:
    (story / "documents" / "north.txt").write_text(NORTH[0], "utf-8")
    (tmp_path / "mine.txt").write_text("\n\n".join(NORTH), "utf-8")
    library = load(story)
    held = hold({"north": library.sources["north"].form}, tmp_path / "mine.txt", library.documents)
    assert held.copies["north"].printed == dict(enumerate(NORTH, 1))


def test_excerpts_stand_beside_the_questions_once(story: Path) -> None:
    scene = story / "story" / "01-start.yaml"
    text = scene.read_text("utf-8")
    again = (
        "  - {ask: And who was not warned?, skill: sourcing, answer: 'It [@north, paras. 1, 3; @south, para. 1].'}\n"
    )
    scene.write_text(text + again, "utf-8")
    edition = student_edition(fit(load(story)))
    markdown = write_markdown(make_document(edition, "codes", {}))
    questions = markdown[markdown.index("## Questions") :]
    assert questions.count(f"> **A ¶1** {NORTH[0]}") == 1
    assert f"> **A ¶3** {NORTH[2]}" in questions
    assert "See A ¶1 at question 1." in questions
    assert SOUTH[0] not in markdown


def test_of_a_long_paragraph_the_sentences_that_answer_are_printed() -> None:
    filler = "Rain fell upon the hills and nobody went out of doors. " * 12
    text = f"{filler}The mayor closed the bridge at noon. {filler}"
    assert len(text.split()) > WHOLE
    cut = shorten(text, "It was the mayor who closed the bridge.")
    assert "The mayor closed the bridge at noon." in cut
    assert cut.startswith(f"{CUT} ")
    assert cut.endswith(f" {CUT}")
    assert all(part.strip() in text for part in cut.split(CUT))
    assert shorten("Short as it is.", "anything") == "Short as it is."
    unbroken = "word " * 200
    assert shorten(unbroken, "anything") == unbroken.strip()


def test_a_rank_ends_no_sentence() -> None:
    long = "It rained all night upon the road and nobody slept at all. " * 9
    cut = shorten(f"{long}The men under Lt. Col. Smith and Capt. Parker met. {long}", "Smith met Parker")
    assert "under Lt. Col. Smith and Capt. Parker met." in cut


def test_a_story_has_so_many_texts_at_most(story: Path) -> None:
    for number in range(MOST_TEXTS + 1):
        (story / "documents" / f"text-{number}.txt").write_text("A.", "utf-8")
    assert f"documents: a story has at most {MOST_TEXTS} texts in documents/" in faults(story)
