"""Stage 6, beside copies: a saved article in, its numbered paragraphs and a source card to fill in out."""

from __future__ import annotations

import re
import typing
from typing import TYPE_CHECKING, Any

import msgspec

from retell.characters import without_unseen
from retell.copies import fingerprint
from retell.forms import bare
from retell.model import Source
from retell.problems import RetellError
from retell.schema import comment_of, describe

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = """\
# The card of an article: save it as cards/sources/KEY.yaml, where KEY is the name that citations use.
# Write behind each colon. These fields are needed:
"""
REST = "# Of these, delete what your copy does not say:"
PRINTS = "# One fingerprint for each paragraph; the text itself stays with you:"
RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def read_numbers(text: str) -> set[int]:
    """Read `1,4` or `1-3, 9`; nothing is no number. Raises RetellError, in one line, for anything else."""
    numbers: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = RANGE.fullmatch(part)
        if match is None:
            raise RetellError(f"'{part}' is no number of a paragraph: write 1,4 or 1-3,9")
        numbers.update(range(int(match[1]), int(match[2] or match[1]) + 1))
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
    prints = [f"  - {fingerprint(paragraph)} # {i}" for i, paragraph in enumerate(paragraphs, 1)]
    return "\n".join([comment_of("source"), HEAD.rstrip(), *needed, REST, *others, PRINTS, "paragraphs:", *prints, ""])


def _hint(field: msgspec.structs.FieldInfo) -> str:
    """Say what to write into a field."""
    kind: Any = bare(field.type)
    says = describe(field.type)
    return f"{says}: {', '.join(typing.get_args(kind))}" if typing.get_origin(kind) is typing.Literal else says
