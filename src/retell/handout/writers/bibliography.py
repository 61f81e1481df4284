"""Write the source cards as references for Zotero and Pandoc: CSL as JSON or YAML, or BibTeX.

What nobody saw is left out, and a date is as exact as its card. Fields and types are those of
https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from retell.handout.writers.bibtex import Reference, write_entry
from retell.handout.writers.escaping import escape_set
from retell.story.cards import Name, Source
from retell.story.dates import SEASONS, When
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from retell.story.told import Told

AS_THEY_ARE = ("id", "type")
CSL_TAG = re.compile(r"<(?=/?(?:i|b|sc|sup|sub|span)\b)")
WORD_JOINER = "\u2060"


def references(told: Told, keys: Container[str]) -> list[Reference]:
    """Return the articles of these keys as CSL's data, in the order of their codes."""
    known = (article.key for article in told.articles if article.key in keys)
    return [_reference(key, told.sources[key]) for key in known]


def to_csl_json(told: Told, keys: Container[str]) -> str:
    """Write the references as CSL-JSON; tags of its rich text, which has no escape, are broken by a word joiner."""
    guarded = [
        _with_texts(found, lambda text: CSL_TAG.sub("<" + WORD_JOINER, text)) for found in references(told, keys)
    ]
    return json.dumps(guarded, ensure_ascii=False, indent=2) + "\n"


def to_csl_yaml(told: Told, keys: Container[str]) -> str:
    """Write the references as Pandoc reads them in a file or in the head of a text."""
    return f"---\n{dump_yaml({'references': as_markdown(references(told, keys))})}---\n"


def to_bibtex(told: Told, keys: Container[str]) -> str:
    """Write the references as BibTeX, with biblatex's `date`."""
    return "\n".join(map(write_entry, references(told, keys)))


def as_markdown(found: list[Reference]) -> list[Reference]:
    """Escape the texts of references for a YAML that Pandoc reads: it takes each string as Markdown."""
    return [_with_texts(reference, escape_set) for reference in found]


def dump_yaml(data: dict[str, Any]) -> str:
    """Write YAML whose every string is in quotation marks, each on one line."""
    return yaml.dump(_quoted(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**31)


class _Quoted(str):
    """A string that is written in quotation marks."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes lists set in under their key, as the cards have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)


def _quoted(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _quoted(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_quoted(value) for value in data]
    return _Quoted(data) if isinstance(data, str) else data


def _reference(key: str, source: Source) -> Reference:
    fields: Reference = {
        "id": key,
        "type": source.type,
        "title": set_line(source.title),
        "title-short": set_line(source.title_short),
        "author": _csl(source.author),
        "container-title": set_line(source.container_title),
        "volume": set_line(source.volume),
        "issue": set_line(source.issue),
        "issued": _csl(source.issued),
        "original-date": _csl(source.original_date),
        "URL": source.url,
        **{name: _csl(value) for name, value in source.more.items()},
    }
    return {name: value for name, value in fields.items() if value}


def _csl(value: Any) -> Any:
    """Return a text, a date or names of a card as CSL's data has them."""
    if isinstance(value, When):
        return _date(value)
    if isinstance(value, tuple):
        return [_name(name) for name in value]
    return set_line(value) if isinstance(value, str) else value


def _name(name: Name) -> Reference:
    fields = ((field.encode_name, getattr(name, field.name)) for field in msgspec.structs.fields(Name))
    return {said: set_line(value) if isinstance(value, str) else value for said, value in fields if value}


def _date(when: When) -> Reference:
    """Return a date as CSL has it, in words where its parts cannot say it; a time of day it has not."""
    parts = [part for part in when.parts if part]
    if len(parts) < len(when.parts) or any(part.unknown or "?" in part.mark for part in parts):
        return {"literal": str(when)}
    season = [part.month - 20 for part in parts if part.month in SEASONS and part.month]
    if season and len(parts) > 1:
        return {"literal": str(when)}
    dates = [[part.year, *filter(None, (None if season else part.month, part.day))] for part in parts]
    date: Reference = {"date-parts": [each for each, _ in groupby(dates)] if when.has_hours else dates}
    date |= {"season": season[0]} if season else {}
    return date | ({"circa": True} if any(part.mark for part in parts) else {})


def _with_texts(reference: Reference, change: Callable[[str], str]) -> Reference:
    """Return a reference with each text changed that a reader sees."""

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(each) for each in value]
        if isinstance(value, dict):
            return {name: part if name == "date-parts" else changed(part) for name, part in value.items()}
        return change(value) if isinstance(value, str) else value

    return {name: value if name in AS_THEY_ARE else changed(value) for name, value in reference.items()}
