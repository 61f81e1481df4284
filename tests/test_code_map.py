"""The code keeps to its map: data flows one way, and every module can be read whole."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import retell

SOURCE = Path(retell.__file__).parent
# the order of the map in the docstring of the package
ORDER = [
    "retell",
    "retell.characters",
    "retell.problems",
    "retell.textfile",
    "retell.scalars",
    "retell.yamlnodes",
    "retell.yamlslips",
    "retell.yamlfaults",
    "retell.yamlfile",
    "retell.citations",
    "retell.prose",
    "retell.dates",
    "retell.model",
    "retell.lesson",
    "retell.forms",
    "retell.schema",
    "retell.folder",
    "retell.archive",
    "retell.filenames",
    "retell.library",
    "retell.calls",
    "retell.names",
    "retell.figures",
    "retell.scale",
    "retell.geography",
    "retell.labels",
    "retell.turns",
    "retell.balance",
    "retell.copies",
    "retell.sourcecard",
    "retell.quantities",
    "retell.checks.references",
    "retell.checks.claims",
    "retell.checks.balance",
    "retell.checks.narrator",
    "retell.checks.patterns",
    "retell.checks.wording",
    "retell.checks.usage",
    "retell.checks",
    "retell.checks.evidence.assertions",
    "retell.checks.evidence.denials",
    "retell.checks.evidence.witness",
    "retell.checks.evidence.negation",
    "retell.checks.evidence.quotation",
    "retell.checks.evidence.facts",
    "retell.checks.evidence.copying",
    "retell.checks.evidence",
    "retell.steps",
    "retell.script",
    "retell.excerpt",
    "retell.standins",
    "retell.summary",
    "retell.report",
    "retell.writing",
    "retell.glyphs",
    "retell.terminal",
    "retell.terminal.lines",
    "retell.terminal.figures.map",
    "retell.terminal.figures.timeline",
    "retell.terminal.figures.voices",
    "retell.terminal.figures",
    "retell.terminal.frame",
    "retell.terminal.citing",
    "retell.terminal.page",
    "retell.terminal.keys",
    "retell.terminal.sequences",
    "retell.terminal.signals",
    "retell.terminal.keyboard",
    "retell.terminal.pace",
    "retell.terminal.footer",
    "retell.terminal.screen",
    "retell.terminal.reveal",
    "retell.terminal.pager",
    "retell.terminal.player",
    "retell.terminal.bookmark",
    "retell.terminal.panels",
    "retell.terminal.wishes",
    "retell.terminal.evening",
    "retell.terminal.reading",
    "retell.terminal.cast",
    "retell.handout",
    "retell.handout.templating",
    "retell.handout.drawings.sheet",
    "retell.handout.drawings.timeline",
    "retell.handout.drawings.map",
    "retell.handout.drawings.voices",
    "retell.handout.drawings",
    "retell.handout.grid",
    "retell.handout.edition",
    "retell.handout.teacher",
    "retell.handout.packets",
    "retell.handout.escaping",
    "retell.handout.bibliography",
    "retell.handout.citing",
    "retell.handout.markdown",
    "retell.handout.webpage",
    "retell.handout.wordfile",
    "retell.handout.formats",
    "retell.catalogue",
    "retell.voices",
    "retell.disputes",
    "retell.manual",
    "retell.preview",
    "retell.starting",
    "retell.packing",
    "retell.options",
    "retell.session",
    "retell.commands",
    "retell.commands.reading",
    "retell.commands.classroom",
    "retell.commands.lookup",
    "retell.commands.checking",
    "retell.commands.authoring",
    "retell.cli",
    "retell.__main__",
]
MOST_LINES = 300


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def imports_of(name: str) -> set[str]:
    """Give every module of ours that a module imports: at its top, in a function, or for its types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(inner & MODULES.keys() or {str(node.module)})
    return found & MODULES.keys()


def test_the_map_has_every_module_and_no_other() -> None:
    assert sorted(ORDER) == sorted(MODULES)


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_from_those_above_it(name: str) -> None:
    above = ORDER[: ORDER.index(name)]
    assert imports_of(name) <= set(above)


def test_the_order_is_that_of_the_docstring() -> None:
    rows = re.findall(r"^    (\S.*?)(?:  +|$)", str(retell.__doc__), re.MULTILINE)
    words = {word.strip("/"): row for row, line in enumerate(rows) for word in line.split(", ")}
    placed = [words[name.split(".")[1]] for name in ORDER[1:] if name.split(".")[1] in words]
    assert placed == sorted(placed)
    assert {name.split(".")[1] for name in ORDER[1:]} <= set(words)


def test_every_import_of_ours_is_seen() -> None:
    assert "retell.yamlfaults" in imports_of("retell.yamlfile"), "an import inside a function counts"
    assert "retell.library" in imports_of("retell.names"), "an import for types only counts"
    assert "retell.checks.claims" in imports_of("retell.checks")


@pytest.mark.parametrize("name", ORDER)
def test_a_module_can_be_read_whole(name: str) -> None:
    text = MODULES[name].read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert ast.get_docstring(ast.parse(text))
