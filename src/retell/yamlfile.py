"""Stage 1: one YAML file in, plain data out, with the line and column of every value.

Every scalar is text, whatever it looks like (`NO`, `12:30` and `2023-09` stay as typed); an empty value is None.
Tags, anchors and aliases are refused: a story is plain data, and an author who types `*` or `&` meant the character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from typing import Protocol, TypeAlias

from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave out what cyaml imports
from yaml.resolver import BaseResolver

from retell.problems import HELP_TEXT, Location, Problem

Trail: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: ("beats", 2, "say")."""


class Readable(Protocol):
    """What has bytes: a file of the disk or of a zip."""

    def read_bytes(self) -> bytes:
        """Give all of them; raises OSError."""


PLAIN = "plain"
UNPRINTABLE = re.compile(
    # C0 and C1 controls but tab and newline, line and paragraph separators, bidirectional overrides and isolates
    # (UAX #9), zero-width space and BOM
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
MOST_NESTED = 20  # no file of a story comes near; a parser that follows thousands ends the program


class PlainParser(CParser, BaseResolver):
    """libyaml's parser with YAML's guessing of types turned off: each node without a tag gets the tag PLAIN."""

    def __init__(self, text: str) -> None:
        """Take the text of one file."""
        CParser.__init__(self, text)
        BaseResolver.__init__(self)
        self._depth = 0

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        """Give every untagged node the same tag."""
        return PLAIN

    def descend_resolver(self, current_node: Node | None, current_index: object) -> None:
        """Count how deep the parser is; there are no path resolvers to descend."""
        self._depth += 1
        if self._depth > MOST_NESTED:
            mark = current_node.start_mark if current_node else None
            raise MarkedYAMLError(problem="nested too deep", problem_mark=mark)

    def ascend_resolver(self) -> None:
        """Count how deep the parser is."""
        self._depth -= 1


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
        except (YAMLError, UnicodeEncodeError) as error:
            from retell.yamlfaults import explain  # noqa: PLC0415 - only a mistake needs it

            index, meaning, help_text = explain(error, text)
            self.problems.append(Problem("not-yaml", self.place(index), f"this is not YAML: {meaning}", help_text))
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
            return self.place_in_text(node, _as_typed(node.value, offset))
        return self.place(start)

    def place_in_text(self, node: ScalarNode, offset: int) -> Location:
        """Give the place of the offset-th character of a text."""
        from retell.scalars import index_in_file  # noqa: PLC0415 - only a mistake needs it

        return self.place(index_in_file(self.text, node, offset))

    def place(self, index: int) -> Location:
        """Give the place of the index-th character of the file (0-based)."""
        if self._line_starts is None:
            self._line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        row = bisect_right(self._line_starts, index)
        start = self._line_starts[row - 1]
        line = self.text[start:].split("\n", 1)[0].rstrip("\r")
        return Location(self.name, row, index - start + 1, line)


def read_yaml(path: Readable, name: str) -> YamlFile:
    """Read one file, shown to the user as `name`; never raises: what is wrong is in the result's problems."""
    try:
        raw = path.read_bytes().removeprefix(BOM_UTF8)
    except OSError as error:
        return _unreadable(name, f"this file cannot be read: {error.strerror}")
    try:
        return YamlFile(name, _with_one_line_end(raw.decode()))
    except UnicodeDecodeError as error:
        readable = _with_one_line_end(raw[: error.start].decode())
        return _unreadable(name, "this file is not UTF-8 text", "save it as UTF-8", readable)


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unreadable(name: str, message: str, help_text: str = "", readable: str = "") -> YamlFile:
    """Give a file without data, and its problem, which stands behind what was readable."""
    file = YamlFile(name, "")
    file.text = readable
    file.problems.append(Problem("not-yaml", file.place(len(readable)), message, help_text))
    return file


class _Walk:
    """Turns the nodes of one file into plain data and notes what YAML allows but a story does not."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.seen: set[int] = set()
        self.extras: set[int] = set()
        self.may_have_extras = "&" in file.text or "!" in file.text

    def value(self, node: Node) -> object:
        if self.may_have_extras:
            self._note_extras(node)
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if id(node) in self.seen:
            return None  # an alias; its anchor has been noted
        self.seen.add(id(node))
        return self._mapping(node) if isinstance(node, MappingNode) else self._sequence(node)

    def _note_extras(self, node: Node) -> None:
        """Note a tag or an anchor, which takes a word away from the text that it stands before."""
        index = node.start_mark.index
        first = self.file.text[index : index + 1]
        if first in ("&", "!") and index not in self.extras:
            self.extras.add(index)
            what = "an anchor" if first == "&" else "a tag"
            message = f"a text that starts with '{first}' is {what} in YAML, and a story has none"
            self._note(node, "yaml-extra", message, f"delete it, or {HELP_TEXT}")

    def _scalar(self, node: ScalarNode) -> str | None:
        text: str = node.value
        if not text and not node.style:
            return None
        bad = None if text.isprintable() else UNPRINTABLE.search(text)
        if bad:
            at = self.file.place_in_text(node, bad.start())
            message = f"a character that cannot be seen or shown (U+{ord(bad[0]):04X})"
            self.file.problems.append(Problem("unprintable-character", at, message, "delete it"))
            return UNPRINTABLE.sub("", text)
        return text

    def _sequence(self, node: Node) -> list[object]:
        return [self.value(child) for child in node.value]

    def _mapping(self, node: Node) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                help_text = f"if this is a text, {HELP_TEXT}"
                self._note(key_node, "wrong-type", "the name of a field is a word", help_text)
                continue
            key = self.value(key_node)
            value = self.value(value_node)
            if not isinstance(key, str):
                self._note(key_node, "wrong-type", "a field without a name", "write a name before the colon")
            elif key in data:
                first = next(k for k, _ in node.value if _is_key(k, key))
                line = self.file.place(first.start_mark.index).line
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
        return next(((k, v) for k, v in node.value if _is_key(k, step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _as_typed(value: str, offset: int) -> int:
    """Count the characters that were taken away as unprintable back in."""
    shown = [index for index, char in enumerate(value) if not UNPRINTABLE.match(char)]
    return shown[offset] if offset < len(shown) else len(value)


def _is_key(node: Node, name: str | int) -> bool:
    return isinstance(node, ScalarNode) and UNPRINTABLE.sub("", node.value) == name
