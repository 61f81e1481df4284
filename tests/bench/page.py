"""All benchmarks in turn; what each prints goes into its place in README.md, where no table is typed by hand.

    python -m tests.bench.page [--only NAME]... [--copies DIR] [--lookatme PROGRAM] [--quick]

A benchmark whose program is absent keeps the table that it has, and so does one that fails or takes longer than it may;
both are said on standard error, and the latter two by exit code 1. All of them together take 25 minutes at most. With
`--quick` small stories are measured, and the page is printed instead of written.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PAGE = HERE / "README.md"
GRACE = 10.0  # seconds for a benchmark that is stopped to end what it has started


class Part(NamedTuple):
    """A benchmark: its script, what it is told, what it is told when it shall be quick, its most seconds, its needs."""

    name: str
    arguments: tuple[str, ...]
    quick: tuple[str, ...]
    seconds: float
    programs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


PARTS = (
    Part("growth", ("--runs", "1"), ("--times", "1,10", "--runs", "1"), 480),
    Part("first_line", (), ("--runs", "5"), 60),
    Part("reader", (), ("--waits", "1", "--keys", "30"), 90),
    Part("peers", ("--words", "2500"), ("--words", "200"), 360, programs=("patat", "lookatme")),
    Part("check", ("--runs", "3"), ("--times", "2,10", "--runs", "1"), 240),
    Part("export", ("--runs", "1"), ("--times", "1,10", "--runs", "1"), 270, packages=("pypandoc",)),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the page or print it, and give the exit code."""
    parser = argparse.ArgumentParser(description="All benchmarks, into their page.")
    names = [part.name for part in PARTS]
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--copies", type=Path, default=os.environ.get("RETELL_COPIES"), help="copies of the articles")
    parser.add_argument("--lookatme", default="lookatme", metavar="PROGRAM", help="its path")
    parser.add_argument("--quick", action="store_true", help="small stories; print the page instead of writing it")
    chosen = parser.parse_args(arguments)
    if chosen.copies:
        os.environ["RETELL_COPIES"] = str(chosen.copies)
    places = {"lookatme": chosen.lookatme}
    measured = surroundings(chosen.quick)
    page, failed = PAGE.read_text("utf-8"), False
    for part in (part for part in PARTS if part.name in (chosen.only or names)):
        if absent := missing(part, places):
            _say(f"{part.name}: {', '.join(absent)} is not there, so its table stays as it is")
            continue
        printed = run(part, chosen.quick, places)
        failed = failed or printed is None
        if printed is not None:
            page = fill(page, part.name, f"{measured}\n\n{printed}")
            if not chosen.quick:
                PAGE.write_text(page, "utf-8")
    if chosen.quick:
        print(page, end="")
    return 1 if failed else 0


def missing(part: Part, places: dict[str, str]) -> list[str]:
    """Give the names of what a benchmark needs and this machine does not have."""
    programs = [name for name in part.programs if not shutil.which(places.get(name, name))]
    return programs + [name for name in part.packages if importlib.util.find_spec(name) is None]


def run(part: Part, quick: bool, places: dict[str, str]) -> str | None:
    """Run a benchmark within its time; give what it printed, or None when it failed, which is said."""
    told = [*(part.quick if quick else part.arguments)]
    told += [text for name in part.programs if name in places for text in (f"--{name}", places[name])]
    _say(f"{part.name}: at most {part.seconds:.0f} s")
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.{part.name}", *told],
        cwd=HERE.parent.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    try:
        printed, _ = process.communicate(timeout=part.seconds)
    except subprocess.TimeoutExpired:
        _stop(process)
        _say(f"{part.name}: took longer than {part.seconds:.0f} s, so its table stays as it is")
        return None
    if process.returncode:
        _say(f"{part.name}: failed, so its table stays as it is")
        return None
    _say(f"{part.name}: {time.monotonic() - began:.0f} s")
    return printed.decode().strip()


def fill(page: str, name: str, text: str) -> str:
    """Give the page with other text between a benchmark's marks; raises ValueError when they are not there."""
    begin, end = marks(name)
    filled, times = re.subn(
        f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: f"{begin}\n{text}\n\n{end}", page, flags=re.DOTALL
    )
    if times != 1:
        raise ValueError(f"{PAGE.name} needs '{begin}' and '{end}' once")
    return filled


def marks(name: str) -> tuple[str, str]:
    """Give the lines before and after what a benchmark has printed."""
    return f"<!-- {name}.py -->\n", f"<!-- end of {name}.py -->"


def surroundings(quick: bool) -> str:
    """Say when and where it is measured, and how busy the machine is with other work before it begins."""
    python = f"Python {platform.python_version()} on {platform.system()}"
    busy = f", {os.getloadavg()[0]:.1f} programs at work on them before" if hasattr(os, "getloadavg") else ""
    short = ", in a hurry," if quick else ""
    return f"Measured on {datetime.now(UTC):%Y-%m-%d}{short} with {python}, {os.cpu_count()} processors{busy}:"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Interrupt a benchmark, so that it ends what it has started; kill one that does not."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
