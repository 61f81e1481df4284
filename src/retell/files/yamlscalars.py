"""Find where in the file each character of a YAML text stands.

The five ways to write a text (https://yaml.org/spec/1.1/#Syntax) differ in what the file has and the text has not:
the indent of a block, quotes, escapes, and line ends that are folded into spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from yaml import ScalarNode

PROPERTIES = r"(?:[!&]\S*\s+)*"
FOLD = r"[ \t]*\n[ \t\n]*"
TOKENS = {
    '"': rf"\\(?:\n[ \t\n]*|x..|u.{{4}}|U.{{8}}|.)|{FOLD}|.",
    "'": rf"''|{FOLD}|.",
    "": rf"{FOLD}|.",
}


def indexes_in_file(text: str, node: ScalarNode) -> list[int]:
    """Return the index in the file of each character of a text, and last the index of its end."""
    start = re.compile(PROPERTIES).match(text, node.start_mark.index, node.end_mark.index)
    assert start is not None, "the pattern matches nothing too"
    at, end = start.end(), node.end_mark.index
    if node.style in ("|", ">"):
        found = _block(text[at:end], node.value, at)
    else:
        quote = 1 if node.style else 0
        end -= quote
        found = _flow(text, TOKENS[node.style or ""], at + quote, end)
    return [*islice(found, len(node.value)), end]


def _flow(text: str, token: str, at: int, end: int) -> Iterator[int]:
    """Return the index of each character of a plain or quoted text."""
    for match in re.compile(token, re.DOTALL).finditer(text, at, end):
        breaks = match[0].count("\n")
        escaped = match[0].startswith("\\")
        # one line end is folded into a space, each further one stays; an escaped one leaves nothing
        for _ in range(breaks - 1 if breaks and (escaped or breaks > 1) else 1):
            yield match.start()


def _block(source: str, value: str, at: int) -> Iterator[int]:
    """Return the index of each character of a text under `|` or `>`: line by line, as far as the text has it."""
    header, *lines = source.splitlines(keepends=True)
    indent = _lead(lines) - _lead(value.splitlines(keepends=True))
    done, at = 0, at + len(header)
    end = at - 1
    for line in lines:
        content = line[indent:].rstrip("\n")
        while content and done < len(value) and value[done] != content[0] and value[done].isspace():
            done += 1
            yield end
        if content:
            yield from range(at + indent, at + indent + len(content))
            done, end = done + len(content), at + indent + len(content)
        at += len(line)
    yield from [end] * (len(value) - done)


def _lead(lines: list[str]) -> int:
    """Count the spaces before the first line that is not blank."""
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" \n")), 0)
