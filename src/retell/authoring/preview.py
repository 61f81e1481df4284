"""Show a scene of a story that may have faults as it is told, each fault in its place."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from retell.checks import check, report
from retell.checks.evidence.examination import check_with_copies
from retell.problems import RetellError
from retell.script.placeholders import complete
from retell.script.resolver import StoryFigures, scene_steps
from retell.story.invocation import call
from retell.story.kinds import noun_for
from retell.story.library import forms
from retell.story.texts import disputes_in
from retell.terminal.layout.steps import draw
from retell.terminal.printing import show_lines

if TYPE_CHECKING:
    from rich.console import Console

    from retell.problems import Problem
    from retell.script.steps import Step
    from retell.story.library import Entry, Library
    from retell.story.model import Scene

MOST_CHARACTERS = 2_500_000
"""How much is drawn of a scene, with the cards that it names: more than the largest file has."""
HEAD, END, ELSEWHERE = -1, -2, -3  # where a problem is shown, if not under a beat, which has its number


def show(library: Library, path: Path, console: Console, copies: Path | None = None) -> list[Problem]:
    """Draw a scene as wide as the console is, with its problems in place; return all problems of the story.

    With a folder of copies, what they do not bear out is among the problems. Raises RetellError when the file is no
    scene of the library.
    """
    if _is_elsewhere(library, path):
        raise RetellError(f"{path} is no scene of the story in {library.root}")
    problems = check_with_copies(library, copies)[0] if copies or library.documents else check(library)
    scene = next((scene for scene in library.scenes.values() if Path(scene.file.name).name == path.name), None)
    if scene is None:
        report.show(problems, console, page=True)
        why = "is no scene: scenes are story/NN-name.yaml" if path.exists() else "does not exist"
        raise RetellError(f"{path} {why}")
    placed = _sort(problems, library, scene)
    if scene.file.root is None:
        _conclude(library, placed, console, copies)
        return problems
    told = _steps(library, scene)
    if sum(len(text) for steps in told.values() for step in steps for text in step.texts) > MOST_CHARACTERS:
        raise RetellError(f"{path} tells more than {MOST_CHARACTERS:,} characters: make two scenes of it")
    for place, steps in told.items():
        for step in steps:
            show_lines(console, draw(step, console.width, columns=console.is_terminal))
        if place in placed:
            report.show(placed[place], console, page=True)
            console.print()
    _conclude(library, placed, console, copies)
    return problems


def _conclude(library: Library, placed: dict[int, list[Problem]], console: Console, copies: Path | None) -> None:
    """Say how many problems the scene has, show the first again, as the end of a long scene is all that is seen."""
    elsewhere = placed.pop(ELSEWHERE, [])
    here = [problem for place in sorted(placed, key=_order) for problem in placed[place]]
    first = next((problem for problem in here if problem.level == "error"), here[0] if here else None)
    said = f"this scene: {report.summary(here)}{'; the first:' if first else ''}"
    _say(said, "bold", console)
    report.show([first] if first else (), console, page=True)
    if copies is None and len(library.documents) < len(library.sources):
        _say(
            f"not held against your copies of the {noun_for(forms(library.sources)).many}: --copies DIR", "dim", console
        )
    if elsewhere:
        _say(f"elsewhere in the story: {report.summary(elsewhere)}; see: {call(library.root)} check", "dim", console)


def _say(line: str, style: str, console: Console) -> None:
    for part in report.broken_lines(Text(line, style=style), console.width):
        console.print(part, soft_wrap=True, highlight=False)


def _order(place: int) -> tuple[bool, int]:
    """Return what sorts the places of problems as the scene shows them."""
    return place == END, place


def _is_elsewhere(library: Library, path: Path) -> bool:
    """Return whether a file is there, but not in this story's folder of scenes; a zip's are known by their names."""
    return library.root.is_dir() and path.exists() and not path.parent.samefile(library.root / "story")


def _steps(library: Library, scene: Entry[Scene]) -> dict[int, list[Step]]:
    """Return the steps of a scene by the number of their beat, with a place for what stands before and after them."""
    whole = complete(library)
    told = next(told for told in whole.scenes if told.id == scene.id)
    listed = msgspec.structs.replace(whole, scenes=tuple(other for other in whole.scenes if other.number))
    heading, *steps = scene_steps(whole, told, StoryFigures(listed))
    found: dict[int, list[Step]] = {HEAD: [heading], **{i: [] for i in range(len(scene.form.beats))}, END: []}
    for i, group in groupby(steps, key=lambda step: step.place.beat):
        found[i] += group
    return found


def _sort(problems: list[Problem], library: Library, scene: Entry[Scene]) -> dict[int, list[Problem]]:
    """Sort problems by where they are shown: under the beat that they stand in, or whose dispute they stand in."""
    anchors = sorted(_anchors(scene))
    disputes = {
        library.disputes[name].file.name: i
        for i, beat in reversed(list(enumerate(scene.form.beats)))
        for name in disputes_in([beat])
        if name in library.disputes
    }
    placed: dict[int, list[Problem]] = {}
    for problem in problems:
        where = disputes.get(problem.location.file, ELSEWHERE)
        if problem.location.file == scene.file.name:
            at = bisect_right(anchors, (problem.location.line, len(scene.form.beats)))
            where = anchors[at - 1][1] if at else HEAD
        placed.setdefault(where, []).append(problem)
    return placed


def _anchors(scene: Entry[Scene]) -> list[tuple[int, int]]:
    """Return the line in which each beat and each other field of a scene begins, and where its problems are shown."""
    fields = scene.file.data if isinstance(scene.file.data, dict) else {}
    anchors = [(scene.file.locate((name,), key=True).line, END if name == "questions" else HEAD) for name in fields]
    beats = range(len(scene.form.beats))
    return anchors + [(scene.file.locate(("beats", i)).line, i) for i in beats]
