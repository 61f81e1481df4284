"""Read BibTeX, BibLaTeX's fields included, as CSL's data, with the line in which each entry begins."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from retell.authoring.exportlimits import (
    BRACES_TOO_DEEP,
    MOST_REFERENCES,
    TOO_LONG,
    TOO_MANY,
    refuse_bibtex,
    refuse_expanded,
)
from retell.files.yamlfile import MOST_CHARACTERS
from retell.handout.writers.bibtex import ENTRIES, FIELDS
from retell.problems import RetellError
from retell.story import csl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bibtexparser.library import Library
    from bibtexparser.model import Entry
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

MISSING = "BibTeX is read with the package bibtexparser: pip install bibtexparser; or export CSL JSON from Zotero"
TYPES = {
    **{entry: kind for kind, (entry, subtype) in reversed(ENTRIES.items()) if not subtype},
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "inbook": "chapter",
    "conference": "paper-conference",
    "proceedings": "book",
    "techreport": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "electronic": "webpage",
    "online": "webpage",
    "www": "webpage",
    "legal": "treaty",
    "audio": "song",
    "video": "broadcast",
    "image": "graphic",
    "misc": "document",
    "manual": "report",
}
SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
NAMES = {
    **{field: name for name, field in reversed(FIELDS.items())},
    "title": "title",
    "author": "author",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "address": "publisher-place",
    "school": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "volume": "volume",
    "number": "number",
    "issue": "issue",
    "date": "issued",
    "origdate": "original-date",
    "url": "URL",
    "chapter": "chapter-number",
}
"""CSL's variable for each field."""
WHOLE = re.compile(r"\{[^{}]*\}|\{(?:[^{}]|\{[^{}]*\})*\}")
COMMENT = re.compile(r"(?<!\\)%")
ASCII_MARKS = {"textasciicircum": "^", "textasciitilde": "~", "textasciigrave": "`", "textquotedbl": '"'}
ACCENTS = {mark: f"\\{name}{{}}" for name, mark in ASCII_MARKS.items()}
ACCENT_ON_NOTHING = re.compile(r"\\([`^~])\{\}")
ETC = "others"
NOT_INHERITED = ("crossref", "author", "url", "doi", "pages")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_bibtex(text: str) -> list[tuple[int, dict[str, Any]]]:
    """Return each entry as CSL's data, and its line from 1.

    Raises RetellError where the package that reads BibTeX is not there, ValueError with line and reason for an entry
    that cannot be read.
    """
    try:
        from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - only BibTeX needs it
        from bibtexparser.middlewares import NormalizeFieldKeys, SeparateCoAuthors  # noqa: PLC0415
        from bibtexparser.middlewares.parsestack import default_parse_stack  # noqa: PLC0415
    except ImportError:
        raise RetellError(MISSING) from None
    with _silent("bibtexparser", "pylatexenc"):  # what they have to say is raised here
        refuse_bibtex(text)
        library = parse_string(text, parse_stack=[])
        refuse_expanded(library)
        for step in (*default_parse_stack(allow_inplace_modification=True), NormalizeFieldKeys(), SeparateCoAuthors()):
            library = step.transform(library)
        return _references(library)


@contextmanager
def _silent(*names: str) -> Iterator[None]:
    """Keep libraries from writing lines of their own."""
    levels = {logging.getLogger(name): logging.getLogger(name).level for name in names}
    try:
        for log in levels:
            log.setLevel(logging.CRITICAL)
        yield
    finally:
        for log, level in levels.items():
            log.setLevel(level)


def _references(library: Library) -> list[tuple[int, dict[str, Any]]]:
    for failed in library.failed_blocks:
        again = "Duplicate" in type(failed).__name__
        why = "a key or a field stands twice" if again else "is a brace or a comma missing, or its key?"
        raise ValueError((failed.start_line or 0) + 1, f"this entry cannot be read: {why}")
    if len(library.entries) > MOST_REFERENCES:
        raise ValueError((library.entries[MOST_REFERENCES].start_line or 0) + 1, TOO_MANY)
    known = {entry.key.lower(): entry for entry in library.entries}
    return [((entry.start_line or 0) + 1, _csl(entry, known)) for entry in library.entries]


