"""Make source cards of references: what CSL says of each, and the fields that only its reader can fill in."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count, product
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from retell.authoring.schema import comment_of, hint_of
from retell.files.characters import without_unseen
from retell.files.yamlfile import YamlFile
from retell.problems import RetellError
from retell.story import csl
from retell.story.cards import Name, Source
from retell.story.dates import parse_when
from retell.story.filenames import is_refused_by_windows
from retell.story.filling import fill
from retell.story.form import stated
from retell.story.model import NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from retell.authoring.references import Reference
    from retell.story.library import Library

KNOWN = frozenset((*csl.NAMES, *csl.DATES, *csl.NUMBERS, *csl.TEXTS)) - {"citation-key", "citation-label"}
FORMER = {"shortTitle": "title-short", "event": "event-title", "journalAbbreviation": "container-title-short"}
PARTS = {field.encode_name for field in msgspec.structs.fields(Name)}
MOST_LETTERS, WORDS = 40, 3
ABOUT_PRINTS = "# 'retell fingerprint FILE -o {place} --force' adds the fingerprints of your copy:"


class ImportedCard(msgspec.Struct, frozen=True):
    """A card to be written: its name, its text, and the fields of the reference that no card has."""

    key: str
    text: str
    left_out: tuple[str, ...]


def make_cards(library: Library, path: Path, references: Sequence[Reference]) -> tuple[list[ImportedCard], list[str]]:
    """Return the cards of references, and the keys of those that the story has already.

    Raises RetellError, with file and line, for a reference of which no card can be made.
    """
    taken = set(library.sources)
    codes = _codes({source.form.code for source in library.sources.values()})
    cards: list[ImportedCard] = []
    known: list[str] = []
    fields = [(_fields(path, reference), reference) for reference in references]
    for (data, left_out), reference in sorted(fields, key=lambda each: each[0][0].get("issued", "9999")):
        key = _key(reference, data)
        if key in library.sources:
            known.append(key)
            continue
        key = next(name for name in chain([key], (f"{key}-{n}" for n in count(2))) if name not in taken)
        taken.add(key)
        code = next(codes, None)
        if code is None:
            raise RetellError(f"{path}:{reference.line}: a story has no letter left for this reference")
        text = _card(key, {"code": code, **data})
        _refuse_faulty(text, data, f"{path}:{reference.line}")
        cards.append(ImportedCard(key, text, left_out))
    return cards, known


def _codes(used: Collection[str]) -> Iterator[str]:
    every = (*ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2)))
    return (code for code in every if code not in used)


def _fields(path: Path, reference: Reference) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what a card can hold of a reference, and the names of the rest."""
    given = {FORMER.get(name, name): value for name, value in reference.data.items() if value not in (None, "", [], {})}
    kind = str(given.pop("type", ""))
    if kind not in csl.TYPES:
        raise RetellError(f"{path}:{reference.line}: '{without_unseen(kind)}' is no type of CSL's")
    data: dict[str, Any] = {"type": kind}
    left_out: list[str] = []
    for name, value in given.items():
        if name not in KNOWN:
            left_out.append(name)
        elif name in csl.NAMES:
            data[name] = [_name(each) for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        elif name in csl.DATES:
            try:
                data |= _dated(name, value, left_out)
            except ValueError as error:
                raise RetellError(f"{path}:{reference.line}: {name}: {error}") from None
        elif isinstance(value, str | int | float):
            data[name] = without_unseen(str(value))
        else:
            left_out.append(name)
    return data, tuple(name for name in left_out if name not in ("id", "citation-key", "citation-label"))


def _dated(name: str, value: object, left_out: list[str]) -> dict[str, str]:
    """Return the field of a date, and leave out what is none: of "n.d." or "forthcoming" nobody can say when it is.

    Raises ValueError where CSL has no such date at all.
    """
    date = csl.of_words(value) if isinstance(value, str) else csl.date_of(value)
    try:
        parse_when(date)
    except ValueError:
        left_out.append(f"{name} '{date[:MOST_LETTERS]}'")
        return {}
    return {name: date}


def _name(data: dict[str, Any]) -> dict[str, Any]:
    return {
        part: value if isinstance(value, bool) else without_unseen(str(value))
        for part, value in data.items()
        if part in PARTS and value
    }


def _key(reference: Reference, data: dict[str, Any]) -> str:
    """Return what a card is called: its citation key, or author and year, or the first words of its title."""
    for said in (reference.data.get("citation-key"), reference.data.get("id")):
        if said and "/" not in str(said) and (key := _slug(str(said))):
            return key
    author: dict[str, str] = next(iter(data.get("author") or ()), {})
    family = author.get("family") or author.get("literal") or ""
    year = str(data.get("original-date") or data.get("issued") or "")[:4]
    title = " ".join(str(data.get("title", "")).split()[:WORDS])
    return _slug(f"{family} {year}" if family else f"{title} {year}") or "source"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:MOST_LETTERS].strip("-")
    return f"the-{slug}" if slug and is_refused_by_windows(slug) else slug if re.fullmatch(NAME, slug) else ""


def _card(key: str, data: dict[str, Any]) -> str:
    fields = {field.encode_name: field for field in stated(Source)}
    needed = [name for name, field in fields.items() if field.required and name != "paragraphs"]
    others = [name for name in (*fields, *data) if name in data and name not in needed]
    lines = [comment_of("source")]
    lines += [_line(name, data.get(name), hint_of(fields[name])) for name in needed]
    lines += [_line(name, data[name], "") for name in dict.fromkeys(others)]
    place = f"cards/sources/{key}.yaml"
    return "\n".join([*lines, ABOUT_PRINTS.format(place=place), "paragraphs:", ""])


def _line(name: str, value: object, hint: str) -> str:
    if value is None:
        return f"{f'{name}:':<16} # {hint}"
    return yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, width=110).rstrip("\n")


def _refuse_faulty(text: str, data: dict[str, Any], place: str) -> None:
    """Raise RetellError where what a reference says cannot stand in a card."""
    file = YamlFile("", text)
    fill(Source, file, file.data)
    for problem in file.problems:
        named = problem.location.excerpt.partition(":")[0].strip(" -")
        if named in data or problem.rule != "missing-field":
            raise RetellError(f"{place}: {named}: {problem.message}")
