"""Fill the types of the model from plain data, and note every problem of its fields.

msgspec stops at the first problem; an author wants all of them. So each field is filled by itself: what is missing or
of the wrong type is noted once and left blank, and everything else is kept and goes on to the checks.
"""

from __future__ import annotations

import re
import typing
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

from retell.files.yamlfile import MOST_HELPED
from retell.problems import HELP_TEXT, nearest
from retell.story import rules
from retell.story.citations import Locators
from retell.story.dates import When, parse_when
from retell.story.form import MORE, Form, fields, without_none
from retell.story.in_words import WORDS_FOR, kind_in_words, shown
from retell.story.model import BEATS, Beat, Broken
from retell.story.prose import Prose
from retell.story.unfilled import note, note_empty, note_no_group, note_not_given, note_or_no_break_space, note_unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from retell.files.yamlfile import Trail, YamlFile

F = TypeVar("F", bound=Form)
Filler: TypeAlias = "Callable[[YamlFile, object, Trail], Any]"
"""What makes the value at a trail of a file one of a type, or notes why it cannot be and returns what stands for it."""
TEXTS: tuple[type, ...] = (str, Prose, Locators)
HELP_ROW = "write it as in [50.1, 10.2]: in square brackets, a comma between the numbers, a point in each"
ONLY_CITED = r"\s*(?:\[@[^\[\]]*\][\s.;,]*)+\Z"
COMMA, HELP_POINT = re.compile(r"-?\d+,\d+"), "write a number with a point, as in 50.1"


class _Field(msgspec.Struct, frozen=True):
    attribute: str
    fill: Filler
    required: bool
    blank: Any
    handed_on: str = ""


class _Shape(msgspec.Struct, frozen=True):
    """The fields of a form by their names, what stands for all of them before any is filled, and which are needed."""

    fields: dict[str, _Field]
    blanks: dict[str, Any]
    needed: frozenset[str]


def fill(form: type[F], file: YamlFile, data: object, trail: Trail = ()) -> F | None:
    """Fill one form from the value at a trail of a file; the problems are added to the file's.

    Returns None only where the value is no mapping at all. A required field that could not be filled is blank.
    """
    shape = _shape(form)
    if data is None and not trail and not shape.needed:
        return form()  # a file that may be left out may be empty
    if not isinstance(data, dict):
        note_no_group(form, file, data, trail)
        return None
    values = shape.blanks.copy()
    given: set[str] = set()
    misspelt: set[str] = set()
    for name, value in data.items():
        field = shape.fields.get(name)
        if field is None:
            misspelt.add(note_unknown(form, file, data, (*trail, name)))
        elif _is_given(value, field):
            filled = field.fill(file, value, (*trail, name))
            values[field.attribute] = {**values[MORE], name: filled} if field.handed_on else filled
            given.add(name)
    if form.either or not given >= shape.needed:
        note_not_given(form, file, data, trail, given | misspelt)
    if form.moved:
        _take_moved(form, file, data, trail, values)
    note_empty(file, trail)
    return form(**values)


def _take_moved(
    form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail, values: dict[str, Any]
) -> None:
    """Move the values of fields that have moved to where they stand now, unless something stands there."""
    for name in reversed([name for name in form.moved if name in data]):
        attribute, key = form.moved[name]
        if text := _text(str, "", file, data[name], (*trail, name)):
            values[attribute] = {key: text, **values[attribute]}


def _is_given(value: object, field: _Field) -> bool:
    """Return whether anything stands in a field; an empty list is something only where none is needed."""
    if isinstance(value, str):
        typed = value.lstrip()
        return bool(typed) and not (typed[0] == "[" and isinstance(field.blank, Prose) and re.match(ONLY_CITED, typed))
    return value is not None and (bool(value) or not field.required)


@cache
def _shape(form: type[Form]) -> _Shape:
    found = {}
    for field in fields(form):
        blank = _blank(field.type) if field.default is msgspec.NODEFAULT else field.default
        filler = _filler(without_none(field.type), blank)
        found[field.name] = _Field(field.attribute, filler, field.required, blank)
    fillers = {kind: _filler(kind, _blank(kind)) for kind in set(form.beyond.values())}
    for name, kind in form.beyond.items():
        found[name] = _Field(MORE, fillers[kind], required=False, blank={}, handed_on=name)
    blanks = {field.attribute: field.blank for field in found.values()}
    return _Shape(found, blanks, frozenset(name for name, field in found.items() if field.required))


def _filler(kind: Any, blank: Any) -> Filler:
    """Return what fills a value of a type; `blank` stands for one that cannot be read."""
    if typing.get_origin(kind) is tuple:
        first, *others = typing.get_args(kind)
        if others == [Ellipsis]:
            return partial(_list, _filler(first, _blank(first)))
        return partial(_row, [_filler(item, _blank(item)) for item in (first, *others)])
    if typing.get_origin(kind) is dict:
        tag, item = typing.get_args(kind)
        return partial(_group, tag, _filler(item, _blank(item)))
    if kind in (When, Beat):
        return _when if kind is When else _beat
    if isinstance(kind, type) and issubclass(kind, Form):
        return partial(_form, kind, blank)
    return partial(_text if kind in TEXTS else _simple, kind, blank)


