"""Stage 3, beside the model: plain data and a type in, the filled type and every problem of its fields out.

msgspec stops at the first problem; an author wants all of them. So each field is filled by itself: what is missing or
of the wrong type is noted once and left blank, and everything else is kept and goes on to the checks.
"""

from __future__ import annotations

import typing
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from retell.citations import Locators
from retell.dates import When, parse_when
from retell.model import BEATS, Beat, Broken, Form, Quote
from retell.problems import HELP_TEXT, Problem, closest, nearest
from retell.prose import Prose

if TYPE_CHECKING:
    from retell.yamlfile import Trail, YamlFile

F = TypeVar("F", bound=Form)
TEXTS: tuple[type, ...] = (str, Prose, Locators)
WORDS_FOR = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    tuple: "a list (each item on a line of its own that starts with '- ')",
}


class _Field(typing.NamedTuple):
    attribute: str
    type: Any
    required: bool
    blank: Any


def fill(form: type[F], file: YamlFile, data: object, trail: Trail = ()) -> F | None:
    """Fill one form from the value at a trail of a file; the problems are added to the file's.

    Returns None only where the value is no mapping at all. A required field that could not be filled is blank.
    """
    if not isinstance(data, dict):
        _note(file, trail, "wrong-type", f"{_kind(form)} is a group of fields, each 'name: value'")
        return None
    fields = _fields(form)
    values: dict[str, Any] = {}
    misspelt: set[str] = set()
    free = fields.keys() - data.keys()
    for name, value in data.items():
        field = fields.get(name)
        if field is None:
            misspelt.add(closest(name, free))
            help_text = nearest(name, free) or f"known here: {', '.join(fields)}"
            location = file.locate((*trail, name), key=True)
            file.problems.append(Problem("unknown-field", location, f"{_kind(form)} has no '{name}'", help_text))
        elif value is not None and value != "":
            values[field.attribute] = _value(field.type, file, value, (*trail, name), field.blank)
    for name, field in fields.items():
        if field.attribute in values:
            continue
        values[field.attribute] = field.blank
        if field.required and name not in misspelt:
            _note_missing(form, file, data, trail, name)
    return form(**values)


def _note_missing(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail, name: str) -> None:
    if form is Quote and name == "by":
        help_text = "add 'by:' and a voice card"
        _note(file, trail, "quotation-without-speaker", "this quotation has no speaker", help_text)
    elif form is Quote and name == "cite":
        _note(file, trail, "claim-without-citation", "this quotation cites nothing", "add 'cite:'")
    elif name in data:
        location = file.locate((*trail, name), key=True)
        help_text = "write its value after the colon"
        file.problems.append(Problem("missing-field", location, f"'{name}' is empty", help_text))
    else:
        _note(file, trail, "missing-field", f"{_kind(form)} needs '{name}'", f"add a line '{name}: …'")


def _kind(form: type[Form]) -> str:
    """Name a form as an author knows it."""
    name = form.__name__.lower()
    if form in BEATS.values():
        return f"a beat '{name}'"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


@cache
def _fields(form: type[Form]) -> dict[str, _Field]:
    found = {}
    for field in msgspec.structs.fields(form):
        kind = bare(field.type)
        blank = _blank(kind) if field.default is msgspec.NODEFAULT else field.default
        found[field.encode_name] = _Field(field.name, _without_none(kind), field.required, blank)
    return found


def bare(kind: Any) -> Any:
    """Give a field's type without the words that only describe it."""
    if typing.get_origin(kind) is not typing.Annotated:
        return kind
    bounds = [meta for meta in kind.__metadata__ if meta != msgspec.Meta(description=meta.description)]
    return typing.Annotated[kind.__origin__, *bounds] if bounds else kind.__origin__


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) in (UnionType, typing.Union):
        rest = [part for part in typing.get_args(kind) if part is not NoneType]
        if len(rest) == 1:
            return rest[0]
    return kind


def _blank(kind: Any) -> Any:
    """Give what stands for a value that could not be read, so that what refers to it or follows it is found."""
    if kind in TEXTS:
        return kind("")
    if typing.get_origin(kind) is typing.Annotated and kind.__origin__ is str:
        return ""
    if isinstance(kind, type) and issubclass(kind, Form):
        return kind(**{field.attribute: field.blank for field in _fields(kind).values()})
    return () if typing.get_origin(kind) is tuple else None


