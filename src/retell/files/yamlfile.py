"""Read one YAML file into plain data, with the line and column of every value.

An empty value is None, every other scalar is text. Tags, anchors and aliases are refused: a story is plain data, and an
author who types `*` or `&` meant the character.
"""

from __future__ import annotations

import errno
import re
from bisect import bisect_right
from functools import cached_property
from sys import intern
from typing import Protocol, TypeAlias

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from retell.files import rules
from retell.files.characters import (
    BLANKS,
    MOST_MARKS,
    NO_BREAK_SPACES,
    find_unseen,
    is_mark,
    name_of,
    unseen,
    without_unseen,
)
from retell.files.decoding import NotTextError, decode
from retell.files.yamlnodes import PARSER_ERRORS, PlainParser
from retell.problems import Location, Problem, Rule

Trail: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: ("beats", 2, "say")."""


class Readable(Protocol):
    """What has bytes: a file of the disk or of a zip."""

    def read_bytes(self) -> bytes:
        """Return all of them; raises OSError."""


COMMENT = re.compile(r"[ \t]+#\S")
MOST_CHARACTERS = 50_000
"""How long one text may be: some 8,000 words, where a passage of a scene has fifty."""
MOST_PROBLEMS = 10_000
"""How many are named of the files of a story; whoever has more mends these first."""
MOST_HELPED = 100
"""For how many of them, in one file, it is looked for what was meant."""


class YamlFile:
    """One file: its name as shown, its text, its data (None when it could not be read) and its problems."""

    def __init__(self, name: str, text: str, most: int = MOST_PROBLEMS) -> None:
        """Parse the text; never raises, whatever the text is. Of its problems so many are noted at most."""
        self.name = name
        self._most = most
        self.text = text
        self.problems: list[Problem] = []
        self.empty: list[Trail] = []  # the fields without a value, which are told of together
        self.data: object = None
        self.values = 0
        """How many names and values it has."""
        self._has_nodes = False
        self._lines: list[str] = []
        self._line_starts: list[int] = []
        self._children: dict[int, dict[str | int, tuple[Node, Node]]] = {}
        self._typed: tuple[Node | None, list[int]] = (None, [])
        try:
            parser = PlainParser(text)
            root = parser.get_single_node()
        except PARSER_ERRORS as error:
            from retell.files.yamlfaults import explain  # noqa: PLC0415 - only a mistake needs it

            index, rule, said = explain(error, text)
            self.note(index, rule, **said)
            return
        self.values = parser.values
        found = find_unseen(text)
        if root is not None:
            walk = _Walk(self, plain=found is None)
            self.data = walk.value(root)
            self._has_nodes = not (walk.aliases or walk.misplaced)
            if not self._has_nodes:
                self.data = None  # that has been noted; what an alias repeats may have no end
        if found and not self.problems:  # it stands in no text: in a comment, or where YAML itself has a line end
            self.note(found.start(), rules.UNPRINTABLE_CHARACTER, **_not_seen(found[0]))

    @cached_property
    def root(self) -> Node | None:
        """The nodes, which know where each value stands; None where the file could not be read.

        They are parsed anew: only a mistake asks for them, and of a long story they would take most of the memory.
        """
        return PlainParser(self.text).get_single_node() if self._has_nodes else None

    @property
    def is_full(self) -> bool:
        """Whether no more problems of this file are to be noted."""
        return len(self.problems) >= self._most

    def note(self, index: int, rule: Rule, **said: object) -> None:
        """Add what breaks a rule at the index-th character of the file (0-based)."""
        if not self.is_full:
            self.problems.append(rule.at(self.place(index), **said))

    def locate(self, trail: Trail, offset: int | None = None, *, key: bool = False) -> Location:
        """Return the place of the value at the trail, or of its key, or of the offset-th character of its text.

        Where the trail goes further than the file does, the place of the last part that is there.
        """
        node = self.root
        if node is None:
            return self.place(0)
        start = node.start_mark.index
        for step in trail:
            found = self._child(node, step)
            if found is None:
                return self.place(start)
            key_node, node = found
            start = key_node.start_mark.index if key else node.start_mark.index
        if offset is not None and isinstance(node, ScalarNode):
            return self.place(self._index_of_shown(node, offset))
        return self.place(start)

    def place(self, index: int) -> Location:
        """Return the place of the index-th character of the file (0-based)."""
        if not self._lines:
            self._lines = [line.rstrip("\r") for line in self.text.split("\n")]
            self._line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        row = bisect_right(self._line_starts, index)
        return Location(self.name, row, index - self._line_starts[row - 1] + 1, self._lines[row - 1])

    def _child(self, node: Node, name: str | int) -> tuple[Node, Node] | None:
        """Return the key and the value of a mapping's field, or the item of a list twice."""
        if isinstance(node, MappingNode):
            if id(node) not in self._children:
                fields = [(k, v) for k, v in node.value if isinstance(k, ScalarNode)]
                # the first of two fields of a name counts
                self._children[id(node)] = {without_unseen(k.value): (k, v) for k, v in reversed(fields)}
            return self._children[id(node)].get(name)
        if isinstance(node, SequenceNode) and isinstance(name, int) and name < len(node.value):
            return node.value[name], node.value[name]
        return None

    def _index_of_shown(self, node: ScalarNode, offset: int) -> int:
        """Return the index in the file of the offset-th character of a text as it is shown."""
        if self._typed[0] is not node:
            from retell.files.yamlscalars import indexes_in_file  # noqa: PLC0415 - only a mistake needs it

            *found, end = indexes_in_file(self.text, node)
            hidden = unseen().finditer(node.value) if find_unseen(node.value) else ()
            left_out = {match.start() for match in hidden}
            self._typed = (node, [*(index for at, index in enumerate(found) if at not in left_out), end])
        return self._typed[1][min(offset, len(self._typed[1]) - 1)]


