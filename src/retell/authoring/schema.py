"""Write the types of the model as JSON Schema, for editors that check a file as one types.

An editor reads YAML by the rules of YAML 1.2: `when: 2001` is a number to it, and `title:` without a value is null.
retell reads every value as text; so where it takes any text, the schema takes numbers and true or false as well, and
where a field may be left out, it may be empty. What a field holds is said in the model.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping, Sequence
from inspect import getdoc
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeAlias

import msgspec

from retell.authoring.storynames import with_names
from retell.story.cards import CARDS, Fingerprint
from retell.story.citations import Locators
from retell.story.dates import IN_ENGLISH, PART, When
from retell.story.form import Form, bare, only_describes, stated
from retell.story.lesson import Lesson
from retell.story.model import BEATS, Beat, Scene, Story
from retell.story.prose import Prose
from retell.story.wording import Wording

Schema: TypeAlias = dict[str, Any]
Names: TypeAlias = Mapping[str, Sequence[str]]
NO_NAMES: Names = MappingProxyType({})
MOST_CHOICES = 8  # that a hint lists
DRAFT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[Form]] = {
    "scene": Scene,
    "story": Story,
    "class": Lesson,
    "wording": Wording,
    **{folder.removesuffix("s"): form for folder, form in CARDS.items()},
}
OF_CARDS = {folder.removesuffix("s") for folder in CARDS}
PLACES = {kind: "cards/.schema" if kind in OF_CARDS else "story/.schema" for kind in KINDS}
"""The folder of each kind's schema in a story; hidden, so that it is no part of what is told."""

ENGLISH = "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in IN_ENGLISH)
# the grammar of `citations`, without what only Python's patterns have
ONE = r"\s*@[\w.-]*\w\s*(,\s*([Pp]ara([Gg]raph)?s?\.?|¶¶?)\s*\d[\d\s,–-]*)?\s*"
TEXT: Schema = {"type": ["string", "number", "boolean"]}
DESCRIBED: dict[Any, Schema] = {
    str: {**TEXT, "minLength": 1},
    Prose: {
        **TEXT,
        "minLength": 1,
        "description": 'a text; *words* are emphasis, "words" a quotation, [@key, para. 6] is a citation',
    },
    Locators: {
        "type": "string",
        "pattern": f"^(\\[{ONE}(;{ONE})*\\]|{ONE}(;{ONE})*)$",
        "description": 'citations in quotation marks: "@key, para. 6; @other, paras. 2-3"',
    },
    When: {
        "type": ["string", "integer"],
        "pattern": f"^({PART}|({PART}|\\.\\.)?/({PART}|\\.\\.)?|{ENGLISH})$",
        "description": "a date as far as it is known: 2023, 2023-09, 2023-09-19, 2023~, or a range: 2022-12/2023-01",
    },
    # some fingerprints have no letters; an editor takes them for numbers
    Fingerprint: {**msgspec.json.schema(Fingerprint), "type": ["string", "number"]},
}


def schema_of(kind: str, names: Names = NO_NAMES) -> Schema:
    """Return the schema of one kind of file, a key of KINDS, which offers the names of a story by their fields."""
    return {"$schema": DRAFT, "title": f"{kind} (retell)", **with_names(_group(KINDS[kind]), names)}


def write_schema(kind: str, names: Names = NO_NAMES) -> str:
    """Return the schema of one kind of file as JSON, over many lines."""
    return write_json(schema_of(kind, names))


