"""How long a reader waits for the first line and the first whole screen, held against the start of Python and rich.

    python -m tests.bench.first_line [--story DIR] [--runs N] [--scene-bytes N] [--check]

Four commands take turns: `import rich.console` (the floor), `retell --version`, and on a real pseudo-terminal the
telling of a story, and of a story of 150 scenes made from it. A run of the telling ends when the story's title and the
footer beneath the whole title page have been read from the terminal. The medians are printed as a Markdown table; with
`--check` the exit code is 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from retell.story.library import shipped_root

FLOOR_CODE = "import rich.console"
TELLING_CODE = "from retell.__main__ import main; main()"  # as the installed command has it
CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48, control sequences
LONG_STORY_SCENES = 150
SCENE_BYTES = 6000
BEAT_BYTES = 400
FOOTER = "q: stop"
MOST_VERSION, MOST_TITLE, MOST_SCREEN = 1.1, 1.5, 2.0  # times the floor
MOST_OVER_STORY = 1.5  # the title of the long story, times that of the story
FEWEST_RUNS = 15
PATIENCE = 30.0


class Times(NamedTuple):
    """The median times, in milliseconds."""

    floor: float
    version: float
    story: float
    screen: float
    long_story: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and give the exit code."""
    parser = argparse.ArgumentParser(description="Time to the first line of the story.")
    parser.add_argument("--story", type=Path, default=shipped_root(), help="a folder that holds story/ and cards/")
    parser.add_argument("--runs", type=int, default=2 * FEWEST_RUNS + 1, help="how often each command runs")
    parser.add_argument(
        "--scene-bytes", type=int, default=SCENE_BYTES, help="least length of a scene of the long story; 0: as it is"
    )
    parser.add_argument("--check", action="store_true", help="exit code 1 when a limit is missed")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        long_story = write_long_story(chosen.story, Path(folder) / "long", size=chosen.scene_bytes)
        times = measure(chosen.story, long_story, chosen.runs, Path(folder) / "bytecode")
    print(table(times))
    return 1 if chosen.check and missed(times) else 0


def measure(story: Path, long_story: Path, runs: int, bytecode: Path) -> Times:
    """Run the commands in turn, so that whatever else the machine does weighs on all of them."""
    environment = terminal_environment(bytecode)
    found: list[tuple[float, ...]] = []
    for _ in range(runs + 1):
        floor = seconds_to_end(FLOOR_CODE, (), environment)
        version = seconds_to_end(TELLING_CODE, ("--version",), environment)
        title, screen = seconds_to_words(story, environment, _title(story), FOOTER)
        found.append((floor, version, title, screen, seconds_to_title(long_story, environment)))
    # the first turn writes the bytecode, as an installation does
    return Times(*(1000 * statistics.median(column) for column in zip(*found[1:], strict=True)))


def seconds_to_end(code: str, arguments: Sequence[str], environment: dict[str, str]) -> float:
    """Time a program from its start to its end."""
    start = time.perf_counter()
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def seconds_to_title(story: Path, environment: dict[str, str]) -> float:
    """Time the telling from its start until its title has been read from the terminal."""
    return seconds_to_words(story, environment, _title(story))[0]


def seconds_to_words(story: Path, environment: dict[str, str], *awaited: str) -> list[float]:
    """Time the telling from its start until each of some words, in turn, has been read from the terminal."""
    reader, terminal = os.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", TELLING_CODE, "--story", str(story)],
        env=environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    try:
        seen = b""
        times = []
        for words in awaited:
            seen = _read_until(words, reader, seen, start + PATIENCE)
            times.append(time.perf_counter() - start)
        return times
    finally:
        process.kill()
        process.wait()
        os.close(reader)