def blank(form: type[F]) -> F:
    """Return a form in which nothing was filled."""
    return form(**_shape(form).blanks)


def _blank(kind: Any) -> Any:
    """Return what stands for a value that could not be read, so that what refers to it or follows it is found."""
    if kind in TEXTS:
        return kind("")
    if typing.get_origin(kind) is typing.Annotated and kind.__origin__ is str:
        return ""
    if isinstance(kind, type) and issubclass(kind, Form):
        return blank(kind)
    origin = typing.get_origin(kind)
    return origin() if origin in (tuple, dict) else None


def _text(kind: type, blank: Any, file: YamlFile, value: object, trail: Trail) -> Any:
    if isinstance(value, str) and value and not value.isspace():
        return value.strip() if kind is str else kind(value)
    help_text = f"a text that holds ': ' or starts with '[' or '{{': {HELP_TEXT}"
    note(file, trail, rules.NOT_OF_ITS_TYPE, wanted="a text", given=shown(value), help=help_text)
    return blank


def _form(kind: type[Form], blank: Any, file: YamlFile, value: object, trail: Trail) -> Any:
    return fill(kind, file, value, trail) or blank


def _simple(kind: Any, blank: Any, file: YamlFile, value: object, trail: Trail) -> Any:
    """Fill a number, a choice or a text of a certain form."""
    try:
        return msgspec.convert(value.strip() if isinstance(value, str) else value, kind, strict=False)
    except msgspec.ValidationError:
        help_text = HELP_POINT if isinstance(value, str) and COMMA.fullmatch(value.strip()) else ""
        if isinstance(value, str) and typing.get_origin(kind) is typing.Literal:
            help_text = nearest(value.strip(), typing.get_args(kind))
        note(file, trail, rules.NOT_OF_ITS_TYPE, wanted=kind_in_words(kind), given=shown(value), help=help_text)
        return blank


def _list(item: Filler, file: YamlFile, value: object, trail: Trail) -> tuple[Any, ...]:
    """Fill a list of any length, whose items are all of one kind."""
    if not isinstance(value, list):
        note(file, trail, rules.NO_LIST, wanted=WORDS_FOR[tuple])
        return ()
    return tuple([item(file, each, (*trail, i)) for i, each in enumerate(value)])


def _row(items: list[Filler], file: YamlFile, value: object, trail: Trail) -> tuple[Any, ...]:
    """Fill a list that has a certain length, each item of its own kind."""
    if not isinstance(value, list) or len(value) != len(items):
        given = len(value) if isinstance(value, list) else shown(value)
        wanted = f"a list of {len(items)} values"
        note(file, trail, rules.NOT_OF_ITS_TYPE, wanted=wanted, given=given, help=HELP_ROW)
        return ()
    pairs = zip(items, value, strict=True)
    return tuple([item(file, each, (*trail, i)) for i, (item, each) in enumerate(pairs)])


def _group(name: Any, item: Filler, file: YamlFile, value: object, trail: Trail) -> dict[str, Any]:
    """Fill a group of fields whose names are an author's own, each of a certain form."""
    if not isinstance(value, dict):
        note(file, trail, rules.NO_LIST, wanted=f"a group of fields, each named by {kind_in_words(name)}")
        return {}
    filled = {}
    for key, each in value.items():
        try:
            filled[msgspec.convert(key, name)] = item(file, each, (*trail, key))
        except msgspec.ValidationError:
            place = file.locate((*trail, key), key=True)
            problem = rules.NOT_OF_ITS_TYPE.at(place, wanted=kind_in_words(name), given=shown(key), help="")
            file.problems.extend([] if file.is_full else [problem])
    return filled


def _beat(file: YamlFile, value: object, trail: Trail) -> Form:
    """Fill a beat, whose first word (`say`, `quote`, …) names its kind."""
    kinds = [name for name in BEATS if name in value] if isinstance(value, dict) else []
    if len(kinds) == 1:
        return fill(BEATS[kinds[0]], file, value, trail) or Broken()
    if kinds:
        note(file, trail, rules.TWO_BEATS, kinds=" and ".join(kinds))
        return Broken()
    names = [str(name) for name in islice(value, MOST_HELPED)] if isinstance(value, dict) and not file.is_full else []
    help_text = next((said for name in names if (said := nearest(name, BEATS)).startswith("did")), "")
    note_or_no_break_space(file, trail, rules.UNKNOWN_BEAT, kinds=", ".join(BEATS), help=help_text)
    return Broken()


def _when(file: YamlFile, value: object, trail: Trail) -> When | None:
    try:
        if isinstance(value, dict | list):
            from retell.story.csl import date_of  # noqa: PLC0415 - only what was pasted from CSL's data needs it

            value = date_of(value)
        return parse_when(value.strip() if isinstance(value, str) else shown(value))
    except ValueError as error:
        note(file, trail, rules.NO_DATE, reason=error)
        return None
