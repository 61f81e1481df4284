"""Say what an export of references may hold, before a parser takes its time: how deep, how much, and how often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.files.yamlfile import MOST_CHARACTERS
from retell.files.yamlnodes import MOST_NESTED, TOO_DEEP
from retell.story.volume import MOST_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

MOST_REFERENCES = 500  # the letters that sources are cited by end at 702
MOST_COSTLY = 50_000  # of what TeX has to be asked about; a reference of Zotero's has some 50
MOST_EXPANDED = 1_000_000  # characters
TOO_MANY = f"an export holds at most {MOST_REFERENCES} references: export those of the story alone"
BRACES_TOO_DEEP = f"braces stand more than {MOST_NESTED} deep inside each other"
TOO_LONG = f"this text has more than {MOST_CHARACTERS:,} characters"
TOO_COSTLY = f"an export holds at most {MOST_COSTLY:,} braces, commands of TeX and names"
TOO_EXPANDED = f"what is taken over from others (@string, crossref) is more than {MOST_EXPANDED:,} characters"
TOO_FULL = f"an export holds at most {MOST_VALUES:,} names and values"
JOINED = "values joined with '#' are not read: write the whole value in braces"

BLOCK = r"(?:^|(?<=\n))[^\S\n]*@\w*[ \t]*[{(]"
COSTLY = re.compile(rf"(?P<block>{BLOCK})|\\[a-zA-Z]+|\\.|[{{}}$~@]|(?<=\s)and(?=\s)", re.DOTALL)
OF_VALUE = re.compile(r'\\.|[{}"#]', re.DOTALL)
OF_JSON = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},:]', re.DOTALL)


def refuse_bibtex(text: str) -> None:
    """Raise ValueError, with line and reason, for BibTeX that is too deep, or has too much of what takes time."""
    depth = 0
    for number, found in enumerate(COSTLY.finditer(text)):
        mark = found[0]
        if found["block"]:  # one that is still open ends here, as for the parser
            depth = 1
        elif mark in "{}":
            depth = max(0, depth + (1 if mark == "{" else -1))
        if depth > MOST_NESTED or number >= MOST_COSTLY:
            raise ValueError(_line(text, found.start()), BRACES_TOO_DEEP if depth > MOST_NESTED else TOO_COSTLY)


def refuse_expanded(library: Library) -> None:
    """Raise ValueError, with line and reason, where what is taken over in a file comes to too much, or is joined."""
    stands_for = {key.lower(): string.value for key, string in library.strings_dict.items()}
    known = {entry.key.lower(): entry for entry in library.entries}
    for string in library.strings:
        _refuse_joined(string.value, string.start_line)
    costs: dict[str, int] = {}
    letters = costly = 0
    for entry in library.entries:
        for field in entry.fields:
            _refuse_joined(field.value, field.start_line)
            for text in _taken_over(field, known, stands_for):
                if text not in costs:
                    costs[text] = sum(1 for _ in COSTLY.finditer(text))
                letters += len(text)
                costly += costs[text]
            if letters > MOST_EXPANDED or costly > MOST_COSTLY:
                raise ValueError((field.start_line or 0) + 1, TOO_EXPANDED if letters > MOST_EXPANDED else TOO_COSTLY)


def _taken_over(field: Field, known: Mapping[str, Entry], stands_for: Mapping[str, str]) -> list[str]:
    """Return the text of the abbreviation that a field is, and all texts of the whole that it names."""
    text = stands_for.get(field.value.lower(), "")
    whole = known.get((text or field.value).strip('{}" ').lower()) if field.key.lower() == "crossref" else None
    return [text, *(stands_for.get(each.value.lower(), each.value) for each in (whole.fields if whole else ()))]


def _refuse_joined(value: str, line: int | None) -> None:
    depth, quoted = 0, False
    for mark in OF_VALUE.findall(value):
        depth += (mark == "{") - (mark == "}")
        quoted ^= mark == '"' and not depth
        if mark == "#" and not depth and not quoted:
            raise ValueError((line or 0) + 1, JOINED)


def refuse_json(text: str) -> None:
    """Raise ValueError, with line and reason, for JSON that is too deep, or has too many names and values."""
    depth = values = 0
    for found in OF_JSON.finditer(text):
        mark = found[0][0]
        depth += (mark in "[{") - (mark in "]}")
        values += mark in "[{,:"
        if depth > MOST_NESTED or values > MOST_VALUES:
            raise ValueError(_line(text, found.start()), TOO_DEEP if depth > MOST_NESTED else TOO_FULL)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
