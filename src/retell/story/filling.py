"""Stage 3, beside the model: plain data and a type in, the filled type and every problem of its fields out.

msgspec stops at the first problem; an author wants all of them. So each field is filled by itself: what is missing or
of the wrong type is noted once and left blank, and everything else is kept and goes on to the checks.
"""

from __future__ import annotations

import re
import typing
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

from retell.problems import HELP_TEXT, Rule, closest, nearest
from retell.story import rules
from retell.story.citations import Locators
from retell.story.dates import When, parse_when
from retell.story.model import BEATS, Beat, Broken, Claim, Form, Quote
from retell.story.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.files.yamlfile import Trail, YamlFile

F = TypeVar("F", bound=Form)
Filler: TypeAlias = "Callable[[_Kind, YamlFile, object, Trail, Any], Any]"
"""What fills a value of a kind, or notes why it cannot be and gives the blank."""
TEXTS: tuple[type, ...] = (str, Prose, Locators)
HELP_ROW = "write it as in [50.1, 10.2]: in square brackets, a comma between the numbers, a point in each"
COMMA, HELP_POINT = re.compile(r"-?\d+,\d+"), "write a number with a point, as in 50.1"
WORDS_FOR = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    tuple: "a list (each item on a line of its own that starts with '- ')",
}


CITING = {(Quote, "cite"): "quotation", (Claim, "says"): "claim"}


class _Kind(typing.NamedTuple):
    """A type that a value can have: how a value of it is filled, its blank, and, of a list, the kinds of its items."""

    type: Any
    fill: Filler
    blank: Any
    items: tuple[_Kind, ...] = ()


class _Field(typing.NamedTuple):
    attribute: str
    kind: _Kind
    required: bool
    blank: Any


class _Shape(typing.NamedTuple):
    """The fields of a form by their names, and what stands for all of them before any is filled."""

    fields: dict[str, _Field]
    blanks: dict[str, Any]


def fill(form: type[F], file: YamlFile, data: object, trail: Trail = ()) -> F | None:
    """Fill one form from the value at a trail of a file; the problems are added to the file's.

    Returns None only where the value is no mapping at all. A required field that could not be filled is blank.
    """
    fields, blanks = _shape(form)
    if data is None and not trail and not any(field.required for field in fields.values()):
        return form()  # a file that may be left out may be empty
    if not isinstance(data, dict):
        _note_no_group(form, file, data, trail)
        return None
    values = blanks.copy()
    given: set[str] = set()
    misspelt: set[str] = set()
    for name, value in data.items():
        field = fields.get(name)
        if field is None:
            misspelt.add(_note_unknown(form, file, data, (*trail, name)))
        elif _is_given(value, field):
            values[field.attribute] = field.kind.fill(field.kind, file, value, (*trail, name), field.blank)
            given.add(name)
    for name, field in fields.items() if len(given) < len(fields) else ():
        if field.required and name not in given and name not in misspelt:
            _note_missing(form, file, data, trail, name)
    return form(**values)


