"""Check that dates fit: a scene's its phase and the scenes before it, a source's the edition, a weekday its day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.evidence.days import WEEKDAYS
from retell.checks.evidence.quantities import quantities
from retell.checks.narrator import texts
from retell.problems import Rule
from retell.story.instants import Instant, days_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.narrator import Narration
    from retell.problems import Problem
    from retell.story.library import Library
    from retell.story.model import Story

DATE_OUT_OF_PLACE = Rule(
    "date-out-of-place",
    "A scene lies in its phase and is told in its turn; no source is later than the edition.",
    level="warning",
    message="this scene is dated {when}, and its phase {span}",
    help="correct 'when:', or the phase, or its span in story.yaml",
)
OUT_OF_TURN = DATE_OUT_OF_PLACE.saying(
    "this scene is dated {when}, and the one told before it {other} ({file})",
    "correct 'when:', or the order of 'scenes:' in story.yaml",
)
AFTER_THE_EDITION = DATE_OUT_OF_PLACE.saying(
    "this source is of {when}, after the edition of {edition} that tells it",
    "correct '{field}:', or 'edition:' in story.yaml",
)

WEEKDAY_DIFFERS = Rule(
    "weekday-differs",
    "A weekday is that of the date beside it.",
    level="warning",
    message="{date} is no {weekday}",
    help="correct the weekday or the date, as the source has them",
)
WEEKDAY = re.compile("|".join(WEEKDAYS))
BETWEEN = re.compile(r",? (?:the )?")


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of this family."""
    for text in texts(library):
        yield from _weekdays(text, library)
    if library.story is None:
        return
    story = library.story.form
    yield from _scenes(library, story)
    for source in library.sources.values():
        for field, when in (("issued", source.form.issued), ("original-date", source.form.original_date)):
            # a story.yaml that cannot be read has no edition
            if when and story.edition and when.first > story.edition.last:
                place = source.file.locate((field,))
                yield AFTER_THE_EDITION.at(place, when=when, edition=story.edition, field=field)


def _weekdays(text: Narration, library: Library) -> Iterator[Problem]:
    """Yield the weekdays of a text that the day behind them has not; without a year it is that of the scene."""
    told = text.own
    if not WEEKDAY.search(told):
        return
    numbers = quantities(told)
    for at, number in enumerate(numbers):
        behind = [each for each in numbers[at + 1 : at + 4] if BETWEEN.fullmatch(told, number.end, each.start)]
        found = {each.kind: each for each in behind}
        if number.kind != "weekday" or "day" not in found:
            continue
        years = [int(found["year"].value)] if "year" in found else _years(text, library)
        month, day = divmod(int(found["day"].value), 100)
        days = [Instant(year, month, day) for year in years if day <= days_in(year, month)]
        if days and all(int(number.value) not in each.weekdays for each in days):
            shown = told[found["day"].start : found["day"].end]
            year = "" if "year" in found else f" {years[0]}"
            weekday = told[number.start : number.end]
            yield WEEKDAY_DIFFERS.at(text.locate(number.start), date=f"{shown}{year}", weekday=weekday)


def _years(text: Narration, library: Library) -> list[int]:
    """Return the year of the scene that a text belongs to; none where it has several or the text is of no scene."""
    scene = next((scene for scene in library.scenes.values() if scene.file is text.file), None)
    when = scene.form.when if scene else None
    return [when.first.year] if when and when.first.year == when.last.year else []


def _scenes(library: Library, story: Story) -> Iterator[Problem]:
    """Yield the scenes that lie wholly outside their phase, or wholly before the scene that is told before them."""
    phases = {phase.id: phase for phase in story.phases}
    last = None
    for scene in library.told():
        when, phase = scene.form.when, phases.get(scene.form.phase)
        if when is None or phase is None or phase.frame:
            continue
        place = scene.file.locate(("when",))
        if phase.span and (when.last < phase.span.first or when.first > phase.span.last):
            yield DATE_OUT_OF_PLACE.at(place, when=when, span=phase.span)
        elif last and last.form.when and when.last < last.form.when.first:
            yield OUT_OF_TURN.at(place, when=when, other=last.form.when, file=last.file.name)
        last = scene
