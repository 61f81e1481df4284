"""What a handout says of its own citations: of codes, of notes or of citations, as they are in its style."""

from __future__ import annotations

import re
from functools import cache

import pytest

from retell.handout.choices import CITES, Cite
from retell.handout.packets import make_packets
from retell.handout.pages.edition import Edition, make_document
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from retell.handout.writers.citation_styles import citing_style
from retell.handout.writers.markdown import write_markdown
from tests.support.every import shipped

OF_CODES = re.compile(r"\bcodes?\b|¶\d+ is paragraph", re.IGNORECASE)
OF_NOTES = re.compile(r"\b(?:a|the|this|these|few|four|every|keeper of) (?:foot)?notes?\b", re.IGNORECASE)
NAMES = ("short", "support", "full", "teacher short", "teacher full", "packets")


@cache
def editions(name: str) -> tuple[Edition, ...]:
    told = shipped()
    if name == "packets":
        return tuple(make_packets(told).values())
    if name.startswith("teacher"):
        return (teacher_edition(told, length="full" if name.endswith("full") else "short"),)
    return (student_edition(told, length="full" if name == "full" else "short", support=name == "support"),)


def written(name: str, cite: Cite) -> str:
    """The Markdown of an edition, or of all packets, in a style."""
    return "\n".join(
        write_markdown(make_document(edition, cite), citing_style(cite, shipped())) for edition in editions(name)
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cite", [cite for cite in CITES if cite != "codes"])
def test_nothing_in_it_speaks_of_codes_where_there_are_none(name: str, cite: Cite) -> None:
    assert [line for line in written(name, cite).splitlines() if OF_CODES.search(line)] == []


@pytest.mark.parametrize("name", NAMES)
def test_with_codes_and_with_notes_it_says_the_same_of_them(name: str) -> None:
    codes, notes = written(name, "codes"), written(name, "footnotes")
    assert OF_CODES.search(codes) and OF_NOTES.search(notes)


@pytest.mark.parametrize("name", NAMES)
def test_a_note_begins_with_the_letter_and_the_paragraphs(name: str) -> None:
    notes = re.findall(r"^\[\^([a-z])([\d_-]*)\]: (\S+)(?:\u00a0¶(.*?))?: ", written(name, "footnotes"), re.MULTILINE)
    assert len(notes) > 4 and len(notes) == len(re.findall(r"^\[\^.*?\]: ", written(name, "footnotes"), re.MULTILINE))
    for letter, numbers, code, paragraphs in notes:
        assert code == letter.upper()
        assert numbers == paragraphs.replace("–", "-").replace(", ", "_")