def _csl(entry: Entry, known: Mapping[str, Entry]) -> dict[str, Any]:
    line = (entry.start_line or 0) + 1
    try:
        return _variables(entry, known)
    except RecursionError:  # commands that take each other as what they are about
        raise ValueError(line, BRACES_TOO_DEEP) from None
    except _UnprintableError:
        raise ValueError(line, "a command of TeX is not whole here") from None


def _variables(entry: Entry, known: Mapping[str, Entry]) -> dict[str, Any]:
    fields = _inherited(entry, known)
    kind = SUBTYPES.get(str(fields.get("entrysubtype", ""))) or TYPES.get(entry.entry_type.lower(), "document")
    found: dict[str, Any] = {"id": entry.key, "type": kind}
    for field, value in fields.items():
        name = NAMES.get(field)
        if name is None or name in found:
            continue
        if isinstance(value, str) and len(value) > MOST_CHARACTERS:
            raise ValueError((entry.start_line or 0) + 1, f"{field}: {TOO_LONG}")
        if isinstance(value, list):
            found[name] = [_name(each) for each in value if each != ETC]
        elif name in csl.DATES:
            found[name] = {"raw": _plain(value)}
        else:
            found[name] = value.replace("\\", "") if name in ("URL", "DOI") else _plain(value)
    if "number" in found and kind.startswith("article"):
        found["issue"] = found.pop("number")
    if "issued" not in found and "year" in fields:
        found["issued"] = {"raw": _year(fields)}
    return found


def _inherited(entry: Entry, known: Mapping[str, Entry]) -> dict[str, Any]:
    """Return an entry's fields, with those that it does not have of the whole it is a part of (`crossref`).

    As in BibTeX the whole's title is that of the book.
    """
    fields: dict[str, Any] = {field.key: field.value for field in entry.fields}
    whole = known.get(str(fields.get("crossref", "")).strip().lower())
    for field in whole.fields if whole else ():
        if field.key not in NOT_INHERITED:
            fields.setdefault("booktitle" if field.key == "title" else field.key, field.value)
    return fields


def _year(fields: dict[str, Any]) -> str:
    """Return year, month and day as EDTF, the month where it is one: '19 April' has the day as well."""
    month = _plain(str(fields.get("month", "")))
    named = next((number for number, name in enumerate(MONTHS, 1) if re.search(rf"\b{name}", month.lower())), 0)
    number = int(month) if month.isdecimal() and len(month) <= 2 else named
    year, day = _plain(fields["year"]), _plain(str(fields.get("day", "")))
    if named and not day:
        day = " ".join(re.findall(r"\d+", month))
    if not year.isdecimal() or not 1 <= number <= 12:
        return year
    return f"{year}-{number:02}-{int(day):02}" if day.isdecimal() and len(day) <= 2 else f"{year}-{number:02}"


def _name(text: str) -> dict[str, str]:
    """Return a name in parts; what stands in braces as a whole is one."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts  # noqa: PLC0415

    if WHOLE.fullmatch(text):
        return {"literal": _plain(text)}
    parts = parse_single_name_into_parts(text, strict=False)
    found = {"family": parts.last, "given": parts.first, "non-dropping-particle": parts.von, "suffix": parts.jr}
    return {field: _plain(" ".join(words)) for field, words in found.items() if words}


class _UnprintableError(Exception):
    """What TeX would print cannot be told."""


def _plain(text: str) -> str:
    """Return what TeX prints; raises _UnprintableError, and RecursionError."""
    if not re.search(r"[\\{}$~]|--|``|''", text):
        return " ".join(text.split())
    text = ACCENT_ON_NOTHING.sub(lambda match: ACCENTS[match[1]], COMMENT.sub(r"\\%", text))
    try:
        return " ".join(str(_printer().latex_to_text(text)).split())
    except (AttributeError, LookupError, TypeError, ValueError):  # of commands without what they are about
        raise _UnprintableError from None


@cache
def _printer() -> LatexNodes2Text:
    """Return what prints TeX as text; it takes some marks of ASCII for accents, and does not know others."""
    from pylatexenc.latex2text import (  # noqa: PLC0415
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    known = get_default_latex_context_db()
    marks = [MacroTextSpec(name, mark) for name, mark in ASCII_MARKS.items()]
    known.add_context_category("ascii", macros=marks, prepend=True)
    return LatexNodes2Text(latex_context=known)
