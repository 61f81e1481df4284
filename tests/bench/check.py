"""How the time of the check grows with the story, held against the time that loading takes.

    python -m tests.bench.check [--story DIR] [--copies DIR] [--times 1,2,4,6] [--runs N] [--check]

The first size is the story as it ships, whose statements people have read. For each other size a story is made of so
many copies of its scenes and disputes, each paragraph of which begins with a word of its own; nobody has read those, so
that every doubt of the check is looked for. Loading, the check without copies and the check with them are timed in one
process, by the processor, one after the other, for a processor has slower and faster minutes; of the runs the one with
the middle ratio counts.
Without `--copies` (or RETELL_COPIES) the third is left out. With `--check` the exit code is 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

from retell.checks import check
from retell.checks.evidence.examination import prove
from retell.story.library import load, shipped_root

SIZES = (1, 2, 4, 6)
MOST_WITHOUT_COPIES = 2.0
MOST_WITH_COPIES = 5.0
MOST_GROWTH = 1.2
NO_SCENES = ("story.yaml", "class.yaml", "wording.yaml", "readings.yaml")
T = TypeVar("T")


class Times(NamedTuple):
    """One size of a story: how many times the first, its words and citations, and three times in seconds."""

    size: int
    words: int
    citations: int
    loading: float
    checking: float
    proving: float | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and give the exit code."""
    parser = options("Time of the check as the story grows.", SIZES, runs=3, copies=True)
    chosen = parser.parse_args(arguments)
    copies = Path(chosen.copies) if chosen.copies else None
    rows = [measure(chosen.story, copies, int(size), chosen.runs) for size in chosen.times.split(",")]
    print(table(rows))
    return 1 if chosen.check and missed(rows) else 0


def measure(story: Path, copies: Path | None, size: int, runs: int) -> Times:
    """Time a story of one size; a library is read anew for each run, for it keeps what was parsed."""
    with tempfile.TemporaryDirectory() as folder:
        root = story if size == 1 else write_large_story(story, Path(folder) / "large", size)
        measured = []
        for _ in range(runs):
            library, loading = timed(partial(load, root))
            checking = timed(partial(check, library))[1]
            proving = checking + timed(partial(prove, library, copies))[1] if copies else None
            measured.append((loading, checking, proving))
        passages = [passage.prose for passage in library.passages()]
        words = sum(prose.words for prose in passages)
        citations = sum(len(prose.citations) for prose in passages)
    measured.sort(key=lambda each: (each[2] or each[1]) / each[0])
    return Times(size, words, citations, *measured[(len(measured) - 1) // 2])


def options(description: str, sizes: Sequence[int], *, runs: int, copies: bool) -> argparse.ArgumentParser:
    """Give the options of a benchmark that is measured as the story grows."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--story", type=Path, default=shipped_root(), help="a folder that holds story/ and cards/")
    if copies:
        known = os.environ.get("RETELL_COPIES")
        parser.add_argument("--copies", type=Path, default=known, help="copies of the articles")
    parser.add_argument("--times", default=",".join(map(str, sizes)), help="how many times the story, with commas")
    parser.add_argument("--runs", type=int, default=runs, help="how often each is done")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a limit is missed")
    return parser


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """Do something, and say how long the processor took, which other work disturbs less than the clock."""
    start = time.process_time()
    result = action()
    return result, time.process_time() - start


def write_large_story(story: Path, target: Path, times: int) -> Path:
    """Write a story of so many copies of another's scenes and disputes, no two of their paragraphs alike.

    Only the first copy has the figures: each of them names every scene, so that as many as there are copies would grow
    with the square of the story.
    """
    for folder in ("sources", "voices", "places", "terms"):
        shutil.copytree(story / "cards" / folder, target / "cards" / folder)
    head = _read(story / "story" / "story.yaml")
    scenes = {path: _read(path) for path in sorted((story / "story").glob("*.yaml")) if path.name not in NO_SCENES}
    disputes = {path.stem: _read(path) for path in sorted((story / "cards" / "disputes").glob("*.yaml"))}
    head["scenes"] = []
    for folder in ("story", "cards/disputes"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    for i in range(times):
        mark = in_letters(i)
        for path, scene in scenes.items():
            name = f"{re.sub(r'^[0-9]+-', '', path.stem)}-{mark}"
            head["scenes"].append(name)
            beats = [beat for beat in scene["beats"] if i == 0 or "figure" not in beat]
            _write(target / "story" / f"{i:04}-{name}.yaml", _marked({**scene, "beats": beats}, mark))
        for name, dispute in disputes.items():
            _write(target / "cards" / "disputes" / f"{name}-{mark}.yaml", _marked(dispute, mark))
    _write(target / "story" / "story.yaml", head)
    return target


def in_letters(number: int) -> str:
    """Write a number so that it is a word and no number, as "Xd" would be in Roman figures."""
    return f"q{''.join('abcdefghij'[int(digit)] for digit in str(number))}"


def table(rows: Sequence[Times]) -> str:
    """Write the figures as a Markdown table, and how each time grows with the words."""
    lines = [
        "| story | words | citations | loading, s | check, s | ratio | check with copies, s | ratio |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        proving = f"{row.proving:.2f} | {row.proving / row.loading:.2f}" if row.proving else "– | –"
        lines.append(
            f"| {'as it ships' if row.size == 1 else f'×{row.size}, unread'} | {row.words} | {row.citations} "
            f"| {row.loading:.2f} | {row.checking:.2f} | {row.checking / row.loading:.2f} | {proving} |"
        )
    lines += ["", *(f"{name} grows as words^{exponent:.2f}" for name, exponent in growth(rows).items())]
    return "\n".join(lines)


def growth(rows: Sequence[Times]) -> dict[str, float]:
    """Give each time's growth from the least unread story to the greatest, as an exponent: 1 is linear."""
    unread = [row for row in rows if row.size > 1] or rows
    first, last = unread[0], unread[-1]
    if first.words == last.words:
        return {}
    longer = math.log(last.words / first.words)
    found = {
        "loading": math.log(last.loading / first.loading) / longer,
        "check": math.log(last.checking / first.checking) / longer,
    }
    if first.proving and last.proving:
        found["check with copies"] = math.log(last.proving / first.proving) / longer
    return found


def missed(rows: Sequence[Times]) -> bool:
    """Say whether a limit is missed."""
    if any(exponent > MOST_GROWTH for exponent in growth(rows).values()):
        return True
    return any(
        row.checking > MOST_WITHOUT_COPIES * row.loading or (row.proving or 0) > MOST_WITH_COPIES * row.loading
        for row in rows
    )


def _marked(data: Any, mark: str) -> Any:
    """Give a file's data with a word of its own before each prose text, and its disputes' names."""
    if isinstance(data, list):
        return [_marked(item, mark) for item in data]
    if not isinstance(data, dict):
        return data
    marked = {}
    for name, value in data.items():
        if isinstance(value, str) and value.startswith("@"):
            marked[name] = value  # who says what students mark is a citation
        elif name in ("gist", "say", "says", "ask", "answer", "lead", "aside", "note"):
            marked[name] = f"{mark.capitalize()}: {value}"
        else:
            marked[name] = f"{value}-{mark}" if name == "accounts" else _marked(value, mark)
    return marked


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader))  # dates stay as they are written


def _write(path: Path, data: Any) -> None:
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, width=118, allow_unicode=True, sort_keys=False)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
