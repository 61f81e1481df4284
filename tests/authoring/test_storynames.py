"""An editor is offered the names of the story that it edits, and what `retell new` writes speaks of that story."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from retell.authoring import storynames
from retell.authoring.scaffold import begin_story
from retell.authoring.schema import KINDS, PLACES, schema_of
from retell.cli import retell
from retell.story.form import Form, fields
from retell.story.lesson import Lesson
from retell.story.library import load
from retell.story.model import BEATS
from tests.authoring.test_schema import Core
from tests.support.folders import MINI, TOP


@pytest.fixture
def tour(tmp_path: Path) -> Path:
    begin_story(tmp_path / "city tour")
    return tmp_path / "city tour"


def run(root: Path | None, *arguments: str) -> Result:
    story = ["--story", str(root)] if root else []
    return CliRunner().invoke(retell, [*story, *arguments], standalone_mode=False)


def offered(schema: dict[str, Any]) -> list[str]:
    """What a field offers, itself or its items."""
    found = schema.get("items", schema)
    return next((each["enum"] for each in found.get("anyOf", ()) if "enum" in each), [])


def in_schema(root: Path, kind: str, *way: str) -> list[str]:
    schema = json.loads(run(root, "schema", kind).stdout)
    for step in way:
        schema = schema["properties"][step]
        schema = schema.get("items", schema)
    return offered(schema)


def beat(root: Path, kind: str, field: str) -> list[str]:
    scene = json.loads(run(root, "schema", "scene").stdout)
    beats = scene["properties"]["beats"]["items"]["oneOf"]
    (found,) = (each for each in beats if kind in each["properties"])
    return offered(found["properties"][field])


def test_a_story_s_own_names_are_completed(tour: Path) -> None:
    library = load(tour)
    assert in_schema(tour, "scene", "where") == ["harnsea"]
    assert (
        in_schema(tour, "scene", "phase") == [phase.id for phase in library.story.form.phases] if library.story else []
    )
    assert beat(tour, "quote", "by") == [*library.voices]
    assert beat(tour, "accounts", "accounts") == ["was-it-promised"]
    assert beat(tour, "quote", "cite") == ["@harbour-post, para. 1", "@hill-gazette, para. 1"]
    assert in_schema(tour, "dispute", "positions", "voice") == [*library.voices]
    assert in_schema(tour, "dispute", "positions", "says") == []  # a text, which cites among other things
    assert in_schema(tour, "dispute", "claims", "says") == ["@harbour-post, para. 1", "@hill-gazette, para. 1"]
    assert set(in_schema(tour, "voice", "side")) >= {"press", "other"}
    assert in_schema(tour, "story", "scenes") == ["nine-in-the-evening", "a-broken-promise"]
    assert in_schema(tour, "class", "unknown", "scene") == ["nine-in-the-evening", "a-broken-promise"]


def test_without_a_story_there_are_none() -> None:
    for kind in KINDS:
        schema = run(None, "schema", kind).stdout
        assert json.loads(schema) == json.loads(json.dumps(schema_of(kind)))
        assert '"enum": [\n        "harnsea"' not in schema


def all_forms() -> list[type[Form]]:
    left: list[Any] = [*KINDS.values(), *BEATS.values(), Lesson]
    found: list[type[Form]] = []
    while left:
        kind = left.pop()
        if isinstance(kind, type) and issubclass(kind, Form) and kind not in found:
            found.append(kind)
            left += [field.type for field in fields(kind)]
        left += getattr(kind, "__args__", ())
    return found


def test_the_fields_that_name_cards_are_those_of_the_model() -> None:
    named = {field.name: field.card for form in all_forms() for field in fields(form) if field.card}
    assert named == storynames.CARDS


@pytest.mark.parametrize("root", [MINI, TOP])
def test_what_passes_the_plain_schema_passes_that_of_the_story(root: Path) -> None:
    names = storynames.names_of(root)
    for path in (root / "cards").glob("*/*.yaml"):
        kind = path.parent.name.removesuffix("s")
        jsonschema.validate(yaml.load(path.read_text("utf-8"), Core), schema_of(kind, names))


def test_a_name_whose_card_comes_later_is_no_mistake(tour: Path) -> None:
    data = {"voice": "not-yet", "says": "x"}
    dispute = {"question": "Who?", "positions": [data, data]}
    jsonschema.validate(dispute, schema_of("dispute", storynames.names_of(tour)))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**dispute, "positions": [{**data, "voice": 3 * [1]}]}, schema_of("dispute"))


@pytest.mark.skipif(sys.platform == "win32", reason="no file can have that name there")
def test_a_name_that_nobody_can_see_is_not_offered(tour: Path) -> None:
    places = tour / "cards" / "places"
    before = in_schema(tour, "scene", "where")
    for name in ("a\u2028b", "a\x1bb", "\u202ea", "a\nb"):
        (places / f"{name}.yaml").write_bytes((places / "harnsea.yaml").read_bytes())
    assert before
    assert in_schema(tour, "scene", "where") == before


def test_a_new_story_has_its_names_and_the_settings_of_its_editor(tour: Path) -> None:
    settings = json.loads((tour / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    for kind in KINDS:
        assert (tour / PLACES[kind] / f"{kind}.json").read_bytes() == run(tour, "schema", kind).stdout_bytes
        (pattern,) = settings[f"./{PLACES[kind]}/{kind}.json"]
        assert kind == "class" or [*tour.glob(pattern)], pattern
    assert {path for patterns in settings.values() for pattern in patterns for path in tour.glob(pattern)} == {
        path for part in ("story", "cards") for path in (tour / part).rglob("*.yaml")
    }


def test_a_card_that_is_begun_is_offered_at_once(tour: Path) -> None:
    assert run(tour, "new", "voice", "ann-hill").exception is None
    schema = json.loads((tour / "cards" / ".schema" / "dispute.json").read_text("utf-8"))
    assert "ann-hill" in offered(schema["properties"]["positions"]["items"]["properties"]["voice"])


def test_what_was_added_by_hand_is_offered_when_asked(tour: Path) -> None:
    (tour / "cards" / "places" / "weir.yaml").write_text("name: Weir\nwhat: x\nposition: [1, 2]\n", "utf-8")
    mine = '{"mine": 1}'
    (tour / ".vscode" / "settings.json").write_text(mine, "utf-8")
    assert run(tour, "schema").stderr == f"{len(KINDS)} schemas written into {tour}\n"
    schema = json.loads((tour / "story" / ".schema" / "scene.json").read_text("utf-8"))
    assert offered(schema["properties"]["where"]) == ["harnsea", "weir"]
    assert (tour / ".vscode" / "settings.json").read_text("utf-8") == mine  # never replaced


def test_a_story_without_schemas_gets_them_when_asked_and_not_before(mini: Path) -> None:
    run(mini, "new", "voice", "bob-dale")
    assert not (mini / "cards" / ".schema").exists()
    assert run(mini, "schema").exception is None
    assert (mini / "story" / ".schema" / "scene.json").is_file()
    assert (mini / ".vscode" / "settings.json").is_file()


def test_the_guides_speak_of_the_story_s_own_folder(tour: Path) -> None:
    page = (tour / "story" / "README.md").read_text("utf-8")
    assert "retell new 'city tour'\n" in page
    assert "retell --story 'city tour' read\n" in page
    assert "retell check 'city tour'\n" in page
    assert "'city tour'/story/01-nine-in-the-evening.yaml" in page
    for path in (tour / "story" / "README.md", tour / "cards" / "README.md"):
        text = path.read_text("utf-8")
        assert "--story lesson" not in text
        assert "lesson/" not in text
        for word in ("Lachin", "Laçın", "Baku", "Stepanakert", "Azerbaijan", "Armenia", "2023", "moscow"):
            assert word not in text, word
