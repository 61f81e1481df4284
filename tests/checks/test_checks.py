"""What is wrong with a story is found, each fault once, at its line and column; nothing is said of what it causes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, NamedTuple

import pytest
from rich.console import Console

import retell
from retell.checks import check, fit, report, wording
from retell.checks.registry import RULES
from retell.problems import Location, Problem, RetellError, Rule, StoryUnfitError
from retell.story.library import load, shipped_root

if TYPE_CHECKING:
    from collections.abc import Callable

LEVELS = {rule.name: rule.level for rule in RULES}
START, NIGHT, STORY = "story/01-start.yaml", "story/02-night.yaml", "story/story.yaml"
NORTH, SOUTH = "cards/sources/north.yaml", "cards/sources/south.yaml"
HILL, DISPUTE = "cards/voices/ann-hill.yaml", "cards/disputes/who-broke-it.yaml"
PLACE, TERM = "cards/places/aberford.yaml", "cards/terms/bridge.yaml"
ROADS = "map:\n  roads:\n    - name: a road\n      through: "
SILENT = "silent: The river.\n"
CLAIM = f"{SILENT}claims:\n  - claim: The rain broke it.\n"
SAID = f'{CLAIM}    says: "@north, para. 2"\n'
SIXTEEN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"

EVIDENCE = (
    "quotation-not-found number-not-found number-not-read count-not-found name-not-found speaker-not-found "
    "negation-differs not-turned turned-round counted-otherwise told-otherwise misplaced-citation "
    "grounds-not-found when-not-told where-not-named silence-broken copied-wording place-far-away actors-exchanged"
).split()

Expected = list[tuple[str, int, int]]


class Case(NamedTuple):
    """A text of a file replaced by another, and the problems that this makes: rule, line and column."""

    file: str
    old: str
    new: str
    expected: Expected


CASES = [
    # files that are no YAML, and what YAML has and a story has not
    Case(START, "title: Start", "title: Start: again", [("not-yaml", 1, 13)]),
    Case(START, "  - aside: Two", '  - aside: "Two', [("not-yaml", 7, 12)]),
    Case(STORY, "title: The Bridge", "title: The: Bridge", [("not-yaml", 1, 11)]),
    Case(NORTH, "code: A", "code: @A", [("not-yaml", 2, 7)]),
    Case(HILL, "role: mayor", "\trole: mayor", [("not-yaml", 2, 1)]),
    Case(DISPUTE, "silent: The river.", "silent: 'The river.", [("not-yaml", 7, 9)]),
    Case(PLACE, "name: ", "name: [", [("not-yaml", 1, 7)]),
    Case(TERM, "term: bridge", "term: *bridge*", [("not-yaml", 1, 7)]),
    Case(NIGHT, "    by:", "      by:", [("not-yaml", 9, 7)]),
    Case(NIGHT, "  - accounts", "  -accounts", [("not-yaml", 11, 3)]),
    Case(NIGHT, 'para. 2"', "para. 2", [("not-yaml", 10, 11)]),
    Case(NIGHT, "lead: Hill", 'lead: "No," Hill', [("not-yaml", 8, 17)]),
    Case(NIGHT, "    by:", "    by:\u00a0", [("not-yaml", 9, 8)]),
    Case(START, "    note:", "\u00a0\u00a0\u00a0\u00a0note:", [("not-yaml", 6, 1)]),
    Case(START, "- say:", "-\u202fsay:", [("not-yaml", 5, 4)]),
    Case(START, "aside: Two towns", "aside:\u2007Two towns", [("unknown-field", 7, 11)]),
    Case(START, "title: Start", "title: \u00a0St\u202fart", []),
    Case(START, "title: Start", "title: !Start", [("yaml-extra", 1, 8), ("missing-field", 1, 1)]),
    Case(START, "title: Start", "title: !new Start", [("yaml-extra", 1, 8)]),
    Case(NIGHT, "by: ann-hill", "by: &hill ann-hill", [("yaml-extra", 9, 9)]),
    Case(START, "title: Start\n", "title: Start\ntitle: Again\n", [("duplicate-key", 2, 1)]),
    Case(START, "Two towns", "Two \u200btowns", [("unprintable-character", 7, 16)]),
    Case(NIGHT, "phase: flood", "phase: flo\u200bod", [("unprintable-character", 2, 11)]),
    Case(START, "title: Start", "ti\u200btle: Start", [("unprintable-character", 1, 3)]),
    Case(START, "title: Start", "title: Start # he\u202era", [("unprintable-character", 1, 18)]),
    Case(START, 'says "Sunday"', 'says "Sunday" on page #3', [("comment-in-text", 6, 33)]),
    Case(START, "title: Start", f"title: {'[' * 20}Start{']' * 20}", [("too-large", 1, 26)]),
    Case(START, "title: Start", f"title: {'Start ' * 8334}", [("too-large", 1, 8), ("missing-field", 1, 1)]),
    # fields
    Case(START, "title:", "titel:", [("unknown-field", 1, 1)]),
    Case(START, "title:", "headline: x\ntitle:", [("unknown-field", 1, 1)]),
    Case(START, "  - aside:", "  - asied:", [("unknown-field", 7, 5)]),
    Case(START, "    note:", "    nots:", [("unknown-field", 6, 5)]),
    Case(NIGHT, "    by:", "    bye:", [("unknown-field", 9, 5)]),
    Case(NIGHT, "    lead:", "    laed:", [("unknown-field", 8, 5)]),
    Case(DISPUTE, "    says: The rain", "    say: The rain", [("unknown-field", 4, 5)]),
    Case(DISPUTE, "positions:", "position:", [("unknown-field", 2, 1)]),
    Case(SOUTH, "paragraphs:", "paragraph:", [("unknown-field", 7, 1)]),
    Case(STORY, "phases:", "phaes:", [("unknown-field", 6, 1)]),
    Case(START, "title: Start\n", "", [("missing-field", 1, 1)]),
    Case(START, "title: Start", "title:", [("missing-field", 1, 1)]),
    Case(START, "title: Start", "title: ''", [("missing-field", 1, 1)]),
    Case(START, "title: Start", "title: ' '", [("missing-field", 1, 1)]),
    Case(NIGHT, "phase: flood", 'phase: "\\t"', [("missing-field", 2, 1)]),
    Case(NIGHT, "by: ann-hill", "by: ' '", [("quotation-without-speaker", 7, 5)]),
    Case(NIGHT, "accounts: who-broke-it", "accounts: ' '", [("missing-field", 11, 5)]),
    Case(STORY, "scenes: [start, night]", "scenes: [start, ' ', night]", [("wrong-type", 13, 17)]),
    Case(START, "phase: opening\n", "", [("missing-field", 1, 1)]),
    Case(START, "    skill: sourcing\n", "", [("missing-field", 9, 5)]),
    Case(NIGHT, "    lead: Hill said\n", "", [("missing-field", 7, 5)]),
    Case(NIGHT, "accounts: who-broke-it", "accounts:", [("missing-field", 11, 5)]),
    Case(HILL, "name: Ann Hill\n", "", [("missing-field", 1, 1)]),
    Case(DISPUTE, "  - voice: south\n    says:", "  - says:", [("missing-field", 5, 5)]),
    Case(SOUTH, "paragraphs: [aaaaaaaaaaaa, bbbbbbbbbbbb]\n", "", [("missing-field", 1, 1)]),
    Case(STORY, "  - id: flood\n    title", "  - title", [("missing-field", 10, 5)]),
    Case(STORY, "scenes: [start, night]", "scenes:", [("missing-field", 13, 1)]),
    Case(STORY, "scenes: [start, night]", "scenes: []", [("missing-field", 13, 1)]),
    Case(STORY, "scenes:", f"{ROADS}[]\nscenes:", [("missing-field", 16, 7)]),
    Case(SOUTH, "[aaaaaaaaaaaa, bbbbbbbbbbbb]", "[]", [("missing-field", 7, 1)]),
    Case(PLACE, "[1, 2]", "[]", [("missing-field", 4, 1)]),
    Case(START, "title: Start", "title: {}", [("missing-field", 1, 1)]),
    Case(HILL, "aliases: [Hill]", "aliases: []", []),
    Case(NIGHT, "where: aberford", "where: []", [("wrong-type", 4, 8)]),
    # values
    Case(START, "title: Start", "title: [Start]", [("wrong-type", 1, 8)]),
    Case(START, "title: Start", "title: {Start}", [("wrong-type", 1, 8)]),
    Case(START, "beats:\n", "beats: none\nbeast:\n", [("wrong-type", 4, 8), ("unknown-field", 5, 1)]),
    Case(START, "  - aside: Two towns, one river.", "  - Two towns", [("unknown-field", 7, 5)]),
    Case(START, "aside: Two", "say: Two [@north].\n    aside: Two", [("wrong-type", 7, 5)]),
    Case(START, "skill: sourcing", "skill: reading", [("wrong-type", 10, 12)]),
    Case(START, "  - ask: Who spoke?", "  - none\n  - ask: Who spoke?", [("wrong-type", 9, 5)]),
    Case(START, "gist: A bridge", "? [gist]\n: x\ngist: A bridge", [("wrong-type", 3, 3)]),
    Case(NIGHT, "when: 2001-05", "when: Mai 2001", [("wrong-type", 3, 7)]),
    Case(NIGHT, "when: 2001-05", "when: [2001-05]", [("wrong-type", 3, 7)]),
    Case(NIGHT, "when: 2001-05", "when: 2001-02-30", [("wrong-type", 3, 7)]),
    Case(NIGHT, "where: aberford", "where: [aberford]", [("wrong-type", 4, 8)]),
    Case(NIGHT, "pause: 1", "pause: long", [("wrong-type", 13, 12)]),
    Case(NIGHT, "pause: 1", "pause: 61", [("wrong-type", 13, 12)]),
    Case(NIGHT, "figure: timeline", "figure: chart", [("wrong-type", 12, 13)]),
    Case(STORY, "scenes:", "revisions: []\nscenes:", []),
    Case(STORY, "frame: true", "frame: yes", [("wrong-type", 9, 12)]),
    Case(STORY, "scenes:", f"{ROADS}aberford\nscenes:", [("wrong-type", 16, 16)]),
    Case(STORY, "scenes:", "map: a river\nscenes:", [("wrong-type", 13, 6)]),
    Case(STORY, "scenes:", "map: {rivers: []}\nscenes:", [("unknown-field", 13, 7)]),
    Case(STORY, "scenes: [start, night]", "scenes: [start, [night]]", [("wrong-type", 13, 17)]),
    Case(STORY, "scenes: [start, night]", "scenes: [start, '', night]", [("wrong-type", 13, 17)]),
    Case(
        STORY,
        "scenes: [start, night]",
        "scenes: [[], strat, night]",
        [("wrong-type", 13, 10), ("unknown-scene", 13, 14)],
    ),
    Case(STORY, "question:", "words-a-minute: 50\nquestion:", [("wrong-type", 3, 17)]),
    Case(STORY, "edition:", "format: 0\nedition:", [("wrong-type", 5, 9)]),
    Case(STORY, "edition:", "format: 1.5\nedition:", [("wrong-type", 5, 9)]),
    Case(STORY, "edition:", "format: [2]\nedition:", [("wrong-type", 5, 9)]),
    Case(STORY, "edition:", "format: 2\nedishun:", [("newer-format", 5, 9)]),
    Case(STORY, "edition:", "format: '999999999'\nedition:", [("newer-format", 5, 9)]),
    Case(STORY, "phases:\n", "phases:\n  - opening\n", [("wrong-type", 7, 5)]),
    Case(STORY, "  - id: flood", "  - id: x/../../flood", [("wrong-type", 10, 9)]),
    Case(STORY, "  - id: flood", "  - id: The flood", [("wrong-type", 10, 9)]),
    Case(NORTH, "code: A", "code: AAA", [("wrong-type", 2, 7)]),
    Case(NORTH, "bbbbbbbbbbbb", "BBBB", [("wrong-type", 7, 28)]),
    Case(NORTH, "code: A", "code: A\nURL: example.org", [("wrong-type", 3, 6)]),
    Case(PLACE, "position: [1, 2]", "position: [1]", [("wrong-type", 4, 11)]),
    Case(PLACE, "position: [1, 2]", "position: 50.1, 10.2", [("wrong-type", 4, 11)]),
    Case(PLACE, "position: [1, 2]", "position: [50,1, 10,2]", [("wrong-type", 4, 11)]),
    Case(PLACE, "position: [1, 2]", "position: ['50,1', 10.2]", [("wrong-type", 4, 12)]),
    Case(PLACE, "position: [1, 2]", "position: [1, 200]", [("wrong-type", 4, 15)]),
    Case(PLACE, "position: [1, 2]", "position: [1, nan]", [("wrong-type", 4, 15)]),
    Case(PLACE, "names: {az: Aberford, hy: Aberfurt}", "azerbaijani: Aberford", []),
    Case(PLACE, "names: {az: Aberford, hy: Aberfurt}", "armenian: [a]", [("wrong-type", 3, 11)]),
    Case(PLACE, "{az: Aberford, hy: Aberfurt}", "Aberford", [("wrong-type", 3, 8)]),
    Case(PLACE, "{az: Aberford,", "{Azeri: Aberford,", [("wrong-type", 3, 9)]),
    Case(PLACE, "{az: Aberford,", "{az: [Aberford],", [("wrong-type", 3, 13)]),
    Case(PLACE, "{az: Aberford,", "{az: ,", [("wrong-type", 3, 13)]),
    Case(PLACE, "{az: Aberford,", "{no: Aberford, sr-Latn: Aberford,", []),
    Case(PLACE, "{az: Aberford, hy: Aberfurt}", "{}", []),
    Case(HILL, "aliases: [Hill]", "aliases: Hill", [("wrong-type", 4, 10)]),
    Case(HILL, "aliases: [Hill]", "aliases:\n  -", [("wrong-type", 5, 4)]),
    Case(DISPUTE, "  - voice: ann-hill", "  - nobody\n  - voice: ann-hill", [("wrong-type", 3, 5)]),
    # names that point nowhere
    Case(START, "Aberfurt [@north", "Aberfurt [@nroth", [("unknown-source", 3, 44)]),
    Case(NIGHT, '"@north, para. 2"', '"@nroth, para. 2"', [("unknown-source", 10, 13)]),
    Case(NIGHT, '"@north, para. 2"', "'[@north, para. 1; @nroth]'", [("unknown-source", 10, 31)]),
    Case(NIGHT, "; @south, para. 2]", ";\n      @suoth, para. 2]", [("unknown-source", 18, 8)]),
    Case(DISPUTE, "[@south", "[@suoth", [("unknown-source", 6, 40)]),
    Case(TERM, "a way over water", "a way over water [@nroth]", [("unknown-source", 2, 29)]),
    Case(DISPUTE, SILENT, f'{CLAIM}    says: "@north, para. 1; @nroth"\n', [("unknown-source", 10, 30)]),
    Case(DISPUTE, SILENT, f'{SAID}    otherwise: "@suoth, para. 1"\n', [("unknown-source", 11, 18)]),
    Case(DISPUTE, SILENT, f'{CLAIM}    says: "@north, paras. 2-3"\n', [("paragraph-out-of-range", 10, 12)]),
    Case(DISPUTE, SILENT, f'{SAID}    otherwise: "@south, para. 9"\n', [("paragraph-out-of-range", 11, 17)]),
    Case(DISPUTE, SILENT, f"{CLAIM}    says: north\n", [("malformed-citation", 10, 11)]),
    Case(DISPUTE, SILENT, f"{SAID}    otherwise: '@south, p. 1'\n", [("malformed-citation", 11, 25)]),
    Case(DISPUTE, SILENT, f"{SAID}    otherwise:\n", []),
    Case(DISPUTE, SILENT, f"{SAID}    otherwise: '@south, para. 2'\n", []),
    Case(DISPUTE, SILENT, CLAIM, [("claim-without-citation", 9, 5)]),
    Case(DISPUTE, SILENT, f"{CLAIM}    says:\n", [("claim-without-citation", 9, 5)]),
    Case(DISPUTE, SILENT, SAID.replace("claim:", "clam:"), [("unknown-field", 9, 5)]),
    Case(DISPUTE, SILENT, SAID.replace("The rain", "The terrorist rain"), [("loaded-word", 9, 16)]),
    Case(NIGHT, "accounts: who-broke-it", "accounts: who-broke-is", [("unknown-card", 11, 15)]),
    Case(NIGHT, "by: ann-hill", "by: ann-hil", [("unknown-card", 9, 9)]),
    Case(NIGHT, "where: aberford", "where: aberfrod", [("unknown-card", 4, 8)]),
    Case(DISPUTE, "voice: south", "voice: suoth", [("unknown-card", 5, 12)]),
    Case(STORY, "scenes:", f"{ROADS}[aberford, abreford]\nscenes:", [("unknown-card", 16, 27)]),
    Case(NIGHT, "phase: flood", "phase: flod", [("unknown-phase", 2, 8)]),
    Case(STORY, "night]", "nigth]", [("unknown-scene", 13, 17)]),
    Case(STORY, "night]", "night, start]", [("repeated-name", 13, 24)]),
    Case(STORY, "phases:\n", "phases:\n  - id: flood\n    title: x\n", [("repeated-name", 12, 9)]),
    Case(STORY, "phases:\n", "phases:\n  - id: night\n    title: x\n", [("repeated-name", 7, 9)]),
    Case(SOUTH, "code: B", "code: A", [("repeated-name", 2, 7)]),
    Case(START, "[@north, para. 1].\nbeats", "[@north, para. 3].\nbeats", [("paragraph-out-of-range", 3, 43)]),
    Case(NIGHT, '"@north, para. 2"', '"@north, para. 0"', [("paragraph-out-of-range", 10, 12)]),
    Case(START, "paras. 1-2", "paras. 1-9", [("paragraph-out-of-range", 5, 108)]),
    # citations and marks
    Case(START, "paras. 1-2", "paras. 2-1", [("malformed-citation", 5, 116)]),
    Case(START, "[@north, para. 1].\nbeats", "[@north, p. 1].\nbeats", [("malformed-citation", 3, 51)]),
    Case(START, "[@north, para. 1].\nbeats", "[@north para. 1].\nbeats", [("malformed-citation", 3, 43)]),
    Case(START, "[@north, para. 1].\nbeats", "[@north, para. 1.\nbeats", [("malformed-citation", 3, 42)]),
    Case(START, "[@north, para. 1].\nbeats", "[north, para. 1].\nbeats", [("malformed-citation", 3, 42)]),
    Case(START, "[@north, para. 1].\nbeats", "[@north, para. 1;].\nbeats", [("malformed-citation", 3, 59)]),
    Case(START, "gist: A bridge", "gist: '[@north] A bridge", [("not-yaml", 3, 7)]),
    Case(START, "- say: The", "- say: >-\n      [@north] The", [("malformed-citation", 6, 8)]),
    Case(NIGHT, '"@north, para. 2"', "north", [("malformed-citation", 10, 11)]),
    Case(NIGHT, '"@north, para. 2"', "“@north, para. 2”", [("malformed-citation", 10, 11)]),
    Case(NIGHT, '"@north, para. 2"', '"@south, par 2"', [("malformed-citation", 10, 20)]),
    Case(START, '"a very bad day"', "a *very bad day", [("unclosed-mark", 5, 64)]),
    Case(START, '"a very bad day"', '"a very bad day', [("unclosed-mark", 5, 62)]),
    Case(START, '"a very bad day" [@', 'a "very [@south, para. 1] bad day" [@', [("unclosed-mark", 5, 64)]),
    Case(START, '"a very bad day"', "“a very “bad day”", [("unclosed-mark", 5, 62)]),
    Case(START, '"a very bad day"', "a very bad day”", [("unclosed-mark", 5, 76)]),
    Case(START, '"a very bad day"', f'"{SIXTEEN}', [("unclosed-mark", 5, 62)]),
    # what a text owes its readers
    Case(START, " [@north, para. 1].\nbeats", ".\nbeats", [("claim-without-citation", 3, 7)]),
    Case(START, "[@south, paras. 1-2].", "[@south, paras. 1-2]. It fell.", [("claim-without-citation", 5, 129)]),
    Case(START, "answer: Ann Hill [@north, para. 1].", "answer: Ann Hill.", [("claim-without-citation", 11, 13)]),
    Case(DISPUTE, " [@north, para. 2].", ".", [("claim-without-citation", 4, 11)]),
    Case(NIGHT, '    cite: "@north, para. 2"\n', "", [("claim-without-citation", 7, 5)]),
    Case(NIGHT, '"@north, para. 2"', "", [("claim-without-citation", 7, 5)]),
    Case(NIGHT, "    by: ann-hill\n", "", [("quotation-without-speaker", 7, 5)]),
    Case(START, ", Ann Hill, called", " called", [("quotation-without-speaker", 5, 51)]),
    Case(START, '"a very bad day"', f'"{SIXTEEN}"', [("quotation-too-long", 5, 62)]),
    Case(NIGHT, "it was the rain", SIXTEEN, [("quotation-too-long", 7, 12)]),
    Case(DISPUTE, '"with glee"', f'"{SIXTEEN}"', [("quotation-too-long", 6, 26)]),
    *(
        Case(START, '"a very bad day"', f"{a}{SIXTEEN}{b}", [("quotation-too-long", 5, 62)])
        for a, b in ("«»", "„“", "「」")
    ),
    Case(START, '"a very bad day"', f"「{'老' * 16}」", [("quotation-too-long", 5, 62)]),
    Case(NIGHT, "quote: it was the rain", "quote: |-\n      it was\n      the rain", [("lines-joined", 8, 13)]),
    Case(NIGHT, "quote: it was the rain", "quote: it was\n      the rain", []),
    Case(START, 'note: says "Sunday"', "note: says so [@north, para. 1]", [("malformed-citation", 6, 19)]),
    Case(DISPUTE, "voice: south", "voice: ann-hill", [("one-position", 2, 1)]),
    # what is never used
    Case(STORY, ", night]", "]", [("unlisted-scene", 13, 1)]),
    Case(NIGHT, "  - accounts: who-broke-it\n", "", [("unused-card", 1, 1)]),
    Case(TERM, "term: bridge", "term: tunnel", [("unused-card", 1, 1)]),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{Path(case.file).stem}: {case.new[:40]!r}")
def test_each_fault_is_one_problem_at_its_place(mini: Path, case: Case) -> None:
    replace(mini, case.file, case.old, case.new)
    problems = check(load(mini))
    assert places(problems) == sorted(case.expected, key=lambda found: found[1:])
    if case.expected and not case.expected[0][0].startswith("unlisted"):
        where = DISPUTE if case.file == NIGHT and case.expected[0][0] == "unused-card" else case.file
        assert {problem.location.file for problem in problems} == {str(mini / where)}
    for problem in problems:
        assert problem.level == LEVELS[problem.rule]
        assert problem.location.excerpt == excerpt(problem)
        assert problem.message.strip(" .") == problem.message


class Advice(NamedTuple):
    """A text of a file replaced by another (or, without one, the whole file), and what is said of it and what helps."""

    file: str
    old: str
    new: str
    message: str
    help: str


HELP_ROW = "write it as in [50.1, 10.2]: in square brackets, a comma between the numbers, a point in each"
HELP_CITE = (
    """a 'cite:' field is written "@key, para. 6", "@key, paras. 6-7" or "@key, paras. 3, 6", in straight """
    "quotation marks; join several with ';'"
)
HELP_ITEMS = "write its items instead of '[]', each on a line of its own that starts with '- '"


@pytest.mark.parametrize(
    "advice",
    [
        Advice(STORY, "[start, night]", "[]", "'scenes' is empty", HELP_ITEMS),
        Advice(STORY, "[start, night]", "", "'scenes' is empty", "write its value after the colon"),
        Advice(PLACE, "[1, 2]", "50.1, 10.2", "this should be a list of 2 values, not '50.1, 10.2'", HELP_ROW),
        Advice(PLACE, "[1, 2]", "[50,1, 10,2]", "this should be a list of 2 values, not 4", HELP_ROW),
        Advice(
            PLACE,
            "[1, 2]",
            "['50,1', 10.2]",
            "this should be a latitude in degrees, not '50,1'",
            "write a number with a point, as in 50.1",
        ),
        Advice(NIGHT, '"@north, para. 2"', "“@north, para. 2”", "'“@north, para. 2”' is no citation", HELP_CITE),
        Advice(NIGHT, '"@north, para. 2"', '"@north, p. 2"', "'p. 2' names no paragraph", HELP_CITE),
        Advice(
            START,
            "aside: Two",
            "aside:\u00a0Two",
            "a no-break space where a plain space must stand",
            "delete it and type a space",
        ),
        Advice(NIGHT, "", "", "this file is empty", "write its fields, such as 'title: …'"),
        Advice(NIGHT, "", "\n \n", "this file is empty", "write its fields, such as 'title: …'"),
        Advice(HILL, "", "# Ann Hill\n", "this file has only comments", "write its fields, such as 'name: …'"),
    ],
    ids=lambda advice: f"{Path(advice.file).stem}: {advice.new[:40]!r}",
)
def test_what_is_said_and_what_helps(mini: Path, advice: Advice) -> None:
    if advice.old:
        replace(mini, advice.file, advice.old, advice.new)
    else:
        (mini / advice.file).write_text(advice.new, "utf-8")
    (problem,) = check(load(mini))
    assert (problem.message, problem.help) == (advice.message, advice.help)


def replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (root / file).write_text(text.replace(old, new), "utf-8")


def places(problems: list[Problem]) -> Expected:
    return [(problem.rule, problem.location.line, problem.location.column) for problem in problems]


def excerpt(problem: Problem) -> str:
    return Path(problem.location.file).read_text("utf-8").split("\n")[problem.location.line - 1]


def test_the_small_story_has_no_problems(mini: Path) -> None:
    library = load(mini)
    assert check(library) == []
    told = fit(library)
    assert [(scene.id, scene.number) for scene in told.scenes] == [("start", 1), ("night", 2)]
    assert told.story.title == "The Bridge"


def test_an_error_keeps_a_story_from_being_told_and_a_warning_does_not(mini: Path) -> None:
    replace(mini, TERM, "term: bridge", "term: tunnel")
    assert list(fit(load(mini)).terms) == ["bridge"]
    replace(mini, TERM, "term: tunnel", "word: tunnel")
    with pytest.raises(StoryUnfitError) as caught:
        fit(load(mini))
    assert places(list(caught.value.problems)) == [("missing-field", 1, 1), ("unknown-field", 1, 1)]


@pytest.mark.parametrize(
    ("say", "owned"),
    [
        ('Ann Hill came [@north, para. 1]. It was "the rain" [@north, para. 2].', True),
        ('"The rain", said Ann Hill [@north, para. 1].', True),
        ('"The rain" it was, so Hill [@north, para. 1].', True),
        ('It was "the rain" [@north, para. 1], said Ann Hill [@north, para. 2].', False),
    ],
)
def test_a_speaker_is_named_before_the_citation_of_the_quotation(mini: Path, say: str, owned: bool) -> None:
    replace(mini, NIGHT, "- figure: timeline", f"- say: '{say}'")
    assert [problem.rule for problem in check(load(mini))] == ([] if owned else ["quotation-without-speaker"])


@pytest.mark.parametrize("marks", ["‹{}›", "‘{}’", "«{}»", "「{}」"])
def test_words_in_other_quotation_marks_are_owned_and_short(mini: Path, marks: str) -> None:
    long = marks.format("the rain and " * 5 + "snow")
    said = f"Ann Hill called it {marks.format('the rain')} [@north, para. 1]."
    unowned, wordy = said.replace("Ann Hill", "They"), f"It rained, Ann Hill said: {long} [@north, para. 1]."
    replace(mini, NIGHT, "- figure: timeline", f"- say: '{said.replace(chr(39), chr(39) * 2)}'")
    assert list(check(load(mini))) == []
    for before, after, rule in ((said, unowned, "quotation-without-speaker"), (unowned, wordy, "quotation-too-long")):
        replace(mini, NIGHT, before, f"{after}")
        assert [problem.rule for problem in check(load(mini))] == [rule]


@pytest.mark.parametrize("text", ["’Tis the boys’ and the mills’ end in ’94.", "It was the miners’ end, ’twas said."])
def test_an_apostrophe_is_owned_by_nobody(mini: Path, text: str) -> None:
    replace(mini, NIGHT, "- figure: timeline", f"- say: {text[:-1]} [@north, para. 1].")
    assert list(check(load(mini))) == []


# --- problems of whole files and folders ---


def _misname_scene(root: Path) -> None:
    (root / NIGHT).rename(root / "story" / "02_Night.yaml")


def _misname_ending(root: Path) -> None:
    (root / NIGHT).rename(root / "story" / "02-night.yml")


def _misname_story(root: Path) -> None:
    (root / STORY).rename(root / "story" / "story.yml")


def _misname_card(root: Path) -> None:
    (root / HILL).rename(root / "cards" / "voices" / "ann-hill.yml")


def _misname_card_with_capitals(root: Path) -> None:
    (root / TERM).rename(root / "cards" / "terms" / "The Bridge.yaml")


def _misname_kind_of_card(root: Path) -> None:
    (root / "cards" / "place").mkdir()


def _name_as_text(root: Path) -> None:
    (root / NIGHT).rename(root / "story" / "02-night.yaml.txt")


def _keep_as_text(root: Path) -> None:
    (root / "story" / "02-night.yaml.txt").write_text((root / NIGHT).read_text("utf-8"), "utf-8")


def _misname_ending_of_two(root: Path) -> None:
    (root / "story" / "02-night.yml").write_text((root / NIGHT).read_text("utf-8"), "utf-8")


def _mislay_card(root: Path) -> None:
    (root / HILL).rename(root / "cards" / "ann-hill.yaml")


def _mislay_what_no_kind_of_card_is(root: Path) -> None:
    (root / "cards" / "night.yaml").write_text((root / NIGHT).read_text("utf-8"), "utf-8")


def _unrelated_files(root: Path) -> None:
    for name in ("README", "README.md", ".ann-hill.yaml", "map.png", "ann-hill.txt"):
        for part in ("story", "cards", "cards/voices"):
            (root / part / name).write_bytes(b"\xff")


def _fill_scene(root: Path) -> None:
    (root / NIGHT).write_text("#" * 2 * 1024 * 1024 + "\n", "utf-8")


def _repeat_scene(root: Path) -> None:
    (root / "story" / "03-night.yaml").write_text((root / NIGHT).read_text("utf-8"), "utf-8")


def _misname_and_repeat_scene(root: Path) -> None:
    (root / "story" / "03_Night.yaml").write_text((root / NIGHT).read_text("utf-8"), "utf-8")


def _lose_story(root: Path) -> None:
    (root / STORY).unlink()


def _lose_folder(root: Path) -> None:
    (root / TERM).unlink()
    (root / "cards" / "terms").rmdir()
    (root / "cards" / "terms").write_text("", "utf-8")


def _no_folder(root: Path) -> None:
    (root / TERM).unlink()
    (root / "cards" / "terms").rmdir()


def _ship_an_article(root: Path) -> None:
    (root / "documents").mkdir()
    (root / "documents" / "north.txt").write_text("The bridge fell.", "utf-8")


def _make_folder_of_scene(root: Path) -> None:
    (root / NIGHT).unlink()
    (root / NIGHT).mkdir()


def _empty_scene(root: Path) -> None:
    (root / NIGHT).write_text("", "utf-8")


def _list_for_scene(root: Path) -> None:
    (root / NIGHT).write_text("- a\n", "utf-8")


def _utf_16(root: Path) -> None:
    (root / NIGHT).write_text((root / NIGHT).read_text("utf-8"), "utf-16")


def _unused_source(root: Path) -> None:
    card = (root / NORTH).read_text("utf-8").replace("code: A", "code: C")
    (root / "cards" / "sources" / "west.yaml").write_text(card, "utf-8")


def _unused_voice(root: Path) -> None:
    card = (root / HILL).read_text("utf-8").replace("Ann Hill", "Bob Dale").replace("[Hill]", "[Dale]")
    (root / "cards" / "voices" / "bob-dale.yaml").write_text(card, "utf-8")


def _hidden_file(root: Path) -> None:
    (root / "story" / ".02-night.yaml.swp").write_text("\0", "utf-8")
    (root / "story" / "README.md").write_text("# How to write a scene", "utf-8")


FILE_CASES: list[tuple[Callable[[Path], None], str, Expected]] = [
    (_misname_scene, "story/02_Night.yaml", [("file-name", 1, 1)]),
    (_misname_ending, "story/02-night.yml", [("file-name", 1, 1)]),
    (_misname_story, "story/story.yml", [("file-name", 1, 1)]),
    (_misname_card, "cards/voices/ann-hill.yml", [("file-name", 1, 1)]),
    (_misname_card_with_capitals, "cards/terms/The Bridge.yaml", [("file-name", 1, 1)]),
    (_misname_kind_of_card, "cards/place", [("file-name", 1, 1)]),
    (_name_as_text, "story/02-night.yaml.txt", [("file-name", 1, 1)]),
    (_keep_as_text, "story/02-night.yaml.txt", [("file-name", 1, 1)]),
    (_misname_ending_of_two, "story/02-night.yml", [("file-name", 1, 1)]),
    (_mislay_card, "cards/ann-hill.yaml", [("file-name", 1, 1)]),
    (_mislay_what_no_kind_of_card_is, "cards/night.yaml", [("file-name", 1, 1)]),
    (_unrelated_files, "", []),
    (_fill_scene, NIGHT, [("too-large", 1, 1)]),
    (_repeat_scene, "story/03-night.yaml", [("file-name", 1, 1)]),
    (_misname_and_repeat_scene, "story/03_Night.yaml", [("file-name", 1, 1)]),
    (_lose_story, STORY, [("missing-file", 1, 1)]),
    (_lose_folder, "cards/terms", [("missing-file", 1, 1)]),
    (_ship_an_article, "documents/north.txt", [("shipped-document", 1, 1)]),
    (_make_folder_of_scene, NIGHT, [("not-yaml", 1, 1)]),
    (_empty_scene, NIGHT, [("wrong-type", 1, 1)]),
    (_list_for_scene, NIGHT, [("wrong-type", 1, 1)]),
    (_utf_16, NIGHT, [("not-yaml", 1, 1)]),
    (_unused_source, "cards/sources/west.yaml", [("unused-source", 1, 1)]),
    (_unused_voice, "cards/voices/bob-dale.yaml", [("unused-card", 1, 1)]),
    (_hidden_file, "", []),
    (_no_folder, "", []),
]


@pytest.mark.parametrize(("breaking", "file", "expected"), FILE_CASES)
def test_files_and_folders(mini: Path, breaking: Callable[[Path], None], file: str, expected: Expected) -> None:
    breaking(mini)
    problems = check(load(mini))
    assert places(problems) == expected
    assert {problem.location.file for problem in problems} <= {str(mini / file)}


def test_a_folder_without_a_story_is_no_story(tmp_path: Path) -> None:
    with pytest.raises(RetellError, match="has no folder 'story'"):
        load(tmp_path)


def test_files_are_named_from_the_folder_of_the_user(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(mini, START, "title:", "titel:")
    monkeypatch.chdir(mini)
    (problem,) = check(load(mini))
    assert Path(problem.location.file) == Path(START)


def test_files_on_another_drive_are_named_whole(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    replace(mini, START, "title:", "titel:")
    monkeypatch.setattr("os.path.relpath", refuse)
    (problem,) = check(load(mini))
    assert problem.location.file == str(mini / START)


def test_the_shipped_story_is_there() -> None:
    assert (shipped_root() / "story").is_dir()


# --- many faults at once ---

TEN_FAULTS = """\
title: Two fields of one name
title: Two fields of one name
phase: flod
where: aberford
gist: >-
  A bridge fell in Aberford/Aberfurt
  [@nroth, para. 1].
