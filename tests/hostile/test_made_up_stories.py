"""Made-up stories: what is printed is read back, no story makes the check raise, and what passes the check is told."""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from retell.checks import check, fit
from retell.checks.report import lines_of, to_annotations, to_json
from retell.checks.statements import statements
from retell.checks.summary import summarise
from retell.files.characters import unseen
from retell.files.yamlfile import YamlFile
from retell.handout.student import student_edition
from retell.script.resolver import write_script
from retell.story.citations import Locators
from retell.story.library import load
from retell.story.prose import Prose, Style
from retell.story.told import Told as ToldStory
from retell.terminal.pages import sources as catalogue
from retell.terminal.pages import voices
from retell.terminal.telling import tell_at_once
from tests.hostile.printing import Cited, Told, meant, print_citations, print_prose
from tests.support.documents import in_markdown
from tests.support.folders import MINI
from tests.support.reading import NOT_SEEN

MADE_UP = settings(max_examples=60, deadline=None)
WHOLE = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FILES = sorted(path.relative_to(MINI).as_posix() for path in MINI.rglob("*.yaml"))
GOOD = {name: yaml.load((MINI / name).read_text("utf-8"), yaml.CBaseLoader) for name in FILES}

# --- what is printed is read back ---

WORDS = st.text("aZ9éŞ火¶—…*[]\\“”_`<&$|{}%#@'"[:-1], min_size=1, max_size=6).filter(lambda word: word[0] not in "@¶…”")
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
KEYS = st.from_regex(r"[a-z][a-z0-9.-]{0,6}[a-z0-9]", fullmatch=True)
PARAGRAPHS = st.lists(st.integers(1, 400) | st.integers(0, 999_999), max_size=6, unique=True).map(tuple)
CITED = st.lists(st.builds(Cited, KEYS, PARAGRAPHS), min_size=1, max_size=3).map(tuple)


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[Style, str], ...]:
    """Text in all styles: it begins and ends with a plain word, and a plain word stands between two styles."""
    found: list[tuple[Style, str]] = []
    styles: tuple[Style, ...] = ("emphasis", "quotation")
    for style, text in draw(st.lists(st.tuples(st.sampled_from(styles), TEXTS), max_size=3)):
        found.append(("plain", f"w{draw(TEXTS)} "))
        found.append((style, f"“{text}”" if style == "quotation" else text))
    last = f" {draw(TEXTS)}w" if found else f"w{draw(TEXTS)}w"
    return (
        *found[:1],
        *((style, f" {text}" if style == "plain" else text) for style, text in found[1:]),
        ("plain", last),
    )


CLAIMS = st.builds(Told, spans(), CITED, st.sampled_from(["", ".", "?!", ";", "…", ".)"]))


@MADE_UP
@given(st.lists(CLAIMS, min_size=1, max_size=4), st.none() | spans())
def test_prose_is_read_back(claims: list[Told], rest: tuple[tuple[Style, str], ...] | None) -> None:
    told = [*claims, Told(rest, (), "")] if rest else claims
    prose = Prose(print_prose(told))
    assert prose.faults == ()
    assert [meant(claim) for claim in prose.claims] == told
    assert [meant(claim) for claim in Prose(print_prose(map(meant, prose.claims))).claims] == told


@MADE_UP
@given(CITED, st.booleans())
def test_locators_are_read_back(cited: tuple[Cited, ...], in_brackets: bool) -> None:
    printed = print_citations(cited)
    locators = Locators(f"[{printed}]" if in_brackets else printed)
    assert locators.faults == ()
    assert tuple(Cited(found.key, found.paragraphs) for found in locators.citations) == cited


# --- no story makes the check raise ---

BITS = (
    '[@north, para. 1]¦[@north, paras. 1-2]¦[@suoth]¦[@¦*¦"¦“¦”¦\\¦]¦ ¦12¦2001-05¦Ann Hill¦Aberford/Aberfurt¦the bridge'
    "¦a very bad day¦said¦regime¦north¦start¦inf¦Ü¦火¦\u0301¦\U0001f469\u200d\U0001f3eb¦\u200b¦\u202e¦\x1b[31m"
    "¦\u2028¦\n¦\t¦#¦: "
).split("¦")
TYPED = st.lists(st.sampled_from(BITS), max_size=8).map("".join)
NAMES = st.sampled_from(
    sorted({name for data in GOOD.values() for name in data} | {"say", "quote", "by", "cite", "<<"})
)
ANYTHING = st.recursive(
    TYPED | st.none() | st.integers() | st.floats() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | TYPED, inner, max_size=4),
    max_leaves=8,
)