def _is_given(value: object, field: _Field) -> bool:
    """Say whether anything stands in a field; an empty list is something only where none is needed."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None and (bool(value) or not field.required)


def _note_no_group(form: type[Form], file: YamlFile, data: object, trail: Trail) -> None:
    if data is None and not trail:
        first = next(name for name, field in _shape(form).fields.items() if field.required)
        has = "has only comments" if file.text.strip() else "is empty"
        _note(file, trail, rules.EMPTY_FILE, has=has, first=first)
    else:
        _note_or_no_break_space(file, trail, rules.NO_GROUP, form=_in_a_word(form))


def _note_unknown(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail) -> str:
    """Note the name at the end of a trail, which no field has; give that of the field that was meant, or nothing."""
    fields, name = _shape(form).fields, str(trail[-1])
    free = fields.keys() - data.keys()
    help_text = nearest(name, free) or f"known here: {', '.join(fields)}"
    place = file.locate(trail, key=True)
    file.problems.append(rules.UNKNOWN_FIELD.at(place, form=_in_a_word(form), name=name, help=help_text))
    return closest(name, free)


def _note_missing(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail, name: str) -> None:
    if form is Quote and name == "by":
        _note(file, trail, rules.QUOTE_WITHOUT_SPEAKER)
    elif (form, name) in CITING:
        _note(file, trail, rules.FORM_WITHOUT_CITATION, form=CITING[form, name], field=name)
    elif name in data:
        rule = rules.EMPTY_LIST if data[name] == [] else rules.EMPTY_FIELD
        file.problems.append(rule.at(file.locate((*trail, name), key=True), name=name))
    else:
        _note(file, trail, rules.MISSING_FIELD, form=_in_a_word(form), name=name)


def _in_a_word(form: type[Form]) -> str:
    """Name a form as an author knows it."""
    name = form.__name__.lower()
    if form in BEATS.values():
        return f"a beat '{name}'"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


@cache
def _shape(form: type[Form]) -> _Shape:
    fields = {}
    for field in msgspec.structs.fields(form):
        kind = _kind(_without_none(bare(field.type)))
        blank = _blank(bare(field.type)) if field.default is msgspec.NODEFAULT else field.default
        fields[field.encode_name] = _Field(field.name, kind, field.required, blank)
    return _Shape(fields, {field.attribute: field.blank for field in fields.values()})


def _kind(kind: Any) -> _Kind:
    blank = _blank(kind)
    if typing.get_origin(kind) is tuple:
        first, *others = typing.get_args(kind)
        if others == [Ellipsis]:
            return _Kind(kind, _list, blank, (_kind(first),))
        return _Kind(kind, _row, blank, (_kind(first), *map(_kind, others)))
    if kind in (When, Beat):
        return _Kind(kind, _when if kind is When else _beat, blank)
    if isinstance(kind, type) and issubclass(kind, Form):
        return _Kind(kind, _form, blank)
    return _Kind(kind, _text if kind in TEXTS else _simple, blank)


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
        return kind(**_shape(kind).blanks)
    return () if typing.get_origin(kind) is tuple else None


def _text(kind: _Kind, file: YamlFile, value: object, trail: Trail, blank: Any) -> Any:
    if isinstance(value, str) and value and not value.isspace():
        return value.strip() if kind.type is str else kind.type(value)
    help_text = f"a text that holds ': ' or starts with '[' or '{{': {HELP_TEXT}"
    _note(file, trail, rules.NOT_OF_ITS_TYPE, wanted="a text", given=_shown(value), help=help_text)
    return blank


def _form(kind: _Kind, file: YamlFile, value: object, trail: Trail, blank: Any) -> Any:
    return fill(kind.type, file, value, trail) or blank


def _simple(kind: _Kind, file: YamlFile, value: object, trail: Trail, blank: Any) -> Any:
    """Fill a number, a choice or a text of a certain form."""
    try:
        return msgspec.convert(value.strip() if isinstance(value, str) else value, kind.type, strict=False)
    except msgspec.ValidationError:
        help_text = HELP_POINT if isinstance(value, str) and COMMA.fullmatch(value.strip()) else ""
        wanted = _in_words(kind.type)
        _note(file, trail, rules.NOT_OF_ITS_TYPE, wanted=wanted, given=_shown(value), help=help_text)
        return blank


def _list(kind: _Kind, file: YamlFile, value: object, trail: Trail, blank: Any) -> tuple[Any, ...]:
    """Fill a list of any length, whose items are all of one kind."""
    if not isinstance(value, list):
        _note(file, trail, rules.NO_LIST, wanted=WORDS_FOR[tuple])
        return ()
    (item,) = kind.items
    return tuple([_item(item, file, each, (*trail, i)) for i, each in enumerate(value)])


def _row(kind: _Kind, file: YamlFile, value: object, trail: Trail, blank: Any) -> tuple[Any, ...]:
    """Fill a list of so many items, each of its own kind."""
    if not isinstance(value, list) or len(value) != len(kind.items):
        given = len(value) if isinstance(value, list) else _shown(value)
        wanted = f"a list of {len(kind.items)} values"
        _note(file, trail, rules.NOT_OF_ITS_TYPE, wanted=wanted, given=given, help=HELP_ROW)
        return ()
    pairs = zip(kind.items, value, strict=True)
    return tuple([_item(item, file, each, (*trail, i)) for i, (item, each) in enumerate(pairs)])


def _item(kind: _Kind, file: YamlFile, value: object, trail: Trail) -> Any:
    return kind.fill(kind, file, value, trail, kind.blank)


def _beat(kind: _Kind, file: YamlFile, value: object, trail: Trail, blank: Any) -> Form:
    """Fill a beat, whose first word (`say`, `quote`, …) names its kind."""
    kinds = [name for name in BEATS if name in value] if isinstance(value, dict) else []
    if len(kinds) == 1:
        return fill(BEATS[kinds[0]], file, value, trail) or Broken()
    if kinds:
        _note(file, trail, rules.TWO_BEATS, kinds=" and ".join(kinds))
        return Broken()
    names = [str(name) for name in value] if isinstance(value, dict) else []
    help_text = next((said for name in names if (said := nearest(name, BEATS)).startswith("did")), "")
    _note_or_no_break_space(file, trail, rules.UNKNOWN_BEAT, kinds=", ".join(BEATS), help=help_text)
    return Broken()


def _when(kind: _Kind, file: YamlFile, value: object, trail: Trail, blank: Any) -> When | None:
    try:
        return parse_when(value.strip() if isinstance(value, str) else _shown(value))
    except ValueError as error:
        _note(file, trail, rules.NO_DATE, reason=error)
        return None


def _in_words(kind: Any) -> str:
    if typing.get_origin(kind) is typing.Literal:
        return f"one of: {', '.join(typing.get_args(kind))}"
    if typing.get_origin(kind) is typing.Annotated:
        return str(kind.__metadata__[0].description)
    return WORDS_FOR.get(kind, "something else")


def _shown(value: object) -> str:
    if value is None or (isinstance(value, str) and not value.strip()):
        return "nothing"
    if not isinstance(value, str):
        return "a list" if isinstance(value, list) else "a group of fields"
    return f"'{value if len(value) <= 30 else value[:29] + '…'}'"


def _note(file: YamlFile, trail: Trail, rule: Rule, **said: object) -> None:
    file.problems.append(rule.at(file.locate(trail), **said))


def _note_or_no_break_space(file: YamlFile, trail: Trail, rule: Rule, **said: object) -> None:
    """Note that a value is no group of fields, or the character that makes a text of one to YAML."""
    from retell.files.yamlslips import HELP_NO_BREAK, NO_BREAK, find_no_break_space  # noqa: PLC0415 - only a mistake needs it

    location = file.locate(trail)
    at = find_no_break_space(location.excerpt)
    if at is not None:
        location = msgspec.structs.replace(location, column=at + 1)
        rule = rule.saying(NO_BREAK, HELP_NO_BREAK)
    file.problems.append(rule.at(location, **said))
