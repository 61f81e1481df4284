"""The code keeps to its map: data flows one way, and every module can be read whole."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import retell
from tests.conftest import EXHAUSTIVE, UNHURRIED

SOURCE = Path(retell.__file__).parent
# each imports only from those before it; those on one line stand beside each other
ORDER = (
    ("problems",),
    ("files",),
    ("story",),
    ("figures",),
    ("copies",),
    ("script", "checks"),
    ("terminal",),
    ("handout",),
    ("authoring",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
MOST_LINES = 300
MODULES = {path.relative_to(SOURCE).with_suffix("").as_posix(): path for path in sorted(SOURCE.rglob("*.py"))}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports_of(path: Path) -> set[tuple[str, ...]]:
    """The names of ours that a module imports, at its top, in a function or for its types only."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {tuple(name.split(".")[1:]) for name in found if name.startswith("retell.") and name != "retell.__version__"}


def packages_of(path: Path) -> set[str]:
    return {name[0] for name in imports_of(path)}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_packages_above_its_own(name: str) -> None:
    own = name.partition("/")[0]
    if own == "__init__":
        assert not packages_of(MODULES[name])
        return
    row = next(row for row, names in enumerate(ORDER) if own in names)
    above = {each for names in ORDER[:row] for each in names}
    assert packages_of(MODULES[name]) <= above | {own}


def needed_by(name: str) -> set[str]:
    """The modules from which a module imports, or which it imports whole."""
    paths = {tuple(module.removesuffix("/__init__").split("/")): module for module in MODULES}
    return {
        paths.get(each) or paths[each[:-1]] for each in imports_of(MODULES[name]) if each in paths or each[:-1] in paths
    }


def test_no_import_goes_in_a_circle() -> None:
    left = {name: needed_by(name) for name in MODULES}
    while ready := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in ready:
            del left[name]
    assert not left, "these import each other"


def test_every_import_of_ours_is_seen() -> None:
    assert "files/yamlfaults" in needed_by("files/yamlfile"), "an import inside a function counts"
    assert "story/told" in needed_by("story/uses"), "an import for types only counts"
    assert "checks/claims" in needed_by("checks/__init__")


def test_the_house_has_few_rooms_two_levels_deep() -> None:
    rooms = {path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py")}
    assert len(rooms - {"__init__.py", "__main__.py"}) <= 12
    assert max(name.count("/") for name in MODULES) <= 2


@pytest.mark.parametrize("name", MODULES)
def test_a_module_can_be_read_whole(name: str) -> None:
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= MOST_LINES
    assert ast.get_docstring(parsed(MODULES[name]))


def test_what_the_quick_run_leaves_out_is_there() -> None:
    tests = [*Path(__file__).parent.rglob("test_*.py")]
    assert {*UNHURRIED} <= {name for path in tests for name in (path.stem, path.parent.name)}
    assert {*EXHAUSTIVE} <= {
        name for path in tests for name in re.findall(r"^def (\w+)", path.read_text("utf-8"), re.M)
    }
