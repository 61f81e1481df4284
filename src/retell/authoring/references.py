"""Read the references that another program exports: CSL as JSON or YAML, as Zotero and Pandoc have it, or BibTeX."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from retell.authoring.bibtexfile import read_bibtex
from retell.authoring.exportlimits import MOST_REFERENCES, TOO_MANY, refuse_json
from retell.files.decoding import NotTextError, decode
from retell.files.folder import read_ordinary
from retell.files.yamlfile import YamlFile
from retell.problems import RetellError

TAG = re.compile(r"</?(?:i|b|sc|sup|sub|span)\b[^>]{0,80}>")
ESCAPED_OR_TAG = re.compile(rf"\\([!-/:-@\[-`{{-~])|{TAG.pattern}")  # a mark as Pandoc's Markdown escapes it
NO_EXPORT = "this is no export of references: CSL JSON (.json), CSL YAML (.yaml) or BibTeX (.bib)"


class Reference(msgspec.Struct, frozen=True):
    """A reference as CSL's data, and the line of the file in which it begins."""

    line: int
    data: dict[str, Any]


def read_export(path: Path) -> list[Reference]:
    """Return the references of a file, by its ending or by how it begins; raises RetellError with file and line."""
    try:
        text = decode(read_ordinary(path))
    except OSError as error:
        raise RetellError(f"{path} cannot be read: {error.strerror}") from None
    except NotTextError as error:
        raise RetellError(f"{path} is {error.reason}: {error.help}") from None
    begins = text.lstrip()[:1]
    try:
        if path.suffix.lower() == ".bib" or begins in ("@", "%"):
            found = read_bibtex(text)
        elif path.suffix.lower() == ".json" or begins in ("[", "{"):
            found = _json(text)
        else:
            found = _yaml(text)
    except ValueError as error:
        line, reason = error.args
        raise RetellError(f"{path}:{line}: {reason}") from None
    if not found:
        raise RetellError(f"{path}: {NO_EXPORT}")
    return [Reference(line, data) for line, data in found]


def _json(text: str) -> list[tuple[int, dict[str, Any]]]:
    """Read CSL-JSON, one reference after the other, so that each has its line."""
    refuse_json(text)
    found: list[tuple[int, dict[str, Any]]] = []
    line, counted = 1, 0
    at = _skip(text, 0)
    is_list = text[at : at + 1] == "["
    at = _skip(text, at + is_list)
    while at < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        if len(found) == MOST_REFERENCES:
            raise ValueError(line, TOO_MANY)
        item, at = _json_item(text, at, line)
        found.append((line, {name: _clean(value) for name, value in item.items()}))
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] not in ("]", ""):
            raise ValueError(text.count("\n", 0, at) + 1, "this is no JSON: a comma is missing here")
    if is_list and at >= len(text):
        raise ValueError(text.count("\n") + 1, "this is no JSON: the list is not closed")
    return found


def _json_item(text: str, at: int, line: int) -> tuple[dict[str, Any], int]:
    """Return the reference that begins here, and where it ends."""
    try:
        item, end = json.JSONDecoder().raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise ValueError(error.lineno, f"this is no JSON: {error.msg}") from None
    except ValueError:  # Python reads no numeral of more than some thousand digits
        raise ValueError(line, "a number is too long here") from None
    if not isinstance(item, dict):
        raise ValueError(line, "a reference is a group of fields in braces")
    return item, end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _yaml(text: str) -> list[tuple[int, dict[str, Any]]]:
    """Read CSL-YAML: a list of references, under `references:` or alone."""
    lines = ["" if line.strip() in ("---", "...") else line for line in text.split("\n")]
    file = YamlFile("", "\n".join(lines))
    for problem in file.problems:
        raise ValueError(problem.location.line, problem.message)
    grouped = isinstance(file.data, dict) and "references" in file.data
    items = file.data["references"] if grouped and isinstance(file.data, dict) else file.data
    if not isinstance(items, list):
        raise ValueError(1, NO_EXPORT)
    found = []
    for number, item in enumerate(items):
        line = file.locate(("references", number) if grouped else (number,)).line
        if number == MOST_REFERENCES:
            raise ValueError(line, TOO_MANY)
        if not isinstance(item, dict):
            raise ValueError(line, "a reference is a group of fields")
        found.append((line, {name: _clean(value, escaped=True) for name, value in item.items()}))
    return found


def _clean(value: Any, *, escaped: bool = False) -> Any:
    """Return a value with its texts plain: without CSL's tags, or Pandoc's backslashes."""
    if isinstance(value, list):
        return [_clean(each, escaped=escaped) for each in value]
    if isinstance(value, dict):
        return {name: _clean(each, escaped=escaped) for name, each in value.items()}
    if not isinstance(value, str):
        return value
    text = ESCAPED_OR_TAG.sub(lambda match: match[1] or "", value) if escaped else TAG.sub("", value)
    return " ".join(text.split())