def _value(kind: Any, file: YamlFile, value: object, trail: Trail, blank: Any) -> Any:
    """Fill one value, or note why it cannot be and give the blank."""
    if kind in TEXTS:
        if isinstance(value, str) and value:
            return value.strip() if kind is str else kind(value)
        help_text = f"a text that holds ': ' or starts with '[' or '{{': {HELP_TEXT}"
        _note(file, trail, "wrong-type", f"this should be a text, not {_shown(value)}", help_text)
        return blank
    if kind is When:
        return _when(file, value, trail)
    if typing.get_origin(kind) is tuple:
        return _items(kind, file, value, trail)
    if isinstance(kind, type) and issubclass(kind, Form):
        return fill(kind, file, value, trail) or blank
    return _simple(kind, file, value, trail, blank)


def _simple(kind: Any, file: YamlFile, value: object, trail: Trail, blank: Any) -> Any:
    """Fill a number, a choice or a text of a certain form."""
    try:
        return msgspec.convert(value.strip() if isinstance(value, str) else value, kind, strict=False)
    except msgspec.ValidationError:
        _note(file, trail, "wrong-type", f"this should be {_in_words(kind)}, not {_shown(value)}")
        return blank


def _items(kind: Any, file: YamlFile, value: object, trail: Trail) -> tuple[Any, ...]:
    inner = typing.get_args(kind)
    if not isinstance(value, list):
        _note(file, trail, "wrong-type", f"this should be {WORDS_FOR[tuple]}")
        return ()
    if len(inner) > 1 and inner[1] is not Ellipsis:
        if len(value) != len(inner):
            _note(file, trail, "wrong-type", f"this should be a list of {len(inner)} values, not {len(value)}")
            return ()
        return tuple(
            _value(part, file, item, (*trail, i), _blank(part))
            for i, (part, item) in enumerate(zip(inner, value, strict=True))
        )
    if inner[0] == Beat:
        return tuple(_beat(file, item, (*trail, i)) for i, item in enumerate(value))
    blank = _blank(inner[0])
    return tuple(_value(inner[0], file, item, (*trail, i), blank) for i, item in enumerate(value))


def _beat(file: YamlFile, data: object, trail: Trail) -> Form:
    """Fill a beat, whose first word (`say`, `quote`, …) names its kind."""
    kinds = [kind for kind in BEATS if isinstance(data, dict) and kind in data]
    if len(kinds) == 1:
        return fill(BEATS[kinds[0]], file, data, trail) or Broken()
    if kinds:
        message = f"this beat is two at once: {' and '.join(kinds)}"
        _note(file, trail, "wrong-type", message, "start each beat with '- ' on a line of its own")
        return Broken()
    names = [str(name) for name in data] if isinstance(data, dict) else []
    help_text = next((said for name in names if (said := nearest(name, BEATS)).startswith("did")), "")
    _note(file, trail, "unknown-field", f"a beat is one of: {', '.join(BEATS)}", help_text)
    return Broken()


def _when(file: YamlFile, value: object, trail: Trail) -> When | None:
    try:
        return parse_when(value.strip() if isinstance(value, str) else _shown(value))
    except ValueError as error:
        _note(file, trail, "wrong-type", str(error))
        return None


def _in_words(kind: Any) -> str:
    if typing.get_origin(kind) is typing.Literal:
        return f"one of: {', '.join(typing.get_args(kind))}"
    if typing.get_origin(kind) is typing.Annotated:
        return str(kind.__metadata__[0].description)
    return WORDS_FOR.get(kind, "something else")


def _shown(value: object) -> str:
    if value in (None, ""):
        return "nothing"
    if not isinstance(value, str):
        return "a list" if isinstance(value, list) else "a group of fields"
    return f"'{value if len(value) <= 30 else value[:29] + '…'}'"


def _note(file: YamlFile, trail: Trail, rule: str, message: str, help_text: str = "") -> None:
    file.problems.append(Problem(rule, file.locate(trail), message, help_text))