def write_json(data: object) -> str:
    """Return some data as JSON, over many lines."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def _group(form: type[Form]) -> Schema:
    """Return the schema of a group of fields."""
    fields = stated(form)
    says = re.sub(r"\s+", " ", getdoc(form) or "").replace("`", "'")
    return {
        "description": says,
        "type": "object",
        "properties": {
            **{field.encode_name: {"description": says, **_field(field)} for field in fields},
            **{
                name: {**_or_empty(_value(kind)), "description": f"{name}, as CSL has it"}
                for name, kind in form.beyond.items()
            },
        },
        "required": [field.encode_name for field in fields if field.required],
        **({"anyOf": [{"required": [name]} for name in form.either]} if form.either else {}),
        "additionalProperties": False,
    }


def _field(field: msgspec.structs.FieldInfo) -> Schema:
    """Return the schema of a field, with what the model says of it."""
    schema = _with_words(_value(bare(field.type)))
    if not field.required:
        schema = _or_empty(schema)
    elif schema.get("type") == "array":
        schema = {**schema, "minItems": schema.get("minItems", 1)}  # an empty list is an empty field
    says = describe(field.type) or schema.pop("description", "")
    return {**schema, "description": says} if says else schema


def _with_words(schema: Schema) -> Schema:
    """Return a schema that says in words what its pattern asks, under Visual Studio Code's keyword for that."""
    return (
        {**schema, "patternErrorMessage": f"this should be {schema['description']}"} if "pattern" in schema else schema
    )


def describe(kind: Any) -> str:
    """Return what the model says that a field holds; nothing where the type says it all."""
    notes = getattr(kind, "__metadata__", ())
    return next((str(note.description) for note in reversed(notes) if only_describes(note)), "")


def hint_of(field: msgspec.structs.FieldInfo) -> str:
    """Return what an author writes into a field; of a short choice, all that there is to choose from."""
    kind: Any = bare(field.type)
    says = describe(field.type)
    choices = typing.get_args(kind) if typing.get_origin(kind) is typing.Literal else ()
    return f"{says}: {', '.join(choices)}" if 0 < len(choices) <= MOST_CHOICES else says


def _value(kind: Any) -> Schema:
    """Return the schema of a value."""
    if kind in DESCRIBED:
        return dict(DESCRIBED[kind])
    if kind == Beat:
        return {"oneOf": [_group(form) for form in BEATS.values()]}
    if typing.get_origin(kind) in (UnionType, typing.Union):
        (inner,) = (part for part in typing.get_args(kind) if part is not NoneType)
        return _value(inner)
    if typing.get_origin(kind) in (tuple, dict):
        parts = typing.get_args(kind)
        return _list(parts) if typing.get_origin(kind) is tuple else _named(*parts)
    if isinstance(kind, type) and issubclass(kind, Form):
        return _group(kind)
    return msgspec.json.schema(kind)


def _list(parts: tuple[Any, ...]) -> Schema:
    if parts[-1] is Ellipsis:
        return {"type": "array", "items": _with_words(_value(parts[0]))}
    return {"type": "array", "prefixItems": list(map(_value, parts)), "minItems": len(parts), "maxItems": len(parts)}


def _named(name: Any, item: Any) -> Schema:
    """Return the schema of a group of fields whose names are an author's own."""
    names = {**_with_words(msgspec.json.schema(name)), "type": "string"}
    return {"type": "object", "propertyNames": names, "additionalProperties": _value(item)}


def _or_empty(schema: Schema) -> Schema:
    """Let a field without a value pass, as an editor reads `where:` alone."""
    kinds = schema.get("type")
    if kinds is None:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}


def comment_of(kind: str) -> str:
    """Return the comment by which an editor finds the schema of a file: https://github.com/redhat-developer/yaml-language-server"""
    below = "../" if PLACES[kind] == "cards/.schema" else ""
    return f"# yaml-language-server: $schema={below}.schema/{kind}.json"


def schema_files(names: Names = NO_NAMES) -> dict[str, bytes]:
    """Return the schemas as the files of a story, by their place in it."""
    return {f"{PLACES[kind]}/{kind}.json": write_schema(kind, names).encode() for kind in KINDS}


def write_settings() -> str:
    """Return the settings by which Visual Studio Code finds the schemas of a story, with the extension of Red Hat."""
    files = {"scene": "story/[0-9]*.yaml"}
    cards = {folder.removesuffix("s"): f"cards/{folder}/*.yaml" for folder in CARDS}
    found = {kind: cards.get(kind) or files.get(kind, f"story/{kind}.yaml") for kind in KINDS}
    return write_json({"yaml.schemas": {f"./{PLACES[kind]}/{kind}.json": [place] for kind, place in found.items()}})