def read_yaml(path: Readable, name: str, most: int = MOST_PROBLEMS) -> YamlFile:
    """Read one file, shown to the user as `name`; never raises: what is wrong is in the result's problems."""
    try:
        return YamlFile(name, decode(path.read_bytes()), most)
    except OSError as error:
        rule = rules.FILE_TOO_LARGE if error.errno == errno.EFBIG else rules.UNREADABLE
        return _unreadable(name, rule, reason=error.strerror)
    except NotTextError as error:
        return _unreadable(name, rules.NOT_TEXT, error.readable, reason=error.reason, help=error.help)


def _unreadable(name: str, rule: Rule, readable: str = "", **said: object) -> YamlFile:
    """Return a file without data, and its problem, which stands behind what was readable."""
    file = YamlFile(name, "")
    file.text, file._lines = readable, []
    file.note(len(readable), rule, **said)
    return file


class _Walk:
    """Turns the nodes of one file into plain data and notes what YAML allows but a story does not."""

    def __init__(self, file: YamlFile, *, plain: bool) -> None:
        """Take the file, and whether nothing in it is unseen; an escape may still bring that into a text."""
        self.file = file
        self.aliases = self.misplaced = 0
        self._seen: set[int] = set()
        self._extras: set[int] = set()
        self._may_have_extras = "&" in file.text or "!" in file.text
        self._may_have_comments = "#" in file.text
        self._may_be_misplaced = not file.text.isascii() and any(char in file.text for char in NO_BREAK_SPACES)
        self._plain = plain and "\\" not in file.text

    def value(self, node: Node) -> object:
        if self._may_have_extras:
            if id(node) in self._seen:
                self.aliases += 1
                return None
            self._seen.add(id(node))
            self._note_extras(node)
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        return self._mapping(node) if isinstance(node, MappingNode) else self._sequence(node)

    def _note_extras(self, node: Node) -> None:
        """Note a tag or an anchor, which takes a word away from the text that it stands before."""
        index = node.start_mark.index
        first = self.file.text[index : index + 1]
        if first in ("&", "!") and index not in self._extras:
            self._extras.add(index)
            self.file.note(index, rules.YAML_EXTRA, first=first, what="an anchor" if first == "&" else "a tag")

    def _scalar(self, node: ScalarNode) -> str | None:
        text: str = node.value
        if not text and not node.style:
            return None
        if len(text) > MOST_CHARACTERS:
            self._note(node, rules.TEXT_TOO_LONG, most=MOST_CHARACTERS)
            return None
        if self._may_have_comments and not node.style and " " in text:
            self._note_comment(node)
        if not self._plain and (found := find_unseen(text)):
            from retell.files.yamlscalars import indexes_in_file  # noqa: PLC0415 - only a mistake needs it

            at = indexes_in_file(self.file.text, node)[found.start()]
            self.file.note(at, rules.UNPRINTABLE_CHARACTER, **_not_seen(found[0]))
            return without_unseen(text)
        return text

    def _note_comment(self, node: ScalarNode) -> None:
        """Note a word with '#' behind a text of several words; what begins with '# ' was meant as a comment."""
        comment = COMMENT.match(self.file.text, node.end_mark.index)
        if comment:
            self.file.note(comment.end() - 2, rules.COMMENT_IN_TEXT)

    def _sequence(self, node: Node) -> list[object]:
        return [self.value(child) for child in node.value]

    def _mapping(self, node: Node) -> dict[str, object]:
        data: dict[str, object] = {}
        firsts: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._note(key_node, rules.NAME_NO_WORD)
                continue
            key = self.value(key_node)
            value = self.value(value_node)
            if self._may_be_misplaced and not key_node.style and str(key)[0] in NO_BREAK_SPACES:
                self._note_misplaced(key_node)
            elif not isinstance(key, str):
                self._note(key_node, rules.NAMELESS)
            elif key in data:
                line = self.file.place(firsts[key].start_mark.index).line
                self._note(key_node, rules.DUPLICATE_KEY, key=key, line=line)
            else:
                data[intern(key)] = value
                firsts[key] = key_node
        return data

    def _note_misplaced(self, key_node: Node) -> None:
        """Note the name of a field whose indent is no indent for YAML: it belongs to another group than it seems to."""
        from retell.files.yamlslips import HELP_NO_BREAK, NO_BREAK  # noqa: PLC0415 - only a mistake needs them

        self.misplaced += 1
        self._note(key_node, rules.NOT_YAML, meaning=NO_BREAK, help=HELP_NO_BREAK)

    def _note(self, node: Node, rule: Rule, **said: object) -> None:
        self.file.note(node.start_mark.index, rule, **said)


def _not_seen(char: str) -> dict[str, str]:
    """Return what is said of a character that nobody can see, or of the ninth mark on one letter."""
    too_many = is_mark(char) and char not in BLANKS
    what = f"more than {MOST_MARKS} marks on one letter" if too_many else "a character that cannot be seen or shown"
    return {"what": what, "name": name_of(char)}
