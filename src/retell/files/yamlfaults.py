"""Explain an error of the YAML parser to an author: where the fault stands, what it is, and what helps."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import yaml
from yaml import CollectionEndEvent, CollectionStartEvent, MarkedYAMLError, NodeEvent
from yaml.reader import ReaderError

from retell.files.characters import name_of
from retell.files.rules import NOT_YAML, TOO_LARGE
from retell.files.yamlnodes import MOST_NESTED, MOST_VALUES, PARSER_ERRORS, TOO_DEEP, TooLargeError
from retell.files.yamlslips import find_slip
from retell.problems import HELP_TEXT

if TYPE_CHECKING:
    from yaml import Mark

    from retell.problems import Rule

UNREADABLE = "this cannot be read"
MOST_EVENTS = 2 * MOST_VALUES


class Fault(NamedTuple):
    """What is wrong with a file: where in its text (0-based), the rule that it breaks, and what is said there."""

    at: int
    rule: Rule
    said: dict[str, object]


class Wording(NamedTuple):
    """What libyaml says, in part; what that means; what helps; and whether the fault lies where the thing began."""

    words: str
    meaning: str
    help: str = ""
    at_start: bool = False


# the first that fits is used
WORDINGS = (
    Wording("'\\t'", "a tab where only spaces may stand", "replace the tab by spaces"),
    Wording("found a tab", "a tab where only spaces may stand", "replace the tab by spaces"),
    Wording("mapping values are not allowed", "a ':' where no field can begin", f"in a text, {HELP_TEXT}"),
    Wording(
        "could not find expected ':'",
        "this line is no field",
        "a field is a name, a colon and a space; the text of a field stands further in than its name",
        at_start=True,
    ),
    Wording(
        "quoted scalar found unexpected",
        "a quotation mark is opened here and never closed",
        "add the mark that closes it",
        at_start=True,
    ),
    Wording(
        "while parsing a quoted scalar", "a backslash in double quotes", "write it twice, or put the text in '…' quotes"
    ),
    Wording(
        "expected ',' or ']'",
        "a '[' is opened here and never closed",
        f"add the ']'; in a text, {HELP_TEXT}",
        at_start=True,
    ),
    Wording(
        "expected ',' or '}'",
        "a '{' is opened here and never closed",
        f"add the '}}'; in a text, {HELP_TEXT}",
        at_start=True,
    ),
    Wording(
        "did not find expected key",
        "this does not fit the lines above",
        "fields of one group start in one column",
    ),
    Wording(
        "did not find expected '-' indicator",
        "this does not fit the list above",
        "items of one list start in one column",
    ),
    Wording(
        "<document start>",
        "this does not fit the lines above",
        "fields of one group start in one column",
    ),
    Wording("another document", "a second file begins here", "delete the line '---'"),
    Wording("while scanning an alias", "a text cannot start with '*'", HELP_TEXT, at_start=True),
    Wording("undefined alias", "a text cannot start with '*'", HELP_TEXT),
    Wording("anchor", "a text cannot start with '&'", HELP_TEXT, at_start=True),
    Wording("tag", "a text cannot start with '!'", HELP_TEXT, at_start=True),
    Wording("incompatible YAML", "a line cannot start with '%'"),
    Wording("directive", "a line cannot start with '%'", at_start=True),
    Wording("cannot start any token", "a text cannot start with '{}'", HELP_TEXT),
    Wording("mapping keys are not allowed", "a text cannot start with '? '", HELP_TEXT),
    Wording("expected node content", "here a value should stand", f"if this is a text, {HELP_TEXT}"),
    Wording(
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on a line of its own, under the field's name",
    ),
    Wording("indentation indicator", "the figure after '|' or '>' cannot be 0", "leave it out"),
    Wording("expected comment or line break", "a text after '|' or '>' begins on the next line"),
)


def explain(error: Exception, text: str) -> Fault:
    """Return the fault behind an error that the parser raised at a text.

    The author reads our words alone: what a version of libyaml says is looked for in WORDINGS, never shown. A limit of
    its own, whatever it is called, is ours where the lists and groups before it go beyond ours.
    """
    if isinstance(error, TooLargeError):
        return Fault(_index(error.problem_mark), TOO_LARGE, {"what": error.problem})
    deep = find_too_deep(text, _stop(error, text))
    if deep is not None:
        return Fault(deep, TOO_LARGE, {"what": TOO_DEEP})
    index, meaning, help_text = _explain(error, text)
    return Fault(index, NOT_YAML, {"meaning": meaning, "help": help_text})


def find_too_deep(text: str, stop: int) -> int | None:
    """Return where (0-based) lists and groups begin to stand too deep before the stop; None where none do.

    PyYAML's own parser, in Python, has no limit of depth and does not recurse. Only a text with a fault comes here, and
    no more of it is read than a story could hold.
    """
    starts: list[int] = []
    try:
        for event in islice(yaml.parse(text[:stop], yaml.SafeLoader), MOST_EVENTS):
            if isinstance(event, NodeEvent) and len(starts) == MOST_NESTED:
                return starts[-1]
            if isinstance(event, CollectionStartEvent):
                starts.append(event.start_mark.index if event.start_mark else 0)
            elif isinstance(event, CollectionEndEvent):
                starts.pop()
    except PARSER_ERRORS:
        pass  # the text ends, or is at fault, before anything stands too deep
    return None


def _explain(error: Exception, text: str) -> tuple[int, str, str]:
    """Return where in the text the fault stands, what it is, and what helps (may be empty)."""
    if isinstance(error, UnicodeEncodeError | ReaderError):
        index = min(_stop(error, text), len(text) - 1)
        return index, f"a character that cannot be seen or shown ({name_of(text[index])})", "delete it"
    if not isinstance(error, MarkedYAMLError):
        return 0, UNREADABLE, "look for a list or a text that does not end"
    slip = find_slip(error, text)
    if slip:
        return slip
    index = _index(error.problem_mark)
    said = f"{error.context or ''} {error.problem or ''} {text[index : index + 1]!r}"
    for wording in WORDINGS:
        if wording.words in said:
            mark = error.context_mark if wording.at_start and error.context_mark else error.problem_mark
            return _index(mark), wording.meaning.replace("{}", text[index : index + 1]), wording.help
    return index, UNREADABLE, f"look for the mistake in this line or the one above; in a text, {HELP_TEXT}"


def _stop(error: Exception, text: str) -> int:
    """Return where in the text (0-based) the reading stopped; its end where the error does not say."""
    if isinstance(error, UnicodeEncodeError):
        return error.start
    if isinstance(error, ReaderError):
        # libyaml counts bytes here, everything else characters
        return len(text.encode()[: error.position].decode("utf-8", "ignore"))
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    return mark.index if mark else len(text)


def _index(mark: Mark | None) -> int:
    return mark.index if mark else 0
