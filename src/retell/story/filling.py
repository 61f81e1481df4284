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
from retell.problems import HELP_TEXT, Rule, closest, nearest
from retell.story import rules
from retell.story.citations import Locators
from retell.story.dates import When, parse_when
from retell.story.emptyfields import note_empty
from retell.story.form import MORE, Form, fields, without_none
from retell.story.in_words import WORDS_FOR, form_in_words, kind_in_words, shown
from retell.story.model import BEATS, Beat, Broken
from retell.story.prose import Prose

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
    missing: Rule | None
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
        _note_no_group(form, file, data, trail)
        return None
    values = shape.blanks.copy()
    given: set[str] = set()
    misspelt: set[str] = set()
    for name, value in data.items():
        field = shape.fields.get(name)
        if field is None:
            misspelt.add(_note_unknown(form, file, data, (*trail, name)))
        elif _is_given(value, field):
            filled = field.fill(file, value, (*trail, name))
            values[field.attribute] = {**values[MORE], name: filled} if field.handed_on else filled
            given.add(name)
    _note_not_given(form, file, data, trail, given | misspelt)
    if form.moved:
        _take_moved(form, file, data, trail, values)
    note_empty(file, trail)
    return form(**values)


def _note_not_given(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail, given: set[str]) -> None:
    """Note what is needed and was not given, under whatever name."""
    for name, field in () if given >= _shape(form).needed else _shape(form).fields.items():
        if field.required and name not in given:
            _note_missing(form, file, data, trail, name, field.missing)
    if form.either and not given.intersection(form.either):
        _note(file, trail, rules.NEITHER_FIELD, form=form_in_words(form), names="' or '".join(form.either))


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


def _note_no_group(form: type[Form], file: YamlFile, data: object, trail: Trail) -> None:
    if data is None and not trail:
        first = next(name for name, field in _shape(form).fields.items() if field.required)
        has = "has only comments" if file.text.strip() else "is empty"
        _note(file, trail, rules.EMPTY_FILE, has=has, first=first)
    else:
        _note_or_no_break_space(file, trail, rules.NO_GROUP, form=form_in_words(form))


def _note_unknown(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail) -> str:
    """Note the name at the end of a trail, which no field has; give that of the field that was meant, or nothing."""
    known, name = _shape(form).fields, str(trail[-1])
    if file.is_full or name in form.moved or name in form.former:
        return ""
    free = known.keys() - data.keys() if len(file.problems) < MOST_HELPED else set()
    named = [each for each, field in known.items() if not field.handed_on]
    beyond = " and the other variables of CSL" if form.beyond else ""
    help_text = nearest(name, free) or f"known here: {', '.join(named)}{beyond}"
    place = file.locate(trail, key=True)
    file.problems.append(rules.UNKNOWN_FIELD.at(place, form=form_in_words(form), name=name, help=help_text))
    return closest(name, free)


def _note_missing(  # noqa: PLR0913, PLR0917
    form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail, name: str, missing: Rule | None
) -> None:
    if missing:
        _note(file, trail, missing)
    elif name in data and data[name] != []:
        file.empty.append((*trail, name))
    elif name in data and not file.is_full:
        file.problems.append(rules.EMPTY_LIST.at(file.locate((*trail, name), key=True), name=name))
    else:
        _note(file, trail, rules.MISSING_FIELD, form=form_in_words(form), name=name)


@cache
def _shape(form: type[Form]) -> _Shape:
    found = {}
    for field in fields(form):
        blank = _blank(field.type) if field.default is msgspec.NODEFAULT else field.default
        filler = _filler(without_none(field.type), blank)
        found[field.name] = _Field(field.attribute, filler, field.required, blank, field.missing)
    fillers = {kind: _filler(kind, _blank(kind)) for kind in set(form.beyond.values())}
    for name, kind in form.beyond.items():
        found[name] = _Field(MORE, fillers[kind], required=False, blank={}, missing=None, handed_on=name)
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
    _note(file, trail, rules.NOT_OF_ITS_TYPE, wanted="a text", given=shown(value), help=help_text)
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
        _note(file, trail, rules.NOT_OF_ITS_TYPE, wanted=kind_in_words(kind), given=shown(value), help=help_text)
        return blank


def _list(item: Filler, file: YamlFile, value: object, trail: Trail) -> tuple[Any, ...]:
    """Fill a list of any length, whose items are all of one kind."""
    if not isinstance(value, list):
        _note(file, trail, rules.NO_LIST, wanted=WORDS_FOR[tuple])
        return ()
    return tuple([item(file, each, (*trail, i)) for i, each in enumerate(value)])


def _row(items: list[Filler], file: YamlFile, value: object, trail: Trail) -> tuple[Any, ...]:
    """Fill a list that has a certain length, each item of its own kind."""
    if not isinstance(value, list) or len(value) != len(items):
        given = len(value) if isinstance(value, list) else shown(value)
        wanted = f"a list of {len(items)} values"
        _note(file, trail, rules.NOT_OF_ITS_TYPE, wanted=wanted, given=given, help=HELP_ROW)
        return ()
    pairs = zip(items, value, strict=True)
    return tuple([item(file, each, (*trail, i)) for i, (item, each) in enumerate(pairs)])


def _group(name: Any, item: Filler, file: YamlFile, value: object, trail: Trail) -> dict[str, Any]:
    """Fill a group of fields whose names are an author's own, each of a certain form."""
    if not isinstance(value, dict):
        _note(file, trail, rules.NO_LIST, wanted=f"a group of fields, each named by {kind_in_words(name)}")
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
        _note(file, trail, rules.TWO_BEATS, kinds=" and ".join(kinds))
        return Broken()
    names = [str(name) for name in islice(value, MOST_HELPED)] if isinstance(value, dict) and not file.is_full else []
    help_text = next((said for name in names if (said := nearest(name, BEATS)).startswith("did")), "")
    _note_or_no_break_space(file, trail, rules.UNKNOWN_BEAT, kinds=", ".join(BEATS), help=help_text)
    return Broken()


def _when(file: YamlFile, value: object, trail: Trail) -> When | None:
    try:
        if isinstance(value, dict | list):
            from retell.story.csl import date_of  # noqa: PLC0415 - only what was pasted from CSL's data needs it

            value = date_of(value)
        return parse_when(value.strip() if isinstance(value, str) else shown(value))
    except ValueError as error:
        _note(file, trail, rules.NO_DATE, reason=error)
        return None


def _note(file: YamlFile, trail: Trail, rule: Rule, **said: object) -> None:
    if not file.is_full:
        file.problems.append(rule.at(file.locate(trail), **said))


def _note_or_no_break_space(file: YamlFile, trail: Trail, rule: Rule, **said: object) -> None:
    """Note that a value is no group of fields, or the character that makes a text of one to YAML."""
    from retell.files.yamlslips import HELP_NO_BREAK, NO_BREAK, find_no_break_space  # noqa: PLC0415 - only a mistake needs it

    if file.is_full:
        return
    location = file.locate(trail)
    at = find_no_break_space(location.excerpt)
    if at is not None:
        location = msgspec.structs.replace(location, column=at + 1)
        rule = rule.saying(NO_BREAK, HELP_NO_BREAK)
    file.problems.append(rule.at(location, **said))
