"""Write problems and a summary for people, as JSON and as GitHub's annotations, and find the exit code."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
import msgspec
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from retell.checks.alike import gather
from retell.checks.caret import excerpt, shown_together
from retell.checks.evidence.examination import Share
from retell.files.characters import COMMAND, find_unseen, unseen, visible
from retell.problems import DONE, FOUND
from retell.story.columns import fill, plural, shorten, wrap
from retell.story.typography import isolate, isolate_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.checks.summary import Evidence, Summary
    from retell.problems import Problem
    from retell.story.kinds import Noun

COLUMNS = 80  # of a window whose width nobody knows
HANGING = "    "
UNBROKEN = re.compile(r"(?<=: )retell(?: \S+)+$|[^ ]+")
MOST_SHOWN, MOST_MESSAGE = 200, 400
STYLES = {"error": "bold red", "warning": "bold yellow"}
VERSION = 2
WORKFLOW_COMMAND = re.compile(r"^(\s*):(?=:)")  # GitHub's runner obeys a line that begins with two
OBEYED_BY_NONE = r"\1<U+003A>"
IN_MESSAGES, IN_PROPERTIES = "%\r\n", "%\r\n:,"
SUMMARY_COLUMNS, MOST_SUMMARY_LINES, MOST_REASON_LINES = 80, 12, 2
MEANS = (
    "Borne out: a program found in the cited paragraph what it can look for. Read: a person held it beside the "
    "paragraph. Neither says that the paragraph is true."
)


def show(problems: Sequence[Problem], console: Console, *, page: bool = False) -> None:
    """Print each problem: place, message and rule, then the line with a caret, then a help; of thousands, the first.

    A message is broken into lines where it is a page that somebody reads, in a terminal or in the preview; elsewhere
    each is one line, for a program.
    """
    broken = page or console.file.isatty()
    shown, others = gather(problems)
    for problem in shown[:MOST_SHOWN]:
        for line in lines_of(problem, console.width, broken=broken):
            console.print(line, soft_wrap=True, highlight=False)
    if len(shown) > MOST_SHOWN:
        others.append(f"and {len(shown) - MOST_SHOWN:,} more: mend these first")
    for other in others:
        console.print(Text(other), soft_wrap=not broken)


def summary(problems: Sequence[Problem]) -> str:
    """Count the problems in one line: `2 errors, 1 warning`."""
    counts = {level: sum(problem.level == level for problem in problems) for level in STYLES}
    return ", ".join(plural(n, level) for level, n in counts.items() if n) or "no problems"


def exit_code(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Return the exit code: 1 when there is an error, else 0; a warning alone counts only where the check is strict."""
    return FOUND if any(strict or problem.level == "error" for problem in problems) else DONE


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Ignore that a pipe was closed while a report is written, as `| head` does: what was found still counts."""
    try:
        yield
    except BrokenPipeError:
        pass
    except SystemExit as ended:  # how rich tells of it
        if not isinstance(ended.__context__, BrokenPipeError):
            raise


def publish(problems: Sequence[Problem], checked: Summary, form: str) -> None:
    """Write the whole report as `text`, `json` or `github`: only the problems of a text go to standard error."""
    if form == "json":
        click.echo(to_json(problems, checked).encode(), nl=False)  # UTF-8, whatever the terminal's
        return
    if form == "github":
        summed = "".join(f"retell: {line}\n" for line in to_text(problems, checked).splitlines())
        click.echo(to_annotations(problems) + summed, nl=False)
        return
    show(problems, Console(stderr=True))
    click.echo(to_text(problems, checked), nl=False)


def to_json(problems: Sequence[Problem], checked: Summary) -> str:
    """Write the report as JSON, its keys always in this order and all there; a later version only adds keys.

    - `version`: 2. It grows when a key changes its meaning or goes.
    - `problems`: a list, sorted by place. Each has `rule`, `level` (`error` or `warning`), `file` (as named on the
      command line or from the current folder), `line` and `column` (from 1), `message`, and `help` (may be empty).
    - `summary`: `errors`, `warnings`, `scenes`, `disputes`, `claims` (of narration and positions), `quotations` (in
      these and in quote beats), `evidence`, `story` (its title, or its folder where it has none), `statements`, and of
      these `read` (by a person, as they are now), `read_by_two` (or more) and `unread`. The evidence is null without
      copies of the articles. With them it has of the statements those `borne_out`, `not_borne_out`,
      `nothing_to_look_for`, `not_looked_into` (reason: statements), and `neither` (borne out nor read); `numbers` and
      `names` (how many were looked for), and `articles` (key: `paragraphs`, `cited` of them, `words`, `quoted` of
      them).
    """
    report = {
        "version": VERSION,
        "problems": [
            {
                "rule": problem.rule,
                "level": problem.level,
                "file": _encodable(problem.location.file),
                "line": problem.location.line,
                "column": problem.location.column,
                "message": _encodable(problem.message),
                "help": _encodable(problem.help),
            }
            for problem in problems
        ],
        "summary": {
            **{f"{level}s": sum(problem.level == level for problem in problems) for level in STYLES},
            **msgspec.structs.asdict(checked),
            "story": _encodable(checked.story),
            "evidence": _plain(checked.evidence) if checked.evidence else None,
        },
    }
    text = msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"
    text = COMMAND.sub(r"#\\u0023", text)
    return unseen().sub(lambda match: json.dumps(match[0])[1:-1], text) if find_unseen(text) else text


def _plain(evidence: Evidence) -> dict[str, object]:
    """Return the evidence as plain data, of each article how many of its paragraphs are cited."""
    articles = {key: {**vars(share), "cited": len(share.cited)} for key, share in evidence.articles.items()}
    plain = {name: value for name, value in msgspec.structs.asdict(evidence).items() if name != "noun"}
    return {**plain, "articles": articles}


def _encodable(text: str) -> str:
    """Return a text without halves of surrogate pairs, with which Python writes bytes of a name that are not UTF-8."""
    return text.encode(errors="replace").decode()


def to_annotations(problems: Iterable[Problem]) -> str:
    """Write each problem as a workflow command, which GitHub shows beside its line; nothing where there is none.

    Escaped as https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts does.
    """
    return "".join(map(_annotation, problems))


def _annotation(problem: Problem) -> str:
    place = problem.location
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": problem.rule}
    named = ",".join(f"{name}={_escape(str(value), IN_PROPERTIES)}" for name, value in properties.items())
    message = f"{problem.message}\nhelp: {problem.help}" if problem.help else problem.message
    return f"::{problem.level} {named}::{_escape(message, IN_MESSAGES)}\n"


def _escape(text: str, special: str) -> str:
    return visible(re.sub(f"[{special}]", lambda match: f"%{ord(match[0]):02X}", text))


def to_text(problems: Sequence[Problem], checked: Summary) -> str:
    """Write the summary, at most 12 lines of 80 columns: of which story, what there is, what copies bore out."""
    counts = {
        "scene": checked.scenes,
        "dispute": checked.disputes,
        "claim": checked.claims,
        "quotation": checked.quotations,
    }
    counted = ", ".join(plural(n, name) for name, n in counts.items())
    lines = _opening_lines(visible(checked.story), f"{counted}: {summary(problems)}")
    lines += _statement_lines(checked)
    if checked.evidence:
        lines += _evidence_lines(checked.evidence, MOST_SUMMARY_LINES - len(lines))
    return "".join(f"{WORKFLOW_COMMAND.sub(OBEYED_BY_NONE, line)}\n" for line in lines)


def _opening_lines(story: str, counted: str) -> list[str]:
    """Return the lines that name the story and what was counted: two where one has no room for both."""
    if not story:
        return [counted]
    if cell_len(f"{story}: {counted}") <= SUMMARY_COLUMNS:
        return [f"{story}: {counted}"]
    cut = story if cell_len(story) < SUMMARY_COLUMNS else f"{set_cell_size(story, SUMMARY_COLUMNS - 2).rstrip()}…"
    return [f"{cut}:", counted]


def _statement_lines(checked: Summary) -> list[str]:
    """Return how many statements are borne out, how many were read and how many are neither; nothing where none is."""
    if not checked.statements:
        return []
    by_two = f" ({checked.read_by_two} by two or more)" if checked.read_by_two else ""
    found = [f"{checked.read} read{by_two}"]
    if checked.evidence:
        found = [f"{checked.evidence.borne_out} borne out", *found, f"{checked.evidence.neither} neither"]
        found += [f"{checked.evidence.not_borne_out} not borne out"] if checked.evidence.not_borne_out else []
    else:
        found += [f"{checked.unread} unread"]
    return wrap(f"{plural(checked.statements, 'statement')}: {', '.join(found)}", SUMMARY_COLUMNS)


def _evidence_lines(evidence: Evidence, most: int) -> list[str]:
    found = [
        f"{plural(evidence.numbers, 'number')} and {plural(evidence.names, 'name')} looked for; "
        f"in {plural(evidence.nothing_to_look_for, 'statement')} nothing"
    ]
    reasons = sorted(evidence.not_looked_into.items(), key=lambda reason: (-reason[1], reason[0]))
    listed = "; ".join(f"{visible(reason)} {n}" for reason, n in reasons)
    why = wrap(f"not looked into: {listed}" if listed else "", SUMMARY_COLUMNS)
    why = shorten(why, MOST_REASON_LINES, SUMMARY_COLUMNS)
    means = wrap(MEANS, SUMMARY_COLUMNS)
    room = most - len(found) - len(why) - len(means) - 1
    return [*found, *why, *_article_lines(evidence.articles, room, evidence.noun), *means]


def _article_lines(articles: dict[str, Share], room: int, noun: Noun) -> list[str]:
    """Return a table of the articles; those that there is no room for share its last line."""
    rows = [(visible(key), share, len(share.cited)) for key, share in articles.items()]
    if len(rows) > room:
        rest = [share for _, share, _ in rows[room - 1 :]]
        joined = Share(
            paragraphs=sum(share.paragraphs for share in rest),
            words=sum(share.words for share in rest),
            quoted=sum(share.quoted for share in rest),
        )
        rows = [*rows[: room - 1], (f"{len(rest)} more", joined, sum(len(share.cited) for share in rest))]
    column = min(max((cell_len(key) for key, *_ in rows), default=0), SUMMARY_COLUMNS - 40)
    if not rows:
        return [f"no {noun.one} was found"]
    return [
        f"{set_cell_size(noun.one, max(column, cell_len(noun.one)))}  {'paragraphs cited':>16}  {'words quoted':>16}",
        *(
            f"{set_cell_size(key, column)}  {cited:>9} of {share.paragraphs:>3}"
            f"  {f'{share.quoted} ({share.per_cent_quoted:.1f} %)':>16}"
            for key, share, cited in rows
        ),
    ]


def lines_of(problem: Problem, width: int = COLUMNS, *, broken: bool = False) -> Iterator[Text]:
    """Yield the lines of one problem: place, message and rule; the line of the file with a caret; a help.

    The line of the file is cut to a width in columns; the others may be `broken` into several.
    """
    place = problem.location
    says = Text.assemble(
        f"{isolate_whole(visible(place.file))}:{place.line}:{place.column}: ",
        (f"{problem.level}:", STYLES[problem.level]),
        f" {_shortened(problem.message)} ",
        (f"[{problem.rule}]", "dim"),
    )
    yield from broken_lines(says, width) if broken else (says,)
    if place.excerpt.strip():
        number = f"  {place.line} | "
        shown, before = excerpt(place.excerpt, place.column, width - len(number))
        start, end = shown_together(shown, len(before))
        caret = "^" * max(cell_len(shown[start:end]), 1)
        yield Text.assemble((number, "dim"), isolate(shown))
        yield Text.assemble((f"{' ' * (len(number) - 2)}| ", "dim"), " " * cell_len(shown[:start]), (caret, "bold"))
    if problem.help:
        helps = Text.assemble(("  help: ", "bold"), _shortened(problem.help))
        yield from broken_lines(helps, width) if broken else (helps,)


def broken_lines(line: Text, width: int) -> Iterator[Text]:
    """Yield a line in lines of a width in columns, the later ones further in.

    It is broken at spaces alone, and not within a command that stands at its end: somebody may copy it.
    """
    words = list(UNBROKEN.finditer(line.plain))
    widths = [cell_len(word[0]) for word in words]
    widths[0] = max(widths[0] + words[0].start() - len(HANGING), 0)  # the first line begins further out
    starts = [words[number].start() for number in fill(widths, max(width - len(HANGING), 1)) if number]
    for number, part in enumerate(line.divide(starts)):
        part.rstrip()
        yield Text.assemble(HANGING, part) if number else part


def _shortened(text: str) -> str:
    """Cut what quotes a text of thousands of words, and keep what it quotes from right to left in its place."""
    shown = visible(text[: MOST_MESSAGE + 1])
    return isolate(shown if len(text) <= MOST_MESSAGE else f"{shown[:MOST_MESSAGE]}…")
