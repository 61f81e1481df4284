"""Find the slip of an author behind a text that is no YAML.

libyaml says where it could not go on, which is often lines below what the author mistyped. Here the lines above are
looked through for the commonest slips. Only a file with a fault is ever looked through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from yaml import Mark, MarkedYAMLError, ScalarToken

from retell.files.characters import NO_BREAK_SPACES, TO_SPACES
from retell.files.yamlnodes import PARSER_ERRORS, PlainParser
from retell.problems import HELP_TEXT

NO_BREAK, HELP_NO_BREAK = "a no-break space where a plain space must stand", "delete it and type a space"
SPACE = f"[ {NO_BREAK_SPACES}]"
# the indent, the dashes of list items, and what stands right behind a field's colon or behind the '>-' of a text
FRAME = re.compile(
    rf"^{SPACE}*(?:-{SPACE}+)*(?:[\w-]+:(?:[{NO_BREAK_SPACES}]{SPACE}*)?"
    rf"(?: *[|>][-+\d]*[{NO_BREAK_SPACES}]{SPACE}*$)?)?",
    re.MULTILINE,
)
JOINED_DASH = re.compile(r"^ *(?:- +)*-(?=[^\W\d_]|[\"'“])", re.MULTILINE)
FIELD = re.compile(r"(?P<before> *(?:- +)*)(?P<name>[\w-]+):(?= |$)")
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)  # as Git and others mark it
NAME_AND_VALUE = re.compile(r" *(?:- +)*(?P<name>[a-z][a-z-]*)(?= +[^\s:][^:]*$)")
NAME_AND_FOLD = re.compile(r"^ *(?:- +)*(?P<name>[a-z][a-z-]*)(?= +[>|][-+0-9]*$)", re.MULTILINE)
ITEM_OR_FIELD = re.compile(rf" *- |{FIELD.pattern}")
BRACKETED = re.compile(r" *(?:- +)*(?:[\w-]+: +)?(?P<open>[\[{])[^\[\]{}]*[\]}] *$")
OTHER_DASHES = "–—−•·"
BEHIND_A_VALUE = ("did not find expected key", "did not find expected '-' indicator", "<document start>")
COLON = "mapping values are not allowed"
NO_COLON = "could not find expected ':'"

Span: TypeAlias = tuple[int, int]


class Slip(NamedTuple):
    """What an author mistyped: where (0-based), what it is, and what helps."""

    at: int
    meaning: str
    help: str


def find_slip(error: MarkedYAMLError, text: str) -> Slip | None:
    """Return the slip that explains an error of libyaml, or None where the error says it all."""
    stop = error.problem_mark
    if stop is None:
        return None
    said = f"{error.context or ''} {error.problem or ''}"
    texts = _texts_before(text, stop)
    return (
        _conflict(text)
        or _no_break_space(text, stop, texts)
        or _joined_dash(text, stop, texts)
        or _unclosed_quotation(text, stop, texts)
        or (_behind_a_value(text, stop, texts) if any(words in said for words in BEHIND_A_VALUE) else None)
        or (_missing_colon(text, stop) if COLON in said or NO_COLON in said else None)
        or (_further_in(text, stop, said) if COLON in said or BEHIND_A_VALUE[0] in said else None)
    )


def find_no_break_space(line: str) -> int | None:
    """Return where in a line (0-based) a no-break space stands outside a text, or None."""
    frame = FRAME.match(line)
    return next((i for i, char in enumerate(frame[0]) if char in NO_BREAK_SPACES), None) if frame else None


def _texts_before(text: str, stop: Mark) -> list[Span]:
    """Return where the texts stand that are in quotation marks, or under '>' or '|', as far as the reading came."""
    parser, found = PlainParser(text), []
    try:
        while parser.check_token():
            token = parser.get_token()
            if token is None or token.start_mark.index > stop.index:
                break
            if isinstance(token, ScalarToken) and token.style:
                found.append((token.start_mark.index, token.end_mark.index))
    except PARSER_ERRORS:
        pass  # the texts before it are what was wanted
    return found


def _conflict(text: str) -> Slip | None:
    found = CONFLICT.search(text)
    if found is None:
        return None
    help_text = "keep what is right of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return Slip(found.start(), "two versions of this file were joined, and nobody has chosen", help_text)


def _missing_colon(text: str, stop: Mark) -> Slip | None:
    """Find a field without its colon above: YAML takes it and the next field's name for one text."""
    end = len(text[: _line_start(text, stop.index)].rstrip())
    above = NAME_AND_VALUE.match(text, _line_start(text, end), end)
    folded = deque(NAME_AND_FOLD.finditer(text, 0, end), maxlen=1)
    for found in filter(None, (above, *folded)):
        if _reads_on(f"{text[: found.end()]}:{text[found.end() :]}", stop):
            return Slip(found.end(), f"a ':' is missing behind '{found['name']}'", f"write '{found['name']}: …'")
    return None


