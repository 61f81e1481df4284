"""Stage 1: one YAML file in, plain data out, with the line and column of every value.

Every scalar is text, whatever it looks like (`NO`, `12:30` and `2023-09` stay as typed); an empty value is None.
Tags, anchors and aliases are refused: a story is plain data, and an author who types `*` or `&` meant the character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeAlias

from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave out what cyaml imports
from yaml.reader import ReaderError
from yaml.resolver import BaseResolver

from retell.problems import Location, Problem

if TYPE_CHECKING:
    from pathlib import Path

Trail: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: ("beats", 2, "say")."""

PLAIN = "plain"
UNPRINTABLE = re.compile(
    # C0 and C1 controls but tab and newline, bidirectional overrides and isolates (UAX #9), zero-width space and BOM
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
HELP_FOR = (
    ("found character '\\t'", "YAML indents with spaces only: replace the tab by spaces"),
    ("found a tab", "YAML indents with spaces only: replace the tab by spaces"),
    (
        "mapping values are not allowed",
        "a text that holds ': ' needs '>-' before it on a line of its own, or quotes",
    ),
    ("could not find expected ':'", "each field is a name, a colon, a space and a value"),
    ("did not find expected key", "check the indent of this line, and the quotes of the one above it"),
    (
        "did not find expected '-' indicator",
        "check the indent of this line: items of one list start in one column",
    ),
    (
        "did not find expected alphabetic",
        "a text that starts with '*' or '&' needs '>-' before it, or quotes",
    ),
    ("undefined alias", "a text that starts with '*' needs '>-' before it on a line of its own, or quotes"),
    ("cannot start any token", "a text that starts with this character needs quotes"),
    ("while scanning a quoted scalar", "a quotation mark is opened here and never closed"),
)


class PlainParser(CParser, BaseResolver):
    """libyaml's parser with YAML's guessing of types turned off: each node without a tag gets the tag PLAIN."""

    def __init__(self, text: str) -> None:
        """Take the text of one file."""
        CParser.__init__(self, text)
        BaseResolver.__init__(self)

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        """Give every untagged node the same tag."""
        return PLAIN

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Skip the path resolvers: there are none."""

    def ascend_resolver(self) -> None:
        """Skip the path resolvers: there are none."""


class YamlFile:
    """One file: its name as shown, its text, its data (None when it could not be read) and its problems."""

    def __init__(self, name: str, text: str) -> None:
        """Parse the text; never raises, whatever the text is."""
        self.name = name
        self.text = text
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.data: object = None
        self._line_starts: list[int] | None = None
        try:
            self.root = PlainParser(text).get_single_node()
        except (YAMLError, RecursionError) as error:
            self.problems.append(self._not_yaml(error))
            return
        if self.root is not None:
            self.data = _Walk(self).value(self.root)

    def locate(self, trail: Trail, offset: int | None = None, *, key: bool = False) -> Location:
        """Give the place of the value at the trail, or of its key, or of the offset-th character of its text.

        Where the trail goes further than the file does, the place of the last part that is there.
        """
        node = self.root
        if node is None:
            return self.place(0)
        start = node.start_mark.index
        for step in trail:
            found = _child(node, step)
            if found is None:
                return self.place(start)
            key_node, node = found
            start = key_node.start_mark.index if key else node.start_mark.index
        if offset is not None and isinstance(node, ScalarNode):
            return self.place(_offset_in_file(self.text, node, offset))
        return self.place(start)

    def place(self, index: int) -> Location:
        """Give the place of the index-th character of the file (0-based)."""
        if self._line_starts is None:
            self._line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        row = bisect_right(self._line_starts, index)
        start = self._line_starts[row - 1]
        line = self.text[start:].split("\n", 1)[0].rstrip("\r")
        return Location(self.name, row, index - start + 1, line)

    def _not_yaml(self, error: YAMLError | RecursionError) -> Problem:
        if isinstance(error, ReaderError):
            # libyaml counts bytes here, everything else characters
            before = self.text.encode("utf-8", "surrogatepass")[: error.position].decode("utf-8", "ignore")
            return Problem("not-yaml", self.place(len(before)), f"this is not YAML: {error.reason}")
        if isinstance(error, MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
            said = f"{error.context or ''} {error.problem or ''}"
            index = mark.index if error.problem_mark else 0
            if error.context_mark and "quoted scalar" in said:
                index = error.context_mark.index
            help_text = next((help_text for words, help_text in HELP_FOR if words in said), "")
            what = error.problem or error.context
            return Problem("not-yaml", self.place(min(index, len(self.text))), f"this is not YAML: {what}", help_text)
        return Problem("not-yaml", self.place(0), "this is not YAML: it is nested too deep")


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one file, shown to the user as `name`; never raises: what is wrong is in the result's problems."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return _unreadable(name, f"this file cannot be read: {error.strerror}")
    try:
        return YamlFile(name, raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        return _unreadable(name, "this file is not UTF-8 text", "save it as UTF-8", line, column)


def _unreadable(name: str, message: str, help_text: str = "", line: int = 1, column: int = 1) -> YamlFile:
    file = YamlFile(name, "")
    file.problems.append(Problem("not-yaml", Location(name, line, column), message, help_text))
    return file


class _Walk:
    """Turns the nodes of one file into plain data and notes what YAML allows but a story does not."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.seen: set[int] = set()

    def value(self, node: Node) -> object:
        if id(node) in self.seen:
            self._note(node, "yaml-extra", "an alias: a story has none", "a text that starts with '*' needs quotes")
            return None
        self.seen.add(id(node))
        if node.tag != PLAIN and not (node.tag == "!" and isinstance(node, ScalarNode)):
            self._note(
                node,
                "yaml-extra",
                f"a tag ({node.tag}): a story has none",
                "write the value alone, without '!'",
            )
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        return self._mapping(node) if isinstance(node, MappingNode) else self._sequence(node)

    def _scalar(self, node: ScalarNode) -> str | None:
        text = node.value
        if not text and not node.style:
            return None
        bad = UNPRINTABLE.search(text)
        if bad:
            at = self.file.place(_offset_in_file(self.file.text, node, bad.start()))
            code = f"U+{ord(bad.group()):04X}"
            message = f"a character that cannot be seen or shown ({code})"
            self.file.problems.append(Problem("unprintable-character", at, message, "delete it"))
            text = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
        return text  # type: ignore[no-any-return]

    def _sequence(self, node: Node) -> list[object]:
        return [self.value(child) for child in node.value]

    def _mapping(self, node: Node) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._note(key_node, "wrong-type", "the name of a field is a word")
                continue
            key = self.value(key_node)
            value = self.value(value_node)
            if not isinstance(key, str):
                self._note(key_node, "wrong-type", "a field without a name", "write a name before the colon")
            elif key in data:
                first = next(k for k, _ in node.value if isinstance(k, ScalarNode) and k.value == key)
                line = first.start_mark.line + 1
                self._note(
                    key_node,
                    "duplicate-key",
                    f"'{key}' stands here a second time",
                    f"the first is in line {line}",
                )
            else:
                data[key] = value
        return data

    def _note(self, node: Node, rule: str, message: str, help_text: str = "") -> None:
        self.file.problems.append(Problem(rule, self.file.place(node.start_mark.index), message, help_text))


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, MappingNode):
        return next(((k, v) for k, v in node.value if isinstance(k, ScalarNode) and k.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _offset_in_file(text: str, node: ScalarNode, offset: int) -> int:
    """Find where in the file the offset-th character of a scalar stands: folding changes spaces, escapes the rest."""
    at, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        at = text.find("\n", at) + 1
    elif node.style:
        at += 1
    for char in node.value[:offset]:
        if not char.isspace():
            found = text.find(char, at, end)
            at = found + 1 if found >= 0 else at
    while offset < len(node.value) and not node.value[offset].isspace() and at < end and text[at].isspace():
        at += 1
    return min(at, end)
