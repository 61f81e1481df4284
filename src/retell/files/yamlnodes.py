"""Parse a text into the nodes of its YAML, each with its place; refuse what is larger than a story needs.

Every scalar is text, whatever it looks like (`NO`, `12:30` and `2023-09` stay as typed).
"""

from __future__ import annotations

from yaml import MarkedYAMLError, Node, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave out what cyaml imports
from yaml.resolver import BaseResolver

PLAIN = "plain"
MOST_NESTED = 20  # no file of a story comes near; a parser that follows thousands ends the program
TOO_DEEP = f"lists and groups stand more than {MOST_NESTED} deep inside each other"
MOST_VALUES = 20_000  # a list of so many scenes would tell several million words

PARSER_ERRORS = (YAMLError, ValueError, MemoryError, RecursionError)
"""Whatever libyaml and PyYAML raise at a text; a text with half of a surrogate pair is a ValueError."""


class TooLargeError(MarkedYAMLError):
    """A file goes beyond one of the limits."""


class PlainParser(CParser, BaseResolver):
    """libyaml's parser with YAML's guessing of types turned off: each node without a tag gets the tag PLAIN."""

    def __init__(self, text: str) -> None:
        """Take the text of one file."""
        CParser.__init__(self, text)
        BaseResolver.__init__(self)
        self._depth = 0
        self.values = 0
        """How many names and values were read so far."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        """Return every untagged node the same tag."""
        return PLAIN

    def descend_resolver(self, current_node: Node | None, current_index: object) -> None:
        """Count the nodes, and how deep the parser is; there are no path resolvers to descend."""
        self._depth += 1
        self.values += 1
        if self._depth > MOST_NESTED:
            self._refuse(current_node, TOO_DEEP)
        if self.values > MOST_VALUES:
            self._refuse(current_node, f"this file has more than {MOST_VALUES:,} names and values")

    def ascend_resolver(self) -> None:
        """Count how deep the parser is."""
        self._depth -= 1

    def _refuse(self, node: Node | None, message: str) -> None:
        raise TooLargeError(problem=message, problem_mark=node.start_mark if node else None)
