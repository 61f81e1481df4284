"""Check that a quarrel is told from more than one side, and that no side always has the first word.

The press reports, and is no side of a quarrel; a voice of
side `other` stands for itself. The figures of same-side-first are ours: two thirds leave room for chance, and below
three disputes any order favours somebody.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from retell.copies.text import words_of
from retell.figures.voices import OTHER, PRESS, camp, side_name
from retell.files.rules import UNPRINTABLE_CHARACTER
from retell.problems import Rule
from retell.story.library import forms
from retell.story.texts import disputes_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.problems import Problem
    from retell.story.cards import Dispute, Voice
    from retell.story.library import Entry, Library

FEWEST_DISPUTES = 3
MOST_OPENED = Fraction(2, 3)
MOST_LETTERS = 60  # no side of a quarrel has a longer name; longer ones are not compared
FEWEST_LETTERS = 5  # Iran and Iraq are two sides
ONE_SIDED_DISPUTE = Rule(
    "one-sided-dispute",
    "A dispute hears more than one side, or says who is silent.",
    message="every position here comes from one side, {side}, and nobody is said to be silent",
    help="add a position of another side, or say in 'silent:' who is not heard",
)
ONE_SIDE_AND_PRESS = ONE_SIDED_DISPUTE.saying(
    "but for the press, every position here comes from one side, {side}, and nobody is said to be silent",
    ONE_SIDED_DISPUTE.help,
)
MISSPELT_SIDE = Rule(
    "misspelt-side",
    "No two sides are a single letter apart.",
    level="warning",
    message="the side '{side}' is a single letter from the side '{meant}'",
    help="did you mean '{meant}'?",
)
SIDE_OF_ANOTHER = MISSPELT_SIDE.saying(
    "the role has '{word}', as the side '{other}' is called, and the side is '{side}'", "correct the one or the other"
)
SIDE_OF_NOBODY = MISSPELT_SIDE.saying("no voice is of the side '{side}', which has a title here", "{nearest}")
SAME_SIDE_FIRST = Rule(
    "same-side-first",
    "No side speaks first in more than two thirds of three or more disputes.",
    level="warning",
    message="in {times} of {disputes} disputes {opener} speaks first",
    help="{help}",
)


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of this family."""
    for dispute in library.disputes.values():
        yield from _one_sided(library, dispute)
    yield from _misspelt_sides(library)
    yield from _sides_of_others(library)
    yield from _titled_sides(library)
    yield from _same_side_first(library)


def _one_sided(library: Library, dispute: Entry[Dispute]) -> Iterator[Problem]:
    sides = _sides(library, dispute)
    voices = {position.voice for position in dispute.form.positions}
    heard = [side for side in dict.fromkeys(sides) if side != PRESS]
    if len(voices) > 1 and sides and len(heard) <= 1 and not (dispute.form.silent or "").strip():
        place = dispute.file.locate(("positions",), key=True)
        rule = ONE_SIDE_AND_PRESS if heard and PRESS in sides else ONE_SIDED_DISPUTE
        yield rule.at(place, side=_name_of((heard or sides)[0], library))


def _misspelt_sides(library: Library) -> Iterator[Problem]:
    """Of two sides a letter apart, doubt the one that fewer voices have, or else the one that is met later."""
    voices_of: dict[str, list[Entry[Voice]]] = {}
    for voice in library.voices.values():
        voices_of.setdefault(voice.form.side, []).append(voice)
    trusted: dict[str, list[tuple[int, str]]] = {}  # by what is left of each without one of its letters
    often_first = sorted(voices_of, key=lambda side: -len(voices_of[side]))  # of equals, those that were met first
    for number, side in enumerate((PRESS, OTHER, *often_first)):
        if len(side) > MOST_LETTERS:
            continue
        shortened = {side, *(side[:at] + side[at + 1 :] for at in range(len(side)))}
        alike = {known for each in shortened for known in trusted.get(each, ()) if _letter_apart(side, known[1])}
        if alike and number > 1:
            _, meant = min(alike)
            for voice in voices_of[side]:
                yield MISSPELT_SIDE.at(voice.file.locate(("side",)), side=side, meant=meant)
            continue
        for each in shortened:
            trusted.setdefault(each, []).append((number, side))


