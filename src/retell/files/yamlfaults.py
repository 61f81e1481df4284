"""Stage 1, beneath yamlfile: an error of libyaml in, where it stands and what it means for an author out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from yaml import MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from retell.files.characters import name_of
from retell.files.yamlslips import find_slip
from retell.problems import HELP_TEXT

if TYPE_CHECKING:
    from yaml import Mark

NotYaml: TypeAlias = YAMLError | UnicodeEncodeError


class Saying(NamedTuple):
    """What libyaml says, in part; what that means; what helps; and whether the fault lies where the thing began."""

    words: str
    meaning: str
    help: str = ""
    at_start: bool = False


# the first that fits is used
SAYINGS = (
    Saying("'\\t'", "a tab where only spaces may stand", "replace the tab by spaces"),
    Saying("found a tab", "a tab where only spaces may stand", "replace the tab by spaces"),
    Saying("mapping values are not allowed", "a ':' where no field can begin", f"in a text, {HELP_TEXT}"),
    Saying(
        "could not find expected ':'",
        "this line is no field",
        "a field is a name, a colon and a space; the text of a field stands further in than its name",
        at_start=True,
    ),
    Saying(
        "quoted scalar found unexpected",
        "a quotation mark is opened here and never closed",
        "add the mark that closes it",
        at_start=True,
    ),
    Saying(
        "while parsing a quoted scalar", "a backslash in double quotes", "write it twice, or put the text in '…' quotes"
    ),
    Saying(
        "expected ',' or ']'",
        "a '[' is opened here and never closed",
        f"add the ']'; in a text, {HELP_TEXT}",
        at_start=True,
    ),
    Saying(
        "expected ',' or '}'",
        "a '{' is opened here and never closed",
        f"add the '}}'; in a text, {HELP_TEXT}",
        at_start=True,
    ),
    Saying(
        "did not find expected key",
        "this does not fit the lines above",
        "fields of one group start in one column",
    ),
    Saying(
        "did not find expected '-' indicator",
        "this does not fit the list above",
        "items of one list start in one column",
    ),
    Saying(
        "<document start>",
        "this does not fit the lines above",
        "fields of one group start in one column",
    ),
    Saying("another document", "a second file begins here", "delete the line '---'"),
    Saying("while scanning an alias", "a text cannot start with '*'", HELP_TEXT, at_start=True),
    Saying("undefined alias", "a text cannot start with '*'", HELP_TEXT),
    Saying("anchor", "a text cannot start with '&'", HELP_TEXT, at_start=True),
    Saying("tag", "a text cannot start with '!'", HELP_TEXT, at_start=True),
    Saying("incompatible YAML", "a line cannot start with '%'"),
    Saying("directive", "a line cannot start with '%'", at_start=True),
    Saying("cannot start any token", "a text cannot start with this character", HELP_TEXT),
    Saying("mapping keys are not allowed", "a text cannot start with '? '", HELP_TEXT),
    Saying("expected node content", "here a value should stand", f"if this is a text, {HELP_TEXT}"),
    Saying(
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on a line of its own, under the field's name",
    ),
    Saying("expected comment or line break", "a text after '|' or '>' begins on the next line"),
)


def explain(error: NotYaml, text: str) -> tuple[int, str, str]:
    """Give where in the text the fault stands, what it is, and what helps (may be empty)."""
    if isinstance(error, UnicodeEncodeError):
        return error.start, *_unseen(text[error.start])
    if isinstance(error, ReaderError):
        # libyaml counts bytes here, everything else characters
        index = len(text.encode()[: error.position].decode("utf-8", "ignore"))
        return index, *_unseen(text[index])
    assert isinstance(error, MarkedYAMLError), "libyaml raises no other"
    slip = find_slip(error, text)
    if slip:
        return slip
    index = _index(error.problem_mark)
    said = f"{error.context or ''} {error.problem or ''} {text[index : index + 1]!r}"
    for saying in SAYINGS:
        if saying.words in said:
            mark = error.context_mark if saying.at_start and error.context_mark else error.problem_mark
            return _index(mark), saying.meaning, saying.help
    return index, str(error.problem or error.context), ""


def _unseen(char: str) -> tuple[str, str]:
    return f"a character that cannot be seen or shown ({name_of(char)})", "delete it"


def _index(mark: Mark | None) -> int:
    return mark.index if mark else 0
