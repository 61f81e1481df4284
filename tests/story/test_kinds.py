"""A source is called what it is: a diary is no article, in whatever readers, students and authors see."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from retell.checks import fit
from retell.checks.evidence.examination import check_with_copies
from retell.checks.report import to_text
from retell.checks.statements import statements
from retell.checks.summary import summarise
from retell.cli import retell
from retell.handout.choices import CITES
from retell.handout.packets import make_packets
from retell.handout.pages.edition import make_document
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.handout.writers.markdown import write_markdown
from retell.story import csl
from retell.story.cards import Source
from retell.story.kinds import ARTICLE, DOCUMENT, Noun, noun_of, together
from retell.story.library import Library, shipped_root
from tests.support.towns import load_files, story_files

NEWS = re.compile(r"\b(?:articles?|papers?)\b", re.IGNORECASE)
NAMES = re.compile(
    r"retell[^`\n]*? articles\b|\barticles\.(?:md|html)|-articles\b|put their papers down|On paper:", re.IGNORECASE
)
"""What is called so whatever a story is told from: a command, the file that it writes, sheets of paper."""


def documents_only(tmp_path: Path, genre: str = "diary", kind: str = "manuscript") -> Library:
    """The richer small story, all its sources of one kind, and its own texts without the word."""
    text = json.dumps(story_files(), ensure_ascii=False)
    for word in ("The article says", "Five invented articles", "the paper speaks"):
        assert word in text
        text = text.replace(word, NEWS.sub("text", word))
    files = json.loads(text)
    for name, card in files.items():
        if name.startswith("cards/sources"):
            card |= {"type": kind, "genre": genre, "author": [{"literal": f"Ann {card['code']}"}]}
            card.pop("container-title", None)
    return load_files(tmp_path, files)


def seen(library: Library, folder: Path) -> dict[str, str]:
    """Whatever a story is told, printed and checked in, by what it is."""
    told = fit(library)
    texts = {}
    for length in ("short", "full", "packet"):
        for cite in CITES:
            for gather in (student_edition, teacher_edition):
                edition = gather(told, (), length)
                texts[f"{gather.__name__} {length} {cite}"] = write_markdown(make_document(edition, cite))
    for name, packet in make_packets(told).items():
        texts[name] = write_markdown(make_document(packet))
    copies = folder / "copies"
    copies.mkdir(exist_ok=True)
    (copies / "x.txt").write_text("Nothing of it.", "utf-8")
    listed = statements(library)
    problems, findings = check_with_copies(library, copies)
    texts["summary"] = to_text(problems, summarise(library, listed, findings))
    for arguments in (
        ["read", "--plain"],
        ["sources"],
        ["sources", "A"],
        ["sources", "nobody"],
        ["compare", "of-5"],
        ["voices"],
        ["voices", "--width", "40"],
        ["copies", str(copies)],
        ["find", "rain", "--copies", str(copies)],
        ["find", "rain"],
        ["check", "--uncited"],
        ["articles", "-o", "-", "--copies", str(copies)],
        ["articles", "nobody"],
        ["preview", str(folder / "story" / "01-start.yaml")],
    ):
        result = CliRunner().invoke(retell, ["--story", str(folder), *arguments])
        texts[" ".join(arguments)] = f"{result.output}{result.exception or ''}"
    return texts


@pytest.mark.parametrize(
    ("genre", "kind", "one", "many"),
    [
        ("diary", "manuscript", "diary", "diaries"),
        ("a list", "dataset", "document", "documents"),
        ("sworn statements of eleven men", "document", "sworn statement", "sworn statements"),
    ],
)
def test_a_story_of_documents_never_says_article(tmp_path: Path, genre: str, kind: str, one: str, many: str) -> None:
    texts = seen(documents_only(tmp_path, genre, kind), tmp_path)
    told = {name: NEWS.findall(NAMES.sub("", text)) for name, text in texts.items()}
    assert {name: words for name, words in told.items() if words} == {}
    assert f"Which {one} says what?" in texts["student_edition full codes"]
    assert f"| Letter | {one.capitalize()} |" in texts["student_edition full codes"]
    assert f"Not heard in our {many}:" in texts["student_edition full codes"]
    assert f"The {many}\n" in texts["read --plain"]
    assert f"told by one {one}: A" in texts["read --plain"]
    assert f"no {one} named 'nobody'" in texts["sources nobody"]


def test_of_two_kinds_they_are_documents(tmp_path: Path) -> None:
    files = story_files()
    files["cards/sources/north"] |= {"type": "manuscript", "genre": "diary"}
    told = fit(load_files(tmp_path, files))
    assert told.noun == DOCUMENT
    assert [article.noun.one for article in told.articles] == ["diary", *["article"] * 4]
    script = CliRunner().invoke(retell, ["--story", str(tmp_path), "read", "--plain"]).output
    assert "told by one diary: A" in script


def test_the_shipped_story_is_told_from_articles() -> None:
    result = CliRunner().invoke(retell, ["--story", str(shipped_root()), "read", "--plain"])
    assert "\nThe articles\n" in result.output.replace("  ", "")


CARD: dict[str, Any] = {
    "code": "A",
    "summary": "x",
    "stance": "x",
    "leaves_out": "x",
    "paragraphs": (),
}


@pytest.mark.parametrize(
    ("kind", "genre", "noun"),
    [
        ("article-newspaper", "news report", "article"),
        ("article-newspaper", "speech", "article"),
        ("interview", "interview", "article"),
        ("webpage", "analysis", "article"),
        ("broadcast", "news", "broadcast"),
        ("manuscript", "diary of an officer", "diary"),
        ("manuscript", "private diary, in three books", "diary"),
        ("manuscript", "Letter to a friend", "letter"),
        ("personal_communication", "private", "letter"),
        ("document", "sworn statements", "sworn statement"),
        ("document", "a deposition by two men", "sworn statement"),
        ("document", "list of the diary's readers", "document"),
        ("treaty", "peace", "treaty"),
        ("speech", "to Parliament", "speech"),
        ("report", "officer's report", "report"),
        ("dataset", "table", "document"),
        ("legal_case", "decision", "judgment"),
    ],
)
def test_what_a_source_is_called(kind: Any, genre: str, noun: str) -> None:
    source = Source(type=kind, genre=genre, **CARD)
    assert noun_of(source).one == noun


@pytest.mark.parametrize("kind", csl.TYPES)
def test_every_type_has_a_noun(kind: Any) -> None:
    noun = noun_of(Source(type=kind, genre="", **CARD))
    assert (noun == ARTICLE) == (kind in csl.PUBLISHED and kind != "broadcast")
    assert noun.many != noun.one
    assert noun.some.split()[0] in ("a", "an")


def test_several() -> None:
    diary = Noun("diary", "diaries")
    assert together([diary, diary]) == diary
    assert together([diary, ARTICLE]) == DOCUMENT
    assert together([]) == DOCUMENT


def test_of_a_document_of_which_nothing_is_known_its_kind_is_told(tmp_path: Path) -> None:
    files = story_files()
    files["cards/sources/coast"] |= {"type": "manuscript", "genre": "diary of a sailor", "rights": "public-domain"}
    told = fit(load_files(tmp_path, files))
    full = write_markdown(make_document(student_edition(told, (), "full")))
    short = write_markdown(make_document(student_edition(told, (), "short")))
    assert "| E | diary of a sailor | What E is about. |" in full
    assert "| **E** | diary of a sailor. Not in our copy: author, title, date. |" in short
    teacher = write_markdown(make_document(teacher_edition(told)))
    assert "### E: diary of a sailor\n" in teacher
    listed = CliRunner().invoke(retell, ["--story", str(tmp_path), "sources"]).output
    assert "date not in our copy\n" in listed
    written = CliRunner().invoke(
        retell, ["--story", str(tmp_path), "articles", "E", "-o", "-", "--copies", str(tmp_path)]
    )
    assert "**.**" not in written.output
