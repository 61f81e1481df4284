"""Stage 7: the library in, a part of it out: the scenes asked for, or their gists, and only the cards that these need.

What comes out is a Library, so that all that can be made of a story can be made of a part of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from retell.figures.voices import told_disputes
from retell.script.resolver import scenes_of
from retell.story.mentions import used_cards, visible_texts
from retell.story.model import Accounts, Skill

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retell.story.lesson import Lesson
    from retell.story.library import Entry, Library
    from retell.story.model import MapRoad, Question, Scene, Story, StoryMap

FOR_STUDENTS = ("meaning", "answer")
NAMED_CODE = re.compile(r"\b([A-Z])(?= ¶\d)|\b[Aa]rticle ([A-Z])\b")
MOST_DISPUTES = 3  # those that a short handout tells where no card is marked


def excerpt(library: Library, parts: Sequence[str] = (), *, short: bool = False) -> Library:
    """Give the scenes of these parts (as `scenes_of` knows them; none: the whole story) and the cards that they need.

    A short one keeps of each scene its gist and the accounts and questions that are marked `short`, and of what is
    unknown the same. Raises UnknownNameError when the story has no such part.
    """
    kept = dict(
        sorted({number: scene for part in parts or ("",) for number, scene in scenes_of(library, part)}.items())
    )
    chosen = msgspec.structs.replace(library, scenes={scene.id: scene for scene in kept.values()})
    if parts:
        chosen = _without_what_tells_of_the_whole(chosen)
    return _with_needed_cards(_shortened(chosen) if short else chosen, whole=not parts)


def _without_what_tells_of_the_whole(library: Library) -> Library:
    assert library.story is not None, "only a whole story has parts"
    library = _with_story(library, msgspec.structs.replace(library.story.form, subtitle="", about=""))
    if library.lesson:
        library.lesson = _lesson_of(library.lesson, library.scenes)
    return library


def _lesson_of(lesson: Entry[Lesson], scenes: Collection[str]) -> Entry[Lesson]:
    """Keep of a lesson's misconceptions and unknowns those that belong to these scenes; its task is on the whole."""
    form = msgspec.structs.replace(
        lesson.form,
        misconceptions=tuple(entry for entry in lesson.form.misconceptions if entry.scene in scenes),
        unknown=tuple(entry for entry in lesson.form.unknown if entry.scene in scenes),
        task=None,
        starters=(),
    )
    return msgspec.structs.replace(lesson, form=form)


def _shortened(library: Library) -> Library:
    disputes = _short_disputes(library)
    questions = _short_questions(library)
    return msgspec.structs.replace(
        library,
        scenes={name: _shortened_scene(scene, disputes, questions) for name, scene in library.scenes.items()},
        lesson=_shortened_lesson(library.lesson) if library.lesson else None,
    )


def _shortened_scene(scene: Entry[Scene], disputes: set[str], questions: list[Question]) -> Entry[Scene]:
    form = msgspec.structs.replace(
        scene.form,
        beats=tuple(beat for beat in scene.form.beats if isinstance(beat, Accounts) and beat.accounts in disputes),
        questions=tuple(question for question in scene.form.questions if question in questions),
    )
    return msgspec.structs.replace(scene, form=form)


def _shortened_lesson(lesson: Entry[Lesson]) -> Entry[Lesson]:
    marked = tuple(unknown for unknown in lesson.form.unknown if unknown.short)
    form = msgspec.structs.replace(lesson.form, unknown=marked or lesson.form.unknown)
    return msgspec.structs.replace(lesson, form=form)


def _short_disputes(library: Library) -> set[str]:
    """Give the ids of the disputes marked short; without a mark, those on which the most voices speak."""
    told = told_disputes(library)
    marked = {dispute.id for dispute in told if dispute.form.short}
    most_voices = sorted(told, key=lambda dispute: -len(dispute.form.positions))[:MOST_DISPUTES]
    return marked or {dispute.id for dispute in most_voices}


def _short_questions(library: Library) -> list[Question]:
    """Give the questions marked short; without a mark, the first for each skill."""
    asked = [question for _, scene in library.numbered() for question in scene.form.questions]
    first: dict[Skill, Question] = {}
    for question in asked:
        first.setdefault(question.skill, question)
    return [question for question in asked if question.short] or list(first.values())


def _with_needed_cards(library: Library, *, whole: bool) -> Library:
    told = {dispute.id: dispute for dispute in told_disputes(library)}
    library = msgspec.structs.replace(library, disputes=told)
    if not whole:
        library = _without_far_roads(library)
    used = used_cards(library, FOR_STUDENTS)
    library = msgspec.structs.replace(
        library,
        voices={name: voice for name, voice in library.voices.items() if name in used["voices"]},
        places={name: place for name, place in library.places.items() if name in used["places"]},
        terms={name: term for name, term in library.terms.items() if name in used["terms"]},
    )
    needed = _needed_articles(library)
    return msgspec.structs.replace(
        library, sources={name: source for name, source in library.sources.items() if name in needed}
    )


def _without_far_roads(library: Library) -> Library:
    """Leave out of the map the roads that lead by a place which these scenes do not name."""
    if library.story is None or library.story.form.map is None:
        return library
    drawn = library.story.form.map
    mapless = _with_map(library, drawn, ())
    named = used_cards(mapless, FOR_STUDENTS)["places"]
    roads = tuple(road for road in drawn.roads if named.issuperset(road.through))
    return _with_map(library, drawn, roads)


def _with_map(library: Library, drawn: StoryMap, roads: tuple[MapRoad, ...]) -> Library:
    assert library.story is not None, "a map is the story's"
    changed = msgspec.structs.replace(drawn, roads=roads)
    return _with_story(library, msgspec.structs.replace(library.story.form, map=changed))


def _with_story(library: Library, form: Story) -> Library:
    assert library.story is not None, "a form is of a story"
    return msgspec.structs.replace(library, story=msgspec.structs.replace(library.story, form=form))


def _needed_articles(library: Library) -> set[str]:
    """Give the keys of the articles that a citation or a text names; those of the answers show where to look."""
    needed: set[str] = set()
    for citation in library.citations():
        needed.add(citation.key)
        if len(needed) == len(library.sources):  # a long story cites all of them early
            return needed
    texts = list(visible_texts(library))
    while True:  # what is said of one article may name another
        notes = [note for key in needed for note in library.sources[key].form.worked_out]
        named = {code or other for code, other in NAMED_CODE.findall("\n".join(texts + notes))}
        more = {source.id for source in library.sources.values() if source.form.code in named} - needed
        if not more:
            return needed
        needed |= more