beats:
  - say: Hill wept [@north, para. 9]. It was "a very bad day" [@south, par 1].
    nots: a field that nobody knows
  - quote: it was the rain
    lead: Somebody said
    cite: "@north, para. 2"
  - accounts: who-broke-is
  - pause: a while
questions:
  - ask: Who spoke?
    skill: sourcing
    answer: Nobody, as far as we know.
"""
TEN_PLACES = [
    ("duplicate-key", 2, 1),
    ("unknown-phase", 3, 8),
    ("unknown-source", 7, 5),
    ("paragraph-out-of-range", 9, 21),
    ("malformed-citation", 9, 72),
    ("unknown-field", 10, 5),
    ("quotation-without-speaker", 11, 5),
    ("unknown-card", 14, 15),
    ("wrong-type", 15, 12),
    ("claim-without-citation", 19, 13),
]


def test_ten_faults_in_one_scene_are_ten_problems(
    mini: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    (mini / NIGHT).write_text(TEN_FAULTS, "utf-8")
    monkeypatch.chdir(mini)
    problems = check(load(Path()))
    assert places(problems) == TEN_PLACES
    assert len(problems) == 10
    console = Console(width=80, color_system=None, force_terminal=False)
    with console.capture() as capture:
        report.show(problems, console)
    golden("report-of-ten-faults.txt", capture.get().replace("\\", "/"))


def test_problems_of_many_files_are_sorted(mini: Path) -> None:
    for file, old, new in (
        (STORY, "night]", "nigth]"),
        (START, "phase: opening", "phase: openning"),
        (START, "title:", "titel:"),
        (NORTH, "code: A", "code: a"),
        (DISPUTE, "voice: south", "voice: suoth"),
    ):
        replace(mini, file, old, new)
    problems = check(load(mini))
    assert [problem.location for problem in problems] == sorted(problem.location for problem in problems)
    assert [problem.rule for problem in problems] == [
        "unknown-card",
        "wrong-type",
        "unknown-field",
        "unknown-phase",
        "unknown-scene",
    ]


# --- the registry ---


def test_every_rule_has_a_case() -> None:
    tested = {rule for case in CASES for rule, *_ in case.expected}
    tested |= {rule for *_, expected in FILE_CASES for rule, *_ in expected}
    tested |= {rule.name for rule in wording.RULES}  # in test_wording
    tested |= {"one-sided-dispute", "misspelt-side", "same-side-first"}  # in test_balance
    tested |= {"copy-missing", "copy-differs", "copy-unread", *EVIDENCE}  # in test_copies and the tests of evidence
    tested |= {"changed-since-read", "open-remark", "unread"}  # in test_readings
    tested |= {"date-out-of-place", "weekday-differs"}  # in test_dating
    assert tested == set(LEVELS)


def test_each_rule_is_listed_once() -> None:
    assert len(LEVELS) == len(RULES)


def test_every_rule_that_stands_in_a_module_is_listed() -> None:
    modules = [import_module(found.name) for found in walk_packages(retell.__path__, "retell.")]
    defined = {each.name for module in modules for each in vars(module).values() if isinstance(each, Rule)}
    assert defined | {rule.name for rule in wording.RULES} == set(LEVELS)


def test_a_rule_says_its_sentences_with_what_is_said() -> None:
    rule = Rule("too-long", "It is short.", "warning", "{what} is too long", "cut {what}")
    place = Location("a.yaml", 3, 4)
    assert rule.at(place, what="it") == Problem("too-long", place, "it is too long", "cut it", "warning")
    other = rule.saying("{what} is longer")
    assert other.at(place, what="{what}") == Problem("too-long", place, "{what} is longer", "", "warning")
    assert rule.same(other)
    assert rule.same(other.at(place, what=""))


def test_a_story_without_phases_has_none_for_a_scene(mini: Path) -> None:
    story = mini / "story" / "story.yaml"
    head, _, rest = story.read_text("utf-8").partition("phases:")
    story.write_text(f"{head}phases: []\nscenes:{rest.partition('scenes:')[2]}", "utf-8")
    assert places(check(load(mini))) == [("missing-field", 6, 1)]


@pytest.mark.parametrize(
    ("position", "slip"),
    [
        ("[-71.2, 42.4]", "with its two numbers exchanged"),
        ("[42.4, 71.2]", "with its longitude's minus changed"),
        ("[-42.4, -71.2]", "with its latitude's minus changed"),
        ("[42.4, -71.2]", ""),
        ("[51.5, -0.1]", ""),
        ("[55.8, 37.6]", ""),
        ("[90, 180]", ""),
    ],
)
def test_a_position_with_a_slip_in_it_is_told_from_a_place_far_away(mini: Path, position: str, slip: str) -> None:
    for name, where in (("aberford", position), ("oldby", "[42.36, -71.06]"), ("newby", "[42.46, -71.35]")):
        (mini / "cards" / "places" / f"{name}.yaml").write_text(f"name: {name}\nwhat: x\nposition: {where}\n", "utf-8")
    found = [each for each in check(load(mini)) if each.rule == "place-far-away"]
    assert [(Path(each.location.file).stem, slip in each.message) for each in found] == [("aberford", True)] * bool(
        slip
    )
