"""Setting Markdown: any text stands for itself, emphasis is seen, codes stand before the final punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.checks import fit
from retell.handout.student import StudentEdition, student_edition
from retell.handout.teacher import TeacherEdition, teacher_edition
from retell.handout.writers.escaping import at_line_start, escape, escape_line, heading
from retell.script.resolver import resolve
from retell.script.steps import Stretch
from retell.story.prose import Prose, Span
from retell.story.references import Reference
from retell.story.told import Told
from tests.support.documents import in_markdown, told
from tests.support.reading import NOT_SEEN, html, structure, visible
from tests.support.towns import Files, load_files, story_files

AWKWARD = (
    "*", "**", "*a*", "_", "_a_", "__a__", "[", "]", "[a](b)", "![a](b)", "[a]: b", "[ ]", "<", ">", "<b>", "<!-- a",
    "<https://a.b>", "|", "| a | b |", "\\", "\\|", "\\*", "\\\\", "&", "&amp;", "&#42;", "#", "##", "# a", "1.", "1)",
    "12.", "-", "- a", "--", "---", "- - -", "+", "~", "~~a~~", "~~~", "`", "`a`", "```", "=", "===", "$", "$a$", ":-:",
    "{{ a }}", "{{ 7*7 }}", "{% a %}", "{% for a in b %}", "{# a #}", "<script>a</script>", "<a href=javascript:a>",
    "](javascript:a)", "[a](javascript:a)", "[a](data:text/html,b)", "[^1]", "!", "\u00a0a",
    ":x:", ":+1:", "[!NOTE]", "&lt;", "https://a.b/c_d?e=1&f=*g*",
)  # fmt: skip
PLAIN_TEXTS = (
    *("title", "subtitle", "question", "about", "note", "quote", "lead", "aside", "genre", "summary"),
    *("stance", "leaves-out", "task", "think"),
)
LISTS = ("worked-out", "cautions", "aims", "sensitivity", "starters")
CARD_TEXTS = (
    "container-title",
    "literal",
    "name",
    "role",
    "what",
    "az",
    "hy",
    "term",
    "silent",
    "notice",
)
PROSES = ("gist", "say", "says", "ask", "answer", "meaning")
EDITIONS: dict[str, Callable[[Told], StudentEdition | TeacherEdition]] = {
    "student, full": student_edition,
    "student, short": lambda library: student_edition(library, length="short"),
    "student, packet": lambda library: student_edition(library, ["many"]),
    "teacher, full": teacher_edition,
    "teacher, short": lambda library: teacher_edition(library, length="short"),
}


def say(text: str, stories: Told) -> str:
    return told(resolve(stories, Prose(text)))


def with_text_everywhere(value: Any, text: str) -> Any:
    """Put a text into every field that a student or a teacher sees."""
    if isinstance(value, list):
        return [with_text_everywhere(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: with_text_everywhere(item, text) for name, item in value.items()}
    for name in changed:
        if name in (*PLAIN_TEXTS, *CARD_TEXTS) and not (name == "what" and "scene" in changed):
            changed[name] = text
        elif name in LISTS:
            changed[name] = [text, text]
        elif name in (*PROSES, "what"):
            marked = text.replace("\\", "\\\\").replace("*", r"\*").replace("[", r"\[").replace("]", r"\]")
            changed[name] = marked if name == "ask" else f"{marked} [@north, para. 1]."
    return changed


def with_text(text: str, folder: Path) -> Told:
    files: Files = with_text_everywhere(story_files(), text)
    return fit(load_files(folder, files))


@pytest.fixture(scope="module")
def plain_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each edition of a story in which every field says "bridge"."""
    ordinary = with_text("bridge", tmp_path_factory.mktemp("plain"))
    return {name: in_markdown(gather(ordinary)) for name, gather in EDITIONS.items()}


