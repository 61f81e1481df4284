"""The schemas that editors use agree with the program, as an independent validator reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from retell.authoring.scaffold import EXAMPLE
from retell.authoring.schema import KINDS, PLACES, comment_of, schema_files, schema_of
from retell.cli import retell
from retell.story.citations import Locators
from retell.story.dates import parse_when
from tests.support.folders import MINI, TOP


class Core(yaml.SafeLoader):
    """Reads YAML as editors do: by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema)."""


Core.yaml_implicit_resolvers = {}
for name, pattern, firsts in (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"^({pattern})$"), firsts)
INT, FLOAT = "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"
Core.add_constructor(INT, lambda _, node: int(node.value, 0 if node.value[1:2] in {*"ox"} else 10))
Core.add_constructor(FLOAT, lambda _, node: float(node.value))


def kind_of(path: Path) -> str:
    if path.parent.name == "story":
        return path.stem if path.stem in ("story", "class", "wording") else "scene"
    return path.parent.name.removesuffix("s")


def faults(kind: str, text: str) -> list[str]:
    data = yaml.load(text, Core)
    return [error.message for error in Draft202012Validator(schema_of(kind)).iter_errors(data)]


def files(root: Path) -> list[Path]:
    typed = [path for path in (root / "story").glob("*.yaml") if path.stem != "readings"]  # that one a program writes
    return sorted([*typed, *(root / "cards").glob("*/*.yaml")])


@pytest.mark.parametrize("path", [*files(TOP), *files(EXAMPLE), *files(MINI)], ids=lambda path: path.stem)
def test_every_file_passes_the_schema_of_its_kind(path: Path) -> None:
    assert faults(kind_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize("root", [TOP, EXAMPLE], ids=["shipped", "example"])
def test_every_file_names_its_schema_for_editors(root: Path) -> None:
    assert len(files(root)) >= 13
    for path in files(root):
        first = path.read_text("utf-8").splitlines()[0]
        assert first == comment_of(kind_of(path)), path
        named = (path.parent / first.partition("$schema=")[2]).resolve()
        assert named == (root / PLACES[kind_of(path)] / f"{kind_of(path)}.json").resolve()


def test_the_schemas_beside_the_story_are_those_that_the_command_prints(request: pytest.FixtureRequest) -> None:
    for place, data in schema_files().items():
        if request.config.getoption("--update-golden"):
            (TOP / place).write_bytes(data)
        assert (TOP / place).read_bytes() == data, f"{place} is old: run pytest --update-golden"
        printed = CliRunner().invoke(retell, ["schema", Path(place).stem], standalone_mode=False).stdout_bytes
        assert printed == data
    written = sorted(path.relative_to(TOP).as_posix() for path in TOP.glob("*/.schema/*"))
    assert written == sorted(schema_files())


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_schema_and_tells_what_every_field_holds(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))
    nameless = [name for name, field in properties(schema_of(kind)) if not field.get("description")]
    assert nameless == []


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, list):
        for part in schema:
            yield from properties(part)
    elif isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for part in schema.values():
            yield from properties(part)


SCENE = (EXAMPLE / "story" / "01-nine-in-the-evening.yaml").read_text("utf-8")
STORY = (EXAMPLE / "story" / "story.yaml").read_text("utf-8")
SOURCE = (EXAMPLE / "cards" / "sources" / "hill-gazette.yaml").read_text("utf-8")
PLACE = (EXAMPLE / "cards" / "places" / "harnsea.yaml").read_text("utf-8")
DISPUTE = (EXAMPLE / "cards" / "disputes" / "was-it-promised.yaml").read_text("utf-8")
# the mistakes that YAML invites, as far as what comes of them is YAML still; and those of every day
REFUSED = [
    ("story", STORY, "    title: The night\n", "    title: The night\n    frame: no\n"),
    ("scene", SCENE, '"@harbour-post, para. 2"', '"@harbour-post ¶2"'),
    ("dispute", DISPUTE, "\nnotice:", "\n    notice:"),
    ("scene", SCENE, "    lead: The mayor", "  - lead: The mayor"),
    ("source", SOURCE, "paragraphs:\n", "cautions:\n  - It says: a promise.\nparagraphs:\n"),
    ("scene", SCENE, "aside:", "asied:"),
    ("scene", SCENE, "title: Nine in the evening\n", ""),
    ("scene", SCENE, "title: Nine in the evening", "title:"),
    ("scene", SCENE, "when: 2019-03-04", "when: 5.3.2019"),
    ("scene", SCENE, "pause: 1", "pause: 61"),
    ("scene", SCENE, "skill: close-reading", "skill: reading"),
    ("scene", SCENE, "aside: The same", "aside: The\n    say: same"),
    ("story", STORY, "format: 1", "format: 2"),
    ("story", STORY, "format: 1", "words-a-minute: 99"),
    ("story", STORY, "scenes:\n", "scenes: none\nothers:\n"),
    ("source", SOURCE, "code: B", "code: BBB"),
    ("source", SOURCE, "paragraphs:\n  - ", "paragraphs:\n  - X"),
    ("source", SOURCE, "type: article-newspaper", "type: newspaper"),
    ("place", PLACE, "position: [54.5, 2.5]", "position: [54.5]"),
    ("place", PLACE, "position: [54.5, 2.5]", "position: [54.5, 2.5, 1]"),
    ("place", PLACE, "position: [54.5, 2.5]", "position: [95, 2.5]"),
    ("story", STORY, "scenes:\n", "scenes: []\nothers:\n"),
]


@pytest.mark.parametrize(("kind", "text", "old", "new"), REFUSED)
def test_a_mistake_is_refused_where_a_schema_can(kind: str, text: str, old: str, new: str) -> None:
    assert text.count(old) == 1
    assert faults(kind, text) == []
    assert faults(kind, text.replace(old, new)) != []


@pytest.mark.parametrize(
    ("kind", "text", "old", "new"),
    [
        ("scene", SCENE, "title: Nine in the evening", "title: 1911"),
        ("scene", SCENE, "title: Nine in the evening", "title: No"),
        ("scene", SCENE, "title: Nine in the evening", "title: true"),
        ("scene", SCENE, "when: 2019-03-04", "when: 2019"),
        ("scene", SCENE, "when: 2019-03-04", "when:"),
        ("story", STORY, "format: 1\n", ""),
        ("source", SOURCE, "paragraphs:\n", "paragraphs:\n  - 830245088825\n  - 12e456789012\n  - 051234567890\n"),
        ("source", SOURCE, "issued: 2019-03-08", "issued:\nauthor:\n  - literal: 1911\nURL:\ncautions:"),
    ],
)
def test_what_retell_takes_the_schema_takes(kind: str, text: str, old: str, new: str) -> None:
    assert text.count(old) == 1
    assert faults(kind, text.replace(old, new)) == []


WHENS = "2019 2019-03 2019-03-04 2019/2020 2019-03/2020-01-02 19 2019-3 2019-03-04-05 2019/ /2019 May 20190".split()


@pytest.mark.parametrize("text", WHENS)
def test_a_date_that_the_schema_takes_is_one(text: str) -> None:
    try:
        parse_when(text)
        right = True
    except ValueError:
        right = False
    assert (faults("scene", SCENE.replace("when: 2019-03-04", f"when: '{text}'")) == []) == right


LOCATORS = """\
@north
@north, para. 6
@north, paras. 6-7
@north, paras. 3, 6
@north, ¶6
@north, ¶¶ 6-7; @south
[@north, Paragraph 6; @the.south-2, paras. 1, 2-3]
north, para. 6
@north para. 6
@north ¶6
@north, page 6
@north, para.
@north;
@, para. 1
[@north
@north, para. 6]
"""


@pytest.mark.parametrize("text", LOCATORS.splitlines())
def test_a_citation_that_the_schema_takes_is_one(text: str) -> None:
    right = not Locators(text).faults
    assert (faults("scene", SCENE.replace('@harbour-post, para. 2"', f'{text}"')) == []) == right
