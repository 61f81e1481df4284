"""Take a part of a story: the scenes asked for, or their gists, and only the cards that these need.

What comes of it is a story like the whole one, so that all that can be made of a story can be made of a part of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from retell.script.resolver import scenes_of
from retell.story.mentions import used_cards, visible_texts
from retell.story.model import StoryMap
from retell.story.texts import namings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retell.story.form import Role
    from retell.story.lesson import Lesson
    from retell.story.model import Beat, MapRoad, Question, Skill
    from retell.story.told import Told, ToldScene

FOR_STUDENTS: tuple[Role, ...] = ("meaning", "answer", "plan")
"""What is hidden from them, as `visible_texts` knows it."""
NAMED_CODE = re.compile(r"\b([A-Z])(?= ¶\d)|\b[Aa]rticle ([A-Z])\b")
MOST_DISPUTES = 3  # those that a short handout tells where no card is marked


def excerpt(told: Told, parts: Sequence[str] = (), *, short: bool = False) -> Told:
    """Return the scenes of these parts (as `scenes_of` knows them; none: the whole story) and the cards that they need.

    A short one keeps of each scene its gist and the accounts and questions that are marked `short`, and of what is
    unknown the same. Raises UnknownNameError when the story has no such part.
    """
    kept = {scene.id for part in parts or ("",) for scene in scenes_of(told, part)}
    chosen = msgspec.structs.replace(told, scenes=tuple(scene for scene in told.scenes if scene.id in kept))
    if parts:
        chosen = msgspec.structs.replace(
            chosen,
            story=msgspec.structs.replace(told.story, subtitle="", about=""),
            lesson=_lesson_of(told.lesson, kept),
        )
    return _with_needed_cards(_shortened(chosen) if short else chosen, whole=not parts)


def _lesson_of(lesson: Lesson, scenes: Collection[str]) -> Lesson:
    """Keep of a lesson's misconceptions and unknowns those that belong to these scenes; its task is on the whole."""
    return msgspec.structs.replace(
        lesson,
        misconceptions=tuple(entry for entry in lesson.misconceptions if entry.scene in scenes),
        unknown=tuple(entry for entry in lesson.unknown if entry.scene in scenes),
        task=None,
        starters=(),
    )


def _shortened(told: Told) -> Told:
    disputes = _short_disputes(told)
    questions = _short_questions(told)
    unknown = tuple(unknown for unknown in told.lesson.unknown if unknown.short) or told.lesson.unknown
    return msgspec.structs.replace(
        told,
        scenes=tuple(_shortened_scene(scene, disputes, questions) for scene in told.scenes),
        lesson=msgspec.structs.replace(told.lesson, unknown=unknown),
    )


def _shortened_scene(scene: ToldScene, disputes: Collection[str], questions: Sequence[Question]) -> ToldScene:
    def tells_one(beat: Beat) -> bool:
        return any(naming.kind == "disputes" and naming.card in disputes for naming in namings(beat))

    return msgspec.structs.replace(
        scene,
        beats=tuple(filter(tells_one, scene.beats)),
        questions=tuple(question for question in scene.questions if question in questions),
    )


def _short_disputes(told: Told) -> set[str]:
    """Return the ids of the disputes marked short; without a mark, those on which the most voices speak."""
    disputes = told.told_disputes
    marked = {name for name, dispute in disputes.items() if dispute.short}
    most_voices = sorted(disputes, key=lambda name: -len(disputes[name].positions))[:MOST_DISPUTES]
    return marked or set(most_voices)


def _short_questions(told: Told) -> list[Question]:
    """Return the questions marked short; without a mark, the first for each skill."""
    asked = [question for scene in told.scenes for question in scene.questions]
    first: dict[Skill, Question] = {}
    for question in asked:
        first.setdefault(question.skill, question)
    return [question for question in asked if question.short] or list(first.values())


def _with_needed_cards(told: Told, *, whole: bool) -> Told:
    told = msgspec.structs.replace(told, disputes=told.told_disputes)
    if not whole:
        told = _without_far_roads(told)
    used = used_cards(told, FOR_STUDENTS)
    told = msgspec.structs.replace(
        told,
        voices={name: voice for name, voice in told.voices.items() if name in used["voices"]},
        places={name: place for name, place in told.places.items() if name in used["places"]},
        terms={name: term for name, term in told.terms.items() if name in used["terms"]},
    )
    needed = _needed_articles(told)
    return msgspec.structs.replace(told, sources={key: told.sources[key] for key in told.sources if key in needed})


def _without_far_roads(told: Told) -> Told:
    """Leave out of the map the roads that lead by a place which these scenes do not name."""
    if told.story.map is None:
        return told
    named = used_cards(_with_roads(told, ()), FOR_STUDENTS)["places"]
    return _with_roads(told, tuple(road for road in told.story.map.roads if named.issuperset(road.through)))


def _with_roads(told: Told, roads: tuple[MapRoad, ...]) -> Told:
    changed = msgspec.structs.replace(told.story.map or StoryMap(), roads=roads)
    return msgspec.structs.replace(told, story=msgspec.structs.replace(told.story, map=changed))


def _needed_articles(told: Told) -> set[str]:
    """Return the keys of the articles that a citation or a text names; those of the answers show where to look."""
    needed = {citation.key for citation in told.citations()}
    texts = list(visible_texts(told))
    while True:  # what is said of one article may name another
        notes = [note for key in needed for note in told.sources[key].worked_out]
        named = {code or other for code, other in NAMED_CODE.findall("\n".join(texts + notes))}
        more = {key for key, source in told.sources.items() if source.code in named} - needed
        if not more:
            return needed
        needed |= more
