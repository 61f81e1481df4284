"""Every value of a YAML file is text; each problem and each character of a text is found where the author sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.files.characters import NO_BREAK_SPACES, unseen
from retell.files.folder import MOST_FILE_BYTES
from retell.files.yamlfile import MOST_CHARACTERS, Trail, YamlFile, read_yaml
from retell.files.yamlnodes import MOST_NESTED, MOST_VALUES, PARSER_ERRORS, PlainParser
from tests.support.folders import TOP

if TYPE_CHECKING:
    from retell.problems import Location

MADE_UP = settings(max_examples=100, deadline=None)

GROUPS = """\
title: Noon
beats:
  - say: one
    note: "two"
  - pause: 1
  -
    aside: three
empty:
list: [a, {b: c}]
"""


def place_of(location: Location) -> tuple[int, int]:
    return location.line, location.column


@pytest.mark.parametrize(
    ("trail", "key", "place"),
    [
        ((), False, (1, 1)),
        (("title",), True, (1, 1)),
        (("title",), False, (1, 8)),
        (("beats",), True, (2, 1)),
        (("beats",), False, (3, 3)),
        (("beats", 0), False, (3, 5)),
        (("beats", 0), True, (3, 5)),
        (("beats", 0, "say"), True, (3, 5)),
        (("beats", 0, "say"), False, (3, 10)),
        (("beats", 0, "note"), False, (4, 11)),
        (("beats", 1, "pause"), False, (5, 12)),
        (("beats", 2, "aside"), False, (7, 12)),
        (("list", 1, "b"), True, (9, 12)),
        (("list", 1, "b"), False, (9, 15)),
        # what is not there is shown where it would be
        (("nothing",), False, (1, 1)),
        (("beats", 9), False, (3, 3)),
        (("beats", 1, "say"), False, (5, 5)),
        (("title", "deeper"), False, (1, 8)),
        (("beats", "say"), False, (3, 3)),
    ],
)
def test_place_of_values_and_keys(trail: Trail, key: bool, place: tuple[int, int]) -> None:
    assert place_of(YamlFile("f", GROUPS).locate(trail, key=key)) == place


@pytest.mark.parametrize(
    ("source", "word", "place"),
    [
        ("a: one two", "one", (1, 4)),
        ("a: one two", "two", (1, 8)),
        ("a: one  two", "two", (1, 9)),
        ("a: one\n  two\n  three", "three", (3, 3)),
        ("a: one  \n\n   two", "two", (3, 4)),
        ("a: é 😀 two", "two", (1, 8)),
        ("a: 'one two'", "one", (1, 5)),
        ("a: 'it''s two'", "two", (1, 11)),
        ("a: 'it''s'", "s", (1, 9)),
        ("a: 'one''\n  ''two'", "two", (2, 5)),
        ("a: 'one\n\n\n  two'", "two", (4, 3)),
        ('a: "one two"', "two", (1, 9)),
        (r'a: "\"one\" two"', "two", (1, 13)),
        (r'a: "\x41\u0042\U00000043 two"', "two", (1, 26)),
        (r'a: "\x41\u0042\U00000043 two"', "C", (1, 15)),
        (r'a: "one\n\n two"', "two", (1, 13)),
        (r'a: "n\n n"', "n", (1, 5)),
        ('a: "one \\\n   two"', "two", (2, 4)),
        ('a: "one\\\n   two"', "two", (2, 4)),
        ('a: "one\\\n\n   two"', "two", (3, 4)),
        ('a: "one\\ \n   two"', "two", (2, 4)),
        ('a: "one\\\\\n   two"', "two", (2, 4)),
        ('a: "one\n   two"', "two", (2, 4)),
        ('a: "\u200bone"', "one", (1, 6)),
        ("a: |\n  one\n  two\n", "two", (3, 3)),
        ("a: |\n\n  one\n    two\n", "two", (4, 5)),
        ("a: |2\n    one\n  two\n", "one", (2, 5)),
        ("a: |- # a comment\n  one\n", "one", (2, 3)),
        ("a:\n  b: |\n    one\n\n     two\n", "two", (5, 6)),
        ("a: >-\n  one\n  two\n", "two", (3, 3)),
        ("a: >-\n  one  \n  two\n", "two", (3, 3)),
        ("a: >-\n  one\n\n\n  two\n", "two", (5, 3)),
        ("a: >-\n  one\n    more\n    more\n  two\n", "two", (5, 3)),
        ("a: >-\n  one\n    more\n  two\n", "more", (3, 5)),
        ("a: >-\n\n  one two\n", "two", (3, 7)),
        ("a: >-\n  a a a\n  a two\n", "two", (3, 5)),
        ("a: !x two", "two", (1, 7)),
        ("a: &x 'two'", "two", (1, 8)),
    ],
)
def test_place_of_characters(source: str, word: str, place: tuple[int, int]) -> None:
    file = YamlFile("f", source)
    assert isinstance(file.data, dict)
    at = next(value for value in _texts(file.data)).index(word)
    trail: Trail = ("a", "b") if isinstance(file.data["a"], dict) else ("a",)
    assert place_of(file.locate(trail, at)) == place


def _texts(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for child in children for text in _texts(child)]


def test_place_behind_the_last_character_is_the_end_of_the_text() -> None:
    assert place_of(YamlFile("f", "a: 'one'\nb: 1").locate(("a",), 3)) == (1, 8)
    assert place_of(YamlFile("f", "a: one\nb: 1").locate(("a",), 99)) == (1, 7)
    assert place_of(YamlFile("f", "a: |\n  one\n\nb: 1").locate(("a",), 3)) == (2, 6)
    assert place_of(YamlFile("f", "a: >\n  one\n  two\nb: 1").locate(("a",), 3)) == (2, 6)


def test_excerpt_is_the_line() -> None:
    assert YamlFile("f", "a: 1\nb: two\nc: 3").locate(("b",)).excerpt == "b: two"


@pytest.mark.parametrize(
    "value",
    ["NO", "yes", "true", "1e3", "12:30", "2023-09", "2023-04-23", "null", "~", "0x1F", "1_000", "-1", ".5", "<<"],
)
def test_every_value_stays_as_typed(value: str) -> None:
    file = YamlFile("f", f"a: {value}\nb: [{value}]\n{value}: c")
    assert file.data == {"a": value, "b": [value], value: "c"}
    assert not file.problems


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("", None),
        ("# a comment only", None),
        ("---\n...\n", None),
        ("a:", {"a": None}),
        ("a: ''", {"a": ""}),
        ("[]", []),
        ("a: {}", {"a": {}}),
        ("a: 1 # a comment", {"a": "1"}),
        ("word", "word"),
    ],
)
def test_data(source: str, data: object) -> None:
    file = YamlFile("f", source)
    assert (file.data, file.problems) == (data, [])


@pytest.mark.parametrize(
    ("source", "rule", "place", "message"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate-key", (3, 1), "'a' stands here a second time"),
        ("a: !x 1", "yaml-extra", (1, 4), "a tag"),
        ("a: !!str 1", "yaml-extra", (1, 4), "a tag"),
        ("a: ! 1", "yaml-extra", (1, 4), "a tag"),
        ("!!map {a: 1}", "yaml-extra", (1, 1), "a tag"),
        ("a: &x 1\nb: *x", "yaml-extra", (1, 4), "an anchor"),
        ("a: &x [1]\nb: *x\nc: *x", "yaml-extra", (1, 4), "an anchor"),
        ("&x a: 1", "yaml-extra", (1, 1), "an anchor"),
        ("a: &x [*x]", "yaml-extra", (1, 4), "an anchor"),
        ("? [a]\n: 1", "wrong-type", (1, 3), "the name of a field is a word"),
        ("[{a: 1}]: 2", "wrong-type", (1, 1), "the name of a field is a word"),
        ("?\n: 1", "wrong-type", (1, 2), "a field without a name"),
        ("a: *x", "not-yaml", (1, 4), "a text cannot start with '*'"),
        ("a: *b* c", "not-yaml", (1, 4), "a text cannot start with '*'"),
        ("a: & b", "not-yaml", (1, 4), "a text cannot start with '&'"),
        ("a: @b", "not-yaml", (1, 4), "a text cannot start with '@'"),
        ("a: %b", "not-yaml", (1, 4), "a text cannot start with '%'"),
        ("a: ? b", "not-yaml", (1, 4), "a text cannot start with '? '"),
        ("a: [b] c", "not-yaml", (1, 4), "a text cannot start with '[', which begins a list or a group"),
        ("- a: 1\n  b: {b} c", "not-yaml", (2, 6), "a text cannot start with '{', which begins a list or a group"),
        ("- a\n– b: 1", "not-yaml", (2, 1), "an item of a list begins with '-', not with '–'"),
        ("%b", "not-yaml", (1, 1), "a line cannot start with '%'"),
        ("\ta: 1", "not-yaml", (1, 1), "a tab"),
        ("a:\n\tb: 1", "not-yaml", (2, 1), "a tab"),
        ("a:\n  b: 1\n\tc: 1", "not-yaml", (3, 1), "a tab"),
        ("a: |\n\tb", "not-yaml", (2, 1), "a tab"),
        ("a: b: c", "not-yaml", (1, 5), "a ':' where no field can begin"),
        ("a: b\n  c d: e", "not-yaml", (2, 6), "a ':' where no field can begin"),
        ("a: 1\nb 2", "not-yaml", (2, 1), "this line is no field"),
        ("a: >-\n  b\nc", "not-yaml", (3, 1), "this line is no field"),
        ('a: "b\nc: d\n', "not-yaml", (1, 4), "a quotation mark is opened here and never closed"),
        ("a: 'b\nc: d\n", "not-yaml", (1, 4), "a quotation mark is opened here and never closed"),
        (r'a: "\q"', "not-yaml", (1, 5), "a backslash in double quotes"),
        ("a: [b\nc: d", "not-yaml", (1, 4), "a '[' is opened here and never closed"),
        ("a: {b\nc: d", "not-yaml", (1, 4), "a '{' is opened here and never closed"),
        ("a: ]", "not-yaml", (1, 4), "here a value should stand"),
        ("- a\nb: 1", "not-yaml", (2, 1), "this does not fit the list above"),
        (" a: 1\nb: 1", "not-yaml", (2, 1), "this does not fit the lines above"),
        ("a: - b", "not-yaml", (1, 4), "a list cannot begin here"),
        ("a: | b", "not-yaml", (1, 6), "a text after '|' or '>' begins on the next line"),
        ("a: |0\n b", "not-yaml", (1, 5), "the figure after '|' or '>' cannot be 0"),
        ("a: 1\n---\nb: 1", "not-yaml", (2, 1), "a second file begins here"),
        ("a: é\0", "not-yaml", (1, 5), "a character that cannot be seen or shown (U+0000)"),
        ("a: 1\nb: 😀\x1b[0m", "not-yaml", (2, 5), "a character that cannot be seen or shown (U+001B)"),
        ("a: 1\nb: \ud800", "not-yaml", (2, 4), "a character that cannot be seen or shown (U+D800)"),
        (r'a: "b\ac"', "unprintable-character", (1, 6), "(U+0007)"),
        ("a: b\u200bc", "unprintable-character", (1, 5), "(U+200B)"),
        ("a: b\u202ec", "unprintable-character", (1, 5), "(U+202E)"),
        ("a: >-\n  b\n  c\u2066d", "unprintable-character", (3, 4), "(U+2066)"),
        ("a\u200bb: c", "unprintable-character", (1, 2), "(U+200B)"),
    ],
)
def test_problems(source: str, rule: str, place: tuple[int, int], message: str) -> None:
    (problem,) = YamlFile("f", source).problems
    assert (problem.rule, place_of(problem.location)) == (rule, place)
    assert message in problem.message
    assert "\t" not in problem.message


class Slip(NamedTuple):
    """What an author mistyped (`_` stands for a no-break space), where, what is said of it, and what helps."""

    source: str
    place: tuple[int, int]
    message: str
    help: str


IN_TEXT = "write '>-' before it and begin the text on the next line, or put it in quotes"


def no_break(source: str, line: int, column: int) -> Slip:
    return Slip(source, (line, column), "a no-break space where a plain space must stand", "delete it and type a space")


def joined(source: str, line: int, column: int) -> Slip:
    return Slip(source, (line, column), "a space is missing behind '-'", "write '- ', with a space")


def unclosed(source: str, line: int, column: int) -> Slip:
    message = "a quotation mark is opened here and never closed"
    return Slip(source, (line, column), message, "add the mark that closes it")


def goes_on(source: str, line: int, column: int) -> Slip:
    return Slip(source, (line, column), "a text that begins with a quotation mark ends with it", IN_TEXT)


def colonless(source: str, place: tuple[int, int], name: str) -> Slip:
    return Slip(source, place, f"a ':' is missing behind '{name}'", f"write '{name}: …'")


def conflict(source: str, line: int) -> Slip:
    help_text = "keep what is right of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return Slip(source, (line, 1), "two versions of this file were joined, and nobody has chosen", help_text)


def further_in(source: str, line: int, column: int, help_text: str) -> Slip:
    return Slip(source, (line, column), "this line stands further in than the fields of its group", help_text)


@pytest.mark.parametrize(
    "slip",
    [
        # a no-break space in the indent, also where nothing else is wrong for YAML
        no_break("a:\n  - b: 1\n__  c: 2\n  - b: 3\n", 3, 1),
        no_break("a:\n  - b: 1\n  __c: 2\n  - b: 3\n", 3, 3),
        no_break("a:\n  - b: 1\n____c: 2\n", 3, 1),
        no_break("a:\n  - b: 1\n_ - c: 2\nd: 3\n", 3, 1),
        no_break("_a: 1\nb: 2\n", 1, 1),
        # behind a dash
        no_break("a:\n  -_b: 1\n    c: 2\n", 2, 4),
        no_break("a:\n  - b: 1\n  -_b: 2\n  - b: 3\n", 3, 4),
        no_break("a:\n  - b: 1\n  - _b: 2\n    c: 3\n", 3, 5),
        # behind a colon, and behind the mark of a text
        no_break("a:_1\nb: 2\n", 1, 3),
        no_break("a: 1\nb:_2\nc: 3\n", 2, 3),
        no_break("a: 1\nb:_2\n", 2, 3),
        no_break("a: >-\n  1\nb:_2\nc: 3\n", 3, 3),
        no_break("a:\n  - b:_1\n    c: 2\n", 2, 7),
        no_break("a:\n  - b: 1\n    c:_2\n    d: 3\n", 3, 7),
        no_break("a:_\n  - b: 1\n", 1, 3),
        no_break("a: >-_\n  1\nb: 2\n", 1, 6),
        no_break("a:_one\n  two\n\n# and\nb: 3\n", 1, 3),
        # one in a text is passed over
        no_break("a: 1_2\nb:_3\nc: >-\n  __4\nd: 5\n", 2, 3),
        no_break("a:_1\nb: >-\n  2\n  __3\nc: '4\n  __5'\nd: ]\n", 1, 3),
        Slip("a: >-\n  1\n  __2\nb: ]\n", (4, 4), "here a value should stand", f"if this is a text, {IN_TEXT}"),
        Slip("a: '1\n  __2'\nb: ]\n", (3, 4), "here a value should stand", f"if this is a text, {IN_TEXT}"),
        # a dash without its space
        joined("a:\n  - b: 1\n  -c: 2\n  - b: 3\n", 3, 3),
        joined("a:\n  - b: 1\n    c: 2\n  -b: 3\n", 4, 3),
        joined("a:\n  - b: '1'\n  -c: 2\n", 3, 3),
        joined("a:\n  - b: >-\n      1\n      -2\n  -c: 2\n", 5, 3),
        joined("a:\n  -b: 1\n  - c: 2\n", 2, 3),
        joined("a:\n  -b: 1\n    c: 2\n", 2, 3),
        joined("a:\n  - b\n  -c\n  - d\n", 3, 3),
        joined("a:\n  - 'b'\n  -'c'\n", 3, 3),
        # a quotation mark that the next one seems to close
        unclosed('a:\n  - b: 1\n    c: "@2\n    d: 3\n  - c: "@4"\n', 3, 8),
        unclosed('a:\n  - b: 1\n    c: "@2\n  - b: one "two" three\n', 3, 8),
        unclosed('a:\n  - b: 1\n    c: "@2\n    d: 3\n    e: "4" 5\nf: 6\n', 3, 8),
        unclosed("a:\n  - b: '1\n    c: it's\n", 2, 8),
        unclosed('a:\n  - "b\n  - "c"\n', 2, 5),
        unclosed('a: "1\nb: "2: 3"\n', 1, 4),
        unclosed('a: >-\n  1\nb: "2\nc: 3\nd: "4"\n', 3, 4),
        # a field without its colon
        colonless("a: 1\nb two\nc: 3\n", (2, 2), "b"),
        colonless("a:\n  - say one two\n    note: 3\n", (2, 8), "say"),
        colonless("a:\n  - say >-\n      one\n      two\n    note: 3\n", (2, 8), "say"),
        colonless("a: 1\ngist >-\n  one two\nc: 3\n", (2, 5), "gist"),
        # what is left of a merge
        conflict("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", 1),
        conflict("a: >-\n  b\n<<<<<<< ours\n  c\n=======\n  d\n>>>>>>> theirs\n", 3),
        # a text that goes on behind its quotation mark
        goes_on('a: "b" c', 1, 8),
        goes_on('a: "b," c\nd: 1\n', 1, 9),
        goes_on("a:\n  - b: 1\n    c: 'd,' e\n    f: 2\n", 3, 13),
        goes_on('a: "b," c "d"\n', 1, 9),
        goes_on('a:\n  - "b," c\n  - d\n', 2, 10),
        goes_on('a: "b\n  c" d\n', 2, 6),
        # a field too far in
        further_in(
            "a:\n  - b: 1\n    c: two\n      d: 3\n    e: 4\n",
            4,
            7,
            f"begin it in column 5, where 'c' above begins; in a text, {IN_TEXT}",
        ),
        further_in(
            "a:\n  - b: 1\n      c: 2\n", 3, 7, f"begin it in column 5, where 'b' above begins; in a text, {IN_TEXT}"
        ),
        further_in("a: b\n  c: d", 2, 3, f"begin it in column 1, where 'a' above begins; in a text, {IN_TEXT}"),
        further_in("a:\n  b\n  c: d", 3, 3, f"begin it in column 1, where 'a' above begins; in a text, {IN_TEXT}"),
        further_in("a: 'b'\n  c: d", 2, 3, "begin it in column 1, where 'a' above begins"),
        further_in("a: [b]\n  c-d:\n", 2, 3, "begin it in column 1, where 'a' above begins"),
        Slip(
            "a:\n    b: 1\n  c: 2\n",
            (3, 3),
            "this does not fit the lines above",
            "fields of one group start in one column",
        ),
    ],
    ids=lambda slip: repr(slip.source),
)
def test_a_slip_is_shown_where_it_was_made(slip: Slip) -> None:
    for space in NO_BREAK_SPACES if "_" in slip.source else " ":
        (problem,) = YamlFile("f", slip.source.replace("_", space)).problems
        assert (problem.rule, place_of(problem.location)) == ("not-yaml", slip.place)
        assert (problem.message, problem.help) == (f"this is not YAML: {slip.message}", slip.help)


@pytest.mark.parametrize("source", ["a: _b", "a: b_c", "a: >-\n  _b\n", "a: '_b'", "'_a': b", "- _", "a: b # _c", "_"])
def test_a_no_break_space_in_a_text_may_stand(source: str) -> None:
    for space in NO_BREAK_SPACES:
        file = YamlFile("f", source.replace("_", space))
        assert file.problems == []
        assert file.data is not None


def test_the_first_of_two_fields_of_a_name_counts() -> None:
    file = YamlFile("f", "# a comment\na: 1\na: 2\n")
    assert file.data == {"a": "1"}
    assert file.problems[0].help == "the first is in line 2"


def test_what_cannot_be_seen_is_left_out() -> None:
    file = YamlFile("f", "na\u200bme: t\u202ext two")
    assert file.data == {"name": "txt two"}
    assert place_of(file.locate(("name",), 4)) == (1, 13)


def test_a_file_with_aliases_has_no_data_so_that_none_grows_without_end() -> None:
    doubling = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    file = YamlFile("f", doubling)
    assert file.data is None
    assert len(file.problems) == 12


TOO_DEEP = "lists and groups stand more than 20 deep inside each other"


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("[", (1, 20)),
        ("{a: ", (1, 77)),
        ("- ", (1, 39)),
        ("? ", (1, 39)),
        ("a: [", (1, 40)),
        ("[[], ", (1, 96)),
        ("[\n", (20, 1)),
        ("['a', ", (1, 115)),
    ],
)
@pytest.mark.parametrize("times", [21, 1001, 100_000])
def test_deep_nesting_is_one_problem_whatever_the_parser_makes_of_it(
    opening: str, times: int, place: tuple[int, int]
) -> None:
    (problem,) = YamlFile("f", opening * times).problems
    assert (problem.rule, problem.message, place_of(problem.location)) == ("too-large", TOO_DEEP, place)


ERRORS: list[Callable[[yaml.Mark], BaseException]] = [
    lambda mark: yaml.scanner.ScannerError("while doing this", mark, "found that", mark),
    lambda mark: yaml.parser.ParserError(None, None, "a limit of another name", mark),
    lambda _: yaml.composer.ComposerError(None, None, "nobody knows where", None),
    lambda _: yaml.YAMLError("no parser error"),
    lambda _: ValueError("no parser error"),
    lambda _: MemoryError(),
    lambda _: RecursionError("maximum recursion depth exceeded"),
]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("a: " + "[" * 3000, "too-large", TOO_DEEP),
        ("a: 1\nb: [c]\n", "not-yaml", "this is not YAML: this cannot be read"),
    ],
)
def test_no_word_of_the_parser_reaches_an_author(
    monkeypatch: pytest.MonkeyPatch, error: Callable[[yaml.Mark], BaseException], text: str, rule: str, message: str
) -> None:
    def fail(_: PlainParser) -> None:
        raise error(yaml.Mark("f", len(text), 0, 0, None, 0))

    monkeypatch.setattr(PlainParser, "get_single_node", fail)
    (problem,) = YamlFile("f", text).problems
    assert (problem.rule, problem.message) == (rule, message)
    assert problem.help


@pytest.mark.parametrize("parser", [yaml.SafeLoader, yaml.CSafeLoader])
@given(
    st.text(st.characters())
    | st.lists(st.sampled_from("a: |- |\n|  |'|\"|[|]|{|}|,|&|*|!|#|?|%|>0|>|@|\t".split("|"))).map("".join)
)
def test_what_the_parser_says_is_said_in_our_words(parser: type[yaml.SafeLoader], text: str) -> None:
    try:
        yaml.compose(text, parser)
    except PARSER_ERRORS as error:
        said = {getattr(error, name, None) for name in ("problem", "context", "reason")} - {None}
        for problem in YamlFile("f", text).problems:
            assert not any(str(words) in problem.message + problem.help for words in said)


@pytest.mark.parametrize(
    ("within", "beyond", "message"),
    [
        ("[" * 20 + "]" * 20, "[" * 21 + "]" * 21, "lists and groups stand more than 20 deep inside each other"),
        ("- a\n" * 19_999, "- a\n" * 20_000, "this file has more than 20,000 names and values"),
        (f"- {'a' * 50_000}", f"- {'a' * 50_001}", "this text has more than 50,000 characters"),
    ],
)
def test_limits(within: str, beyond: str, message: str) -> None:
    assert not YamlFile("f", within).problems
    (problem,) = YamlFile("f", beyond).problems
    assert (problem.rule, problem.message) == ("too-large", message)
    assert problem.help


def test_the_limits_are_told_to_authors() -> None:
    page = " ".join((TOP / "story" / "README.md").read_text("utf-8").split())
    limits = (
        f"{MOST_FILE_BYTES // 2**20} MiB",
        f"{MOST_VALUES:,} names",
        f"{MOST_CHARACTERS:,} characters",
        f"{MOST_NESTED} deep",
    )
    assert [limit for limit in limits if limit not in page] == []


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("a: one two #three", 12),
        ("a: one two  #3\nb: 1", 13),
        ("a:\n  one\n  two #three", 7),
        ("- one two #three", 11),
        ("a: one # a comment", None),
        ("a: 1 2 3   #", None),
        ("a: 1 #one", None),
        ("a: 'one two' #three", None),
        ("a: >-\n  one #two", None),
        ("a: one two#three", None),
        ("a: one two\n#three four", None),
    ],
)
def test_a_word_that_is_lost_as_a_comment(source: str, column: int | None) -> None:
    found = [(problem.rule, problem.level, problem.location.column) for problem in YamlFile("f", source).problems]
    assert found == ([("comment-in-text", "warning", column)] if column else [])


@pytest.mark.parametrize(
    "source", ["a: 1 # b\u202ec", "# \u2066\na: 1", "a:\u2028  b: 1", "a: 1\ufeff\n", "a: 1 # \x9b31m"]
)
def test_what_cannot_be_seen_is_found_in_comments_too(source: str) -> None:
    (problem,) = YamlFile("f", source).problems
    assert problem.rule in ("unprintable-character", "not-yaml")


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        (b"\xef\xbb\xbfa: 1", {"a": "1"}),
        (b"a: >-\r\n  one\r\n  two\r\nb: 1\r\n", {"a": "one two", "b": "1"}),
        (b"a: |\r\n  one\r\n  two\r\n", {"a": "one\ntwo\n"}),
        (b"a: 1\rb: 2\r", {"a": "1", "b": "2"}),
        ("a: Şuşa".encode(), {"a": "Şuşa"}),
        (b"", None),
    ],
)
def test_files(tmp_path: Path, raw: bytes, data: object) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    file = read_yaml(path, "shown.yaml")
    assert (file.name, file.data, file.problems) == ("shown.yaml", data, [])


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a: 1\nb: \xe9t\xe9", (2, 4)),
        ("b: éé".encode() + b"\xff", (1, 6)),
        (b"\xef\xbb\xbfa: \xff", (1, 4)),
        (b"a: 1\r\nb: 1\rc: \xff", (3, 4)),
    ],
)
def test_files_that_are_not_utf_8(tmp_path: Path, raw: bytes, place: tuple[int, int]) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    (problem,) = read_yaml(path, "a.yaml").problems
    assert (problem.rule, place_of(problem.location)) == ("not-yaml", place)
    assert problem.message == "this file is not UTF-8 text"
    assert problem.help == "save it as UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_files_of_more_bytes_a_letter(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: 1".encode(encoding))
    (problem,) = read_yaml(path, "a.yaml").problems
    assert problem.message == "this file is UTF-16 text, not UTF-8"
    assert problem.help == "save it as UTF-8"


def test_lines_of_windows_files_have_no_carriage_return(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\r\nb: two\r\n")
    location = read_yaml(path, "a.yaml").locate(("b",))
    assert (place_of(location), location.excerpt) == ((2, 4), "b: two")


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yaml"):
        file = read_yaml(path, "a.yaml")
        assert file.data is None
        assert file.problems[0].message.startswith("this file cannot be read: ")
        assert place_of(file.locate(("a",))) == (1, 1)


BITS = (
    "a¦b: ¦: ¦- ¦\n¦\n  ¦\n    ¦'¦\"¦''¦\\¦|¦>-¦|2¦[¦]¦{¦}¦,¦&a¦*a¦!x ¦#¦ # ¦? ¦%¦@¦\t¦\r¦\x85¦\u2028¦\u200b¦\ufeff"
    "¦\u00a0¦\u202f¦-a¦😀¦---\n¦\\x41¦\0"
)
YAML_LIKE = st.lists(st.sampled_from(BITS.split("¦"))).map("".join)


def _check_places(file: YamlFile, lines: list[str]) -> None:
    for problem in file.problems:
        place = problem.location
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert place.excerpt == lines[place.line - 1].rstrip("\r")
        assert problem.message


@MADE_UP
@given(st.text(st.characters()) | YAML_LIKE)
def test_no_text_raises_and_every_problem_lies_in_the_file(text: str) -> None:
    _check_places(YamlFile("f", text), text.split("\n"))


@MADE_UP
@given(st.binary() | YAML_LIKE.map(str.encode))
def test_no_file_raises(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    file = read_yaml(path, "f")
    _check_places(file, file.text.split("\n"))


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]) | st.sampled_from("\n: '\"#-")).filter(
    lambda text: not unseen().search(text)
)
# what begins with a no-break space seems to be indented, and is refused
NAMES = TEXTS.filter(lambda name: not name or name[0] not in NO_BREAK_SPACES)
DATA = st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=12)


@MADE_UP
@given(DATA, st.sampled_from(["'", '"', "|", ">", None]), st.integers(20, 120))
def test_dumped_data_comes_back_and_every_character_is_found(data: object, style: str | None, width: int) -> None:
    text = yaml.safe_dump(data, default_style=style, allow_unicode=True, width=width, sort_keys=False)
    file = YamlFile("f", text)
    assert (file.data, file.problems) == (data, [])
    lines = text.split("\n")
    for trail, value in _trails(data):
        for offset, char in enumerate(value):
            place = file.locate(trail, offset)
            typed = lines[place.line - 1][place.column - 1 :]
            # a space may have come from a line end, and an escape stands for any character
            assert typed.startswith((char, "\\")) or (char in " \n" and not typed.strip())


def _trails(data: object, so_far: Trail = ()) -> list[tuple[Trail, str]]:
    if isinstance(data, str):
        return [(so_far, data)]
    assert isinstance(data, list | dict)
    steps = data.items() if isinstance(data, dict) else enumerate(data)
    return [found for step, child in steps for found in _trails(child, (*so_far, step))]
