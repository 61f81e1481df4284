"""Stage 6, beside copies: a saved article in, its numbered paragraphs and a source card out, blank or renewed."""

from __future__ import annotations

import os
import re
import typing
from typing import TYPE_CHECKING, Any

import msgspec

from retell.authoring.schema import comment_of, describe
from retell.copies.saved import fingerprint
from retell.files.characters import without_unseen
from retell.files.decoding import NotTextError, decode
from retell.files.folder import read_ordinary
from retell.files.yamlfile import YamlFile
from retell.problems import RetellError
from retell.story.filling import bare
from retell.story.model import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAD = """\
# The card of an article: save it as cards/sources/KEY.yaml, where KEY is the name that citations use.
# Write behind each colon. These fields are needed:
"""
REST = "# Of these, delete what your copy does not say:"
PRINTS = "# One fingerprint for each paragraph; the text itself stays with you:"
# the field `paragraphs` of a card: in one line, or with a line for each, of which only its number is a comment
LISTED = re.compile(r"(paragraphs:)(?:[ \t]*\[[^\]#]*\])?([ \t]*(?:#.*)?)")
PRINT = re.compile(r"([ \t]*- +)\S+[ \t]*(?:#[ \t]*\d+)?[ \t]*")
CANNOT_RENEW = (
    "its list 'paragraphs:' cannot be replaced alone; give another name, and move the new list there yourself"
)
RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def read_numbers(text: str) -> set[int]:
    """Read `1,4` or `1-3, 9`, counted from 1; nothing is no number. Raises RetellError, in one line, for all else."""
    numbers: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise RetellError(f"'{part}' is no number of a paragraph: write 1,4 or 1-3,9")
        numbers.update(range(first, last + 1))
    return numbers


def leave_out(paragraphs: Sequence[str], numbers: set[int]) -> list[str]:
    """Give the paragraphs that are left; raises RetellError for a number that there is not, or when none is left."""
    unknown = sorted(numbers - set(range(1, len(paragraphs) + 1)))
    if unknown:
        raise RetellError(f"there is no paragraph {unknown[0]} to leave out: they are numbered 1 to {len(paragraphs)}")
    left = [paragraph for number, paragraph in enumerate(paragraphs, 1) if number not in numbers]
    if not left:
        raise RetellError("no paragraph is left: an article has one at least")
    return left


def number(paragraphs: Sequence[str]) -> str:
    """Give the paragraphs with their numbers, as the copies of articles may be labelled, too.

    They come from anywhere and go to a terminal: what nobody can see in them is left out.
    """
    return "\n\n".join(f"[{i}] {without_unseen(paragraph)}" for i, paragraph in enumerate(paragraphs, 1)) + "\n"


def write_card(paragraphs: Sequence[str]) -> str:
    """Give a source card as YAML: the fingerprints of the paragraphs, and every other field to be filled in."""
    needed: list[str] = []
    others: list[str] = []
    for field in msgspec.structs.fields(Source):
        if field.name != "paragraphs":
            line = f"{f'{field.encode_name}:':<16} # {_hint(field)}"
            (needed if field.required else others).append(line)
    prints = _list_prints(paragraphs, "  - ")
    return "\n".join([comment_of("source"), HEAD.rstrip(), *needed, REST, *others, PRINTS, "paragraphs:", *prints, ""])


def renew_card(path: Path, paragraphs: Sequence[str]) -> bytes:
    """Give a card that is there already with the fingerprints of these paragraphs, all else in it as it is.

    Where the file is empty that is a card to be filled in. Raises RetellError when the file cannot be read, or the list
    not be replaced alone.
    """
    try:
        raw = read_ordinary(os.path.realpath(path))
    except OSError as error:
        raise RetellError(f"{path} cannot be read: {error.strerror}") from None
    if not raw.strip():
        return write_card(paragraphs).encode()
    try:
        old = YamlFile("", decode(raw)).data
    except NotTextError:
        old = None
    renewed = _with_prints(raw.decode(), paragraphs) if isinstance(old, dict) else ""
    prints = [fingerprint(paragraph) for paragraph in paragraphs]
    if not isinstance(old, dict) or YamlFile("", decode(renewed.encode())).data != {**old, "paragraphs": prints}:
        raise RetellError(f"{path} is there already, and {CANNOT_RENEW}")
    return renewed.encode()


def _with_prints(card: str, paragraphs: Sequence[str]) -> str:
    """Put fingerprints in the place of those that directly follow the field's name; its lines end as they did.

    Gives nothing where that is not clearly one place.
    """
    lines = card.split("\n")
    places = [i for i, line in enumerate(lines) if LISTED.fullmatch(line.rstrip("\r"))]
    if len(places) != 1:
        return ""
    (at,) = places
    end = at + 1
    while end < len(lines) and PRINT.fullmatch(lines[end].rstrip("\r")):
        end += 1
    first = PRINT.fullmatch(lines[at + 1].rstrip("\r")) if end > at + 1 else None
    line_end = "\r" if lines[at].endswith("\r") else ""
    heading = LISTED.sub(r"\1\2", lines[at], count=1)
    prints = [f"{line}{line_end}" for line in _list_prints(paragraphs, first[1] if first else "  - ")]
    return "\n".join([*lines[:at], heading, *prints, *lines[end:]])


def _list_prints(paragraphs: Sequence[str], mark: str) -> list[str]:
    return [f"{mark}{fingerprint(paragraph)} # {i}" for i, paragraph in enumerate(paragraphs, 1)]


def _hint(field: msgspec.structs.FieldInfo) -> str:
    """Say what to write into a field."""
    kind: Any = bare(field.type)
    says = describe(field.type)
    return f"{says}: {', '.join(typing.get_args(kind))}" if typing.get_origin(kind) is typing.Literal else says