def _no_break_space(text: str, stop: Mark, texts: list[Span]) -> Slip | None:
    if text.isascii():
        return None
    found = [match.start() + at for match in FRAME.finditer(text) if (at := find_no_break_space(match[0])) is not None]
    index = _blamed(found, text, stop, texts, lambda: FRAME.sub(lambda match: match[0].translate(TO_SPACES), text))
    return None if index is None else Slip(index, NO_BREAK, HELP_NO_BREAK)


def _joined_dash(text: str, stop: Mark, texts: list[Span]) -> Slip | None:
    found = [match.end() - 1 for match in JOINED_DASH.finditer(text)]
    index = _blamed(found, text, stop, texts, lambda: JOINED_DASH.sub(r"\g<0> ", text))
    return None if index is None else Slip(index, "a space is missing behind '-'", "write '- ', with a space")


def _blamed(found: list[int], text: str, stop: Mark, texts: list[Span], mend: Callable[[], str]) -> int | None:
    """Return the slip nearest before the stop, if the reading goes on once all of its kind are mended."""
    end = _line_end(text, stop.index)
    starts = [start for start, _ in texts]
    near = (at for at in reversed(found) if at < end and not _is_inside(at, starts, texts))
    last = next(near, None)
    return last if last is not None and _reads_on(mend(), stop) else None


def _is_inside(at: int, starts: list[int], texts: list[Span]) -> bool:
    """Return whether a place is within one of the texts, which follow each other; `starts` says where each begins."""
    before = bisect_right(starts, at) - 1
    return before >= 0 and at < texts[before][1]


def _reads_on(text: str, stop: Mark) -> bool:
    """Return whether a text is read beyond the place where another stopped."""
    try:
        PlainParser(text).get_single_node()
    except PARSER_ERRORS as error:
        mark = getattr(error, "problem_mark", None)
        return mark is None or (mark.line, mark.column) > (stop.line, stop.column)
    return True


def _unclosed_quotation(text: str, stop: Mark, texts: list[Span]) -> Slip | None:
    """Find a quotation mark that the next one, which was to open another text, seems to close.

    Such a text takes in a field or an item that begins no further in than its own.
    """
    start, end = texts[-1] if texts else (0, 0)
    if text[start : start + 1] not in ('"', "'") or end <= _line_start(text, stop.index):
        return None
    opening, *others = text[_line_start(text, start) : end].split("\n")
    own = FIELD.match(opening)
    column = own.end("before") if own else len(opening) - len(opening.lstrip(" -"))
    if any(ITEM_OR_FIELD.match(line) and len(line) - len(line.lstrip(" ")) <= column for line in others):
        return Slip(start, "a quotation mark is opened here and never closed", "add the mark that closes it")
    return None


def _behind_a_value(text: str, stop: Mark, texts: list[Span]) -> Slip | None:
    if text[stop.index : stop.index + 1] in OTHER_DASHES and text[stop.index + 1 : stop.index + 2] == " ":
        return Slip(stop.index, f"an item of a list begins with '-', not with '{text[stop.index]}'", "write '- '")
    start = _line_start(text, stop.index)
    if found := BRACKETED.match(text[start : stop.index]):
        meaning = f"a text cannot start with '{found['open']}', which begins a list or a group"
        return Slip(start + found.start("open"), meaning, HELP_TEXT)
    return _text_behind_quotation(text, stop, texts)


def _text_behind_quotation(text: str, stop: Mark, texts: list[Span]) -> Slip | None:
    start, end = texts[-1] if texts else (0, 0)
    if text[start : start + 1] not in ('"', "'") or text[end : stop.index].strip(" ") or end > stop.index:
        return None
    return Slip(stop.index, "a text that begins with a quotation mark ends with it", HELP_TEXT)


def _further_in(text: str, stop: Mark, said: str) -> Slip | None:
    """Find a field that stands further in than the nearest one above it, which has a value already."""
    start = _line_start(text, stop.index)
    here = FIELD.match(text[start : _line_end(text, start)])
    if here is None or here["before"].strip() or stop.index - start not in (here.start("name"), here.end("name")):
        return None
    above = next((match for line in reversed(text[:start].split("\n")) if (match := FIELD.match(line))), None)
    if above is None or above.end("before") >= here.end("before"):
        return None
    help_text = f"begin it in column {above.end('before') + 1}, where '{above['name']}' above begins"
    if COLON in said:
        help_text += f"; in a text, {HELP_TEXT}"
    return Slip(start + here.start("name"), "this line stands further in than the fields of its group", help_text)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end
