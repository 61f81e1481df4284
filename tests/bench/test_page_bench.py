"""The page of the benchmarks: each table has the head that its script prints, and one command writes them all."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

import check
import export
import first_line
import growth
import page
import peers
import reader
from cost import Cost
from watched import Legible, Written

TEXT = page.PAGE.read_text("utf-8")
COST = Cost(1, 1, 1)
FIGURES = peers.Figures([Written(1, 1)], [Written(1, 1)], 1, Legible(), Legible(), Legible())
GROWTH = [growth.Row(growth.RICH, 0, 0, COST)]
GROWTH += [growth.Row(growth.CHECK, size, 100 * size, COST) for size in growth.SIZES]
PRINTED = {
    "growth": growth.table(GROWTH),
    "first_line": first_line.table(first_line.Times(1, 1, 1)),
    "reader": reader.table(reader.Figures(1, 1, 1, 1, 1, 1)),
    "peers": peers.table({program.name: FIGURES for program in peers.PROGRAMS}),
    "check": check.table([check.Times(size, 100 * size, 10, 1, 1, 1) for size in check.SIZES]),
    "export": export.table([export.Row(size, 8000 * size, COST, COST) for size in export.SIZES]),
}


def between(name: str) -> str:
    begin, end = page.marks(name)
    assert TEXT.count(begin) == TEXT.count(end) == 1
    return TEXT.split(begin)[1].split(end)[0]


def heads(text: str) -> list[str]:
    lines = text.splitlines()
    return [line for line, below in pairwise(lines) if below.startswith("|---")]


def test_every_benchmark_has_its_place() -> None:
    scripts = {path.stem for path in page.HERE.glob("*.py") if "--check" in path.read_text("utf-8")} | {"peers"}
    assert {part.name for part in page.PARTS} == set(PRINTED) == scripts - {"test_page_bench"}


@pytest.mark.parametrize("name", PRINTED)
def test_a_table_of_the_page_has_the_head_that_its_script_prints(name: str) -> None:
    assert heads(between(name)) == heads(PRINTED[name]) != []


@pytest.mark.parametrize("name", ["first_line", "reader", "peers"])
def test_a_table_of_the_page_has_the_rows_that_its_script_prints(name: str) -> None:
    def names(text: str) -> list[str]:
        return [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| ")]

    assert names(between(name)) == names(PRINTED[name])


@pytest.mark.parametrize("command", ["growth", "check", "export"])
def test_the_page_has_the_sizes_that_its_script_measures(command: str) -> None:
    sizes = {"growth": growth.SIZES, "check": check.SIZES, "export": export.SIZES}[command]
    assert all(f"| ×{size} |" in between(command) for size in sizes)


def test_the_page_names_the_one_command_and_every_script() -> None:
    assert "    python tests/bench/page.py --copies DIR " in TEXT
    assert all(f"    python tests/bench/{part.name}.py" in TEXT for part in page.PARTS)


def test_all_of_it_ends_in_time() -> None:
    assert sum(part.seconds for part in page.PARTS) <= 25 * 60


def test_a_place_is_filled_and_nothing_else() -> None:
    begin, end = page.marks("x")
    assert page.fill(f"a\n{begin}old\n{end}\nb\n", "x", r"\1 new") == f"a\n{begin}\n\\1 new\n\n{end}\nb\n"
    with pytest.raises(ValueError, match="end of y"):
        page.fill(begin + end, "y", "new")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page with two benchmarks: one that prints a table, and one of the test's own."""
    begins = "".join("".join(page.marks(name)) + "\n" for name in ("one", "two"))
    (tmp_path / "README.md").write_text(begins, "utf-8")
    (tmp_path / "one.py").write_text("import sys\nprint('told', *sys.argv[1:])\n", "utf-8")
    monkeypatch.setattr(page, "HERE", tmp_path)
    monkeypatch.setattr(page, "PAGE", tmp_path / "README.md")
    return tmp_path


def parts(**changes: object) -> tuple[page.Part, ...]:
    other = page.Part("two", (), (), 30)._replace(**changes)  # type: ignore[arg-type]
    return (page.Part("one", ("--long",), ("--short",), 30), other)


def test_what_is_printed_is_written_and_in_a_hurry_only_shown(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "PARTS", parts())
    assert page.main(["--only", "one", "--quick"]) == 0
    assert "told --short" in capsys.readouterr().out
    assert "told" not in (place / "README.md").read_text("utf-8")
    assert page.main(["--only", "one"]) == 0
    assert "Measured on " in (place / "README.md").read_text("utf-8")
    assert "\n\ntold --long\n\n<!-- end of one.py -->" in (place / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "case",
    [
        ("", {"packages": ("no_such_package",)}, "two: no_such_package is not there"),
        ("", {"programs": ("no-such-program",)}, "two: no-such-program is not there"),
        ("raise SystemExit(3)", {}, "two: failed"),
        ("import select; select.select([], [], [], 60)", {"seconds": 0.5}, "two: took longer than"),
    ],
)
def test_a_benchmark_that_gives_nothing_keeps_its_table(
    case: tuple[str, dict[str, object], str],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, changes, said = case
    (place / "two.py").write_text(code, "utf-8")
    monkeypatch.setattr(page, "PARTS", parts(**changes))
    assert page.main([]) == (0 if "is not there" in said else 1)
    assert said in capsys.readouterr().err
    text = (place / "README.md").read_text("utf-8")
    assert "told --long" in text
    assert "".join(page.marks("two")) in text


@pytest.mark.slow
def test_one_short_run_gives_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert page.main(["--only", "first_line", "--quick"]) == 0
    printed = capsys.readouterr().out
    assert printed != TEXT
    assert heads(printed) == heads(TEXT)
