"""Write the source cards as references for Zotero and Pandoc: CSL as JSON or YAML, or BibTeX.

What nobody saw is left out, and a date is as exact as its card. Fields and types are those of
https://docs.citationstyles.org/en/stable/specification.html, for BibTeX those of the biblatex manual, which Zotero and
Pandoc read as well.
"""

from __future__ import annotations

import json
import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import yaml

from retell.handout.writers.escaping import escape_set
from retell.story.prose import set_line

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from retell.story.cards import Source
    from retell.story.dates import When
    from retell.story.told import Told

Reference = dict[str, Any]

CSL_TAG = re.compile(r"<(?=/?(?:i|b|sc|sup|sub|span)\b)")
WORD_JOINER = "\u2060"
# entry type and subtype; BibTeX has none for an interview, which is an article where it was printed
ENTRIES = {
    "article-newspaper": ("article", "newspaper"),
    "article-magazine": ("article", "magazine"),
    "webpage": ("online", ""),
}
TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
    "`": r"\`{}",
    **{mark: f"\\{mark}" for mark in "{}$&%#_"},
}
TEX_SPECIAL = re.compile(r"[\\~^\"`{}$&%#_]|-(?=-)")
BEYOND_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}  # would end the field before its time


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
    return "\n".join(map(_entry, references(told, keys)))


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
        "author": [{"literal": set_line(author.literal)} for author in source.author],
        "container-title": set_line(source.container_title),
        "volume": set_line(source.volume),
        "issue": set_line(source.issue),
        "issued": {"date-parts": _date_parts(source.issued)} if source.issued else None,
        "URL": source.url,
    }
    return {name: value for name, value in fields.items() if value}


def _date_parts(when: When) -> list[list[int]]:
    return [[int(part) for part in end.split("-")] for end in when.text.split("/")]


def _with_texts(reference: Reference, change: Callable[[str], str]) -> Reference:
    """Return a reference with each text changed that a reader sees."""

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [{"literal": change(name["literal"])} for name in value]
        return change(value) if isinstance(value, str) else value

    return {name: value if name in ("id", "type") else changed(value) for name, value in reference.items()}


def _entry(reference: Reference) -> str:
    kind, subtype = ENTRIES.get(reference["type"], ("article", ""))
    ends = reference.get("issued", {}).get("date-parts", [])
    fields = {
        "title": _tex(reference.get("title", "")),
        "author": " and ".join(_tex(author["literal"]) for author in reference.get("author", ())),
        "journal": _tex(reference.get("container-title", "")),
        "entrysubtype": subtype,
        "volume": _tex(reference.get("volume", "")),
        "number": _tex(reference.get("issue", "")),
        "date": "/".join("-".join(f"{part:02}" for part in end) for end in ends),
        **_year_and_month(ends),
        "url": re.sub(r"[{}\\]", lambda match: BEYOND_ADDRESS[match[0]], reference.get("URL", "")),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{reference['id']},\n{lines}}}\n"


def _year_and_month(ends: list[list[int]]) -> dict[str, str]:
    """Return the date for BibTeX's own styles, which know no `date`, as far as both ends of a range share it."""
    shared = [str(parts[0]) for parts in takewhile(lambda parts: len(set(parts)) == 1, zip(*ends, strict=False))]
    return dict(zip(("year", "month"), shared, strict=False))


def _tex(text: str) -> str:
    """Escape a text for TeX, in braces of its own: its capitals, and the words of a name, stay as they are."""
    return f"{{{TEX_SPECIAL.sub(lambda match: TEX.get(match[0], match[0] + '{}'), text)}}}" if text else ""
