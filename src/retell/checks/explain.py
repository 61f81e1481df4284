"""What `retell explain` prints: the list of all rules, and the page of each from `rules.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from retell.checks.registry import RULES
from retell.files.yamlfile import read_yaml
from retell.problems import UnknownNameError, nearest
from retell.story.columns import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

DATA = Path(__file__).with_name("rules.yaml")
MOST_COLUMNS = 80
SIDE_BY_SIDE = 70  # columns from which a rule's line stands beside its name
INDENT = "  "


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change of one file of the small story: a text replaced, a whole file written, renamed or taken away.

    `review` stands for the file that `retell review` writes when somebody reads all statements and finds them so.
    """

    in_: str = msgspec.field(name="in")
    for_: str | None = msgspec.field(name="for", default=None)
    write: str | None = None
    rename: str | None = None
    delete: bool = False
    review: bool = False


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page of one rule; the head of the data file says what each field means."""

    checks: str
    why: str
    bad: Edit
    good: Edit
    limits: str
    given: str = ""
    setting: tuple[Edit, ...] = ()
    copies: bool = False
    strict: bool = False


def pages() -> dict[str, Page]:
    """Return every rule's page, by its name."""
    return msgspec.convert(read_yaml(DATA, DATA.name).data, dict[str, Page], strict=False)


def show(name: str, console: Console) -> None:
    """Print the page of one rule, or without a name the list of all; raises UnknownNameError for an unknown rule."""
    width = min(console.width, MOST_COLUMNS)
    for line in page_of(name, width) if name else overview(width):
        console.print(line, soft_wrap=True, highlight=False)


def overview(width: int) -> Iterator[Text]:
    """Yield a list of all rules with what each asks, in lines of a width in columns."""
    column = max(len(rule.name) for rule in RULES) + len(INDENT)
    for rule in RULES:
        if width < SIDE_BY_SIDE:
            yield Text(rule.name, "bold")
            yield from map(Text, wrap(rule.asks, width, INDENT, INDENT))
            continue
        first, *rest = wrap(rule.asks, width - column)
        yield Text.assemble((rule.name.ljust(column), "bold"), first)
        yield from (Text(" " * column + line) for line in rest)
    yield Text()
    yield from map(Text, wrap("'retell explain RULE' says more of one of them, with an example.", width))


def page_of(name: str, width: int) -> Iterator[Text]:
    """Yield the page of a rule, in lines of a width in columns; raises UnknownNameError where there is no such rule."""
    rules = {rule.name: rule for rule in RULES}
    if name not in rules:
        raise UnknownNameError(f"no rule '{name}'; {nearest(name, rules) or 'retell explain lists them'}")
    page = pages()[name]
    yield Text.assemble((name, "bold"), f" ({rules[name].level})")
    yield from map(Text, wrap(rules[name].asks, width))
    for heading, text in (("What it checks", page.checks), ("Why it matters", page.why)):
        yield from _section(heading, wrap(text, width, INDENT, INDENT))
    given = wrap(page.given, width, INDENT, INDENT)
    yield from _section("Not like this", [*given, *_example(page.bad, width)])
    yield from _section("Like this", _example(page.good, width))
    yield from _section("What it cannot see", wrap(page.limits, width, INDENT, INDENT))


def _section(heading: str, lines: list[str]) -> Iterator[Text]:
    yield Text()
    yield Text(heading, "bold")
    yield from map(Text, lines)


def _example(edit: Edit, width: int) -> list[str]:
    """Return an edit as the author would see it: the file, and what is written there."""
    if edit.review:
        return wrap("every statement is read beside its paragraphs, with 'retell review'", width, INDENT, INDENT)
    if edit.delete:
        return wrap(f"{edit.in_} is not there", width, INDENT, INDENT)
    if edit.rename:
        return wrap(f"the file of the scene is named {edit.rename}", width, INDENT, INDENT)
    shown = wrap(f"in {edit.in_}:", width, INDENT, INDENT)
    for line in (edit.write or "").splitlines():
        own = INDENT * 2 + line[: len(line) - len(line.lstrip())]
        shown += wrap(line.strip(), width, own, own + INDENT) or [""]
    return shown