def write_long_story(story: Path, target: Path, scenes: int = LONG_STORY_SCENES, size: int = SCENE_BYTES) -> Path:
    """Write a story of so many scenes, each of at least so many bytes, made of another story's scenes and cards."""
    (target / "story").mkdir(parents=True)
    shutil.copytree(story / "cards", target / "cards")
    head = _head(story)
    originals = sorted((story / "story").glob("[0-9]*.yaml"))
    texts = [_lengthened(path.read_text("utf-8"), size) for path in originals]
    head["scenes"] = [f"scene-{number}" for number in range(1, scenes + 1)]
    (target / "story" / "story.yaml").write_text(_as_yaml(head), "utf-8")
    for i, name in enumerate(head["scenes"]):
        (target / "story" / f"{i + 1:03}-{name}.yaml").write_text(texts[i % len(texts)], "utf-8")
    return target


def table(times: Times) -> str:
    """Write the figures as a Markdown table."""

    def over_floor(taken: float) -> str:
        return f"{taken / times.floor:.2f} × floor"

    rows = [
        ("floor: `import rich.console`", times.floor, "", ""),
        ("`retell --version`", times.version, over_floor(times.version), f"{MOST_VERSION} × floor"),
        ("a story's title", times.story, over_floor(times.story), f"{MOST_TITLE} × floor"),
        ("its first whole screen", times.screen, over_floor(times.screen), f"{MOST_SCREEN} × floor"),
        (
            f"title of {LONG_STORY_SCENES} scenes",
            times.long_story,
            f"{over_floor(times.long_story)}, {times.long_story / times.story:.2f} × story",
            f"{MOST_OVER_STORY} × story",
        ),
    ]
    lines = ["| what | time, ms | ratio | limit |", "|---|---:|---|---|"]
    lines += [f"| {what} | {time_taken:.0f} | {ratio} | {limit} |" for what, time_taken, ratio, limit in rows]
    return "\n".join(lines)


def missed(times: Times) -> bool:
    """Say whether a limit is missed."""
    limits = ((times.version, MOST_VERSION), (times.story, MOST_TITLE), (times.screen, MOST_SCREEN))
    return times.long_story > MOST_OVER_STORY * times.story or any(taken > most * times.floor for taken, most in limits)


def terminal_environment(bytecode: Path) -> dict[str, str]:
    """Give the environment of a telling on a terminal, with a folder of its own for the bytecode."""
    unset = ("NO_COLOR", "RETELL_PACE", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return {**kept, "TERM": "xterm-256color", "PYTHONPYCACHEPREFIX": str(bytecode)}


def _title(story: Path) -> str:
    return str(_head(story)["title"]).upper()


def _head(story: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((story / "story" / "story.yaml").read_text("utf-8")))


def _read_until(words: str, reader: int, seen: bytes, deadline: float) -> bytes:
    """Read until the words have come; returns all that has been read."""
    while words not in CONTROL.sub("", seen.decode("utf-8", "ignore")):
        if not select.select([reader], [], [], max(0.0, deadline - time.perf_counter()))[0]:
            raise TimeoutError(f"no '{words}' on the terminal, only: {seen!r}")
        try:
            seen += os.read(reader, 65536)
        except OSError:  # Linux's way to say that the other side has closed
            raise RuntimeError(f"the telling ended before '{words}': {seen!r}") from None
    return seen


def _lengthened(text: str, size: int) -> str:
    """Repeat a scene's narration, in beats of a real scene's length, until the scene is long enough."""
    scene = yaml.load(text, Loader=yaml.BaseLoader)  # dates stay as they are written
    if len(text) >= size:
        return text
    narration = [beat["say"] for beat in scene["beats"] if "say" in beat] or [scene["gist"]]
    for said in cycle(narration):
        scene["beats"].append({"say": " ".join([said] * (1 + BEAT_BYTES // len(said)))})
        text = _as_yaml(scene)
        if len(text) >= size:
            break
    return text


def _as_yaml(data: Any) -> str:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(data, Dumper=Dumper, width=118, allow_unicode=True, sort_keys=False)


if __name__ == "__main__":
    sys.exit(main())
