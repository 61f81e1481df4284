"""The text of a field becomes claims, spans and citations; what cannot be read is a fault at its character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.problems import Location
from retell.story.citations import Citation, Locators
from retell.story.prose import Prose, count_words, typed_indexes
from retell.story.typography import set_quotes

MADE_UP = settings(max_examples=150, deadline=None)

Cited = list[tuple[str, tuple[int, ...]]]


def cited(citations: tuple[Citation, ...]) -> Cited:
    return [(citation.key, citation.paragraphs) for citation in citations]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("@a", [("a", ())]),
        ("@a, para. 6", [("a", (6,))]),
        ("@a, para 6", [("a", (6,))]),
        ("@a, paras. 6-7", [("a", (6, 7))]),
        ("@a, paras. 6–8", [("a", (6, 7, 8))]),
        ("@a, paras. 6--8", [("a", (6, 7, 8))]),
        ("@a, paras. 3, 6", [("a", (3, 6))]),
        ("@a, paras. 3, 6-7, 9", [("a", (3, 6, 7, 9))]),
        ("@a, paras. 3, 3", [("a", (3,))]),
        ("@a, paras. 9, 3", [("a", (9, 3))]),
        ("@a, paragraph 6", [("a", (6,))]),
        ("@a, Paragraphs 6-7", [("a", (6, 7))]),
        ("@a, ¶6", [("a", (6,))]),
        ("@a, ¶ 6", [("a", (6,))]),
        ("@a, ¶¶6-7", [("a", (6, 7))]),
        ("@a,para. 6", [("a", (6,))]),
        ("@a , para. 6 ", [("a", (6,))]),
        ("@a,\npara.\n6", [("a", (6,))]),
        ("@a, para. 1; @b, paras. 2-3", [("a", (1,)), ("b", (2, 3))]),
        ("@a;@b ; @c, ¶1", [("a", ()), ("b", ()), ("c", (1,))]),
        ("@moscow-times_2.x, para. 1", [("moscow-times_2.x", (1,))]),
        ("@a, paras. 1-50", [("a", tuple(range(1, 51)))]),
    ],
)
def test_citations(inside: str, expected: Cited) -> None:
    prose = Prose(f"Text [{inside}].")
    assert (cited(prose.citations), prose.faults) == (expected, ())
    for text in (inside, f"[{inside}]"):
        assert (cited(Locators(text).citations), Locators(text).faults) == (expected, ())


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("Text [@]", 6, "'@' is no citation"),
        ("Text [@, para. 6]", 6, "'@, para. 6' is no citation"),
        ("Text [@a para. 6]", 6, "'@a para. 6' is no citation"),
        ("Text [@a, para. 1; b]", 19, "'b' is no citation"),
        ("Text [@a, para. 1;]", 18, "here a citation should stand"),
        ("Text [@a, ]", 9, "'' names no paragraph"),
        ("Text [@a, p. 6]", 10, "'p. 6' names no paragraph"),
        ("Text [@a, para.]", 10, "'para.' names no paragraph"),
        ("Text [@a, paras. 7-6]", 10, "'paras. 7-6' names no paragraph"),
        ("Text [@a, paras. 3,]", 10, "names no paragraph"),
        ("Text [@a, paras. 3 and 6]", 10, "names no paragraph"),
        ("Text [@a, paras. 1-51]", 10, "this citation names more than 50 paragraphs"),
        ("Text [@a, paras. 1-30, 20-60]", 10, "this citation names more than 50 paragraphs"),
        ("Text [@a, para. 9999999]", 10, "names no paragraph"),
        ("Text [@a, para. 6", 5, "this citation is never closed"),
        ("Text [@a, para. 6. More [@a, para. 7].", 5, "this citation is never closed"),
        ("[@a, para. 6] Text [@a]", 1, "this citation has no text before it"),
        ("** [@a, para. 6]", 4, "this citation has no word before it"),
        ("**** [@a, para. 6]", 6, "this citation has no word before it"),
        ("Text [@a] ** [@a].", 14, "this citation has no word before it"),
        ("… — “…” [@a].", 9, "this citation has no word before it"),
        ("Text [a, para. 6].", 5, "this looks like a citation, but is not written as one"),
        ("Text [see @a].", 5, "this looks like a citation, but is not written as one"),
        ("Text [ @a, ¶6].", 5, "this looks like a citation, but is not written as one"),
        ("Text (@a, para. 6).", 5, "this looks like a citation, but is not written as one"),
        ("Text, as @a [para. 6] says.", 12, "this looks like a citation, but is not written as one"),
    ],
)
def test_malformed_citations(text: str, offset: int, words: str) -> None:
    (fault,) = Prose(text).faults
    assert (fault.rule.name, fault.offset) == ("malformed-citation", offset)
    assert words in fault.at(Location("a.yaml")).message


def test_a_citation_is_read_once() -> None:
    """No time is taken here, but a pattern that looks back and forth would not come to its end."""
    for text in (f"It fell [@north{' ' * 200_000}x].", f"It fell [@{'.' * 200_000},].", f"It fell [{' ' * 200_000}@]."):
        assert not Prose(text).citations


def test_an_empty_cite_field_has_neither_citations_nor_faults() -> None:
    for text in ("", " ", "[]"):
        assert (Locators(text).citations, Locators(text).faults) == ((), ())
    assert not Locators(" ")
    assert Locators("@a")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("", []),
        (" \n ", []),
        ("Text", [("Text", 0)]),
        ("Text [@a].", [("Text.", 1)]),
        ("Text.[@a]", [("Text.", 1)]),
        ("Text [@a]", [("Text", 1)]),
        ("Text [@a] [@b].", [("Text.", 2)]),
        ("Text [@a]. [@b]", [("Text.", 2)]),
        ("One [@a]. Two [@b].", [("One.", 1), ("Two.", 1)]),
        ("One [@a], two [@b]; three [@c]", [("One,", 1), ("two;", 1), ("three", 1)]),
        ("One [@a]. Two.", [("One.", 1), ("Two.", 0)]),
        ("One [@a] two [@b].", [("One", 1), ("two.", 1)]),
        ("One [@a]two [@b].", [("One", 1), ("two.", 1)]),
        ("One [@a]?! Two [@b]…", [("One?!", 1), ("Two…", 1)]),
        ("(One [@a]) two [@b].", [("(One)", 1), ("two.", 1)]),
        ("One [@a] – two [@b].", [("One", 1), ("– two.", 1)]),
        ("One [@a] .5 two [@b].", [("One", 1), (".5 two.", 1)]),
        ("  One\n  line   [@a].\n", [("One line.", 1)]),
    ],
)
def test_claims(text: str, claims: list[tuple[str, int]]) -> None:
    prose = Prose(text)
    assert [(claim.text, len(claim.citations)) for claim in prose.claims] == claims
    assert prose.faults == ()
    assert prose.plain == " ".join(claim for claim, _ in claims)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a *b* c", [("a ", "plain", 0), ("b", "emphasis", 3), (" c", "plain", 5)]),
        ("*b*", [("b", "emphasis", 1)]),
        ("**b**", [("b", "plain", 2)]),
        ('a "b c" d', [("a ", "plain", 0), ("“b c”", "quotation", 2), (" d", "plain", 7)]),
        ("a “b c” d", [("a ", "plain", 0), ("“b c”", "quotation", 2), (" d", "plain", 7)]),
        ('a "b* c* d"', [("a ", "plain", 0), ("“b* c* d”", "quotation", 2)]),
        ('*a "b" c*', [("a ", "emphasis", 1), ("“b”", "quotation", 3), (" c", "emphasis", 6)]),
        ('"b""c"', [("“b”", "quotation", 0), ("“c”", "quotation", 3)]),
        (r"a \*b\* c", [("a *b* c", "plain", 0)]),
        (r"a \[b\] \\", [("a [b] \\", "plain", 0)]),
        (r"a \“b\” c", [("a “b” c", "plain", 0)]),
        (r"a \"b\" c", [("a “b” c", "plain", 0)]),
        (r"a \[@b] c", [("a [@b] c", "plain", 0)]),
        (r"a \b", [(r"a \b", "plain", 0)]),
        ("it's", [("it’s", "plain", 0)]),
        ("*Azat*'s 'own' word", [("Azat", "emphasis", 1), ("’s ‘own’ word", "plain", 6)]),
        ("\"it's\"'s", [("“it’s”", "quotation", 0), ("’s", "plain", 6)]),
        ("the [city] of *A*", [("the [city] of ", "plain", 0), ("A", "emphasis", 15)]),
        ("a\n b", [("a b", "plain", 0)]),
    ],
)
def test_spans(text: str, spans: list[tuple[str, str, int]]) -> None:
    prose = Prose(text)
    assert [(span.text, span.style, span.offset) for claim in prose.claims for span in claim.spans] == spans
    assert prose.faults == ()


def test_offsets_count_from_the_start_of_the_field() -> None:
    first, second = Prose(' One [@a]. Two "three" [@b, para. 2; @c].').claims
    assert (first.offset, first.citations[0].offset) == (1, 6)
    assert (second.offset, [span.offset for span in second.quotations]) == (11, [15])
    assert [citation.offset for citation in second.citations] == [24, 37]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a *b [@a].", [(2, "this emphasis is never closed")]),
        ('a "b [@a].', [(2, "this quotation is never closed")]),
        ("a “b [@a].", [(2, "this quotation is never closed")]),
        ("a “b “c” [@a].", [(2, "this quotation is never closed")]),
        ("a b” [@a].", [(3, "this mark closes no quotation")]),
        ('a *b "c [@a].', [(2, "this emphasis is never closed"), (5, "this quotation is never closed")]),
        # the rest of what the first one tore apart is not told again
        ('a "b [@a] c" [@b].', [(2, "this quotation is never closed")]),
        ("a “b [@a] c” [@b].", [(2, "this quotation is never closed")]),
        ("a “b [@a].” C [@b].", [(2, "this quotation is never closed")]),
        ("a *b [@a] c* [@b].", [(2, "this emphasis is never closed")]),
    ],
)
def test_marks_without_a_partner(text: str, faults: list[tuple[int, str]]) -> None:
    prose = Prose(text)
    assert [(fault.offset, fault.rule.message) for fault in prose.faults] == faults
    assert {fault.rule.name for fault in prose.faults} == {"unclosed-mark"}


def test_a_quotation_that_is_never_closed_is_told_as_plain_text() -> None:
    (claim,) = Prose('He said "no more [@a].').claims
    assert claim.quotations == ()
    assert claim.text == "He said “no more."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("it's", "it’s"),
        ("'no' and 'yes'", "‘no’ and ‘yes’"),
        ('"no"', "“no”"),
        ("\"'no'\"", "“‘no’”"),
        ("the states' road", "the states’ road"),
        ("('no')", "(‘no’)"),
        ('5" of snow', '5" of snow'),
        ("plain", "plain"),
    ],
)
def test_set_quotes(text: str, shown: str) -> None:
    assert set_quotes(text) == shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two", 2),
        ("one – two — …", 2),
        ("“one”, (two)", 2),
        ("30 000 km", 3),
        ("_ * -", 0),
        ("Şuşa Շուշի", 2),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_prose_is_a_value() -> None:
    assert Prose("a") == Prose("a")
    assert Prose("a") != "a"
    assert len({Prose("a"), Prose("a")}) == 1
    assert not Prose(" ")
    assert Prose("a")
    assert repr(Prose("a")) == "Prose('a')"


BITS = [
    "[@a, para. 1]",
    "[@b]",
    "[@",
    "]",
    "[",
    "*",
    '"',
    "“",
    "”",
    "\\",
    "'",
    " ",
    ". ",
    ", ",
    "; ",
    "@c",
    "¶",
    "para. ",
    "word",
    "9",
    "-",
]
ANY_TEXT = st.text() | st.lists(st.sampled_from(BITS)).map("".join)


@MADE_UP
@given(ANY_TEXT)
def test_no_text_raises_and_every_offset_lies_in_it(text: str) -> None:
    prose = Prose(text)
    offsets = [fault.offset for fault in prose.faults] + [citation.offset for citation in prose.citations]
    offsets += [claim.offset for claim in prose.claims]
    offsets += [span.offset for claim in prose.claims for span in claim.spans]
    assert all(0 <= offset <= len(text) for offset in offsets)
    assert [fault.offset for fault in prose.faults] == sorted(fault.offset for fault in prose.faults)
    assert all(text[citation.offset] == "@" for citation in prose.citations)
    assert prose.words >= 0
    assert all(fault.offset <= len(text) for fault in Locators(text).faults)


WORDS = st.from_regex(r"[a-zäşա]{1,6}('[a-z])?[,;:]?", fullmatch=True)
RUN = st.lists(WORDS | st.sampled_from(["–", "30", "(so)", r"\*", r"\[x\]", "[his]"]), min_size=1, max_size=5).map(
    " ".join
)
STYLED = st.tuples(st.sampled_from(["{}", "*{}*", '"{}"', "“{}”"]), RUN).map(lambda pair: pair[0].format(pair[1]))
STRETCH = st.lists(STYLED, min_size=1, max_size=4).map(" ".join).filter(lambda text: any(map(str.isalnum, text)))
CITATION = st.sampled_from(["[@a]", "[@a, para. 1]", "[@a, paras. 1-2; @b, ¶3]", "[@a] [@b]"])
WELL_FORMED = st.lists(
    st.tuples(STRETCH, st.sampled_from([" ", "\n"]), CITATION, st.sampled_from([".", ",", "", "!"])).map("".join),
    max_size=4,
).map(" ".join)


@MADE_UP
@given(WELL_FORMED)
def test_well_formed_text_keeps_every_visible_word_in_order(text: str) -> None:
    prose = Prose(text)
    assert prose.faults == ()
    visible = re.sub(r"\[@[^\]]*\]", " ", text).replace("\\", "").replace("'", "’")
    kept = re.findall(r"[\w’–]+", visible)
    assert re.findall(r"[\w’–]+", prose.plain) == kept
    assert prose.words == count_words(prose.plain)
    assert all(claim.citations for claim in prose.claims)


@MADE_UP
@given(WELL_FORMED)
def test_spans_begin_at_their_offset(text: str) -> None:
    curly = {"“": '"', "’": "'", "‘": "'"}
    for claim in Prose(text).claims:
        for span in claim.spans:
            if first := span.text.strip()[:1]:
                typed = text[span.offset :].lstrip().lstrip("\\")
                assert typed.startswith((first, curly.get(first, first)))


@MADE_UP
@given(st.text(st.sampled_from("ab \n\t\\*\"“”'’.[]"), max_size=40))
def test_each_character_of_a_span_is_found_where_it_was_typed(text: str) -> None:
    alike = str.maketrans("“”‘’\n\t", "\"\"''  ")
    for claim in Prose(text).claims:
        for span in claim.spans:
            indexes = list(typed_indexes(text, span))
            assert indexes == sorted(set(indexes))
            assert "".join(text[index] for index in indexes).translate(alike) == span.text.translate(alike)


@pytest.mark.parametrize("stop", ["。", "？", "！", "؟", "।", "॥", "۔", "።", "։", "，", "、", "；"])
@pytest.mark.parametrize("behind", ["", " Next [@a, para. 2].", "\nNext [@a, para. 2]."])
def test_the_full_stop_of_another_script_belongs_to_the_claim_before_it(stop: str, behind: str) -> None:
    prose = Prose(f"Text [@a, para. 1]{stop}{behind}")
    assert [claim.text for claim in prose.claims] == [f"Text{stop}", *(["Next."] if behind else [])]
    assert prose.faults == ()


def test_a_script_without_spaces_has_none_behind_its_full_stop() -> None:
    prose = Prose("東西 [@a, para. 1]。南北 [@a, para. 2]。")
    assert [claim.text for claim in prose.claims] == ["東西。", "南北。"]


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "»«", "„“", "„”", "「」", "『』", "＂＂"])
def test_a_quotation_is_one_in_any_marks_and_stands_in_those_of_print(marks: str) -> None:
    prose = Prose(f"Hill said {marks[0]}it’s mad{marks[1]}, twice [@a, para. 1].")
    assert prose.faults == ()
    assert [(span.text, span.style) for span in prose.claims[0].spans] == [
        ("Hill said ", "plain"),
        ("“it’s mad”", "quotation"),
        (", twice", "plain"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“a «b» c”", "“a «b» c”"),
        ("«a „b“ c»", "“a „b“ c”"),
        ("「a『b』c」", "“a『b』c”"),
        ("„a »b« c“", "“a »b« c”"),
    ],
)
def test_words_within_a_quotation_keep_their_marks(text: str, shown: str) -> None:
    prose = Prose(f"{text} [@a, para. 1]")
    assert (prose.faults, prose.plain) == ((), shown)
    assert len(prose.claims[0].quotations) == 1


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Hill said «it broke [@a, para. 1].", 10),
        ("Hill said 「it broke [@a].", 10),
        ("it broke」, Hill said [@a].", 8),
    ],
)
def test_other_marks_without_a_partner_are_faults_too(text: str, at: int) -> None:
    (fault,) = Prose(text).faults
    assert (fault.rule.name, fault.offset) == ("unclosed-mark", at)


def test_an_arrow_is_no_quotation() -> None:
    prose = Prose("File » Save » As [@a, para. 1]; \\«so\\» too [@a, para. 1].")
    assert (prose.faults, prose.claims[0].text) == ((), "File » Save » As;")