def _sides_of_others(library: Library) -> Iterator[Problem]:
    """Doubt the side of each voice whose role says another side's word, or a name in its title, and not its own."""
    titles = library.story.form.sides if library.story else {}
    said_by: dict[str, set[str]] = {}  # by the first word of a side, and by each name in a title
    for side in {voice.form.side for voice in library.voices.values()} - {PRESS, OTHER}:
        names = [word for word in titles.get(side, "").split() if word[0].isupper() and word != "The"]
        for word in (*words_of(side)[:1], *names):
            said_by.setdefault(word, set()).add(side)
    for voice in library.voices.values():
        role, side = voice.form.role, voice.form.side
        words = words_of(role)
        found = {
            each: word
            for word in (*words, *role.split())
            for each in said_by.get(word, ())
            if not word.islower() or set(words_of(each)) <= set(words)
        }
        if side not in (PRESS, OTHER) and side not in found and len(found) == 1:
            ((other, word),) = found.items()
            yield SIDE_OF_ANOTHER.at(voice.file.locate(("side",)), word=word, other=other, side=side)


def _titled_sides(library: Library) -> Iterator[Problem]:
    """Doubt each side that story.yaml gives a title to and no voice has."""
    sides = {voice.form.side for voice in library.voices.values()}
    for side in library.story.form.sides if library.story else ():
        if side not in sides:
            assert library.story is not None, "it has the title"
            place = library.story.file.locate(("sides", side), key=True)
            yield SIDE_OF_NOBODY.at(place, side=side, nearest=library.nearest(side, sides))


def _letter_apart(side: str, known: str) -> bool:
    """Return whether a letter was left out, added or mistaken, or two were exchanged; short names may well be alike."""
    if side == known or max(len(side), len(known)) < FEWEST_LETTERS:
        return False
    same = next((i for i, (one, other) in enumerate(zip(side, known, strict=False)) if one != other), -1)
    one, other = (side[same:], known[same:]) if same >= 0 else (side[len(known) :], known[len(side) :])
    return one[1:] == other or one == other[1:] or one[1:] == other[1:] or one[1::-1] + one[2:] == other


def _same_side_first(library: Library) -> Iterator[Problem]:
    told = disputes_in(scene.form for scene in library.told())
    disputes = [library.disputes[name] for name in told if name in library.disputes]
    sides = [_sides(library, dispute) for dispute in disputes]
    if library.story is None or len(disputes) < FEWEST_DISPUTES or not all(sides):
        return
    ((first, times),) = Counter(each[0] for each in sides).most_common(1)
    if Fraction(times, len(disputes)) > MOST_OPENED:
        others = [d.id for d, each in zip(disputes, sides, strict=True) if each[0] == first and len(set(each)) > 1]
        place = library.story.file.locate(("scenes",), key=True)
        opener = _name_of(first, library)
        help_text = f"let another side's position stand first in one of: {', '.join(others)}" if others else ""
        yield SAME_SIDE_FIRST.at(place, times=times, disputes=len(disputes), opener=opener, help=help_text)


def _name_of(camp: str, library: Library) -> str:
    """Return what readers call a side, or a voice that stands for itself."""
    if camp in library.voices:
        return library.voices[camp].form.name
    return side_name(camp, library.story.form.sides if library.story else {})


def _sides(library: Library, dispute: Entry[Dispute]) -> list[str]:
    """Return the side of each position in order; none where a part of the card or of a voice's card cannot be read."""
    voices = [library.voices.get(position.voice) for position in dispute.form.positions]
    files = [dispute.file, *(voice.file for voice in voices if voice)]
    read = all(UNPRINTABLE_CHARACTER.same(problem) for file in files for problem in file.problems)
    if not read or not all(voices):
        return []
    return [camp(forms(library.voices), position.voice) for position in dispute.form.positions]