@pytest.mark.parametrize("awkward", AWKWARD)
def test_special_characters_stand_for_themselves_in_every_field(
    awkward: str, plain_pages: dict[str, str], tmp_path: Path
) -> None:
    text = f"{awkward} bridge{awkward}bridge {awkward}"
    shown = " ".join(text.split())
    strange = with_text(text, tmp_path)
    for name, gather in EDITIONS.items():
        plain, page = plain_pages[name], in_markdown(gather(strange))
        # every "bridge" of the plain page is a field, but for the aliases and the address, which no page shows as text
        fields = visible(plain).replace("a-bridge-", "").lower().count("bridge")
        assert visible(page).lower().count(shown.lower()) == fields, name
        assert structure(page) == structure(plain), name


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\"'")))
def test_any_text_stands_for_itself_in_a_heading_a_line_and_a_cell(text: str) -> None:
    shown = " ".join(text.translate(NOT_SEEN).split())
    assert visible(f"# x {heading(text)}\n") == f"x {shown}".strip()
    assert visible(f"{at_line_start(escape(text))}\n") == shown
    assert visible(f"| a | b |\n|---|---|\n| {escape(text)} | end |\n") == f"a b {shown} end".replace("  ", " ")


@pytest.mark.parametrize("text", [":x:", "a:+1:b", ":100:", ":slightly_smiling_face:", ":8ball::x:", "http://a:b:c"])
def test_no_name_between_colons_becomes_a_picture_on_github(text: str) -> None:
    """The pattern is that of https://github.com/gjtorikian/html-pipeline, which looks at a page once it is one."""
    for written in (escape_line(text), heading(text)):
        assert not re.search(r":([\w+-]+):", re.sub("<[^>]*>", "", html(f"x {written}")))
        assert visible(written) == text


def test_an_hour_and_a_ratio_stay_as_they_are() -> None:
    assert escape_line("at 10:30:15, as 2:1, in a: b: c") == "at 10:30:15, as 2:1, in a: b: c"


def test_straight_quotation_marks_are_set_as_print_does() -> None:
    assert escape('the mayor\'s "no"') == "the mayor’s “no”"


@pytest.mark.parametrize(
    ("prose", "markdown"),
    [
        ("It fell at noon [@north, para. 1].", "It fell at noon [A ¶1]."),
        ("It fell. [@north, para. 1]", "It fell. [A ¶1]"),
        ("It fell [@north, paras. 1-2], then sank [@south, para. 2]!", "It fell [A ¶1–2], then sank [B ¶2]!"),
        ('They said "with glee" [@south, para. 1].', "They said “with glee” [B ¶1]."),
        ('"With glee" [@south, para. 1].', "“With glee” [B ¶1]."),
        ("(It fell [@north, para. 1].)", "(It fell [A ¶1].)"),
        ("It fell [@north, para. 1; @south, para. 2].", "It fell [A ¶1; B ¶2]."),
        ("It fell [@north, para. 1] [@north, para. 2].", "It fell [A ¶1–2]."),
        ("It is from the north [@north].", "It is from the north [A]."),
        ("a way over water", "a way over water"),
        ("…[@north, para. 1]", "… [A ¶1]"),
    ],
)
def test_a_code_stands_before_the_punctuation_that_ends_its_claim(prose: str, markdown: str, mini_told: Told) -> None:
    assert say(prose, mini_told) == markdown


@pytest.mark.parametrize(
    ("prose", "shown"),
    [
        ("an *empha sis* word", "an <em>empha sis</em> word"),
        ("un*believ*able", "un<em>believ</em>able"),
        ("* spaced *out", "<em>spaced</em> out"),
        ("*Really?* he asked", "<em>Really</em>? he asked"),
        ("*yes!*no", "<em>yes</em>!no"),
        ("no*(yes)*no", "no(<em>yes</em>)no"),
        ("*a**b* c", "<em>ab</em> c"),
        ('*a*"b"*c*', "<em>a</em>“b”<em>c</em>"),
        ("*…* nothing", "… nothing"),
        ("*a_b* \\*c\\*", "<em>a_b</em> *c*"),
        ('he said "*no*"', "he said “*no*”"),
        ("a cafe\u0301: *cafe\u0301*", "a cafe\u0301: <em>cafe\u0301</em>"),
        ("in *हिन्दी*, *ภาษานี้*!", "in <em>हिन्दी</em>, <em>ภาษานี้</em>!"),
    ],
)
def test_emphasis_is_seen_wherever_it_begins_and_ends(prose: str, shown: str, mini_told: Told) -> None:
    assert html(say(prose, mini_told)) == f"<p>{shown}</p>\n"


def test_emphasis_may_stand_beside_its_code(mini_told: Told) -> None:
    assert say("It *fell* [@north, para. 1].", mini_told) == "It *fell* [A ¶1]."


def test_punctuation_alone_can_carry_a_code() -> None:
    assert told([Stretch((Span("…"),), (Reference("A", (1,)),))]) == "… [A ¶1]"
