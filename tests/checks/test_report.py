"""Problems are shown with the line, a caret under the character, and a help."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from retell.checks import report
from retell.checks.evidence.examination import BORNE_OUT, NOT_BORNE_OUT, NOTHING, Share, prove
from retell.checks.statements import statements
from retell.checks.summary import Evidence, Summary, neither, summarise
from retell.problems import Location, Problem, closest, nearest
from retell.story.library import load
from retell.story.typography import END_OF_ISOLATE, ISOLATE
from tests.support.invented import save_copies, tell
from tests.support.readings import TODAY, signing

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.problems import Level
    from retell.story.library import Library


def shown(*problems: Problem, width: int = 80) -> str:
    stream = io.StringIO()
    report.show(problems, Console(file=stream, width=width))
    return stream.getvalue()


def problem(excerpt: str, column: int, level: Level = "error", help_text: str = "") -> Problem:
    return Problem("wrong-type", Location("story/a.yaml", 12, column, excerpt), "this is wrong", help_text, level)


SHOWN = [
    problem("title: Noon", 8, help_text="mend it"),
    problem("title: Noon", 1, "warning"),
    problem("title: Noon", 12),
    problem("", 1),
    problem("   ", 2),
    problem("\ttitle:\tNoon", 9),
    problem("title: 停火協議 Noon", 13),
    problem("title: 😀😀 Noon", 11),
    problem("title: e\u0301te\u0301 Noon", 14),
    problem("title: [bold]Noon[/bold]", 14),
    problem("title: a\x1b[31mb\x00c", 11),
    problem("word " * 100, 251),
    problem("word " * 100, 1),
    problem("word " * 100, 500),
    Problem("not-yaml", Location("story/a\x1b[2J.yaml"), "a \x1b[31m message", "a \x07 help"),
    Problem("missing-file", Location("story/" + "a" * 100 + ".yaml"), "a long message " * 5),
]


def test_what_is_shown(golden: Callable[[str, str], None]) -> None:
    golden("report.txt", shown(*SHOWN))


@pytest.mark.parametrize(
    ("excerpt", "column", "char"),
    [
        ("title: Noon", 8, "N"),
        ("\t\tNoon", 3, "N"),
        ("停火協議 Noon", 6, "N"),
        ("停火協議 Noon", 2, "火"),
        ("😀 Noon", 3, "N"),
        ("e\u0301 Noon", 4, "N"),
        ("a\x1b\x00 Noon", 5, "N"),
        ("word " * 80 + "Noon" + " word" * 80, 401, "N"),
        ("停火" * 80 + "Noon" + " word" * 80, 161, "N"),
        ("Noon" + " word" * 80, 1, "N"),
        ("word " * 80 + "Noon", 401, "N"),
    ],
)
def test_the_caret_stands_under_the_character(excerpt: str, column: int, char: str) -> None:
    _, line, caret = shown(problem(excerpt, column)).splitlines()
    at = next(i for i in range(len(line)) if cell_len(line[:i]) == caret.index("^") and line[i] == char)
    assert caret.strip(" |") == "^"
    assert len(line) < 120
    assert cell_len(line[:at]) == caret.index("^")


@pytest.mark.parametrize(
    ("excerpt", "column", "line", "caret"),
    [
        ("name: יד מרדכי, 8 x", 17, "name: \u2068יד מרדכי\u2069, 8 x", " " * 16 + "^"),
        ("name: יד מרדכי, 8 x", 8, "name: \u2068יד מרדכי\u2069, 8 x", " " * 6 + "^" * 8),
        ("name: יד מרדכי, 8 x", 1, "name: \u2068יד מרדכי\u2069, 8 x", "^"),
        ("name: יד", 9, "name: \u2068יד\u2069", " " * 8 + "^"),
    ],
)
def test_the_caret_stands_under_words_from_right_to_left_as_a_whole(
    excerpt: str, column: int, line: str, caret: str
) -> None:
    assert [row[7:] for row in shown(problem(excerpt, column)).splitlines()[1:]] == [line, caret]


def test_no_control_character_reaches_the_terminal() -> None:
    assert all(char.isprintable() or char == "\n" for char in shown(*SHOWN))


def test_a_message_is_one_line_where_no_reader_is_so_that_places_can_be_found() -> None:
    first, *_, last = SHOWN
    assert shown(last, width=20).count("\n") == 1
    assert shown(first, width=20).splitlines()[0] == shown(first).splitlines()[0]


def page(*problems: Problem, width: int) -> list[str]:
    stream = io.StringIO()
    report.show(problems, Console(file=stream, width=width), page=True)
    return stream.getvalue().splitlines()


LINES = [
    "      Tom Reeve of the Bell Society spoke of a heartbeat, and of much else besides [@harbour-post ¶3] on that day",
    "\tbeats:\t\ttabs and\tmore tabs that take many a column of this line, \tand then [@harbour-post ¶3] and\tmore",
    "停火協議在第二天早上開始生效，但是很多人仍然不知道這件事情，因為沒有人告訴他們[@harbour-post ¶3]所以他們等待",
    "Cafe\u0301s de\u0301ja\u0300 vus et pie\u0300ces e\u0301crites, apre\u0300s [@harbour-post ¶3] e\u0301te\u0301",
    "قالت صحيفة فلسطين في ذلك اليوم إن المدينة كانت هادئة وإن الناس ناموا [@harbour-post ¶3] وإن الساعة لم تدق بعد ذلك",
    "העיר הייתה שקטה באותו לילה, והשעון לא צלצל עד הבוקר שלמחרת, כך נאמר [@harbour-post ¶3] ואיש לא שאל את האגודה",
    "https://example.org/" + "a-very-long-address/" * 8 + "[@harbour-post¶3]" + "/and-on" * 20,
    "😀 " * 60 + "[@harbour-post ¶3]" + " 😀" * 60,
    "title: x [@harbour-post ¶3]",
    "नमस्ते दुनिया यह एक लंबी पंक्ति है जिसमें बहुत से शब्द हैं और फिर [@harbour-post ¶3] और भी कई शब्द हैं",
]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100])
@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_an_excerpt_fits_the_window_with_its_caret_and_breaks_no_word(line: str, width: int) -> None:
    column = line.index("[@") + 2
    typed = line.replace("\t", " ")
    rows = page(problem(line, column), width=width)
    number, code, caret = (next(row for row in rows if mark in row) for mark in ("[wrong-type]", "12 | ", "^"))
    assert all(cell_len(row) <= width for row in rows)
    assert number
    at = caret.index("^")
    assert code[next(i for i in range(len(code)) if cell_len(code[:i]) == at)] == "@"
    kept = code.partition("| ")[2].translate(dict.fromkeys(map(ord, ISOLATE + END_OF_ISOLATE)))
    kept = kept.removeprefix("…").removesuffix("…")
    assert kept.strip() in typed
    if max(map(cell_len, typed.split())) < width - 12:
        assert set(kept.split()) <= set(typed.split())


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_on_a_page_messages_are_broken_between_words_and_a_command_stays_whole(width: int) -> None:
    command = "retell --story my-lesson new voice the-mayor-of-harnsea"
    said = Problem(
        "unknown-card", Location("story/a.yaml", 3), "no card " * 20, f"known here: a, b; or begin it: {command}"
    )
    rows = page(said, width=width)
    assert all(cell_len(row) <= width for row in rows if command not in row)
    assert [row for row in rows if row.endswith(command)]
    assert " ".join(" ".join(rows).split()) == " ".join(" ".join(line.plain for line in report.lines_of(said)).split())


@pytest.mark.parametrize(
    ("levels", "summary", "code"),
    [
        ([], "no problems", 0),
        (["error"], "1 error", 1),
        (["warning"], "1 warning", 0),
        (["error", "warning", "error"], "2 errors, 1 warning", 1),
        (["warning", "warning"], "2 warnings", 0),
    ],
)
def test_summary_and_exit_code(levels: list[Level], summary: str, code: int) -> None:
    problems = [problem("a", 1, level) for level in levels]
    assert report.summary(problems) == summary
    assert report.exit_code(problems) == code


@pytest.mark.parametrize(("levels", "code"), [([], 0), (["warning"], 1), (["error"], 1), (["warning", "error"], 1)])
def test_a_strict_check_fails_for_a_warning(levels: list[Level], code: int) -> None:
    assert report.exit_code([problem("a", 1, level) for level in levels], strict=True) == code


@pytest.mark.parametrize(
    ("name", "known", "help_text"),
    [
        ("flod", ["flood", "opening"], "did you mean 'flood'?"),
        ("FLOD", ["flood", "opening"], "did you mean 'flood'?"),
        ("flood", ["Flood", "opening"], "did you mean 'Flood'?"),
        ("x", ["flood", "opening"], "known here: flood, opening"),
        ("x", [], ""),
        ("x", [f"scene-{i}" for i in range(13)], ""),
        ("scene-12", [f"scene-{i}" for i in range(12)], "did you mean 'scene-2'?"),
    ],
)
def test_nearest_names(name: str, known: list[str], help_text: str) -> None:
    assert nearest(name, known) == help_text
    assert closest(name, known) == (help_text.split("'")[1] if "mean" in help_text else "")


# --- for programs ---

COUNTS = Summary(scenes=15, disputes=11, claims=207, quotations=61)
EVIDENCE = Evidence(
    borne_out=180,
    not_borne_out=3,
    nothing_to_look_for=40,
    not_looked_into={"no copy of mee": 20, "a paragraph differs in the copy": 7},
    neither=12,
    numbers=120,
    names=45,
    articles={"edm": Share(10, set(range(8)), 1000, 21), "mee": Share(24)},
)
LOOKED_INTO = Summary(
    scenes=15,
    disputes=11,
    claims=207,
    quotations=61,
    evidence=EVIDENCE,
    story="The Lachin Road",
    statements=250,
    read=238,
    read_by_two=200,
    unread=12,
)
ESCAPED = [
    # file, message and help; how GitHub reads them (actions/toolkit, packages/core/src/command.ts)
    ("a.yaml", "bad", "", "::error file=a.yaml,line=12,col=3,title=wrong-type::bad"),
    ("a,b:c.yaml", "bad", "", "::error file=a%2Cb%3Ac.yaml,line=12,col=3,title=wrong-type::bad"),
    ("100%.yaml", "50% is bad", "", "::error file=100%25.yaml,line=12,col=3,title=wrong-type::50%25 is bad"),
    ("a\r\nb.yaml", "bad", "", "::error file=a%0D%0Ab.yaml,line=12,col=3,title=wrong-type::bad"),
    ("a.yaml", "a\r\n::stop", "", "::error file=a.yaml,line=12,col=3,title=wrong-type::a%0D%0A::stop"),
    ("a.yaml", "a: b, c", "", "::error file=a.yaml,line=12,col=3,title=wrong-type::a: b, c"),
    ("a.yaml", "bad", "do x", "::error file=a.yaml,line=12,col=3,title=wrong-type::bad%0Ahelp: do x"),
    ("a.yaml", "%0A", "", "::error file=a.yaml,line=12,col=3,title=wrong-type::%250A"),
    ("a.yaml", "a\x1b[2J", "", "::error file=a.yaml,line=12,col=3,title=wrong-type::a<U+001B>[2J"),
]


@pytest.mark.parametrize(("file", "message", "help_text", "line"), ESCAPED)
def test_an_annotation_is_escaped(file: str, message: str, help_text: str, line: str) -> None:
    found = Problem("wrong-type", Location(file, 12, 3), message, help_text)
    assert report.to_annotations([found]) == line + "\n"


def test_annotations(golden: Callable[[str, str], None]) -> None:
    golden("report-github.txt", report.to_annotations(SHOWN))


@pytest.mark.parametrize(("name", "summary"), [("report", COUNTS), ("report-looked-into", LOOKED_INTO)])
def test_json(golden: Callable[[str, str], None], name: str, summary: Summary) -> None:
    golden(f"{name}.json", report.to_json(SHOWN, summary))


def test_the_json_has_the_keys_that_its_description_names() -> None:
    told = json.loads(report.to_json(SHOWN, LOOKED_INTO))
    assert list(told) == ["version", "problems", "summary"]
    assert told["version"] == 2
    for found in told["problems"]:
        assert list(found) == ["rule", "level", "file", "line", "column", "message", "help"]
        assert [type(value) for value in found.values()] == [str, str, str, int, int, str, str]
    counts = ["errors", "warnings", "scenes", "disputes", "claims", "quotations"]
    read = ["statements", "read", "read_by_two", "unread"]
    assert list(told["summary"]) == [*counts, "evidence", "story", *read]
    assert all(isinstance(told["summary"][name], int) for name in (*counts, *read))
    evidence = told["summary"]["evidence"]
    assert list(evidence) == [name for name in msgspec.structs.asdict(EVIDENCE) if name != "noun"]
    assert list(evidence["articles"]["edm"]) == ["paragraphs", "cited", "words", "quoted"]
    assert json.loads(report.to_json([], COUNTS))["summary"]["evidence"] is None
    described = str(report.to_json.__doc__)
    named = [*told, *told["problems"][0], *told["summary"], *evidence, *evidence["articles"]["edm"]]
    assert [name for name in named if f"`{name}`" not in described] == []


# --- the summary ---


def test_a_summary_counts_what_a_check_went_through(mini_library: Library) -> None:
    # gist and two claims, gist; two positions; three quotations, one of them a beat
    listed = statements(mini_library)
    counted = Summary(2, 1, 6, 3, story="The Bridge", statements=len(listed), unread=len(listed))
    assert summarise(mini_library, listed) == counted


def test_a_summary_counts_what_was_read_and_by_how_many(mini: Path) -> None:
    names = [statement.name for statement in statements(load(mini))]
    for by, number in (("Ann", 9), ("Ben", 4)):
        for name in names[:number]:
            signing(mini, by).sign(name, TODAY)
    library = load(mini)
    counted = summarise(library, statements(library))
    assert (counted.statements, counted.read, counted.read_by_two) == (len(names), 9, 4)
    assert counted.unread == len(names) - 9


def test_what_is_borne_out_what_was_read_and_what_is_neither(mini: Path) -> None:
    folder = save_copies(mini)
    tell(mini, "It fell at 12:30 [@north, para. 1], in 1812 [@north, para. 1], and so it was [@north, para. 1].")
    findings = prove(load(mini), folder)
    of_the_claim = [each for (_, trail, _), each in findings.outcomes.items() if trail[-1] == "say"]
    assert of_the_claim == [BORNE_OUT, NOT_BORNE_OUT, NOTHING]
    library = load(mini)
    wanted = {statement.name for statement in neither(library, statements(library), findings)}
    assert {"start 1, second sentence", "start 1, third sentence"} < wanted
    assert "start 1, first sentence" not in wanted
    signing(mini).sign("start 1, third sentence", TODAY)
    library = load(mini)
    assert "start 1, third sentence" not in {each.name for each in neither(library, statements(library), findings)}


def test_a_summary_of_a_broken_story(mini: Path) -> None:
    (mini / "story" / "02-night.yaml").write_text("title: [", "utf-8")
    library = load(mini)
    assert summarise(library, statements(library)).scenes == 2


@pytest.mark.parametrize("story", [None, "title: ''\n", "subtitle: It has none\n"])
def test_a_story_without_a_title_is_named_by_its_folder(
    mini: Path, monkeypatch: pytest.MonkeyPatch, story: str | None
) -> None:
    (mini / "story" / "story.yaml").unlink()
    if story:
        (mini / "story" / "story.yaml").write_text(story, "utf-8")
    monkeypatch.chdir(mini)
    assert summarise(load(Path()), []).story == summarise(load(mini), []).story == "mini"


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (COUNTS, "15 scenes, 11 disputes, 207 claims, 61 quotations: 1 error\n"),
        (Summary(1, 1, 1, 1), "1 scene, 1 dispute, 1 claim, 1 quotation: 1 error\n"),
        (Summary(0, 0, 0, 0), "0 scenes, 0 disputes, 0 claims, 0 quotations: 1 error\n"),
        (Summary(1, 1, 1, 1, story="Noon"), "Noon: 1 scene, 1 dispute, 1 claim, 1 quotation: 1 error\n"),
        (Summary(1, 1, 1, 1, story="a\x1bb"), "a<U+001B>b: 1 scene, 1 dispute, 1 claim, 1 quotation: 1 error\n"),
    ],
)
def test_a_summary_in_one_line(summary: Summary, text: str) -> None:
    assert report.to_text([problem("a", 1)], summary) == text


def test_a_summary_with_evidence(golden: Callable[[str, str], None]) -> None:
    golden("summary-looked-into.txt", report.to_text([], LOOKED_INTO))


def test_one_of_a_kind_is_no_plural() -> None:
    evidence = Evidence(borne_out=1, nothing_to_look_for=1, numbers=1, names=1)
    lines = report.to_text([], Summary(1, 1, 1, 1, evidence, statements=1)).splitlines()
    assert lines[1:3] == [
        "1 statement: 1 borne out, 0 read, 0 neither",
        "1 number and 1 name looked for; in 1 statement nothing",
    ]


@pytest.mark.parametrize(
    ("read", "by_two", "said"),
    [(0, 0, "0 read, 9 unread"), (8, 0, "8 read, 1 unread"), (9, 5, "9 read (5 by two or more), 0 unread")],
)
def test_without_copies_what_was_read_is_counted(read: int, by_two: int, said: str) -> None:
    summary = Summary(1, 1, 1, 1, statements=9, read=read, read_by_two=by_two, unread=9 - read)
    assert report.to_text([], summary).splitlines()[1:] == [f"9 statements: {said}"]


@pytest.mark.parametrize("title", ["", "Noon", "Sunday " * 5, "Sunday " * 50, "停火" * 50])
@pytest.mark.parametrize("articles", [0, 1, 5, 6, 7, 40])
@pytest.mark.parametrize("reasons", [0, 1, 3, 30])
def test_a_summary_has_at_most_12_lines_of_80_columns(articles: int, reasons: int, title: str) -> None:
    cited = set(range(50))
    shares = {f"article-{'of-a-long-name-' * (i % 5)}{i}": Share(100, cited, 9999, 1234) for i in range(articles)}
    counted = ("borne_out", "not_borne_out", "nothing_to_look_for", "neither", "numbers", "names")
    many: dict[str, Any] = dict.fromkeys(counted, 99999)
    not_looked_into = {f"there is no copy of article {i}": i + 1 for i in range(reasons)}
    evidence = Evidence(**many, not_looked_into=not_looked_into, articles=shares)
    summary = Summary(999, 999, 9999, 9999, evidence, title, 99_999, 99_999, 99_999, 99_999)
    lines = report.to_text(SHOWN, summary).splitlines()
    assert len(lines) <= 12
    assert max(map(cell_len, lines)) <= 80
    assert " ".join(lines).endswith("Neither says that the paragraph is true.")
    if articles == 40:
        more = next(line for line in lines if " more " in line)
        hidden = int(more.split()[0])
        assert f"{50 * hidden} of {100 * hidden}" in " ".join(more.split())


@pytest.mark.parametrize(("words", "quoted", "share"), [(1000, 21, 2.1), (0, 0, 0.0), (300, 1, 1 / 3)])
def test_the_share_of_an_article_that_is_quoted(words: int, quoted: int, share: float) -> None:
    assert Share(1, {1}, words, quoted).per_cent_quoted == pytest.approx(share)


def test_names_from_right_to_left_stay_in_their_place_in_a_message_and_before_the_line() -> None:
    said = Problem("unknown-card", Location("cards/places/יד.yaml", 3, 5), "no card 'יד מרדכי' 8", "did you mean 'יד'?")
    first, second = (line.plain for line in report.lines_of(said))
    # the name of the file itself is as it is, to be copied
    assert first == "\u2068cards/places/יד.yaml\u2069:3:5: error: no card '\u2068יד מרדכי\u2069' 8 [unknown-card]"
    assert second == "  help: did you mean '\u2068יד\u2069'?"
