"""What reading a reader's copies adds to the check, in each format.

    python tests/bench/copies.py [--copies DIR] [--runs N] [--check]

The check without copies, and the reading of all copies as plain text, as web pages and as PDF, are timed in one
process, by the clock (PDF is read by another process); of the runs the middle one counts. With `--check` the exit code
is 1 when plain text adds more than 60 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from retell.checks import check
from retell.copies.article import article_in
from retell.copies.readers.opening import read_page
from retell.copies.saved import hold
from retell.story.library import load, shipped_root
from tests.support.savers import as_page, as_pdf, as_text, as_word

MOST_MS = 60.0
FORMATS = {
    "wrapped text": (".txt", as_text),
    "web pages": (".html", as_page),
    "Word": (".docx", as_word),
    "PDF": (".pdf", as_pdf),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and give the exit code."""
    parser = argparse.ArgumentParser(description="What reading the copies adds to the check.")
    parser.add_argument("--copies", default=os.environ.get("RETELL_COPIES"), help="copies of the articles, as KEY.txt")
    parser.add_argument("--runs", type=int, default=7, help="how often each is done")
    parser.add_argument("--check", action="store_true", help="exit code 1 when the limit is missed")
    chosen = parser.parse_args(arguments)
    if not chosen.copies:
        parser.error("the copies of the articles are needed: --copies, or RETELL_COPIES")
    library = load(shipped_root())
    sources = {key: source.form for key, source in library.sources.items()}
    checking = middle(lambda: check(load(shipped_root())), chosen.runs)
    print("| | ms | of the check without copies |\n|---|---:|---:|")
    print(f"| loading and check, without copies | {checking:.0f} | 1.00 |")
    plain = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, path in saved(Path(chosen.copies), list(sources), Path(folder)).items():
            taken = middle(lambda path=path: hold(sources, path), chosen.runs)  # type: ignore[misc]
            plain = plain or taken
            print(f"| five copies, {name} | {taken:.0f} | {taken / checking:.2f} |")
    return 1 if chosen.check and plain > MOST_MS else 0


def saved(copies: Path, keys: Sequence[str], folder: Path) -> dict[str, Path]:
    """Save the articles in each format, a folder each; plain text comes first."""
    folders = {"plain text": folder / "plain"}
    folders["plain text"].mkdir()
    for key in keys:
        (folders["plain text"] / f"{key}.txt").write_bytes((copies / f"{key}.txt").read_bytes())
    for name, (ending, saver) in FORMATS.items():
        folders[name] = folder / ending[1:]
        folders[name].mkdir()
        for key in keys:
            paragraphs = article_in(read_page(copies / f"{key}.txt")).paragraphs
            (folders[name] / f"{key}{ending}").write_bytes(saver(paragraphs))
    return folders


def middle(action: Callable[[], object], runs: int) -> float:
    """Do something so often, and give the middle time in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
