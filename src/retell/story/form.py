"""What a type that is filled from a file is, and what the model says of each of its fields.

Beside the words for authors, a field says what the program must know of it: which text it holds, of which kind the card
is that it names, what is said where it is left out. So whatever looks for the texts, citations and names of a story
(`texts`) finds those of every type, and a new beat needs no second list.

The modules of forms do not postpone their annotations (`from __future__`): msgspec would parse each of them again
whenever a story is read, and the first page waits for that.
"""

import typing
from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, TypeAlias

import msgspec

from retell.problems import Rule

Role: TypeAlias = Literal[
    "head",
    "title",
    "gist",
    "say",
    "quote",
    "lead",
    "aside",
    "note",
    "ask",
    "answer",
    "question",
    "says",
    "notice",
    "silent",
    "claim",
    "meaning",
    "card",
    "plan",
]
"""What a text is. Most are named as their field; `head` is above all scenes, `card` on a card, `plan` a teacher's."""
MORE = "more"  # the attribute of the fields that are only handed on
Kind: TypeAlias = Literal["sources", "voices", "places", "terms", "disputes"]
"""Of cards; it is the name of their folder."""


class Form(msgspec.Struct, frozen=True, rename="kebab", kw_only=True):
    """Ancestor of all types that are filled from a file.

    `moved` says of fields that files once had, and that are read as before, where their text stands now: in which
    field, and there under which key. `former` are those that are passed over: nothing shows them any more. `beyond` are
    fields that the program only hands on, and their types: they are kept by name in the attribute `more`. Of `either`
    one is needed at least.
    """

    moved: ClassVar[dict[str, tuple[str, str]]] = {}
    former: ClassVar[tuple[str, ...]] = ()
    beyond: ClassVar[Mapping[str, Any]] = {}
    either: ClassVar[tuple[str, ...]] = ()


def holds(
    description: str, role: Role | None = None, *, card: Kind | None = None, missing: Rule | None = None
) -> msgspec.Meta:
    """Return a note on what a field holds, for the schema, a new source card and the authors' pages.

    `role` is what its text is, `card` the kind of the card that it names, `missing` what is said where it is left out.
    """
    return msgspec.Meta(description=description, extra={"role": role, "card": card, "missing": missing})


def only_describes(meta: msgspec.Meta) -> bool:
    """Return whether a note on a type says what a field holds, and bounds no value."""
    return meta == msgspec.Meta(description=meta.description, extra=meta.extra)


def bare(kind: Any) -> Any:
    """Return a field's type without the words that only describe it."""
    if typing.get_origin(kind) is not typing.Annotated:
        return kind
    bounds = [meta for meta in kind.__metadata__ if not only_describes(meta)]
    return typing.Annotated[kind.__origin__, *bounds] if bounds else kind.__origin__


def without_none(kind: Any) -> Any:
    """Return what a field holds that may be left out."""
    if typing.get_origin(kind) in (UnionType, typing.Union):
        rest = [part for part in typing.get_args(kind) if part is not NoneType]
        if len(rest) == 1:
            return rest[0]
    return kind


def holds_any(kind: Any, types: tuple[type, ...]) -> bool:
    """Return whether a value of a type may be, or have in it, one of these types."""
    if isinstance(kind, type):
        return issubclass(kind, types)
    return any(holds_any(part, types) for part in typing.get_args(kind))


def stated(form: type[Form]) -> list[msgspec.structs.FieldInfo]:
    """Return the fields of a type that have a name of their own in it, in its order."""
    return [field for field in msgspec.structs.fields(form) if not form.beyond or field.name != MORE]


class Field(msgspec.Struct, frozen=True):
    """A field of a form: its name in the program and in the file, its type, and what the model says of it (`holds`).

    `default` is msgspec's NODEFAULT where there is none.
    """

    attribute: str
    name: str
    type: Any
    required: bool
    default: Any
    role: Role | None
    card: Kind | None
    missing: Rule | None


@cache
def fields(form: type[Form]) -> tuple[Field, ...]:
    """Return the fields of a type, in the order in which it names them."""
    return tuple(
        Field(
            attribute=field.name,
            name=field.encode_name,
            type=bare(field.type),
            required=field.required,
            default=field.default,
            role=said.get("role"),
            card=said.get("card"),
            missing=said.get("missing"),
        )
        for field in stated(form)
        for said in [_said(field.type)]
    )


def _said(kind: Any) -> dict[str, Any]:
    notes = [note for note in getattr(kind, "__metadata__", ()) if isinstance(note, msgspec.Meta) and note.extra]
    return notes[-1].extra or {} if notes else {}