def trails(data: Any, so_far: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [so_far, *(found for step, child in steps for found in trails(child, (*so_far, step)))]


def put(data: Any, trail: tuple[str | int, ...], value: Any) -> Any:
    if not trail:
        return value
    data[trail[0]] = put(data[trail[0]], trail[1:], value)
    return data


def dump(data: Any, style: str | None = None) -> str:
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, default_style=style, allow_unicode=True, sort_keys=False)
    assert isinstance(text, str)
    return text


def write(folder: Path, files: dict[str, Any], style: str | None) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(data, style), "utf-8")
    return folder


@st.composite
def stories(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> dict[str, Any]:
    """The small story, with other values in one to six places."""
    files = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(1, 6))):
        name = draw(st.sampled_from(FILES))
        files[name] = put(files[name], draw(st.sampled_from(trails(files[name]))), draw(values))
    return files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made-up")


def tell_in_every_way(library: ToldStory) -> None:
    steps = write_script(library)
    for width in (24, 59, 120):
        console = Console(file=io.StringIO(), width=width, color_system=None, force_terminal=False)
        assert isinstance(console.file, io.StringIO)
        tell_at_once(console.file, steps, width)
        catalogue.show(library, "", console)
        voices.show(library, console)
        assert not unseen().search(console.file.getvalue().translate(NOT_SEEN))
    assert not unseen().search(in_markdown(student_edition(library)).translate(NOT_SEEN))
    voices.to_json(library)


@WHOLE
@given(stories(ANYTHING), st.sampled_from([None, '"', "|"]))
def test_no_story_makes_the_check_raise(folder: Path, files: dict[str, Any], style: str | None) -> None:
    library = load(write(folder, files, style))
    problems = check(library)
    shown = to_json(problems, summarise(library, statements(library))) + to_annotations(problems)
    shown += "".join(line.plain for problem in problems for line in lines_of(problem))
    assert not unseen().search(shown)
    if all(problem.level != "error" for problem in problems):
        tell_in_every_way(fit(library))


# --- what passes the check is told ---

TEXT_FIELDS = {
    *("title", "subtitle", "question", "about", "what", "note", "aside", "lead", "genre", "summary", "stance", "name"),
    *("role", "silent", "term", "az", "hy", "notice", "leaves-out", "say", "gist", "ask", "answer"),
    *("says", "meaning"),
}
FIELDS = [(name, trail) for name in FILES for trail in trails(GOOD[name]) if trail and trail[-1] in TEXT_FIELDS]
CITING = ("say", "gist", "answer", "says")
VISIBLE = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=40)
SHOWN = VISIBLE.filter(lambda text: text.strip() and not unseen().search(text))


@WHOLE
@given(st.lists(st.tuples(st.sampled_from(FIELDS), SHOWN), min_size=1, max_size=8))
def test_what_passes_the_check_is_told(folder: Path, texts: list[tuple[Any, str]]) -> None:
    files = copy.deepcopy(GOOD)
    for (name, trail), text in texts:
        escaped = print_prose([Told((("plain", text),), (), "")])
        prose = f"w {escaped} [@north, para. 1]" if trail[-1] in CITING else escaped
        put(files[name], trail, prose if trail[-1] in (*CITING, "ask", "meaning") else text)
    library = load(write(folder, files, '"'))
    problems = [problem for problem in check(library) if problem.level == "error"]
    if not problems:
        tell_in_every_way(fit(library))
    assert not library.problems, "every visible character may stand in a text"


@MADE_UP
@given(ANYTHING)
def test_what_is_dumped_is_read_as_text(data: Any) -> None:
    file = YamlFile("f", dump(data))
    assert _texts_only(file.data)


def _texts_only(data: object) -> bool:
    if isinstance(data, dict):
        return all(isinstance(name, str) and _texts_only(value) for name, value in data.items())
    return all(map(_texts_only, data)) if isinstance(data, list) else data is None or isinstance(data, str)
