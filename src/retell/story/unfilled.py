"""Note what of a form could not be filled: fields that are missing, empty, unknown or no group at all.

Of the fields that are still to be written there is one problem, however many they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from retell.files.yamlfile import MOST_HELPED
from retell.problems import closest, nearest
from retell.story import rules
from retell.story.form import fields
from retell.story.in_words import form_in_words

if TYPE_CHECKING:
    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Rule
    from retell.story.form import Field, Form

MOST_NAMED = 100


def note(file: YamlFile, trail: Trail, rule: Rule, **said: object) -> None:
    """Note that the value at a trail breaks a rule."""
    if not file.is_full:
        file.problems.append(rule.at(file.locate(trail), **said))


def note_or_no_break_space(file: YamlFile, trail: Trail, rule: Rule, **said: object) -> None:
    """Note that a value is no group of fields, or the character that makes a text of one to YAML."""
    from retell.files.yamlslips import HELP_NO_BREAK, NO_BREAK, find_no_break_space  # noqa: PLC0415 - only a mistake needs it

    if file.is_full:
        return
    location = file.locate(trail)
    at = find_no_break_space(location.excerpt)
    if at is not None:
        location = replace(location, column=at + 1)
        rule = rule.saying(NO_BREAK, HELP_NO_BREAK)
    file.problems.append(rule.at(location, **said))


def note_no_group(form: type[Form], file: YamlFile, data: object, trail: Trail) -> None:
    """Note that no group of fields stands where a form should."""
    if data is None and not trail:
        first = next(field.name for field in fields(form) if field.required)
        has = "has only comments" if file.text.strip() else "is empty"
        note(file, trail, rules.EMPTY_FILE, has=has, first=first)
    else:
        note_or_no_break_space(file, trail, rules.NO_GROUP, form=form_in_words(form))


def note_unknown(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail) -> str:
    """Note the name at the end of a trail, which no field has; give that of the field that was meant, or nothing."""
    named, name = [field.name for field in fields(form)], str(trail[-1])
    if file.is_full or name in form.moved or name in form.former:
        return ""
    free = {*named, *form.beyond} - data.keys() if len(file.problems) < MOST_HELPED else set()
    beyond = " and the other variables of CSL" if form.beyond else ""
    help_text = nearest(name, free) or f"known here: {', '.join(named)}{beyond}"
    place = file.locate(trail, key=True)
    file.problems.append(rules.UNKNOWN_FIELD.at(place, form=form_in_words(form), name=name, help=help_text))
    return closest(name, free)


def note_not_given(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail, given: set[str]) -> None:
    """Note what is needed and was not given, under whatever name."""
    for field in fields(form):
        if field.required and field.name not in given:
            _note_missing(form, file, data, trail, field)
    if form.either and not given.intersection(form.either):
        note(file, trail, rules.NEITHER_FIELD, form=form_in_words(form), names="' or '".join(form.either))


def _note_missing(form: type[Form], file: YamlFile, data: dict[str, object], trail: Trail, field: Field) -> None:
    name = field.name
    if field.missing:
        note(file, trail, field.missing)
    elif name in data and data[name] != []:
        file.empty.append((*trail, name))
    elif name in data and not file.is_full:
        file.problems.append(rules.EMPTY_LIST.at(file.locate((*trail, name), key=True), name=name))
    else:
        note(file, trail, rules.MISSING_FIELD, form=form_in_words(form), name=name)


def note_empty(file: YamlFile, trail: Trail) -> None:
    """Add to the problems of a file the fields that were found empty, once the form at its top (no trail) is filled."""
    if trail or not file.empty:
        return
    trails, file.empty = file.empty, []
    if file.is_full:
        return
    if len(trails) == 1:
        file.problems.append(rules.EMPTY_FIELD.at(file.locate(trails[0], key=True), name=trails[0][-1]))
        return
    found = sorted((file.locate(each, key=True), str(each[-1])) for each in trails[:MOST_NAMED])
    lines: dict[str, list[str]] = {}
    for place, name in found:
        lines.setdefault(name, []).append(str(place.line))
    named = (f"'{name}'" if len(at) == 1 else f"'{name}' (lines {', '.join(at)})" for name, at in lines.items())
    file.problems.append(rules.EMPTY_FIELDS.at(found[0][0], number=len(trails), names=", ".join(named)))
